//! Promises among the rows: what the ledger is told, and what the plugin learns from it.
//!
//! Only promises that are open when seen, and those that the ledger knows, are told: ten million finished
//! orders add none.

use std::{fmt, sync::Arc};

use jiff::{Timestamp, ToSpan};
use kaizend_core::{
    domain::{Moment, Promise, PromiseSeen, Said},
    rows::{Column, Kind, Value, Values},
};

use super::{
    layout::{LedgerPlaces, MemberLayout},
    sheet::{Sheet, absent},
};
use crate::{Ledger, WorkingTime, days};

/// What is needed to answer for promises.
#[derive(Clone)]
pub(crate) struct LedgerView {
    pub(crate) ledger: Arc<dyn Ledger>,
    pub(crate) calendar: Arc<dyn WorkingTime>,
}

/// What a sheet has to do with promises.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    /// The virtual columns, and where they go.
    pub(crate) columns: Vec<(usize, Column)>,
    pub(crate) said: Vec<Said>,
}

impl LedgerView {
    pub(crate) fn promises(&self, layout: &MemberLayout, sheet: &Sheet) -> Promises {
        let Some(places) = &layout.ledger else { return Promises::default() };
        let kind = sheet.batch.columns[places.promised].values.kind();
        let mut history = History::new(kind, sheet.batch.len);
        let mut said = Vec::new();
        let mut key = vec![String::new(); places.key.len()];
        for row in 0..sheet.batch.len {
            if !key_into(&mut key, places, sheet, row) {
                continue;
            }
            let known = self.ledger.look_up(&layout.dataset, &key);
            let moment = |at: usize| sheet.batch.value(at, row).and_then(moment_of);
            let (promised, kept) = (moment(places.promised), moment(places.kept));
            if let Some(known) = &known {
                history.note(row, self.in_kind(known.first.promised, kind), moves(known, promised));
            }
            if known.is_some() || (kept.is_none() && promised.is_some()) {
                let by = places.moved_by.and_then(|at| sheet.batch.value(at, row));
                said.push(Said::Promise(PromiseSeen {
                    dataset: layout.dataset.clone(),
                    key: key.clone(),
                    promised,
                    kept,
                    moved_by: by.map(|by| by.canonical().into_owned()),
                }));
            }
        }
        Promises { columns: history.columns(places), said }
    }

    /// The first promise in the kind that the column has today. A promise for a day holds until the day ends.
    fn in_kind(&self, first: Moment, kind: Kind) -> Option<i64> {
        match (first, kind) {
            (Moment::Instant(micros), Kind::Date) => {
                let at = Timestamp::from_microsecond(micros).ok()?;
                Some(i64::from(days::from_date(self.calendar.date_of(at))))
            }
            (Moment::Date(day), Kind::Instant) => {
                let next = days::to_date(day)?.checked_add(1.day()).ok()?;
                Some(self.calendar.start_of(next).as_microsecond() - 1)
            }
            (Moment::Date(day), _) => Some(i64::from(day)),
            (Moment::Instant(micros), _) => Some(micros),
        }
    }
}

impl fmt::Debug for LedgerView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LedgerView")
    }
}

/// `first-promised` and `moves` of a sheet; null and 0 where the ledger knows nothing.
struct History {
    first: Column,
    moves: Vec<i64>,
}

impl History {
    fn new(kind: Kind, len: usize) -> Self {
        Self { first: absent(Some(kind), len), moves: vec![0; len] }
    }

    fn note(&mut self, row: usize, first: Option<i64>, moves: i64) {
        self.moves[row] = moves;
        let Some(first) = first else { return };
        match &mut self.first.values {
            Values::Date(days) => days[row] = first as i32,
            Values::Instant(micros) => micros[row] = first,
            _ => return,
        }
        if let Some(nulls) = &mut self.first.nulls {
            nulls[row / 8] &= !(1 << (row % 8));
        }
    }

    fn columns(self, places: &LedgerPlaces) -> Vec<(usize, Column)> {
        let moves = Column { values: Values::Integer(self.moves), nulls: None };
        let first = places.first_promised.map(|at| (at, self.first));
        first.into_iter().chain(places.moves.map(|at| (at, moves))).collect()
    }
}

/// The moves that the ledger has recorded, and the one that this look sees for the first time.
fn moves(known: &Promise, promised: Option<Moment>) -> i64 {
    let moved_now = promised.is_some_and(|promised| promised != known.latest.promised);
    i64::from(known.moves) + i64::from(moved_now)
}

fn moment_of(value: Value<'_>) -> Option<Moment> {
    match value {
        Value::Date(days) => Some(Moment::Date(days)),
        Value::Instant(micros) => Some(Moment::Instant(micros)),
        _ => None,
    }
}

/// Writes the row's key into `key`; false when a part is null, because such a row cannot be recognised again.
fn key_into(key: &mut [String], places: &LedgerPlaces, sheet: &Sheet, row: usize) -> bool {
    for (part, &at) in key.iter_mut().zip(&places.key) {
        let Some(value) = sheet.batch.value(at, row) else { return false };
        part.clear();
        part.push_str(&value.canonical());
    }
    true
}
