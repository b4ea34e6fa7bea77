//! A word that was said from a mail, on a page behind its link or by a reply: judged by the core whether a person
//! pressed the button, then what it means.

use std::sync::Arc;

use jiff::SignedDuration;
use kaizend_core::{
    domain::{Finding, NoticeId, RunId},
    policy::{
        act::{self, Act, Refused, Terms},
        press::{self, Doubt, Earlier, Press},
        route::Router,
        undo,
    },
};
use kaizend_store::{ActStanding, Heard, Judged, NewAct, Past, TakenBack};

use crate::{config::Check, office::Standing, rooms::Rooms};

/// Farther back than any two presses are together.
const MOMENT: SignedDuration = SignedDuration::from_secs(60);

/// A word as it was said.
#[derive(Clone, Debug)]
pub(crate) struct FromMail {
    pub(crate) new: NewAct,
    pub(crate) word: Act,
    pub(crate) how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// By a button.
    Pressed,
    /// In words, which no program writes by itself.
    Written,
}

/// Says it; what does not count yet changes nothing, and takes back what was pressed together with it.
pub(crate) async fn say_from_mail(
    rooms: &Rooms,
    standing: &Standing,
    check: &Check,
    finding: &Finding,
    said: FromMail,
) -> anyhow::Result<Heard<Refused>> {
    let FromMail { new, word, how } = said;
    let router = standing.router(rooms, check, RunId(0), new.at);
    let (owing, trusted) = (Arc::clone(&check.owing), rooms.plan.reminders.done_is_trusted);
    let put_off = rooms.store.put_off(finding).await?;
    let (by, verb, at, notice) = (new.person.clone(), new.verb, new.at, new.notice);
    let confirmed = new.confirmed;
    let decide = move |finding: &Finding, past: &Past| {
        let terms = Terms { done_is_trusted: trusted, owing: &owing, put_off };
        // What could not be taken anyway is said at once.
        let decision = act::act(finding, &word, &by, terms, &Router { run: finding.changed_by, ..router })?;
        let press = Press { verb, at, asked_at: past.asked_at.filter(|_| confirmed) };
        let doubt = press::doubt(press, past.handed_over, &past.earlier);
        Ok(match doubt.filter(|_| how == How::Pressed) {
            Some(doubt) => Judged::Unconfirmed(doubt),
            None => Judged::Decided(Box::new(decision)),
        })
    };
    let heard = rooms.store.say_from_mail(new, decide).await?;
    if heard == Heard::Unconfirmed(Doubt::SeveralAtOnce) {
        let press = Press { verb, at, asked_at: None };
        take_back_together(rooms, press, notice).await?;
    }
    Ok(heard)
}

/// What was pressed a moment before, and counted, was no person's either.
async fn take_back_together(rooms: &Rooms, press: Press, notice: NoticeId) -> anyhow::Result<()> {
    let since = press.at.checked_sub(MOMENT)?;
    for row in rooms.store.recorded_from(notice, since).await? {
        if !press::is_together(press, Earlier { verb: row.verb, at: row.at, confirmed: row.confirmed }) {
            continue;
        }
        let decide = move |finding: &Finding, taken: &undo::Taken| undo::undo(finding, taken, press.at);
        let back =
            rooms.store.take_back(row.id, row.person, ActStanding::Unconfirmed, press.at, decide).await?;
        if let TakenBack::Stays(why) = back {
            tracing::warn!(act = row.id.0, %why, "what was pressed together with other buttons could not be taken back");
        }
    }
    Ok(())
}
