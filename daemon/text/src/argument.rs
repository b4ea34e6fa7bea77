//! A fact becomes the argument of a message.
//!
//! Texts are cleaned, dates and money are written as the catalogue's language writes them, and numbers stay
//! numbers, so that `{ $days -> [one] … *[other] … }` can choose by them.

use std::borrow::Cow;

use fluent_bundle::{
    FluentArgs, FluentValue,
    types::{FluentNumber, FluentType},
};
use intl_memoizer::Memoizable;
use jiff::{Timestamp, civil};
use kaizend_core::domain::{Fact, Moment};
use unic_langid::LanguageIdentifier;

use crate::{Voice, clean_line, local::Local};

/// Integers beyond this cannot be told apart by Fluent's numbers, so they are passed as text.
const EXACT: u64 = 1 << 53;

/// One argument, said in `local`'s language.
pub(crate) fn value(fact: &Fact, local: &Local, voice: &Voice) -> FluentValue<'static> {
    match fact {
        Fact::Text(text) => clean_line(text).into(),
        Fact::Integer(number) if number.unsigned_abs() <= EXACT => (*number).into(),
        Fact::Integer(number) => local.numeral(&number.to_string()).into(),
        Fact::Real(number) if number.is_finite() => (*number).into(),
        Fact::Date(days) => FluentValue::Custom(Box::new(Dated {
            long: local.long_date(*days),
            short: local.short_date(*days),
        })),
        Fact::Instant(micros) => local.moment(Moment::Instant(*micros), &voice.zone).into(),
        Fact::Money(money) => local.money(money).into(),
        // A real that is no number, and facts of later versions: better a dash than a wrong number.
        _ => "–".into(),
    }
}

/// A fact on its own, beside its label. A whole number stands without separators: it may be a number of something.
pub(crate) fn shown(fact: &Fact, local: &Local, voice: &Voice) -> String {
    match fact {
        Fact::Text(text) => clean_line(text),
        Fact::Integer(number) => number.to_string(),
        Fact::Real(number) if number.is_finite() => local.numeral(&number.to_string()),
        Fact::Date(days) => local.long_date(*days),
        Fact::Instant(micros) => local.moment(Moment::Instant(*micros), &voice.zone),
        Fact::Money(money) => local.money(money),
        _ => "–".to_owned(),
    }
}

/// An instant of the daemon's own.
pub(crate) fn at(instant: Timestamp) -> Fact {
    Fact::Instant(instant.as_microsecond())
}

/// A day of the daemon's own.
pub(crate) fn day(date: civil::Date) -> Fact {
    Fact::Date(date.since(civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// A day in both forms: `{ $promised }` is long, `{ DATE($promised, style: "short") }` fits a table.
#[derive(Clone, Debug, PartialEq)]
struct Dated {
    long: String,
    short: String,
}

impl FluentType for Dated {
    fn duplicate(&self) -> Box<dyn FluentType + Send> {
        Box::new(self.clone())
    }

    fn as_string(&self, _: &intl_memoizer::IntlLangMemoizer) -> Cow<'static, str> {
        self.long.clone().into()
    }

    fn as_string_threadsafe(&self, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Cow<'static, str> {
        self.long.clone().into()
    }
}

/// The function `DATE` of catalogues.
pub(crate) fn date_function<'a>(positional: &[FluentValue<'a>], named: &FluentArgs) -> FluentValue<'a> {
    let Some(FluentValue::Custom(value)) = positional.first() else { return FluentValue::Error };
    let short = matches!(named.get("style"), Some(FluentValue::String(style)) if style == "short");
    match value.as_ref().as_any().downcast_ref::<Dated>() {
        Some(date) if short => date.short.clone().into(),
        Some(date) => date.long.clone().into(),
        None => FluentValue::Error,
    }
}

/// How a bundle writes numbers: with the separators of its language.
pub(crate) fn written(
    value: &FluentValue,
    memory: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memory.with_try_get::<Numerals, _, _>((), |numerals| numerals.write(number)).ok()
}

/// The number forms of a bundle's language, kept by Fluent's own memory.
struct Numerals(Local);

impl Memoizable for Numerals {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        Ok(Self(Local::of(&language.to_string())))
    }
}

impl Numerals {
    fn write(&self, number: &FluentNumber) -> String {
        let plain = number.as_string();
        if number.options.use_grouping { self.0.numeral(&plain) } else { plain.into_owned() }
    }
}
