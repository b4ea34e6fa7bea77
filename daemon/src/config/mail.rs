//! `[mail]`: who writes, to whom it may write, and how mails leave.

use std::{net::IpAddr, path::PathBuf};

use super::{
    address::{Address, Mailbox, Pattern},
    secret::{self, Secret},
    table::{Section, Table},
    value::Value,
};

pub(super) const MAIL: Section =
    Section { name: "mail", keys: &["from", "reply-to", "send-only-to", "transport"] };
pub(super) const SMTP: Section = Section {
    name: "mail.transport: smtp",
    keys: &["kind", "host", "port", "tls", "username", "password", "hello-name"],
};
pub(super) const DIRECTORY: Section = Section { name: "mail.transport: directory", keys: &["kind", "path"] };
pub(super) const SENDMAIL: Section = Section { name: "mail.transport: sendmail", keys: &["kind", "path"] };

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub from: Mailbox,
    pub reply_to: Option<Address>,
    /// While kaizend is on trial: every other recipient is refused, visibly. Empty: no bound.
    pub send_only_to: Vec<Pattern>,
    pub transport: Transport,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    Smtp(Smtp),
    /// Each mail becomes a file `*.eml` in this folder.
    Directory {
        path: PathBuf,
    },
    /// The programme that takes mails in the way of sendmail.
    Sendmail {
        path: PathBuf,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Option<Login>,
    /// What EHLO says; the domain of `from` unless said otherwise.
    pub hello_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub username: String,
    pub password: Secret,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte; usually port 465.
    Implicit,
    /// After a plain greeting; usually port 587. A server that does not offer it is refused.
    StartTls,
    /// Only to this machine itself.
    None,
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
        let from: Option<Mailbox> = table.need("from").and_then(|value| value.parsed());
        let domain = from.as_ref().map_or("localhost", |from| from.address.domain()).to_owned();
        let transport = table.need("transport").and_then(|value| Transport::read(&value, &domain));
        let send_only_to = table.get("send-only-to").map(|value| value.list()).unwrap_or_default();
        let mail = Self {
            reply_to: table.parsed("reply-to"),
            send_only_to: send_only_to.iter().filter_map(Value::parsed).collect(),
            from: from?,
            transport: transport?,
        };
        Some(mail)
    }
}

impl Transport {
    fn read(value: &Value<'_>, domain: &str) -> Option<Self> {
        let kinds = [("smtp", Kind::Smtp), ("directory", Kind::Directory), ("sendmail", Kind::Sendmail)];
        match Table::kind(value, &kinds)? {
            Kind::Smtp => smtp(&value.table(&SMTP)?, domain).map(Self::Smtp),
            Kind::Directory => {
                let table = value.table(&DIRECTORY)?;
                table.get("kind");
                Some(Self::Directory { path: table.need("path")?.path()? })
            }
            Kind::Sendmail => sendmail(value),
        }
    }
}

fn smtp(table: &Table<'_>, domain: &str) -> Option<Smtp> {
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
    let hello_name = table.text("hello-name").unwrap_or_else(|| domain.to_owned());
    Some(Smtp { host, port, tls, login, hello_name })
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

/// A name or an address, and nothing around it.
fn host(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if text.contains(['/', '@', ' ']) || (text.contains(':') && text.parse::<IpAddr>().is_err()) {
        value.error(
            format!("`{}` is not the name of a mail server", super::problem::conceal(text)),
            Some("write the name alone, such as \"mail.example.org\"; the port has its own key".to_owned()),
        );
        return None;
    }
    Some(text.to_owned())
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn sendmail(value: &Value<'_>) -> Option<Transport> {
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
    let path = match table.get("path") {
        Some(value) => value.path()?,
        None => PathBuf::from("/usr/sbin/sendmail"),
    };
    Some(Transport::Sendmail { path })
}
