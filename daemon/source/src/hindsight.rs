//! What was already known at an earlier instant: the part of `as-of` that looks at one value.

use jiff::Timestamp;
use kaizend_core::rows::{Kind, Value};

use crate::{
    convert::{Cell, Converter, Decimal, Misfit, Moments, days},
    dataset::ColumnSpec,
    note::Tally,
};

/// The last day or instant of a column that was known.
#[derive(Clone, Debug)]
pub(crate) struct Horizon {
    converter: Converter,
    /// The local day of the instant: a date counts for its whole day.
    day: i32,
    instant: i64,
}

impl Horizon {
    pub(crate) fn new(kind: Kind, moments: Moments, known_at: Timestamp) -> Self {
        let day = days(moments.zone.to_datetime(known_at).date());
        let converter = Converter::new(kind, &ColumnSpec::default(), moments, Decimal::Point);
        Self { converter, day, instant: known_at.as_microsecond() }
    }

    /// Whether the value lies after what was known. Null does not.
    pub(crate) fn is_beyond(&self, cell: Cell<'_>, scratch: &mut String) -> Result<bool, Misfit> {
        Ok(match self.converter.convert(cell, scratch, &mut Tally::default())? {
            Some(Value::Date(day)) => day > self.day,
            Some(Value::Instant(instant)) => instant > self.instant,
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::Form;
    use jiff::tz::TimeZone;

    #[test]
    fn a_date_counts_for_its_whole_day_and_an_instant_exactly() {
        let at = |kind| {
            let moments = Moments { form: Form::Iso, zone: TimeZone::get("Europe/Sofia").unwrap() };
            // 23:00 on the second of February in Sofia.
            Horizon::new(kind, moments, "1998-02-02T21:00:00Z".parse().unwrap())
        };
        for (kind, text, beyond) in [
            (Kind::Date, "1998-02-01", false),
            (Kind::Date, "1998-02-02", false),
            (Kind::Date, "1998-02-03", true),
            (Kind::Instant, "1998-02-02 23:00:00", false),
            (Kind::Instant, "1998-02-02 23:00:01", true),
            (Kind::Instant, "1998-02-02T21:00:01Z", true),
        ] {
            let cell = Cell::Text(text.as_bytes());
            assert_eq!(at(kind).is_beyond(cell, &mut String::new()), Ok(beyond), "{text}");
        }
        assert_eq!(at(Kind::Date).is_beyond(Cell::Null, &mut String::new()), Ok(false));
    }
}
