//! `kaizend outbox show`: a mail as its reader sees it, and what became of it.

use clap::Args;
use kaizend_core::domain::MailId;
use kaizend_mail::Readable;
use kaizend_store::MailRow;
use serde_json::{Map, Value, json};

use super::super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kaizend outbox show 41\n  kaizend outbox show 41 --raw > 41.eml")]
pub(in super::super) struct Show {
    id: i64,
    /// The bytes that are sent (MIME), and nothing else
    #[arg(long)]
    raw: bool,
}

impl Show {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        let row = block_on(store.mail(MailId(self.id)))??.ok_or_else(|| {
            Stop::Usage(format!("there is no mail {}: `kaizend outbox list` shows them", self.id))
        })?;
        let readable = Readable::of(&row.mail.bytes);
        if let (Format::Text, Some(at)) = (scene.format, row.line.forgotten_at) {
            attempts_as_text(&row);
            print::line(&format!("forgotten on {at:.0}"));
            return Ok(Exit::Done);
        }
        match (scene.format, readable) {
            (Format::Json, readable) => print::json(&as_json(&row, readable.as_ref()))?,
            (Format::Text, Some(readable)) if !self.raw => as_text(&row, &readable),
            (Format::Text, _) => print::bytes(&row.mail.bytes),
        }
        Ok(Exit::Done)
    }
}

fn as_json(row: &MailRow, readable: Option<&Readable>) -> Value {
    let headers: Option<Map<String, Value>> = readable.map(|readable| {
        readable.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
    });
    json!({
        "mail": row.line,
        "attempts": row.attempts,
        "headers": headers,
        "text": readable.map(|readable| &readable.text),
        "eml": String::from_utf8_lossy(&row.mail.bytes),
    })
}

fn attempts_as_text(row: &MailRow) {
    print::line(&format!("mail {}: {}", row.line.id, row.line.delivery.word()));
    for attempt in &row.attempts {
        print::line(&format!("  {:.0}  {}: {}", attempt.at, attempt.delivery.word(), attempt.note));
    }
    print::line(&"");
}

fn as_text(row: &MailRow, readable: &Readable) {
    attempts_as_text(row);
    for (name, value) in &readable.headers {
        print::line(&format!("{:<12}{value}", format!("{name}:")));
    }
    print::line(&"");
    print::line(&readable.text.trim_end());
}
