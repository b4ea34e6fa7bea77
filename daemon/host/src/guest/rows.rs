//! `interface rows`: what a plugin may read.

use wasmtime::{Result, component::Resource};

use super::{
    Cursor, Page,
    bindings::kaizend::check::rows::{Host, HostBatch, HostCursor, Texts},
    cursor::Step,
};
use crate::{
    limits::bytes,
    run::{Sandbox, Stop},
};

impl Host for Sandbox {
    fn is_bound(&mut self, slot: String) -> Result<bool> {
        Ok(!self.slot(&slot)?.members.is_empty())
    }

    fn members(&mut self, slot: String) -> Result<Vec<String>> {
        let members = &self.slot(&slot)?.members;
        Ok(members.iter().map(|member| member.dataset.to_string()).collect())
    }

    fn is_partial(&mut self, slot: String) -> Result<bool> {
        Ok(self.slot(&slot)?.members.iter().any(|member| member.partial))
    }

    fn open(
        &mut self,
        slot: String,
        columns: Vec<String>,
        order_by: Vec<String>,
    ) -> Result<Result<Resource<Cursor>, String>> {
        let cursor = Cursor::open(self, &slot, &columns, &order_by)?;
        self.readings.opened(&slot);
        Ok(Ok(self.resources.push(cursor)?))
    }
}

impl HostCursor for Sandbox {
    fn kinds(&mut self, cursor: Resource<Cursor>) -> Result<Vec<String>> {
        Ok(self.resources.get(&cursor)?.kinds())
    }

    async fn next(&mut self, cursor: Resource<Cursor>) -> Result<Result<Option<Resource<Page>>, String>> {
        loop {
            let cursor = self.resources.get_mut(&cursor)?;
            let step = cursor.next().await?;
            let slot = cursor.slot();
            match step {
                Step::Page { page, said, rows } => {
                    let member = page.member() as usize;
                    self.readings.read(slot, member, rows);
                    if !self.readings.has_ended(slot, member) {
                        self.voice.promises(said).await?;
                    }
                    return Ok(Ok(Some(self.hold(page)?)));
                }
                Step::MemberEnded(member) => self.readings.ended(slot, member),
                Step::End => return Ok(Ok(None)),
            }
        }
    }

    fn drop(&mut self, cursor: Resource<Cursor>) -> Result<()> {
        self.resources.delete(cursor)?;
        Ok(())
    }
}

impl HostBatch for Sandbox {
    fn len(&mut self, page: Resource<Page>) -> Result<u32> {
        Ok(u32::try_from(self.page(&page)?.len())?)
    }

    fn member(&mut self, page: Resource<Page>) -> Result<u32> {
        Ok(self.page(&page)?.member())
    }

    fn nulls(&mut self, page: Resource<Page>, column: u32) -> Result<Option<Vec<u8>>> {
        Ok(self.page(&page)?.nulls(column)?)
    }

    fn texts(&mut self, page: Resource<Page>, column: u32) -> Result<Texts> {
        Ok(self.page(&page)?.texts(column)?.into())
    }

    fn integers(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<i64>> {
        Ok(self.page(&page)?.integers(column)?)
    }

    fn reals(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<f64>> {
        Ok(self.page(&page)?.reals(column)?)
    }

    fn booleans(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<u8>> {
        Ok(self.page(&page)?.booleans(column)?)
    }

    fn dates(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<i32>> {
        Ok(self.page(&page)?.dates(column)?)
    }

    fn instants(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<i64>> {
        Ok(self.page(&page)?.instants(column)?)
    }

    fn minor_units(&mut self, page: Resource<Page>, column: u32) -> Result<Vec<i64>> {
        Ok(self.page(&page)?.minor_units(column)?)
    }

    fn currencies(&mut self, page: Resource<Page>, column: u32) -> Result<Texts> {
        Ok(self.page(&page)?.currencies(column)?.into())
    }

    fn drop(&mut self, page: Resource<Page>) -> Result<()> {
        let page = self.resources.delete(page)?;
        self.held -= page.size();
        Ok(())
    }
}

impl Sandbox {
    /// Gives a page to the plugin, within the bound on pages held at once.
    fn hold(&mut self, page: Page) -> Result<Resource<Page>> {
        let held = self.held.saturating_add(page.size());
        // One page is always allowed, however large the source made it.
        if held > self.limits.batch_bytes && self.held > 0 {
            return Err(Stop::limit(format!(
                "the plugin holds {} of batches at the same time, and {} is the most: drop each batch before the next",
                bytes(held),
                bytes(self.limits.batch_bytes)
            ))
            .into());
        }
        self.held = held;
        self.last_page = Some(page.clone());
        Ok(self.resources.push(page)?)
    }

    pub(super) fn page(&self, page: &Resource<Page>) -> Result<&Page> {
        Ok(self.resources.get(page)?)
    }
}

impl From<kaizend_core::rows::Texts> for Texts {
    fn from(texts: kaizend_core::rows::Texts) -> Self {
        Self { offsets: texts.offsets, bytes: texts.bytes }
    }
}
