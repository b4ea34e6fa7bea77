//! What must hold in every life, judged from the outside: by the wall clock, by what was mailed, by what the world
//! expects. Each check is counted.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{
        AddressedBecause, Addressee, Decision, Event, Finding, Fingerprint, HowBad, Notice, NoticeKind,
        PersonId, Severity, State, TellBecause,
    },
    policy::{
        climb::{self, Advance},
        route::Router,
        tell::LetterPlans,
    },
};

use crate::{
    company::{Company, NoticeState, Row},
    counts::count,
    look::fingerprint,
    oracle::{self, Opened},
    round::counts,
    world::{How, World},
};

/// What was seen of the past, to judge the present by.
#[derive(Default)]
pub(crate) struct Memory {
    /// What each person read of each finding, and in which window.
    pub(crate) read: BTreeMap<(PersonId, Fingerprint), Vec<(Opened, Said)>>,
    /// The last step of the ladder in an episode and an owner's time.
    climbed: BTreeMap<Fingerprint, u32>,
    /// The worst that letters showed of each life of a finding.
    pub(crate) shown: BTreeMap<(Fingerprint, u32), HowBad>,
    outage: bool,
    /// Since everything was asked anew.
    pub(crate) people_changed: bool,
}

/// How soon a finding whose mail waits is looked at again.
const WAITING: SignedDuration = SignedDuration::from_mins(15);

/// The same thing: the same finding, as bad as before, for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) episode: u32,
    pub(crate) stage_rank: u32,
    pub(crate) severity: Severity,
    pub(crate) because: TellBecause,
    pub(crate) addressed: AddressedBecause,
}

impl Memory {
    /// Somebody spoke of it: what is told next is an answer.
    pub(crate) fn spoken_of(&mut self, finding: Fingerprint) {
        self.read.retain(|(_, about), _| *about != finding);
    }
}

impl Company {
    pub(crate) fn nothing_is_lost(&self, world: &World) {
        for number in &world.must_be_open {
            let known = self.findings.get(&fingerprint(*number)).expect("what was seen is known");
            assert!(known.finding.is_open(), "order {number} is wrong, and closed");
            count("no finding is lost");
        }
    }

    pub(crate) fn known(&self) -> BTreeMap<Fingerprint, Finding> {
        self.findings.iter().map(|(id, known)| (*id, known.finding.clone())).collect()
    }

    pub(crate) fn changes_nothing(&mut self, promise: &'static str, look: impl FnOnce(&mut Self)) {
        let (before, notices) = (self.known(), self.notices.len());
        look(self);
        assert_eq!((self.known(), self.notices.len()), (before, notices), "{promise}");
        count(promise);
    }

    pub(crate) fn absence_said_nothing(&self, how: How, before: &BTreeMap<Fingerprint, Finding>) {
        for number in World::numbers().filter(|number| !how.reads(*number)) {
            let id = fingerprint(number);
            assert_eq!(self.findings.get(&id).map(|known| &known.finding), before.get(&id));
            count("a partial look resolves nothing by absence");
        }
    }

    pub(crate) fn what_is_gone_is_closed(&self, world: &World) {
        for number in World::numbers().filter(|number| !world.orders.contains_key(number)) {
            let Some(known) = self.findings.get(&fingerprint(number)) else { continue };
            let state = &known.finding.state;
            let closed = matches!(state, State::Resolved { .. } | State::Owing { .. });
            assert!(closed, "order {number} is fine, and {state:?}");
            count("a complete look closes what is gone");
        }
    }

    pub(crate) fn heard_of_outage(&mut self, could_look: bool, notice: Option<&Notice>) {
        assert_eq!(notice.is_some(), !could_look && !self.witness.outage, "an outage is told once");
        self.witness.outage = !could_look;
        count("an outage is told once");
    }

    /// Each decision, before it is written.
    pub(crate) fn decided(&mut self, decision: &Decision) {
        let before = self.findings.get(&decision.finding.fingerprint).map(|known| &known.finding);
        self.decision_says_why(before, decision);
        for notice in decision.notices() {
            self.urgent_is_what_a_route_says(notice, &decision.finding);
            self.hearer_is_there(notice);
        }
        let another = |before: &Finding| {
            before.episode != decision.finding.episode
                || before.seen.owner() != decision.finding.seen.owner()
                || matches!(decision.event, Event::Assigned)
                || matches!(decision.why, kaizend_core::domain::Why::OwnerLeft)
        };
        let anew = decision.finding.climb.steps.is_empty();
        if let Some(last) = self.witness.climbed.get(&decision.finding.fingerprint)
            && anew
        {
            assert!(before.is_some_and(another), "the ladder forgot that it climbed to {last}");
            self.witness.climbed.remove(&decision.finding.fingerprint);
        }
    }

    fn urgent_is_what_a_route_says(&self, notice: &Notice, finding: &Finding) {
        let raised = self.plan.routes.iter().any(|route| route.severity.is_some());
        // A reload may have taken the route away that made it urgent; the next look says so.
        if notice.urgent {
            assert_eq!(finding.seen.severity, Severity::Urgent, "{notice:?}");
            assert_ne!(notice.kind, NoticeKind::Baseline, "a list of old things is never urgent");
        } else if !raised {
            let waits = notice.kind == NoticeKind::Baseline || notice.because == TellBecause::ApologyLate;
            assert!(finding.seen.severity <= Severity::High || waits, "{notice:?}");
        }
        count("urgent is what a route says");
    }

    fn hearer_is_there(&self, notice: &Notice) {
        let Addressee::Person(id) = &notice.to else { return };
        let person = self.people.get(id).unwrap_or_else(|| panic!("{id} is gone: {notice:?}"));
        assert!(person.has_address(), "{id} has no address: {notice:?}");
        let today = oracle::wall(Some(person), self.now).date();
        let away = person.absences.iter().any(|absence| (absence.first..=absence.last).contains(&today));
        assert!(!away, "{id} is away: {notice:?}");
        count("who is told is there");
    }

    /// What time alone decides about a ladder.
    pub(crate) fn steps_are_in_order(&mut self, decision: &Decision, router: &Router) {
        if !matches!(decision.event, Event::Climbed | Event::Skipped) {
            return;
        }
        let finding = &decision.finding;
        let taken = finding.climb.steps.last().expect("a step was taken").step;
        let last = self.witness.climbed.insert(finding.fingerprint, taken).unwrap_or(0);
        assert_eq!(taken, last + 1, "{:?} of {finding:?}", decision.event);
        count("steps climb in order, each once");
        let Addressee::Person(first) = router.first(finding).to else { return };
        let mailed = self.rows_of(finding).filter(|row| row.notice.kind != NoticeKind::Baseline);
        let mailed = mailed.filter(|row| row.state == NoticeState::Composed).filter_map(|row| row.settled_at);
        let last = mailed.max().expect("a step before anybody got a mail");
        let opened = |at: Timestamp| oracle::opened(self.people.get(&first), at);
        assert!(opened(last) < opened(self.now), "a mail of {last}, and a step at {}", self.now);
        count("a step waits for a mail and a whole window");
    }

    pub(crate) fn everything_is_awake(&self) {
        let router = self.router();
        for known in self.findings.values().filter(|known| known.finding.is_open()) {
            let finding = &known.finding;
            // What waits for its mail is looked at again soon. People change unheard; a reload asks again.
            let soon = known.next.is_some_and(|next| next <= self.now + WAITING);
            if known.next.is_none() || !soon && !self.witness.people_changed {
                let advance = climb::advance(finding, &self.words(known), &router);
                assert!(!matches!(advance, Advance::Decide(_)), "asleep until {:?}: {advance:?}", known.next);
                count("nothing sleeps beyond its time");
            }
            if matches!(finding.state, State::Open { .. }) && !finding.baseline {
                let heard = self.rows_of(finding).any(|row| row.state != NoticeState::Withheld);
                assert!(heard, "nobody was told of {finding:?}");
                count("what is open was told, or will be");
                let waits = self.rows_of(finding).any(|row| row.state == NoticeState::Due);
                if !waits {
                    let shown = self.witness.shown.get(&(finding.fingerprint, finding.episode));
                    let known = shown.is_some_and(|shown| !shown.is_exceeded_by(&finding.seen));
                    assert!(known, "letters showed {shown:?} of {finding:?}");
                    count("how bad it is was told, or will be");
                }
            }
        }
    }

    fn rows_of(&self, finding: &Finding) -> impl Iterator<Item = &Row> {
        let numbers = self.findings[&finding.fingerprint].notices.iter();
        let (rows, episode) = (numbers.map(|number| &self.notices[*number]), finding.episode);
        rows.filter(move |row| row.notice.episode == episode)
    }

    pub(crate) fn flood_is_held(&self, mailing: &[(Addressee, LetterPlans)], held: bool) {
        let Some(most) = self.plan.breaker.mails else { return };
        let letters = mailing.iter().flat_map(|(_, plans)| &plans.letters);
        let mails = letters.filter(|letter| counts(&letter.kind)).count();
        assert_eq!(held, mails > most as usize, "{mails} mails");
        count("the breaker holds a flood, and says so");
    }
}
