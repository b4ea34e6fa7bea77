//! `[mail]`: who writes, to whom it may write, and how mails leave.

use std::{fs, io::Read, net::IpAddr, path::PathBuf};

use kaizend_mail::{
    Allowed, Correspondent, Login, Patience, Roots, SendmailSettings, Settings, SmtpSettings, Tls,
};

use super::{
    secret,
    table::{Section, Table},
    value::Value,
};

pub(super) const MAIL: Section =
    Section { name: "mail", keys: &["from", "reply-to", "send-only-to", "transport"] };
pub(super) const SMTP: Section = Section {
    name: "mail.transport: smtp",
    keys: &["kind", "host", "port", "tls", "username", "password", "hello-name", "at-once", "tls-roots"],
};
pub(super) const DIRECTORY: Section = Section { name: "mail.transport: directory", keys: &["kind", "path"] };
pub(super) const SENDMAIL: Section = Section { name: "mail.transport: sendmail", keys: &["kind", "path"] };

#[derive(Clone, Debug)]
pub struct Mail {
    pub from: Correspondent,
    /// Where answers go, if not to `from`.
    pub reply_to: Option<Correspondent>,
    /// While kaizend is on trial: every other recipient is refused, visibly.
    pub send_only_to: Allowed,
    pub transport: Settings,
}

#[derive(Clone, Copy)]
enum Kind {
    Smtp,
    Directory,
    Sendmail,
}

impl Mail {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&MAIL)?;
        let from: Option<Correspondent> = table.need("from").and_then(|value| value.parsed_as(SENDER));
        let domain = from.as_ref().map_or("localhost", |from| from.address.domain()).to_owned();
        let transport = table.need("transport").and_then(|value| transport(&value, &domain));
        let mail = Self {
            reply_to: table.get("reply-to").and_then(|value| value.parsed_as(SENDER)),
            send_only_to: table.get("send-only-to").map(|value| allowed(&value)).unwrap_or_default(),
            from: from?,
            transport: transport?,
        };
        Some(mail)
    }
}

const SENDER: &str = "a sender such as \"Kaizen <kaizen@example.org>\"";

/// Each pattern is judged alone, so that each wrong one is marked.
fn allowed(value: &Value<'_>) -> Allowed {
    let list = value.list();
    if list.is_empty() && value.inner.get_ref().is_array() {
        value.error("`send-only-to` allows nobody", Some("remove it to allow everybody".to_owned()));
    }
    let good = |value: &Value<'_>| {
        let text = value.text()?;
        Allowed::read(&[text]).map_err(|error| value.error(error.to_string(), None)).ok()?;
        Some(text.to_owned())
    };
    let patterns: Vec<String> = list.iter().filter_map(good).collect();
    Allowed::read(&patterns).unwrap_or_default()
}

fn transport(value: &Value<'_>, domain: &str) -> Option<Settings> {
    let kinds = [("smtp", Kind::Smtp), ("directory", Kind::Directory), ("sendmail", Kind::Sendmail)];
    match Table::kind(value, &kinds)? {
        Kind::Smtp => smtp(&value.table(&SMTP)?, domain).map(Settings::Smtp),
        Kind::Directory => {
            let table = value.table(&DIRECTORY)?;
            table.get("kind");
            Some(Settings::Directory(table.need("path")?.path()?))
        }
        Kind::Sendmail => sendmail(value).map(Settings::Sendmail),
    }
}

/// Connections at the same time. Two: a server that takes minutes over one mail does not keep the others waiting,
/// and the mail services that count connections allow more (Microsoft 365 three).
const AT_ONCE: usize = 2;

fn smtp(table: &Table<'_>, domain: &str) -> Option<SmtpSettings> {
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

fn login(table: &Table<'_>) -> Option<Login> {
    let (username, password) = (table.get("username"), table.get("password"));
    match (&username, &password) {
        (Some(value), None) => value.error("`username` without `password`", None),
        (None, Some(value)) => value.error("`password` without `username`", None),
        _ => {}
    }
    let password = password.and_then(|value| secret::read(&value));
    Some(Login { username: username?.text()?.to_owned(), password: password? })
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

fn sendmail(value: &Value<'_>) -> Option<SendmailSettings> {
    let table = value.table(&SENDMAIL)?;
    let kind = table.get("kind")?;
    if value.reader.around.no_new_privileges {
        kind.error(
            "sendmail cannot work in this sandbox: NoNewPrivileges= keeps it from its own mail queue",
            Some(
                "send by SMTP to this machine: { kind = \"smtp\", host = \"localhost\", port = 25, tls = \"none\" }"
                    .to_owned(),
            ),
        );
        return None;
    }
    let program = match table.get("path") {
        Some(value) => value.path()?,
        None => PathBuf::from("/usr/sbin/sendmail"),
    };
    Some(SendmailSettings { program, patience: Patience::default() })
}
