//! A letter of each kind to look at, in any language: what `kaizend mail preview|lint|sample` shows, and what gates
//! and tests go through.

use std::{collections::BTreeSet, fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kaizend_core::{
    domain::{NoticeKind, Verb},
    policy::reply::NotUnderstood,
};
use serde::Serialize;

use crate::{
    Actions, AuditSeal, Climbs, Item, Letter, LifeSign, NextLook, NotTaken, NotTakenBecause, RenderError,
    Rendered, Said, SaidStanding, Samples, Stationery, Voice, Words, page::Page,
};

/// A kind of letter; each has a template, or words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Specimen {
    Reminder,
    Digest,
    Baseline,
    /// To operators: a check could not look.
    Operator,
    /// To operators: the data about people is wrong.
    People,
    LifeSign,
    /// The answer to an answer that could not be taken.
    NotTaken,
}

/// A kind that there is not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no kind of mail `{text}`; there are {}", Specimen::ALL.map(Specimen::word).join(", "))]
pub struct NoSpecimen {
    text: String,
}

impl Specimen {
    pub const ALL: [Self; 7] = [
        Self::Reminder,
        Self::Digest,
        Self::Baseline,
        Self::Operator,
        Self::People,
        Self::LifeSign,
        Self::NotTaken,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Digest => "digest",
            Self::Baseline => "baseline",
            Self::Operator => "operator",
            Self::People => "people",
            Self::LifeSign => "life-sign",
            Self::NotTaken => "not-taken",
        }
    }

    /// Of what there are `count`; of a reminder and of word about people there is one.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::Reminder | Self::People)
    }

    /// The letter in words.
    ///
    /// # Errors
    /// Only when a built-in template is broken; what is wrong with the operator's is in the answer.
    pub fn render(
        self,
        samples: &Samples,
        count: u32,
        language: &str,
        words: &Words,
        stationery: &Stationery,
    ) -> Result<Rendered, RenderError> {
        match self {
            Self::LifeSign => life_sign(samples, count, language).render(words, stationery),
            Self::NotTaken => not_taken(samples, count, language).render(words, stationery),
            other => other.letter(samples, count, language).render(words, stationery),
        }
    }

    /// What its templates see.
    pub fn context(
        self,
        samples: &Samples,
        count: u32,
        language: &str,
        words: &Words,
    ) -> impl Serialize + use<> {
        let mut missing = BTreeSet::new();
        match self {
            Self::LifeSign => Page::of_sign(&life_sign(samples, count, language), words, &mut missing),
            Self::NotTaken => Page::of_not_taken(&not_taken(samples, count, language), words, &mut missing),
            other => Page::of(&other.letter(samples, count, language), words, &mut missing),
        }
    }

    fn letter<'a>(self, samples: &'a Samples, count: u32, language: &str) -> Letter<'a> {
        match self {
            Self::Reminder => acted_from(samples.letter(NoticeKind::Reminder, 1, language)),
            Self::Digest => acted_from(samples.letter(NoticeKind::Reminder, count.max(2), language)),
            Self::Baseline => samples.letter(NoticeKind::Baseline, count.max(1), language),
            Self::Operator | Self::LifeSign | Self::NotTaken => {
                samples.letter(NoticeKind::Operator, count.max(1), language)
            }
            Self::People => {
                let letter = samples.letter(NoticeKind::Operator, 1, language);
                Letter { troubles: vec![samples.people()], ..letter }
            }
        }
    }
}

/// With all that a reader can do from it, and who else is in it.
fn acted_from(mut letter: Letter<'_>) -> Letter<'_> {
    let page = |nth: usize| format!("https://kaizend.northwind.example/k/1.AQAAAAAAA{nth:02}.sample");
    let climbs = Climbs {
        to: "Andrew Fuller".to_owned(),
        is_manager: true,
        at: letter.looked_at + SignedDuration::from_hours(72),
    };
    for (nth, item) in letter.items.iter_mut().enumerate() {
        item.actions = Some(Actions { page: page(nth + 1) });
        item.company.others = vec!["Steven Buchanan".to_owned()];
        item.company.climbs = Some(climbs.clone());
    }
    letter.list = Some(page(0));
    if letter.items.len() > 1 {
        letter.said = letter.items.first().map(taken_back).into_iter().collect();
    }
    letter
}

fn taken_back<'a>(item: &Item<'a>) -> Said<'a> {
    Said {
        verb: Verb::Done,
        standing: SaidStanding::TakenBack,
        finding: item.finding,
        plugin: item.plugin,
        names: item.names.clone(),
        note: Some("agreed by phone".to_owned()),
        until: None,
    }
}

fn life_sign<'a>(samples: &'a Samples, count: u32, language: &str) -> LifeSign<'a> {
    let at = |hours: i64| -> Timestamp { samples.now() + SignedDuration::from_hours(hours) };
    LifeSign {
        voice: Voice::new(language, TimeZone::get("Europe/Sofia").unwrap_or(TimeZone::UTC)),
        brand: samples.brand(),
        since: at(-24),
        until: at(0),
        looks: 1_248,
        could_not_look: count.into(),
        mails_sent: 31,
        mails_not_sent: 2,
        findings_open: 87,
        next_looks: vec![
            NextLook { check: "Repeat orders", at: at(2) },
            NextLook { check: "Late orders", at: at(1) },
        ],
        audit: Some(AuditSeal {
            row: 4_711,
            digest: "5bce9c57b3d193d103237bd0ab2434e8540391e07f72ae3119a0f16b63205124".to_owned(),
        }),
        daily_at: "07:00".to_owned(),
    }
}

fn not_taken<'a>(samples: &'a Samples, count: u32, language: &str) -> NotTaken<'a> {
    let letter = Specimen::Reminder.letter(samples, 1, language);
    let line = "snooze for ever".to_owned();
    NotTaken {
        to: letter.to,
        brand: samples.brand(),
        subject: "Re: Late orders",
        why: vec![
            NotTakenBecause::NotUnderstood(NotUnderstood::NoMoment { line }),
            NotTakenBecause::NoNumber { number: 9, shown: 5 },
        ],
        taken: count,
        at: samples.now(),
    }
}

impl FromStr for Specimen {
    type Err = NoSpecimen;

    fn from_str(text: &str) -> Result<Self, NoSpecimen> {
        let found = Self::ALL.into_iter().find(|kind| kind.word() == text);
        found.ok_or_else(|| NoSpecimen { text: text.to_owned() })
    }
}

impl fmt::Display for Specimen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Brand;

    #[test]
    fn each_kind_is_whole_in_every_language_and_number() {
        let (words, stationery) = (Samples::own_words(), Stationery::built_in());
        let samples = Samples::new(Brand::new("Northwind Traders"));
        for kind in Specimen::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
            for (language, count) in ["en", "ru", "bg", "et"]
                .into_iter()
                .flat_map(|language| [0, 1, 2, 5, 21].map(|count| (language, count)))
            {
                let rendered = kind.render(&samples, count, language, &words, &stationery).unwrap();
                assert_eq!(
                    (rendered.missing, rendered.faults),
                    (vec![], vec![]),
                    "{kind} {language} {count}"
                );
            }
        }
        assert!("letter".parse::<Specimen>().unwrap_err().to_string().contains("reminder, digest"));
    }
}
