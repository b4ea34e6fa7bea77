//! `[heartbeat]`: how somebody notices that kaizend itself fell silent. A beat that does not come is the alarm, so
//! whoever waits for it must be elsewhere.

use std::{fmt, time::Duration};

use kaizend_core::policy::daily::TimeOfDay;
use kaizend_mail::MailAddress;
use ureq::http::Uri;

use super::{
    duration, secret,
    smtp::is_loopback,
    table::{Section, Table},
    value::Value,
};

pub(super) const HEARTBEAT: Section =
    Section { name: "heartbeat", keys: &["url", "every", "mail", "at", "tell-after"] };

/// By which ways it beats; without any nobody elsewhere notices that the daemon fell silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    pub url: Option<UrlBeat>,
    pub mail: Option<MailBeat>,
    /// How long `url` may not be reached, or the daemon may be silent, before the operators hear of it. 1 hour
    /// unless said otherwise.
    pub tell_after: Duration,
}

/// A request to an address that watches for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlBeat {
    pub url: BeatUrl,
    /// 15 minutes unless said otherwise.
    pub every: Duration,
}

/// A mail a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailBeat {
    pub to: Watcher,
    /// In the company's zone. 07:00 unless said otherwise.
    pub at: TimeOfDay,
}

/// Who gets the daily mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// Every address of `[company] operators`.
    Operators,
    Address(MailAddress),
}

/// An `https` address, or an `http` one on this machine. Its path may be all the secret there is, so no `Debug`
/// text shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct BeatUrl(String);

const USUAL_EVERY: Duration = Duration::from_secs(15 * 60);
const USUAL_AT: &str = "07:00";
const USUAL_TELL_AFTER: Duration = Duration::from_secs(60 * 60);
/// A silence is seen only from one mark in the store to the next, which come each minute or two.
const LEAST_TELL_AFTER: Duration = Duration::from_secs(5 * 60);

impl Default for Heartbeat {
    fn default() -> Self {
        Self { url: None, mail: None, tell_after: USUAL_TELL_AFTER }
    }
}

impl Heartbeat {
    pub(super) fn read(value: &Value<'_>) -> Option<Self> {
        let table = value.table(&HEARTBEAT)?;
        let (url, mail) = (table.get("url"), table.get("mail"));
        let tell_after = table.get("tell-after");
        if url.is_none() && mail.is_none() && tell_after.is_none() {
            table.error(
                "[heartbeat] names no way",
                Some(
                    "give it `url`, which is asked for every 15 min, or `mail = \"operators\"`, a mail a day"
                        .to_owned(),
                ),
            );
        }
        needs(&table, "every", "url", url.is_none());
        needs(&table, "at", "mail", mail.is_none());
        let every = table.get("every").and_then(|value| duration::elapsed(&value));
        let at = table.parsed("at").or_else(|| USUAL_AT.parse().ok());
        let tell_after = tell_after.and_then(|value| patience(&value));
        Some(Self {
            url: url
                .and_then(|value| address(&value))
                .map(|url| UrlBeat { url, every: every.unwrap_or(USUAL_EVERY) }),
            mail: mail.and_then(|value| watcher(&value)).zip(at).map(|(to, at)| MailBeat { to, at }),
            tell_after: tell_after.unwrap_or(USUAL_TELL_AFTER),
        })
    }
}

/// A key that means nothing without another one.
fn needs(table: &Table<'_>, key: &'static str, other: &str, missing: bool) {
    if let Some(value) = table.get(key).filter(|_| missing) {
        value.key_error(format!("`{key}` means nothing without `{other}`"), None);
    }
}

fn patience(value: &Value<'_>) -> Option<Duration> {
    let found = duration::elapsed(value)?;
    if found < LEAST_TELL_AFTER {
        value.error(
            "`tell-after` must be at least 5min",
            Some("a restart takes a while, too, and is nothing to be told of".to_owned()),
        );
        return None;
    }
    Some(found)
}

fn watcher(value: &Value<'_>) -> Option<Watcher> {
    match value.text()? {
        "operators" => Some(Watcher::Operators),
        _ => value.parsed_as("\"operators\" or a mail address").map(Watcher::Address),
    }
}

/// A text, or a reference to one. No message repeats it.
fn address(value: &Value<'_>) -> Option<BeatUrl> {
    let text = match value.inner.get_ref().is_str() {
        true => value.text()?.to_owned(),
        false => secret::text(value)?,
    };
    let refuse = |why: &str, hint: &str| {
        value.error(why, Some(hint.to_owned()));
        None
    };
    let parts = text.parse::<Uri>().ok();
    let host = parts.as_ref().and_then(|url| url.host()).unwrap_or_default();
    match parts.as_ref().and_then(|url| url.scheme_str()) {
        _ if host.is_empty() => refuse(
            "`url` is not a whole address",
            "write it as \"https://watch.example.org/…\", without spaces",
        ),
        Some("https") => Some(BeatUrl(text)),
        Some("http") if is_loopback(host.trim_matches(['[', ']'])) => Some(BeatUrl(text)),
        Some("http") => refuse(
            "this beat would travel in the clear, and anybody on the way could keep it up when kaizend is silent",
            "use https; http is only for this machine",
        ),
        _ => refuse("`url` must begin with https://", "a beat is a request by HTTP"),
    }
}

impl BeatUrl {
    /// The whole address: for the request, never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it stays on this machine.
    pub fn is_local(&self) -> bool {
        self.0.starts_with("http://")
    }
}

impl fmt::Debug for BeatUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BeatUrl(…)")
    }
}
