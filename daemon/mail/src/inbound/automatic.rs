//! Whether a machine wrote a mail: absence notes, receipts, lists. Nothing is done for them, and nothing answers them.

use mail_parser::{Message, MimeHeaders};

/// Headers by which responders of earlier times say what they are; any value says so.
const SIGNS: [&str; 4] = ["X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id"];

pub(super) fn is_automatic(mail: &Message<'_>) -> bool {
    let header = |name: &str| mail.header_raw(name).map(|value| value.trim().to_ascii_lowercase());
    let submitted = header("Auto-Submitted").is_some_and(|value| !value.starts_with("no"));
    let precedence = header("Precedence")
        .is_some_and(|value| matches!(value.as_str(), "bulk" | "junk" | "list" | "auto_reply"));
    // RFC 5321: what must not be answered has no way back.
    let no_way_back = header("Return-Path").is_some_and(|value| value == "<>");
    // Read receipts (RFC 8098) and other reports.
    let report = mail.content_type().is_some_and(|kind| kind.subtype() == Some("report"));
    submitted || precedence || no_way_back || report || SIGNS.iter().any(|sign| header(sign).is_some())
}
