//! Describes a dataset of a SQLite source: declared types, refined by a sample within two seconds.

use std::time::{Duration, Instant};

use kaizend_core::rows::Fault;
use rusqlite::ErrorCode;

use super::{
    Settings,
    connect::{Database, glance},
    failure::Failure,
    prepare::{Checked, bind, cell},
};
use crate::{
    binds::Binds,
    dataset::DatasetSpec,
    described::{Described, SAMPLE_ROWS, Sample},
};

/// A sample may hold the application's lock for so long.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the source for a glance and describes the dataset. Blocks.
pub(crate) fn describe(
    source: &str,
    settings: &Settings,
    spec: &DatasetSpec,
    binds: &Binds,
) -> Result<Described, Fault> {
    let failure = Failure::new(source, settings);
    let database = glance(settings, &failure)?;
    within(&database, spec, binds, &failure)
}

/// Describes the dataset within a snapshot that is open already.
pub(super) fn within(
    database: &Database,
    spec: &DatasetSpec,
    binds: &Binds,
    failure: &Failure<'_>,
) -> Result<Described, Fault> {
    let checked = Checked::new(&database.connection, spec, failure)?;
    let mut sample = Sample::new(spec, checked.source_columns());
    database.brake.pull_at(Instant::now() + PATIENCE);
    let read = look(database, &checked, binds, &mut sample);
    database.brake.release();
    match read {
        Ok(()) => Ok(sample.described(false)),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
            Ok(sample.described(true))
        }
        Err(error) => Err(failure.reading(spec.name.as_str(), &error)),
    }
}

fn look(
    database: &Database,
    checked: &Checked<'_>,
    binds: &Binds,
    sample: &mut Sample<'_>,
) -> rusqlite::Result<()> {
    let names: Vec<String> = checked.columns.iter().map(|column| column.name.clone()).collect();
    let select = format!("{} limit {SAMPLE_ROWS}", checked.wrapped(&names));
    let mut statement = database.connection.prepare(&select)?;
    bind(&mut statement, binds)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        sample.row(|at| cell(row, at));
    }
    Ok(())
}
