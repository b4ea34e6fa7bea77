//! `kaizend findings export`: every finding as a row of a table, for a spreadsheet or another program. Page by page, so
//! that a million of them need no more memory than a few hundred.

mod csv;
mod row;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Args;
use kaizend_core::domain::{CheckId, PersonId};
use kaizend_store::{Filter, Store};

use super::{
    super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on},
    list::Which,
};

/// Findings of one page.
const PAGE: u32 = 500;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kaizend findings export --to findings.csv\n  kaizend findings export --check late-orders --state resolved --format json > late.jsonl\n\nCSV as RFC 4180 has it, in UTF-8, with a head; with --format json one object a line with the same names. A text \
that a spreadsheet would calculate (= + - @) has a ' before it in CSV; programs take JSON. What was forgotten is empty. \
README.md explains each column."
)]
pub(in super::super) struct Export {
    /// Only this check's
    #[arg(long)]
    check: Option<String>,
    /// Which
    #[arg(long, value_enum, default_value_t = Which::All)]
    state: Which,
    /// Only this owner's, by the id of the company's data
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    /// Only this stage
    #[arg(long)]
    stage: Option<String>,
    /// Where the table goes [default: standard output]; it must not be there yet
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl Export {
    pub(in super::super) fn run(self, scene: &Scene) -> Ended {
        let (_, store) = scene.store()?;
        let filter = Filter {
            check: self.check.map(CheckId::new),
            standing: self.state.standing(),
            owner: self.owner.map(PersonId::new),
            stage: self.stage,
            after: None,
            limit: PAGE,
        };
        match self.to {
            None => to_standard_output(&store, filter, scene.format),
            Some(path) => to_file(&store, filter, scene.format, &path),
        }
    }
}

/// A reader that closed the pipe has seen enough.
fn to_standard_output(store: &Store, filter: Filter, format: Format) -> Ended {
    let mut out = BufWriter::new(io::stdout().lock());
    match block_on(write(store, filter, format, &mut out))? {
        Err(error) if is_broken_pipe(&error) => {
            // What is left in the buffer has no reader.
            drop(out.into_parts());
            Ok(Exit::Done)
        }
        written => {
            written?;
            Ok(Exit::Done)
        }
    }
}

/// A file has its name only when it is whole, and never takes another one's place.
fn to_file(store: &Store, filter: Filter, format: Format, path: &Path) -> Ended {
    if path.exists() {
        return Err(Stop::Usage(format!("{} is there already: name another file", path.display())));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let written = (|| {
        let file = File::create(&part)?;
        let mut out = BufWriter::new(file);
        let count = block_on(write(store, filter, format, &mut out))??;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&part, path)?;
        anyhow::Ok(count)
    })();
    if written.is_err() {
        // It may never have been made.
        let _ = fs::remove_file(&part);
    }
    let count = written.with_context(|| format!("cannot write {}", path.display()))?;
    print::remark(&format!("{} holds {count} findings", path.display()));
    Ok(Exit::Done)
}

/// Writes the findings one after the other, and counts them.
async fn write(
    store: &Store,
    mut filter: Filter,
    format: Format,
    out: &mut impl Write,
) -> anyhow::Result<u64> {
    let mut count = 0;
    if format == Format::Text {
        csv::head(out, &row::COLUMNS)?;
    }
    loop {
        let page = store.findings_by_fingerprint(filter.clone()).await?;
        for finding in &page {
            let cells = row::cells(finding);
            match format {
                Format::Text => csv::row(out, &cells)?,
                Format::Json => writeln!(out, "{}", serde_json::to_string(&row::as_json(cells))?)?,
            }
        }
        count += page.len() as u64;
        filter.after = page.last().map(|last| last.fingerprint);
        if page.len() < PAGE as usize {
            out.flush()?;
            return Ok(count);
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
