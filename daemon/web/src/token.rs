//! The token of a link: `kid.payload.mac`, where `mac` is HMAC-SHA-256 of what stands before it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};

use crate::{Keyring, Scope};

/// How long a link in a mail is good.
pub const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// No token is longer.
const LONGEST: usize = 200;

impl Keyring {
    /// The token of a scope; `None` without any key.
    pub fn token(&self, scope: &Scope) -> Option<String> {
        let payload = URL_SAFE_NO_PAD.encode(scope.to_bytes());
        let signed = |kid: u32| format!("{kid:x}.{payload}");
        // The number of the key stands under its own signature.
        let (kid, _) = self.sign(b"")?;
        let (_, mac) = self.sign(signed(kid).as_bytes())?;
        Some(format!("{}.{}", signed(kid), URL_SAFE_NO_PAD.encode(mac)))
    }

    /// What a token is for; `None` for one that was not signed here, or is too old.
    pub fn open(&self, token: &str, now: Timestamp) -> Option<Scope> {
        if token.len() > LONGEST {
            return None;
        }
        let (signed, mac) = token.rsplit_once('.')?;
        let (kid, payload) = signed.split_once('.')?;
        let kid = u32::from_str_radix(kid, 16).ok()?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        if !self.verifies(kid, signed.as_bytes(), &mac) {
            return None;
        }
        let scope = Scope::of_bytes(&URL_SAFE_NO_PAD.decode(payload).ok()?)?;
        (now < scope.expires).then_some(scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, scope::tests::scopes};

    fn now() -> Timestamp {
        "2026-11-24T08:00:00Z".parse().unwrap()
    }

    fn ring() -> Keyring {
        Keyring::new([Key::new(2, &[2; 32]), Key::new(1, &[1; 32])])
    }

    #[test]
    fn a_token_is_short_and_opens_to_its_scope() {
        for scope in scopes() {
            let token = ring().token(&scope).unwrap();
            assert_eq!(ring().open(&token, now()).as_ref(), Some(&scope));
            assert!(token.len() <= 95, "{token}");
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            assert!(token.chars().all(plain), "{token}");
        }
    }

    #[test]
    fn any_other_character_makes_it_none() {
        let token = ring().token(&scopes()[0]).unwrap();
        for at in 0..token.len() {
            for other in [b'A', b'z', b'0', b'.', b'-', b' ', 0] {
                let mut forged = token.clone().into_bytes();
                if forged[at] != other {
                    forged[at] = other;
                    let forged = String::from_utf8(forged).unwrap();
                    assert_eq!(ring().open(&forged, now()), None, "{forged}");
                }
            }
        }
        for none in ["", ".", "..", "2..", "2.AAAA.AAAA", &"A".repeat(300), &format!("{token}A")] {
            assert_eq!(ring().open(none, now()), None, "{none}");
        }
    }

    #[test]
    fn parts_of_two_tokens_make_no_third() {
        let tokens: Vec<String> = scopes().iter().filter_map(|scope| ring().token(scope)).collect();
        let parts: Vec<Vec<&str>> = tokens.iter().map(|token| token.split('.').collect()).collect();
        let mixed = format!("{}.{}.{}", parts[0][0], parts[1][1], parts[0][2]);
        assert_eq!(ring().open(&mixed, now()), None);
        let other_key = format!("1.{}.{}", parts[0][1], parts[0][2]);
        assert_eq!(ring().open(&other_key, now()), None);
    }

    #[test]
    fn it_ends() {
        let scope = scopes().remove(0);
        let token = ring().token(&scope).unwrap();
        assert_eq!(ring().open(&token, scope.expires), None);
    }

    #[test]
    fn a_retired_key_verifies_and_a_dropped_one_does_not() {
        let scope = scopes().remove(0);
        let old = Keyring::new([Key::new(1, &[1; 32])]).token(&scope).unwrap();
        assert_eq!(ring().open(&old, now()), Some(scope.clone()));
        assert!(ring().token(&scope).unwrap().starts_with("2."), "the newest signs");
        assert_eq!(Keyring::new([Key::new(2, &[2; 32])]).open(&old, now()), None);
        assert_eq!(Keyring::default().token(&scope), None);
    }
}
