//! What people read: lists by page, one finding by its first digits, orphans, retention, counts.

use jiff::SignedDuration;
use kaizend_core::domain::{CheckId, Event, Fingerprint, HowResolved, PersonId, Said, Severity, State, Why};

use super::company::{begin, check, close, complete, fingerprint, look, minute, promise, sighting};
use crate::{Filter, Found, Keep, Removed, Standing, Store, StoreError};

fn with_severity(order: &str, severity: Severity, owner: &str) -> Said {
    let Said::Sighting(mut said) = sighting(order, "overdue") else { unreachable!() };
    said.severity = severity;
    said.about.insert("owner".to_owned(), owner.to_owned());
    Said::Sighting(said)
}

async fn keys(store: &Store, filter: Filter) -> Vec<String> {
    store.findings(filter).await.unwrap().iter().map(|finding| finding.seen.key.join("/")).collect()
}

#[tokio::test]
async fn lists_begin_with_the_worst_then_the_oldest_and_go_on_by_cursor() {
    let store = Store::temporary().unwrap();
    let old = with_severity("old", Severity::Normal, "5");
    let high = with_severity("high", Severity::High, "6");
    let gone = with_severity("gone", Severity::High, "5");
    look(&store, minute(0), vec![old.clone(), gone]).await;
    look(&store, minute(1), vec![old, with_severity("new", Severity::Normal, "5"), high]).await;
    assert_eq!(keys(&store, Filter::default()).await, ["high", "old", "new"]);
    let all = Filter { standing: Standing::All, ..Filter::default() };
    assert_eq!(keys(&store, all.clone()).await, ["high", "old", "new", "gone"]);
    let mut after = None;
    for expected in [vec!["high", "old"], vec!["new", "gone"], vec![]] {
        let page = store.findings(Filter { after, limit: 2, ..all.clone() }).await.unwrap();
        assert_eq!(page.iter().map(|finding| finding.seen.key[0].as_str()).collect::<Vec<_>>(), expected);
        after = page.last().map(|finding| finding.fingerprint).or(after);
    }
    for (filter, expected) in [
        (Filter { owner: Some(PersonId::from("6")), ..Filter::default() }, vec!["high"]),
        (Filter { stage: Some("due-soon".to_owned()), ..Filter::default() }, vec![]),
        (Filter { check: Some(CheckId::from("another")), ..Filter::default() }, vec![]),
        (Filter { standing: Standing::Resolved, ..Filter::default() }, vec!["gone"]),
    ] {
        assert_eq!(keys(&store, filter).await, expected);
    }
    let gone = Filter { after: Some(fingerprint("never")), ..Filter::default() };
    assert!(matches!(store.findings(gone).await, Err(StoreError::CursorGone(_))));
}

#[tokio::test]
async fn a_finding_is_found_by_its_first_digits() {
    let store = Store::temporary().unwrap();
    // 600 findings share no 12 digits, but some share four.
    let orders: Vec<String> = (0..600).map(|order| order.to_string()).collect();
    look(&store, minute(0), orders.iter().map(|order| sighting(order, "overdue")).collect()).await;
    let one = fingerprint("17");
    for digits in [one.to_string(), one.short(), one.to_string().to_uppercase(), format!(" {} ", one.short())]
    {
        let found = store.finding_by_prefix(&digits).await.unwrap();
        assert!(matches!(&found, Found::One(finding) if finding.fingerprint == one), "{digits}: {found:?}");
    }
    let mut all: Vec<Fingerprint> = orders.iter().map(|order| fingerprint(order)).collect();
    all.sort();
    let shared = all.windows(2).find(|two| two[0].to_string()[..4] == two[1].to_string()[..4]);
    if let Some(two) = shared {
        let found = store.finding_by_prefix(&two[0].to_string()[..4]).await.unwrap();
        assert_eq!(found, Found::Many(two.to_vec()));
    }
    for digits in ["", "abc", "order 10248", &"a".repeat(65)] {
        assert_eq!(store.finding_by_prefix(digits).await.unwrap(), Found::NotAFingerprint, "{digits}");
    }
    let unknown = Fingerprint::from_bytes([0; 32]).to_string();
    assert_eq!(store.finding_by_prefix(&unknown).await.unwrap(), Found::None);
}

#[tokio::test]
async fn findings_of_a_check_that_is_gone_are_closed_only_by_hand() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    assert_eq!(store.orphans(vec![check()]).await.unwrap(), []);
    let orphans = store.orphans(vec![CheckId::from("another")]).await.unwrap();
    assert_eq!((orphans[0].check.clone(), orphans[0].open), (check(), 2));
    let (by, why) = (PersonId::from("2"), "the check is gone".to_owned());
    assert_eq!(store.resolve_check(&check(), by.clone(), why.clone(), minute(5)).await.unwrap(), 2);
    assert_eq!(store.resolve_check(&check(), by.clone(), why.clone(), minute(6)).await.unwrap(), 0);
    assert_eq!(store.orphans(vec![]).await.unwrap(), []);
    let finding = store.finding(fingerprint("1")).await.unwrap().unwrap();
    assert_eq!(
        finding.state,
        State::Resolved { at: minute(5), how: HowResolved::ByHand { by, reason: why } }
    );
    let last = store.history(fingerprint("1")).await.unwrap().pop().unwrap();
    assert_eq!((last.event, last.why), (Event::Resolved, Why::ByHand));
}

#[tokio::test]
async fn what_ended_long_ago_is_removed_and_what_waits_is_not() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue"), promise("1", 5, None)])
        .await;
    look(&store, minute(1), vec![sighting("2", "overdue")]).await;
    let day = SignedDuration::from_hours(24);
    let keep = Keep { sent_mail: day, resolved_findings: day, runs: day };
    assert_eq!(store.retention(minute(2), keep).await.unwrap(), Removed::default());
    // Finding 1 is resolved, but its notice is not settled yet.
    let later = minute(2) + day + day;
    let removed = store.retention(later, keep).await.unwrap();
    assert_eq!(removed, Removed { runs: 2, ..Removed::default() });
    let notice = store.notices_of(fingerprint("1")).await.unwrap()[0].id;
    let withheld = vec![(notice, kaizend_core::domain::WithheldBecause::Resolved)];
    store.compose(crate::Telling { withheld, ..Default::default() }, later).await.unwrap();
    assert_eq!(store.retention(later, keep).await.unwrap(), Removed { findings: 1, ..Removed::default() });
    assert_eq!(store.finding(fingerprint("1")).await.unwrap(), None);
    assert_eq!(store.history(fingerprint("1")).await.unwrap(), []);
    assert!(store.finding(fingerprint("2")).await.unwrap().is_some());
    assert!(store.promise_versions(&"promises".into(), &["1".to_owned()]).await.unwrap().is_some());
}

#[tokio::test]
async fn retention_keeps_the_newest_occurrence_and_runs_that_go() {
    use kaizend_core::{
        domain::Trigger,
        policy::schedule::{Fate, OccurrenceDecision},
    };
    let store = Store::temporary().unwrap();
    let due = |at| OccurrenceDecision {
        check: check(),
        due: minute(at),
        fate: Fate::Run(Trigger::Schedule),
        unlisted_since: None,
    };
    let requests = store.record_occurrences(vec![due(0), due(1), due(2)]).await.unwrap();
    let run = begin(&store, minute(3)).await;
    store.close_run(run, close(run, minute(3), complete())).await.unwrap();
    store
        .skip_requested(requests[0].run, kaizend_core::domain::SkipReason::Overlap, minute(3))
        .await
        .unwrap();
    let keep = Keep {
        sent_mail: SignedDuration::ZERO,
        resolved_findings: SignedDuration::ZERO,
        runs: SignedDuration::ZERO,
    };
    let removed = store.retention(minute(9), keep).await.unwrap();
    assert_eq!((removed.occurrences, removed.runs), (1, 2));
    assert_eq!(store.requested_runs().await.unwrap(), requests[1..]);
    assert_eq!(store.last_occurrence(&check()).await.unwrap(), Some(minute(2)));
}

#[tokio::test]
async fn counts_are_what_status_shows() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    look(&store, minute(1), vec![sighting("2", "overdue")]).await;
    begin(&store, minute(2)).await;
    let counts = store.counts().await.unwrap();
    assert_eq!(counts.open_findings, [(check(), 1)].into());
    assert_eq!((counts.resolved_findings, counts.notices_due, counts.runs_running), (1, 2, 1));
}
