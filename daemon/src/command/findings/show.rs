//! `kaizend findings show`: one finding with everything that explains it.

use clap::Args;
use jiff::Timestamp;
use kaizend_core::domain::{Addressee, Finding, Moment};
use kaizend_store::{Found, HistoryRow, NoticeRow, PromiseStory, Store};
use kaizend_text::{Names, Voice};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on},
    list,
};
use crate::{config::Plan, words};

#[derive(Debug, Args)]
pub(in super::super) struct Show {
    /// The fingerprint, or its first digits
    fingerprint: String,
}

/// Everything that the store has about a finding.
struct Story {
    finding: Finding,
    history: Vec<HistoryRow>,
    promise: Option<PromiseStory>,
    notices: Vec<NoticeRow>,
}

impl Show {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (plan, store) = scene.store()?;
        let story = block_on(story(&store, &self.fingerprint))??;
        match scene.format {
            Format::Json => print::json(&json!({
                "finding": list::as_json(&story.finding),
                "history": story.history,
                "promise": story.promise,
                "notices": story.notices,
            }))?,
            Format::Text => story.as_text(&plan),
        }
        Ok(Exit::Done)
    }
}

/// The one finding whose fingerprint begins with these digits.
pub(in super::super) async fn find(store: &Store, prefix: &str) -> Result<Finding, Stop> {
    match store.finding_by_prefix(prefix).await? {
        Found::One(finding) => Ok(*finding),
        Found::None => Err(Stop::Usage(format!("no finding begins with {prefix}"))),
        Found::NotAFingerprint => {
            Err(Stop::Usage(format!("`{prefix}` is no fingerprint: give at least four of its digits")))
        }
        Found::Many(some) => {
            let some: Vec<String> = some.iter().map(|fingerprint| fingerprint.short()).collect();
            Err(Stop::Usage(format!("several findings begin with {prefix}: {}", some.join(", "))))
        }
    }
}

async fn story(store: &Store, prefix: &str) -> Result<Story, Stop> {
    let finding = find(store, prefix).await?;
    let promise = match &finding.seen.row {
        Some(row) => store.promise_versions(&row.dataset, &row.key).await?,
        None => None,
    };
    Ok(Story {
        history: store.history(finding.fingerprint).await?,
        notices: store.notices_of(finding.fingerprint).await?,
        promise,
        finding,
    })
}

impl Story {
    fn as_text(&self, plan: &Plan) {
        let (words, _) = words::of(plan);
        let zone = &plan.company.zone;
        let voice = Voice::new(plan.company.language.clone(), zone.clone());
        let plugin = words::scope(plan, &self.finding.check);
        let names = Names::default();
        let local = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let said = words
            .finding_forgotten(&self.finding, &voice)
            .unwrap_or_else(|| words.finding_sentence(plugin, &self.finding.seen, &names, &voice));
        print::line(&said.text);
        print::line(&words.finding_state(plugin, &self.finding, &names, &voice).text);
        print::line(&format!("\nfingerprint  {}", self.finding.fingerprint));
        print::line(&format!("check        {}", self.finding.check));
        for (role, id) in &self.finding.seen.about {
            print::line(&format!("{role:<12} {id}"));
        }
        for (label, value) in words.finding_columns(&self.finding.seen, &voice) {
            print::line(&format!("{label:<12} {value}"));
        }
        if let Some(story) = &self.promise {
            print::line(&"\nThe promise:");
            for version in &story.versions {
                let by = version.moved_by.as_ref().map(|by| format!(", moved by {by}")).unwrap_or_default();
                let promised = moment(version.promised, &local);
                print::line(&format!("  {}  promised for {promised}{by}", local(version.seen_at)));
            }
            if let Some(kept) = story.promise.kept {
                print::line(&format!("  kept on {}", moment(kept, &local)));
            }
        }
        print::line(&"\nHistory:");
        for row in &self.history {
            print::line(&format!("  {}  {}", local(row.at), event(row)));
        }
        print::line(&"\nTold:");
        for row in &self.notices {
            print::line(&format!("  {}  {}", local(row.decided_at), notice(row)));
        }
    }
}

fn moment(moment: Moment, local: &impl Fn(Timestamp) -> String) -> String {
    match moment {
        Moment::Date(days) => kaizend_core::rows::Value::Date(days).canonical().into_owned(),
        Moment::Instant(micros) => {
            Timestamp::from_microsecond(micros).map_or_else(|_| micros.to_string(), local)
        }
    }
}

/// "opened (first-seen), overdue".
fn event(row: &HistoryRow) -> String {
    let stage = if row.stage.is_empty() { String::new() } else { format!(", {}", row.stage) };
    let by = row.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
    let note = row.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("{} ({}){stage}{by}{note}", word(&row.event), word(&row.why))
}

/// "to person 5 (owner), because new: composed, mail 12".
fn notice(row: &NoticeRow) -> String {
    let to = match &row.notice.to {
        Addressee::Person(person) => format!("to person {person}"),
        Addressee::Operators => "to the operators".to_owned(),
    };
    let because = word(&row.notice.because);
    let withheld = row.withheld.map(|why| format!(", {}", word(&why))).unwrap_or_default();
    let mail = row.mail.map(|mail| format!(", mail {mail}")).unwrap_or_default();
    let addressed = word(&row.notice.addressed);
    format!("{to} ({addressed}), because {because}: {}{withheld}{mail}", word(&row.state))
}

/// A reason as JSON writes it: its own word, or that of its tag.
pub(in super::super) fn word(reason: &impl Serialize) -> String {
    match serde_json::to_value(reason) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => {
            fields.values().next().and_then(Value::as_str).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}
