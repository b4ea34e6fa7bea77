//! A disk that takes no more. What a run said is refused whole, and the run can still be closed in order.

use kaizend_core::domain::{Addressee, Hindrance, Notice, Outcome, RunId, RunState, Said, TellBecause};

use super::company::{begin, check, close, complete, fingerprint, look, minute, sighting};
use crate::{Filter, Store, StoreError};

/// A store whose database (`main`), or whose staging (`temp`), may grow by so many pages and no more.
async fn fill(store: &Store, database: &'static str, pages: u64) {
    let limit = move |connection: &rusqlite::Connection| {
        let now: u64 = connection.pragma_query_value(Some(database), "page_count", |row| row.get(0))?;
        let limit = format!("PRAGMA {database}.max_page_count = {}", now + pages);
        connection.query_row(&limit, [], |_| Ok(()))?;
        Ok(())
    };
    store.write(limit).await.unwrap();
}

/// More than a few pages.
fn many() -> Vec<Said> {
    (0..3000).map(|order| sighting(&order.to_string(), "overdue")).collect()
}

fn given_up(run: RunId) -> crate::Close {
    let message = "the store could not keep what the run said".to_owned();
    let outcome = Outcome::failed(Hindrance::Store, message.clone());
    let notice = Notice::to_operators(check(), TellBecause::CouldNotLook, run, minute(1), message);
    let mut closing = close(run, minute(1), outcome);
    closing.ended_ledgers.clear();
    closing.notices = vec![notice];
    closing
}

/// The run is over, its findings count for nothing, the operators are to be told, and the check can run again.
async fn is_closed_in_order(store: &Store, run: RunId) {
    store.close_run(run, given_up(run)).await.unwrap();
    assert_eq!(store.run(run).await.unwrap().unwrap().state, RunState::Failed);
    let open = store.findings(Filter::default()).await.unwrap();
    assert_eq!(open.iter().map(|finding| finding.fingerprint).collect::<Vec<_>>(), [fingerprint("10248")]);
    assert_eq!(store.due_notices(&Addressee::Operators, minute(1), None, 10).await.unwrap().len(), 1);
    begin(store, minute(2)).await;
}

#[tokio::test]
async fn a_run_that_could_not_be_staged() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("10248", "overdue")]).await;
    let run = begin(&store, minute(1)).await;
    fill(&store, "temp", 20).await;
    let refused = store.stage(run, many()).await.unwrap_err();
    assert!(refused.to_string().contains("disk is full"), "{refused}");
    is_closed_in_order(&store, run).await;
}

#[tokio::test]
async fn a_run_whose_findings_found_no_room() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("10248", "overdue")]).await;
    let run = begin(&store, minute(1)).await;
    store.stage(run, many()).await.unwrap();
    fill(&store, "main", 20).await;
    let refused = store.close_run(run, close(run, minute(1), complete())).await.unwrap_err();
    assert!(refused.to_string().contains("full") || refused.to_string().contains("undid"), "{refused}");
    is_closed_in_order(&store, run).await;
}

/// Another run's failure may cost this one what it had said; its silence must not resolve what it saw.
#[tokio::test]
async fn a_run_that_lost_what_it_said() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("10248", "overdue")]).await;
    let run = begin(&store, minute(1)).await;
    store.stage(run, vec![sighting("10248", "overdue")]).await.unwrap();
    let lose = |connection: &rusqlite::Connection| {
        Ok(connection.execute_batch("DELETE FROM temp.staged_findings; DELETE FROM temp.staged_runs")?)
    };
    store.write(lose).await.unwrap();
    let staged = store.stage(run, vec![sighting("10249", "overdue")]).await.unwrap_err();
    let closed = store.close_run(run, close(run, minute(1), complete())).await.unwrap_err();
    for refused in [staged, closed] {
        assert!(matches!(refused, StoreError::StagingLost { .. }), "{refused}");
    }
    is_closed_in_order(&store, run).await;
}
