//! `kaizend mail sample`: what a template can use, for whoever writes one.

use clap::Args;
use kaizend_text::Specimen;

use super::{
    super::{Ended, Exit, Stop, print, scene::Scene},
    specimens::{Choice, Specimens, kinds},
};

#[derive(Debug, Args)]
pub(in super::super) struct Sample {
    /// Which kind of mail
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: String,
    #[command(flatten)]
    choice: Choice,
}

impl Sample {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        let kind: Specimen =
            self.kind.parse().map_err(|why: kaizend_text::NoSpecimen| Stop::Usage(why.to_string()))?;
        let specimens = Specimens::of(&plan);
        let language = self.choice.language.unwrap_or_else(|| plan.company.language.as_str().to_owned());
        let context = kind.context(&specimens.samples, self.choice.count, &language, &specimens.words);
        print::line(&serde_json::to_string_pretty(&context)?);
        Ok(Exit::Done)
    }
}
