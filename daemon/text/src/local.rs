//! Dates, instants, numbers and money as people of a language write them (CLDR, by `icu`).
//!
//! One [`Local`] per catalogue language, built once. Plain `en` writes dates in the international order
//! (`31 May 1998`), because a reader of `05/31` may be anywhere; `en-US` says so by its region.

use icu::{
    calendar::{Date, Gregorian},
    datetime::{
        FixedCalendarDateTimeFormatter,
        fieldsets::{YMD, YMDT},
        input::{DateTime, Time},
    },
    decimal::{DecimalFormatter, input::Decimal},
    locale::{Locale, subtags::language},
};
use jiff::{Timestamp, civil, tz::TimeZone};
use kaizend_core::domain::{Moment, Money};

/// A space that does not break, between a number and its unit.
const NO_BREAK: char = '\u{a0}';

/// The forms of one language.
pub(crate) struct Local {
    long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    instant: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
    number: DecimalFormatter,
    /// Estonian days of a month are ordinals (`31. mai`), which CLDR's data leaves out.
    ordinal_days: bool,
}

impl Local {
    /// Forms of `language`; of English where it is no language tag or `icu` does not know it.
    pub(crate) fn of(language: &str) -> Self {
        let wanted = match language {
            "en" => "en-GB",
            other => other,
        };
        let locale = wanted.parse().unwrap_or(Locale::UNKNOWN);
        Self::load(&locale)
            .or_else(|| Self::load(&Locale::UNKNOWN))
            .expect("the root locale's data is compiled in")
    }

    fn load(locale: &Locale) -> Option<Self> {
        Some(Self {
            long: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?,
            short: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::short()).ok()?,
            instant: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long().with_time_hm())
                .ok()?,
            number: DecimalFormatter::try_new(locale.into(), Default::default()).ok()?,
            ordinal_days: locale.id.language == language!("et"),
        })
    }

    /// `31 May 1998`. Days since 1970-01-01; a day beyond the calendar is shown as its number.
    pub(crate) fn long_date(&self, days: i32) -> String {
        day(days).map_or_else(|| days.to_string(), |date| self.with_month(self.long.format(&date)))
    }

    /// `31/05/1998`, for tables.
    pub(crate) fn short_date(&self, days: i32) -> String {
        day(days).map_or_else(|| days.to_string(), |date| kept_together(self.short.format(&date)))
    }

    /// `31 May 1998, 09:00` in the reader's zone.
    pub(crate) fn instant(&self, at: Timestamp, zone: &TimeZone) -> String {
        let local = zone.to_datetime(at);
        let parts =
            (gregorian(local.date()), Time::try_new(local.hour() as u8, local.minute() as u8, 0, 0).ok());
        match parts {
            (Some(date), Some(time)) => self.with_month(self.instant.format(&DateTime { date, time })),
            _ => at.to_string(),
        }
    }

    /// The day of an instant where the reader is, written long.
    pub(crate) fn day(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.long_date(days_of(at, zone))
    }

    /// A promise's date, or its instant in the reader's zone.
    pub(crate) fn moment(&self, moment: Moment, zone: &TimeZone) -> String {
        match moment {
            Moment::Date(days) => self.long_date(days),
            Moment::Instant(micros) => Timestamp::from_microsecond(micros)
                .map_or_else(|_| micros.to_string(), |at| self.instant(at, zone)),
        }
    }

    /// A date whose month is a word.
    fn with_month(&self, written: impl std::fmt::Display) -> String {
        let mut written = kept_together(written);
        let day = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        if self.ordinal_days && day > 0 && written[day..].starts_with(' ') {
            written.insert(day, '.');
        }
        written
    }

    /// A decimal numeral with this language's separators: `1234.5` → `1,234.5`.
    pub(crate) fn numeral(&self, plain: &str) -> String {
        plain.parse::<Decimal>().map_or_else(|_| plain.to_owned(), |n| self.number.format_to_string(&n))
    }

    /// An amount with its currency's decimals and code: `1,250.00 EUR`.
    pub(crate) fn money(&self, money: &Money) -> String {
        let mut amount = Decimal::from(money.minor_units);
        amount.multiply_pow10(-decimals(&money.currency));
        let code = crate::clean_line(&money.currency);
        format!("{}{NO_BREAK}{code}", self.number.format_to_string(&amount))
    }
}

/// CLDR's narrow no-break spaces, which old mail programs show as boxes, become common no-break spaces.
fn kept_together(written: impl std::fmt::Display) -> String {
    written.to_string().replace('\u{202f}', "\u{a0}")
}

/// The decimals of a currency (ISO 4217): two, except those listed.
fn decimals(currency: &str) -> i16 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// Days since 1970-01-01 of an instant's day in a zone.
pub(crate) fn days_of(at: Timestamp, zone: &TimeZone) -> i32 {
    let date = zone.to_datetime(at).date();
    date.since(civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

fn day(days: i32) -> Option<Date<Gregorian>> {
    let epoch = civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(days).ok()?;
    gregorian(epoch.checked_add(span).ok()?)
}

fn gregorian(date: civil::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(date.year().into(), date.month() as u8, date.day() as u8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i32 = 10_377; // 1998-05-31

    #[test]
    fn each_language_writes_its_own_dates() {
        for (language, long, short) in [
            ("en", "31 May 1998", "31/05/1998"),
            ("en-US", "May 31, 1998", "5/31/98"),
            ("ru", "31 мая 1998\u{a0}г.", "31.05.1998"),
            ("bg", "31 май 1998\u{a0}г.", "31.05.98\u{a0}г."),
            ("et", "31. mai 1998", "31.05.98"),
        ] {
            let local = Local::of(language);
            assert_eq!(
                (local.long_date(DAY).as_str(), local.short_date(DAY).as_str()),
                (long, short),
                "{language}"
            );
        }
    }

    #[test]
    fn an_instant_is_told_in_the_readers_zone() {
        let at: Timestamp = "1998-05-31T21:30:00Z".parse().unwrap();
        let sofia = TimeZone::get("Europe/Sofia").unwrap();
        assert_eq!(Local::of("en").instant(at, &TimeZone::UTC), "31 May 1998 at 21:30");
        assert_eq!(Local::of("en").instant(at, &sofia), "1 June 1998 at 00:30");
        assert_eq!(Local::of("bg").instant(at, &sofia), "1 юни 1998\u{a0}г. в 00:30 ч.");
    }

    #[test]
    fn money_has_its_currencys_decimals() {
        for (language, minor_units, currency, shown) in [
            ("en", 125_050, "EUR", "1,250.50 EUR"),
            ("en", -5, "USD", "-0.05 USD"),
            ("en", 1500, "JPY", "1,500 JPY"),
            ("en", 1500, "TND", "1.500 TND"),
            ("ru", 123_456_789, "RUB", "1 234 567,89 RUB"),
            ("bg", 125_050, "BGN", "1250,50 BGN"),
            ("et", 125_050, "EUR", "1250,50 EUR"),
        ] {
            let money = Money { minor_units, currency: currency.into() };
            let said = Local::of(language).money(&money).replace(['\u{a0}', '\u{202f}'], " ");
            assert_eq!(said, shown, "{language}");
        }
    }

    #[test]
    fn days_beyond_the_calendar_do_not_panic() {
        assert_eq!(Local::of("en").long_date(i32::MAX), i32::MAX.to_string());
        assert_eq!(Local::of("no language at all").long_date(0), Local::of("und").long_date(0));
    }
}
