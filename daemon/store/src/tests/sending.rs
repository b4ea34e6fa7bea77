//! The outbox: each step is committed before the next, and refused from anybody who lost the claim.

use jiff::Timestamp;
use kaizend_core::domain::{Delivery, MailId};

use super::{company::minute, telling::mail};
use crate::{Audience, Claim, Holder, MailFilter, Pause, Store, StoreError, Telling, Which};

fn me() -> Holder {
    Holder::this_process()
}

/// No process has this pid: the kernel's highest is 2^22.
fn dead() -> Holder {
    Holder::from_text("99999999.1")
}

async fn outbox(audiences: &[Audience]) -> Store {
    let store = Store::temporary().unwrap();
    let mails = audiences.iter().enumerate().map(|(n, audience)| mail(&format!("{n}@x"), *audience, vec![]));
    let telling = Telling { mails: mails.collect(), ..Telling::default() };
    store.compose(telling, minute(0)).await.unwrap();
    store
}

async fn claim_one(store: &Store, at: Timestamp, holder: &Holder) -> Claim {
    let claimed = store.claim(at, holder, minute(5), 1).await.unwrap();
    assert_eq!(claimed.len(), 1);
    claimed[0].claim
}

async fn states(store: &Store) -> Vec<&'static str> {
    let mut lines = store.mails(MailFilter::default()).await.unwrap();
    lines.reverse();
    lines.iter().map(|line| line.delivery.word()).collect()
}

fn sent(at: Timestamp) -> Delivery {
    Delivery::Sent { at, reply: "250 2.0.0 queued as 1".to_owned() }
}

fn uncertain(since: Timestamp) -> Delivery {
    Delivery::Uncertain { since, reason: "no answer to the final dot".to_owned() }
}

async fn finish(store: &Store, claim: Claim, delivery: Delivery) -> Result<(), StoreError> {
    store.finish(claim, delivery, None, "what the server said".to_owned(), minute(1)).await
}

#[tokio::test]
async fn a_mail_is_claimed_once_marked_and_sent() {
    let store = outbox(&[Audience::Staff]).await;
    let claim = claim_one(&store, minute(0), &me()).await;
    assert_eq!(store.claim(minute(0), &me(), minute(5), 9).await.unwrap(), []);
    store.data_started(claim, minute(1), minute(5)).await.unwrap();
    assert_eq!(states(&store).await, ["data-started"]);
    finish(&store, claim, sent(minute(1))).await.unwrap();
    assert_eq!(states(&store).await, ["sent"]);
    let row = store.mail(claim.mail).await.unwrap().unwrap();
    assert_eq!(row.attempts.len(), 1);
    assert_eq!(
        (row.attempts[0].note.as_str(), &row.attempts[0].delivery),
        ("what the server said", &sent(minute(1)))
    );
    assert_eq!(store.next_ready_mail().await.unwrap(), None);
}

#[tokio::test]
async fn a_deferred_mail_waits_for_its_time() {
    let store = outbox(&[Audience::Staff]).await;
    let claim = claim_one(&store, minute(0), &me()).await;
    let deferred = Delivery::Deferred { until: minute(20), attempts: 1, reason: "451 later".to_owned() };
    finish(&store, claim, deferred).await.unwrap();
    assert_eq!(store.next_ready_mail().await.unwrap(), Some(minute(20)));
    assert_eq!(store.claim(minute(19), &me(), minute(25), 9).await.unwrap(), []);
    let again = store.claim(minute(20), &me(), minute(25), 9).await.unwrap();
    assert_eq!(again[0].attempts, 1);
}

#[tokio::test]
async fn the_longest_waiting_goes_first_and_no_more_than_asked() {
    let store = outbox(&[Audience::Staff; 3]).await;
    let claimed = store.claim(minute(0), &me(), minute(5), 2).await.unwrap();
    assert_eq!(claimed.iter().map(|one| one.claim.mail).collect::<Vec<_>>(), [MailId(1), MailId(2)]);
}

#[tokio::test]
async fn a_claim_that_ran_out_is_taken_over_and_its_late_answer_refused() {
    let store = outbox(&[Audience::Staff]).await;
    let late = claim_one(&store, minute(0), &me()).await;
    let claimed = store.claim(minute(5), &me(), minute(9), 1).await.unwrap();
    assert_eq!(claimed.len(), 1);
    let refused = store.data_started(late, minute(6), minute(9)).await.unwrap_err();
    assert!(matches!(refused, StoreError::ClaimLost { mail: 1 }), "{refused}");
    let refused = finish(&store, late, sent(minute(6))).await.unwrap_err();
    assert!(matches!(refused, StoreError::ClaimLost { mail: 1 }), "{refused}");
    store.data_started(claimed[0].claim, minute(6), minute(9)).await.unwrap();
    // A mail whose data started is not claimed by anybody, however old: it may be on its way.
    assert_eq!(store.claim(minute(99), &me(), minute(199), 1).await.unwrap(), []);
}

#[tokio::test]
async fn after_a_crash_what_was_claimed_goes_again_and_what_had_started_is_uncertain() {
    let store = outbox(&[Audience::Staff, Audience::Staff, Audience::Client, Audience::Staff]).await;
    let claims = store.claim(minute(0), &dead(), minute(5), 3).await.unwrap();
    store.data_started(claims[1].claim, minute(1), minute(5)).await.unwrap();
    store.data_started(claims[2].claim, minute(1), minute(5)).await.unwrap();
    let alive = claim_one(&store, minute(0), &me()).await;
    store.data_started(alive, minute(1), minute(5)).await.unwrap();

    let recovered = store.recover(minute(2)).await.unwrap();
    assert_eq!((recovered.queued, recovered.uncertain), (vec![MailId(1)], vec![MailId(2), MailId(3)]));
    assert_eq!(states(&store).await, ["queued", "uncertain", "uncertain", "data-started"]);
    // Staff mail goes again under its Message-ID and stays marked; the client's waits for a person.
    let again = store.claim(minute(2), &me(), minute(9), 9).await.unwrap();
    let seen: Vec<_> = again.iter().map(|one| (one.mail.message_id.as_str(), one.times_uncertain)).collect();
    assert_eq!(seen, [("0@x", 0), ("1@x", 1)]);
    finish(&store, again[1].claim, sent(minute(3))).await.unwrap();
    let row = store.mail(MailId(2)).await.unwrap().unwrap();
    assert_eq!((row.line.delivery.word(), row.line.times_uncertain, row.attempts.len()), ("sent", 1, 2));
    // The living sender is taken for dead only when its lease ends.
    assert_eq!(store.recover(minute(4)).await.unwrap().uncertain, []);
    assert_eq!(store.recover(minute(5)).await.unwrap().uncertain, [MailId(4)]);
}

#[tokio::test]
async fn an_uncertain_mail_goes_again_when_policy_says_and_a_clients_never_by_itself() {
    let store = outbox(&[Audience::Staff, Audience::Client]).await;
    for claimed in store.claim(minute(0), &me(), minute(5), 2).await.unwrap() {
        store.data_started(claimed.claim, minute(0), minute(5)).await.unwrap();
        let note = String::new();
        store.finish(claimed.claim, uncertain(minute(1)), Some(minute(30)), note, minute(1)).await.unwrap();
    }
    assert_eq!(store.claim(minute(29), &me(), minute(60), 9).await.unwrap(), []);
    let again = store.claim(minute(9999), &me(), minute(20_000), 9).await.unwrap();
    assert_eq!(again.iter().map(|one| one.claim.mail).collect::<Vec<_>>(), [MailId(1)]);
    let moved = store.retry(Which::Ids(vec![MailId(2)]), minute(10_000)).await.unwrap();
    assert_eq!(moved.moved, [MailId(2)]);
    assert_eq!(
        store.claim(minute(10_000), &me(), minute(10_005), 1).await.unwrap()[0].audience,
        Audience::Client
    );
}

#[tokio::test]
async fn people_hold_release_and_cancel_what_is_not_on_its_way() {
    let store = outbox(&[Audience::Staff; 4]).await;
    let claim = claim_one(&store, minute(0), &me()).await;
    store.data_started(claim, minute(0), minute(5)).await.unwrap();
    let held = store.hold(Which::All, "2".to_owned(), "wrong template".to_owned()).await.unwrap();
    assert_eq!(held.moved, [MailId(2), MailId(3), MailId(4)]);
    assert_eq!(store.claim(minute(1), &me(), minute(5), 9).await.unwrap(), []);
    let ids = vec![MailId(1), MailId(2), MailId(77)];
    let cancelled =
        store.cancel(Which::Ids(ids), "2".to_owned(), "spam".to_owned(), minute(1)).await.unwrap();
    assert_eq!(cancelled.moved, [MailId(2)]);
    assert_eq!(
        cancelled.refused,
        [(MailId(1), "data-started".to_owned()), (MailId(77), "unknown".to_owned())]
    );
    let released = store.release(Which::All, minute(2)).await.unwrap();
    assert_eq!(released.moved, [MailId(3), MailId(4)]);
    assert_eq!(states(&store).await, ["data-started", "cancelled", "queued", "queued"]);
    // Sent is sent.
    finish(&store, claim, sent(minute(1))).await.unwrap();
    let again = store.retry(Which::Ids(vec![MailId(1)]), minute(3)).await.unwrap();
    assert_eq!(again.refused, [(MailId(1), "sent".to_owned())]);
}

#[tokio::test]
async fn a_paused_outbox_gives_nothing_out_and_keeps_its_first_reason() {
    let store = outbox(&[Audience::Staff]).await;
    let pause = |reason: &str| Pause {
        by: "breaker".to_owned(),
        reason: reason.to_owned(),
        since: minute(0),
        until: None,
    };
    store.pause_outbox(Some(pause("300 mails in an hour"))).await.unwrap();
    store.pause_outbox(Some(pause("again"))).await.unwrap();
    assert_eq!(store.claim(minute(0), &me(), minute(5), 9).await.unwrap(), []);
    assert_eq!(store.next_ready_mail().await.unwrap(), None);
    assert_eq!(store.outbox_paused(minute(0)).await.unwrap(), Some(pause("300 mails in an hour")));
    store.pause_outbox(None).await.unwrap();
    assert_eq!(store.claim(minute(0), &me(), minute(5), 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_list_goes_on_where_it_stopped() {
    let store = outbox(&[Audience::Staff; 5]).await;
    store.hold(Which::Ids(vec![MailId(2)]), "2".to_owned(), String::new()).await.unwrap();
    let page = |after, state: Option<&str>| {
        store.mails(MailFilter { state: state.map(str::to_owned), after, limit: 2 })
    };
    let ids = |lines: Vec<crate::MailLine>| lines.iter().map(|line| line.id.0).collect::<Vec<_>>();
    assert_eq!(ids(page(None, None).await.unwrap()), [5, 4]);
    assert_eq!(ids(page(Some(MailId(4)), None).await.unwrap()), [3, 2]);
    assert_eq!(ids(page(Some(MailId(3)), Some("queued")).await.unwrap()), [1]);
    assert_eq!(ids(page(None, Some("held")).await.unwrap()), [2]);
}
