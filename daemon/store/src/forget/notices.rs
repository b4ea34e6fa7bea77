//! Notices: those about the subject, and those to a person who is forgotten. What was not told yet never is.

use kaizend_core::domain::{Fingerprint, Notice, WithheldBecause};
use rusqlite::params;

use super::{About, Forgotten, Pen};
use crate::{
    StoreError,
    column::{from_json, json, micros, word},
};

impl Pen<'_> {
    /// Finds the mails of those notices, too.
    pub(super) fn notices(&self, about: &mut About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let mut rows: Vec<i64> =
            self.keys("SELECT id FROM notices WHERE instr(body, ?1) > 0", [&self.quoted])?;
        for finding in &about.findings {
            rows.extend(
                self.keys::<i64>("SELECT id FROM notices WHERE fingerprint = ?1", [finding.as_bytes()])?,
            );
        }
        rows.sort_unstable();
        rows.dedup();
        for id in rows {
            self.notice(id, about, forgotten)?;
        }
        Ok(())
    }

    fn notice(&self, id: i64, about: &mut About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let (body, state, mail): (String, String, Option<i64>) = self
            .connection
            .prepare_cached("SELECT body, state, mail FROM notices WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let before: Notice = from_json(&body)?;
        let is_about = |finding: &Fingerprint| about.findings.contains(finding);
        let concerned = before.finding.as_ref().is_some_and(is_about);
        let mut notice = before.clone();
        self.subject.blank_notice(&mut notice, concerned);
        if !concerned && notice == before {
            return Ok(());
        }
        about.notices.insert(id);
        // A mail shows the findings it tells of; who was only told of others is in its address.
        if concerned || self.subject.is_addressee(&before.to) {
            about.mails.extend(mail);
        }
        let waits = state == "due";
        if !waits && notice == before {
            return Ok(());
        }
        forgotten.notices += 1;
        self.write_notice(id, &notice, waits)
    }

    fn write_notice(&self, id: i64, notice: &Notice, waits: bool) -> Result<(), StoreError> {
        let Some(now) = self.write else { return Ok(()) };
        self.connection
            .prepare_cached("UPDATE notices SET addressee = ?2, body = ?3 WHERE id = ?1")?
            .execute(params![id, json(&notice.to)?, json(notice)?])?;
        if waits {
            self.connection
                .prepare_cached(
                    "UPDATE notices SET state = 'withheld', withheld = ?2, settled_at = ?3 WHERE id = ?1",
                )?
                .execute(params![id, word(&WithheldBecause::Forgotten)?, micros(now)])?;
        }
        Ok(())
    }
}
