//! Words that close: done, resolved by hand, and the last thing that was owed. A miss asks for its cause first.

use super::{Refused, Word, said};
use crate::domain::{Cause, Decision, Event, Finding, HowResolved, State, Why, WithheldBecause};
use crate::policy::owing::Owing;

impl Word<'_> {
    /// Believed for a while; then the data decides.
    pub(super) fn done(&self, cause: Option<&str>) -> Result<Decision, Refused> {
        let (cause, mut after) = self.with_cause(cause)?;
        if let State::Owing { .. } = self.finding.state {
            // The data has closed it: done means that what was owed is done.
            for apology in after.owed.apologies.iter_mut().filter(|apology| apology.by == *self.by) {
                apology.done.get_or_insert(self.router.now);
            }
            let decision = self.paid(after, Event::Done);
            return Ok(Decision { note: cause, ..decision });
        }
        let owner = self.finding.owner().map(crate::domain::PersonId::new).unwrap_or_else(|| self.by.clone());
        let hours = self.router.office.calendar_of(&owner);
        let (at, trusted_until) = (self.router.now, hours.add(self.router.now, self.terms.done_is_trusted));
        after.state = State::Done { by: self.by.clone(), at, trusted_until };
        let decision = self.withheld(after, Event::Done, WithheldBecause::DoneTrusted);
        Ok(Decision { note: cause, ..decision })
    }

    pub(super) fn resolve(&self, reason: &str, cause: Option<&str>) -> Result<Decision, Refused> {
        let reason = said(reason)?;
        let (_, mut after) = self.with_cause(cause)?;
        let how = HowResolved::ByHand { by: self.by.clone(), reason: reason.clone() };
        after.spoken = None;
        after.state = if after.owed.is_settled() {
            State::Resolved { at: self.router.now, how }
        } else {
            State::Owing { since: self.router.now, then: how }
        };
        let decision = self.withheld(after, Event::Resolved, WithheldBecause::Resolved);
        Ok(Decision { why: Why::ByHand, note: Some(reason), ..decision })
    }

    /// What was owed is paid: with the last of it, what the data has closed is closed.
    pub(super) fn paid(&self, mut after: Finding, event: Event) -> Decision {
        if let State::Owing { then, .. } = &after.state
            && after.owed.is_settled()
        {
            after.state = State::Resolved { at: self.router.now, how: then.clone() };
        }
        self.withheld(after, event, WithheldBecause::NotWorse)
    }

    /// The finding with the cause of its miss, where it was given. A miss whose check asks does not close without.
    fn with_cause(&self, cause: Option<&str>) -> Result<(Option<String>, Finding), Refused> {
        let mut after = self.with(self.finding.state.clone());
        let cause = cause.map(said).transpose()?;
        if let Some(text) = &cause {
            let (by, at) = (self.by.clone(), self.router.now);
            after.owed.cause = Some(Cause::Given { text: text.clone(), by, at });
            return Ok((cause, after));
        }
        if needs_cause(self.finding, self.terms.owing) {
            return Err(Refused::NoCause { known: known(&self.terms.owing.causes) });
        }
        Ok((None, after))
    }
}

/// Whether done is not taken without the cause of a miss.
pub fn needs_cause(finding: &Finding, owing: &Owing) -> bool {
    let asked =
        owing.cause && owing.is_miss(finding) || matches!(finding.owed.cause, Some(Cause::Asked { .. }));
    let given = matches!(finding.owed.cause, Some(Cause::Given { .. }));
    asked && !given
}

fn known(causes: &[String]) -> String {
    match causes {
        [] => "\"parts came late\"".to_owned(),
        causes => causes.iter().map(|cause| format!("\"{cause}\"")).collect::<Vec<_>>().join(", "),
    }
}
