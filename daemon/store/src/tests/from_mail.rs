//! Words from mails: a page speaks once, what is not confirmed changes nothing, and what is taken back is as before.

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{
        Decision, Delivery, Event, Finding, NoticeId, PersonId, State, Telling as Tells, Verb, Why,
        WithheldBecause,
    },
    policy::{
        forget::Subject,
        press::{Doubt, Earlier, HandedOver},
        undo::{self, Stays},
    },
};

use super::{
    company::{fingerprint, look, minute, sighting},
    telling::mail,
};
use crate::{
    ActStanding, Audience, AuditVerdict, Heard, Holder, Judged, Keep, NewAct, Past, Store, TakenBack, Telling,
};

/// A finding that was told to person 5 by a mail that waits.
async fn told() -> (Store, NoticeId) {
    let store = Store::temporary().unwrap();
    let closed = look(&store, minute(0), vec![sighting("1", "overdue")]).await;
    let mails = vec![mail("a@x", Audience::Staff, closed.notices.clone())];
    store.compose(Telling { mails, ..Telling::default() }, minute(1)).await.unwrap();
    (store, closed.notices[0])
}

async fn sent(store: &Store, at: Timestamp) {
    let claimed = store.claim(minute(1), &Holder::this_process(), minute(9), 2).await.unwrap().remove(0);
    store.data_started(claimed.claim, minute(1), minute(9)).await.unwrap();
    let reply = "250 kept".to_owned();
    let sent = Delivery::Sent { at, reply: reply.clone() };
    store.finish(claimed.claim, sent, None, reply, at).await.unwrap();
}

fn done(notice: NoticeId, page: u8, at: Timestamp) -> NewAct {
    let person = PersonId::from("5");
    let (fingerprint, page) = (fingerprint("1"), [page; 32]);
    NewAct { notice, fingerprint, person, verb: Verb::Done, at, confirmed: page[0] == 2, page }
}

fn is_done(finding: &Finding, at: Timestamp) -> Decision {
    let state = State::Done { by: "5".into(), at, trusted_until: minute(900) };
    let telling = Tells::Withhold(WithheldBecause::DoneTrusted);
    let decision = Decision::new(Finding { state, ..finding.clone() }, Event::Done, Why::SaidSo, telling);
    Decision { by: Some("5".into()), ..decision }
}

async fn say(store: &Store, new: NewAct) -> Heard<String> {
    let at = new.at;
    let decide = move |finding: &Finding, _: &Past| Ok(Judged::Decided(Box::new(is_done(finding, at))));
    store.say_from_mail(new, decide).await.unwrap()
}

async fn past(store: &Store, new: NewAct) -> Past {
    let (say, hear) = std::sync::mpsc::channel();
    let decide = move |_: &Finding, past: &Past| {
        say.send(past.clone()).unwrap();
        Err("only asked".to_owned())
    };
    let heard = store.say_from_mail(new, decide).await.unwrap();
    assert_eq!(heard, Heard::Refused("only asked".to_owned()));
    hear.recv().unwrap()
}

/// A button that nobody confirms, about an order.
pub(super) async fn press(store: &Store, order: &str, at: Timestamp) {
    let new = NewAct { fingerprint: fingerprint(order), ..done(NoticeId(1), 7, at) };
    let unconfirmed = |_: &Finding, _: &Past| Ok::<_, String>(Judged::Unconfirmed(Doubt::TooSoon));
    let heard = store.say_from_mail(new, unconfirmed).await.unwrap();
    assert_eq!(heard, Heard::Unconfirmed(Doubt::TooSoon));
}

async fn sound(store: &Store) {
    let verdict = store.audit_verify(None, |_, _| {}).await.unwrap();
    assert!(matches!(verdict, AuditVerdict::Sound(_)), "{verdict:?}");
}

#[tokio::test]
async fn a_page_speaks_once() {
    let (store, notice) = told().await;
    let Heard::Recorded { act, finding } = say(&store, done(notice, 1, minute(2))).await else { panic!() };
    assert!(matches!(finding.state, State::Done { .. }));
    assert_eq!(say(&store, done(notice, 1, minute(3))).await, Heard::Replayed);
    let gone = NewAct { fingerprint: fingerprint("9"), ..done(notice, 2, minute(3)) };
    assert_eq!(say(&store, gone).await, Heard::Gone);
    let row = store.act_from_mail(act).await.unwrap().unwrap();
    assert_eq!((row.verb, row.standing, row.person.as_str()), (Verb::Done, ActStanding::Recorded, "5"));
    let change = row.change.unwrap();
    assert!(matches!(change.before.state, State::Open { .. }) && change.after == *finding);
    sound(&store).await;
}

#[tokio::test]
async fn what_was_pressed_before_and_when_the_mail_left_is_known() {
    let (store, notice) = told().await;
    let asked = |page, at| past(&store, done(notice, page, at));
    assert_eq!(asked(1, minute(2)).await.handed_over, HandedOver::NotYet);
    sent(&store, minute(3)).await;
    let expected = Past { handed_over: HandedOver::At(minute(3)), earlier: Vec::new(), asked_at: None };
    assert_eq!(asked(1, minute(4)).await, expected);
    press(&store, "1", minute(4)).await;
    let open = store.finding(fingerprint("1")).await.unwrap().unwrap();
    assert!(matches!(open.state, State::Open { .. }), "nothing was changed");
    let later = asked(2, minute(5)).await;
    assert_eq!(later.earlier, [Earlier { verb: Verb::Done, at: minute(4), confirmed: false }]);
    assert_eq!(later.asked_at, Some(minute(4)));
    let other = past(&store, NewAct { verb: Verb::Snooze, ..done(notice, 2, minute(5)) }).await;
    assert_eq!((other.earlier.len(), other.asked_at), (1, None), "another word was not asked");
    say(&store, done(notice, 2, minute(6))).await;
    assert_eq!(
        asked(3, minute(6)).await.earlier[1],
        Earlier { verb: Verb::Done, at: minute(6), confirmed: true }
    );
    assert_eq!(asked(3, minute(70)).await.earlier, [], "an hour later it says nothing");
    let gone = past(&store, done(NoticeId(99), 3, minute(5))).await;
    assert_eq!(gone.handed_over, HandedOver::LongAgo);
}

#[tokio::test]
async fn what_is_taken_back_is_as_before_and_told_anew() {
    let (store, notice) = told().await;
    let Heard::Recorded { act, .. } = say(&store, done(notice, 1, minute(2))).await else { panic!() };
    let untold = |store: Store| async move { store.untold_acts(&"5".into()).await.unwrap() };
    assert_eq!(untold(store.clone()).await.len(), 1);
    let named = crate::NewMail { said: vec![act], ..mail("b@x", Audience::Staff, vec![]) };
    store.compose(Telling { mails: vec![named], ..Telling::default() }, minute(3)).await.unwrap();
    assert_eq!(untold(store.clone()).await, []);

    let back = |by: &'static str, now| {
        let decide = move |finding: &Finding, taken: &undo::Taken| undo::undo(finding, taken, now);
        store.take_back(act, by.into(), ActStanding::TakenBack, now, decide)
    };
    assert_eq!(back("7", minute(4)).await.unwrap(), TakenBack::Gone, "it is not theirs");
    let late = minute(4) + SignedDuration::from_hours(8 * 24);
    assert_eq!(back("5", late).await.unwrap(), TakenBack::Stays(Stays::TooLate));
    let TakenBack::Back(finding) = back("5", minute(4)).await.unwrap() else { panic!() };
    assert!(matches!(finding.state, State::Open { .. }));
    assert_eq!(back("5", minute(5)).await.unwrap(), TakenBack::Gone, "once");
    let told_anew = untold(store.clone()).await;
    assert_eq!(told_anew.iter().map(|row| row.standing).collect::<Vec<_>>(), [ActStanding::TakenBack]);
    let events: Vec<Event> =
        store.history(fingerprint("1")).await.unwrap().iter().map(|row| row.event).collect();
    assert_eq!(events, [Event::Opened, Event::Done, Event::TakenBack]);
    sound(&store).await;
}

#[tokio::test]
async fn words_go_with_the_mails_and_with_whom_they_are_about() {
    for subject in [Subject::Person("5".into()), Subject::Client("5".to_owned())] {
        let (store, notice) = told().await;
        say(&store, done(notice, 1, minute(2))).await;
        let is_person = matches!(subject, Subject::Person(_));
        let would = store.kept_about(&subject).await.unwrap();
        let forgotten = store.forget(&subject, minute(3)).await.unwrap();
        assert_eq!((would.acts, forgotten.acts), (u64::from(is_person), u64::from(is_person)));
        let left = store.untold_acts(&"5".into()).await.unwrap().len();
        assert_eq!(left, usize::from(!is_person), "a client of the same number is another one");
        sound(&store).await;
    }
    let (store, notice) = told().await;
    say(&store, done(notice, 1, minute(2))).await;
    let day = SignedDuration::from_hours(24);
    let keep = Keep { sent_mail: day, resolved_findings: day, runs: day };
    let later = minute(2) + day;
    assert_eq!(store.retention(later, keep).await.unwrap().acts, 0);
    assert_eq!(store.retention(later + SignedDuration::from_secs(1), keep).await.unwrap().acts, 1);
    sound(&store).await;
}

#[tokio::test]
async fn keys_rotate_and_old_ones_go() {
    let store = Store::temporary().unwrap();
    let secrets = || async { store.web_keys().await.unwrap().into_iter().map(|key| (key.kid, key.secret)) };
    store.first_web_key(vec![1; 32], minute(0)).await.unwrap();
    store.first_web_key(vec![9; 32], minute(1)).await.unwrap();
    assert_eq!(secrets().await.collect::<Vec<_>>(), [(1, vec![1; 32])], "there is one already");
    assert_eq!(store.rotate_web_key(vec![2; 32], minute(2)).await.unwrap(), 2);
    assert_eq!(secrets().await.collect::<Vec<_>>(), [(2, vec![2; 32]), (1, vec![1; 32])]);
    assert_eq!(store.drop_web_keys(minute(2)).await.unwrap(), 0);
    assert_eq!(store.drop_web_keys(minute(3)).await.unwrap(), 1);
    assert_eq!(secrets().await.collect::<Vec<_>>(), [(2, vec![2; 32])]);
    assert_eq!(format!("{:?}", store.web_keys().await.unwrap()), "[WebKey { kid: 2, .. }]");
    sound(&store).await;
}

#[tokio::test]
async fn a_person_chooses_one_letter_a_day() {
    let store = Store::temporary().unwrap();
    let ann = PersonId::from("5");
    assert!(!store.one_a_day(&ann).await.unwrap(), "as configured");
    for chosen in [true, true, false, true] {
        store.choose_one_a_day(&ann, chosen, minute(0)).await.unwrap();
        assert_eq!(store.one_a_day(&ann).await.unwrap(), chosen);
    }
    assert!(!store.one_a_day(&"7".into()).await.unwrap(), "it is nobody else's choice");
    sound(&store).await;
    assert_eq!(store.forget(&Subject::Person(ann.clone()), minute(1)).await.unwrap().settings, 1);
    assert!(!store.one_a_day(&ann).await.unwrap());
    sound(&store).await;
}
