//! Delivery status notifications (RFC 3464): what a server says became of a mail, for each recipient.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use crate::MessageId;

/// What became of one recipient's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The mail that it speaks of, where it was returned with its headers.
    pub message_id: Option<MessageId>,
    /// As the server wrote it.
    pub recipient: String,
    pub action: Action,
    /// An enhanced status code (RFC 3463): `5.1.1`.
    pub status: String,
    /// The words of the server that refused it; empty where it was given none.
    pub diagnostic: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Failed,
    /// It is not delivered yet, and tried further.
    Delayed,
    /// It arrived, or went on to somebody else.
    Arrived,
}

/// `None` when the mail is no such report.
pub(super) fn bounces(mail: &Message<'_>) -> Option<Vec<Bounce>> {
    let status = mail.parts.iter().find(|part| is(part, "message", "delivery-status"))?;
    let message_id = returned(mail);
    let text = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    // The first group is about the mail as a whole; each further one about a recipient.
    let groups = text.split("\n\n").map(fields);
    Some(groups.filter_map(|fields| bounce(&fields, message_id.as_ref())).collect())
}

fn bounce(fields: &[(String, String)], message_id: Option<&MessageId>) -> Option<Bounce> {
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    // "rfc822; ann@example.org"
    let typed = |value: &str| value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned();
    let recipient = field("original-recipient").or(field("final-recipient")).map(typed)?;
    let action = match field("action")?.to_ascii_lowercase().as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        _ => Action::Arrived,
    };
    let status = field("status").and_then(|value| value.split_whitespace().next()).unwrap_or_default();
    Some(Bounce {
        message_id: message_id.cloned(),
        recipient,
        action,
        status: status.to_owned(),
        diagnostic: field("diagnostic-code").map(typed).unwrap_or_default(),
    })
}

/// Fields in lower case, unfolded.
fn fields(group: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in group.lines() {
        match line.split_once(':') {
            _ if line.starts_with([' ', '\t']) => {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            Some((name, value)) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            None => {}
        }
    }
    fields
}

/// The id of the mail that came back, whole or as its headers.
fn returned(mail: &Message<'_>) -> Option<MessageId> {
    let whole = mail.parts.iter().find_map(|part| part.message()?.message_id().map(MessageId::known));
    whole.or_else(|| {
        let headers = mail.parts.iter().find(|part| is(part, "text", "rfc822-headers"))?;
        let headers = MessageParser::default().parse(headers.contents())?;
        headers.message_id().map(MessageId::known)
    })
}

fn is(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|found| {
        found.ctype().eq_ignore_ascii_case(kind)
            && found.subtype().is_some_and(|found| found.eq_ignore_ascii_case(subtype))
    })
}
