//! Promises, silences, what checks said about the subject, and the examples that runs keep.

use kaizend_core::{
    domain::{Promise, PromiseVersion, Silence},
    policy::forget::Subject,
};
use rusqlite::params;

use super::{About, Forgotten, Pen};
use crate::{
    Closed, StoreError,
    column::{from_json, json},
    finding, ledger,
};

impl Pen<'_> {
    /// Who asked for a silence, and whom it names.
    pub(super) fn silences(&self, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        for id in self.keys::<i64>("SELECT id FROM silences WHERE instr(body, ?1) > 0", [&self.quoted])? {
            let body: String = self
                .connection
                .prepare_cached("SELECT body FROM silences WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?;
            let before: Silence = from_json(&body)?;
            let mut silence = before.clone();
            self.subject.blank_silence(&mut silence);
            if silence == before {
                continue;
            }
            forgotten.silences += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached("UPDATE silences SET body = ?2 WHERE id = ?1")?
                    .execute(params![id, json(&silence)?])?;
            }
        }
        Ok(())
    }

    /// What the subject said from mails, and what anybody said of a finding about them.
    pub(super) fn acts(&self, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let mut ids: Vec<i64> = Vec::new();
        if let Subject::Person(person) = self.subject {
            ids.extend(self.keys::<i64>(
                "SELECT id FROM acts WHERE person = ?1 OR instr(body, ?2) > 0",
                [person.as_str(), &self.quoted],
            )?);
        }
        for finding in &about.findings {
            ids.extend(self.keys::<i64>("SELECT id FROM acts WHERE fingerprint = ?1", [finding.as_bytes()])?);
        }
        ids.sort_unstable();
        ids.dedup();
        forgotten.acts += ids.len() as u64;
        if self.write.is_some() {
            for id in ids {
                self.connection.prepare_cached("DELETE FROM acts WHERE id = ?1")?.execute([id])?;
            }
        }
        Ok(())
    }

    /// What a person chose for themselves.
    pub(super) fn settings(&self, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let Subject::Person(person) = self.subject else { return Ok(()) };
        let known: Vec<String> =
            self.keys("SELECT person FROM person_settings WHERE person = ?1", [person.as_str()])?;
        forgotten.settings += known.len() as u64;
        if self.write.is_some() {
            self.connection
                .prepare_cached("DELETE FROM person_settings WHERE person = ?1")?
                .execute([person.as_str()])?;
        }
        Ok(())
    }

    /// Who moved a promise: everybody, where a finding about the subject came from it.
    pub(super) fn promises(&self, about: &About, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let mut concerned = Vec::new();
        for fingerprint in &about.findings {
            let row = finding::one(self.connection, fingerprint)?.and_then(|finding| finding.seen.row);
            if let Some(row) = row {
                let promise = ledger::promise(self.connection, &row.dataset, &json(&row.key)?)?;
                concerned.extend(promise.map(|(id, _)| id));
            }
        }
        let mut ids: Vec<i64> =
            self.keys("SELECT id FROM promises WHERE instr(body, ?1) > 0", [&self.quoted])?;
        ids.extend(self.keys::<i64>(
            "SELECT DISTINCT promise FROM promise_versions WHERE instr(body, ?1) > 0",
            [&self.quoted],
        )?);
        ids.extend(&concerned);
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            self.promise(id, concerned.contains(&id), forgotten)?;
        }
        Ok(())
    }

    fn promise(&self, id: i64, concerned: bool, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let body: String = self
            .connection
            .prepare_cached("SELECT body FROM promises WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        let before: Promise = from_json(&body)?;
        let mut promise = before.clone();
        self.subject.blank_version(&mut promise.first, concerned);
        self.subject.blank_version(&mut promise.latest, concerned);
        if promise != before {
            forgotten.promises += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached("UPDATE promises SET body = ?2 WHERE id = ?1")?
                    .execute(params![id, json(&promise)?])?;
            }
        }
        self.versions(id, concerned, forgotten)
    }

    fn versions(&self, promise: i64, concerned: bool, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let numbers: Vec<i64> =
            self.keys("SELECT version FROM promise_versions WHERE promise = ?1", [promise])?;
        for number in numbers {
            let body: String = self
                .connection
                .prepare_cached("SELECT body FROM promise_versions WHERE promise = ?1 AND version = ?2")?
                .query_row([promise, number], |row| row.get(0))?;
            let before: PromiseVersion = from_json(&body)?;
            let mut version = before.clone();
            self.subject.blank_version(&mut version, concerned);
            if version == before {
                continue;
            }
            forgotten.promise_versions += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached(
                        "UPDATE promise_versions SET body = ?3 WHERE promise = ?1 AND version = ?2",
                    )?
                    .execute(params![promise, number, json(&version)?])?;
            }
        }
        Ok(())
    }

    /// What checks said about the subject for other checks to use.
    pub(super) fn attributes(&self, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        let roles: Vec<String> =
            self.keys("SELECT role FROM attributes WHERE id = ?1 ORDER BY role", [self.subject.id()])?;
        for role in roles.into_iter().filter(|role| self.subject.is(role, self.subject.id())) {
            forgotten.attributes += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached("DELETE FROM attributes WHERE role = ?1 AND id = ?2")?
                    .execute(params![role, self.subject.id()])?;
            }
        }
        Ok(())
    }

    /// Keys of findings that a run said twice.
    pub(super) fn runs(&self, forgotten: &mut Forgotten) -> Result<(), StoreError> {
        for id in self.keys::<i64>("SELECT id FROM runs WHERE instr(decided, ?1) > 0", [&self.quoted])? {
            let decided: String = self
                .connection
                .prepare_cached("SELECT decided FROM runs WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?;
            let before: Closed = from_json(&decided)?;
            let mut closed = before.clone();
            closed
                .duplicates
                .examples
                .iter_mut()
                .for_each(|example| self.subject.blank_key(&mut example.key));
            if closed == before {
                continue;
            }
            forgotten.runs += 1;
            if self.write.is_some() {
                self.connection
                    .prepare_cached("UPDATE runs SET decided = ?2 WHERE id = ?1")?
                    .execute(params![id, json(&closed)?])?;
            }
        }
        Ok(())
    }
}
