//! The Message-ID of a mail: the same for every attempt to send it, and different for every mail.
//!
//! `k.{kind}.{item}.{recipient hash}.{sequence}@{mail domain}`: a receiver that gets an uncertain mail twice
//! can collapse it, an answer can be matched to its finding, and the address of the reader is not shown.

use std::fmt;

use kaizend_core::domain::NoticeKind;
use sha2::{Digest, Sha256};

use crate::MailAddress;

/// What sort of mail it is, as one word of the Message-ID and of the List-Id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Reminder,
    Digest,
    Baseline,
    Operator,
    NotTaken,
}

/// A Message-ID without its angle brackets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl Kind {
    /// The kind of a letter: a reminder of several findings is a digest.
    pub fn of(kind: NoticeKind, findings: usize) -> Self {
        match kind {
            NoticeKind::Baseline => Self::Baseline,
            NoticeKind::Operator => Self::Operator,
            _ if findings == 1 => Self::Reminder,
            _ => Self::Digest,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Digest => "digest",
            Self::Baseline => "baseline",
            Self::Operator => "operator",
            Self::NotTaken => "not-taken",
        }
    }
}

impl MessageId {
    /// `item` is what the mail is about: a finding's short fingerprint with its episode, or a check with its
    /// run. `sequence` counts the mails about it to this reader; the outbox keeps the whole unique.
    pub fn new(kind: Kind, item: &str, to: &MailAddress, sequence: i64, domain: &str) -> Self {
        let reader = Sha256::digest(to.as_str().to_ascii_lowercase().as_bytes());
        let reader = hex::encode(&reader[..5]);
        let item = safe(item, 80, "-");
        let domain = idna::domain_to_ascii(domain).unwrap_or_default();
        let domain = safe(&domain, 120, "-.");
        let domain = if domain.is_empty() { "localhost" } else { &domain };
        Self(format!("k.{}.{item}.{reader}.{sequence}@{domain}", kind.word()))
    }

    /// One that was built before, as the outbox has it. Characters that an id cannot have are left out.
    pub fn known(text: &str) -> Self {
        Self(safe(text.trim_matches(['<', '>', ' ']), 250, "-._@+="))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn bracketed(&self) -> String {
        format!("<{}>", self.0)
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn safe(text: &str, longest: usize, also: &str) -> String {
    let kept = text.chars().filter(|c| c.is_ascii_alphanumeric() || also.contains(*c));
    kept.take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(item: &str, to: &str, sequence: i64) -> String {
        MessageId::new(Kind::Reminder, item, &to.parse().unwrap(), sequence, "Пример.example").to_string()
    }

    #[test]
    fn the_same_mail_has_the_same_id_and_another_has_not() {
        let first = id("3f2a", "anna@northwind.example", 1);
        assert_eq!(first, id("3f2a", "Anna@Northwind.example", 1));
        for other in [
            id("3f2a", "anna@northwind.example", 2),
            id("3f2b", "anna@northwind.example", 1),
            id("3f2a", "boris@northwind.example", 1),
        ] {
            assert_ne!(first, other);
        }
        assert!(
            first.starts_with("k.reminder.3f2a.") && first.ends_with(".1@xn--e1afmkfd.example"),
            "{first}"
        );
        assert!(!first.contains("anna"));
    }

    #[test]
    fn nothing_in_an_id_can_leave_its_header() {
        assert_eq!(MessageId::known("<a@b>\r\nBcc: x@y").as_str(), "a@bBccx@y");
        assert!(id("a b\r\n>,<", "anna@northwind.example", 1).starts_with("k.reminder.ab."));
    }
}
