//! `send-only-to`: to whom a trial may write. Everybody else is refused before a mail is composed.

use crate::MailAddress;

/// The patterns of `[mail] send-only-to`. Without any, everybody may be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    /// `*@northwind.example`: the whole domain, not those below it.
    Domain(String),
    Exact(MailAddress),
}

/// Why a mail is held back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`send-only-to` does not allow mail to `{domain}`; it allows {allowed}")]
pub struct NotAllowed {
    /// Only the domain, so that it can be logged.
    pub domain: String,
    pub allowed: String,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}` is no pattern of addresses; write `*@northwind.example` or one whole address")]
pub struct PatternError {
    pub pattern: String,
}

impl Allowed {
    pub fn read<S: AsRef<str>>(patterns: &[S]) -> Result<Self, PatternError> {
        let patterns = patterns.iter().map(|pattern| Pattern::read(pattern.as_ref()));
        Ok(Self(patterns.collect::<Result<_, _>>()?))
    }

    pub fn check(&self, address: &MailAddress) -> Result<(), NotAllowed> {
        if self.0.is_empty() || self.0.iter().any(|pattern| pattern.matches(address)) {
            return Ok(());
        }
        let shown: Vec<String> = self.0.iter().take(5).map(Pattern::shown).collect();
        Err(NotAllowed { domain: address.domain().to_owned(), allowed: shown.join(", ") })
    }
}

impl Pattern {
    fn read(text: &str) -> Result<Self, PatternError> {
        let error = || PatternError { pattern: text.to_owned() };
        match text.trim().strip_prefix("*@") {
            Some(domain) => {
                let probe: MailAddress = format!("any@{domain}").parse().map_err(|_| error())?;
                Ok(Self::Domain(probe.domain().to_owned()))
            }
            None => Ok(Self::Exact(text.parse().map_err(|_| error())?)),
        }
    }

    fn matches(&self, address: &MailAddress) -> bool {
        match self {
            Self::Domain(domain) => address.domain().eq_ignore_ascii_case(domain),
            Self::Exact(exact) => address.as_str().eq_ignore_ascii_case(exact.as_str()),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Domain(domain) => format!("*@{domain}"),
            Self::Exact(address) => address.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_are_written_to() {
        let trial = Allowed::read(&["*@northwind.example", "boss@bäckerei.example"]).unwrap();
        for (address, allowed) in [
            ("anna@northwind.example", true),
            ("anna@NORTHWIND.example", true),
            ("anna@mail.northwind.example", false),
            ("anna@evilnorthwind.example", false),
            ("Boss@xn--bckerei-5wa.example", true),
            ("karin@bäckerei.example", false),
        ] {
            assert_eq!(trial.check(&address.parse().unwrap()).is_ok(), allowed, "{address}");
        }
        assert_eq!(Allowed::default().check(&"any@where.example".parse().unwrap()), Ok(()));
    }

    #[test]
    fn the_refusal_names_no_person() {
        let trial = Allowed::read(&["*@northwind.example"]).unwrap();
        let refusal = trial.check(&"client@other.example".parse().unwrap()).unwrap_err().to_string();
        assert!(refusal.contains("other.example") && refusal.contains("*@northwind.example"));
        assert!(!refusal.contains("client"));
    }

    #[test]
    fn a_pattern_that_matches_nothing_is_an_error() {
        for pattern in ["*", "*@", "northwind.example", "*@*.example", "a*@northwind.example b", ""] {
            assert!(Allowed::read(&[pattern]).is_err(), "{pattern}");
        }
    }
}
