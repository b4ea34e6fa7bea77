//! What changes around the findings: the clock leaps, silences begin and end, a reload brings another plan, people
//! are away.

use jiff::{SignedDuration, Timestamp, ToSpan};
use kaizend_core::domain::{Absence, Person, PersonId, Silence, WithheldBecause};

use crate::{
    company::{Company, NoticeState},
    counts::count,
    oracle, plan,
    plan::Plan,
    world::{Leap, Silenced},
};

impl Company {
    pub(crate) fn leap(&mut self, leap: Leap) {
        let (name, span) = match leap {
            Leap::Minutes(minutes) => ("clock: minutes", SignedDuration::from_mins(minutes)),
            Leap::Hours(hours) => ("clock: hours", SignedDuration::from_hours(hours)),
            Leap::Days(days) => ("clock: days", SignedDuration::from_hours(days * 24)),
            Leap::Weeks(weeks) => ("clock: weeks", SignedDuration::from_hours(weeks * 7 * 24)),
        };
        count(name);
        self.move_to(self.now + span);
    }

    pub(crate) fn move_to(&mut self, now: Timestamp) {
        let (before, after) = (oracle::wall(None, self.now), oracle::wall(None, now));
        let days = after.date().since(before.date()).map_or(0, |days| days.get_days());
        let until_sunday = 7 - i32::from(before.date().weekday().to_monday_one_offset());
        if days > until_sunday {
            count("clock: over a weekend");
        }
        if oracle::offset(self.now) != oracle::offset(now) {
            count("clock: over a clock change");
        }
        self.now = now;
    }

    pub(crate) fn silence(&mut self, of: Silenced, hours: u8) {
        count("silence: added");
        let (field, value) = match of {
            Silenced::Everything => ("check", "late-*".to_owned()),
            Silenced::Overdue => ("stage", "overdue".to_owned()),
            Silenced::Owner(number) => ("owner", plan::person_of(number).to_string()),
        };
        let silence = Silence {
            matching: [(field.to_owned(), value)].into(),
            since: self.now,
            until: self.now + SignedDuration::from_hours(i64::from(hours)),
            by: PersonId::from("2"),
            reason: "stocktaking".to_owned(),
        };
        self.silences.push((of, silence));
    }

    /// What it held back may go at once; the letter's own rules say when it does.
    pub(crate) fn end_silence(&mut self, which: usize) {
        count("silence: ended");
        let (_, silence) = self.silences.remove(which % self.silences.len());
        if silence.until <= self.now {
            return;
        }
        for row in &mut self.notices {
            if row.state == NoticeState::Due && row.withheld == Some(WithheldBecause::Silenced) {
                (row.due, row.withheld) = (self.now, None);
                let about = row.notice.finding.and_then(|finding| self.findings.get_mut(&finding));
                about.into_iter().for_each(|known| known.next = Some(self.now));
            }
        }
    }

    pub(crate) fn reload(&mut self, plan: Plan) {
        count("reload");
        self.plan = plan;
        // Who is away tomorrow changes the moments of tomorrow.
        let today = oracle::wall(None, self.now).date();
        let away = |person: &Person| person.absences.iter().any(|absence| absence.last >= today);
        self.witness.people_changed = self.people.values().any(away);
        for known in self.findings.values_mut().filter(|known| known.finding.is_open()) {
            known.next = Some(self.now);
        }
    }

    pub(crate) fn away(&mut self, who: u8, from: u8, days: u8, substitute: Option<u8>) {
        let Some(person) = self.people.get_mut(&plan::person_of(who)) else { return };
        count("people: one is away");
        self.witness.people_changed = true;
        let first = oracle::wall(None, self.now).date().saturating_add(i64::from(from).days());
        let last = first.saturating_add(i64::from(days).days());
        person.absences.push(Absence { first, last, substitute: substitute.map(plan::person_of) });
    }
}
