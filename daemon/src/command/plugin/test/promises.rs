//! The ledger of a fixture. Fixtures write `first-promised` and `moves` beside a promise's other columns; in the
//! daemon these come from the ledger alone, so the ledger is made to know what the rows say.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kaizend_core::{
    domain::{DatasetName, Moment, Promise, PromiseVersion, RunId},
    rows::{SlotAsk, Value},
};
use kaizend_host::Ledger;

use super::table::{Bound, FIRST_PROMISED, MOVES, Piece};

/// The promises whose history a fixture writes down.
#[derive(Debug)]
pub(super) struct Written {
    now: Timestamp,
    known: BTreeMap<(DatasetName, Vec<String>), Promise>,
}

impl Written {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { now, known: BTreeMap::new() }
    }

    /// Takes the histories that the rows of a slot bear.
    pub(super) fn note(&mut self, ask: &SlotAsk, bound: &Bound) -> Result<(), String> {
        let Some(ledger) = &ask.ledger else { return Ok(()) };
        let history = [ledger.promised.as_str(), FIRST_PROMISED, MOVES];
        let columns = ledger.key.iter().map(String::as_str).chain(history);
        let columns: Vec<String> = columns.map(str::to_owned).collect();
        for piece in bound.pieces(&columns, &[])? {
            for row in 0..piece.len {
                self.note_row(bound.dataset(piece.member), &piece, row)?;
            }
        }
        Ok(())
    }

    /// A row's columns are its key, and then what was promised, what was promised first, and the moves.
    fn note_row(&mut self, dataset: DatasetName, piece: &Piece, row: usize) -> Result<(), String> {
        let values: Vec<Option<Value<'_>>> =
            piece.columns.iter().map(|column| column.as_ref()?.value(row)).collect();
        let [key @ .., promised, first, moves] = values.as_slice() else { return Ok(()) };
        let key: Option<Vec<String>> =
            key.iter().map(|part| Some(part.as_ref()?.canonical().into_owned())).collect();
        // The ledger does not recognise a row without its key; the host passes it over as well.
        let Some(key) = key else { return Ok(()) };
        let moves = if let Some(Value::Integer(moves)) = moves { *moves } else { 0 };
        match (first.and_then(moment), u32::try_from(moves)) {
            (Some(first), Ok(moves)) => {
                let promise = self.promise(first, promised.and_then(moment), moves);
                self.known.insert((dataset, key), promise);
                Ok(())
            }
            (None, Ok(0)) => Ok(()),
            _ => Err(format!(
                "the row {} has `moves` = {moves}, which no ledger says: it counts from 0, beside a `first-promised`",
                key.join(", ")
            )),
        }
    }

    /// The date in force is the one that the row shows, so that the host sees no further move.
    fn promise(&self, first: Moment, promised: Option<Moment>, moves: u32) -> Promise {
        let version =
            |promised| PromiseVersion { promised, seen_at: self.now, run: RunId(0), moved_by: None };
        Promise {
            first: version(first),
            latest: version(promised.unwrap_or(first)),
            moves,
            kept: None,
            vanished: None,
        }
    }
}

impl Ledger for Written {
    fn look_up(&self, dataset: &DatasetName, key: &[String]) -> Option<Promise> {
        self.known.get(&(dataset.clone(), key.to_vec())).cloned()
    }
}

fn moment(value: Value<'_>) -> Option<Moment> {
    match value {
        Value::Date(days) => Some(Moment::Date(days)),
        Value::Instant(micros) => Some(Moment::Instant(micros)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kaizend_sdk::testing::Dataset;

    use super::*;

    fn ledger(rows: &str) -> Result<Written, String> {
        let ask: SlotAsk = serde_json::from_str(
            r#"{"name":"promises",
                "columns":[{"name":"id","kind":"key"},{"name":"promised","kind":"when","nullable":true},
                           {"name":"kept","kind":"when","nullable":true},
                           {"name":"first-promised","kind":"when","optional":true,"nullable":true},
                           {"name":"moves","kind":"integer","optional":true,"nullable":true}],
                "ledger":{"key":["id"],"promised":"promised","kept":"kept"}}"#,
        )
        .unwrap();
        let dataset: Dataset = toml::from_str(&format!("name = 'orders'\nrows = [{rows}]")).unwrap();
        let bound = Bound::read(&ask, &[dataset], Path::new("")).unwrap();
        let mut written = Written::new(Timestamp::UNIX_EPOCH);
        written.note(&ask, &bound).map(|()| written)
    }

    #[test]
    fn the_ledger_knows_what_the_rows_say() {
        let written = ledger(
            "{ id = 1, promised = 1970-01-09, first-promised = 1970-01-05, moves = 2 }, { id = 2, promised = 1970-01-09 },
             { id = 3, first-promised = 1970-01-05 }",
        )
        .unwrap();
        let known = |id: &str| written.look_up(&"orders".into(), &[id.to_owned()]);
        let moved = known("1").unwrap();
        assert_eq!(
            (moved.first.promised, moved.latest.promised, moved.moves),
            (Moment::Date(4), Moment::Date(8), 2)
        );
        assert_eq!(known("2"), None);
        let withdrawn = known("3").unwrap();
        assert_eq!((withdrawn.latest.promised, withdrawn.moves), (Moment::Date(4), 0));
        assert_eq!(written.look_up(&"calls".into(), &["1".to_owned()]), None);
    }

    #[test]
    fn a_history_that_no_ledger_has_is_refused() {
        for row in ["{ id = 1, moves = 2 }", "{ id = 1, first-promised = 1970-01-05, moves = -1 }"] {
            let why = ledger(row).unwrap_err();
            assert!(why.starts_with("the row 1 has `moves`"), "{why}");
        }
        assert!(ledger("{ id = 1, moves = 0 }").unwrap().known.is_empty());
    }
}
