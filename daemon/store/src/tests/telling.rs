//! Notices wait, and are settled in the transaction that queues their mail.

use kaizend_core::domain::{
    Addressee, Mail, MailId, Notice, NoticeId, PersonId, RunId, TellBecause, WithheldBecause,
};
use kaizend_core::policy::tell::Waiting;

use super::company::{check, fingerprint, look, minute, sighting};
use crate::{Audience, MailFilter, MailKind, NewMail, NoticeState, Store, StoreError, Telling};

pub(super) fn owner() -> Addressee {
    Addressee::Person(PersonId::from("5"))
}

pub(crate) fn mail(message_id: &str, audience: Audience, notices: Vec<NoticeId>) -> NewMail {
    let mail = Mail {
        message_id: message_id.to_owned(),
        envelope_from: "kaizen@northwind.example".to_owned(),
        envelope_to: "steven@northwind.example".to_owned(),
        subject: "Order 10248".to_owned(),
        bytes: b"Subject: Order 10248\r\n\r\nLate.\r\n".to_vec(),
    };
    NewMail {
        mail,
        kind: MailKind::Reminder,
        addressee: owner(),
        audience,
        notices,
        said: Vec::new(),
        held: None,
    }
}

fn telling(mails: Vec<NewMail>) -> Telling {
    Telling { mails, ..Telling::default() }
}

/// Three findings, told to person 5.
async fn three() -> (Store, Vec<NoticeId>) {
    let store = Store::temporary().unwrap();
    let said = ["1", "2", "3"].map(|order| sighting(order, "overdue")).to_vec();
    let closed = look(&store, minute(0), said).await;
    (store, closed.notices)
}

#[tokio::test]
async fn a_notice_is_due_from_its_window_with_its_finding_as_it_is_now() {
    let (store, notices) = three().await;
    assert_eq!(store.next_due_notice().await.unwrap(), Some(minute(0)));
    assert_eq!(store.addressees_with_due_notices(minute(-1)).await.unwrap(), []);
    assert_eq!(store.addressees_with_due_notices(minute(0)).await.unwrap(), [owner()]);
    assert_eq!(store.checks_with_due_notices(minute(-1)).await.unwrap(), []);
    assert_eq!(store.checks_with_due_notices(minute(0)).await.unwrap(), [check()]);
    assert_eq!(store.due_notices(&owner(), minute(-1), None, 10).await.unwrap(), []);
    let first = store.due_notices(&owner(), minute(0), None, 2).await.unwrap();
    let rest = store.due_notices(&owner(), minute(0), Some(first[1].id), 2).await.unwrap();
    let ids: Vec<_> = first.iter().chain(&rest).map(|item| item.id).collect();
    assert_eq!(ids, notices);
    look(&store, minute(1), vec![]).await;
    let later = store.due_notices(&owner(), minute(1), None, 10).await.unwrap();
    assert!(later.iter().all(|item| !item.finding.as_ref().unwrap().is_open()));
    assert_eq!(store.due_notices(&Addressee::Operators, minute(1), None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn composing_queues_the_mail_and_settles_its_notices() {
    let (store, notices) = three().await;
    let telling = Telling {
        mails: vec![mail("a@northwind.example", Audience::Staff, vec![notices[0]])],
        withheld: vec![(notices[1], WithheldBecause::Resolved)],
        waiting: vec![Waiting { notice: notices[2], because: WithheldBecause::OverCap, until: minute(5) }],
    };
    let composed = store.compose(telling, minute(1)).await.unwrap();
    assert!(composed[0].new);
    let mut states = Vec::new();
    for order in ["1", "2", "3"] {
        for row in store.notices_of(fingerprint(order)).await.unwrap() {
            states.push((row.id, row.state, row.withheld, row.mail));
        }
    }
    states.sort_by_key(|state| state.0);
    assert_eq!(
        states,
        [
            (notices[0], NoticeState::Composed, None, Some(composed[0].mail)),
            (notices[1], NoticeState::Withheld, Some(WithheldBecause::Resolved), None),
            (notices[2], NoticeState::Due, Some(WithheldBecause::OverCap), None),
        ]
    );
    assert_eq!(store.due_notices(&owner(), minute(4), None, 10).await.unwrap(), [], "it was put off");
    assert_eq!(store.next_due_notice().await.unwrap(), Some(minute(5)));
    let due = store.due_notices(&owner(), minute(5), None, 10).await.unwrap();
    assert_eq!(due.iter().map(|item| item.id).collect::<Vec<_>>(), [notices[2]]);
    let in_mail = store.notices_in(composed[0].mail).await.unwrap();
    assert_eq!(in_mail.iter().map(|row| row.id).collect::<Vec<_>>(), [notices[0]]);
}

#[tokio::test]
async fn the_same_message_again_is_composed_already() {
    let (store, notices) = three().await;
    let same = || telling(vec![mail("a@northwind.example", Audience::Staff, notices.clone())]);
    let first = store.compose(same(), minute(1)).await.unwrap();
    let again = store.compose(same(), minute(2)).await.unwrap();
    assert_eq!((again[0].mail, again[0].new), (first[0].mail, false));
    assert_eq!(store.mails(MailFilter::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_notice_goes_into_one_mail_only() {
    let (store, notices) = three().await;
    store.compose(telling(vec![mail("a@x", Audience::Staff, vec![notices[0]])]), minute(1)).await.unwrap();
    let twice = telling(vec![mail("b@x", Audience::Staff, vec![notices[1], notices[0]])]);
    let why = store.compose(twice, minute(2)).await.unwrap_err();
    assert!(matches!(why, StoreError::NoticeNotDue { notice, .. } if notice == notices[0].0), "{why}");
    // Nothing of the refused telling is there: no mail, and its other notice still waits.
    assert_eq!(store.mails(MailFilter::default()).await.unwrap().len(), 1);
    let due = store.due_notices(&owner(), minute(2), None, 10).await.unwrap();
    assert_eq!(due.iter().map(|item| item.id).collect::<Vec<_>>(), notices[1..]);
    let unknown = telling(vec![mail("c@x", Audience::Staff, vec![NoticeId(999)])]);
    assert!(matches!(store.compose(unknown, minute(2)).await, Err(StoreError::NoticeNotDue { .. })));
}

#[tokio::test]
async fn a_mail_keeps_its_bytes() {
    let (store, notices) = three().await;
    let new = mail("a@x", Audience::Staff, notices);
    store.compose(telling(vec![new.clone()]), minute(1)).await.unwrap();
    let row = store.mail(MailId(1)).await.unwrap().unwrap();
    assert_eq!(row.mail, new.mail);
    assert_eq!((row.line.attempts, row.line.delivery.word()), (0, "queued"));
    assert_eq!(store.mail(MailId(2)).await.unwrap(), None);
}

#[tokio::test]
async fn word_to_operators_needs_no_run_and_no_finding() {
    let store = Store::temporary().unwrap();
    let detail = "The new configuration was not loaded.".to_owned();
    let notice =
        Notice::to_operators("configuration".into(), TellBecause::CouldNotLook, RunId(0), minute(0), detail);
    let id = store.add_notice(notice.clone(), minute(0)).await.unwrap();
    let due = store.due_notices(&Addressee::Operators, minute(0), None, 10).await.unwrap();
    assert_eq!((due.len(), due[0].id, &due[0].notice), (1, id, &notice));
    // There is nothing to look at again for it.
    assert_eq!(store.checks_with_due_notices(minute(0)).await.unwrap(), []);
}
