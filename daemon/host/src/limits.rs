//! What one run of a plugin may use. Each bound is visible when it is reached: the run fails and names it.

use std::time::Duration;

/// The bounds of one run. `Default` is what a check has when its configuration says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Processor time inside the plugin and the functions it calls; waiting for rows costs nothing. 10 s.
    pub cpu: Duration,
    /// Time from start to end, waiting included. 5 min.
    pub wall: Duration,
    /// Bytes of the plugin's memory. 64 MiB.
    pub memory: usize,
    /// Findings of one run. 100,000.
    pub findings: u64,
    /// Bytes of texts in one finding. 64 KiB.
    pub finding_bytes: usize,
    /// Things seen and fine, and attributes, together. 1,000,000.
    pub remarks: u64,
    /// Different keys of measures; sums of one key count once. 100,000.
    pub measures: usize,
    /// Bytes of log that are kept; the rest is counted. 64 KiB.
    pub log_bytes: usize,
    /// Bytes of keys and values that the plugin keeps between runs. 1 MiB.
    pub state_bytes: usize,
    /// Cursors, batches and unfinished findings held at the same time. 256.
    pub handles: usize,
    /// Bytes of batches held at the same time, outside of the plugin's memory. 64 MiB.
    pub batch_bytes: usize,
}

/// Bytes that a plugin may pass to the host in one call.
pub(crate) const CALL_BYTES: usize = 4 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Duration::from_secs(10),
            wall: Duration::from_secs(5 * 60),
            memory: 64 << 20,
            findings: 100_000,
            finding_bytes: 64 << 10,
            remarks: 1_000_000,
            measures: 100_000,
            log_bytes: 64 << 10,
            state_bytes: 1 << 20,
            handles: 256,
            batch_bytes: 64 << 20,
        }
    }
}

/// Bytes in words: `64 MiB`, `1.5 KiB`, `17 bytes`.
pub(crate) fn bytes(count: usize) -> String {
    let (unit, size) = match count {
        0..0x400 => return format!("{count} bytes"),
        0x400..0x10_0000 => ("KiB", 1 << 10),
        _ => ("MiB", 1 << 20),
    };
    if count.is_multiple_of(size) {
        format!("{} {unit}", count / size)
    } else {
        format!("{:.1} {unit}", count as f64 / size as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        for (count, words) in [(17, "17 bytes"), (1536, "1.5 KiB"), (64 << 20, "64 MiB"), (1 << 10, "1 KiB")]
        {
            assert_eq!(bytes(count), words);
        }
    }
}
