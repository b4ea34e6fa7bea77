//! Addresses that refuse mail, a server that refuses us, and mails whose turn it is not.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Delivery, MailId, PersonId, TellBecause, WithheldBecause},
    policy::{bounce::Bounce, forget::Subject},
};

use super::{
    company::{look, minute, sighting},
    telling::{mail, owner},
};
use crate::{Audience, Claim, Holder, MailFilter, NoticeState, Store, StoreError, Telling};

/// Where `telling::mail` goes.
const ADDRESS: &str = "steven@northwind.example";

/// A store with a finding that is told by the first of two mails to the same address.
async fn told() -> Store {
    let store = Store::temporary().unwrap();
    let closed = look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let mails = vec![mail("1@x", Audience::Staff, closed.notices), mail("2@x", Audience::Staff, vec![])];
    store.compose(Telling { mails, ..Telling::default() }, minute(0)).await.unwrap();
    store
}

async fn claims(store: &Store, at: Timestamp) -> Vec<Claim> {
    let claimed = store.claim(at, &Holder::this_process(), minute(99), 9).await.unwrap();
    claimed.iter().map(|mail| mail.claim).collect()
}

async fn refuse(store: &Store, claim: Claim, bounce: Option<Bounce>, at: Timestamp) {
    store.finish_refused(claim, bounce, "550 5.1.1 no such user".to_owned(), at).await.unwrap();
}

#[tokio::test]
async fn who_cannot_be_reached_counts_as_not_told_and_is_left_alone() {
    let store = told().await;
    let claimed = store.claim(minute(1), &Holder::this_process(), minute(99), 9).await.unwrap();
    assert_eq!(claimed[0].given_up, None);
    refuse(&store, claimed[0].claim, Some(Bounce::Hard), minute(1)).await;
    let lines = store.mails(MailFilter::default()).await.unwrap();
    assert_eq!(
        lines[1].delivery,
        Delivery::Failed { at: minute(1), reason: "550 5.1.1 no such user".into() }
    );
    let notices = store.notices_in(MailId(1)).await.unwrap();
    assert_eq!(
        (notices[0].state, notices[0].withheld),
        (NoticeState::Withheld, Some(WithheldBecause::CameBack))
    );
    assert_eq!(store.next_advance().await.unwrap(), Some(minute(1)), "time alone decides it anew");
    let given_up = store.given_up().await.unwrap();
    assert_eq!(given_up.get(ADDRESS).map(String::as_str), Some("550 5.1.1 no such user"));

    // The other mail says so when it is claimed, and is not counted as a bounce of its own.
    store.postpone(claimed[1].claim, minute(2), "later".to_owned()).await.unwrap();
    let again = store.claim(minute(2), &Holder::this_process(), minute(99), 9).await.unwrap();
    assert_eq!(again[0].given_up.as_deref(), Some("550 5.1.1 no such user"));
    refuse(&store, again[0].claim, None, minute(2)).await;
    assert_eq!(store.bounced().await.unwrap()[0].bounces, [(minute(1), Bounce::Hard)]);

    assert!(store.lift("Steven@Northwind.example").await.unwrap());
    assert!(!store.lift(ADDRESS).await.unwrap());
    assert!(store.given_up().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_soft_bounce_alone_changes_nothing_for_others() {
    let store = told().await;
    let claims = claims(&store, minute(1)).await;
    refuse(&store, claims[0], Some(Bounce::Soft), minute(1)).await;
    assert_eq!(store.notices_in(MailId(1)).await.unwrap()[0].state, NoticeState::Composed);
    assert!(store.given_up().await.unwrap().is_empty());
    assert_eq!(store.bounced().await.unwrap()[0].bounces, [(minute(1), Bounce::Soft)]);
}

#[tokio::test]
async fn a_person_who_is_forgotten_leaves_no_address_behind() {
    for (subject, left) in
        [(Subject::Person(PersonId::from("5")), 0), (Subject::Client("ALFKI".to_owned()), 1)]
    {
        let store = told().await;
        refuse(&store, claims(&store, minute(1)).await[0], Some(Bounce::Hard), minute(1)).await;
        store.forget(&subject, minute(2)).await.unwrap();
        assert_eq!(store.bounced().await.unwrap().len(), left, "{subject:?}");
    }
}

#[tokio::test]
async fn sending_stands_still_until_its_end_and_the_operators_hear_once() {
    let store = told().await;
    let standstill = store.stand_still("535 5.7.8 who are you".to_owned(), minute(1)).await.unwrap();
    assert_eq!(standstill.until, minute(16));
    assert_eq!(claims(&store, minute(15)).await, []);
    assert_eq!(store.next_ready_mail().await.unwrap(), Some(minute(16)));
    let paused = store.outbox_paused(minute(15)).await.unwrap().unwrap();
    assert_eq!((paused.since, paused.until), (minute(1), Some(minute(16))));
    assert_eq!(store.outbox_paused(minute(16)).await.unwrap(), None);

    let claimed = claims(&store, minute(16)).await;
    let claim = claimed[0];
    store.put_back(claimed[1], minute(16)).await.unwrap();
    let row = store.mail(MailId(2)).await.unwrap().unwrap();
    assert_eq!((row.line.delivery, row.line.attempts), (Delivery::Queued, 0));
    let again = store.stand_still("535 5.7.8 who are you".to_owned(), minute(17)).await.unwrap();
    assert_eq!(again.until, minute(47), "longer, the second time in a row");
    let due =
        store.due_notices(&kaizend_core::domain::Addressee::Operators, minute(99), None, 9).await.unwrap();
    assert_eq!(due.iter().map(|item| item.notice.because).collect::<Vec<_>>(), [TellBecause::Refused]);

    // A mail that is taken makes the next wait a short one.
    let sent = Delivery::Sent { at: minute(48), reply: "250 ok".to_owned() };
    store.finish(claim, sent, None, "250 ok".to_owned(), minute(48)).await.unwrap();
    assert_eq!(store.stand_still("550 5.7.1".to_owned(), minute(60)).await.unwrap().until, minute(75));
    store.pause_outbox(None).await.unwrap();
    assert_eq!(store.outbox_paused(minute(61)).await.unwrap(), None, "a person lets it go on");
}

#[tokio::test]
async fn a_mail_whose_turn_it_is_not_was_not_tried() {
    let store = told().await;
    let first = claims(&store, minute(1)).await[0];
    store.postpone(first, minute(30), "at most 1 an hour".to_owned()).await.unwrap();
    let row = store.mail(MailId(1)).await.unwrap().unwrap();
    assert_eq!((row.line.attempts, row.attempts.len()), (0, 0));
    let reason = "at most 1 an hour".to_owned();
    assert_eq!(row.line.delivery, Delivery::Deferred { until: minute(30), attempts: 0, reason });
    let late = store.postpone(first, minute(31), "again".to_owned()).await.unwrap_err();
    assert!(matches!(late, StoreError::ClaimLost { mail: 1 }), "{late}");
    assert_eq!(row.line.addressee, owner());

    let second = claims(&store, minute(30)).await[0];
    let sent = Delivery::Sent { at: minute(31), reply: "250 ok".to_owned() };
    store.finish(second, sent, None, "250 ok".to_owned(), minute(31)).await.unwrap();
    assert_eq!(store.sent_since(minute(31)).await.unwrap(), [(ADDRESS.to_owned(), minute(31))]);
    assert_eq!(store.sent_since(minute(32)).await.unwrap(), []);
}
