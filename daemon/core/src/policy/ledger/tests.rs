//! One promise through its looks, by name.

use super::*;
use crate::domain::DatasetName;
use LedgerEvent::{First, Kept, KeptCorrected, Moved, Reopened, Returned, Vanished};

/// One look at the promise: dates as days of May; `None` when its row is not there.
type Row = Option<(Option<i32>, Option<i32>)>;

fn seen(promised: Option<i32>, kept: Option<i32>) -> PromiseSeen {
    PromiseSeen {
        dataset: DatasetName::from("promises"),
        key: vec!["10248".to_owned()],
        promised: promised.map(Moment::Date),
        kept: kept.map(Moment::Date),
        moved_by: None,
    }
}

/// Looks again and again, and returns the events of each look and the promise at the end.
fn live(looks: &[Row]) -> (Vec<Vec<LedgerEvent>>, Option<Promise>, Vec<Moment>) {
    let (mut known, mut versions) = (None, Vec::new());
    let events = looks
        .iter()
        .zip(1..)
        .map(|(row, run)| {
            let seen = row.map(|(promised, kept)| seen(promised, kept));
            let change = record(known.as_ref(), seen.as_ref(), RunId(run), Timestamp::UNIX_EPOCH, true);
            let Some(change) = change else { return Vec::new() };
            versions.extend(change.version.map(|version| version.promised));
            known = Some(change.promise);
            change.events
        })
        .collect();
    (events, known, versions)
}

#[test]
fn a_promise_through_its_versions() {
    let open = |day| Some((Some(day), None));
    let kept = |day, on| Some((Some(day), Some(on)));
    for (name, looks, events, versions) in [
        ("finished when first seen", vec![kept(5, 7), kept(5, 7)], vec![vec![], vec![]], vec![]),
        ("never promised", vec![Some((None, None))], vec![vec![]], vec![]),
        ("kept in time", vec![open(5), open(5), kept(5, 4)], vec![vec![First], vec![], vec![Kept]], vec![5]),
        (
            "moved twice, then kept",
            vec![open(5), open(9), open(12), kept(12, 12)],
            vec![vec![First], vec![Moved], vec![Moved], vec![Kept]],
            vec![5, 9, 12],
        ),
        (
            "moved and moved back",
            vec![open(5), open(9), open(5)],
            vec![vec![First], vec![Moved], vec![Moved]],
            vec![5, 9, 5],
        ),
        (
            "moved and kept between two looks",
            vec![open(5), kept(9, 8)],
            vec![vec![First], vec![Moved, Kept]],
            vec![5, 9],
        ),
        (
            "its date rewritten after it was kept late",
            vec![open(5), kept(5, 7), kept(7, 7)],
            vec![vec![First], vec![Kept], vec![Moved]],
            vec![5, 7],
        ),
        (
            "its date taken away and given again",
            vec![open(5), Some((None, None)), open(5), open(8)],
            vec![vec![First], vec![], vec![], vec![Moved]],
            vec![5, 8],
        ),
        (
            "kept, then open again",
            vec![open(5), kept(5, 4), open(5), kept(5, 6)],
            vec![vec![First], vec![Kept], vec![Reopened], vec![Kept]],
            vec![5],
        ),
        (
            "the day it was kept corrected",
            vec![open(5), kept(5, 4), kept(5, 6)],
            vec![vec![First], vec![Kept], vec![KeptCorrected]],
            vec![5],
        ),
        (
            "vanished, then back with another date",
            vec![open(5), None, None, open(9)],
            vec![vec![First], vec![Vanished], vec![], vec![Returned, Moved]],
            vec![5, 9],
        ),
        (
            "vanished, then back kept",
            vec![open(5), None, kept(5, 5)],
            vec![vec![First], vec![Vanished], vec![Returned, Kept]],
            vec![5],
        ),
        (
            "kept, then archived",
            vec![open(5), kept(5, 5), None],
            vec![vec![First], vec![Kept], vec![]],
            vec![5],
        ),
    ] {
        let (happened, promise, recorded) = live(&looks);
        assert_eq!(happened, events, "{name}");
        assert_eq!(recorded, versions.iter().map(|day| Moment::Date(*day)).collect::<Vec<_>>(), "{name}");
        if let Some(promise) = promise {
            assert_eq!(promise.first.promised, recorded[0], "{name}: the first date stays");
            assert_eq!(Some(&promise.latest.promised), recorded.last(), "{name}");
            assert_eq!(promise.moves as usize, recorded.len() - 1, "{name}");
        }
    }
}

#[test]
fn absence_counts_only_where_the_read_was_complete() {
    let (_, promise, _) = live(&[Some((Some(5), None))]);
    let absent = |complete| record(promise.as_ref(), None, RunId(2), Timestamp::UNIX_EPOCH, complete);
    assert_eq!(absent(false), None);
    let vanished = absent(true).unwrap();
    assert_eq!(vanished.events, [Vanished]);
    assert_eq!(vanished.promise.kept, None, "gone is not kept");
}

#[test]
fn who_asked_for_a_move_is_remembered_with_it() {
    let (_, promise, _) = live(&[Some((Some(5), None))]);
    let moved = PromiseSeen { moved_by: Some("client".to_owned()), ..seen(Some(9), None) };
    let change = record(promise.as_ref(), Some(&moved), RunId(2), Timestamp::UNIX_EPOCH, true).unwrap();
    assert_eq!(change.version.unwrap().moved_by.as_deref(), Some("client"));
    assert_eq!(change.promise.first.moved_by, None);
    assert_eq!(change.promise.latest.run, RunId(2));
}

#[test]
fn a_date_that_gets_a_time_of_day_is_no_move() {
    const DAY: i64 = 86_400_000_000;
    let (_, promise, _) = live(&[Some((Some(5), None))]);
    for (name, micros, moves) in [
        ("ten in the morning in Sofia", 5 * DAY + DAY / 3, false),
        ("midnight in Auckland", 5 * DAY - DAY / 24 * 13, false),
        ("the evening in Honolulu", 6 * DAY + DAY / 24 * 9, false),
        ("three days later", 8 * DAY, true),
        ("two days earlier", 3 * DAY, true),
    ] {
        let seen = PromiseSeen { promised: Some(Moment::Instant(micros)), ..seen(None, None) };
        let change = record(promise.as_ref(), Some(&seen), RunId(2), Timestamp::UNIX_EPOCH, true);
        assert_eq!(change.is_some(), moves, "{name}");
    }
}
