//! Chance that is the same everywhere: ChaCha20, one stream for each concern, so that a change in how clients are
//! named does not move a single order.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// A concern that throws its own dice.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    People = 1,
    Orders = 2,
    Plants = 3,
    Contacts = 4,
    Timeline = 5,
}

pub(crate) struct Dice(ChaCha20Rng);

impl Dice {
    pub(crate) fn new(seed: u64, stream: Stream) -> Self {
        let mut chance = ChaCha20Rng::seed_from_u64(seed);
        chance.set_stream(stream as u64);
        Self(chance)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let choices = u64::try_from(most - least + 1).expect("the range holds at least one number");
        least + i64::try_from(self.below(choices)).expect("it is below a number of the same type")
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }

    /// Takes one out.
    pub(crate) fn draw<T>(&mut self, choices: &mut Vec<T>) -> Option<T> {
        if choices.is_empty() { None } else { Some(choices.swap_remove(self.index(choices.len()))) }
    }

    /// True in so many cases of a hundred.
    pub(crate) fn percent(&mut self, cases: i64) -> bool {
        self.between(1, 100) <= cases
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).expect("an index fits the machine")
    }

    /// The high half of a product: uniform enough for a story, and without a loop.
    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_streams_are_their_own() {
        let throws = |seed, stream| {
            let mut dice = Dice::new(seed, stream);
            (0..20).map(|_| dice.between(1, 6)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1, Stream::Orders), throws(1, Stream::Orders));
        assert_ne!(throws(1, Stream::Orders), throws(2, Stream::Orders));
        assert_ne!(throws(1, Stream::Orders), throws(1, Stream::People));
        let many: std::collections::BTreeSet<_> = throws(1, Stream::Orders).into_iter().collect();
        assert!(many.iter().all(|number| (1..=6).contains(number)) && many.len() > 3);
    }
}
