//! `resource finding`: each method writes one thing into the draft.

use kaizend_core::domain::{Fact, Link, Money};
use wasmtime::{Result, component::Resource};

use super::{Draft, Page, bindings::kaizend::check::report::HostFinding};
use crate::{inspect::Inspected, run::Sandbox};

impl HostFinding for Sandbox {
    fn new(&mut self, topic: String, key: Vec<String>) -> Result<Resource<Draft>> {
        let draft = Draft::new(&self.plugin.manifest, topic, key, self.limits.finding_bytes)?;
        Ok(self.resources.push(draft)?)
    }

    fn stage(&mut self, finding: Resource<Draft>, name: String) -> Result<()> {
        let (draft, plugin) = self.draft(&finding)?;
        Ok(draft.stage(&plugin.manifest, name)?)
    }

    fn happened(&mut self, finding: Resource<Draft>, at: i64) -> Result<()> {
        Ok(self.draft(&finding)?.0.happened(at)?)
    }

    fn about(&mut self, finding: Resource<Draft>, role: String, id: String) -> Result<()> {
        Ok(self.draft(&finding)?.0.about(role, id)?)
    }

    fn severity(&mut self, finding: Resource<Draft>, level: u8) -> Result<()> {
        self.draft(&finding)?.0.severity(level);
        Ok(())
    }

    fn worth(&mut self, finding: Resource<Draft>, minor_units: i64, currency: String) -> Result<()> {
        Ok(self.draft(&finding)?.0.worth(minor_units, currency)?)
    }

    fn row(&mut self, finding: Resource<Draft>, batch: Resource<Page>, index: u32) -> Result<()> {
        let row = self.page(&batch)?.row(index)?;
        Ok(self.draft(&finding)?.0.row(row)?)
    }

    fn text(&mut self, finding: Resource<Draft>, name: String, value: String) -> Result<()> {
        self.fact(&finding, name, Fact::Text(value))
    }

    fn integer(&mut self, finding: Resource<Draft>, name: String, value: i64) -> Result<()> {
        self.fact(&finding, name, Fact::Integer(value))
    }

    fn real(&mut self, finding: Resource<Draft>, name: String, value: f64) -> Result<()> {
        self.fact(&finding, name, Fact::Real(value))
    }

    fn date(&mut self, finding: Resource<Draft>, name: String, value: i32) -> Result<()> {
        self.fact(&finding, name, Fact::Date(value))
    }

    fn instant(&mut self, finding: Resource<Draft>, name: String, value: i64) -> Result<()> {
        self.fact(&finding, name, Fact::Instant(value))
    }

    fn money(
        &mut self,
        finding: Resource<Draft>,
        name: String,
        minor_units: i64,
        currency: String,
    ) -> Result<()> {
        self.fact(&finding, name, Fact::Money(Money { minor_units, currency }))
    }

    fn link(&mut self, finding: Resource<Draft>, name: String, slot: String, key: Vec<String>) -> Result<()> {
        let (draft, plugin) = self.draft(&finding)?;
        Ok(draft.link(&plugin.manifest, Link { name, slot, key })?)
    }

    fn drop(&mut self, finding: Resource<Draft>) -> Result<()> {
        self.resources.delete(finding)?;
        Ok(())
    }
}

impl Sandbox {
    fn draft(&mut self, finding: &Resource<Draft>) -> Result<(&mut Draft, &Inspected)> {
        Ok((self.resources.get_mut(finding)?, &self.plugin))
    }

    fn fact(&mut self, finding: &Resource<Draft>, name: String, fact: Fact) -> Result<()> {
        Ok(self.draft(finding)?.0.fact(name, fact)?)
    }
}
