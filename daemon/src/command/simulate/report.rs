//! What a simulation shows: mails by person and day, each step of a ladder, and what could not be looked at.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use kaizend_core::{
    domain::{Addressee, CheckId, Event, Finding},
    policy::people::People,
};
use kaizend_store::{Filter, HistoryRow, MailFilter, Standing};
use serde::Serialize;
use serde_json::{Value, json};

use super::{super::findings::show::word, super::print, play::Played};
use crate::{look, rooms::Rooms};

/// Rows that are read together.
const PAGE: u32 = 500;

pub(super) struct Report {
    company: String,
    as_known: bool,
    recorded: bool,
    from: Timestamp,
    to: Timestamp,
    zone: TimeZone,
    looks: u64,
    troubles: BTreeMap<CheckId, (u64, String)>,
    /// In the order of time.
    pub(super) mails: Vec<Sent>,
    pub(super) steps: Vec<Step>,
}

/// One mail.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Sent {
    pub(super) at: Timestamp,
    pub(super) day: Date,
    /// A person's id, or `operators`.
    pub(super) to: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) findings: usize,
}

/// One thing that a ladder did, or did not and why.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Step {
    pub(super) at: Timestamp,
    pub(super) day: Date,
    pub(super) finding: String,
    pub(super) key: String,
    /// `climbed` or `skipped`.
    pub(super) event: String,
    pub(super) why: String,
    /// Counts the ladder's steps from 1, the owner's.
    pub(super) step: u32,
    pub(super) to: Option<String>,
    pub(super) name: Option<String>,
}

impl Report {
    pub(super) async fn of(
        rooms: &Rooms,
        from: Timestamp,
        to: Timestamp,
        played: Played,
    ) -> anyhow::Result<Self> {
        let directory = look::directory(rooms, to).await?;
        let name = |to: &Addressee| match to {
            Addressee::Person(id) => {
                directory.person(id).map_or_else(|| id.to_string(), |person| person.name.clone())
            }
            Addressee::Operators => "operators".to_owned(),
        };
        let zone = rooms.plan.company.zone.clone();
        Ok(Self {
            company: rooms.plan.company.name.clone(),
            as_known: rooms.as_known,
            recorded: rooms.recorded.is_some(),
            from,
            to,
            looks: played.looks,
            troubles: played.troubles,
            mails: mails(rooms, &zone, &name).await?,
            steps: steps(rooms, &zone, &name).await?,
            zone,
        })
    }

    pub(super) fn as_json(&self, unmet: &[String]) -> Value {
        let troubles: Vec<Value> = self
            .troubles
            .iter()
            .map(|(check, (times, why))| json!({ "check": check, "times": times, "why": why }))
            .collect();
        json!({
            "from": self.from, "to": self.to, "as-known": self.as_known,
            "recorded": self.recorded, "looks": self.looks,
            "mails": self.mails, "steps": self.steps, "per-person": self.per_person(),
            "could-not-look": troubles, "unmet": unmet,
        })
    }

    pub(super) fn as_text(&self, unmet: &[String]) {
        let day = |at: Timestamp| self.zone.to_datetime(at).date();
        let known = if self.as_known {
            "the data as it was known at each moment"
        } else if self.recorded {
            "WHAT THE STORE'S LOOKS SAW at the time: stages and severities as they were, the rest as last seen"
        } else {
            "the data AS IT IS TODAY: what was known at each moment may have been different"
        };
        print::line(&format!(
            "{}, {} to {}: {} looks, {known}",
            self.company,
            day(self.from),
            day(self.to),
            self.looks
        ));
        print::line(&"");
        let rows: Vec<[String; 5]> = self
            .per_day()
            .into_iter()
            .map(|((day, name), (mails, findings, kinds))| {
                [day.to_string(), name, mails.to_string(), findings.to_string(), kinds.join(", ")]
            })
            .collect();
        print::table(["day", "person", "mails", "findings", "kinds"], &rows);
        self.people_as_text();
        self.steps_as_text();
        for (check, (times, why)) in &self.troubles {
            print::line(&format!("{check} could not look {times} times: {why}"));
        }
        if !unmet.is_empty() {
            print::line(&format!("\n{} expectations are not met:", unmet.len()));
            unmet.iter().for_each(|line| print::line(&format!("  {line}")));
        }
    }

    fn people_as_text(&self) {
        print::line(&"");
        let rows: Vec<[String; 4]> = self
            .per_person()
            .into_iter()
            .map(|one| [one.name, one.mails.to_string(), one.days.to_string(), one.most_in_a_day.to_string()])
            .collect();
        print::table(["person", "mails", "days with mail", "most in a day"], &rows);
    }

    fn steps_as_text(&self) {
        print::line(&"");
        if self.steps.is_empty() {
            print::line(&"No ladder was climbed.");
            return;
        }
        let rows: Vec<[String; 5]> = self
            .steps
            .iter()
            .map(|step| {
                let at = step.at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
                let to = step.name.clone().unwrap_or_else(|| "–".to_owned());
                [at, step.key.clone(), format!("{} {}", step.step, step.event), to, step.why.clone()]
            })
            .collect();
        print::table(["moment", "finding", "step", "told", "why"], &rows);
    }

    /// Mails, findings in them and kinds, by day and person.
    fn per_day(&self) -> BTreeMap<(Date, String), (usize, usize, Vec<String>)> {
        let mut days: BTreeMap<(Date, String), (usize, usize, Vec<String>)> = BTreeMap::new();
        for mail in &self.mails {
            let day = days.entry((mail.day, mail.name.clone())).or_default();
            day.0 += 1;
            day.1 += mail.findings;
            if !day.2.contains(&mail.kind) {
                day.2.push(mail.kind.clone());
            }
        }
        days
    }

    fn per_person(&self) -> Vec<PerPerson> {
        let mut people: BTreeMap<String, BTreeMap<Date, usize>> = BTreeMap::new();
        for mail in &self.mails {
            *people.entry(mail.name.clone()).or_default().entry(mail.day).or_default() += 1;
        }
        let of = |(name, days): (String, BTreeMap<Date, usize>)| PerPerson {
            name,
            mails: days.values().sum(),
            days: days.len(),
            most_in_a_day: days.values().copied().max().unwrap_or(0),
        };
        people.into_iter().map(of).collect()
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct PerPerson {
    name: String,
    mails: usize,
    days: usize,
    most_in_a_day: usize,
}

async fn mails(
    rooms: &Rooms,
    zone: &TimeZone,
    name: &impl Fn(&Addressee) -> String,
) -> anyhow::Result<Vec<Sent>> {
    let (mut mails, mut after) = (Vec::new(), None);
    loop {
        let page = rooms.store.mails(MailFilter { after, limit: PAGE, ..MailFilter::default() }).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for mail in page {
            mails.push(Sent {
                at: mail.composed_at,
                day: zone.to_datetime(mail.composed_at).date(),
                to: id(&mail.addressee),
                name: name(&mail.addressee),
                kind: word(&mail.kind),
                findings: rooms.store.notices_in(mail.id).await?.len(),
                subject: mail.subject,
            });
        }
    }
    mails.reverse();
    Ok(mails)
}

fn id(to: &Addressee) -> String {
    match to {
        Addressee::Person(id) => id.to_string(),
        Addressee::Operators => "operators".to_owned(),
    }
}

async fn steps(
    rooms: &Rooms,
    zone: &TimeZone,
    name: &impl Fn(&Addressee) -> String,
) -> anyhow::Result<Vec<Step>> {
    let (mut steps, mut after) = (Vec::new(), None);
    loop {
        let filter = Filter { standing: Standing::All, after, limit: PAGE, ..Filter::default() };
        let page = rooms.store.findings(filter).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.fingerprint);
        for finding in page {
            let history = rooms.store.history(finding.fingerprint).await?;
            let notices = rooms.store.notices_of(finding.fingerprint).await?;
            let climbed = history.iter().filter(|row| matches!(row.event, Event::Climbed | Event::Skipped));
            let mut number = BTreeMap::<u32, u32>::new();
            for row in climbed {
                let step = number.entry(row.episode).or_insert(1);
                *step += 1;
                let told = notices
                    .iter()
                    .find(|notice| notice.decided_at == row.at && notice.notice.step == Some(*step - 1));
                let to = told.map(|notice| &notice.notice.to);
                steps.push(one(&finding, row, *step, to, zone, name));
            }
        }
    }
    steps.sort_by(|one, other| (one.at, &one.key).cmp(&(other.at, &other.key)));
    Ok(steps)
}

fn one(
    finding: &Finding,
    row: &HistoryRow,
    step: u32,
    to: Option<&Addressee>,
    zone: &TimeZone,
    name: &impl Fn(&Addressee) -> String,
) -> Step {
    Step {
        at: row.at,
        day: zone.to_datetime(row.at).date(),
        finding: finding.fingerprint.short(),
        key: finding.seen.key.join(" · "),
        event: word(&row.event),
        why: word(&row.why),
        step,
        to: to.map(id),
        name: to.map(name),
    }
}
