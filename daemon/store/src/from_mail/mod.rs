//! What people say on pages behind the links of their mails: each word once, whether it counted or not, with the
//! finding before and after it, so that it can be taken back and told.

mod list;
mod say;
mod take_back;

use jiff::Timestamp;
use kaizend_core::domain::{Finding, Fingerprint, NoticeId, PersonId, Verb};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

pub(crate) use list::told;
pub use say::{Heard, Judged, NewAct, Past};
pub use take_back::TakenBack;

use crate::{
    StoreError,
    column::{fingerprint, from_json_if, from_word, get, instant},
};

/// One word of a person from a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActId(pub i64);

/// Whether a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActStanding {
    Recorded,
    /// Perhaps no person pressed the button; nothing was changed.
    Unconfirmed,
    TakenBack,
}

/// A word as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ActRow {
    pub id: ActId,
    pub at: Timestamp,
    /// The first notice of the mail with the link.
    pub notice: NoticeId,
    pub fingerprint: Fingerprint,
    pub person: PersonId,
    pub verb: Verb,
    pub standing: ActStanding,
    /// Pressed once more, on the page that asks.
    pub confirmed: bool,
    pub change: Option<Change>,
}

/// What a word changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    pub before: Finding,
    pub after: Finding,
    /// In which words.
    pub note: Option<String>,
}

const COLUMNS: &str = "id, at, notice, fingerprint, person, verb, standing, confirmed, body";

fn act(row: &Row<'_>) -> Result<ActRow, StoreError> {
    Ok(ActRow {
        id: ActId(get(row, "id")?),
        at: instant(get(row, "at")?)?,
        notice: NoticeId(get(row, "notice")?),
        fingerprint: fingerprint(get(row, "fingerprint")?)?,
        person: PersonId::new(get::<String>(row, "person")?),
        verb: from_word(get(row, "verb")?)?,
        standing: from_word(get(row, "standing")?)?,
        confirmed: get(row, "confirmed")?,
        change: from_json_if(get(row, "body")?)?,
    })
}
