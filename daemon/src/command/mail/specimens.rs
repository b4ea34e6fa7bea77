//! The company's sample mails: its words and templates around made-up findings.

use clap::{Args, builder::PossibleValuesParser};
use kaizend_core::domain;
use kaizend_mail::{Correspondent, Envelope, Kind, MailAddress, MessageId, compose};
use kaizend_text::{Rendered, Samples, Specimen, Stationery, Words};

use crate::config::{self, Plan};

/// To whom sample mails are written.
const READER: &str = "nancy@northwind.example";

/// Which one.
#[derive(Debug, Args)]
pub(super) struct Choice {
    /// In which language [default: the company's]
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<String>,
    /// Of how many findings
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(..=1000))]
    pub(super) count: u32,
}

/// The kinds, as arguments.
pub(super) fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(Specimen::ALL.map(Specimen::word))
}

/// What makes sample mails of one plan.
pub(super) struct Specimens {
    pub(super) samples: Samples,
    pub(super) words: Words,
    stationery: Stationery,
    /// What of the company's words and templates cannot be used at all.
    pub(super) faults: Vec<String>,
    from: Correspondent,
}

impl Specimens {
    pub(super) fn of(plan: &Plan) -> Self {
        let (words, stationery, faults) = config::words_and(plan, Samples::words);
        let from = plan.mail.from.clone();
        Self { samples: Samples::new(plan.brand()), words, stationery, faults, from }
    }

    pub(super) fn rendered(&self, kind: Specimen, count: u32, language: &str) -> anyhow::Result<Rendered> {
        Ok(kind.render(&self.samples, count, language, &self.words, &self.stationery)?)
    }

    pub(super) fn mail(&self, kind: Specimen, rendered: &Rendered) -> anyhow::Result<domain::Mail> {
        let address: MailAddress = READER.parse()?;
        let as_kind = match kind {
            Specimen::Reminder => Kind::Reminder,
            Specimen::Digest => Kind::Digest,
            Specimen::Baseline => Kind::Baseline,
            Specimen::Operator | Specimen::People | Specimen::LifeSign => Kind::Operator,
            Specimen::NotTaken => Kind::NotTaken,
        };
        let envelope = Envelope {
            kind: as_kind,
            from: self.from.clone(),
            message_id: MessageId::new(as_kind, kind.word(), &address, 0, self.from.address.domain()),
            to: Correspondent::new(Some("Nancy Davolio"), address),
            reply_to: None,
            earlier: Vec::new(),
            date: self.samples.now(),
            bounces: None,
            unsubscribe: None,
        };
        Ok(compose(&envelope, rendered)?)
    }
}

/// The languages in which people may read: those that are shipped, and the company's own.
pub(super) fn languages(plan: &Plan) -> Vec<String> {
    let own = plan.messages.catalogues.iter().map(|catalogue| catalogue.language.as_str());
    let company = plan.company.language.as_str();
    let mut languages: Vec<String> =
        Words::SHIPPED.into_iter().chain([company]).chain(own).map(str::to_owned).collect();
    languages.sort();
    languages.dedup();
    languages
}
