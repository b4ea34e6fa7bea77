//! What must survive: occurrences, runs, findings with their history, the promise ledger, notices, the outbox.
//!
//! One SQLite file behind one handle, [`Store`]. All writes go through one thread that commits them in groups,
//! durably, before it answers; so whatever was answered survives kill -9 and power loss. A run's decision is
//! one transaction ([`Store::close_run`]), and so is each step of a mail. This room decides nothing: it keeps
//! what the core decided, and refuses what would contradict it.

mod act;
mod advance;
mod audit;
mod backup;
mod close;
mod column;
mod compose;
mod connection;
mod counts;
mod day;
mod export;
mod finding;
mod forget;
mod from_mail;
mod heartbeat;
mod holder;
mod ledger;
mod lock;
mod many;
mod memory;
mod migration;
mod notice;
mod occurrence;
mod open;
mod orphan;
mod outbox;
mod people;
mod person_setting;
mod place;
mod precision;
mod reader;
mod rename;
mod retention;
mod run;
mod silence;
mod stage;
mod store;
mod web_key;
mod writer;

#[cfg(test)]
mod tests;

pub use advance::ByTime;
pub use audit::{AuditDigest, AuditDigestError, AuditFault, AuditHead, AuditVerdict, Sound};
pub use backup::{BackupError, restore};
pub use close::{Close, Closed, Decide, DecidedCount, LedgerCount, WithheldCount};
pub use compose::{Audience, Composed, Composings, MailKind, NewMail, Telling};
pub use counts::Counts;
pub use day::DayCounts;
pub use finding::{Filter, Found, HistoryRow, Levels, Standing};
pub use forget::Forgotten;
pub use from_mail::{ActId, ActRow, ActStanding, Change, Heard, Judged, NewAct, Past, TakenBack};
pub use heartbeat::{Beats, Way};
pub use holder::Holder;
pub use ledger::{LedgerView, PromiseStory};
pub use lock::{LockError, ServerLock};
pub use memory::{MeasureFilter, PluginState};
pub use notice::{NoticeRow, NoticeState};
pub use occurrence::{OccurrenceRow, RunRequest};
pub use open::{OpenError, Settings};
pub use orphan::Orphaned;
pub use outbox::{
    Answered, AttemptRow, BouncedAddress, Claim, ClaimedMail, MailFilter, MailLine, MailRow, Moved, Pause,
    Recovered, Which,
};
pub use place::owner;
pub use rename::Renamed;
pub use retention::{Keep, Removed};
pub use run::{Begin, RunRow, Start, Started};
pub use stage::{Duplicate, Duplicates};
pub use store::{Store, StoreError};
pub use web_key::WebKey;
