//! `kaizend explain`: the whole chain behind one finding, from the row it comes from to what happens next.

mod chain;

use std::sync::Arc;

use clap::Args;

use super::{Ended, Exit, Format, findings::show, print, scene::Scene, scene::block_on};
use crate::{look, office::Standing, wall};
use chain::Chain;

#[derive(Debug, Args)]
#[command(after_help = "Example: kaizend explain 3f2a9c01")]
pub(super) struct Explain {
    /// The fingerprint, or its first digits
    fingerprint: String,
}

impl Explain {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let rooms = Scene::rooms(plan, store)?;
        let chain = block_on(async {
            let finding = show::find(&rooms.store, &self.fingerprint).await?;
            let now = wall::now();
            let directory = Arc::new(look::directory(&rooms, now).await?);
            let standing = Standing::of(&rooms, Arc::clone(&directory)).await?;
            Ok::<_, super::Stop>(Chain::of(&rooms, &directory, &standing, finding, now).await?)
        })??;
        match scene.format {
            Format::Json => print::json(&chain.as_json())?,
            Format::Text => chain.as_text(&rooms).iter().for_each(print::line),
        }
        Ok(Exit::Done)
    }
}
