//! Everything that explains a finding, gathered as plain values, and said in lines: the row, the rule, the route,
//! the ladder, each word sent or withheld with its reason, and last what comes next, to whom and when.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Addressee, Finding, HowTaken, PersonId},
    policy::{
        climb::{self, Outlook},
        route::{Heard, Router},
    },
};
use kaizend_store::{HistoryRow, NoticeRow, NoticeState};
use kaizend_text::Voice;
use serde_json::{Value, json};

use super::super::findings::show::word;
use crate::{config::Check, look::Directory, office::Standing, rooms::Rooms, telling::names, words};

pub(super) struct Chain {
    finding: Finding,
    check: Option<Check>,
    /// Who would hear first today, and why.
    first: Option<Heard>,
    /// The routes that say something, by name: who hears, the ladder, the severity.
    routes: [Option<String>; 3],
    ladder: Option<String>,
    steps: Vec<String>,
    history: Vec<HistoryRow>,
    notices: Vec<NoticeRow>,
    next: Option<Outlook>,
    names: kaizend_text::Names,
    people: Vec<(PersonId, String)>,
}

impl Chain {
    pub(super) async fn of(
        rooms: &Rooms,
        directory: &Directory,
        standing: &Standing,
        finding: Finding,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let check = rooms.plan.checks.get(&finding.check).cloned();
        let router = check.as_ref().map(|check| standing.router(rooms, check, finding.changed_by, now));
        let words = rooms.store.words(&finding).await?;
        let routes = router.as_ref().map(|router| routes(router, &finding)).unwrap_or_default();
        Ok(Self {
            first: router.as_ref().map(|router| router.first(&finding)),
            routes,
            ladder: router
                .as_ref()
                .and_then(|router| router.ladder(&finding))
                .map(|ladder| ladder.name.clone()),
            steps: router.as_ref().map(|router| steps(router, &finding)).unwrap_or_default(),
            next: router.as_ref().map(|router| climb::outlook(&finding, &words, router)),
            history: rooms.store.history(finding.fingerprint).await?,
            notices: rooms.store.notices_of(finding.fingerprint).await?,
            names: names(directory, &finding.seen.about),
            people: directory.people().map(|person| (person.id.clone(), person.name.clone())).collect(),
            check,
            finding,
        })
    }

    pub(super) fn as_json(&self) -> Value {
        let first = self.first.as_ref().map(|heard| json!({ "to": heard.to, "because": heard.because }));
        json!({
            "finding": self.finding,
            "row": self.finding.seen.row,
            "check": self.check.as_ref().map(|check| json!({
                "id": check.id, "plugin": check.plugin, "schedule": check.schedule, "params": check.params,
                "baseline": check.baseline, "fallback": check.fallback,
            })),
            "route": { "first": first, "to": self.routes[0], "ladder": self.routes[1], "severity": self.routes[2] },
            "ladder": { "name": self.ladder, "climb": self.finding.climb },
            "history": self.history,
            "notices": self.notices,
            "next": self.next,
        })
    }

    pub(super) fn as_text(&self, rooms: &Rooms) -> Vec<String> {
        let mut lines = self.what(rooms);
        lines.extend(self.rule());
        lines.extend(self.who());
        lines.push(String::new());
        lines.push("What was told, and what was not:".to_owned());
        lines.extend(self.words(rooms));
        lines.push(String::new());
        lines.push(format!("Next: {}", self.next_words(rooms)));
        lines
    }

    fn what(&self, rooms: &Rooms) -> Vec<String> {
        let company = &rooms.plan.company;
        let voice = Voice::new(company.language.clone(), company.zone.clone());
        let scope = words::scope(&rooms.plan, &self.finding.check);
        let seen = &self.finding.seen;
        let sentence = rooms.words.finding_sentence(scope, seen, &self.names, &voice).text;
        let state = rooms.words.finding_state(scope, &self.finding, &self.names, &voice).text;
        let mut lines = vec![sentence, format!("{state} (episode {})", self.finding.episode), String::new()];
        if let Some(row) = &seen.row {
            lines.push(format!("row       {} of dataset {}", row.key.join(" · "), row.dataset));
        }
        let labels = seen.labels.iter().map(|(name, value)| format!("{name} = {value}"));
        lines.extend(labels.map(|label| format!("label     {label}")));
        let facts = seen.evidence.iter().map(|(name, fact)| format!("fact      {name} = {}", shown(fact)));
        lines.extend(facts);
        lines
    }

    fn rule(&self) -> Vec<String> {
        let Some(check) = &self.check else {
            let left = "is no longer configured: its findings are kept, and nobody is reminded";
            return vec![format!("check     {} {left}", self.finding.check)];
        };
        let params: Vec<String> =
            check.params.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let mut lines = vec![
            format!("check     {}: plugin {}, schedule {}", check.id, check.plugin, check.schedule),
            format!("params    {}", params.join(", ")),
            format!("severity  {}{}", word(&self.finding.seen.severity), by_route(self.routes[2].as_deref())),
        ];
        if self.finding.baseline {
            lines.push(
                "baseline  it was so when the check first looked: quiet until it gets worse".to_owned(),
            );
        }
        lines
    }

    fn who(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(heard) = &self.first {
            let route = by_route(self.routes[0].as_deref());
            lines.push(format!("hears     {} ({}){route}", self.name(&heard.to), word(&heard.because)));
        }
        match &self.ladder {
            None => lines.push("ladder    none: nobody else hears if nothing happens".to_owned()),
            Some(name) => {
                lines.push(format!("ladder    {name}{}", by_route(self.routes[1].as_deref())));
                lines.extend(self.steps.iter().map(|step| format!("          {step}")));
            }
        }
        lines
    }

    /// Every event and every notice in the order of time.
    fn words(&self, rooms: &Rooms) -> Vec<String> {
        let mut rows: Vec<(Timestamp, String)> = Vec::new();
        for row in &self.history {
            let by = row.by.as_ref().map(|by| format!(", by {}", self.name_of(by))).unwrap_or_default();
            let note = row.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            let withheld =
                row.withheld.map(|why| format!(", nobody told: {}", word(&why))).unwrap_or_default();
            rows.push((row.at, format!("{} ({}){by}{note}{withheld}", word(&row.event), word(&row.why))));
        }
        for row in &self.notices {
            rows.push((row.settled_at.unwrap_or(row.decided_at), self.notice(row, rooms)));
        }
        rows.sort_by_key(|(at, _)| *at);
        rows.into_iter().map(|(at, said)| format!("  {}  {said}", local(at, rooms))).collect()
    }

    fn notice(&self, row: &NoticeRow, rooms: &Rooms) -> String {
        let notice = &row.notice;
        let to = self.name(&notice.to);
        let because = format!("because {} ({})", word(&notice.because), word(&notice.addressed));
        match (row.state, row.withheld, row.mail) {
            (NoticeState::Composed, _, Some(mail)) => format!("told {to}, {because}: mail {mail}"),
            (NoticeState::Composed, _, None) => format!("told {to}, {because}"),
            (NoticeState::Due, why, _) => {
                let why = why.map(|why| format!(", {}", word(&why))).unwrap_or_default();
                format!("waits for {to} until {}{why}, {because}", local(row.due, rooms))
            }
            (NoticeState::Withheld, why, _) => {
                let why = why.map(|why| word(&why)).unwrap_or_default();
                format!("not told {to}: {why} ({because})")
            }
        }
    }

    fn next_words(&self, rooms: &Rooms) -> String {
        let Some(next) = &self.next else { return "nothing: its check is gone".to_owned() };
        let at = |at: Timestamp| local(at, rooms);
        match next {
            Outlook::MailWaits { until } => format!("a mail goes on {}", at(*until)),
            Outlook::Reminder { at: when, to } => format!("{} is reminded on {}", self.name(to), at(*when)),
            Outlook::Step { at: when, to, rung } => {
                format!("it climbs to {} ({}) on {}", self.name(to), word(rung), at(*when))
            }
            Outlook::SilenceEnds { at: when } => {
                format!("the silence ends on {}; then it is told again", at(*when))
            }
            Outlook::DataDecides { from } => {
                format!("it is believed until {}; the first look after that decides", at(*from))
            }
            Outlook::ApologyLate { at: when, by } => {
                format!("{} owes an apology; it is late from {}", self.name_of(by), at(*when))
            }
            Outlook::WaitsForClient { since } => {
                format!("the client has to move; the ladder has stood still since {}", at(*since))
            }
            Outlook::UnlessWorse => "nobody hears of it again unless it gets worse".to_owned(),
            Outlook::WaitsForPeople => "it waits for what is still owed".to_owned(),
            Outlook::Closed => "nothing: it is closed".to_owned(),
        }
    }

    fn name(&self, to: &Addressee) -> String {
        match to {
            Addressee::Person(id) => self.name_of(id),
            Addressee::Operators => "the operators".to_owned(),
        }
    }

    fn name_of(&self, id: &PersonId) -> String {
        let known = self.people.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.to_string(), |(_, name)| format!("{name} [{id}]"))
    }
}

fn routes(router: &Router, finding: &Finding) -> [Option<String>; 3] {
    let routed = router.routed(finding);
    let named = |name: &str| Some(name.to_owned());
    [
        routed.to.and_then(|(_, name)| named(name)),
        routed.ladder.and_then(|(_, name)| named(name)),
        routed.severity.and_then(|(_, name)| named(name)),
    ]
}

/// The steps of the ladder, each with what became of it.
fn steps(router: &Router, finding: &Finding) -> Vec<String> {
    let Some(ladder) = router.ladder(finding) else { return Vec::new() };
    let taken = |number: usize| finding.climb.steps.iter().find(|taken| taken.step as usize == number);
    let said = |(number, step): (usize, &kaizend_core::policy::ladder::Step)| {
        let after = step.after.map(|after| format!(" after {after}")).unwrap_or_default();
        let became = match taken(number).map(|taken| (&taken.how, taken.at)) {
            Some((HowTaken::Told(to), at)) => format!(": told {} at {at}", shown_addressee(router, to)),
            Some((HowTaken::Skipped(why), at)) => format!(": skipped at {at}, {}", word(why)),
            None => String::new(),
        };
        format!("{} {}{after}{became}", number + 1, word(&step.to))
    };
    ladder.steps.iter().enumerate().map(said).collect()
}

fn shown_addressee(router: &Router, to: &Addressee) -> String {
    match to {
        Addressee::Person(id) => {
            router.office.people.person(id).map_or_else(|| id.to_string(), |person| person.name.clone())
        }
        Addressee::Operators => "the operators".to_owned(),
    }
}

fn by_route(route: Option<&str>) -> String {
    route.map(|name| format!(", by the route “{name}”")).unwrap_or_default()
}

fn shown(fact: &kaizend_core::domain::Fact) -> String {
    use kaizend_core::{domain::Fact, rows::Value as Cell};
    match fact {
        Fact::Text(text) => text.clone(),
        Fact::Integer(number) => number.to_string(),
        Fact::Real(number) => number.to_string(),
        Fact::Date(days) => Cell::Date(*days).canonical().into_owned(),
        Fact::Instant(micros) => Cell::Instant(*micros).canonical().into_owned(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn local(at: Timestamp, rooms: &Rooms) -> String {
    at.to_zoned_datetime(rooms.plan.company.zone.clone()).strftime("%a %Y-%m-%d %H:%M").to_string()
}
