//! A round of telling as `serve` makes it: what time alone changes, then the letters of each addressee, judged as
//! one mailing by the breaker before the first is written.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{Addressee, CheckId, Fingerprint, Notice, NoticeId, Person, RunId, TellBecause},
    policy::{
        breaker::{self, Mailing, Usual},
        climb::{self, Advance},
        mute,
        tell::{self, Allowance, DueItem, LetterKind, LetterPlan, LetterPlans},
    },
};

use crate::{
    company::{Company, NoticeState, Posted, windows},
    counts::count,
    oracle,
};

/// More decisions than this in one round are a round without an end.
const ENDLESS: usize = 500;

impl Company {
    /// Rounds at the moments at which something is due, as timers make them.
    pub(crate) fn serve(&mut self, rounds: u8) {
        self.round();
        for _ in 0..rounds {
            let Some(wake) = self.next_wake() else { return };
            self.move_to(wake);
            count("round: at its moment");
            self.round();
        }
    }

    fn next_wake(&self) -> Option<Timestamp> {
        let advances = self.findings.values().filter_map(|known| known.next);
        let due = self.notices.iter().filter(|row| row.state == NoticeState::Due).map(|row| row.due);
        advances.chain(due).filter(|wake| *wake > self.now).min()
    }

    pub(crate) fn round(&mut self) {
        if !oracle::in_working_time(None, self.now) {
            count("round: outside working time");
        }
        self.climb();
        self.tell();
        self.everything_is_awake();
    }

    fn climb(&mut self) {
        let router = self.router();
        for _ in 0..ENDLESS {
            let due = self.findings.values().find(|known| known.next.is_some_and(|next| next <= self.now));
            let Some(known) = due else { return };
            let fingerprint = known.finding.fingerprint;
            let words = self.words(known);
            match climb::advance(&known.finding, &words, &router) {
                Advance::Nothing => self.set_next(fingerprint, None),
                Advance::Wait(until) => {
                    let soon = self.now + SignedDuration::from_secs(1);
                    self.set_next(fingerprint, Some(until.max(soon)));
                }
                Advance::Decide(decision) => {
                    count("time: decided");
                    let open = decision.finding.is_open();
                    self.steps_are_in_order(&decision, &router);
                    self.write(*decision);
                    if open {
                        self.set_next(fingerprint, Some(self.now));
                    }
                }
            }
        }
        panic!("time alone decided {ENDLESS} times at one moment");
    }

    fn set_next(&mut self, fingerprint: Fingerprint, next: Option<Timestamp>) {
        self.findings.get_mut(&fingerprint).expect("it was read a moment ago").next = next;
    }

    fn tell(&mut self) {
        let due = self.notices.iter().filter(|row| row.state == NoticeState::Due && row.due <= self.now);
        let addressees: BTreeSet<Addressee> = due.map(|row| row.notice.to.clone()).collect();
        let mut mailing = Vec::new();
        for to in addressees {
            let (items, allowance) = (self.items(&to), self.allowance(&to));
            let plans = tell::tell(items.clone(), self.now, allowance);
            self.one_fate_each(&to, &items, &plans);
            mailing.push((to, plans));
        }
        let held = breaker::judge(&self.plan.breaker, self.mailing(&mailing)).is_some();
        self.flood_is_held(&mailing, held);
        for (to, plans) in mailing {
            self.compose(&to, &plans, held);
        }
        if held {
            count("mail: held by the breaker");
            let (check, why) = (CheckId::from("breaker"), TellBecause::Held);
            self.add_notice(Notice::to_operators(check, why, RunId(0), self.now, "held".to_owned()));
            self.tell();
        }
    }

    fn items(&self, to: &Addressee) -> Vec<DueItem> {
        let silences = || self.silences.iter().map(|(_, silence)| silence);
        let due =
            self.notices.iter().enumerate().filter(|(_, row)| {
                row.state == NoticeState::Due && row.due <= self.now && row.notice.to == *to
            });
        due.map(|(number, row)| {
            let finding = row.notice.finding.map(|fingerprint| self.findings[&fingerprint].finding.clone());
            let silenced_until =
                finding.as_ref().and_then(|finding| mute::silenced_until(finding, silences(), self.now));
            let id = NoticeId(i64::try_from(number).expect("there are not so many"));
            // As the store: the moment at which it was first due is in its body.
            let (notice, decided_at) = (row.notice.clone(), row.decided_at);
            DueItem { id, notice, decided_at, finding, rank: None, silenced_until }
        })
        .collect()
    }

    fn allowance(&self, to: &Addressee) -> Allowance {
        let Addressee::Person(id) = to else { return Allowance::unlimited(self.now) };
        let calendar = self.router().office.calendar_of(id);
        let (letters, urgent) = self.got_since(to, tell::today(&calendar, self.now));
        Allowance::left(self.plan.caps, letters, urgent, &windows(), &calendar, self.now)
    }

    /// Letters and urgent mails since a moment; word to operators does not count.
    pub(crate) fn got_since(&self, to: &Addressee, since: Timestamp) -> (usize, usize) {
        let got = self.mails.iter().filter(|mail| mail.to == *to && mail.at >= since && !mail.to_operators);
        let urgent = got.clone().filter(|mail| mail.urgent).count();
        (got.count() - urgent, urgent)
    }

    fn mailing(&self, mailing: &[(Addressee, LetterPlans)]) -> Mailing {
        let letters = |plans: &LetterPlans| plans.letters.iter().filter(|plan| counts(&plan.kind)).count();
        let people = mailing.iter().filter(|(to, plans)| *to != Addressee::Operators && letters(plans) > 0);
        Mailing {
            mails: mailing.iter().map(|(_, plans)| letters(plans)).sum(),
            people: people.count(),
            staff: self.people.values().filter(|person| Person::has_address(person)).count(),
            earlier: Usual::default(),
        }
    }

    /// Mails, and what becomes of each notice, in one transaction.
    fn compose(&mut self, to: &Addressee, plans: &LetterPlans, held: bool) {
        for plan in &plans.letters {
            self.leaves(to, plan, held && counts(&plan.kind));
            self.post(to, plan);
            self.shows(plan);
        }
        for (id, why) in &plans.withheld {
            self.settle(*id, NoticeState::Withheld);
            self.notices[place(*id)].withheld = Some(*why);
        }
        for waiting in &plans.waiting {
            let row = &mut self.notices[place(waiting.notice)];
            (row.due, row.withheld) = (waiting.until, Some(waiting.because));
        }
    }

    fn post(&mut self, to: &Addressee, plan: &LetterPlan) {
        let (urgent, to_operators) = (plan.kind == LetterKind::Urgent, plan.kind == LetterKind::Operator);
        self.mails.push(Posted { to: to.clone(), at: self.now, urgent, to_operators });
        for notice in plan.notices() {
            self.settle(notice, NoticeState::Composed);
        }
    }

    fn settle(&mut self, id: NoticeId, state: NoticeState) {
        let row = &mut self.notices[place(id)];
        assert_eq!(row.state, NoticeState::Due, "a notice is settled twice");
        (row.state, row.withheld, row.settled_at) = (state, None, Some(self.now));
    }
}

/// Whether the breaker counts such a letter.
pub(crate) fn counts(kind: &LetterKind) -> bool {
    !matches!(kind, LetterKind::Operator | LetterKind::Baseline { .. })
}

pub(crate) fn place(id: NoticeId) -> usize {
    usize::try_from(id.0).expect("it was a place")
}
