//! A finding as a row of a table. The names and their order are a promise to whoever reads the table: a new column goes
//! to the end, none changes its meaning.

use kaizend_core::{
    domain::{Addressee, Cause, Finding, HowResolved, HowTaken, PersonId, State},
    policy::forget::FORGOTTEN,
};
use serde_json::{Map, Value, json};

use super::super::show::word;

pub(super) const COLUMNS: [&str; 32] = [
    "fingerprint",
    "check",
    "topic",
    "key",
    "stage",
    "severity",
    "state",
    "episode",
    "opened-at",
    "closed-at",
    "how-closed",
    "word",
    "by",
    "until",
    "reason",
    "owner",
    "assigned-by",
    "client",
    "baseline",
    "happened-at",
    "told-at",
    "told-to",
    "steps-told",
    "cause",
    "cause-by",
    "apologies",
    "apologies-open",
    "worth-minor-units",
    "currency",
    "evidence",
    "labels",
    "forgotten-at",
];

/// The cells in the order of [`COLUMNS`]; null where there is nothing, or where it was forgotten.
pub(super) fn cells(finding: &Finding) -> [Value; COLUMNS.len()] {
    let seen = &finding.seen;
    let (closed_at, how) = match &finding.state {
        State::Resolved { at, how } | State::Owing { since: at, then: how } => (Some(*at), Some(how)),
        _ => (None, None),
    };
    let said = Said::of(finding, how);
    let told = finding.told.as_ref();
    let told_to: Vec<String> = told.iter().flat_map(|told| &told.to).filter_map(addressee).collect();
    let steps = finding.climb.steps.iter().filter(|taken| matches!(taken.how, HowTaken::Told(_))).count();
    let (cause, cause_by) = match &finding.owed.cause {
        Some(Cause::Given { text, by, .. }) => (Some(text.as_str()), Some(by.as_str())),
        _ => (None, None),
    };
    let key: Vec<&str> = seen.key.iter().map(|part| known(part).unwrap_or_default()).collect();
    let forgotten = finding.forgotten.is_some();
    let content = |value: Value| if forgotten { Value::Null } else { value };
    [
        json!(finding.fingerprint),
        json!(finding.check),
        json!(seen.topic),
        json!(key),
        json!(Some(seen.stage.as_str()).filter(|stage| !stage.is_empty())),
        json!(seen.severity),
        json!(word(&finding.state)),
        json!(finding.episode),
        json!(finding.opened_at),
        json!(closed_at),
        json!(how.map(word)),
        json!(said.word),
        json!(said.by.and_then(|by| known(by.as_str()))),
        json!(said.until),
        json!(said.reason.and_then(|reason| known(reason))),
        json!(finding.owner().and_then(known)),
        json!(finding.assigned.as_ref().and_then(|assigned| known(assigned.by.as_str()))),
        json!(seen.about.get("client").and_then(|client| known(client))),
        json!(finding.baseline),
        json!(seen.happened),
        json!(told.map(|told| told.at)),
        json!(told_to),
        json!(steps),
        json!(cause.and_then(known)),
        json!(cause_by.and_then(known)),
        json!(finding.owed.apologies.len()),
        json!(finding.owed.open_apologies().count()),
        json!(seen.worth.as_ref().map(|worth| worth.minor_units)),
        json!(seen.worth.as_ref().map(|worth| &worth.currency)),
        content(json!(seen.evidence)),
        content(json!(seen.labels)),
        json!(finding.forgotten),
    ]
}

/// The cells under their names.
pub(super) fn as_json(cells: [Value; COLUMNS.len()]) -> Value {
    COLUMNS.iter().map(|name| (*name).to_owned()).zip(cells).collect::<Map<_, _>>().into()
}

/// The last word of a person about it, also where the data closed it since.
#[derive(Default)]
struct Said<'a> {
    word: Option<String>,
    by: Option<&'a PersonId>,
    until: Option<jiff::Timestamp>,
    reason: Option<&'a String>,
}

impl<'a> Said<'a> {
    fn of(finding: &'a Finding, how: Option<&'a HowResolved>) -> Self {
        if let Some(HowResolved::ByHand { by, reason }) = how {
            return Self { word: Some("by-hand".into()), by: Some(by), until: None, reason: Some(reason) };
        }
        let state = finding.spoken.as_ref().map_or(&finding.state, |spoken| spoken.state());
        let (by, until, reason) = match state {
            State::Acknowledged { by, until, .. } | State::Snoozed { by, until } => (by, Some(*until), None),
            State::Done { by, trusted_until, .. } => (by, Some(*trusted_until), None),
            State::Dismissed { by, reason, .. } => (by, None, Some(reason)),
            State::Open { .. } | State::Owing { .. } | State::Resolved { .. } => return Self::default(),
        };
        Self { word: Some(word(state)), by: Some(by), until, reason }
    }
}

/// A text that was not forgotten.
fn known(text: &str) -> Option<&str> {
    Some(text).filter(|text| *text != FORGOTTEN)
}

fn addressee(to: &Addressee) -> Option<String> {
    match to {
        Addressee::Person(id) => known(id.as_str()).map(str::to_owned),
        Addressee::Operators => Some("operators".to_owned()),
    }
}
