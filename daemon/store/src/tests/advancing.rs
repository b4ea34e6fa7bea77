//! Time and people's words change findings, each in one transaction with its history.

use kaizend_core::domain::{
    Decision, Event, Finding, PersonId, Silence, SilenceId, State, Telling, Why, WithheldBecause,
};
use kaizend_core::policy::{
    climb::{Advance, Word},
    tell::Waiting,
};

use super::company::{fingerprint, look, minute, sighting};
use super::telling::{mail, owner};
use crate::{Audience, ByTime, Composings, MailKind, NewMail, Store, Telling as Told};

fn reminded(finding: &Finding) -> Decision {
    let mut after = finding.clone();
    after.climb.repeats += 1;
    Decision::new(after, Event::Reminded, Why::StillOpen, Telling::Withhold(WithheldBecause::NotWorse))
}

/// Waits for minute 10, is reminded twice, and then nothing comes.
fn twice() -> ByTime {
    Box::new(|finding: &Finding, _: &[Word]| match finding.climb.repeats {
        0 | 1 => Advance::Decide(Box::new(reminded(finding))),
        _ => Advance::Nothing,
    })
}

#[tokio::test]
async fn what_time_decides_is_decided_until_nothing_comes() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue"), sighting("2", "overdue")]).await;
    assert_eq!(store.next_advance().await.unwrap(), None, "nothing comes by itself");
    assert_eq!(store.reconsider(minute(1)).await.unwrap(), 2);
    assert_eq!(store.reconsider(minute(1)).await.unwrap(), 0, "said again it changes nothing");
    assert_eq!(store.next_advance().await.unwrap(), Some(minute(1)));
    assert_eq!(
        store.advance(minute(0), twice).await.unwrap().count(Event::Reminded),
        0,
        "not before its time"
    );
    let done = store.advance(minute(1), twice).await.unwrap();
    assert_eq!(done.count(Event::Reminded), 4);
    assert_eq!(store.next_advance().await.unwrap(), None);
    let history = store.history(fingerprint("1")).await.unwrap();
    let events: Vec<Event> = history.iter().map(|row| row.event).collect();
    assert_eq!(events, [Event::Opened, Event::Reminded, Event::Reminded]);
}

#[tokio::test]
async fn what_waits_for_the_past_is_put_off() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    store.reconsider(minute(1)).await.unwrap();
    let past = || -> ByTime { Box::new(|_: &Finding, _: &[Word]| Advance::Wait(minute(0))) };
    store.advance(minute(1), past).await.unwrap();
    assert!(store.next_advance().await.unwrap().unwrap() > minute(1));
}

#[tokio::test]
async fn the_decider_sees_the_words_of_the_episode() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let finding = store.finding(fingerprint("1")).await.unwrap().unwrap();
    let waits = store.words(&finding).await.unwrap();
    assert_eq!((waits[0].waits, waits[0].left_at), (true, None));
    let notice = store.notices_of(fingerprint("1")).await.unwrap()[0].id;
    let mails = vec![mail("a@x", Audience::Staff, vec![notice])];
    store.compose(Told { mails, ..Told::default() }, minute(3)).await.unwrap();
    let left = store.words(&finding).await.unwrap();
    assert_eq!((left[0].waits, left[0].left_at), (false, Some(minute(3))));
    let later = Finding { episode: 2, ..finding };
    assert_eq!(store.words(&later).await.unwrap(), [], "of another life");
}

#[tokio::test]
async fn a_word_is_kept_with_who_said_it() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let said = |finding: &Finding| {
        let state = State::Snoozed { by: PersonId::from("5"), until: minute(60) };
        let after = Finding { state, ..finding.clone() };
        let word =
            Decision::new(after, Event::Snoozed, Why::SaidSo, Telling::Withhold(WithheldBecause::Snoozed));
        let (by, note) = (Some(PersonId::from("5")), Some("tomorrow".to_owned()));
        Ok::<_, String>(Decision { by, note, next: Some(minute(60)), ..word })
    };
    let after = store.act(fingerprint("1"), minute(1), said).await.unwrap().unwrap().unwrap();
    assert!(matches!(after.state, State::Snoozed { .. }));
    let last = store.history(fingerprint("1")).await.unwrap().pop().unwrap();
    assert_eq!((last.by, last.note.as_deref()), (Some(PersonId::from("5")), Some("tomorrow")));
    assert_eq!(store.next_advance().await.unwrap(), Some(minute(60)));

    let refused = store.act(fingerprint("1"), minute(2), |_| Err("no")).await.unwrap().unwrap();
    assert_eq!(refused.unwrap_err(), "no");
    assert_eq!(store.history(fingerprint("1")).await.unwrap().len(), 2, "nothing is written");
    assert!(store.act(fingerprint("9"), minute(2), |_| Err("no")).await.unwrap().is_none());
}

#[tokio::test]
async fn a_silence_ends_when_it_is_said_and_lets_go_what_it_held() {
    let store = Store::temporary().unwrap();
    let silence = |until| Silence {
        matching: [("check".to_owned(), "late-*".to_owned())].into(),
        since: minute(0),
        until,
        by: PersonId::from("2"),
        reason: "stocktaking".to_owned(),
    };
    let first = store.add_silence(silence(minute(5))).await.unwrap();
    let second = store.add_silence(silence(minute(9))).await.unwrap();
    let ids = |found: Vec<(SilenceId, Silence)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(store.silences(Some(minute(4))).await.unwrap()), [first, second]);
    assert_eq!(ids(store.silences(Some(minute(5))).await.unwrap()), [second]);
    assert!(store.end_silence(second, minute(6)).await.unwrap());
    assert!(!store.end_silence(second, minute(7)).await.unwrap(), "it is over already");
    assert_eq!(ids(store.silences(Some(minute(6))).await.unwrap()), []);
    let all = store.silences(None).await.unwrap();
    assert_eq!(all[1].1.until, minute(6), "kept with its true end");
}

#[tokio::test]
async fn what_a_silence_held_climbs_again_as_soon_as_it_is_ended() {
    let store = Store::temporary().unwrap();
    look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let silence = Silence {
        matching: [("check".to_owned(), "late-*".to_owned())].into(),
        since: minute(0),
        until: minute(50),
        by: PersonId::from("2"),
        reason: "stocktaking".to_owned(),
    };
    let silence = store.add_silence(silence).await.unwrap();
    let notice = store.notices_of(fingerprint("1")).await.unwrap()[0].id;
    let waiting = vec![Waiting { notice, because: WithheldBecause::Silenced, until: minute(50) }];
    store.compose(Told { waiting, ..Told::default() }, minute(1)).await.unwrap();
    store.reconsider(minute(1)).await.unwrap();
    let waits = || -> ByTime { Box::new(|_: &Finding, _: &[Word]| Advance::Wait(minute(50))) };
    store.advance(minute(1), waits).await.unwrap();
    assert_eq!(store.next_advance().await.unwrap(), Some(minute(50)));
    assert!(store.end_silence(silence, minute(6)).await.unwrap());
    assert_eq!(store.next_advance().await.unwrap(), Some(minute(6)), "not when the silence would have ended");
    assert_eq!(store.due_notices(&owner(), minute(6), None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn mails_are_counted_for_the_days_cap_and_the_breaker() {
    let store = Store::temporary().unwrap();
    let one = |id: &str, kind| NewMail { kind, ..mail(id, Audience::Staff, vec![]) };
    let mails = vec![
        one("a@x", MailKind::Digest),
        one("b@x", MailKind::Urgent),
        one("c@x", MailKind::Operator),
        one("d@x", MailKind::Baseline),
    ];
    store.compose(Told { mails, ..Told::default() }, minute(1)).await.unwrap();
    let held = NewMail { held: Some("too many".to_owned()), ..one("e@x", MailKind::Digest) };
    store.compose(Told { mails: vec![held], ..Told::default() }, minute(2)).await.unwrap();
    let count = store.composed_since(&owner(), minute(0)).await.unwrap();
    assert_eq!(count, Composings { letters: 3, urgent: 1 });
    assert_eq!(
        store.composed_since(&owner(), minute(2)).await.unwrap(),
        Composings { letters: 1, urgent: 0 }
    );
    assert_eq!(store.mailings_since(minute(0)).await.unwrap(), [2, 1], "lists and word to operators apart");
    let mail = store.mails(Default::default()).await.unwrap().remove(0);
    assert_eq!(mail.delivery.word(), "held");
    assert_eq!(store.next_ready_mail().await.unwrap(), Some(minute(1)), "a held mail is never ready");
}
