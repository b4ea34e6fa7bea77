//! `kaizend outbox bounced`: addresses that refuse mail, and the word that one works again.

use clap::Args;
use kaizend_store::BouncedAddress;

use super::super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend outbox bounced\n  kaizend outbox bounced --lift ann@northwind.example"
)]
pub(in super::super) struct BouncedVerb {
    /// This address works again: mails go to it, and its bounces are forgotten
    #[arg(long, value_name = "ADDRESS")]
    lift: Option<String>,
}

impl BouncedVerb {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        if let Some(address) = self.lift {
            if !block_on(store.lift(&address))?? {
                return Err(Stop::Usage(format!(
                    "no mail came back from {address}: `kaizend outbox bounced` lists the addresses"
                )));
            }
            print::line(&format!("mails go to {address} again"));
            return Ok(Exit::Done);
        }
        let bounced = block_on(store.bounced())??;
        match scene.format {
            Format::Json => bounced.iter().try_for_each(print::json)?,
            Format::Text => {
                let rows: Vec<[String; 4]> = bounced.iter().map(row).collect();
                print::table(["ADDRESS", "BOUNCES", "GIVEN UP", "REASON"], &rows);
            }
        }
        Ok(Exit::Done)
    }
}

fn row(bounced: &BouncedAddress) -> [String; 4] {
    [
        bounced.address.clone(),
        bounced.bounces.len().to_string(),
        bounced.given_up.map_or_else(|| "no".to_owned(), |at| format!("{at:.0}")),
        bounced.reason.clone(),
    ]
}
