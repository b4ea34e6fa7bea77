//! What a link is for: one mail, one finding in one of its episodes, one person, some verbs; and how that is written
//! down in a few bytes.

use jiff::Timestamp;
use kaizend_core::domain::{Fingerprint, NoticeId, PersonId, Verbs};

use crate::digest::short;

/// Bytes of a fingerprint that a link bears. Nobody can choose them: they stand under the signature.
const FINGERPRINT: usize = 12;

/// What one link is for. It names its person only by a digest: addresses are kept in logs of proxies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub what: What,
    /// The first notice of the mail: known when the mail is written, and the mail is the notice's ever after.
    pub notice: NoticeId,
    person: [u8; 8],
    pub expires: Timestamp,
}

/// What is behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A finding, and what may be said of it.
    Finding { finding: [u8; FINGERPRINT], episode: u32, verbs: Verbs },
    /// All open findings of the person.
    List,
    /// A word that was said, to take it back.
    Word { act: i64 },
    /// How many letters a day the person gets.
    OneADay,
}

impl What {
    pub fn finding(fingerprint: &Fingerprint, episode: u32, verbs: Verbs) -> Self {
        let bytes = fingerprint.as_bytes();
        Self::Finding { finding: std::array::from_fn(|at| bytes[at]), episode, verbs }
    }
}

impl Scope {
    pub fn new(what: What, notice: NoticeId, person: &PersonId, expires: Timestamp) -> Self {
        // Seconds are enough, and what is written is read back equal.
        let expires = Timestamp::from_second(expires.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { what, notice, person: short(person.as_str()), expires }
    }

    pub fn is_of(&self, person: &PersonId) -> bool {
        self.person == short(person.as_str())
    }

    /// Another thing for the same person, from the same mail, for as long.
    #[must_use]
    pub fn with(&self, what: What) -> Self {
        Self { what, ..self.clone() }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let expires = u32::try_from(self.expires.as_second()).unwrap_or(0);
        let mut bytes = Vec::with_capacity(40);
        bytes.push(match self.what {
            What::Finding { .. } => 1,
            What::List => 2,
            What::Word { .. } => 3,
            What::OneADay => 4,
        });
        bytes.extend(expires.to_be_bytes());
        bytes.extend(self.person);
        number(&mut bytes, self.notice.0);
        match &self.what {
            What::Finding { finding, episode, verbs } => {
                bytes.extend(finding);
                number(&mut bytes, i64::from(*episode));
                bytes.extend(verbs.bits().to_be_bytes());
            }
            What::Word { act } => number(&mut bytes, *act),
            What::List | What::OneADay => {}
        }
        bytes
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut read = Read(bytes);
        let kind = read.take::<1>()?[0];
        let expires = u32::from_be_bytes(read.take()?);
        let person = read.take()?;
        let notice = NoticeId(read.number()?);
        let what = match kind {
            1 => {
                let finding = read.take()?;
                let episode = u32::try_from(read.number()?).ok()?;
                What::Finding { finding, episode, verbs: Verbs::from_bits(u16::from_be_bytes(read.take()?)) }
            }
            2 => What::List,
            3 => What::Word { act: read.number()? },
            4 => What::OneADay,
            _ => return None,
        };
        let expires = Timestamp::from_second(i64::from(expires)).ok()?;
        read.0.is_empty().then_some(Self { what, notice, person, expires })
    }
}

/// Seven bits a byte, the lowest first; the last byte has no high bit.
fn number(bytes: &mut Vec<u8>, number: i64) {
    let mut left = number.unsigned_abs();
    while left >= 0x80 {
        bytes.push(0x80 | (left & 0x7f) as u8);
        left >>= 7;
    }
    bytes.push(left as u8);
}

struct Read<'a>(&'a [u8]);

impl Read<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn number(&mut self) -> Option<i64> {
        let mut number: u64 = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.take::<1>()?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return i64::try_from(number).ok();
            }
        }
        None
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use kaizend_core::domain::{CheckId, Verb};

    use super::*;

    pub(crate) fn scopes() -> Vec<Scope> {
        let fingerprint = Fingerprint::of(&CheckId::from("late"), "promise", &["10248"]);
        let verbs = [Verb::Done, Verb::Differently].into_iter().collect();
        let expires = "2026-12-24T08:00:00.7Z".parse().unwrap();
        [What::finding(&fingerprint, 300, verbs), What::List, What::Word { act: i64::MAX }, What::OneADay]
            .map(|what| Scope::new(what, NoticeId(123_456), &PersonId::from("ann"), expires))
            .into()
    }

    #[test]
    fn what_is_written_is_read_back() {
        for scope in scopes() {
            let bytes = scope.to_bytes();
            assert_eq!(Scope::of_bytes(&bytes).as_ref(), Some(&scope));
            assert!(bytes.len() <= 35, "{}", bytes.len());
            for cut in 0..bytes.len() {
                assert_eq!(Scope::of_bytes(&bytes[..cut]), None, "{cut} bytes of {scope:?}");
            }
            let longer = [bytes.as_slice(), &[0]].concat();
            assert_eq!(Scope::of_bytes(&longer), None);
            assert!(scope.is_of(&"ann".into()) && !scope.is_of(&"bob".into()));
        }
    }
}
