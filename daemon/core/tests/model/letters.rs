//! What must hold of each letter that leaves: its moment, its number, and that each finding in it is news to a reader
//! who may hear of it.

use kaizend_core::{
    domain::{Addressee, Finding, HowBad, Notice, PersonId, Severity, State},
    policy::tell::{DueItem, LetterKind, LetterPlan},
};

use crate::{company::Company, counts::count, oracle, promises::Said, round::place};

impl Company {
    /// A letter that goes out, before it is written down.
    pub(crate) fn leaves(&mut self, to: &Addressee, letter: &LetterPlan, held: bool) {
        count(match letter.kind {
            LetterKind::Operator => "mail: operator",
            LetterKind::Reminder => "mail: reminder",
            LetterKind::Digest => "mail: digest",
            LetterKind::Urgent => "mail: urgent",
            _ => "mail: baseline",
        });
        let Addressee::Person(id) = to else { return };
        if held || letter.kind == LetterKind::Operator {
            return;
        }
        self.leaves_in_time(id, letter);
        self.caps_hold(to, letter);
        for item in &letter.items {
            let finding = item.finding.as_ref().expect("a letter to a person is about findings");
            assert!(!self.is_silenced(finding), "silenced, and told: {finding:?}");
            count("silences hold");
            self.is_not_dealt_with(finding, &item.notice);
            self.is_news(id, finding, item);
        }
    }

    /// What whoever read any letter of it knows.
    pub(crate) fn shows(&mut self, letter: &LetterPlan) {
        let shown = letter.notices().filter_map(|id| self.notices[place(id)].notice.finding);
        for fingerprint in shown.collect::<Vec<_>>() {
            let finding = &self.findings[&fingerprint].finding;
            let now = HowBad::of(&finding.seen);
            let shown = self.witness.shown.entry((fingerprint, finding.episode)).or_insert(now);
            *shown = shown.max(now);
        }
    }

    fn leaves_in_time(&self, id: &PersonId, letter: &LetterPlan) {
        let urgent = letter.kind == LetterKind::Urgent;
        let works = oracle::in_working_time(self.people.get(id), self.now);
        assert!(urgent || works, "a mail to {id} at {}: {letter:?}", self.now);
        assert!(letter.items.iter().all(|item| is_urgent(item) == urgent), "{letter:?}");
        count("only urgent mails leave outside working time");
    }

    fn caps_hold(&self, to: &Addressee, letter: &LetterPlan) {
        let Addressee::Person(id) = to else { return };
        let midnight = oracle::midnight(self.people.get(id), self.now);
        let (letters, urgent) = self.got_since(to, midnight);
        match letter.kind {
            LetterKind::Urgent => assert!(urgent < self.plan.caps.urgent as usize, "{urgent} urgent mails"),
            _ => assert!(
                self.plan.caps.letters.is_none_or(|cap| letters < cap as usize),
                "{letters} letters a day"
            ),
        }
        count("the caps hold");
    }

    fn is_not_dealt_with(&self, finding: &Finding, notice: &Notice) {
        let quiet = match &finding.state {
            State::Acknowledged { until, .. } | State::Snoozed { until, .. } => self.now < *until,
            State::Done { trusted_until, .. } => self.now < *trusted_until,
            State::Dismissed { .. } => true,
            State::Resolved { .. } => finding.seen.happened.is_none(),
            State::Open { .. } | State::Owing { .. } => false,
        };
        assert!(!quiet && finding.episode == notice.episode, "{finding:?} {notice:?}");
        count("nobody hears of what is dealt with");
    }

    fn is_news(&mut self, id: &PersonId, finding: &Finding, item: &DueItem) {
        let said = Said {
            episode: finding.episode,
            stage_rank: finding.seen.stage_rank,
            severity: finding.seen.severity,
            because: item.notice.because,
            addressed: item.notice.addressed.clone(),
        };
        let opened = oracle::opened(self.people.get(id), self.now);
        let read = self.witness.read.entry((id.clone(), finding.fingerprint)).or_default();
        read.retain(|(window, _)| *window == opened);
        let again = read.iter().any(|(_, before)| *before == said);
        assert!(!again, "{id} read it in this window: {:?}", item.notice);
        read.push((opened, said));
        count("nobody hears the same twice in a window");
    }
}

/// As what was decided and as what is known now.
pub(crate) fn is_urgent(item: &DueItem) -> bool {
    let now = item.finding.as_ref().is_none_or(|finding| finding.seen.severity == Severity::Urgent);
    item.notice.urgent && now
}
