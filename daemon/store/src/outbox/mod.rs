//! The outbox: mails from their commit to their end. Each step of a delivery is committed before the next one
//! begins, and is refused from anybody but the one who holds the claim.

mod bounced;
mod claim;
mod list;
mod person;
mod standstill;
mod turn;

pub use bounced::BouncedAddress;
pub use claim::{Claim, ClaimedMail, Recovered};
pub use list::{Answered, AttemptRow, MailFilter, MailLine, MailRow};
pub(crate) use person::paused;
pub use person::{Moved, Pause, Which};

use jiff::Timestamp;
use kaizend_core::domain::{Delivery, MailId};
use rusqlite::{Connection, params};

use crate::{
    Audience, StoreError,
    column::{case, json, micros},
};

/// A new state for a mail, with what follows from it for claims.
pub(crate) struct Step<'a> {
    pub(crate) mail: MailId,
    pub(crate) delivery: &'a Delivery,
    /// From when it may be claimed; `None` = not without a person.
    pub(crate) ready_at: Option<Timestamp>,
}

impl Step<'_> {
    /// Writes the state; the claim is over.
    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        let ended_at = match self.delivery {
            Delivery::Sent { at, .. } | Delivery::Failed { at, .. } => Some(*at),
            _ => None,
        };
        self.write_ended(connection, ended_at)
    }

    pub(crate) fn write_ended(
        &self,
        connection: &Connection,
        ended_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        connection
            .prepare_cached(
                "UPDATE outbox SET state = ?2, delivery = ?3, ready_at = ?4, ended_at = ?5,
                 holder = NULL, lease_until = NULL,
                 times_uncertain = times_uncertain + (?2 = 'uncertain') WHERE id = ?1",
            )?
            .execute(params![
                self.mail.0,
                case(self.delivery, "delivery")?,
                json(self.delivery)?,
                self.ready_at.map(micros),
                ended_at.map(micros)
            ])?;
        Ok(())
    }
}

/// Writes down what an attempt came to.
pub(crate) fn add_attempt(
    connection: &Connection,
    mail: MailId,
    at: Timestamp,
    delivery: &Delivery,
    note: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO attempts (mail, at, delivery, note) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![mail.0, micros(at), json(delivery)?, note])?;
    Ok(())
}

/// When an uncertain mail may be sent again: client mail never by itself.
pub(crate) fn again(audience: Audience, at: Timestamp) -> Option<Timestamp> {
    match audience {
        Audience::Staff => Some(at),
        Audience::Client => None,
    }
}
