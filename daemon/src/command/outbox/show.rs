//! `kaizend outbox show`.

use clap::Args;
use kaizend_core::domain::MailId;
use serde_json::json;

use super::super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
pub(in super::super) struct Show {
    id: i64,
}

impl Show {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        let row = block_on(store.mail(MailId(self.id)))??.ok_or_else(|| {
            Stop::Usage(format!("there is no mail {}: `kaizend outbox list` shows them", self.id))
        })?;
        let text = String::from_utf8_lossy(&row.mail.bytes);
        match scene.format {
            Format::Json => {
                print::json(&json!({ "mail": row.line, "attempts": row.attempts, "eml": text }))?;
            }
            Format::Text => {
                print::line(&format!("mail {}: {}", row.line.id, row.line.delivery.word()));
                for attempt in &row.attempts {
                    print::line(&format!(
                        "  {:.0}  {}: {}",
                        attempt.at,
                        attempt.delivery.word(),
                        attempt.note
                    ));
                }
                print::line(&"");
                print::line(&text);
            }
        }
        Ok(Exit::Done)
    }
}
