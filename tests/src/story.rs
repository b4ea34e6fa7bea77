//! Stories: a company's life in a few lines, played through the real rounds in virtual time, with every mail that it
//! must come to. `tests/timelines/README.md` has the language.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use jiff::{Timestamp, civil, tz::TimeZone};
use kaizend::{
    acting,
    config::{self, Loaded},
    rooms::{self, Rooms},
    service::{Rehearsal, round},
};
use kaizend_core::{
    domain::{AddressedBecause, Addressee, Finding, PersonId, Silence},
    policy::{act::Act, calendar::Calendar},
};
use kaizend_store::{Filter, MailFilter, Standing, Store};

use crate::{Company, kaizend_plugins};

/// A story as it was read.
#[derive(Debug)]
pub struct Story {
    zone: TimeZone,
    settings: Settings,
    /// In the order of time.
    events: Vec<(Timestamp, String)>,
    until: Timestamp,
    /// Mails that must come, line by line: moment, reader, what about and why.
    pub wanted: Vec<String>,
    /// How `explain` must end, by the order's number.
    pub outlooks: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default)]
struct Settings {
    company: Vec<String>,
    reminders: Vec<String>,
    check: Vec<String>,
    rest: Vec<String>,
}

/// What a story came to.
#[derive(Debug)]
pub struct Ended {
    pub mails: Vec<String>,
    pub outlooks: BTreeMap<String, String>,
}

impl Story {
    /// # Panics
    /// When a line is none of the language: the file and the line are named.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let mut story = Self {
            zone: TimeZone::get("Europe/Sofia").expect("a zone of the system"),
            settings: Settings::default(),
            events: Vec::new(),
            until: Timestamp::MIN,
            wanted: Vec::new(),
            outlooks: BTreeMap::new(),
        };
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                story.take(line).unwrap_or_else(|why| panic!("{}:{}: {why}", path.display(), number + 1));
            }
        }
        story.events.sort_by_key(|(at, _)| *at);
        story
    }

    fn take(&mut self, line: &str) -> Result<(), String> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "zone" => self.zone = TimeZone::get(rest).map_err(|why| why.to_string())?,
            "company" => self.settings.company.push(rest.to_owned()),
            "reminders" => self.settings.reminders.push(rest.to_owned()),
            "check" => self.settings.check.push(rest.to_owned()),
            "without" => self.settings.check.push("#REMOVED#".to_owned()),
            "toml" => self.settings.rest.push(rest.to_owned()),
            "at" => {
                let (moment, what) = self.moment(rest)?;
                self.events.push((moment, what.to_owned()));
            }
            "until" => self.until = self.moment(rest)?.0,
            "want" => self.wanted.push(rest.split_whitespace().collect::<Vec<_>>().join(" ")),
            "next" => {
                let (order, outlook) = rest.split_once(' ').ok_or("next ORDER OUTLOOK")?;
                self.outlooks.insert(order.to_owned(), outlook.trim().to_owned());
            }
            _ => return Err(format!("`{verb}` is no verb of a story")),
        }
        Ok(())
    }

    /// `2026-11-23 08:00 …`: the moment in the story's zone, and the rest.
    fn moment<'a>(&self, text: &'a str) -> Result<(Timestamp, &'a str), String> {
        let (day, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (time, rest) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let civil: civil::DateTime =
            format!("{day}T{time}").parse().map_err(|why| format!("{text}: {why}"))?;
        let zoned = civil.to_zoned_datetime(self.zone.clone()).map_err(|why| why.to_string())?;
        Ok((zoned.timestamp(), rest.trim()))
    }

    /// Plays the story through the rounds of `simulate`.
    pub async fn simulated(&self) -> Ended {
        self.play(&Company::default(), Stage::rounds).await.0
    }

    /// Plays the story through the loops of `serve`.
    pub async fn served(&self) -> Ended {
        self.play(&Company::default(), |rooms, begin| Stage::Loops(Rehearsal::begin(rooms, begin))).await.0
    }

    /// Plays the story, and then what its looks recorded, without its data. `None` when people act in it.
    pub async fn recorded(&self) -> Option<Ended> {
        let of_data = ["order ", "orders ", "kept ", "moved ", "gone ", "source ", "sql "];
        if !self.events.iter().all(|(_, what)| of_data.iter().any(|verb| what.starts_with(verb))) {
            return None;
        }
        let company = Company::default();
        let (_, played) = self.play(&company, Stage::rounds).await;
        company.sql("drop table orders");
        let mut rooms = rooms_of(&company, &self.settings, &self.zone, None);
        rooms.recorded = Some(played.store.clone());
        let mut stage = Stage::rounds(rooms, self.begin());
        stage.come_to(self.until).await;
        let rooms = stage.rooms();
        Some(self.ended(&rooms).await)
    }

    fn begin(&self) -> Timestamp {
        self.events.first().map_or(self.until, |(at, _)| *at)
    }

    async fn play(
        &self,
        company: &Company,
        stage: impl FnOnce(Rooms, Timestamp) -> Stage,
    ) -> (Ended, Arc<Rooms>) {
        let mut settings = self.settings.clone();
        let mut stage = stage(rooms_of(company, &settings, &self.zone, None), self.begin());
        let mut events = self.events.iter().peekable();
        while let Some(now) = events.peek().map(|(at, _)| *at) {
            stage.come_to(now).await;
            while let Some((_, what)) = events.next_if(|(at, _)| *at == now) {
                let rooms = stage.rooms();
                if self.happens(company, &rooms, &mut settings, what, now).await {
                    rooms.store.reconsider(now).await.expect("the store answers");
                    stage.replace(rooms_of(company, &settings, &self.zone, Some(&rooms)));
                }
            }
            stage.come_round(now);
        }
        stage.come_to(self.until).await;
        let rooms = stage.rooms();
        let ended = self.ended(&rooms).await;
        stage.end().await;
        (ended, rooms)
    }

    async fn ended(&self, rooms: &Rooms) -> Ended {
        Ended {
            mails: mails(rooms, &self.zone).await,
            outlooks: outlooks(rooms, &self.zone, self.until).await,
        }
    }

    /// One thing that happens; whether the configuration was changed by it.
    async fn happens(
        &self,
        company: &Company,
        rooms: &Rooms,
        settings: &mut Settings,
        what: &str,
        now: Timestamp,
    ) -> bool {
        let words: Vec<&str> = what.split_whitespace().collect();
        match words.as_slice() {
            ["sql", ..] => company.sql(what.trim_start_matches("sql")),
            // order 1 of ann promised 2026-11-20
            ["order", id, "of", owner, "promised", day] => company.sql(&format!(
                "insert into orders values ({id}, 'c{id}', '{owner}', 'order {id}', '{day}', null)"
            )),
            // orders 1..500 of ann promised 2026-11-20
            ["orders", range, "of", owner, "promised", day] => {
                let (first, last) = range.split_once("..").expect("FIRST..LAST");
                company.sql(&format!(
                    "with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})
                     insert into orders select i, 'c' || i, '{owner}', 'order ' || i, '{day}', null from n"
                ));
            }
            ["kept", id, "on", day] => {
                company.sql(&format!("update orders set kept = '{day}' where id = {id}"));
            }
            ["moved", id, "to", day] => {
                company.sql(&format!("update orders set promised = '{day}' where id = {id}"));
            }
            ["gone", id] => company.sql(&format!("delete from orders where id = {id}")),
            ["source", "breaks"] => company.sql("alter table orders rename to away"),
            ["source", "empties"] => {
                company.sql("create table kept_aside as select * from orders; delete from orders");
            }
            ["source", "fills"] => company.sql(
                "delete from orders; insert into orders select * from kept_aside; drop table kept_aside",
            ),
            ["source", "returns"] => company.sql("alter table away rename to orders"),
            ["leaves", who] => company.sql(&format!("delete from staff where id = '{who}'")),
            // away boss 2026-11-23..2026-11-27 substitute bob
            ["away", who, days, rest @ ..] => {
                let (first, last) = days.split_once("..").expect("FIRST..LAST");
                let substitute = match rest {
                    ["substitute", substitute] => format!("'{substitute}'"),
                    _ => "null".to_owned(),
                };
                company.sql(&format!(
                    "update staff set absent_from = '{first}', absent_until = '{last}', substitute = {substitute}
                     where id = '{who}'"
                ));
            }
            ["reload", "check", ..] => {
                settings.check.push(what.trim_start_matches("reload check ").to_owned());
                return true;
            }
            ["reload", "without", "check"] => {
                settings.check.push("#REMOVED#".to_owned());
                return true;
            }
            ["silence", field, "until", day, time] => {
                let (field, pattern) = field.split_once('=').expect("FIELD=PATTERN");
                let until = self.moment(&format!("{day} {time}")).expect("a moment").0;
                let silence = Silence {
                    matching: [(field.to_owned(), pattern.to_owned())].into(),
                    since: now,
                    until,
                    by: PersonId::from("boss"),
                    reason: "a story".to_owned(),
                };
                rooms.store.add_silence(silence).await.expect("a silence is kept");
            }
            [who, verb, id, rest @ ..] => self.says(rooms, who, verb, id, rest, now).await,
            _ => panic!("nobody knows what `{what}` means"),
        }
        false
    }

    async fn says(&self, rooms: &Rooms, who: &str, verb: &str, id: &str, rest: &[&str], now: Timestamp) {
        let finding = finding(rooms, id).await;
        let until = |at: &[&str]| self.moment(&at.join(" ")).expect("a moment").0;
        let word = match (verb, rest) {
            ("acknowledges", ["until", at @ ..]) => Act::Acknowledge { until: until(at), waiting: false },
            ("waits-for-client", ["until", at @ ..]) => Act::Acknowledge { until: until(at), waiting: true },
            ("snoozes", ["until", at @ ..]) => Act::Snooze { until: until(at), reason: None },
            ("marks", ["done"]) => Act::Done { cause: None },
            ("dismisses", reason) => Act::Dismiss { reason: reason.join(" ") },
            ("gives", ["to", to]) => Act::Assign { to: PersonId::from(*to) },
            _ => panic!("nobody knows what `{who} {verb} {id} …` means"),
        };
        let said = acting::say(rooms, &finding, PersonId::from(who), |_: &Calendar| word, now).await;
        said.unwrap_or_else(|why| panic!("{who} {verb} {id}: {why}"));
    }
}

/// What plays a story.
enum Stage {
    Rounds { rooms: Arc<Rooms>, wake: Option<Timestamp> },
    Loops(Rehearsal),
}

impl Stage {
    fn rounds(rooms: Rooms, begin: Timestamp) -> Self {
        Self::Rounds { rooms: Arc::new(rooms), wake: Some(begin) }
    }

    /// Everything before `moment` is done.
    async fn come_to(&mut self, moment: Timestamp) {
        match self {
            Self::Rounds { rooms, wake } => {
                while let Some(now) = wake.filter(|now| *now < moment) {
                    *wake = round::turn(rooms, now, async |_| Ok(())).await.expect("a round ends");
                }
            }
            Self::Loops(rehearsal) => rehearsal.come_to(moment).await,
        }
    }

    /// Something happened now.
    fn come_round(&mut self, now: Timestamp) {
        match self {
            Self::Rounds { wake, .. } => *wake = Some(now),
            Self::Loops(rehearsal) => rehearsal.nudge(),
        }
    }

    fn rooms(&self) -> Arc<Rooms> {
        match self {
            Self::Rounds { rooms, .. } => Arc::clone(rooms),
            Self::Loops(rehearsal) => rehearsal.rooms(),
        }
    }

    fn replace(&mut self, other: Rooms) {
        match self {
            Self::Rounds { rooms, .. } => *rooms = Arc::new(other),
            Self::Loops(rehearsal) => rehearsal.replace(other),
        }
    }

    async fn end(self) {
        if let Self::Loops(rehearsal) = self {
            rehearsal.end().await;
        }
    }
}

fn rooms_of(company: &Company, settings: &Settings, zone: &TimeZone, before: Option<&Rooms>) -> Rooms {
    company.configure_story(
        &settings.company.join("\n"),
        &settings.reminders.join("\n"),
        &settings.check,
        &settings.rest.join("\n"),
        zone.iana_name().expect("a zone of a story has a name"),
    );
    let mut around = config::Surroundings::of_process();
    around.variables.insert("KAIZEND_PLUGINS".into(), kaizend_plugins().to_string_lossy().into_owned());
    let loaded: Loaded = config::load_in(&company.path().join("kaizend.toml"), &around)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let host =
        before.map_or_else(|| Arc::new(rooms::host().expect("a sandbox")), |rooms| Arc::clone(&rooms.host));
    let store = before.map_or_else(|| Store::temporary().expect("a store"), |rooms| rooms.store.clone());
    Rooms::connect(Arc::new(loaded.plan), host, store).expect("the rooms connect")
}

async fn finding(rooms: &Rooms, id: &str) -> Finding {
    let filter = Filter { standing: Standing::All, limit: 10_000, ..Filter::default() };
    let findings = rooms.store.findings(filter).await.expect("the store answers");
    let found = findings.into_iter().find(|finding| finding.seen.key == [id]);
    found.unwrap_or_else(|| panic!("there is no finding about order {id}"))
}

/// `2026-11-23 09:00 ann: 1 new, 2 overdue`, in the order of time and readers; `bob for ann` is her substitute. More
/// than six findings are counted.
async fn mails(rooms: &Rooms, zone: &TimeZone) -> Vec<String> {
    let filter = MailFilter { limit: 10_000, ..MailFilter::default() };
    let mut lines = Vec::new();
    for mail in rooms.store.mails(filter).await.expect("the store answers") {
        let (mut about, mut instead) = (Vec::new(), BTreeSet::new());
        for row in rooms.store.notices_in(mail.id).await.expect("the store answers") {
            let because = serde_json::to_value(row.notice.because).expect("a word");
            let because = because.as_str().unwrap_or_default().to_owned();
            let key = match row.notice.finding {
                Some(fingerprint) => {
                    let finding = rooms.store.finding(fingerprint).await.expect("the store answers");
                    finding.map(|finding| finding.seen.key.join("·")).unwrap_or_default()
                }
                None => row.notice.check.to_string(),
            };
            about.push(format!("{key} {because}"));
            if let AddressedBecause::Substitute { of, .. } = row.notice.addressed {
                instead.insert(of.to_string());
            }
        }
        about.sort();
        let told = match about.len() {
            0..=6 => about.join(", "),
            many => format!("{many} findings"),
        };
        let at = mail.composed_at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let to = match &mail.addressee {
            Addressee::Person(id) => id.to_string(),
            Addressee::Operators => "operators".to_owned(),
        };
        let instead: String = instead.iter().map(|of| format!(" for {of}")).collect();
        let held = if mail.delivery.word() == "held" { " (held)" } else { "" };
        lines.push(format!("{at} {to}{instead}: {told}{held}"));
    }
    lines.sort();
    lines
}

/// What `explain` says last of each finding.
async fn outlooks(rooms: &Rooms, zone: &TimeZone, now: Timestamp) -> BTreeMap<String, String> {
    let filter = Filter { standing: Standing::All, limit: 10_000, ..Filter::default() };
    let mut outlooks = BTreeMap::new();
    for finding in rooms.store.findings(filter).await.expect("the store answers") {
        let next = acting::outlook(rooms, &finding, now).await.expect("an outlook");
        let local = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        outlooks.insert(finding.seen.key.join("·"), crate::outlook_words::said(next.as_ref(), &local));
    }
    outlooks
}
