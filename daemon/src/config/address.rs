//! Mail addresses as configuration writes them: `ops@northwind.example`, `Kaizen <kaizen@northwind.example>`,
//! and the patterns of `send-only-to`.

use std::{fmt, str::FromStr};

/// A mail address: a local part, `@`, a domain. The domain may be international; mail encodes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

/// An address with the name people see, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Address,
}

/// Whom mails may go to while kaizend is on trial: one address, or `*@domain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("`{text}` is not a mail address: {why}")]
    Address { text: String, why: &'static str },
    #[error("`{text}` is not a sender: write \"kaizen@example.org\" or \"Kaizen <kaizen@example.org>\"")]
    Mailbox { text: String },
}

impl Address {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let error = |why| AddressError::Address { text: text.to_owned(), why };
        let (local, domain) = text.rsplit_once('@').ok_or_else(|| error("it has no `@`"))?;
        if local.is_empty() || local.len() > 64 {
            return Err(error("before the `@` stand 1 to 64 characters"));
        }
        let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
        if local.contains(odd) || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(error("what stands before the `@` has a character that does not belong there"));
        }
        let label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        if domain.len() > 253 || !domain.split('.').all(label) {
            return Err(error("what stands after the `@` is no domain"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Mailbox {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let Some((name, rest)) = text.split_once('<') else {
            return Ok(Self { name: None, address: text.parse()? });
        };
        let address =
            rest.strip_suffix('>').ok_or_else(|| AddressError::Mailbox { text: text.to_owned() })?;
        let name = name.trim().trim_matches('"').trim();
        Ok(Self { name: (!name.is_empty()).then(|| name.to_owned()), address: address.parse()? })
    }
}

impl Pattern {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Pattern {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        match text.trim().strip_prefix('*') {
            Some(rest) => format!("any{rest}").parse::<Address>().map_err(|_| AddressError::Address {
                text: text.to_owned(),
                why: "a pattern is `*@` and a domain",
            })?,
            None => text.parse()?,
        };
        Ok(Self(text.trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_address() {
        for (text, is) in [
            ("ops@northwind.example", true),
            ("жанна@пример.бг", true),
            ("ops@localhost", true),
            ("ops", false),
            ("@northwind.example", false),
            ("o ps@northwind.example", false),
            ("ops@north wind.example", false),
            ("ops@northwind..example", false),
            ("a@b@c", false),
            ("ops@-northwind.example", false),
            ("ops\n@northwind.example", false),
        ] {
            assert_eq!(text.parse::<Address>().is_ok(), is, "{text}");
        }
    }

    #[test]
    fn a_sender_may_have_a_name() {
        let sender: Mailbox = "\"Kaizen, Ltd\" <k@example.org>".parse().unwrap();
        assert_eq!((sender.name.as_deref(), sender.address.domain()), (Some("Kaizen, Ltd"), "example.org"));
        assert_eq!("k@example.org".parse::<Mailbox>().unwrap().name, None);
        assert!("Kaizen <k@example.org".parse::<Mailbox>().is_err());
    }

    #[test]
    fn patterns_are_addresses_or_whole_domains() {
        for (text, is) in [
            ("*@example.org", true),
            ("me@example.org", true),
            ("*", false),
            ("*example.org", false),
            ("m*@example.org", true),
        ] {
            assert_eq!(text.parse::<Pattern>().is_ok(), is, "{text}");
        }
    }
}
