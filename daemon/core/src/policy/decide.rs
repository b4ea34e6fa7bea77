//! One look's decisions in constant memory: what is known and what was seen are two streams sorted by
//! fingerprint, and joining them puts the two halves of each finding side by side.
//!
//! A stream that is out of order would silently "resolve" findings that were seen, so disorder is an error
//! that ends the join.

use std::cmp::Ordering;

use crate::domain::{Finding, Fingerprint, Sighting};

/// What a look says about one fingerprint.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Wrong(Box<Sighting>),
    /// Looked at, and fine.
    Fine,
}

/// One row of the stream of what was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub fingerprint: Fingerprint,
    pub verdict: Verdict,
}

/// Both halves of one fingerprint; at least one is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub fingerprint: Fingerprint,
    pub known: Option<Finding>,
    pub seen: Option<Verdict>,
}

/// Why a join ended before its streams did.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError<E> {
    #[error(transparent)]
    Read(#[from] E),
    #[error(
        "the stream of {stream} findings is not sorted by fingerprint: {after} came after {before}; \
         nothing was decided, read the stream with its ORDER BY"
    )]
    Disorder { stream: Stream, before: Fingerprint, after: Fingerprint },
}

/// Which of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Known,
    Seen,
}

/// Joins two streams that rise strictly by fingerprint, holding one item of each.
///
/// `known` must hold every open finding of the check, and each resolved one that a fingerprint of `seen`
/// names: a past fact that is not remembered would be told again. After an error the join is over.
pub fn merge<E>(
    known: impl Iterator<Item = Result<Finding, E>>,
    seen: impl Iterator<Item = Result<Seen, E>>,
) -> impl Iterator<Item = Result<Pair, MergeError<E>>> {
    let mut known = Side::new(known, Stream::Known, |finding: &Finding| finding.fingerprint);
    let mut seen = Side::new(seen, Stream::Seen, |seen: &Seen| seen.fingerprint);
    let mut over = false;
    std::iter::from_fn(move || {
        if over {
            return None;
        }
        let pair = next_pair(&mut known, &mut seen).transpose();
        over = !matches!(pair, Some(Ok(_)));
        pair
    })
}

fn next_pair<E>(
    known: &mut Side<Finding, impl Iterator<Item = Result<Finding, E>>>,
    seen: &mut Side<Seen, impl Iterator<Item = Result<Seen, E>>>,
) -> Result<Option<Pair>, MergeError<E>> {
    let order = match (known.peek()?, seen.peek()?) {
        (None, None) => return Ok(None),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(known), Some(seen)) => known.cmp(&seen),
    };
    let known = if order.is_le() { known.head.take() } else { None };
    let seen = if order.is_ge() { seen.head.take() } else { None };
    let fingerprint =
        known.as_ref().map(|finding| finding.fingerprint).or(seen.as_ref().map(|s| s.fingerprint));
    Ok(fingerprint.map(|fingerprint| Pair { fingerprint, known, seen: seen.map(|seen| seen.verdict) }))
}

/// One stream with its next item, and the proof that it rises.
struct Side<T, I> {
    items: I,
    head: Option<T>,
    last: Option<Fingerprint>,
    stream: Stream,
    fingerprint: fn(&T) -> Fingerprint,
}

impl<T, E, I: Iterator<Item = Result<T, E>>> Side<T, I> {
    fn new(items: I, stream: Stream, fingerprint: fn(&T) -> Fingerprint) -> Self {
        Self { items, head: None, last: None, stream, fingerprint }
    }

    fn peek(&mut self) -> Result<Option<Fingerprint>, MergeError<E>> {
        if self.head.is_none() {
            self.head = self.items.next().transpose()?;
            if let Some(item) = &self.head {
                let after = (self.fingerprint)(item);
                if let Some(before) = self.last.filter(|before| *before >= after) {
                    return Err(MergeError::Disorder { stream: self.stream, before, after });
                }
                self.last = Some(after);
            }
        }
        Ok(self.head.as_ref().map(self.fingerprint))
    }
}

impl std::fmt::Display for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Known => "known",
            Self::Seen => "seen",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::Severity;
    use crate::policy::samples::{open, promise};

    fn known(byte: u8) -> Finding {
        Finding { fingerprint: Fingerprint::from_bytes([byte; 32]), ..open(promise("overdue")) }
    }

    fn seen(byte: u8, fine: bool) -> Seen {
        let sighting = Sighting { severity: Severity::High, ..promise("overdue") };
        let verdict = if fine { Verdict::Fine } else { Verdict::Wrong(Box::new(sighting)) };
        Seen { fingerprint: Fingerprint::from_bytes([byte; 32]), verdict }
    }

    fn infallible<T>(items: Vec<T>) -> impl Iterator<Item = Result<T, Infallible>> {
        items.into_iter().map(Ok)
    }

    proptest! {
        #[test]
        fn it_joins_as_a_map_would(
            findings in prop::collection::btree_set(any::<u8>(), 0..40),
            sightings in prop::collection::btree_map(any::<u8>(), any::<bool>(), 0..40),
        ) {
            let mut expected: BTreeMap<Fingerprint, Pair> = BTreeMap::new();
            for finding in findings.iter().map(|byte| known(*byte)) {
                let fingerprint = finding.fingerprint;
                expected.insert(fingerprint, Pair { fingerprint, known: Some(finding), seen: None });
            }
            for Seen { fingerprint, verdict } in sightings.iter().map(|(byte, fine)| seen(*byte, *fine)) {
                let pair = Pair { fingerprint, known: None, seen: None };
                expected.entry(fingerprint).or_insert(pair).seen = Some(verdict);
            }
            let joined: Result<Vec<Pair>, _> = merge(
                infallible(findings.iter().map(|byte| known(*byte)).collect()),
                infallible(sightings.iter().map(|(byte, fine)| seen(*byte, *fine)).collect()),
            ).collect();
            prop_assert_eq!(joined.unwrap(), expected.into_values().collect::<Vec<_>>());
        }
    }

    #[test]
    fn disorder_ends_the_join() {
        for (name, known_bytes, seen_bytes, stream) in [
            ("known falls", vec![1, 3, 2], vec![1, 2, 3], Stream::Known),
            ("seen falls", vec![1, 2, 3], vec![2, 1], Stream::Seen),
            ("seen twice", vec![1], vec![1, 1], Stream::Seen),
        ] {
            let known_side = infallible(known_bytes.into_iter().map(known).collect());
            let seen_side = infallible(seen_bytes.into_iter().map(|byte| seen(byte, false)).collect());
            let pairs: Vec<_> = merge(known_side, seen_side).collect();
            let (last, before) = pairs.split_last().unwrap();
            assert!(
                matches!(last, Err(MergeError::Disorder { stream: found, .. }) if *found == stream),
                "{name}"
            );
            assert!(before.iter().all(Result::is_ok), "{name}");
        }
    }

    #[test]
    fn a_reading_error_ends_the_join() {
        let broken = vec![Ok(known(1)), Err("the disk is gone"), Ok(known(9))];
        let sightings = vec![Ok(seen(5, false))];
        let pairs: Vec<_> = merge(broken.into_iter(), sightings.into_iter()).collect();
        assert_eq!(pairs.len(), 2, "nothing after the error: finding 9 may or may not have been seen");
        assert_eq!(pairs[1], Err(MergeError::Read("the disk is gone")));
    }
}
