//! Amounts of money: whole minor units (cents), never fractions.

use std::fmt;

/// An amount in minor units of a currency (ISO 4217): `Money { minor_units: 1250, currency: "EUR" }` is €12.50.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money<'a> {
    /// Cents, where the currency has them.
    pub minor_units: i64,
    /// Three letters, upper case.
    pub currency: &'a str,
}

impl fmt::Display for Money<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.minor_units, self.currency)
    }
}
