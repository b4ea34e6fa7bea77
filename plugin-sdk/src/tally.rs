//! A measure being counted: good out of total, by group and day of the event.
//!
//! The counts are summed up here, because a call into the daemon for each of ten million rows would cost more than
//! the check itself; and handed over whenever they become many, so that memory stays bounded.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::host::report;
use crate::{Date, Result};

/// Counts of one measure. End with [`Tally::finish`]: counts that are not handed over do not count.
#[derive(Debug)]
#[must_use = "finish the tally, or its last counts are lost"]
pub struct Tally {
    measure: &'static str,
    groups: HashMap<String, HashMap<i32, Count, Mixing>, Mixing>,
    entries: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    good: u64,
    total: u64,
}

impl Tally {
    /// Groups and days held at most; about a megabyte.
    const MOST: usize = 16_384;

    /// A tally of a measure, whose name people read as the message `measure-<name>`.
    pub fn new(measure: &'static str) -> Self {
        Self { measure, groups: HashMap::default(), entries: 0 }
    }

    /// Counts one event. The group is `""` for the whole company, else a role and an id: `owner:5`.
    pub fn count(&mut self, group: &str, day: Date, good: bool) -> Result {
        let days = match self.groups.get_mut(group) {
            Some(days) => days,
            None => self.groups.entry(group.to_owned()).or_default(),
        };
        let before = days.len();
        let count = days.entry(day.days()).or_default();
        count.good += u64::from(good);
        count.total += 1;
        self.entries += days.len() - before;
        if self.entries >= Self::MOST { self.hand_over() } else { Ok(()) }
    }

    /// Hands over what is left.
    pub fn finish(mut self) -> Result {
        self.hand_over()
    }

    fn hand_over(&mut self) -> Result {
        for (group, days) in self.groups.drain() {
            for (day, count) in days {
                report::measure(self.measure, &group, day, count.good, count.total)?;
            }
        }
        self.entries = 0;
        Ok(())
    }
}

/// A quick mix of bytes. The keys are the company's own, so nobody gains by making them collide; and a sandbox has no
/// randomness to protect them with.
#[derive(Default)]
struct Mixer(u64);

type Mixing = BuildHasherDefault<Mixer>;

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_i32(&mut self, word: i32) {
        self.write_u64(u64::from(word.cast_unsigned()));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
