//! The best clients by their own orders: in touch with them, knowing them, and not living off too few
//! (practices 29 and 31, and the client rank of practice 30).
//!
//! The orders are read once, and one small record is held for each client; everything else is read past.

mod calls;
mod client;
mod ranking;
mod services;

use kaizend_sdk::prelude::*;
use kaizend_sdk::println;

use calls::Calls;
use client::Client;
use ranking::Ranking;
use services::Services;

slot! {
    /// Orders, one row each (or one for each line).
    pub struct Order: "orders" {
        /// Who ordered.
        client: Key,
        /// When. Orders after today are passed over.
        date: When,
        /// The net revenue of it.
        worth: optional Money,
        /// The same as a plain number, where the company keeps no currency. One of the two is needed.
        revenue: optional Real,
    }
    order by client;
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
        /// To how many more clients one person is sent on one working day.
        calls_a_day: i64 = "5",
    }
}

const CONTACT: Topic = Topic::condition("contact", "A best client without contact for too long.", &[]);
const NEW_SERVICE: Topic =
    Topic::condition("new-service", "A best client who was not told of a new service.", &[]);
const CONCENTRATION: Topic =
    Topic::condition("concentration", "Too much of the revenue comes from one client.", &[]);
const FEW_PEOPLE: Topic = Topic::condition("few-people", "Too few people of a best client are known.", &[]);
const STALE_FILE: Topic = Topic::condition("stale-file", "The file on a best client is out of date.", &[]);

plugin! {
    about: "Best clients by their own orders: without contact for too long, not known well enough, or too large a share.",
    slots: [Order, Touch, File, Service, Told],
    params: Params,
    topics: [CONTACT, NEW_SERVICE, CONCENTRATION, FEW_PEOPLE, STALE_FILE],
    messages: ["en", "ru", "bg", "et"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let limits = Limits::of(run, params)?;
    let mut ranking = Ranking::read(run)?;
    ranking.rank(params);
    for client in ranking.clients() {
        run.attribute("client", &client.id, "rank", client.rank.name())?;
    }
    for (client, percent) in ranking.above(params.concentration_percent) {
        ranking.about(&CONCENTRATION, client).fact("percent", percent).emit()?;
    }
    ranking.keep_best();
    ranking.read_touches(run)?;
    let services = Services::read(run, limits.new_since)?;
    ranking.read_told(run, &services)?;
    let silent = |client: &Client| client.touched.is_none_or(|day| day < limits.touched);
    let due = |client: &Client| silent(client) || !client.untold.is_empty();
    let calls = Calls::of(run, ranking.best(), due, params.calls_a_day)?;
    for client in ranking.clients() {
        if silent(client) && calls.include(client) {
            let known = i64::from(client.touched.is_some());
            ranking.about(&CONTACT, client).fact("known", known).fact("last", client.touched).emit()?;
        }
        if calls.include(client) {
            client.untold.iter().try_for_each(|&service| services.tell(service, &ranking, client))?;
        }
        if let Some(people) = client.people.filter(|&people| people < params.people) {
            ranking.about(&FEW_PEOPLE, client).severity(Severity::Note).fact("people", people).emit()?;
        }
        if let Some(updated) = client.updated.filter(|&updated| updated < limits.updated) {
            ranking.about(&STALE_FILE, client).severity(Severity::Note).fact("updated", updated).emit()?;
        }
    }
    if calls.waiting > 0 {
        println!("{} further clients wait for another day (calls-a-day)", calls.waiting);
    }
    calls.remember(run)
}

/// The days before which something is too long ago.
struct Limits {
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
    fn a_fifth_of_northwinds_clients_rounded_up_are_the_best() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/northwind.toml");
        let plugin = super::plugin();
        let told = testing::run(plugin, Fixture::read(&file).unwrap().look(plugin.manifest).unwrap());
        let ranked = |rank: &str| told.attributes.values().filter(|value| *value == rank).count();
        assert_eq!((ranked("A"), ranked("B"), ranked("C")), (18, 27, 44));
    }
}
