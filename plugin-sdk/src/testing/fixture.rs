//! Fixture files: a look, and what it has to find. The same files run natively and in the real sandbox.
//!
//! ```toml
//! about = "A date promise is overdue from the next day's start"
//! now = 1998-05-31T09:00:00Z                 # the company's zone is UTC, its office open Mon–Fri, 9 to 18
//! params = { warn-before = "2 working days" }
//! holidays = [1998-06-01]
//! state = { "last" = "text" }                # what earlier runs kept
//!
//! [[slots.promises]]                         # one such table for each dataset bound to the slot
//! name = "calls"                             # optional
//! partial = false                            # this look reads only what is new
//! columns = ["client"]                       # optional columns that are there, though no row has a value
//! csv = "promises.csv"                       # or rows beside the fixture: first line names; empty = null
//! rows = [
//!     { id = 1, promised = 1998-05-30 },     # a column left out is null
//! ]
//!
//! [expect]
//! counts = { "promise/overdue" = 1 }         # all findings, counted by topic/stage; or
//! [[expect.findings]]                        # all findings, each with what matters of it
//! topic = "promise"
//! key = ["1"]
//! stage = "overdue"
//! severity = 2
//! happened = 1998-05-30
//! worth = "1250 EUR"                         # minor units
//! about = { client = "ALFKI" }
//! facts = { promised = 1998-05-30 }          # these, and perhaps others
//! without = ["first"]                        # facts that must not be there
//! links = { earlier = ["7"] }
//! [[expect.measures]]                        # when given: all of them
//! name = "kept-first"
//! group = ""
//! day = 1998-05-30
//! good = 0
//! total = 1
//! # [[expect.attributes]] role, id, name, value · [[expect.fine]] topic, key · fails = "part of the error"
//! ```
//!
//! Values: native TOML dates are days, date-times are instants (UTC without an offset), money is `"1250 EUR"` in minor
//! units. A required column without any value is there; an optional one is absent unless `columns` names it. The
//! ledger's virtual columns `first-promised` and `moves` are written like any other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::value::Datetime;

use super::cell::{self, Cell};
use super::expect::Expect;
use super::look::{Bound, Look};
use super::{Asked, Office, Table};
use crate::manifest::Manifest;
use crate::{Date, Instant};

/// A fixture file, as it is written; the module's head shows the format.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fixture {
    /// What the case shows.
    #[serde(default)]
    pub about: String,
    /// The scheduled instant.
    pub now: Datetime,
    /// As the operator writes them; the manifest's defaults apply.
    #[serde(default)]
    pub params: toml::Table,
    /// Days on which nobody works.
    #[serde(default)]
    pub holidays: Vec<Datetime>,
    /// What earlier runs kept.
    #[serde(default)]
    pub state: BTreeMap<String, String>,
    /// The datasets bound to each slot.
    #[serde(default)]
    pub slots: BTreeMap<String, Vec<Dataset>>,
    /// What has to be found.
    #[serde(default)]
    pub expect: Expect,
    /// Where the file is; CSV files are beside it.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// The rows of one dataset.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dataset {
    /// Its name; the slot's name and a number unless given.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether the look reads only what is new.
    #[serde(default)]
    pub partial: bool,
    /// Optional columns that are there, though no row has a value.
    #[serde(default)]
    pub columns: Vec<String>,
    /// A file beside the fixture, in place of `rows`.
    #[serde(default)]
    pub csv: Option<String>,
    /// A column left out is null.
    #[serde(default)]
    pub rows: Vec<toml::Table>,
}

impl Fixture {
    /// The fixture files of a folder, by name.
    pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
        let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    /// Reads a fixture file. The error says what is wrong in it, and where.
    pub fn read(file: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("cannot be read: {error}"))?;
        let fixture: Self = toml::from_str(&text).map_err(|error| error.to_string())?;
        Ok(Self { folder: file.parent().unwrap_or(Path::new("")).to_owned(), ..fixture })
    }

    /// The look it describes, for a plugin.
    pub fn look(&self, manifest: &Manifest) -> Result<Look, String> {
        if let Some(name) =
            self.params.keys().find(|name| manifest.params.iter().all(|param| param.name != **name))
        {
            return Err(format!("the plugin has no parameter `{name}`"));
        }
        let mut slots = BTreeMap::new();
        for (name, datasets) in &self.slots {
            let slot = manifest.slot(name).ok_or_else(|| format!("the plugin has no slot `{name}`"))?;
            if datasets.len() > 1 && !slot.list {
                return Err(format!("the slot `{name}` takes one dataset, and {} are bound", datasets.len()));
            }
            let table = Table::read(&Asked::of(slot), datasets, &self.folder)
                .map_err(|why| format!("slot `{name}`: {why}"))?;
            let partial = datasets.iter().any(|dataset| dataset.partial);
            let members = table.members().to_vec();
            slots.insert(name.clone(), Bound { source: std::rc::Rc::new(table), members, partial });
        }
        Ok(Look {
            now: self.now()?,
            params: self.params()?,
            slots,
            office: Office { holidays: self.holidays()? },
            state: self.state.iter().map(|(key, text)| (key.clone(), text.clone().into_bytes())).collect(),
        })
    }

    /// The parameters in the daemon's canonical text, by name.
    pub fn params(&self) -> Result<BTreeMap<String, String>, String> {
        let text = |(name, value): (&String, &toml::Value)| {
            let cell =
                Cell::plain(value).ok_or_else(|| format!("the parameter `{name}` cannot be {value}"))?;
            Ok((name.clone(), cell.to_string()))
        };
        self.params.iter().map(text).collect()
    }

    /// The scheduled instant.
    pub fn now(&self) -> Result<Instant, String> {
        cell::instant(&self.now).ok_or_else(|| "`now` needs a date and a time".to_owned())
    }

    /// Days on which nobody works.
    pub fn holidays(&self) -> Result<Vec<Date>, String> {
        let day = |date: &Datetime| match Cell::plain(&toml::Value::Datetime(*date)) {
            Some(Cell::Date(date)) => Ok(date),
            _ => Err(format!("the holiday {date} is not a day")),
        };
        self.holidays.iter().map(day).collect()
    }
}

impl Dataset {
    /// The rows, from the fixture or from its CSV file in `folder`: every value of a file is a text, an empty one a null.
    pub fn rows(&self, folder: &Path) -> Result<Vec<toml::Table>, String> {
        let Some(file) = &self.csv else { return Ok(self.rows.clone()) };
        let wrong = |error: csv::Error| format!("{file}: {error}");
        let mut reader = csv::Reader::from_path(folder.join(file)).map_err(wrong)?;
        let names = reader.headers().map_err(wrong)?.clone();
        let row = |record: csv::StringRecord| {
            let filled = names.iter().zip(&record).filter(|(_, text)| !text.is_empty());
            filled.map(|(name, text)| (name.to_owned(), toml::Value::String(text.to_owned()))).collect()
        };
        reader.into_records().map(|record| record.map(row).map_err(wrong)).collect()
    }
}
