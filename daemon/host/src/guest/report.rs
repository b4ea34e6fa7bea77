//! `interface report`: what a plugin may say.

use kaizend_core::domain::{Attribute, Measure, MeasureKey, Said};
use wasmtime::{Result, component::Resource};

use super::{
    Draft,
    bindings::kaizend::check::report::Host,
    rules::{check_key, check_name, known_topic},
};
use crate::run::{Panic, Sandbox, Stop};

type Heard = Result<std::result::Result<(), String>>;

impl Host for Sandbox {
    async fn emit(&mut self, finding: Resource<Draft>) -> Heard {
        let sighting = self.resources.delete(finding)?.finish(&self.plugin.manifest)?;
        self.voice.finding(Said::Sighting(Box::new(sighting)), &self.limits).await?;
        Ok(Ok(()))
    }

    async fn fine(&mut self, topic: String, key: Vec<String>) -> Heard {
        known_topic(&self.plugin.manifest, &topic)?;
        check_key(&key)?;
        self.voice.remark(Said::Fine { topic, key }, &self.limits).await?;
        Ok(Ok(()))
    }

    fn measure(&mut self, name: String, group: String, day: i32, good: u64, total: u64) -> Heard {
        check_name(&name)?;
        if !group.is_empty() {
            check_name(&group)?;
        }
        if good > total {
            return Err(
                Stop::plugin(format!("the plugin measures `{name}` as {good} good out of {total}")).into()
            );
        }
        let key = MeasureKey { measure: name, group, day };
        self.voice.measure(key, Measure { good, total }, &self.limits)?;
        Ok(Ok(()))
    }

    async fn attribute(&mut self, role: String, id: String, name: String, value: String) -> Heard {
        [&role, &id, &name].into_iter().try_for_each(|text| check_name(text))?;
        if value.len() > self.limits.finding_bytes {
            return Err(Stop::limit(format!(
                "the plugin gives the attribute `{name}` a value of {} bytes",
                value.len()
            ))
            .into());
        }
        self.voice.remark(Said::Attribute(Attribute { role, id, name, value }), &self.limits).await?;
        Ok(Ok(()))
    }

    fn log(&mut self, level: u8, text: String) -> Result<()> {
        self.journal.note(level, &text);
        Ok(())
    }

    fn panicked(&mut self, message: String, file: String, line: u32, column: u32) -> Result<()> {
        const SHOWN: usize = 2000;
        let short = |text: String| text[..text.floor_char_boundary(SHOWN)].to_owned();
        self.panic = Some(Panic { message: short(message), file: short(file), line, column });
        Ok(())
    }
}
