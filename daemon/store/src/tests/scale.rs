//! Any number of findings goes through in bounded memory.

use super::company::{begin, close, complete, decide_simply, look, minute, sighting};
use crate::Store;

const FINDINGS: usize = 100_000;
const CHUNK: usize = 1_000;

/// The peak of this process' own memory, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_hundred_thousand_findings_are_one_commit_in_bounded_memory() {
    let store = Store::temporary().unwrap();
    let run = begin(&store, minute(0)).await;
    let before = peak();
    for chunk in 0..FINDINGS / CHUNK {
        let orders = chunk * CHUNK..(chunk + 1) * CHUNK;
        store.stage(run, orders.map(|n| sighting(&n.to_string(), "overdue")).collect()).await.unwrap();
    }
    let mut closing = close(run, minute(0), complete());
    let mut decide = decide_simply(run, minute(0));
    let mut last = None;
    closing.decide = Box::new(move |known, seen| {
        let decision = decide(known, seen)?;
        let fingerprint = Some(decision.finding.fingerprint);
        assert!(last < fingerprint, "findings come in the order of their fingerprints");
        last = fingerprint;
        Some(decision)
    });
    let closed = store.close_run(run, closing).await.unwrap();
    assert_eq!((closed.seen, closed.notices.len()), (FINDINGS as u64, FINDINGS));
    let grown = peak().saturating_sub(before);
    // The findings are about 100 MiB as rows; 48 MiB hold the page caches of the writer and its temporary tables.
    assert!(grown < 48 << 10, "{grown} KiB");
}

/// Several pages of what is known, too: nothing was seen again, and all of them are resolved.
#[tokio::test]
async fn what_is_known_is_read_page_by_page() {
    let store = Store::temporary().unwrap();
    for (at, seen) in [(0, 1_300), (1, 0)] {
        let said = (0..seen).map(|n| sighting(&n.to_string(), "overdue")).collect();
        let closed = look(&store, minute(at), said).await;
        assert_eq!(closed.decided.iter().map(|decided| decided.count).sum::<u64>(), 1_300);
    }
    assert_eq!(store.counts().await.unwrap().resolved_findings, 1_300);
}
