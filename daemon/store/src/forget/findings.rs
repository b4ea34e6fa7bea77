//! Findings and their history.

use kaizend_core::domain::{Fingerprint, State};
use rusqlite::params;

use super::{About, Forgotten, Pen};
use crate::{
    StoreError,
    close::write_finding,
    column::{fingerprint, from_json, json},
    finding,
};

impl Pen<'_> {
    /// The findings that are about the subject.
    pub(super) fn find(&self, about: &mut About) -> Result<(), StoreError> {
        for fingerprint in self.naming()? {
            let one = finding::one(self.connection, &fingerprint)?;
            if one.is_some_and(|one| self.subject.concerns(&one)) {
                about.findings.insert(fingerprint);
            }
        }
        Ok(())
    }

    /// Blanks the findings, which are about the subject or name it.
    pub(super) fn findings(&self, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        for fingerprint in self.naming()? {
            let Some(before) = finding::one(self.connection, &fingerprint)? else { continue };
            let mut one = before.clone();
            self.subject.blank_finding(&mut one, self.write.unwrap_or_default());
            if one == before {
                continue;
            }
            forgotten.findings += 1;
            if self.write.is_some() {
                write_finding(self.connection, &one)?;
            }
        }
        Ok(())
    }

    /// Every finding in which the subject's id stands somewhere.
    fn naming(&self) -> Result<Vec<Fingerprint>, StoreError> {
        let keys: Vec<Vec<u8>> = self.keys(
            "SELECT fingerprint FROM findings WHERE instr(body, ?1) > 0 ORDER BY fingerprint",
            [&self.quoted],
        )?;
        keys.into_iter().map(fingerprint).collect()
    }

    /// What was written when somebody acted on a finding.
    pub(super) fn history(&self, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let mut rows: Vec<i64> = self.keys(
            "SELECT id FROM history WHERE instr(state, ?1) > 0 OR said_by = ?2",
            [&self.quoted, self.subject.id()],
        )?;
        for finding in &about.findings {
            rows.extend(
                self.keys::<i64>("SELECT id FROM history WHERE fingerprint = ?1", [finding.as_bytes()])?,
            );
        }
        rows.sort_unstable();
        rows.dedup();
        for id in rows {
            self.history_row(id, about, forgotten)?;
        }
        Ok(())
    }

    fn history_row(&self, id: i64, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let (of, state, by, note): (Vec<u8>, String, Option<String>, Option<String>) = self
            .connection
            .prepare_cached("SELECT fingerprint, state, said_by, note FROM history WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let of: Fingerprint = fingerprint(of)?;
        let before: State = from_json(&state)?;
        let mut state = before.clone();
        let concerned = about.findings.contains(&of);
        self.subject.blank_state(&mut state, concerned);
        let (by_after, note_after) = self.subject.blank_word(by.clone(), note.clone(), concerned);
        if state == before && by == by_after && note == note_after {
            return Ok(());
        }
        forgotten.history += 1;
        if self.write.is_some() {
            self.connection
                .prepare_cached("UPDATE history SET state = ?2, said_by = ?3, note = ?4 WHERE id = ?1")?
                .execute(params![id, json(&state)?, by_after, note_after])?;
        }
        Ok(())
    }
}
