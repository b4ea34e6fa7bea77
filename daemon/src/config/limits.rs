//! `limits` of a check: what one run may use. What is not said has the host's defaults.

use kaizend_host::Limits;

use super::{
    duration,
    duration::Size,
    table::{Section, Table},
    value::Value,
};

pub(super) const LIMITS: Section = Section {
    name: "checks.<name>.limits",
    keys: &["cpu", "wall", "memory", "findings", "log", "state", "handles"],
};

pub(super) fn read(value: &Value<'_>) -> Limits {
    let usual = Limits::default();
    let Some(table) = value.table(&LIMITS) else { return usual };
    let size = |key, most| size(&table, key, most);
    Limits {
        cpu: table.get("cpu").and_then(|value| duration::elapsed(&value)).unwrap_or(usual.cpu),
        wall: table.get("wall").and_then(|value| duration::elapsed(&value)).unwrap_or(usual.wall),
        // A plugin addresses at most 4 GiB.
        memory: size("memory", 4 << 30).unwrap_or(usual.memory),
        findings: table.whole("findings", 1..=100_000_000).unwrap_or(usual.findings),
        log_bytes: size("log", 64 << 20).unwrap_or(usual.log_bytes),
        state_bytes: size("state", 256 << 20).unwrap_or(usual.state_bytes),
        handles: table
            .whole("handles", 16..=1_000_000)
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(usual.handles),
        ..usual
    }
}

fn size(table: &Table<'_>, key: &'static str, most: u64) -> Option<usize> {
    let value = table.get(key)?;
    let Size(bytes) = value.parsed()?;
    if !(1 << 10..=most).contains(&bytes) {
        value.error(format!("`{key}` must be from 1KiB to {}MiB", most >> 20), None);
        return None;
    }
    usize::try_from(bytes).ok()
}
