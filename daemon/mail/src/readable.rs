//! A mail of the outbox as a person reads it: the headers that matter, and its text part, decoded. For the operator
//! who wants to know what somebody got; what is sent are the bytes.

use mail_parser::{Address, Message, MessageParser};

/// Headers in the order in which a mail program shows them, and the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readable {
    pub headers: Vec<(&'static str, String)>,
    /// Lines end with a line feed.
    pub text: String,
}

impl Readable {
    /// `None` when the bytes are no mail.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mail = MessageParser::default().parse(bytes)?;
        let text = mail.body_text(0)?.replace("\r\n", "\n");
        Some(Self { headers: headers(&mail), text })
    }
}

/// The HTML part, as a browser would show it. `None` where there is none.
pub fn html(bytes: &[u8]) -> Option<String> {
    let mail = MessageParser::default().parse(bytes)?;
    let part = mail.html_bodies().find(|part| part.is_text_html())?;
    part.text_contents().map(|html| html.replace("\r\n", "\n"))
}

fn headers(mail: &Message<'_>) -> Vec<(&'static str, String)> {
    let values = [
        ("From", mail.from().map(people)),
        ("To", mail.to().map(people)),
        ("Reply-To", mail.reply_to().map(people)),
        ("Date", mail.date().map(|date| date.to_rfc3339())),
        ("Subject", mail.subject().map(str::to_owned)),
        ("Message-ID", mail.message_id().map(|id| format!("<{id}>"))),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// "Ann Ünal <ann@northwind.example>, …".
fn people(addresses: &Address<'_>) -> String {
    let one = |address: &mail_parser::Addr<'_>| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    addresses.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use kaizend_core::domain::NoticeKind;
    use kaizend_text::{Brand, Samples, Stationery};

    use super::*;
    use crate::{Correspondent, Envelope, Kind, MessageId, compose};

    #[test]
    fn what_was_written_is_read_in_every_language() {
        let to: Correspondent = "Жанна Ünal <anna@northwind.example>".parse().unwrap();
        for language in ["en", "ru", "bg", "et"] {
            let letter = Samples::new(Brand::new("Northwind Traders"));
            let letter = letter.letter(NoticeKind::Reminder, 2, language);
            let rendered = letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap();
            let envelope = Envelope {
                kind: Kind::Digest,
                from: "Kaizen <kaizen@northwind.example>".parse().unwrap(),
                to: to.clone(),
                reply_to: Some("office@northwind.example".parse().unwrap()),
                message_id: MessageId::new(Kind::Digest, "item", &to.address, 1, "northwind.example"),
                earlier: Vec::new(),
                date: "1998-06-05T06:00:00Z".parse().unwrap(),
                bounces: None,
                unsubscribe: None,
            };
            let mail = compose(&envelope, &rendered).unwrap();
            let readable = Readable::of(&mail.bytes).unwrap();
            let headers = [
                ("From", "Kaizen <kaizen@northwind.example>".to_owned()),
                ("To", "Жанна Ünal <anna@northwind.example>".to_owned()),
                ("Reply-To", "office@northwind.example".to_owned()),
                ("Date", "1998-06-05T06:00:00Z".to_owned()),
                ("Subject", mail.subject.clone()),
                ("Message-ID", format!("<{}>", mail.message_id)),
            ];
            assert_eq!(readable, Readable { headers: headers.into(), text: rendered.text }, "{language}");
        }
    }

    #[test]
    fn bytes_that_are_no_mail_are_not_guessed_at() {
        assert_eq!(Readable::of(b""), None);
    }
}
