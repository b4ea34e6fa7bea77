//! What a run says, on its way out: counted, bounded, in chunks, and no faster than it is taken.

use std::collections::BTreeMap;

use kaizend_core::domain::{Hindrance, Measure, MeasureKey, Said};
use tokio::sync::mpsc::Sender;

use super::Stop;
use crate::Limits;

/// Things said that travel together.
const CHUNK: usize = 256;

#[derive(Debug)]
pub(crate) struct Voice {
    out: Sender<Vec<Said>>,
    waiting: Vec<Said>,
    findings: u64,
    remarks: u64,
    /// Summed up here, as a plugin may count row by row.
    measures: BTreeMap<MeasureKey, Measure>,
}

impl Voice {
    pub(crate) fn new(out: Sender<Vec<Said>>) -> Self {
        Self { out, waiting: Vec::new(), findings: 0, remarks: 0, measures: BTreeMap::new() }
    }

    pub(crate) fn findings(&self) -> u64 {
        self.findings
    }

    pub(crate) async fn finding(&mut self, said: Said, limits: &Limits) -> Result<(), Stop> {
        if self.findings == limits.findings {
            let message = format!(
                "the plugin found more than {} things, and nothing of the run counts: narrow the dataset's query, or \
                 raise `limits.findings` if so much is really wrong",
                limits.findings
            );
            return Err(Stop::of(Hindrance::Findings, message));
        }
        self.findings += 1;
        self.say(said).await
    }

    pub(crate) async fn remark(&mut self, said: Said, limits: &Limits) -> Result<(), Stop> {
        if self.remarks == limits.remarks {
            return Err(Stop::limit(format!(
                "the plugin said more than {} times that something is fine, or what somebody's attribute is",
                limits.remarks
            )));
        }
        self.remarks += 1;
        self.say(said).await
    }

    pub(crate) fn measure(&mut self, key: MeasureKey, more: Measure, limits: &Limits) -> Result<(), Stop> {
        if self.measures.len() == limits.measures && !self.measures.contains_key(&key) {
            return Err(Stop::limit(format!(
                "the plugin measures more than {} different things (measure, group and day)",
                limits.measures
            )));
        }
        let sum = self.measures.entry(key).or_default();
        sum.good = sum.good.saturating_add(more.good);
        sum.total = sum.total.saturating_add(more.total);
        Ok(())
    }

    pub(crate) async fn promises(&mut self, said: Vec<Said>) -> Result<(), Stop> {
        for promise in said {
            self.say(promise).await?;
        }
        Ok(())
    }

    /// Says what remains: the measures, `last`, and what still waits.
    pub(crate) async fn finish(&mut self, last: impl Iterator<Item = Said>) -> Result<(), Stop> {
        for (key, sum) in std::mem::take(&mut self.measures) {
            self.say(Said::Measure(key, sum)).await?;
        }
        for said in last {
            self.say(said).await?;
        }
        self.flush().await
    }

    /// Passes on what waits; nothing that only a completed run says.
    pub(crate) async fn flush(&mut self) -> Result<(), Stop> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // A place first, the words then: a run that is timed out while it waits has lost none of them.
        let gone =
            |_| Stop::interrupted("the run was given up while it spoke: nobody takes its findings any more");
        let place = self.out.reserve().await.map_err(gone)?;
        place.send(std::mem::take(&mut self.waiting));
        Ok(())
    }

    async fn say(&mut self, said: Said) -> Result<(), Stop> {
        self.waiting.push(said);
        if self.waiting.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }
}
