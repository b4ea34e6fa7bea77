//! `[mail.transport]` of kind `smtp`: the server, how the way there is protected, and who we are to it.

use std::{fs, io::Read, net::IpAddr};

use kaizend_mail::{Login, Patience, Proof, Roots, SmtpSettings, Tls, TokenFrom};

use super::{
    secret,
    table::{Section, Table},
    value::Value,
};

pub(super) const SMTP: Section = Section {
    name: "mail.transport: smtp",
    keys: &[
        "kind",
        "host",
        "port",
        "tls",
        "username",
        "password",
        "token",
        "hello-name",
        "at-once",
        "tls-roots",
    ],
};
pub(super) const TOKEN: Section = Section { name: "mail.transport.token", keys: &["command", "file"] };

/// Connections at the same time. Two: a server that takes minutes over one mail does not keep the others waiting,
/// and the mail services that count connections allow more (Microsoft 365 three).
const AT_ONCE: usize = 2;

pub(super) fn smtp(table: &Table<'_>, domain: &str) -> Option<SmtpSettings> {
    let host = table.need("host").and_then(|value| host(&value));
    let tls = table
        .one_of("tls", &[("implicit", Tls::Implicit), ("starttls", Tls::StartTls), ("none", Tls::None)])
        .unwrap_or(Tls::StartTls);
    let usual_port = match tls {
        Tls::Implicit => 465,
        Tls::StartTls => 587,
        Tls::None => 25,
    };
    let port =
        table.whole("port", 1..=65_535).and_then(|port| u16::try_from(port).ok()).unwrap_or(usual_port);
    let at_once = table.whole("at-once", 1..=32).and_then(|count| usize::try_from(count).ok());
    let roots = table.get("tls-roots").map(|value| roots(&value, tls));
    let login = login(table);
    let host = host?;
    if tls == Tls::None && !is_loopback(&host) {
        if let Some(value) = table.get("tls") {
            value.error(
                format!("mails to `{host}` would travel in the clear"),
                Some("`tls = \"none\"` is only for localhost: use \"starttls\" or \"implicit\"".to_owned()),
            );
        }
        return None;
    }
    let hello_name = table.get("hello-name").map_or(Some(domain.to_owned()), |value| hello_name(&value))?;
    let (at_once, patience) = (at_once.unwrap_or(AT_ONCE), Patience::default());
    let roots = roots.unwrap_or_default();
    Some(SmtpSettings { host, port, tls, roots, login, hello_name, at_once, patience })
}

/// A file of authorities has some kilobytes.
const LARGEST_ROOTS: u64 = 1 << 20;

/// A file with the certificates of a company's own authorities.
fn roots(value: &Value<'_>, tls: Tls) -> Roots {
    if tls == Tls::None {
        value
            .key_error("`tls-roots` is for connections with TLS", Some("remove it, or set `tls`".to_owned()));
    }
    let Some(path) = value.path() else { return Roots::default() };
    let mut pem = Vec::new();
    let read = fs::File::open(&path).and_then(|file| file.take(LARGEST_ROOTS).read_to_end(&mut pem));
    let roots = match read {
        Ok(_) => Roots::from_pem(&pem).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    roots.unwrap_or_else(|why| {
        value.error(format!("`{}` cannot be used: {why}", path.display()), None);
        Roots::default()
    })
}

/// A name, and one thing to prove it with.
fn login(table: &Table<'_>) -> Option<Login> {
    let username = table.get("username");
    let proofs = (table.get("password"), table.get("token"));
    let proof = match (&username, proofs) {
        (Some(value), (None, None)) => {
            value.error("`username` without `password` or `token`", None);
            None
        }
        (_, (Some(_), Some(token))) => {
            token.key_error("`password` and `token` at once", Some("remove one of them".to_owned()));
            None
        }
        (_, (Some(password), None)) => {
            proof(username.is_some(), &password, secret::read(&password).map(Proof::Password))
        }
        (_, (None, Some(from))) => proof(username.is_some(), &from, token(&from).map(Proof::Token)),
        (None, (None, None)) => None,
    };
    Some(Login { username: username?.text()?.to_owned(), proof: proof? })
}

fn proof(is_named: bool, value: &Value<'_>, proof: Option<Proof>) -> Option<Proof> {
    if !is_named {
        value.error(format!("`{}` without `username`", value.name()), None);
    }
    proof
}

/// Where a token is read from, for each connection anew.
fn token(value: &Value<'_>) -> Option<TokenFrom> {
    let table = value.table(&TOKEN)?;
    match (table.get("command"), table.get("file")) {
        (Some(command), None) => {
            let words = command.texts();
            if words.is_empty() && command.inner.get_ref().is_array() {
                command.error(
                    "the command is empty",
                    Some("name the programme, then what it is called with".to_owned()),
                );
            }
            (!words.is_empty()).then_some(TokenFrom::Command(words))
        }
        (None, Some(file)) => Some(TokenFrom::File(file.path()?)),
        _ => {
            table.error("`token` must name one place", Some("either `command` or `file`".to_owned()));
            None
        }
    }
}

/// What EHLO says: one word that the other side may look up.
fn hello_name(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if text.len() <= 253 && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(text.to_owned());
    }
    value.error(
        format!("`{}` cannot be said after EHLO", text.escape_debug()),
        Some("write this machine's full name, such as \"kaizen.example.org\"".to_owned()),
    );
    None
}

/// A name or an address, and nothing around it.
fn host(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    let plain = text.len() <= 253 && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !plain || text.contains(['/', '@']) || (text.contains(':') && text.parse::<IpAddr>().is_err()) {
        value.error(
            format!("`{}` is not the name of a mail server", super::problem::conceal(text)),
            Some("write the name alone, such as \"mail.example.org\"; the port has its own key".to_owned()),
        );
        return None;
    }
    Some(text.to_owned())
}

pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
