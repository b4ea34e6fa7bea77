//! The rows that a fixture binds to a slot, for the host to read: the same table, in the same order and the same
//! small batches that the native test host gives, so that a difference is never one of the data.

use std::{path::Path, sync::Arc};

use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream};
use kaizend_core::{
    domain::DatasetName,
    rows::{Batch, Column, Fault, FaultClass, Field, Kind, SlotAsk, Texts, Values},
};
use kaizend_host::{Member, Reader, RowStream, Wanted};
use kaizend_sdk::{
    manifest::Ask,
    testing::{self, Asked, Dataset, Source, Table},
};

/// The columns that the host adds from its ledger.
pub(super) const FIRST_PROMISED: &str = "first-promised";
pub(super) const MOVES: &str = "moves";

/// All datasets of a slot, as one table.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    table: Arc<Table>,
}

/// Some rows of one dataset; a column that the table lacks is `None`.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) len: usize,
    pub(super) member: u32,
    pub(super) columns: Vec<Option<Column>>,
}

impl Bound {
    /// Reads the datasets; CSV files are in `folder`.
    pub(super) fn read(ask: &SlotAsk, datasets: &[Dataset], folder: &Path) -> Result<Self, String> {
        let asked = ask.columns.iter().map(|column| {
            let kind = Ask::named(column.kind.name());
            let unknown = || format!("fixtures cannot hold a column of the kind {} yet", column.kind);
            Ok(Asked {
                name: column.name.clone(),
                ask: kind.ok_or_else(unknown)?,
                optional: column.optional,
                nullable: column.nullable,
            })
        });
        let asked: Vec<Asked> = asked.collect::<Result<_, String>>()?;
        Ok(Self { table: Arc::new(Table::read(&asked, datasets, folder)?) })
    }

    /// What is bound, dataset by dataset. A promise's key is also its row's; other rows have none.
    pub(super) fn members(&self, ask: &SlotAsk, datasets: &[Dataset]) -> Vec<Member> {
        let key = ask.ledger.as_ref().map(|ledger| ledger.key.clone()).unwrap_or_default();
        let member = |(at, dataset): (u32, &Dataset)| Member {
            dataset: self.dataset(at),
            columns: self.fields(ask),
            key: key.clone(),
            labels: Vec::new(),
            evidence: Vec::new(),
            partial: dataset.partial,
            reader: Arc::new(Rows { bound: self.clone(), member: at }),
        };
        (0..).zip(datasets).map(member).collect()
    }

    pub(super) fn dataset(&self, member: u32) -> DatasetName {
        let name = usize::try_from(member).ok().and_then(|at| self.table.members().get(at));
        DatasetName::from(name.map_or("", String::as_str))
    }

    /// The columns that a company's dataset would have.
    fn fields(&self, ask: &SlotAsk) -> Vec<Field> {
        let from_ledger = |name: &str| ask.ledger.is_some() && [FIRST_PROMISED, MOVES].contains(&name);
        let columns = ask.columns.iter().filter(|column| !from_ledger(&column.name));
        let field = |name: &str| {
            let kind = self.table.kind(name)?;
            let kind = Kind::ALL.into_iter().find(|known| known.name() == kind);
            Some(Field { name: name.to_owned(), kind })
        };
        columns.filter_map(|column| field(&column.name)).collect()
    }

    pub(super) fn pieces(&self, columns: &[String], order_by: &[String]) -> Result<Vec<Piece>, String> {
        let piece = |batch: testing::Batch| {
            let columns = batch.columns.into_iter().map(|found| found.map(column).transpose());
            Ok(Piece {
                len: batch.len,
                member: batch.member,
                columns: columns.collect::<Result<_, String>>()?,
            })
        };
        self.table.open(columns, order_by)?.map(piece).collect()
    }
}

/// One dataset of the slot.
struct Rows {
    bound: Bound,
    member: u32,
}

impl Reader for Rows {
    fn open(&self, columns: Vec<Wanted>, order_by: Vec<String>) -> BoxFuture<'_, Result<RowStream, Fault>> {
        let batches = self.batches(&columns, &order_by);
        async move { Ok(stream::iter(batches?.into_iter().map(Ok)).boxed()) }.boxed()
    }
}

impl Rows {
    fn batches(&self, wanted: &[Wanted], order_by: &[String]) -> Result<Vec<Batch>, Fault> {
        let names: Vec<String> = wanted.iter().map(|wanted| wanted.name.clone()).collect();
        let pieces =
            self.bound.pieces(&names, order_by).map_err(|why| Fault::new(FaultClass::Damaged, why))?;
        let own = pieces.into_iter().filter(|piece| piece.member == self.member);
        // A column that is not there makes the batch too narrow, and the host says so.
        let batch = |piece: Piece| Batch {
            len: piece.len,
            member: piece.member,
            columns: piece.columns.into_iter().flatten().collect(),
        };
        Ok(own.map(batch).collect())
    }
}

fn column(column: testing::Column) -> Result<Column, String> {
    use testing::Values as Found;
    let values = match column.values {
        Found::Text { offsets, bytes } => Values::Text(Texts { offsets, bytes }),
        Found::Integer(values) => Values::Integer(values),
        Found::Real(values) => Values::Real(values),
        Found::Boolean(values) => Values::Boolean(values),
        Found::Date(values) => Values::Date(values),
        Found::Instant(values) => Values::Instant(values),
        Found::Money { minor_units, offsets, bytes } => {
            Values::Money { minor_units, currencies: Texts { offsets, bytes } }
        }
        other => return Err(format!("the daemon cannot read such values yet: {other:?}")),
    };
    Ok(Column { values, nulls: column.nulls })
}

#[cfg(test)]
mod tests {
    use kaizend_core::rows::Value;

    use super::*;

    /// Two datasets of one slot, five rows.
    fn bound() -> (SlotAsk, Vec<Dataset>, Bound) {
        let ask: SlotAsk = serde_json::from_str(
            r#"{"name":"touches","list":true,
                "columns":[{"name":"client","kind":"key"},{"name":"at","kind":"when","nullable":true},
                           {"name":"worth","kind":"money","optional":true,"nullable":true},
                           {"name":"moves","kind":"integer","optional":true,"nullable":true}]}"#,
        )
        .unwrap();
        let calls: Dataset = toml::from_str(
            "name = 'calls'\nrows = [{ client = 'C', at = 2026-11-01T10:00:00Z }, { client = 10 }, { client = 'B' },
             { client = 'D' }]",
        )
        .unwrap();
        let visits: Dataset =
            toml::from_str("partial = true\nrows = [{ client = 'A', worth = '1250 EUR' }]").unwrap();
        let datasets = vec![calls, visits];
        let bound = Bound::read(&ask, &datasets, Path::new("")).unwrap();
        (ask, datasets, bound)
    }

    #[test]
    fn members_have_the_kinds_of_the_whole_slot() {
        let (ask, datasets, bound) = bound();
        let members = bound.members(&ask, &datasets);
        let named: Vec<_> = members.iter().map(|m| (m.dataset.as_str(), m.partial)).collect();
        assert_eq!(named, [("calls", false), ("dataset-2", true)]);
        for member in members {
            let kinds: Vec<_> = member.columns.iter().map(|f| (f.name.as_str(), f.kind)).collect();
            assert_eq!(
                kinds,
                [("client", Some(Kind::Text)), ("at", Some(Kind::Instant)), ("worth", Some(Kind::Money))]
            );
        }
    }

    #[test]
    fn what_the_ledger_adds_is_not_in_the_dataset() {
        let (ask, _, bound) = bound();
        let ledger = kaizend_core::rows::LedgerColumns {
            key: vec!["client".to_owned()],
            promised: "at".to_owned(),
            kept: "at".to_owned(),
            moved_by: None,
        };
        let datasets: [Dataset; 1] = [toml::from_str("rows = [{ client = 1, moves = 1 }]").unwrap()];
        let read =
            |ask: &SlotAsk| Bound::read(ask, &datasets, Path::new("")).unwrap().members(ask, &datasets);
        let has_moves = |members: &[Member]| members[0].columns.iter().any(|field| field.name == MOVES);
        assert!(has_moves(&read(&ask)));
        let members = read(&SlotAsk { ledger: Some(ledger), ..ask });
        assert!(!has_moves(&members));
        assert_eq!(members[0].key, ["client"]);
        assert_eq!(bound.dataset(7).as_str(), "");
    }

    #[test]
    fn a_member_gives_its_own_rows_in_order() {
        let (_, _, bound) = bound();
        let wanted = [("client", Kind::Text), ("at", Kind::Instant)]
            .map(|(name, kind)| Wanted { name: name.to_owned(), kind });
        let rows = |member| {
            let rows = Rows { bound: bound.clone(), member };
            rows.batches(&wanted, &["client".to_owned()]).unwrap()
        };
        let calls = rows(0);
        assert_eq!(calls.iter().map(|batch| batch.len).collect::<Vec<_>>(), [1, 3], "{calls:?}");
        let clients: Vec<_> = calls
            .iter()
            .flat_map(|batch| (0..batch.len).filter_map(|row| Some(batch.value(0, row)?.canonical())))
            .collect();
        assert_eq!(clients, ["10", "B", "C", "D"]);
        assert_eq!(calls[1].value(1, 0), None);
        assert_eq!(calls[1].value(1, 1), Some(Value::Instant(1_793_527_200_000_000)));
        assert_eq!(rows(1).iter().map(|batch| batch.len).sum::<usize>(), 1);
    }
}
