//! Reads datasets from one state of a CSV file.

use kaizend_core::rows::{Batch, Fault, FaultClass, Kind};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{Empty, Settings, damage::Damage, file::State, records::Records};
use crate::{
    binds::Binds,
    convert::Cell,
    dataset::{Asked, DatasetSpec, Query},
    described::{Described, SAMPLE_ROWS, Sample, SourceColumn, check_names, leave_texts_open},
    filler::Filler,
    note::Tallies,
    projection::Projection,
    snapshot::Opened,
};

/// Batches that may wait for their reader.
const AHEAD: usize = 2;

/// One state of a file, for one run.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    source: String,
    settings: Settings,
    state: State,
    binds: Binds,
    tallies: Tallies,
}

/// Opens the file for a glance and describes the dataset. Blocks.
pub(crate) fn describe(source: &str, settings: &Settings, spec: &DatasetSpec) -> Result<Described, Fault> {
    let state = State::of(&settings.path, source)?;
    sample(source, settings, &state, spec)
}

fn sample(source: &str, settings: &Settings, state: &State, spec: &DatasetSpec) -> Result<Described, Fault> {
    let failed = |damage: Damage| damage.fault(source, state.path());
    let mut records = Records::open(state, settings).map_err(failed)?;
    let names = own_names(source, spec, &records)?;
    let columns = names.into_iter().map(|name| SourceColumn { name, declared: None }).collect();
    let mut sample = Sample::new(spec, columns);
    for _ in 0..SAMPLE_ROWS {
        let Some((record, _)) = records.next().map_err(failed)? else { break };
        sample.row(|at| cell(&record[at], false));
    }
    let mut described = sample.described(false);
    leave_texts_open(&mut described, spec);
    Ok(described)
}

/// The dataset's own names of the file's columns.
fn own_names(source: &str, spec: &DatasetSpec, records: &Records) -> Result<Vec<String>, Fault> {
    if spec.query != Query::File {
        let text = format!("dataset {}: it has a query, but source {source} is a CSV file", spec.name);
        return Err(Fault::new(FaultClass::Query, text));
    }
    let names: Vec<String> = records.names.iter().map(|name| spec.own_name(name)).collect();
    check_names(spec, &names)?;
    Ok(names)
}

impl Held {
    pub(crate) async fn take(
        source: String,
        settings: Settings,
        binds: Binds,
        tallies: Tallies,
    ) -> Result<Self, Fault> {
        blocking(source.clone(), move || {
            let state = State::of(&settings.path, &source)?;
            Ok(Self { source, settings, state, binds, tallies })
        })
        .await
    }

    pub(crate) async fn describe(&self, spec: &DatasetSpec) -> Result<Described, Fault> {
        let (held, spec) = (self.clone(), spec.clone());
        blocking(self.source.clone(), move || sample(&held.source, &held.settings, &held.state, &spec)).await
    }

    pub(crate) async fn open(&self, spec: &DatasetSpec, asked: Asked) -> Result<Opened, Fault> {
        let (held, spec) = (self.clone(), spec.clone());
        let (mut reading, sort_by) = blocking(self.source.clone(), move || held.plan(&spec, &asked)).await?;
        let (sender, batches) = mpsc::channel(AHEAD);
        // The task ends with the file, or when nobody takes its batches.
        tokio::task::spawn_blocking(move || {
            if let Err(fault) = reading.run(&sender) {
                drop(sender.blocking_send(Err(fault)));
            }
        });
        Ok(Opened { stream: Box::pin(ReceiverStream::new(batches)), sort_by })
    }

    fn plan(self, spec: &DatasetSpec, asked: &Asked) -> Result<(Reading, Option<Vec<usize>>), Fault> {
        let Self { source, settings, state, binds, tallies } = self;
        let records =
            Records::open(&state, &settings).map_err(|damage| damage.fault(&source, state.path()))?;
        let names = own_names(&source, spec, &records)?;
        let schema = sample(&source, &settings, &state, spec)?.schema;
        let projection = Projection::new(spec, &schema, asked, &binds, settings.decimal)?;
        let by = projection.order(&asked.order_by)?;
        let place = |name: &String| names.iter().position(|other| other == name);
        let keeps_empty = |cell| {
            let text =
                projection.targets.iter().any(|target| target.cell == cell && target.kind == Kind::Text);
            settings.empty == Empty::Text && text
        };
        let reads = projection.reads.iter().enumerate();
        let fields = reads.filter_map(|(cell, name)| Some((place(name)?, keeps_empty(cell)))).collect();
        let filler = Filler::new(projection, tallies);
        Ok((Reading { source, state, records, fields, filler }, (!by.is_empty()).then_some(by)))
    }
}

/// One reading of the file, on its own thread.
struct Reading {
    source: String,
    state: State,
    records: Records,
    /// For each column to read: its field, and whether an empty one stays a text.
    fields: Vec<(usize, bool)>,
    filler: Filler,
}

impl Reading {
    fn run(&mut self, sender: &mpsc::Sender<Result<Batch, Fault>>) -> Result<(), Fault> {
        // A file that is written while it is read looks damaged, so the change is said instead.
        let read = self.records_to(sender);
        self.state.check_unchanged(&self.source)?;
        read
    }

    fn records_to(&mut self, sender: &mpsc::Sender<Result<Batch, Fault>>) -> Result<(), Fault> {
        let Self { source, state, records, fields, filler } = self;
        let failed = |damage: Damage| damage.fault(source, state.path());
        while let Some((record, line)) = records.next().map_err(failed)? {
            filler.row(|at| cell(&record[fields[at].0], fields[at].1), Some(line))?;
            if let Some(batch) = filler.full()
                && sender.blocking_send(Ok(batch)).is_err()
            {
                return Ok(());
            }
        }
        // The last rows count only if the file is still what it was.
        state.check_unchanged(source)?;
        if let Some(batch) = filler.rest() {
            drop(sender.blocking_send(Ok(batch)));
        }
        Ok(())
    }
}

fn cell(field: &[u8], keeps_empty: bool) -> Cell<'_> {
    if field.is_empty() && !keeps_empty { Cell::Null } else { Cell::Text(field) }
}

async fn blocking<T: Send + 'static>(
    source: String,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| {
        Fault::new(FaultClass::Interrupted, format!("source {source}: the reading was stopped: {error}"))
    })?
}
