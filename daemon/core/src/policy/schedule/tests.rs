//! Schedules on known days, refusals with their remedies, and `croner` as the oracle over many zones and years.

mod catching_up;
mod clock_changes;
mod grammar;
mod oracle;

use super::*;

fn schedule(text: &str) -> Schedule {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// The occurrences in `from..=to`, written with their zone's offset.
fn fires(text: &str, zone_name: &str, from: &str, to: &str) -> Vec<String> {
    let zone = zone(zone_name);
    let schedule = schedule(text);
    let occurrences = schedule.between(at(from), at(to), &zone).map(|next| {
        let offset = zone.to_offset(next.at);
        next.at.display_with_offset(offset).to_string()
    });
    occurrences.collect()
}
