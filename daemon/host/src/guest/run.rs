//! `interface run`: the instant, the parameters, and what is kept between runs.

use wasmtime::Result;

use super::bindings::kaizend::check::run::Host;
use crate::{days, run::Sandbox};

impl Host for Sandbox {
    fn now(&mut self) -> Result<i64> {
        Ok(self.now.as_microsecond())
    }

    fn today(&mut self) -> Result<i32> {
        Ok(days::from_date(self.calendar.date_of(self.now)))
    }

    fn param(&mut self, name: String) -> Result<Option<String>> {
        let default = || {
            let asked = self.plugin.manifest.params.iter().find(|param| param.name == name)?;
            asked.default.clone()
        };
        Ok(self.params.get(&name).cloned().or_else(default))
    }

    fn state_get(&mut self, key: String) -> Result<Option<Vec<u8>>> {
        Ok(self.keep.get(&key).cloned())
    }

    fn state_set(&mut self, key: String, value: Option<Vec<u8>>) -> Result<std::result::Result<(), String>> {
        self.keep.set(key, value)?;
        Ok(Ok(()))
    }
}
