//! Connects the datasets that the operator bound to a plugin's slots: binding is the grant.
//!
//! All datasets of one run on one source are read in one snapshot.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::{FutureExt, future::BoxFuture};
use kaizend_core::{
    domain::DatasetName,
    policy::doubt::Newest,
    rows::{Fault, Field},
};
use kaizend_host::{Binding, Member, Reader, RowStream, Wanted};
use kaizend_source::{Binds, DatasetSpec, Snapshot};

use super::{fresh, remarks::Remarks};
use crate::{
    config::{Check, Dataset},
    rooms::Rooms,
};

/// A check's slots, ready to be read.
pub(super) struct Bound {
    pub(super) slots: BTreeMap<String, Binding>,
    /// How new the datasets are that have to be fresh, by `slot`, or `slot/dataset` where a slot binds several.
    pub(super) newest: BTreeMap<String, Newest>,
    pub(super) remarks: Remarks,
}

pub(super) async fn bind(
    rooms: &Rooms,
    check: &Check,
    binds: &Binds,
    remarks: Remarks,
) -> Result<Bound, Fault> {
    let mut snapshots = Snapshots::new(rooms, binds, remarks);
    let (mut slots, mut newest) = (BTreeMap::new(), BTreeMap::new());
    let manifest = rooms.plugin(check).manifest();
    for (slot, datasets) in &check.datasets {
        let mut members = Vec::new();
        let ledger = manifest.slot(slot).and_then(|slot| slot.ledger.as_ref());
        let future: Vec<String> = ledger.map(|ledger| ledger.promised.clone()).into_iter().collect();
        let evidence = check.evidence.get(slot).map(Vec::as_slice).unwrap_or_default();
        for name in datasets {
            let member = snapshots.member(rooms.dataset(name), &future).await?;
            if let Some(found) = fresh::newest(rooms.dataset(name), &member, binds.now).await? {
                newest.insert(counted(slot, datasets, name), found);
            }
            members.push(Member { evidence: evidence.to_vec(), ..member });
        }
        slots.insert(slot.clone(), Binding { members });
    }
    Ok(Bound { slots, newest, remarks: snapshots.remarks })
}

/// The name that rows of a dataset are counted under.
pub(super) fn counted(slot: &str, datasets: &[DatasetName], name: &DatasetName) -> String {
    if datasets.len() == 1 { slot.to_owned() } else { format!("{slot}/{name}") }
}

/// The datasets of the check whose rows are promises.
pub(super) fn ledger_datasets(rooms: &Rooms, check: &Check) -> Vec<DatasetName> {
    let manifest = rooms.plugin(check).manifest();
    let promises = manifest.slots.iter().filter(|slot| slot.ledger.is_some());
    promises.filter_map(|slot| check.datasets.get(&slot.name)).flatten().cloned().collect()
}

/// One snapshot for each source that is read.
pub(super) struct Snapshots<'a> {
    rooms: &'a Rooms,
    binds: &'a Binds,
    taken: BTreeMap<String, Arc<Snapshot>>,
    remarks: Remarks,
}

impl<'a> Snapshots<'a> {
    pub(super) fn new(rooms: &'a Rooms, binds: &'a Binds, remarks: Remarks) -> Self {
        Self { rooms, binds, taken: BTreeMap::new(), remarks }
    }

    async fn of(&mut self, source: &str) -> Result<Arc<Snapshot>, Fault> {
        if let Some(snapshot) = self.taken.get(source) {
            return Ok(Arc::clone(snapshot));
        }
        let snapshot = Arc::new(self.rooms.source(source).snapshot(self.binds).await?);
        self.remarks.of_snapshot(&snapshot);
        self.taken.insert(source.to_owned(), Arc::clone(&snapshot));
        Ok(snapshot)
    }

    async fn member(&mut self, dataset: &Dataset, future: &[String]) -> Result<Member, Fault> {
        let (columns, mut reader) = self.reader(dataset).await?;
        reader.future = future.to_vec();
        Ok(Member {
            dataset: dataset.name.clone(),
            columns,
            key: dataset.key.clone(),
            labels: dataset.labels.clone(),
            evidence: Vec::new(),
            partial: false,
            reader: Arc::new(reader),
        })
    }

    /// The dataset's columns, and what reads them.
    pub(super) async fn reader(&mut self, dataset: &Dataset) -> Result<(Vec<Field>, SnapshotReader), Fault> {
        let spec = dataset.spec();
        let described = self.rooms.source(&dataset.source).describe(&spec, self.binds).await?;
        self.remarks.of_description(&described);
        let snapshot = self.of(&dataset.source).await?;
        Ok((
            described.schema.fields,
            SnapshotReader { snapshot, spec, future: Vec::new(), remarks: self.remarks.clone() },
        ))
    }
}

/// One dataset within the snapshot of one run.
pub(super) struct SnapshotReader {
    snapshot: Arc<Snapshot>,
    spec: DatasetSpec,
    /// Columns that hold what is promised.
    future: Vec<String>,
    remarks: Remarks,
}

impl Reader for SnapshotReader {
    fn open(&self, columns: Vec<Wanted>, order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>> {
        async move {
            let asked =
                columns.iter().cloned().map(|Wanted { name, kind }| kaizend_source::Wanted { name, kind });
            let stream = self.snapshot.read(&self.spec, asked.collect(), order_by).await?;
            Ok(self.remarks.watch(&self.spec.name, &columns, &self.future, stream))
        }
        .boxed()
    }
}
