//! What checks leave behind for their next run and for others: their memory, the plugin's own state, attributes
//! of people and clients, and measures. Written only at the end of a run (see `close`).

use std::collections::{BTreeMap, BTreeSet};

use kaizend_core::domain::{CheckId, CheckMemory, Measure, MeasureKey};
use rusqlite::{OptionalExtension, params};

use crate::{
    Store, StoreError,
    column::{from_json_if, get, json},
};

/// A plugin's own state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PluginState {
    pub values: BTreeMap<String, Vec<u8>>,
    /// State of this other version is there, and was not given: the plugin begins anew.
    pub other_version: Option<u32>,
}

/// Which measures to read; `None` = any. Days since 1970-01-01, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureFilter {
    pub check: Option<CheckId>,
    pub measure: Option<String>,
    pub group: Option<String>,
    pub from: Option<i32>,
    pub to: Option<i32>,
}

impl Store {
    /// What is remembered of a check; empty for one that never ran.
    pub async fn check_memory(&self, check: &CheckId) -> Result<CheckMemory, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let body = connection
                .query_row("SELECT body FROM check_memory WHERE check_id = ?1", [check.as_str()], |row| {
                    row.get(0)
                })
                .optional()?;
            Ok(from_json_if(body)?.unwrap_or_default())
        })
        .await
    }

    /// The state that a plugin wrote under this version.
    pub async fn plugin_state(&self, check: &CheckId, version: u32) -> Result<PluginState, StoreError> {
        let check = check.clone();
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT key, state_version, value FROM plugin_state WHERE check_id = ?1")?;
            let mut rows = statement.query([check.as_str()])?;
            let mut state = PluginState::default();
            while let Some(row) = rows.next()? {
                let found: u32 = get(row, "state_version")?;
                if found == version {
                    state.values.insert(get(row, "key")?, get(row, "value")?);
                } else {
                    state.other_version = Some(found);
                }
            }
            Ok(state)
        })
        .await
    }

    /// What checks said about one person or client, by name; of two checks that say the same name, the later
    /// run's word.
    pub async fn attributes(&self, role: &str, id: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let (role, id) = (role.to_owned(), id.to_owned());
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name, value FROM attributes WHERE role = ?1 AND id = ?2 ORDER BY run",
            )?;
            let found = statement.query_map([role, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// What checks said under these names of all that have a role, by id and name; of two checks that say the same
    /// name, the later run's word. Without a name nothing is read: there may be a million attributes.
    pub async fn attributes_of(
        &self,
        role: &str,
        names: &BTreeSet<String>,
    ) -> Result<BTreeMap<(String, String), String>, StoreError> {
        if names.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (role, names) = (role.to_owned(), json(names)?);
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, name, value FROM attributes
                 WHERE role = ?1 AND name IN (SELECT value FROM json_each(?2)) ORDER BY run",
            )?;
            let found =
                statement.query_map([role, names], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Measures with their check, by check, name, day and group.
    pub async fn measures(
        &self,
        filter: MeasureFilter,
    ) -> Result<Vec<(CheckId, MeasureKey, Measure)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT check_id, measure, day, group_name, good, total FROM measures
                 WHERE (?1 IS NULL OR check_id = ?1) AND (?2 IS NULL OR measure = ?2)
                   AND (?3 IS NULL OR group_name = ?3) AND day BETWEEN ?4 AND ?5
                 ORDER BY check_id, measure, day, group_name",
            )?;
            let mut rows = statement.query(params![
                filter.check.as_ref().map(CheckId::as_str),
                filter.measure,
                filter.group,
                filter.from.unwrap_or(i32::MIN),
                filter.to.unwrap_or(i32::MAX)
            ])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let key = MeasureKey {
                    measure: get(row, "measure")?,
                    group: get(row, "group_name")?,
                    day: get(row, "day")?,
                };
                let measure = Measure { good: get(row, "good")?, total: get(row, "total")? };
                found.push((CheckId::new(get::<String>(row, "check_id")?), key, measure));
            }
            Ok(found)
        })
        .await
    }
}
