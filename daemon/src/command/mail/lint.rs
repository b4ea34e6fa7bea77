//! `kaizend mail lint`: goes through every kind of mail in every language and number, and says what is wrong where.

use std::collections::BTreeMap;

use clap::Args;
use kaizend_mail::lint::lint;
use kaizend_text::Specimen;
use serde_json::json;

use super::{
    super::{Ended, Exit, Format, print, scene::Scene},
    specimens::{Specimens, languages},
};

/// Each plural case of the shipped languages.
const COUNTS: [u32; 5] = [0, 1, 2, 5, 21];

#[derive(Debug, Args)]
#[command(after_help = "Ends with 1 when something is wrong.")]
pub(in super::super) struct Lint {}

impl Lint {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        let plan = scene.load()?.plan;
        let (specimens, languages) = (Specimens::of(&plan), languages(&plan));
        // What is wrong, and in which mails.
        let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for fault in &specimens.faults {
            wrong.entry(fault.clone()).or_default();
        }
        let mut looked_at = 0;
        for (kind, language) in
            Specimen::ALL.into_iter().flat_map(|kind| languages.iter().map(move |language| (kind, language)))
        {
            for count in COUNTS.into_iter().take(if kind.is_counted() { COUNTS.len() } else { 1 }) {
                let rendered = specimens.rendered(kind, count, language)?;
                let mail = specimens.mail(kind, &rendered)?;
                let missing = rendered.missing.iter().map(ToString::to_string);
                let faults = rendered.faults.iter().map(ToString::to_string);
                let flaws = lint(&mail).into_iter().map(|flaw| flaw.to_string());
                for what in missing.chain(faults).chain(flaws) {
                    let places = wrong.entry(what).or_default();
                    let place = format!("{kind}-{language}");
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
                looked_at += 1;
            }
        }
        match scene.format {
            Format::Json => {
                for (what, mails) in &wrong {
                    print::json(&json!({ "what": what, "mails": mails }))?;
                }
            }
            Format::Text => {
                for (what, mails) in &wrong {
                    let places = if mails.is_empty() { String::new() } else { format!("{}: ", said(mails)) };
                    print::line(&format!("{places}{what}"));
                }
                print::remark(&format!("{looked_at} mails looked at, {} things wrong", wrong.len()));
            }
        }
        Ok(if wrong.is_empty() { Exit::Done } else { Exit::Attention })
    }
}

fn said(mails: &[String]) -> String {
    match mails {
        [first, rest @ ..] if rest.len() > 2 => format!("{first} and {} more", rest.len()),
        _ => mails.join(", "),
    }
}
