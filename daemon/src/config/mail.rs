//! `[mail]`: who writes, to whom it may write, and how mails leave.

use std::path::PathBuf;

use kaizend_core::policy::flow::Limits;
use kaizend_mail::{Allowed, Correspondent, MailAddress, Patience, SendmailSettings, Settings};

use super::{
    smtp::{SMTP, smtp},
    table::{Section, Table},
    value::Value,
};

pub(super) const MAIL: Section =
    Section { name: "mail", keys: &["from", "reply-to", "bounces", "send-only-to", "limits", "transport"] };
pub(super) const MAIL_LIMITS: Section =
    Section { name: "mail.limits", keys: &["per-hour-to-address", "per-hour-to-domain", "per-day"] };
pub(super) const DIRECTORY: Section = Section { name: "mail.transport: directory", keys: &["kind", "path"] };
pub(super) const SENDMAIL: Section = Section { name: "mail.transport: sendmail", keys: &["kind", "path"] };

#[derive(Clone, Debug)]
pub struct Mail {
    pub from: Correspondent,
    /// Where answers go, if not to `from`.
    pub reply_to: Option<Correspondent>,
    /// Where reports of mails that come back go, if not to `from`.
    pub bounces: Option<MailAddress>,
    pub limits: Limits,
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
            bounces: table.get("bounces").and_then(|value| bounces(&value)),
            limits: table.table("limits", &MAIL_LIMITS).map_or(LIMITS, |table| limits(&table)),
            send_only_to: table.get("send-only-to").map(|value| allowed(&value)).unwrap_or_default(),
            from: from?,
            transport: transport?,
        };
        Some(mail)
    }
}

const SENDER: &str = "a sender such as \"Kaizen <kaizen@example.org>\"";

/// Far above what people can read, and far below what a mistake can write.
const LIMITS: Limits = Limits { to_address: 60, to_domain: 5000, in_a_day: 20_000 };

fn limits(table: &Table<'_>) -> Limits {
    let number = |key, usual| {
        let given = table.whole(key, 1..=1_000_000).and_then(|number| u32::try_from(number).ok());
        given.unwrap_or(usual)
    };
    Limits {
        to_address: number("per-hour-to-address", LIMITS.to_address),
        to_domain: number("per-hour-to-domain", LIMITS.to_domain),
        in_a_day: number("per-day", LIMITS.in_a_day),
    }
}

/// Room for `+` and the token in the part before the `@`, which has at most 64 signs.
const LONGEST_BOUNCES: usize = 40;

fn bounces(value: &Value<'_>) -> Option<MailAddress> {
    let address: MailAddress = value.parsed_as("an address such as \"bounces@example.org\"")?;
    let name = address.as_str().rsplit_once('@').map_or("", |(name, _)| name);
    if name.len() <= LONGEST_BOUNCES {
        return Some(address);
    }
    value.error(
        format!("before the `@` of `bounces` stand more than {LONGEST_BOUNCES} signs"),
        Some(
            "a token is added to it for each mail, and an address must not be longer than 64 there"
                .to_owned(),
        ),
    );
    None
}

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
