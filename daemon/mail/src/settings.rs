//! What a transport needs to know. The top room fills it from configuration.

use std::{fmt, net::IpAddr, path::PathBuf, time::Duration};

use crate::Roots;

/// How mails leave.
#[derive(Clone, Debug)]
pub enum Settings {
    Smtp(SmtpSettings),
    Sendmail(SendmailSettings),
    /// Files in a folder, one for each mail: for trials, tests and the demo.
    Directory(PathBuf),
}

#[derive(Clone, Debug)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// Whose word is taken for who the server is, besides the machine's own authorities.
    pub roots: Roots,
    pub login: Option<Login>,
    /// The name to say after EHLO: this machine's, as the relay knows it.
    pub hello_name: String,
    /// How many connections the server may see from us at the same time; at least one.
    pub at_once: usize,
    pub patience: Patience,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte: port 465.
    Implicit,
    /// After STARTTLS, and never without it: port 587.
    StartTls,
    /// Not at all: only to this machine.
    None,
}

#[derive(Clone, Debug)]
pub struct Login {
    pub username: String,
    pub proof: Proof,
}

/// With what the server is shown that we may send.
#[derive(Clone, Debug)]
pub enum Proof {
    Password(Secret),
    /// An OAuth2 token (XOAUTH2), read anew for each connection, because it soon ends.
    Token(TokenFrom),
}

/// Where a token is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFrom {
    /// The last line that a program prints: the program, then what it is called with.
    Command(Vec<String>),
    File(PathBuf),
}

/// A text that no log shows.
#[derive(Clone)]
pub struct Secret(String);

#[derive(Clone, Debug)]
pub struct SendmailSettings {
    /// Usually `/usr/sbin/sendmail`.
    pub program: PathBuf,
    pub patience: Patience,
}

/// How long each phase may take (RFC 5321, 4.5.3.2). A shorter wait after the final dot makes duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Name, TCP and TLS.
    pub connect: Duration,
    pub greeting: Duration,
    /// Each command up to RCPT, and each step of a login.
    pub command: Duration,
    /// From DATA to 354.
    pub data: Duration,
    /// Each block of the mail (16 kB).
    pub block: Duration,
    /// From the final dot to its reply.
    pub end: Duration,
    /// For a polite QUIT, after which nothing is lost.
    pub quit: Duration,
}

/// Why a transport cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    #[error(
        "`tls = \"none\"` is only for a server on this machine, and `{host}` is not; use \"starttls\" (port 587) or \"implicit\" (port 465)"
    )]
    PlainToOthers { host: String },
    #[error(
        "`{name}` cannot be said after EHLO; set `hello-name` to this machine's full name, such as `kaizen.northwind.example`"
    )]
    HelloName { name: String },
    #[error("the authorities cannot be trusted: {why}")]
    Roots { why: String },
    #[error("TLS cannot be used: {why}")]
    Tls { why: String },
    #[error("`{host}` is no name of a server")]
    Host { host: String },
}

impl Default for Patience {
    fn default() -> Self {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Self {
            connect: minutes(1),
            greeting: minutes(5),
            command: minutes(5),
            data: minutes(2),
            block: minutes(3),
            end: minutes(10),
            quit: Duration::from_secs(5),
        }
    }
}

impl SmtpSettings {
    /// Refuses what cannot work, or would send a password in the clear.
    pub(crate) fn verify(&self) -> Result<(), SettingsError> {
        let host = || self.host.clone();
        if self.tls == Tls::None && !is_this_machine(&self.host) {
            return Err(SettingsError::PlainToOthers { host: host() });
        }
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(&self.host) || self.host.len() > 253 {
            return Err(SettingsError::Host { host: host() });
        }
        if !plain(&self.hello_name) || self.hello_name.len() > 253 {
            return Err(SettingsError::HelloName { name: self.hello_name.clone() });
        }
        Ok(())
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: &str, tls: Tls, hello_name: &str) -> SmtpSettings {
        let login = Some(Login { username: "kaizend".into(), proof: Proof::Password(Secret::new("sesame")) });
        let patience = Patience::default();
        let hello_name = hello_name.into();
        let (host, roots) = (host.into(), Roots::default());
        SmtpSettings { host, port: 25, tls, roots, login, hello_name, at_once: 1, patience }
    }

    #[test]
    fn plain_text_goes_to_this_machine_only() {
        for (host, tls, works) in [
            ("localhost", Tls::None, true),
            ("127.0.0.1", Tls::None, true),
            ("::1", Tls::None, true),
            ("localhost.example", Tls::None, false),
            ("192.0.2.1", Tls::None, false),
            ("mail.northwind.example", Tls::None, false),
            ("mail.northwind.example", Tls::StartTls, true),
            ("mail.northwind.example", Tls::Implicit, true),
        ] {
            assert_eq!(settings(host, tls, "k.example").verify().is_ok(), works, "{host} {tls:?}");
        }
    }

    #[test]
    fn a_hello_name_cannot_carry_a_second_command() {
        for name in ["", "k.example\r\nMAIL FROM:<>", "two words", "кайзен.example"] {
            let refused = settings("localhost", Tls::None, name).verify();
            assert_eq!(refused, Err(SettingsError::HelloName { name: name.into() }));
        }
    }

    #[test]
    fn no_log_shows_a_password() {
        assert!(!format!("{:?}", settings("localhost", Tls::None, "k")).contains("sesame"));
    }
}
