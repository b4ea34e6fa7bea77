//! `kaizend outbox hold|release|cancel|retry`: a person's decision about mails, with a name and a reason.

use clap::Args;
use kaizend_core::domain::MailId;
use kaizend_store::{Moved, Pause, Store, Which};

use crate::wall;

use super::super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
pub(in super::super) struct Act {
    /// Ids of mails
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    ids: Vec<i64>,
    /// Every mail that it can be done to; `hold` also stops all sending, `release` lets it go on
    #[arg(long)]
    all: bool,
    /// Why; kept with the mail
    #[arg(long, default_value = "by hand")]
    reason: String,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum What {
    Hold,
    Release,
    Cancel,
    Retry,
}

impl Act {
    pub(in super::super) fn run(self, scene: &Scene, what: What) -> Ended {
        let (_, store) = scene.store()?;
        let moved = block_on(self.act(&store, what))??;
        match scene.format {
            Format::Json => print::json(&moved)?,
            Format::Text => {
                print::line(&format!("{} mails {}", moved.moved.len(), done(what)));
                match what {
                    What::Hold if self.all => {
                        print::line(&"sending is stopped until `kaizend outbox release --all`");
                    }
                    What::Release if self.all => print::line(&"sending goes on"),
                    _ => {}
                }
                for (mail, state) in &moved.refused {
                    print::line(&format!("mail {mail} is {state}: left as it is"));
                }
            }
        }
        if moved.refused.is_empty() {
            Ok(Exit::Done)
        } else {
            Err(Stop::CouldNot(anyhow::anyhow!("{} mails were left as they are", moved.refused.len())))
        }
    }

    async fn act(&self, store: &Store, what: What) -> anyhow::Result<Moved> {
        let now = wall::now();
        let by = std::env::var("USER").unwrap_or_else(|_| "operator".to_owned());
        let which = || {
            if self.all { Which::All } else { Which::Ids(self.ids.iter().copied().map(MailId).collect()) }
        };
        let reason = self.reason.clone();
        match what {
            What::Hold if self.all => {
                let pause = Pause { by: by.clone(), reason: reason.clone(), since: now, until: None };
                store.pause_outbox(Some(pause)).await?;
            }
            What::Release if self.all => store.pause_outbox(None).await?,
            _ => {}
        }
        Ok(match what {
            What::Hold => store.hold(which(), by, reason).await?,
            What::Release => store.release(which(), now).await?,
            What::Cancel => store.cancel(which(), by, reason, now).await?,
            What::Retry => store.retry(which(), now).await?,
        })
    }
}

fn done(what: What) -> &'static str {
    match what {
        What::Hold => "held",
        What::Release => "released",
        What::Cancel => "cancelled",
        What::Retry => "queued again",
    }
}
