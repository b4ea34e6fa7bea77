//! `kaizend mail preview`: a mail to read in the terminal, or files to open in a browser and in a mail program.

use std::{fs, path::PathBuf};

use anyhow::Context;
use clap::Args;
use kaizend_text::Specimen;

use super::{
    super::{Ended, Exit, Stop, print, scene::Scene},
    specimens::{Choice, Specimens, kinds, languages},
};

#[derive(Debug, Args)]
pub(in super::super) struct Preview {
    /// Which kind of mail
    #[arg(value_name = "KIND", value_parser = kinds(), required_unless_present = "all")]
    kind: Option<String>,
    #[command(flatten)]
    choice: Choice,
    /// Every kind in every language; needs --dir
    #[arg(long, conflicts_with_all = ["kind", "language"], requires = "dir")]
    all: bool,
    /// Write KIND-LANGUAGE.html, .txt and .eml there; without it the text is printed
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

impl Preview {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        let specimens = Specimens::of(&plan);
        let (chosen, count) = (&self.choice.language, self.choice.count);
        let (kinds, languages) = match &self.kind {
            Some(kind) => {
                let language = chosen.clone().unwrap_or_else(|| plan.company.language.as_str().to_owned());
                (vec![kind.parse::<Specimen>().map_err(|why| Stop::Usage(why.to_string()))?], vec![language])
            }
            None => (Specimen::ALL.to_vec(), languages(&plan)),
        };
        for kind in kinds {
            for language in &languages {
                let rendered = specimens.rendered(kind, count, language)?;
                match &self.dir {
                    None => print::line(&format!("Subject: {}\n\n{}", rendered.subject, rendered.text)),
                    Some(dir) => {
                        let mail = specimens.mail(kind, &rendered)?;
                        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
                        let name = format!("{kind}-{language}");
                        let write = |ending: &str, bytes: &[u8]| {
                            let path = dir.join(format!("{name}.{ending}"));
                            fs::write(&path, bytes)
                                .with_context(|| format!("cannot write {}", path.display()))
                        };
                        write("html", kaizend_mail::html(&mail.bytes).unwrap_or_default().as_bytes())?;
                        write("txt", rendered.text.as_bytes())?;
                        write("eml", &mail.bytes)?;
                        print::line(&dir.join(format!("{name}.html")).display());
                    }
                }
            }
        }
        Ok(Exit::Done)
    }
}
