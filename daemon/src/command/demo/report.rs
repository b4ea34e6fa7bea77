//! What a demo shows at its end: what was found beside what was planted, who was told, and how promises were kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    path::PathBuf,
};

use jiff::civil::Date;
use kaizend_core::{
    domain::{Addressee, CheckId, Fact, Finding, Fingerprint, Language, Measure},
    policy::people::People,
};
use kaizend_demo::Planted;
use kaizend_store::{MailFilter, MeasureFilter};
use serde::Serialize;

use super::{
    folder::Folder,
    play::{FirstLooks, Play},
    tally::{Count, each, tally},
};
use crate::{look, rooms::Rooms};

/// Everything that is printed; as JSON it is this object.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Report {
    pub(super) seed: u64,
    pub(super) first_day: Date,
    pub(super) days: u8,
    pub(super) folder: PathBuf,
    pub(super) configuration: PathBuf,
    pub(super) mails: PathBuf,
    pub(super) found: Vec<Found>,
    pub(super) told: Vec<Told>,
    pub(super) reliability: Vec<Reliability>,
    /// The finding with the longest story.
    pub(super) example: Option<Example>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Found {
    pub(super) check: CheckId,
    /// The stage, or the topic where it has no stages.
    pub(super) what: String,
    /// How many the generator put in; none where it leaves it to chance.
    pub(super) planted: Option<usize>,
    /// How many there were when the check first looked.
    pub(super) first_look: usize,
    #[serde(flatten)]
    pub(super) now: Count,
}

/// A person, or the operators, and what they were told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Told {
    /// None for the operators.
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) team: Option<String>,
    pub(super) language: Option<Language>,
    pub(super) mails: usize,
    /// Different findings in those mails.
    pub(super) findings: usize,
}

/// A share of kept promises, by the day they were promised for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Reliability {
    pub(super) measure: &'static str,
    pub(super) before: Measure,
    pub(super) during: Measure,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Example {
    pub(super) fingerprint: Fingerprint,
    /// How often its date was moved.
    pub(super) moves: i64,
}

/// Check, stage or topic, and the number that must be found on the first morning: the order of the table.
type Plant = (&'static str, &'static str, fn(&Planted) -> usize);

const PLANTS: [Plant; 5] = [
    ("late-orders", "due-soon", |planted| planted.due_soon),
    ("late-orders", "overdue", |planted| planted.overdue),
    ("late-orders", "kept-late", |planted| planted.kept_late),
    ("repeat-orders", "repeat", |planted| planted.repeats),
    ("best-clients", "contact", |planted| planted.stale_best_clients),
];

/// The check whose measures say how promises were kept.
const PROMISES: &str = "late-orders";

impl Report {
    pub(super) async fn of(
        rooms: &Rooms,
        folder: &Folder,
        play: &Play<'_>,
        seed: u64,
        planted: Planted,
        first_looks: FirstLooks,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            seed,
            first_day: play.first_day,
            days: play.days,
            folder: folder.path().to_owned(),
            configuration: folder.configuration(),
            mails: folder.mails(),
            found: found(rooms, &planted, first_looks).await?,
            told: told(rooms, play).await?,
            reliability: reliability(rooms, play.measure_days()?).await?,
            example: example(rooms).await?,
        })
    }

    /// Whether each planted number was found, and nothing beside it.
    pub(super) fn all_found(&self) -> bool {
        self.found.iter().all(|found| found.planted.is_none_or(|planted| planted == found.first_look))
    }
}

async fn found(rooms: &Rooms, planted: &Planted, first_looks: FirstLooks) -> anyhow::Result<Vec<Found>> {
    let mut rows: Vec<Found> = PLANTS
        .iter()
        .map(|(check, what, planted_in)| Found {
            check: CheckId::from(*check),
            what: (*what).to_owned(),
            planted: Some(planted_in(planted)),
            first_look: 0,
            now: Count::default(),
        })
        .collect();
    for check in rooms.plan.checks.keys() {
        for (what, now) in tally(&rooms.store, check).await? {
            row(&mut rows, check, &what).now = now;
        }
        for (what, count) in first_looks.get(check).into_iter().flatten() {
            row(&mut rows, check, what).first_look = count.all();
        }
    }
    Ok(rows)
}

fn row<'a>(rows: &'a mut Vec<Found>, check: &CheckId, what: &str) -> &'a mut Found {
    let place = rows.iter().position(|row| row.check == *check && row.what == what).unwrap_or_else(|| {
        rows.push(Found {
            check: check.clone(),
            what: what.to_owned(),
            planted: None,
            first_look: 0,
            now: Count::default(),
        });
        rows.len() - 1
    });
    &mut rows[place]
}

/// Who was told how much, the most first.
async fn told(rooms: &Rooms, play: &Play<'_>) -> anyhow::Result<Vec<Told>> {
    let mut heard: BTreeMap<Addressee, (usize, BTreeSet<Fingerprint>)> = BTreeMap::new();
    let mut filter = MailFilter { limit: 500, ..MailFilter::default() };
    loop {
        let page = rooms.store.mails(filter.clone()).await?;
        let Some(last) = page.last() else { break };
        filter.after = Some(last.id);
        for mail in page {
            let notices = rooms.store.notices_in(mail.id).await?;
            let (mails, findings) = heard.entry(mail.addressee).or_default();
            *mails += 1;
            findings.extend(notices.iter().filter_map(|row| row.notice.finding));
        }
    }
    let directory = look::directory(rooms, play.ended_at()).await?;
    let mut told: Vec<Told> = heard
        .into_iter()
        .map(|(addressee, (mails, findings))| {
            let id = match addressee {
                Addressee::Person(id) => Some(id),
                Addressee::Operators => None,
            };
            let person = id.as_ref().and_then(|id| directory.person(id));
            Told {
                name: person.map_or_else(|| "operators".to_owned(), |person| person.name.clone()),
                team: person.and_then(|person| person.team.clone()),
                language: person.and_then(|person| person.language.clone()),
                id: id.map(|id| id.to_string()),
                mails,
                findings: findings.len(),
            }
        })
        .collect();
    told.sort_by(|one, other| other.mails.cmp(&one.mails).then_with(|| one.name.cmp(&other.name)));
    Ok(told)
}

async fn reliability(rooms: &Rooms, days: Range<i32>) -> anyhow::Result<Vec<Reliability>> {
    let mut rows = Vec::new();
    for measure in ["kept-first", "kept-latest"] {
        let filter = MeasureFilter {
            check: Some(CheckId::from(PROMISES)),
            measure: Some(measure.to_owned()),
            group: Some(String::new()),
            ..MeasureFilter::default()
        };
        let mut row = Reliability { measure, before: Measure::default(), during: Measure::default() };
        for (_, key, counted) in rooms.store.measures(filter).await? {
            if key.day < days.start {
                row.before = row.before.plus(counted);
            } else if days.contains(&key.day) {
                row.during = row.during.plus(counted);
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

async fn example(rooms: &Rooms) -> anyhow::Result<Option<Example>> {
    let mut example: Option<Example> = None;
    each(&rooms.store, &CheckId::from(PROMISES), |finding| {
        let moves = moves(finding);
        if example.as_ref().is_none_or(|known| known.moves < moves) {
            example = Some(Example { fingerprint: finding.fingerprint, moves });
        }
    })
    .await?;
    Ok(example)
}

fn moves(finding: &Finding) -> i64 {
    match finding.seen.evidence.get("moves") {
        Some(Fact::Integer(moves)) => *moves,
        _ => 0,
    }
}
