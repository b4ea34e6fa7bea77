//! `kaizend findings ack|snooze|done|…`: a person's word about one finding. What it means is the core's decision;
//! here it is read, said to the store, and shown.

use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use kaizend_core::{
    domain::{ApologyLevel, Finding, PersonId, Span},
    policy::{act::Act, calendar::Calendar},
};

use super::{
    super::{Ended, Exit, Format, Stop, moment, print, scene::Scene, scene::block_on},
    list, show,
};
use crate::{
    acting::{self, NotTaken},
    rooms::Rooms,
    wall,
};

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
    /// Why again, once it was put off three times; the manager sees it
    #[arg(long)]
    reason: Option<String>,
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

/// What a verb says, once the speaker's calendar is known.
pub(in super::super) type Word = Box<dyn FnOnce(&Calendar, Timestamp) -> Act>;

/// One verb of a person.
pub(in super::super) trait Verb {
    fn on(&self) -> &On;
    /// The word; moments without a zone are of `zone`.
    fn word(&self, zone: &TimeZone) -> Result<Word, Stop>;
}

/// How long something is to last.
#[derive(Clone, Copy)]
enum Until {
    After(Span),
    At(Timestamp),
}

impl Until {
    fn read(text: &str, zone: &TimeZone) -> Result<Self, Stop> {
        match text.parse::<Span>() {
            Ok(span) => Ok(Self::After(span)),
            Err(no_span) => match moment::parse(text, zone) {
                Ok(at) => Ok(Self::At(at)),
                Err(no_moment) => Err(Stop::Usage(format!("--until: {no_span}; or {no_moment}"))),
            },
        }
    }

    fn of(self, calendar: &Calendar, now: Timestamp) -> Timestamp {
        match self {
            Self::After(span) => calendar.add(now, span),
            Self::At(at) => at,
        }
    }
}

/// Says a word and shows how the finding stands then.
pub(in super::super) fn say(scene: &Scene, verb: &impl Verb) -> Ended {
    let (plan, store) = scene.store()?;
    let word = verb.word(&plan.company.zone)?;
    let rooms = Scene::rooms(plan, store)?;
    let finding = block_on(said(&rooms, verb.on(), word))??;
    match scene.format {
        Format::Json => print::json(&list::as_json(&finding))?,
        Format::Text => print::line(&list::as_line(&rooms.plan, &finding)),
    }
    Ok(Exit::Done)
}

async fn said(rooms: &Rooms, on: &On, word: Word) -> Result<Finding, Stop> {
    let now = wall::now();
    let known = show::find(&rooms.store, &on.fingerprint).await?;
    let by = PersonId::new(on.by.as_str());
    acting::say(rooms, &known, by, |calendar| word(calendar, now), now).await.map_err(|why| match why {
        NotTaken::CouldNot(why) => Stop::CouldNot(why),
        other => Stop::Usage(other.to_string()),
    })
}

/// A verb whose word needs no moment.
macro_rules! plain_verb {
    ($name:ident, |$this:ident| $act:expr) => {
        impl Verb for $name {
            fn on(&self) -> &On {
                &self.on
            }

            fn word(&self, _zone: &TimeZone) -> Result<Word, Stop> {
                let $this = self;
                let act = $act;
                Ok(Box::new(move |_, _| act))
            }
        }
    };
}

impl Verb for Ack {
    fn on(&self) -> &On {
        &self.on
    }

    fn word(&self, zone: &TimeZone) -> Result<Word, Stop> {
        let (until, waiting) = (Until::read(&self.until, zone)?, self.waiting);
        Ok(Box::new(move |calendar, now| Act::Acknowledge { until: until.of(calendar, now), waiting }))
    }
}

impl Verb for Snooze {
    fn on(&self) -> &On {
        &self.on
    }

    fn word(&self, zone: &TimeZone) -> Result<Word, Stop> {
        let (until, reason) = (Until::read(&self.until, zone)?, self.reason.clone());
        Ok(Box::new(move |calendar, now| Act::Snooze { until: until.of(calendar, now), reason }))
    }
}

plain_verb!(Done, |done| Act::Done { cause: done.cause.clone() });
plain_verb!(Dismiss, |dismiss| Act::Dismiss { reason: dismiss.reason.clone() });
plain_verb!(Assign, |assign| Act::Assign { to: PersonId::new(assign.to.as_str()) });
plain_verb!(Differently, |differently| Act::Differently { because: differently.because.clone() });
plain_verb!(Cause, |cause| Act::Explain { cause: cause.cause.clone() });
plain_verb!(Apologised, |apologised| Act::Apologised {
    level: match apologised.level {
        Level::Owner => ApologyLevel::Owner,
        Level::Manager => ApologyLevel::Manager,
        Level::Director => ApologyLevel::Director,
    }
});
