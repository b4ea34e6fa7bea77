//! Silences: which of them covers a finding, and until when. What is covered waits; nothing of it is lost.

use jiff::Timestamp;

use super::pattern::Pattern;
use crate::domain::{Finding, Silence};

/// The fields of a finding that a silence may name; any other name is one of its labels.
pub const FIELDS: [&str; 5] = ["check", "topic", "stage", "owner", "client"];

/// When the last of the silences that cover the finding ends; `None` when none covers it now.
pub fn silenced_until<'a>(
    finding: &Finding,
    silences: impl IntoIterator<Item = &'a Silence>,
    now: Timestamp,
) -> Option<Timestamp> {
    let covering = silences.into_iter().filter(|silence| covers(silence, finding, now));
    covering.map(|silence| silence.until).max()
}

/// Whether this silence covers the finding now. One that names nothing covers nothing: silencing everything by a
/// slip of the pen would be the worst silence of all.
pub fn covers(silence: &Silence, finding: &Finding, now: Timestamp) -> bool {
    let in_force = silence.since <= now && now < silence.until;
    let fits = |(field, pattern): (&String, &String)| {
        field_of(finding, field).is_some_and(|value| Pattern::new(pattern.as_str()).fits(value))
    };
    in_force && !silence.matching.is_empty() && silence.matching.iter().all(fits)
}

fn field_of<'a>(finding: &'a Finding, field: &str) -> Option<&'a str> {
    match field {
        "check" => Some(finding.check.as_str()),
        "topic" => Some(&finding.seen.topic),
        "stage" => Some(&finding.seen.stage),
        "owner" => finding.owner(),
        "client" => finding.seen.about.get("client").map(String::as_str),
        label => finding.seen.labels.get(label).map(String::as_str),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PersonId, Sighting};
    use crate::policy::samples::{at, open, promise};

    fn silence(matching: &[(&str, &str)], since: &str, until: &str) -> Silence {
        let matching = matching.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned()));
        Silence {
            matching: matching.collect(),
            since: at(since),
            until: at(until),
            by: PersonId::from("2"),
            reason: "stocktaking".to_owned(),
        }
    }

    #[test]
    fn all_that_a_silence_names_must_fit() {
        let labels = [("branch".to_owned(), "varna".to_owned())].into();
        let finding = open(Sighting { labels, ..promise("overdue") });
        for (matching, covered) in [
            (vec![("check", "late-orders")], true),
            (vec![("check", "late-*"), ("owner", "5")], true),
            (vec![("check", "late-*"), ("owner", "6")], false),
            (vec![("branch", "varna")], true),
            (vec![("branch", "sofia")], false),
            (vec![("client", "*")], false),
            (vec![("topic", "promise"), ("stage", "overdue")], true),
            (vec![], false),
        ] {
            let silence = silence(&matching, "2026-11-23T00:00:00Z", "2026-11-25T00:00:00Z");
            assert_eq!(covers(&silence, &finding, at("2026-11-24T00:00:00Z")), covered, "{matching:?}");
        }
    }

    #[test]
    fn a_silence_has_a_beginning_and_an_end_and_the_last_end_counts() {
        let finding = open(promise("overdue"));
        let all = [("check", "*")];
        let short = silence(&all, "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z");
        let long = silence(&all, "2026-11-23T12:00:00Z", "2026-11-25T00:00:00Z");
        for (now, until) in [
            ("2026-11-22T23:59:59Z", None),
            ("2026-11-23T00:00:00Z", Some("2026-11-24T00:00:00Z")),
            ("2026-11-23T12:00:00Z", Some("2026-11-25T00:00:00Z")),
            ("2026-11-24T00:00:00Z", Some("2026-11-25T00:00:00Z")),
            ("2026-11-25T00:00:00Z", None),
        ] {
            assert_eq!(silenced_until(&finding, [&short, &long], at(now)), until.map(at), "{now}");
        }
    }
}
