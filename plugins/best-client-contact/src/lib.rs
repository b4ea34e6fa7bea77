//! The best clients by their own orders: in touch with them, knowing them, and not living off too few
//! (practices 29 and 31, the client rank of practice 30, the regulars of practice 34).
//!
//! The orders are read once, and one small record is held for each client; more is held only of those who may be
//! spoken of.

mod buyers;
mod calls;
mod clients;
mod milestones;
mod ranking;
mod services;

use kaizend_sdk::prelude::*;
use kaizend_sdk::println;

use buyers::Buyers;
use calls::Calls;
use clients::{Client, Clients};
use milestones::Milestones;
use ranking::Ranking;
use services::Services;

slot! {
    /// Orders, one row each (or one for each line).
    pub struct Order: "orders" {
        /// The order's number: rows that share it are one order. Without it each row is one.
        id: optional Key,
        /// Who ordered.
        client: Key,
        /// When. Orders after today are passed over.
        date: When,
        /// The net revenue of it.
        worth: optional Money,
        /// The same as a plain number, where the company keeps no currency. One of the two is needed.
        revenue: optional Real,
    }
    order by client, date;
}

slot! {
    /// Real contacts with clients: calls, visits, letters; from as many datasets as there are.
    pub struct Touch: optional list "touches" {
        /// With whom.
        client: Key,
        /// When.
        date: When,
    }
}

slot! {
    /// What is on file about each client.
    pub struct File: optional "clients" {
        /// The client.
        id: Key,
        /// Who looks after the client: hears of what is found.
        owner: optional Key,
        /// How many people of the client are known by name.
        people: optional Integer,
        /// When the file was last brought up to date.
        file_updated: optional When,
    }
}

slot! {
    /// What the company offers.
    pub struct Service: optional "services" {
        /// The service's own number or name.
        id: Key,
        /// What it is called; without it the id is shown.
        name: optional Text,
        /// Since when it is offered; a row without a date is passed over.
        since: nullable When,
        /// Who answers for the service: hears of clients that nobody looks after.
        owner: optional Key,
    }
    order by since, id;
}

slot! {
    /// Which client was told of which service: by a call, a visit, a letter, a newsletter.
    pub struct Told: optional list "told" {
        /// Who was told.
        client: Key,
        /// Of what.
        service: Key,
    }
}

params! {
    /// What the operator may set.
    pub struct Params {
        /// How many of a hundred clients are the best (rank A).
        best_percent: i64 = "20",
        /// How many of a hundred clients come after them (rank B); the rest are C.
        good_percent: i64 = "30",
        /// How far back orders count for the rank; as they stand, all of them.
        rank_over: Span = "100 years",
        /// How long a best client may be without contact.
        touch_every: Span = "30 days",
        /// The share of all revenue, in percent, above which one client is too much.
        concentration_percent: i64 = "20",
        /// How many people of a best client should be known by name.
        people: i64 = "2",
        /// How old the file on a best client may become.
        file_age: Span = "180 days",
        /// How long a service is new, and worth a word to the best clients.
        new_for: Span = "90 days",
        /// Which orders of a client are worth a personal word; empty for none.
        milestone_orders: String = "10, 50, 100",
        /// How many years after the first order a personal word is due; empty for none.
        milestone_years: String = "1, 5, 10, 20",
        /// Of how many of a hundred clients, the best first, such milestones are looked at.
        milestone_percent: i64 = "20",
        /// How long after a milestone the word is in time.
        milestone_for: Span = "30 days",
        /// To how many more clients one person is sent on one working day.
        calls_a_day: i64 = "5",
    }
}

const CONTACT: Topic = Topic::condition("contact", "A best client without contact for too long.", &[]);
const NEW_SERVICE: Topic =
    Topic::condition("new-service", "A best client who was not told of a new service.", &[]);
const NTH_ORDER: Topic =
    Topic::condition("nth-order", "A client with so many orders, and no personal word since.", &[]);
const ANNIVERSARY: Topic = Topic::condition(
    "anniversary",
    "So many years since a client's first order, and no personal word since.",
    &[],
);
const CONCENTRATION: Topic =
    Topic::condition("concentration", "Too much of the revenue comes from one client.", &[]);
const FEW_PEOPLE: Topic = Topic::condition("few-people", "Too few people of a best client are known.", &[]);
const STALE_FILE: Topic = Topic::condition("stale-file", "The file on a best client is out of date.", &[]);

plugin! {
    about: "Best clients by their own orders: without contact for too long, without a word at a milestone, not known well enough, or too large a share.",
    slots: [Order, Touch, File, Service, Told],
    params: Params,
    topics: [CONTACT, NEW_SERVICE, NTH_ORDER, ANNIVERSARY, CONCENTRATION, FEW_PEOPLE, STALE_FILE],
    messages: ["en", "ru", "bg", "et"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let limits = Limits::of(run, params)?;
    let milestones = Milestones::of(run, params)?;
    let buyers = Buyers::read(run, &milestones, limits.ranked_since)?;
    buyers.publish(run)?;
    let ranking = Ranking::of(buyers, params);
    ranking.publish(run)?;
    let services = Services::read(run, limits.new_since)?;
    let clients = Clients::read(run, ranking, &milestones, &services)?;
    let silent = |client: &Client| client.is_silent_since(limits.touched);
    let due = |client: &Client| silent(client) || !client.untold.is_empty() || client.unmarked().is_some();
    let calls = Calls::of(run, &clients.all, due, params.calls_a_day)?;
    for client in &clients.all {
        if silent(client) && calls.include(client) {
            let known = i64::from(client.touched.is_some());
            clients.about(&CONTACT, client).fact("known", known).fact("last", client.touched).emit()?;
        }
        if calls.include(client) {
            client.untold.iter().try_for_each(|&service| services.tell(service, &clients, client))?;
            client.unmarked().iter().try_for_each(|&occasion| milestones.tell(occasion, &clients, client))?;
        }
        if let Some(percent) = client.concentrated {
            clients.about(&CONCENTRATION, client).fact("percent", percent).emit()?;
        }
        if let Some(people) = client.people.filter(|&people| client.is_best() && people < params.people) {
            clients.about(&FEW_PEOPLE, client).severity(Severity::Note).fact("people", people).emit()?;
        }
        if let Some(updated) = client.updated.filter(|&day| client.is_best() && day < limits.updated) {
            clients.about(&STALE_FILE, client).severity(Severity::Note).fact("updated", updated).emit()?;
        }
    }
    if calls.waiting > 0 {
        println!("{} further clients wait for another day (calls-a-day)", calls.waiting);
    }
    calls.remember(run)
}

/// The days before which something is too long ago.
struct Limits {
    ranked_since: Date,
    touched: Date,
    updated: Date,
    new_since: Date,
}

impl Limits {
    fn of(run: &Run, params: &Params) -> Result<Self> {
        let before = |name: &str, span: Span| {
            let days = span.whole_days().map_err(|why| format!("{name}: {why}"))?;
            Ok::<_, Error>(run.today() - days)
        };
        Ok(Self {
            ranked_since: before("rank-over", params.rank_over)?,
            touched: before("touch-every", params.touch_every)?,
            updated: before("file-age", params.file_age)?,
            new_since: before("new-for", params.new_for)?,
        })
    }
}

kaizend_sdk::test_fixtures!();

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kaizend_sdk::testing::{self, Fixture};

    #[test]
    fn northwinds_clients_are_ranked_and_their_orders_counted() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/northwind.toml");
        let plugin = super::plugin();
        let told = testing::run(plugin, Fixture::read(&file).unwrap().look(plugin.manifest).unwrap());
        let ranked = |rank: &str| told.attributes.values().filter(|value| *value == rank).count();
        assert_eq!((ranked("A"), ranked("B"), ranked("C")), (18, 27, 44));
        let orders = |client: &str| &told.attributes[&("client".into(), client.into(), "orders".into())];
        assert_eq!(
            (orders("SAVEA"), orders("ALFKI"), orders("CENTC")),
            (&"31".into(), &"6".into(), &"1".into())
        );
        let all = told.attributes.iter().filter(|((_, _, name), _)| name == "orders");
        assert_eq!(all.map(|(_, orders)| orders.parse::<u32>().unwrap()).sum::<u32>(), 830);
    }
}
