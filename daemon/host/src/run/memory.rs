//! The bound on a plugin's memory. A refusal ends the run with a sentence; a plugin that only saw its
//! allocation fail would end with less to say.

use kaizend_core::domain::Hindrance;
use wasmtime::ResourceLimiter;

use super::Stop;
use crate::limits::bytes;

/// Elements of tables; the SDK's plugins need some hundreds, for calls through pointers.
const TABLE_ELEMENTS: usize = 100_000;

/// Counts the memory of one run.
#[derive(Debug)]
pub(crate) struct MemoryBound {
    limit: usize,
    used: usize,
    peak: usize,
}

impl MemoryBound {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit, used: 0, peak: 0 }
    }

    pub(crate) fn peak(&self) -> usize {
        self.peak
    }
}

impl ResourceLimiter for MemoryBound {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let used = self.used.saturating_add(desired.saturating_sub(current));
        if used > self.limit {
            let message = format!(
                "the plugin wants more memory than {}: it has {} and asks for {} more. Checks hold one group at a \
                 time (`group_by`, `latest_by`); where one needs more, raise `limits.memory`",
                bytes(self.limit),
                bytes(self.used),
                bytes(desired.saturating_sub(current))
            );
            return Err(Stop::of(Hindrance::Memory, message).into());
        }
        self.used = used;
        self.peak = self.peak.max(used);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > TABLE_ELEMENTS {
            return Err(Stop::limit(format!(
                "the plugin wants a table of {desired} elements: {TABLE_ELEMENTS} are the most"
            ))
            .into());
        }
        Ok(true)
    }

    fn instances(&self) -> usize {
        64
    }

    fn memories(&self) -> usize {
        16
    }

    fn tables(&self) -> usize {
        64
    }
}
