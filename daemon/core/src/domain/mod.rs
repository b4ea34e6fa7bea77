//! The things kaizend keeps and speaks of, one word per thing (see `daemon/ARCHITECTURE.md`, "Words").

mod check;
mod decision;
mod delivery;
mod fact;
mod finding;
mod fingerprint;
mod look;
mod measure;
mod names;
mod notice;
mod person;
mod promise;
mod run;
mod said;
mod sighting;
mod span;

pub use check::{CannotLook, CheckMemory, CompleteLook};
pub use decision::{Decision, Telling};
pub use delivery::{Delivery, Mail};
pub use fact::{Fact, Moment, Money};
pub use finding::{Event, Finding, HowResolved, State, Told, Why};
pub use fingerprint::Fingerprint;
pub use look::{Completeness, Doubt, First, Look};
pub use measure::{Measure, MeasureKey};
pub use names::{CheckId, DatasetName, Language, MailId, NoticeId, PersonId, RunId};
pub use notice::{AddressedBecause, Addressee, Notice, NoticeKind, TellBecause, WithheldBecause};
pub use person::{Absence, Client, Person};
pub use promise::{Promise, PromiseSeen, PromiseVersion};
pub use run::{FailureClass, Outcome, RunState, SkipReason, Trigger};
pub use said::{Attribute, Said};
pub use sighting::{Link, RowRef, Severity, Sighting};
pub use span::{Span, SpanError};
