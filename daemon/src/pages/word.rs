//! The fields of a form become a word, or what it lacks.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use kaizend_core::{
    domain::{ApologyLevel, PersonId, Verb},
    policy::{
        act::{Act, Refused},
        calendar::Calendar,
        put_off::{self, Later},
    },
};
use kaizend_text::{Lack, clean_text};

/// Characters of a reason; a page says so, too.
const LONGEST: usize = 500;

/// `level` is the one at which the reader owes an apology.
pub(super) fn read(
    verb: Verb,
    fields: &BTreeMap<String, String>,
    level: Option<ApologyLevel>,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<Act, Lack> {
    Ok(match verb {
        Verb::Done => Act::Done { cause: cause(fields)? },
        Verb::Snooze => Act::Snooze { until: until(fields, calendar, now)?, reason: text(fields, "reason")? },
        Verb::Dismiss => Act::Dismiss { reason: text(fields, "reason")?.ok_or(Lack::Reason)? },
        Verb::Assign => Act::Assign { to: PersonId::new(field(fields, "to").ok_or(Lack::Person)?) },
        Verb::Apologised => Act::Apologised { level: level.ok_or(Lack::Nothing)? },
        Verb::Explain => Act::Explain { cause: cause(fields)?.ok_or(Lack::Cause)? },
        Verb::Differently => Act::Differently { because: text(fields, "because")?.ok_or(Lack::Reason)? },
    })
}

/// What a word that the core does not take lacks.
pub(super) fn lack(refused: &Refused) -> Lack {
    match refused {
        Refused::NotAhead { .. } => Lack::When,
        Refused::NoReason | Refused::PutOffOften { .. } => Lack::Reason,
        Refused::NoCause { .. } => Lack::Cause,
        Refused::NoSuchPerson { .. } | Refused::Theirs { .. } => Lack::Person,
        _ => Lack::Nothing,
    }
}

fn until(fields: &BTreeMap<String, String>, calendar: &Calendar, now: Timestamp) -> Result<Timestamp, Lack> {
    // Who writes a date means it, whichever choice is still marked above.
    let later = match (field(fields, "date"), field(fields, "when")) {
        (Some(date), _) => Later::On(date.parse::<Date>().map_err(|_| Lack::When)?),
        (None, Some("today")) => Later::Today,
        (None, Some("tomorrow")) => Later::Tomorrow,
        (None, Some("monday")) => Later::Monday,
        (None, _) => return Err(Lack::When),
    };
    put_off::until(later, calendar, now).ok_or(Lack::When)
}

/// Own words win over a choice: who writes them means them.
fn cause(fields: &BTreeMap<String, String>) -> Result<Option<String>, Lack> {
    Ok(text(fields, "other")?.or(text(fields, "cause")?))
}

fn text(fields: &BTreeMap<String, String>, name: &str) -> Result<Option<String>, Lack> {
    let Some(text) = field(fields, name) else { return Ok(None) };
    if text.chars().count() > LONGEST {
        return Err(Lack::Long);
    }
    Ok(Some(clean_text(text)).filter(|text| !text.is_empty()))
}

fn field<'a>(fields: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    fields.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn said(verb: Verb, fields: &[(&str, &str)]) -> Result<Act, Lack> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        read(verb, &fields, Some(ApologyLevel::Manager), &Calendar::office(TimeZone::UTC), now)
    }

    #[test]
    fn each_form_is_a_word_or_lacks_something() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let snoozed = |until: &str| Act::Snooze { until: at(until), reason: None };
        let cause = |cause: &str| Act::Explain { cause: cause.into() };
        let long = "x".repeat(501);
        for (verb, fields, expected) in [
            (Verb::Done, vec![], Ok(Act::Done { cause: None })),
            (Verb::Done, vec![("cause", "late")], Ok(Act::Done { cause: Some("late".into()) })),
            (Verb::Snooze, vec![("when", "tomorrow")], Ok(snoozed("2026-11-25T09:00:00Z"))),
            (
                Verb::Snooze,
                vec![("when", "date"), ("date", "2026-12-01")],
                Ok(snoozed("2026-12-01T09:00:00Z")),
            ),
            (Verb::Snooze, vec![("when", "date"), ("date", "2026-11-01")], Err(Lack::When)),
            (Verb::Snooze, vec![("when", "date"), ("date", "<script>")], Err(Lack::When)),
            (
                Verb::Snooze,
                vec![("when", "tomorrow"), ("date", "2026-12-01")],
                Ok(snoozed("2026-12-01T09:00:00Z")),
            ),
            (Verb::Snooze, vec![], Err(Lack::When)),
            (Verb::Dismiss, vec![("reason", " \u{202e}\0 ")], Err(Lack::Reason)),
            (Verb::Dismiss, vec![("reason", &long)], Err(Lack::Long)),
            (Verb::Dismiss, vec![("reason", "a\r\nb\0")], Ok(Act::Dismiss { reason: "a\nb".into() })),
            (Verb::Assign, vec![("to", "bob")], Ok(Act::Assign { to: "bob".into() })),
            (Verb::Assign, vec![("to", "")], Err(Lack::Person)),
            (Verb::Explain, vec![("cause", "late"), ("other", "ill")], Ok(cause("ill"))),
            (Verb::Explain, vec![("cause", "late"), ("other", " ")], Ok(cause("late"))),
            (Verb::Explain, vec![], Err(Lack::Cause)),
            (Verb::Apologised, vec![], Ok(Act::Apologised { level: ApologyLevel::Manager })),
            (Verb::Differently, vec![], Err(Lack::Reason)),
        ] {
            assert_eq!(said(verb, &fields), expected, "{verb:?} {fields:?}");
        }
    }
}
