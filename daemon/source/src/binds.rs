//! What a run gives to a query: its clock, and how far it looked before.

use jiff::{Timestamp, tz::TimeZone};

/// The values of `:now`, `:today` and `:since`, and the instant whose knowledge is asked for.
#[derive(Clone, Debug)]
pub struct Binds {
    /// `:now`, an instant; SQLite sees RFC 3339 text in UTC.
    pub now: Timestamp,
    /// `:since`, the instant of the last complete look; null when there was none.
    pub since: Option<Timestamp>,
    /// Whose calendar day `:today` is.
    pub zone: TimeZone,
    /// Set for `--as-known T`: datasets with `as-of` show what was known then.
    pub known_at: Option<Timestamp>,
}

/// The names that a query may use.
pub(crate) const NAMES: [&str; 3] = ["now", "today", "since"];

impl Binds {
    /// The text that SQLite binds for `:name` (without the colon); `None` is null or an unknown name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match name {
            "now" => Some(self.now.to_string()),
            "today" => Some(self.zone.to_datetime(self.now).date().to_string()),
            "since" => self.since.map(|since| since.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_day_of_the_zone() {
        let binds = Binds {
            now: "2026-11-23T22:30:00Z".parse().unwrap(),
            since: None,
            zone: TimeZone::get("Europe/Sofia").unwrap(),
            known_at: None,
        };
        assert_eq!(binds.text("now").as_deref(), Some("2026-11-23T22:30:00Z"));
        assert_eq!(binds.text("today").as_deref(), Some("2026-11-24"));
        assert_eq!(binds.text("since"), None);
    }
}
