//! `kaizend outbox list`.

use clap::Args;
use kaizend_core::domain::MailId;
use kaizend_store::{MailFilter, MailLine, Pause};

use crate::wall;

use super::super::{Ended, Exit, Format, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
pub(in super::super) struct List {
    /// Only this state: queued, claimed, data-started, sent, deferred, failed, uncertain, held, cancelled
    #[arg(long)]
    state: Option<String>,
    /// The id after which the list goes on: the last one of the page before
    #[arg(long, value_name = "ID")]
    after: Option<i64>,
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

impl List {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        let filter = MailFilter { state: self.state, after: self.after.map(MailId), limit: self.limit };
        let mails = block_on(async {
            let mails = store.mails(filter).await?;
            Ok::<_, anyhow::Error>((mails, store.outbox_paused(wall::now()).await?))
        })??;
        let (mails, paused) = mails;
        if let Some(pause) = paused {
            print::remark(&format!(
                "sending is stopped since {} by {}{}: {}",
                pause.since,
                pause.by,
                until(&pause),
                pause.reason
            ));
        }
        match scene.format {
            Format::Json => mails.iter().try_for_each(print::json)?,
            Format::Text => {
                let rows: Vec<[String; 5]> = mails.iter().map(row).collect();
                print::table(["ID", "STATE", "TRIES", "TO", "SUBJECT"], &rows);
            }
        }
        Ok(Exit::Done)
    }
}

/// When it goes on by itself.
fn until(pause: &Pause) -> String {
    pause.until.map_or_else(String::new, |until| format!(", until {until:.0}"))
}

fn row(mail: &MailLine) -> [String; 5] {
    [
        mail.id.to_string(),
        mail.delivery.word().to_owned(),
        mail.attempts.to_string(),
        mail.to.clone(),
        mail.subject.clone(),
    ]
}
