//! Dates and instants as companies write them: ISO 8601, a declared format, or a number since 1970.
//!
//! A written moment is a day, a local time, or an instant with its offset. What a column asks for decides how
//! it is taken: a date is the day in the column's zone; an instant of a day is its local midnight.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    fmt::strtime::BrokenDownTime,
    tz::TimeZone,
};

use super::{
    Cell, Misfit, instant,
    iso::{days, iso, only_day},
    trimmed,
};
use crate::note::Tally;

/// How a column writes its moments, and the zone of those that say none.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    pub(crate) form: Form,
    pub(crate) zone: TimeZone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Iso,
    /// A strptime pattern.
    Pattern(String),
    UnixSeconds,
    UnixMillis,
}

/// A moment as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Written {
    Day(Date),
    Local(DateTime),
    At(Timestamp),
}

impl Form {
    pub(crate) fn of(format: Option<&str>) -> Self {
        match format {
            None | Some(super::money::MINOR_UNITS) => Self::Iso,
            Some("unix") => Self::UnixSeconds,
            Some("unix-ms") => Self::UnixMillis,
            Some(pattern) => Self::Pattern(pattern.to_owned()),
        }
    }
}

impl Moments {
    /// Days since 1970-01-01.
    pub(super) fn date(&self, cell: Cell<'_>) -> Result<i32, Misfit> {
        // Nearly all dates are written so, and then nothing else needs to be looked at.
        if let (Cell::Text(bytes), Form::Iso) = (cell, &self.form)
            && let Some(date) = only_day(bytes)
        {
            return Ok(days(date));
        }
        self.day(cell).map(days)
    }

    /// The day that a cell writes, in the column's zone.
    pub(crate) fn day(&self, cell: Cell<'_>) -> Result<Date, Misfit> {
        Ok(match self.written(cell, Misfit::NoDate)? {
            Written::Day(date) => date,
            Written::Local(time) => time.date(),
            Written::At(at) => self.zone.to_datetime(at).date(),
        })
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub(super) fn instant(&self, cell: Cell<'_>, tally: &mut Tally) -> Result<i64, Misfit> {
        let written = self.written(cell, Misfit::NoInstant)?;
        // Counting goes on only while it can still say "all are midnights".
        if tally.instants == tally.midnights {
            tally.midnights += u64::from(self.is_midnight(written));
        }
        tally.instants += 1;
        match written {
            Written::Day(date) => instant::of_local(date.to_datetime(Time::midnight()), &self.zone, tally),
            Written::Local(time) => instant::of_local(time, &self.zone, tally),
            Written::At(at) => Ok(at.as_microsecond()),
        }
    }

    /// Whether the text is a moment at all, and of which precision: what a sample is judged by.
    pub(crate) fn written(&self, cell: Cell<'_>, otherwise: Misfit) -> Result<Written, Misfit> {
        match (cell, &self.form) {
            (Cell::Text(bytes), Form::Iso) => iso(trimmed(bytes)?).ok_or(otherwise),
            (Cell::Text(bytes), Form::Pattern(pattern)) => {
                let text = trimmed(bytes)?;
                by_pattern(pattern, text).ok_or_else(|| Misfit::NotInFormat { format: pattern.clone() })
            }
            (Cell::Blob(_) | Cell::Null, _) => Err(otherwise),
            (_, Form::UnixSeconds | Form::UnixMillis) => self.since_1970(cell, otherwise),
            (Cell::Integer(_) | Cell::Real(_), Form::Iso | Form::Pattern(_)) => Err(Misfit::NumberForDate),
        }
    }

    fn since_1970(&self, cell: Cell<'_>, otherwise: Misfit) -> Result<Written, Misfit> {
        let scale = if self.form == Form::UnixSeconds { 1_000_000 } else { 1_000 };
        let micros = match cell {
            Cell::Real(value) => (value * scale as f64).round() as i64,
            whole => {
                let count = super::number::integer(whole).map_err(|_| otherwise)?;
                count.checked_mul(scale).ok_or(Misfit::TooLarge)?
            }
        };
        Timestamp::from_microsecond(micros).map(Written::At).map_err(|_| Misfit::TooLarge)
    }

    fn is_midnight(&self, written: Written) -> bool {
        match written {
            Written::Day(_) => true,
            Written::Local(time) => time.time() == Time::midnight(),
            Written::At(at) => self.zone.to_datetime(at).time() == Time::midnight(),
        }
    }
}

fn by_pattern(pattern: &str, text: &str) -> Option<Written> {
    let parts = BrokenDownTime::parse(pattern, text).ok()?;
    if parts.offset().is_some() || parts.timestamp().is_some() {
        return parts.to_timestamp().ok().map(Written::At);
    }
    if parts.hour().is_some() {
        return parts.to_datetime().ok().map(Written::Local);
    }
    parts.to_date().ok().map(Written::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(format: Option<&str>) -> Moments {
        Moments { form: Form::of(format), zone: TimeZone::get("Europe/Sofia").unwrap() }
    }

    fn date(format: Option<&str>, cell: Cell<'_>) -> Result<String, Misfit> {
        let days = moments(format).date(cell)?;
        Ok(kaizend_core::rows::Value::Date(days).canonical().into_owned())
    }

    fn instant(format: Option<&str>, cell: Cell<'_>) -> Result<String, Misfit> {
        let micros = moments(format).instant(cell, &mut Tally::default())?;
        Ok(Timestamp::from_microsecond(micros).unwrap().to_string())
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        let slashes = Some("%d/%m/%Y");
        for (format, text, expected) in [
            (None, "2024-02-29", Ok("2024-02-29")),
            (None, " 2024-02-29 ", Ok("2024-02-29")),
            (None, "2024-02-29 23:30:00", Ok("2024-02-29")),
            (None, "2024-02-29T22:30:00Z", Ok("2024-03-01")),
            (None, "2024-02-29 22:30:00.123456+00", Ok("2024-03-01")),
            (None, "2023-02-29", Err(Misfit::NoDate)),
            (None, "0000-00-00", Err(Misfit::NoDate)),
            (None, "20240229", Err(Misfit::NoDate)),
            (None, "29/02/2024", Err(Misfit::NoDate)),
            (None, "soon", Err(Misfit::NoDate)),
            (None, "", Err(Misfit::Empty)),
            (slashes, "29/02/2024", Ok("2024-02-29")),
            (slashes, "31/02/2024", Err(Misfit::NotInFormat { format: "%d/%m/%Y".into() })),
            (slashes, "2024-02-29", Err(Misfit::NotInFormat { format: "%d/%m/%Y".into() })),
            (Some("%d.%m.%Y %H:%M"), "01.03.2024 00:15", Ok("2024-03-01")),
            (Some("%Y%m%d"), "20240229", Ok("2024-02-29")),
        ] {
            let read = date(format, Cell::Text(text.as_bytes()));
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn instants_take_their_offset_or_the_zone() {
        for (format, cell, expected) in [
            (None, Cell::Text(b"2024-07-15 10:30:00"), Ok("2024-07-15T07:30:00Z")),
            (None, Cell::Text(b"2024-07-15T10:30"), Ok("2024-07-15T07:30:00Z")),
            (None, Cell::Text(b"2024-07-15T10:30:00.5+02:00"), Ok("2024-07-15T08:30:00.5Z")),
            (None, Cell::Text(b"2024-07-15T10:30:00-0500"), Ok("2024-07-15T15:30:00Z")),
            (None, Cell::Text(b"2024-07-15"), Ok("2024-07-14T21:00:00Z")),
            (None, Cell::Text(b"2024-07-15T10:30[Europe/Paris]"), Err(Misfit::NoInstant)),
            (None, Cell::Text(b"2024-07-15 25:00:00"), Err(Misfit::NoInstant)),
            (None, Cell::Integer(1_721_032_200), Err(Misfit::NumberForDate)),
            (Some("unix"), Cell::Integer(1_721_032_200), Ok("2024-07-15T08:30:00Z")),
            (Some("unix"), Cell::Real(0.25), Ok("1970-01-01T00:00:00.25Z")),
            (Some("unix"), Cell::Text(b"1721032200"), Ok("2024-07-15T08:30:00Z")),
            (Some("unix-ms"), Cell::Integer(1_721_032_200_500), Ok("2024-07-15T08:30:00.5Z")),
            (Some("unix"), Cell::Integer(i64::MAX), Err(Misfit::TooLarge)),
            (Some("unix"), Cell::Text(b"today"), Err(Misfit::NoInstant)),
            (Some("%d.%m.%Y %H:%M %z"), Cell::Text(b"15.07.2024 10:30 +0200"), Ok("2024-07-15T08:30:00Z")),
        ] {
            assert_eq!(instant(format, cell), expected.map(str::to_owned), "{cell:?}");
        }
    }

    #[test]
    fn midnights_are_counted_while_there_is_nothing_else() {
        let mut tally = Tally::default();
        for text in ["2024-07-15", "2024-07-14T21:00:00Z", "2024-07-15 00:00:00"] {
            moments(None).instant(Cell::Text(text.as_bytes()), &mut tally).unwrap();
        }
        assert_eq!((tally.instants, tally.midnights), (3, 3));
        moments(None).instant(Cell::Text(b"2024-07-15 08:00"), &mut tally).unwrap();
        assert_eq!((tally.instants, tally.midnights), (4, 3));
    }
}
