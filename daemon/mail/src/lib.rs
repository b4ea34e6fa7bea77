//! How a rendered notice becomes bytes, and how bytes leave.
//!
//! [`compose`] builds a mail whose bytes depend on nothing but its arguments, so that a retry is byte-equal.
//! A [`Transport`] hands one mail to one recipient at a time and says with [`Attempt`] what is known
//! afterwards: sent, deferred, failed, or uncertain. When to try again is `core::policy::retry`'s business.

mod address;
mod allowed;
mod attempt;
mod compose;
mod directory;
mod header;
pub mod inbound;
pub mod lint;
mod message_id;
mod readable;
mod roots;
mod sendmail;
mod session;
mod settings;
mod smtp;

pub use address::{AddressError, Correspondent, MailAddress};
pub use allowed::{Allowed, NotAllowed, PatternError};
pub use attempt::{Attempt, DeferredBecause};
pub use compose::{ComposeError, Envelope, compose};
pub use message_id::{Kind, MessageId};
pub use readable::{Readable, html};
pub use roots::Roots;
pub use session::{Session, Transport};
pub use settings::{
    Login, Patience, Proof, Secret, SendmailSettings, Settings, SettingsError, SmtpSettings, Tls, TokenFrom,
};
pub use smtp::{Phase, Reply, Verdict};
