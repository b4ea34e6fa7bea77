//! The nonce of a page: proof that what is pressed comes from a page that was shown for that very token, lately.
//!
//! Nothing of it is kept until it is used; then the store keeps its digest, so that a page speaks once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};

use crate::Keyring;

/// A page that stood open for longer is shown anew.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// A clock that was set back a little does not make a page invalid.
const SKEW: SignedDuration = SignedDuration::from_mins(2);

/// Which page of the way to a word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The page behind the link.
    First,
    /// The page that asks once more.
    Again,
}

/// What a nonce turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nonce {
    Good(Step),
    /// It was good, too long ago.
    Stale,
    Forged,
}

/// A new nonce for a page of this token; `None` without any key.
pub(crate) fn make(keys: &Keyring, token: &str, step: Step, now: Timestamp) -> Option<String> {
    let stamp = now.as_microsecond().to_be_bytes();
    let step = step.byte();
    let (kid, mac) = keys.sign(&text(token, step, &stamp))?;
    let bytes = [&[step][..], &stamp, &mac].concat();
    Some(format!("{kid:x}.{}", URL_SAFE_NO_PAD.encode(bytes)))
}

pub(crate) fn check(keys: &Keyring, token: &str, nonce: &str, now: Timestamp) -> Nonce {
    opened(keys, token, nonce).map_or(Nonce::Forged, |(step, at)| {
        let age = now.duration_since(at);
        if age > LIFE || age < -SKEW { Nonce::Stale } else { Nonce::Good(step) }
    })
}

fn opened(keys: &Keyring, token: &str, nonce: &str) -> Option<(Step, Timestamp)> {
    let (kid, rest) = nonce.split_once('.')?;
    let kid = u32::from_str_radix(kid, 16).ok()?;
    let bytes = URL_SAFE_NO_PAD.decode(rest).ok()?;
    let (step, rest) = bytes.split_first()?;
    let (stamp, mac) = rest.split_first_chunk::<8>()?;
    if !keys.verifies(kid, &text(token, *step, stamp), mac) {
        return None;
    }
    let at = Timestamp::from_microsecond(i64::from_be_bytes(*stamp)).ok()?;
    Some((Step::of_byte(*step)?, at))
}

/// Never what a token signs: those begin with a number.
fn text(token: &str, step: u8, stamp: &[u8; 8]) -> Vec<u8> {
    [b"page ", &[step][..], stamp, token.as_bytes()].concat()
}

impl Step {
    fn byte(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Again => 2,
        }
    }

    fn of_byte(byte: u8) -> Option<Self> {
        [Self::First, Self::Again].into_iter().find(|step| step.byte() == byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn a_nonce_is_for_one_token_one_step_and_some_hours() {
        let keys = Keyring::new([Key::new(1, &[1; 32])]);
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let now = at("2026-11-24T08:00:00Z");
        for step in [Step::First, Step::Again] {
            let nonce = make(&keys, "1.a.b", step, now).unwrap();
            for (token, time, expected) in [
                ("1.a.b", "2026-11-24T08:00:00Z", Nonce::Good(step)),
                ("1.a.b", "2026-11-24T20:00:00Z", Nonce::Good(step)),
                ("1.a.b", "2026-11-24T20:00:01Z", Nonce::Stale),
                ("1.a.b", "2026-11-24T07:50:00Z", Nonce::Stale),
                ("1.a.c", "2026-11-24T08:00:00Z", Nonce::Forged),
            ] {
                assert_eq!(check(&keys, token, &nonce, at(time)), expected, "{token} {time}");
            }
            let mut other = nonce.clone().into_bytes();
            other[4] ^= 1;
            let other = String::from_utf8(other).unwrap();
            assert_eq!(check(&keys, "1.a.b", &other, now), Nonce::Forged);
            let newer = Keyring::new([Key::new(2, &[2; 32]), Key::new(1, &[1; 32])]);
            assert_eq!(check(&newer, "1.a.b", &nonce, now), Nonce::Good(step), "keys may rotate meanwhile");
        }
        for none in ["", ".", "1.", "1.AAAA", "x.AAAAAAAAAAAAAAAA"] {
            assert_eq!(check(&keys, "1.a.b", none, now), Nonce::Forged, "{none}");
        }
    }
}
