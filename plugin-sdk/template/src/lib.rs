//! Visitors whom nobody wrote to within so many days: a small check to begin with. Change everything.

use kaizend_sdk::prelude::*;

// What the check reads: the daemon gives it these columns and nothing else.
slot! {
    /// Visits, one row each.
    pub struct Visit: "visits" {
        /// The visit's own number.
        id: Key,
        /// Who came.
        client: Key,
        /// Whose guest it was.
        owner: optional Key,
        /// When.
        arrived: When,
        /// When somebody wrote; empty until then.
        greeted: nullable When,
    }
}

// What the operator can set.
params! {
    /// What the operator may set.
    pub struct Params {
        /// Within how many days somebody should write.
        within: Span = "2 days",
    }
}

// What it can find. Its words are in messages/en.ftl.
const NOT_GREETED: Topic = Topic::condition("not-greeted", "Nobody wrote after a visit.", &[]);

plugin! {
    about: "Visitors whom nobody wrote to.",
    slots: [Visit],
    params: Params,
    topics: [NOT_GREETED],
    messages: ["en"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let last_day = run.today() - params.within.whole_days()?;
    run.read::<Visit>()?.each(|visit| {
        if visit.greeted.is_some() || visit.arrived.day() >= last_day {
            return Ok(());
        }
        Finding::new(NOT_GREETED.alone(), &[visit.id])
            .row(&visit)
            .about("client", visit.client)
            .about("owner", visit.owner)
            .fact("arrived", visit.arrived)
            .emit()
    })
}

// Runs fixtures/*.toml and checks the messages.
kaizend_sdk::test_fixtures!();
