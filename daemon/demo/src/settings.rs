//! What may be chosen: the seed, the day on which the story stops, and the size.

use jiff::civil::Date;

/// The same settings make the same database, to the byte of every text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    pub seed: u64,
    /// The company's *today*: two years of its past end on the day before. The timeline begins on this day.
    pub until: Date,
    /// From 100 to 20,000; the planted numbers do not grow with it.
    pub clients: u32,
}

impl Settings {
    /// 140 clients, about a thousand orders.
    pub fn new(seed: u64, until: Date) -> Self {
        Self { seed, until, clients: 140 }
    }
}
