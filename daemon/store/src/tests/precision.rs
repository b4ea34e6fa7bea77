//! Verdicts are counted from the history, and its index is used.

use jiff::Timestamp;
use kaizend_core::domain::{Decision, Event, HowBad, State, Telling, Why, WithheldBecause};

use super::company::{check, fingerprint, look, minute, sighting};
use crate::{Store, precision::JUDGED};

async fn dismiss(store: &Store, order: &str, reason: &str, at: Timestamp) {
    let reason = reason.to_owned();
    let said = store.act(fingerprint(order), at, move |finding| {
        let (by, how_bad) = ("5".into(), Some(HowBad::of(&finding.seen)));
        let mut after = finding.clone();
        after.state = State::Dismissed { by, reason: reason.clone(), how_bad };
        let telling = Telling::Withhold(WithheldBecause::Dismissed);
        let decision = Decision::new(after, Event::Dismissed, Why::SaidSo, telling);
        Ok::<_, std::convert::Infallible>(Decision { note: Some(reason), ..decision })
    });
    said.await.unwrap().unwrap().unwrap();
}

#[tokio::test]
async fn verdicts_are_counted_by_check() {
    let store = Store::temporary().unwrap();
    assert!(store.precision(minute(0)).await.unwrap().is_empty());
    let orders = ["1", "2", "3", "4"].map(|order| sighting(order, "overdue")).to_vec();
    look(&store, minute(0), orders).await;
    dismiss(&store, "1", "agreed by phone", minute(1)).await;
    dismiss(&store, "2", "agreed by phone", minute(3)).await;
    look(&store, minute(4), vec![sighting("2", "overdue"), sighting("4", "overdue")]).await;

    let precision = store.precision(minute(0)).await.unwrap().remove(&check()).unwrap();
    assert_eq!(
        (precision.taken_on, precision.mended, precision.dismissed),
        (0, 1, 2),
        "3 was told and mended"
    );
    assert_eq!(precision.reasons, [("agreed by phone".to_owned(), 2)].into());
    let later = store.precision(minute(2)).await.unwrap().remove(&check()).unwrap();
    assert_eq!((later.mended, later.dismissed), (1, 1), "1 was dismissed before, and closed since");
    assert!(store.precision(minute(5)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_long_history_is_not_read_for_it() {
    let store = Store::temporary().unwrap();
    let plan: Vec<String> = store
        .read(|connection| {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {JUDGED}"))?;
            let lines = statement.query_map([0], |row| row.get("detail"))?;
            Ok(lines.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    assert!(plan.iter().any(|line| line.contains("history_verdicts")), "{plan:?}");
}
