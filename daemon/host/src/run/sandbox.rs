//! All that one run owns, from its first instruction to its report. A fresh one for each run: nothing of a run
//! reaches the next but what the store kept.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use wasmtime::component::ResourceTable;

use super::{Journal, Keep, MemoryBound, Readings, Stop, Voice};
use crate::{
    Ledger, Limits, Request, WorkingTime,
    inspect::Inspected,
    slots::{Page, Slot, bind},
};

/// The plugin's surroundings; the contract's functions are methods on it (see `guest`).
pub(crate) struct Sandbox {
    pub(crate) plugin: Arc<Inspected>,
    pub(crate) now: Timestamp,
    pub(crate) params: BTreeMap<String, String>,
    pub(crate) slots: BTreeMap<String, Slot>,
    pub(crate) calendar: Arc<dyn WorkingTime>,
    pub(crate) ledger: Arc<dyn Ledger>,
    pub(crate) limits: Limits,
    pub(crate) resources: ResourceTable,
    pub(crate) readings: Readings,
    pub(crate) voice: Voice,
    pub(crate) journal: Journal,
    pub(crate) keep: Keep,
    pub(crate) memory: MemoryBound,
    pub(crate) panic: Option<Panic>,
    /// The page given out last: where the plugin was when something went wrong.
    pub(crate) last_page: Option<Page>,
    /// Bytes of the pages that the plugin holds.
    pub(crate) held: usize,
}

/// What the plugin's panic hook said before the trap.
#[derive(Clone, Debug)]
pub(crate) struct Panic {
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Sandbox {
    /// # Errors
    /// When the bound datasets are not what the manifest asks for.
    pub(crate) fn new(plugin: Arc<Inspected>, request: Request, voice: Voice) -> Result<Self, Stop> {
        let Request { now, params, slots, state, calendar, ledger, limits, check: _ } = request;
        let slots = bind(&plugin.manifest, slots)?;
        Ok(Self {
            plugin,
            now,
            params,
            calendar,
            ledger,
            resources: ResourceTable::new(),
            readings: Readings::new(&slots),
            voice,
            journal: Journal::new(limits.log_bytes),
            keep: Keep::new(state, limits.state_bytes),
            memory: MemoryBound::new(limits.memory),
            panic: None,
            last_page: None,
            held: 0,
            slots,
            limits,
        })
    }

    /// The slot of this name, if the manifest asks for it.
    pub(crate) fn slot(&self, name: &str) -> Result<&Slot, Stop> {
        let unknown = || {
            Stop::plugin(format!(
                "the plugin asks for the slot `{}`, which its manifest does not name",
                name.escape_debug()
            ))
        };
        self.slots.get(name).ok_or_else(unknown)
    }

    /// Says all that only a completed run says.
    pub(crate) async fn finish(&mut self) -> Result<(), Stop> {
        let changes = self.keep.take_changes();
        self.voice.finish(changes).await
    }
}
