//! The numbers of a sign of life, with every word said.

use kaizend_core::domain::Fact;
use serde::Serialize;

use crate::{
    LifeSign, NextLook, argument, clean_line,
    finding_words::text,
    page::{Speaker, count},
    page_item::Pair,
};

/// Next looks that a sign shows; it counts the rest.
const LOOKS: usize = 5;

#[derive(Debug, Serialize)]
pub(crate) struct SignEntry {
    head: String,
    facts: Vec<Pair>,
    /// Absent where no check has a time to look again.
    next: Option<NextLooks>,
    audit: Option<String>,
    digest: Option<String>,
}

#[derive(Debug, Serialize)]
struct NextLooks {
    head: String,
    looks: Vec<Pair>,
    more: Option<String>,
}

impl SignEntry {
    pub(crate) fn of(sign: &LifeSign, say: &mut Speaker) -> Self {
        let numbers = [
            ("fact-looks", sign.looks),
            ("fact-could-not-look", sign.could_not_look),
            ("fact-mails-sent", sign.mails_sent),
            ("fact-mails-not-sent", sign.mails_not_sent),
            ("fact-findings-open", sign.findings_open),
        ];
        let audit = sign.audit.as_ref();
        Self {
            head: say.own("head-life-sign", vec![("at", argument::at(sign.since))]),
            facts: numbers.map(|(id, number)| Pair::number(id, number, say)).into(),
            next: NextLooks::of(&sign.next_looks, say),
            audit: audit.map(|seal| say.own("audit-life-sign", vec![("row", text(&seal.row.to_string()))])),
            digest: audit.map(|seal| clean_line(&seal.digest)),
        }
    }
}

impl NextLooks {
    fn of(looks: &[NextLook], say: &mut Speaker) -> Option<Self> {
        let mut looks: Vec<&NextLook> = looks.iter().collect();
        looks.sort_by(|one, other| (one.at, one.check).cmp(&(other.at, other.check)));
        let more = looks.split_off(looks.len().min(LOOKS)).len() as u64;
        let local = say.words.local(say.voice);
        let pair = |look: &&NextLook| Pair {
            label: clean_line(look.check),
            value: local.instant(look.at, &say.voice.zone),
        };
        let looks: Vec<Pair> = looks.iter().map(pair).collect();
        let number: Vec<(&str, Fact)> = vec![("count", count(more))];
        (!looks.is_empty()).then(|| Self {
            head: say.bare("head-next-looks"),
            looks,
            more: (more > 0).then(|| say.own("more-next-looks", number)),
        })
    }
}
