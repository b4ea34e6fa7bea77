//! Addresses at the border: what passes here can stand in a header and in an envelope.
//!
//! Company data holds addresses with spaces, in Cyrillic domains, with commas in display names. A domain
//! becomes its ASCII form here, once; a local part that is not ASCII is refused, because few relays take it.

use std::{fmt, str::FromStr};

use lettre::{Address, message::Mailbox};

use crate::header::header_text;

/// An address in ASCII: `karin@xn--bckerei-5wa.example`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailAddress(Address);

/// A name and an address: `Kaizen <kaizen@northwind.example>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    pub name: Option<String>,
    pub address: MailAddress,
}

/// Why a text is no address that mail can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("there is no address; write it as `name@company.example`")]
    Empty,
    #[error("an address has one `@` between a name and a domain")]
    NoDomain,
    #[error("the part before the `@` has a character that mail servers do not take")]
    Name,
    #[error("the domain is not one: {why}")]
    Domain { why: String },
}

impl MailAddress {
    /// The part after the `@`, in ASCII and lower case.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub(crate) fn for_lettre(&self) -> Address {
        self.0.clone()
    }
}

impl FromStr for MailAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        let (name, domain) = text.rsplit_once('@').ok_or(AddressError::NoDomain)?;
        let bare = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte);
        if name.is_empty() || name.len() > 64 || !name.bytes().all(bare) {
            return Err(AddressError::Name);
        }
        let wrong = |why: String| AddressError::Domain { why };
        let domain = idna::domain_to_ascii_strict(domain)
            .map_err(|_| wrong("it has characters that no domain has, or is too long".to_owned()))?;
        if domain.is_empty() {
            return Err(AddressError::NoDomain);
        }
        let address = Address::new(name, domain).map_err(|error| wrong(error.to_string()))?;
        Ok(Self(address))
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Correspondent {
    pub fn new(name: Option<&str>, address: MailAddress) -> Self {
        let name = name.map(header_text).filter(|name| !name.is_empty());
        Self { name, address }
    }

    /// Never through lettre's parser: `Acme Co., Ltd. <a@b>` is a name with a comma, not two addresses.
    pub(crate) fn mailbox(&self) -> Mailbox {
        let name = self.name.as_deref().map(header_text).filter(|name| !name.is_empty());
        Mailbox::new(name, self.address.for_lettre())
    }
}

impl FromStr for Correspondent {
    type Err = AddressError;

    /// `Kaizen <kaizen@northwind.example>`, `"Acme Co., Ltd." <a@b.example>` or a bare address.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            None => Ok(Self::new(None, text.parse()?)),
            Some((name, address)) => {
                let name = name.trim();
                let bare = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name);
                Ok(Self::new(Some(bare), address.parse()?))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_become_ascii_at_the_border() {
        for (given, ascii) in [
            ("karin@bäckerei.example", "karin@xn--bckerei-5wa.example"),
            ("иван@пример.example", ""),
            ("ivan@Пример.example", "ivan@xn--e1afmkfd.example"),
            (" a.b+c@Northwind.Example ", "a.b+c@northwind.example"),
            ("root@localhost", "root@localhost"),
        ] {
            let parsed = given.parse::<MailAddress>().map(|address| address.to_string()).unwrap_or_default();
            assert_eq!(parsed, ascii, "{given}");
        }
    }

    #[test]
    fn what_could_break_a_header_or_an_envelope_is_refused() {
        for text in [
            "",
            "nobody",
            "@northwind.example",
            "a@",
            "a b@northwind.example",
            "a@b@northwind.example",
            "a@northwind.example\r\nRCPT TO:<b@c.example>",
            "a\u{0}@northwind.example",
            "a@north wind.example",
            "a@-.example>",
            "<a@northwind.example>",
        ] {
            assert!(text.parse::<MailAddress>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_name_with_a_comma_is_one_name() {
        for (given, name, address) in [
            ("Acme Co., Ltd. <a@b.example>", Some("Acme Co., Ltd."), "a@b.example"),
            ("\"Acme Co., Ltd.\" <a@b.example>", Some("Acme Co., Ltd."), "a@b.example"),
            ("<a@b.example>", None, "a@b.example"),
            ("a@b.example", None, "a@b.example"),
        ] {
            let parsed: Correspondent = given.parse().unwrap();
            assert_eq!((parsed.name.as_deref(), parsed.address.as_str()), (name, address), "{given}");
        }
    }
}
