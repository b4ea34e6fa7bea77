//! `kaizend findings ack|snooze|done|…`: a person's word about one finding. What it means is the core's decision;
//! here it is read, said to the store, and shown.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use kaizend_core::{
    domain::{ApologyLevel, Finding, PersonId, RunId, Span},
    policy::{
        act::{self, Act, Terms},
        calendar::Calendar,
    },
};

use super::{
    super::{Ended, Exit, Format, Stop, moment, print, scene::Scene, scene::block_on},
    list, show,
};
use crate::{look, office::Standing, rooms::Rooms};

/// Which finding, and who says it.
#[derive(Debug, Args)]
pub(in super::super) struct On {
    /// The fingerprint, or its first digits
    pub(super) fingerprint: String,
    /// Who says it, by the id of the company's data
    #[arg(long, value_name = "PERSON")]
    pub(super) by: String,
}

/// Somebody works on it
#[derive(Debug, Args)]
pub(in super::super) struct Ack {
    #[command(flatten)]
    on: On,
    /// Until when: a length of time such as "3 working days", or a moment
    #[arg(long)]
    until: String,
    /// The client has to answer first: the ladder's clock stands still
    #[arg(long)]
    waiting: bool,
}

/// Remind again later
#[derive(Debug, Args)]
pub(in super::super) struct Snooze {
    #[command(flatten)]
    on: On,
    /// Until when: a length of time such as "1 working day", or a moment
    #[arg(long)]
    until: String,
}

/// It is done; the data decides later whether it is
#[derive(Debug, Args)]
pub(in super::super) struct Done {
    #[command(flatten)]
    on: On,
    /// Why it went wrong, where the check asks
    #[arg(long)]
    cause: Option<String>,
}

/// It is no problem
#[derive(Debug, Args)]
pub(in super::super) struct Dismiss {
    #[command(flatten)]
    on: On,
    /// Why; counted as the check's precision
    #[arg(long)]
    reason: String,
}

/// Somebody else answers for it, from now on
#[derive(Debug, Args)]
pub(in super::super) struct Assign {
    #[command(flatten)]
    on: On,
    /// The person's id
    #[arg(long, value_name = "PERSON")]
    to: String,
}

/// It was done differently, and why
#[derive(Debug, Args)]
pub(in super::super) struct Differently {
    #[command(flatten)]
    on: On,
    #[arg(long)]
    because: String,
}

/// Why a miss happened
#[derive(Debug, Args)]
pub(in super::super) struct Cause {
    #[command(flatten)]
    on: On,
    /// In a few words, best one of the check's `causes`
    cause: String,
}

/// An apology was made
#[derive(Debug, Args)]
pub(in super::super) struct Apologised {
    #[command(flatten)]
    on: On,
    /// Whose apology
    #[arg(long, value_enum, default_value_t = Level::Owner)]
    level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    Owner,
    Manager,
    Director,
}

/// One verb of a person.
pub(in super::super) trait Verb {
    fn on(&self) -> &On;
    /// The word, with its moments in working time.
    fn act(&self, until: &Until<'_>) -> Result<Act, Stop>;
}

/// Reads how long something is to last.
pub(in super::super) struct Until<'a> {
    calendar: &'a Calendar,
    now: Timestamp,
}

impl Until<'_> {
    fn read(&self, text: &str) -> Result<Timestamp, Stop> {
        match text.parse::<Span>() {
            Ok(span) => Ok(self.calendar.add(self.now, span)),
            Err(no_span) => moment::parse(text, self.calendar.zone())
                .map_err(|no_moment| Stop::Usage(format!("--until: {no_span}; or {no_moment}"))),
        }
    }
}

/// Says a word and shows how the finding stands then.
pub(in super::super) fn say(scene: &Scene, verb: &impl Verb) -> Ended {
    let (plan, store) = scene.store()?;
    let rooms = Scene::rooms(plan, store)?;
    let finding = block_on(said(&rooms, verb))??;
    match scene.format {
        Format::Json => print::json(&list::as_json(&finding))?,
        Format::Text => print::line(&list::as_line(&rooms.plan, &finding)),
    }
    Ok(Exit::Done)
}

async fn said(rooms: &Rooms, verb: &impl Verb) -> Result<Finding, Stop> {
    let now = Timestamp::now();
    let on = verb.on();
    let known = show::find(&rooms.store, &on.fingerprint).await?;
    let Some(check) = rooms.plan.checks.get(&known.check) else {
        return Err(Stop::Usage(format!(
            "its check {} is no longer configured: `kaizend findings resolve --check {}` closes what it left",
            known.check, known.check
        )));
    };
    let directory = Arc::new(look::directory(rooms, now).await?);
    let standing = Standing::of(rooms, directory).await?;
    let by = PersonId::new(on.by.as_str());
    if standing.office.person(&by).is_none() {
        return Err(Stop::Usage(format!("nobody in the list of people has the id `{by}` (--by)")));
    }
    let calendar = standing.office.calendar_of(&by);
    let word = verb.act(&Until { calendar: &calendar, now })?;
    let router = standing.router(rooms, check, RunId(0), now);
    let (owing, trusted) = (Arc::clone(&check.owing), rooms.plan.reminders.done_is_trusted);
    let decide = move |finding: &Finding| {
        let terms = Terms { done_is_trusted: trusted, owing: &owing };
        let router = kaizend_core::policy::route::Router { run: finding.changed_by, ..router };
        act::act(finding, &word, &by, terms, &router)
    };
    match rooms.store.act(known.fingerprint, now, decide).await? {
        Some(Ok(finding)) => Ok(finding),
        Some(Err(refused)) => Err(Stop::Usage(format!("not taken: {refused}"))),
        None => Err(Stop::Usage(format!("no finding begins with {}", on.fingerprint))),
    }
}

macro_rules! verb {
    ($name:ident, |$this:ident, $until:ident| $act:expr) => {
        impl Verb for $name {
            fn on(&self) -> &On {
                &self.on
            }

            fn act(&self, $until: &Until<'_>) -> Result<Act, Stop> {
                let $this = self;
                Ok($act)
            }
        }
    };
}

verb!(Ack, |ack, until| Act::Acknowledge { until: until.read(&ack.until)?, waiting: ack.waiting });
verb!(Snooze, |snooze, until| Act::Snooze { until: until.read(&snooze.until)? });
verb!(Done, |done, _until| Act::Done { cause: done.cause.clone() });
verb!(Dismiss, |dismiss, _until| Act::Dismiss { reason: dismiss.reason.clone() });
verb!(Assign, |assign, _until| Act::Assign { to: PersonId::new(assign.to.as_str()) });
verb!(Differently, |differently, _until| Act::Differently { because: differently.because.clone() });
verb!(Cause, |cause, _until| Act::Explain { cause: cause.cause.clone() });
verb!(Apologised, |apologised, _until| Act::Apologised {
    level: match apologised.level {
        Level::Owner => ApologyLevel::Owner,
        Level::Manager => ApologyLevel::Manager,
        Level::Director => ApologyLevel::Director,
    }
});
