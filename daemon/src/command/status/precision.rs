//! How often each check was right of late, as text and as JSON.

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{domain::CheckId, policy::precision::Precision};
use serde_json::{Value, json};

/// Long enough for a check that finds little, short enough that mending a check shows.
const DAYS: i64 = 90;

/// Reasons that are named; the others are counted.
const IN_TEXT: usize = 3;
const IN_JSON: usize = 20;

/// Where the period begins.
pub(super) fn since(now: Timestamp) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(DAYS * 24)).unwrap_or(Timestamp::MIN)
}

pub(super) fn as_json(precision: &Precision) -> Value {
    let (reasons, others) = precision.reasons(IN_JSON);
    let reasons: Vec<Value> =
        reasons.into_iter().map(|(reason, count)| json!({ "reason": reason, "count": count })).collect();
    json!({
        "share": precision.share(), "days": DAYS, "taken-on": precision.taken_on, "mended": precision.mended,
        "dismissed": precision.dismissed, "reasons": reasons, "other-reasons": others,
    })
}

/// "late-orders was right in 96.3 % of 27 in 90 days: 4 taken on, 22 mended unsaid, 1 dismissed (a test order)".
pub(super) fn as_line(check: &CheckId, precision: &Precision) -> String {
    let Some(share) = precision.share() else {
        return format!(
            "{check}: precision not yet known; nobody took on or dismissed what it found in {DAYS} days"
        );
    };
    let Precision { taken_on, mended, dismissed, .. } = precision;
    let all = taken_on + mended + dismissed;
    let mut line = format!(
        "{check}: precision {:.1} %, of {all} in {DAYS} days: {taken_on} taken on, {mended} mended unsaid, {dismissed} dismissed",
        share * 100.0
    );
    let (reasons, others) = precision.reasons(IN_TEXT);
    let mut named: Vec<String> =
        reasons.into_iter().map(|(reason, count)| format!("{count} × {reason}")).collect();
    if others > 0 {
        named.push(format!("{others} for other reasons"));
    }
    if !named.is_empty() {
        line.push_str(&format!(" ({})", named.join("; ")));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(taken_on: u64, mended: u64, reasons: &[(&str, u64)]) -> Precision {
        let reasons: std::collections::BTreeMap<_, _> =
            reasons.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
        Precision { taken_on, mended, dismissed: reasons.values().sum(), reasons }
    }

    #[test]
    fn a_line_says_how_much_it_rests_on() {
        let line = |precision: &Precision| as_line(&CheckId::from("late"), precision);
        for precision in [of(0, 0, &[]), of(0, 9, &[])] {
            let unknown =
                "late: precision not yet known; nobody took on or dismissed what it found in 90 days";
            assert_eq!(line(&precision), unknown);
        }
        assert_eq!(
            line(&of(4, 22, &[("a test order", 1)])),
            "late: precision 96.3 %, of 27 in 90 days: 4 taken on, 22 mended unsaid, 1 dismissed (1 × a test order)"
        );
        let many = of(0, 0, &[("a", 4), ("b", 3), ("c", 2), ("d", 1), ("e", 1)]);
        assert!(line(&many).ends_with("11 dismissed (4 × a; 3 × b; 2 × c; 2 for other reasons)"));
    }
}
