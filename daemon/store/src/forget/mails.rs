//! Mails that tell of the subject or are addressed to it, with the attempts to deliver them. What has not left is
//! given up; its other notices are due again, because the people concerned have heard of nothing.

use kaizend_core::{
    domain::{Addressee, Delivery},
    policy::forget::{FORGOTTEN, blank_delivery},
};
use rusqlite::params;

use super::{About, Forgotten, Pen};
use crate::{
    StoreError,
    column::{case, from_json, json, micros},
};

/// A mail of the outbox, as far as it matters here.
struct Kept {
    id: i64,
    message_id: String,
    addressee: Addressee,
    delivery: Delivery,
    times_uncertain: u32,
}

impl Pen<'_> {
    pub(super) fn mails(&self, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let mut ids = about.mails.clone();
        for id in self.keys("SELECT id FROM outbox WHERE instr(addressee, ?1) > 0", [&self.quoted])? {
            if self.subject.is_addressee(&self.kept(id)?.addressee) {
                ids.insert(id);
            }
        }
        for id in ids.clone() {
            let copies = copies_of(&self.kept(id)?.message_id);
            ids.extend(self.keys::<i64>("SELECT id FROM outbox WHERE message_id GLOB ?1", [copies])?);
        }
        for id in ids {
            let blanked = self
                .connection
                .prepare_cached("SELECT 1 FROM outbox WHERE id = ?1 AND forgotten_at NOT NULL")?
                .exists([id])?;
            if !blanked {
                self.mail(self.kept(id)?, about, forgotten)?;
            }
        }
        Ok(())
    }

    fn mail(&self, mut mail: Kept, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        forgotten.mails += 1;
        let gives_up = !matches!(
            mail.delivery,
            Delivery::Sent { .. }
                | Delivery::Failed { .. }
                | Delivery::Cancelled { .. }
                | Delivery::DataStarted { .. }
        );
        if gives_up {
            forgotten.mails_cancelled += 1;
            // A mail that may have arrived has been told.
            let unheard = mail.times_uncertain == 0 && !matches!(mail.delivery, Delivery::Uncertain { .. });
            if unheard {
                self.tell_anew(&mail, about, forgotten)?;
                // The same notices make the same Message-ID again, and the outbox has each only once.
                mail.message_id = format!("forgotten.{}", mail.id);
            }
            let (by, reason) = ("kaizend forget".to_owned(), FORGOTTEN.to_owned());
            mail.delivery = Delivery::Cancelled { by, reason };
        } else {
            blank_delivery(&mut mail.delivery);
        }
        if self.write.is_some() && self.subject.is_addressee(&mail.addressee) {
            self.connection
                .prepare_cached(
                    "DELETE FROM bounced WHERE address = (SELECT lower(envelope_to) FROM outbox WHERE id = ?1)",
                )?
                .execute([mail.id])?;
        }
        self.subject.blank_addressee(&mut mail.addressee);
        self.write_mail(&mail, gives_up)?;
        self.attempts(mail.id, forgotten)
    }

    /// What a mail that did not leave told of others.
    fn tell_anew(&self, mail: &Kept, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        for id in self.keys::<i64>("SELECT id FROM notices WHERE mail = ?1", [mail.id])? {
            if about.notices.contains(&id) {
                continue;
            }
            forgotten.notices_told_anew += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached(
                        "UPDATE notices SET state = 'due', withheld = NULL, settled_at = NULL, mail = NULL
                         WHERE id = ?1",
                    )?
                    .execute([id])?;
            }
        }
        Ok(())
    }

    /// The claim's number grows, so that a sender who holds the mail just now is refused before its final dot.
    fn write_mail(&self, mail: &Kept, gives_up: bool) -> Result<(), StoreError> {
        let Some(now) = self.write else { return Ok(()) };
        self.connection
            .prepare_cached(
                "UPDATE outbox SET message_id = ?2, addressee = ?3, state = ?4, delivery = ?5, forgotten_at = ?6,
                 ended_at = CASE WHEN ?7 THEN ?6 ELSE ended_at END, claim = claim + ?7, ready_at = NULL,
                 envelope_to = ?8, subject = ?8, bytes = x'' WHERE id = ?1",
            )?
            .execute(params![
                mail.id,
                mail.message_id,
                json(&mail.addressee)?,
                case(&mail.delivery, "delivery")?,
                json(&mail.delivery)?,
                micros(now),
                gives_up,
                FORGOTTEN
            ])?;
        Ok(())
    }

    fn attempts(&self, mail: i64, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        for id in self.keys::<i64>("SELECT id FROM attempts WHERE mail = ?1", [mail])? {
            forgotten.attempts += 1;
            if self.write.is_none() {
                continue;
            }
            let delivery: String = self
                .connection
                .prepare_cached("SELECT delivery FROM attempts WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?;
            let mut delivery: Delivery = from_json(&delivery)?;
            blank_delivery(&mut delivery);
            self.connection
                .prepare_cached("UPDATE attempts SET delivery = ?2, note = ?3 WHERE id = ?1")?
                .execute(params![id, json(&delivery)?, FORGOTTEN])?;
        }
        Ok(())
    }

    fn kept(&self, id: i64) -> Result<Kept, StoreError> {
        let (message_id, addressee, delivery, times_uncertain): (_, String, String, _) = self
            .connection
            .prepare_cached(
                "SELECT message_id, addressee, delivery, times_uncertain FROM outbox WHERE id = ?1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let (addressee, delivery) = (from_json(&addressee)?, from_json(&delivery)?);
        Ok(Kept { id, message_id, addressee, delivery, times_uncertain })
    }
}

/// A letter to several operators is several mails, and only the first holds its notices. Their Message-IDs differ
/// in the fourth part, the reader's (`k.{kind}.{item}.{reader}.{sequence}@{domain}`).
fn copies_of(message_id: &str) -> String {
    let parts: Vec<&str> = message_id.splitn(5, '.').collect();
    match parts.as_slice() {
        ["k", kind, item, _, rest] => format!("k.{kind}.{item}.*.{rest}"),
        _ => message_id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_differ_in_their_reader_only() {
        for (message_id, copies) in [
            ("k.digest.late-7.0a1b2c3d4e.12@a.example", "k.digest.late-7.*.12@a.example"),
            ("somebody@else.example", "somebody@else.example"),
            ("forgotten.7", "forgotten.7"),
        ] {
            assert_eq!(copies_of(message_id), copies);
        }
    }
}
