//! Orders that repeat an earlier one: the same client, the same thing, again within so many days (practices 12 and 13).
//!
//! A repeat is a sign that the first job was not right. It goes to whoever did that job, and shows both.

mod rightness;

use kaizend_sdk::prelude::*;

use rightness::Rightness;

slot! {
    /// Orders or jobs, one row for each thing ordered.
    pub struct Order: "orders" {
        /// The order's number; several rows of one order may share it.
        id: Key,
        /// Who ordered; a row without a client is passed over.
        client: nullable Key,
        /// What was ordered or worked on: a product, a vehicle, a kind of work. A row without it is passed over.
        thing: nullable Key,
        /// When it was ordered or done.
        date: When,
        /// Who did the job.
        owner: optional Key,
        /// What to call the thing or the job, where its id says little.
        kind: optional Text,
        /// What was billed for it.
        worth: optional Money,
    }
    // The earlier of two orders is the one of the smaller date; on one date, the one whose id comes first by its bytes.
    order by client, thing, date, id;
}

params! {
    /// What the operator may set.
    pub struct Params {
        /// Within how many days an order counts as a repeat of the one before it.
        within: Span = "30 days",
        /// Whether `first-time-right` is also counted for each thing: one number for each thing and day.
        measure_things: bool = "false",
    }
}

const REPEAT: Topic = Topic::happened("repeat", "A client ordered the same thing again soon.", &[]);

plugin! {
    about: "Orders of the same client for the same thing again, within so many days of the one before.",
    slots: [Order],
    params: Params,
    topics: [REPEAT],
    messages: ["en", "ru", "bg", "et"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let within = params.within.whole_days().map_err(|why| format!("within: {why}"))?;
    let mut rightness = Rightness::new(params.measure_things, run.today() - within);
    run.read::<Order>()?.group_by(same_thing, |orders| {
        while let Some((earlier, order)) = orders.next_pair()? {
            // Two lines of one order are one job.
            if same_text(earlier.id, order.id) {
                continue;
            }
            let days = order.date.day() - earlier.date.day();
            if days <= within {
                finding(&earlier, &order, days).emit()?;
            }
            rightness.followed(&earlier, days <= within)?;
        }
        match orders.last_row()? {
            Some(last) => rightness.last(&last),
            None => Ok(()),
        }
    })?;
    rightness.finish()
}

/// Orders that lack their client or thing are alike to nothing.
fn same_thing(one: &Order, next: &Order) -> bool {
    let same =
        |one: Option<&str>, next: Option<&str>| one.zip(next).is_some_and(|(one, next)| same_text(one, next));
    same(one.thing, next.thing) && same(one.client, next.client)
}

fn finding(earlier: &Order, order: &Order, days: i32) -> Finding {
    let thing = order.thing.unwrap_or_default();
    Finding::new(REPEAT.alone(), &[order.id, thing])
        .happened(order.date)
        .row(order)
        .about("client", order.client)
        .about("item", thing)
        .about("owner", earlier.owner)
        .worth(order.worth)
        .fact("what", order.kind.unwrap_or(thing))
        .fact("order", order.id)
        .fact("thing", thing)
        .fact("kind", order.kind)
        .fact("date", order.date)
        .fact("days", days)
        .fact("earlier", earlier.id)
        .fact("earlier-date", earlier.date)
        .fact("repeated-by", order.owner)
        .fact("billed", order.worth)
        .fact("billed-before", earlier.worth)
        .link("earlier", "orders", &[earlier.id, thing])
}

kaizend_sdk::test_fixtures!();
