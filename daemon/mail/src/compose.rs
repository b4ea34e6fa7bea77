//! A rendered letter becomes the bytes of one mail to one reader.
//!
//! The bytes depend on the arguments only: no clock, no random boundary, no host name. So a retry is
//! byte-equal, and a test can compare whole mails.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use css_inline::{CSSInliner, InlineOptions};
use jiff::Timestamp;
use kaizend_core::domain::Mail;
use kaizend_text::Rendered;
use lettre::{
    Message,
    message::{
        MessageBuilder, MultiPart, MultiPartKind, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use sha2::{Digest, Sha256};

use crate::{Correspondent, Kind, MailAddress, MessageId, header::header_text};

/// Everything around the words.
#[derive(Clone, Debug)]
pub struct Envelope {
    pub kind: Kind,
    pub from: Correspondent,
    pub to: Correspondent,
    pub reply_to: Option<Correspondent>,
    pub message_id: MessageId,
    /// Earlier mails about the same finding to the same reader, oldest first; the first and the last nine
    /// become `References`, the last `In-Reply-To`.
    pub earlier: Vec<MessageId>,
    /// The `Date` header: when the mail was composed.
    pub date: Timestamp,
    /// Where reports of this mail go when it comes back, if not to `from`.
    pub bounces: Option<MailAddress>,
    /// A page that stops these mails by one click (RFC 8058). `https` only; anything else is left out.
    pub unsubscribe: Option<String>,
}

/// Why a letter cannot become a mail.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComposeError {
    #[error("the mail's HTML cannot be prepared: {why}; look at the operator's own templates")]
    Html { why: String },
    #[error("the mail cannot be built: {why}")]
    Build { why: String },
}

/// Builds the mail: plain text first, then HTML with its styles inlined.
pub fn compose(envelope: &Envelope, rendered: &Rendered) -> Result<Mail, ComposeError> {
    let subject = header_text(&rendered.subject);
    let html = inlined(&rendered.html)?;
    let mut builder = Message::builder()
        .from(envelope.from.mailbox())
        .to(envelope.to.mailbox())
        .subject(subject.clone())
        .date(system_time(envelope.date))
        .message_id(Some(envelope.message_id.bracketed()));
    if let Some(reply_to) = &envelope.reply_to {
        builder = builder.reply_to(reply_to.mailbox());
    }
    let body = MultiPart::builder()
        .kind(MultiPartKind::Alternative)
        .boundary(boundary(&envelope.message_id))
        .singlepart(part(ContentType::TEXT_PLAIN, crlf(&rendered.text)))
        .singlepart(part(ContentType::TEXT_HTML, crlf(&html)));
    let message = marked(threaded(builder, &envelope.earlier), envelope, rendered)
        .multipart(body)
        .map_err(|error| ComposeError::Build { why: error.to_string() })?;
    Ok(Mail {
        message_id: envelope.message_id.to_string(),
        envelope_from: match &envelope.bounces {
            Some(bounces) => return_path(bounces, &envelope.message_id),
            None => envelope.from.address.to_string(),
        },
        envelope_to: envelope.to.address.to_string(),
        subject,
        bytes: message.formatted(),
    })
}

/// Ties a mail to the earlier ones about the same finding.
fn threaded(builder: MessageBuilder, earlier: &[MessageId]) -> MessageBuilder {
    let Some(last) = earlier.last() else { return builder };
    let (first, rest) = (&earlier[..1], &earlier[1..]);
    let kept = first.iter().chain(&rest[rest.len().saturating_sub(9)..]);
    let references = kept.map(MessageId::bracketed).collect::<Vec<_>>().join(" ");
    builder.in_reply_to(last.bracketed()).references(references)
}

/// Says that a machine wrote it, so that no absence notice answers, and which kind of mail it is.
fn marked(builder: MessageBuilder, envelope: &Envelope, rendered: &Rendered) -> MessageBuilder {
    let kind = envelope.kind.word();
    let domain = envelope.from.address.domain();
    let language: String = rendered
        .language
        .as_str()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(35)
        .collect();
    let raw =
        |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let builder = builder
        .raw_header(raw("Auto-Submitted", submitted(envelope.kind).to_owned()))
        // Never `All`, which would hide bounces.
        .raw_header(raw("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned()))
        .raw_header(raw("List-Id", format!("<{kind}.kaizend.{domain}>")))
        .raw_header(raw("Content-Language", language));
    match envelope.unsubscribe.as_deref().filter(|page| is_page(page)) {
        None => builder,
        Some(page) => builder
            .raw_header(raw("List-Unsubscribe", format!("<{page}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())),
    }
}

/// RFC 3834: whether a mail answers one.
fn submitted(kind: Kind) -> &'static str {
    if kind == Kind::NotTaken { "auto-replied" } else { "auto-generated" }
}

fn is_page(page: &str) -> bool {
    let plain = page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<' && byte != b'>');
    page.starts_with("https://") && plain && page.len() <= 900
}

/// Mail programs drop style sheets, so each element carries its own style; what depends on the screen
/// (dark, narrow) stays in the head. Nothing is ever loaded from elsewhere.
fn inlined(html: &str) -> Result<String, ComposeError> {
    let options: InlineOptions =
        CSSInliner::options().load_remote_stylesheets(false).keep_style_tags(false).keep_at_rules(true);
    let inlined =
        options.build().inline(html).map_err(|error| ComposeError::Html { why: error.to_string() })?;
    Ok(charset_first(&inlined))
}

/// A browser looks for the charset in the first 1,024 bytes, and the inliner puts its sheet before all else in the head.
fn charset_first(html: &str) -> String {
    const CHARSET: &str = "<meta charset=\"utf-8\">";
    match html.split_once("<head>") {
        Some((before, head)) if head.contains(CHARSET) => {
            format!("{before}<head>{CHARSET}{}", head.replacen(CHARSET, "", 1))
        }
        _ => html.to_owned(),
    }
}

fn part(content_type: ContentType, body: String) -> SinglePart {
    SinglePart::builder().content_type(content_type).body(body)
}

fn crlf(text: &str) -> String {
    text.lines().flat_map(|line| [line, "\r\n"]).collect()
}

/// lettre's dates begin in 1970; a virtual clock may show an earlier year.
fn system_time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(at.as_second().try_into().unwrap_or(0))
}

/// Random boundaries would make each attempt's bytes differ.
fn boundary(id: &MessageId) -> String {
    format!("kaizend-{}", hex::encode(&Sha256::digest(id.as_str().as_bytes())[..12]))
}

/// The address by which a report names its mail (VERP): `bounces+0f1e…@northwind.example`. Only who has seen the mail
/// can know the token.
fn return_path(bounces: &MailAddress, id: &MessageId) -> String {
    let token = hex::encode(&Sha256::digest(id.as_str().as_bytes())[..10]);
    let (name, domain) = bounces.as_str().rsplit_once('@').unwrap_or((bounces.as_str(), ""));
    format!("{name}+{token}@{domain}")
}

/// The envelope address of a mail from the outbox.
pub(crate) fn envelope_address(text: &str) -> Result<MailAddress, String> {
    text.parse().map_err(|error| format!("an address in the outbox cannot be used: {error}"))
}

#[cfg(test)]
mod tests;
