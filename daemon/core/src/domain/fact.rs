//! A named fact about a finding: evidence, and the argument of a message.

use serde::{Deserialize, Serialize};

use crate::rows::Value;

/// Characters of a column's text that are kept as a fact; what is beyond is cut with `…`.
const LONGEST: usize = 500;

/// A date or an instant: what a promise is made in, whichever the company keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Days since 1970-01-01, in the company's zone.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(i64),
}

/// An amount in minor units (cents) of a currency (ISO 4217).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Money {
    pub minor_units: i64,
    pub currency: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fact {
    Text(String),
    Integer(i64),
    Real(f64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(i64),
    Money(Money),
}

impl Fact {
    /// A value of the company's data, as evidence.
    pub fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Integer(number) => Self::Integer(*number),
            Value::Real(number) => Self::Real(*number),
            Value::Date(days) => Self::Date(*days),
            Value::Instant(micros) => Self::Instant(*micros),
            Value::Money { minor_units, currency } => {
                Self::Money(Money { minor_units: *minor_units, currency: (*currency).to_owned() })
            }
            Value::Text(_) | Value::Boolean(_) => Self::Text(cut(&value.canonical())),
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_what_it_is() {
        let long = "й".repeat(600);
        for (value, fact) in [
            (Value::Text("00123"), Fact::Text("00123".to_owned())),
            (Value::Boolean(true), Fact::Text("true".to_owned())),
            (Value::Integer(-3), Fact::Integer(-3)),
            (Value::Date(20_780), Fact::Date(20_780)),
            (
                Value::Money { minor_units: 150, currency: "EUR" },
                Fact::Money(Money { minor_units: 150, currency: "EUR".to_owned() }),
            ),
            (Value::Text(&long), Fact::Text(format!("{}…", "й".repeat(500)))),
        ] {
            assert_eq!(Fact::of(&value), fact);
        }
    }
}
