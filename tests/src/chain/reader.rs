//! A mailbox, read over IMAP by Python, and each mail of it as two parsers understand it that are not ours.

use std::{path::Path, process::Command};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use serde_json::Value;

use super::PASSWORD;

/// A mail as it lies in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    pub raw: Vec<u8>,
    /// As Python's `email` reads it.
    pub by_python: Seen,
    /// What Python found wrong with its form.
    pub defects: Vec<String>,
    pub content_type: String,
    /// The envelope sender, as the last server wrote it down.
    pub return_path: String,
}

/// What a reader sees of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub to: Vec<String>,
    pub subject: String,
    pub message_id: String,
    pub references: Vec<String>,
    pub text: String,
    pub links: Vec<String>,
}

impl Delivered {
    /// As the `mail-parser` package reads it.
    pub fn by_mail_parser(&self) -> Seen {
        Seen::of(&self.raw)
    }
}

impl Seen {
    /// As the `mail-parser` package reads these bytes.
    pub fn of(raw: &[u8]) -> Self {
        let mail = MessageParser::default().parse(raw).expect("a mail is MIME");
        let to = mail.to().map(|to| to.iter().filter_map(|one| one.address()).map(str::to_owned).collect());
        let references =
            mail.references().as_text_list().map(|list| list.iter().map(ToString::to_string).collect());
        Self {
            to: to.unwrap_or_default(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            message_id: mail.message_id().unwrap_or_default().to_owned(),
            references: references.unwrap_or_default(),
            text: mail.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
            links: links(&html(&mail)),
        }
    }
}

fn html(mail: &Message<'_>) -> String {
    let part = mail.parts.iter().find(|part| part.is_content_type("text", "html"));
    match part.map(|part| &part.body) {
        Some(PartType::Html(text)) => text.to_string(),
        _ => String::new(),
    }
}

/// Every address on the page, whether it is a link or stands in the text.
fn links(html: &str) -> Vec<String> {
    let page = html.replace("&amp;", "&");
    let begins = page.match_indices("http").map(|(at, _)| &page[at..]);
    let whole =
        |link: &str| link.split([' ', '\r', '\n', '\t', '"', '<', '>']).next().unwrap_or_default().to_owned();
    let begins = begins.filter(|link| link.starts_with("https://") || link.starts_with("http://"));
    begins.map(whole).filter(|link| !link.ends_with("//")).collect()
}

/// Every mail of a folder, the oldest first; none where there is no such folder.
pub(super) fn read(port: u16, root: &Path, person: &str, folder: &str) -> Vec<Delivered> {
    let output = Command::new("/usr/bin/python3")
        .args(["-c", include_str!("read_mailbox.py")])
        .arg(port.to_string())
        .arg(root)
        .args([person, PASSWORD, folder])
        .output()
        .expect("python3 starts: apt-get install -y python3");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the mailbox of {person} cannot be read: {said}");
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    lines.lines().map(delivered).collect()
}

fn delivered(line: &str) -> Delivered {
    let seen: Value = serde_json::from_str(line).expect("a line is an object");
    let text = |name: &str| seen[name].as_str().unwrap_or_default().to_owned();
    let list = |name: &str| {
        let list = seen[name].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    Delivered {
        raw: from_base64(&text("raw")),
        by_python: Seen {
            to: list("to"),
            subject: text("subject"),
            message_id: text("message-id"),
            references: list("references"),
            text: text("text"),
            links: list("links"),
        },
        defects: list("defects"),
        content_type: text("content-type"),
        return_path: text("return-path"),
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    mail_parser::decoders::base64::base64_decode(text.as_bytes()).expect("Python encodes base64 well")
}
