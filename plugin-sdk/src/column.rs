//! The values of one column of a batch, fetched once and looked at row by row without copying.
//!
//! The types in [`kind`] are what `slot!` accepts behind a column's name; each knows how its values cross the border
//! and what a row sees of them.

use std::fmt;

use crate::host::rows::Batch;
use crate::manifest::Ask;

/// A kind of column: how its values come in, and what a row sees.
pub trait Kind {
    /// What the manifest asks for.
    const ASK: Ask;
    /// The values of a batch.
    type Values: fmt::Debug;
    /// The value of a row.
    type View<'a>: Copy + fmt::Debug;

    #[doc(hidden)]
    fn load(batch: &Loading<'_>) -> Result<Self::Values, &'static str>;
    /// The value of a row; a filler where it is null.
    fn view(values: &Self::Values, row: usize) -> Self::View<'_>;
}

/// One column of one batch, about to be fetched.
#[derive(Debug)]
pub struct Loading<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) column: u32,
    /// The kind the host delivers, in the contract's words.
    pub(crate) kind: &'a str,
}

/// The fetched values of a column, with its nulls.
#[derive(Debug)]
pub struct Fetched<K: Kind> {
    /// `None` when the dataset lacks the optional column.
    values: Option<K::Values>,
    nulls: Option<Vec<u8>>,
}

impl<K: Kind> Fetched<K> {
    pub(crate) fn fetch(loading: &Loading<'_>) -> Result<Self, &'static str> {
        if loading.kind == "absent" {
            return Ok(Self { values: None, nulls: None });
        }
        Ok(Self { values: Some(K::load(loading)?), nulls: loading.batch.nulls(loading.column) })
    }

    /// The value of a row of a column without nulls, which the host has made sure of.
    #[inline(always)]
    pub fn value(&self, row: usize) -> K::View<'_> {
        K::view(self.values.as_ref().expect("a required column is never absent"), row)
    }

    /// The value of a row; `None` where it is null or its column is absent.
    #[inline(always)]
    pub fn nullable(&self, row: usize) -> Option<K::View<'_>> {
        let values = self.values.as_ref()?;
        match &self.nulls {
            Some(bits) if bits[row / 8] & (1 << (row % 8)) != 0 => None,
            _ => Some(K::view(values, row)),
        }
    }
}

/// What `slot!` accepts behind a column's name.
pub mod kind {
    use super::{Ask, Kind, Loading};
    use crate::host::{calendar, rows};
    use crate::moment::{Date as Day, Instant as Point, When as Moment};
    use crate::money::Money as Amount;

    /// An identity, as canonical text. A row sees `&str`.
    #[derive(Debug)]
    pub struct Key;
    /// Any text. A row sees `&str`.
    #[derive(Debug)]
    pub struct Text;
    /// Whole numbers. A row sees `i64`.
    #[derive(Debug)]
    pub struct Integer;
    /// Numbers. A row sees `f64`.
    #[derive(Debug)]
    pub struct Real;
    /// Yes or no. A row sees `bool`.
    #[derive(Debug)]
    pub struct Boolean;
    /// Calendar days. A row sees [`Date`](crate::Date).
    #[derive(Debug)]
    pub struct Date;
    /// Points in time. A row sees [`Instant`](crate::Instant).
    #[derive(Debug)]
    pub struct Instant;
    /// Days or points in time, whichever the company keeps. A row sees [`When`](crate::When).
    #[derive(Debug)]
    pub struct When;
    /// Amounts with their currency. A row sees [`Money`](crate::Money).
    #[derive(Debug)]
    pub struct Money;

    /// Texts of a column, one behind the other.
    #[derive(Debug)]
    pub struct Texts {
        offsets: Vec<u32>,
        text: String,
    }

    /// The moments of a column: days, or instants with the company day of each.
    #[derive(Debug)]
    pub enum Moments {
        /// A company that keeps days.
        Days(Vec<i32>),
        /// A company that keeps the time of day.
        Instants {
            /// Microseconds.
            at: Vec<i64>,
            /// The company day of each.
            days: Vec<i32>,
        },
    }

    impl Texts {
        fn new(texts: rows::Texts) -> Result<Self, &'static str> {
            let text = String::from_utf8(texts.bytes).map_err(|_| "its texts are not UTF-8")?;
            Ok(Self { offsets: texts.offsets, text })
        }

        #[inline(always)]
        fn get(&self, row: usize) -> &str {
            &self.text[self.offsets[row] as usize..self.offsets[row + 1] as usize]
        }
    }

    /// A kind whose values come in as they are: the contract's word, its getter, and what a row sees.
    macro_rules! plain {
        ($kind:ident, $word:literal, $getter:ident, $values:ty, $view:ty, |$values_of:ident, $row:ident| $see:expr) => {
            impl Kind for $kind {
                const ASK: Ask = Ask::$kind;
                type Values = $values;
                type View<'a> = $view;

                fn load(loading: &Loading<'_>) -> Result<$values, &'static str> {
                    match loading.kind {
                        $word => Ok(loading.batch.$getter(loading.column)),
                        _ => Err(concat!("the daemon does not deliver it as ", $word)),
                    }
                }

                #[inline(always)]
                fn view($values_of: &$values, $row: usize) -> $view {
                    $see
                }
            }
        };
    }

    plain!(Integer, "integer", integers, Vec<i64>, i64, |values, row| values[row]);
    plain!(Real, "real", reals, Vec<f64>, f64, |values, row| values[row]);
    plain!(Boolean, "boolean", booleans, Vec<u8>, bool, |values, row| values[row] != 0);
    plain!(Date, "date", dates, Vec<i32>, Day, |values, row| Day::from_days(values[row]));
    plain!(Instant, "instant", instants, Vec<i64>, Point, |values, row| Point::from_micros(values[row]));

    /// Kinds that a row sees as `&str`.
    macro_rules! textual {
        ($kind:ident) => {
            impl Kind for $kind {
                const ASK: Ask = Ask::$kind;
                type Values = Texts;
                type View<'a> = &'a str;

                fn load(loading: &Loading<'_>) -> Result<Texts, &'static str> {
                    match loading.kind {
                        "text" => Texts::new(loading.batch.texts(loading.column)),
                        _ => Err("the daemon does not deliver it as text"),
                    }
                }

                #[inline(always)]
                fn view(values: &Texts, row: usize) -> &str {
                    values.get(row)
                }
            }
        };
    }

    textual!(Key);
    textual!(Text);

    impl Kind for When {
        const ASK: Ask = Ask::When;
        type Values = Moments;
        type View<'a> = Moment;

        fn load(loading: &Loading<'_>) -> Result<Moments, &'static str> {
            match loading.kind {
                "date" => Ok(Moments::Days(loading.batch.dates(loading.column))),
                "instant" => {
                    let at = loading.batch.instants(loading.column);
                    let days = calendar::dates_of(&at);
                    Ok(Moments::Instants { at, days })
                }
                _ => Err("the daemon delivers it neither as date nor as instant"),
            }
        }

        #[inline(always)]
        fn view(values: &Moments, row: usize) -> Moment {
            match values {
                Moments::Days(days) => Moment::new(Day::from_days(days[row]), None),
                Moments::Instants { at, days } => {
                    Moment::new(Day::from_days(days[row]), Some(Point::from_micros(at[row])))
                }
            }
        }
    }

    impl Kind for Money {
        const ASK: Ask = Ask::Money;
        type Values = (Vec<i64>, Texts);
        type View<'a> = Amount<'a>;

        fn load(loading: &Loading<'_>) -> Result<Self::Values, &'static str> {
            match loading.kind {
                "money" => Ok((
                    loading.batch.minor_units(loading.column),
                    Texts::new(loading.batch.currencies(loading.column))?,
                )),
                _ => Err("the daemon does not deliver it as money"),
            }
        }

        #[inline(always)]
        fn view((minor_units, currencies): &Self::Values, row: usize) -> Amount<'_> {
            Amount { minor_units: minor_units[row], currency: currencies.get(row) }
        }
    }
}
