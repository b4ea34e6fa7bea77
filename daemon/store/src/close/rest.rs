//! The rest of what a believed look leaves: the plugin's own memory, attributes of people and clients, and
//! measures by day.

use rusqlite::params;

use super::Scene;
use crate::StoreError;

/// Keeps what the plugin wrote. State of another version is gone: it was not given to the plugin either.
pub(super) fn keep_state(scene: &Scene<'_>, version: u32) -> Result<(), StoreError> {
    let (connection, check, run) = (scene.connection, scene.check.as_str(), scene.run.0);
    connection.execute(
        "DELETE FROM plugin_state WHERE check_id = ?1 AND (state_version <> ?2 OR key IN (
           SELECT key FROM temp.staged_state WHERE run = ?3 AND value IS NULL))",
        params![check, version, run],
    )?;
    connection.execute(
        "INSERT INTO plugin_state (check_id, key, state_version, value)
         SELECT ?1, key, ?2, value FROM temp.staged_state WHERE run = ?3 AND value IS NOT NULL
         ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        params![check, version, run],
    )?;
    Ok(())
}

/// A complete look says all attributes of its check: a client who is no longer among the best loses the rank.
pub(super) fn keep_attributes(scene: &Scene<'_>, complete: bool) -> Result<(), StoreError> {
    let (connection, check, run) = (scene.connection, scene.check.as_str(), scene.run.0);
    if complete {
        connection.execute("DELETE FROM attributes WHERE check_id = ?1", [check])?;
    }
    connection.execute(
        "INSERT OR REPLACE INTO attributes (role, id, name, check_id, value, run)
         SELECT role, id, name, ?1, value, run FROM temp.staged_attributes WHERE run = ?2",
        params![check, run],
    )?;
    Ok(())
}

/// The measures of a complete look replace each day that it speaks of, with all groups of that day (the rule
/// of `kaizend_core::policy::measure`, in SQL so that any number fits). One that is the same as before stays as it
/// is, so that it costs no page and no row of the audit.
pub(super) fn replace_measures(scene: &Scene<'_>) -> Result<(), StoreError> {
    let (connection, check, run) = (scene.connection, scene.check.as_str(), scene.run.0);
    connection.execute(
        "DELETE FROM measures AS m WHERE check_id = ?1 AND (measure, day) IN (
           SELECT measure, day FROM temp.staged_measures WHERE run = ?2)
         AND NOT EXISTS (SELECT 1 FROM temp.staged_measures AS s WHERE s.run = ?2 AND s.measure = m.measure
           AND s.day = m.day AND s.group_name = m.group_name)",
        params![check, run],
    )?;
    connection.execute(
        "INSERT INTO measures (check_id, measure, day, group_name, good, total, run)
         SELECT ?1, measure, day, group_name, good, total, run FROM temp.staged_measures WHERE run = ?2
         ON CONFLICT DO UPDATE SET good = excluded.good, total = excluded.total, run = excluded.run
         WHERE (good, total) <> (excluded.good, excluded.total)",
        params![check, run],
    )?;
    Ok(())
}
