//! Forgetting: no text of the subject is left in the file, nothing is counted otherwise, and the audit verifies.

use std::path::Path;

use kaizend_core::{
    domain::{
        Addressee, DatasetName, Decision, Delivery, Event, Fact, Finding, Fingerprint, HowResolved, Moment,
        Money, PersonId, PromiseSeen, RowRef, Said, Sighting, State, Telling as Withhold, Why,
        WithheldBecause,
    },
    policy::forget::{FORGOTTEN, Subject},
};

use super::{
    company::{check, fine, fingerprint, look, minute, sighting},
    remembered::{attribute, measure, measures},
    telling::mail,
};
use crate::{
    Audience, AuditVerdict, Forgotten, Holder, NewMail, NoticeState, Renamed, Settings, Store, Telling,
    Which,
    forget::tables::{FORGETS, KEEPS},
};

fn client() -> Subject {
    Subject::Client("ALFKI".to_owned())
}

fn person() -> Subject {
    Subject::Person(PersonId::from("5"))
}

fn open(folder: &Path) -> Store {
    Store::open(&Settings { path: folder.join("kaizend.db") }).unwrap()
}

/// An order of a client, with the client's name in every place where a text can be.
pub(super) fn order(order: &str, client: &str, name: &str) -> Said {
    let Said::Sighting(seen) = sighting(order, "overdue") else { panic!() };
    Said::Sighting(Box::new(Sighting {
        about: [("client", client), ("owner", "5")].map(|(role, id)| (role.to_owned(), id.to_owned())).into(),
        worth: Some(Money { minor_units: 44_000, currency: "EUR".to_owned() }),
        evidence: [
            ("what".to_owned(), Fact::Text(format!("Order {order} for {name}"))),
            ("days".to_owned(), Fact::Integer(5)),
        ]
        .into(),
        row: Some(RowRef { dataset: "promises".into(), key: vec![order.to_owned()] }),
        labels: [("name".to_owned(), name.to_owned())].into(),
        ..*seen
    }))
}

fn moved(order: &str, promised: i32, by: &str) -> Said {
    Said::Promise(PromiseSeen {
        dataset: "promises".into(),
        key: vec![order.to_owned()],
        promised: Some(Moment::Date(promised)),
        kept: None,
        moved_by: Some(by.to_owned()),
    })
}

fn telling_of(message_id: &str, name: &str, notices: Vec<kaizend_core::domain::NoticeId>) -> NewMail {
    let mut new = mail(message_id, Audience::Staff, notices);
    new.mail.subject = format!("{name} waits");
    new.mail.bytes = format!("Subject: {name} waits\r\n\r\n{name}\r\n").into_bytes();
    new
}

/// Two orders of Alfreds, one of Berglund, told in one mail that was sent and one that waits.
async fn lived_in(folder: &Path) -> Store {
    let store = open(folder);
    let said = vec![
        order("1", "ALFKI", "Alfreds"),
        order("2", "BERGS", "Berglund"),
        moved("1", 5, "nobody"),
        measure("", 5, 1, 2),
        attribute("ALFKI", "1"),
        attribute("BERGS", "2"),
    ];
    let first = look(&store, minute(0), said).await;
    let mails = vec![
        telling_of("k.digest.a.11.1@x", "Alfreds", first.notices),
        telling_of("k.digest.a.22.1@x", "Alfreds", vec![]),
    ];
    store.compose(Telling { mails, ..Telling::default() }, minute(1)).await.unwrap();
    for claimed in store.claim(minute(1), &Holder::this_process(), minute(9), 2).await.unwrap() {
        store.data_started(claimed.claim, minute(1), minute(9)).await.unwrap();
        let reply = "250 queued for steven@northwind.example".to_owned();
        let sent = Delivery::Sent { at: minute(2), reply: reply.clone() };
        store.finish(claimed.claim, sent, None, reply, minute(2)).await.unwrap();
    }
    let said = vec![
        order("1", "ALFKI", "Alfreds"),
        order("2", "BERGS", "Berglund"),
        order("3", "ALFKI", "Alfreds"),
        order("4", "BERGS", "Berglund"),
        moved("1", 9, "Maria Anders of Alfreds"),
        measure("", 5, 1, 2),
        attribute("ALFKI", "1"),
        attribute("BERGS", "2"),
    ];
    let second = look(&store, minute(3), said).await;
    let waiting = telling_of("k.digest.a.11.3@x", "Alfreds and Berglund", second.notices);
    store.compose(Telling { mails: vec![waiting], ..Telling::default() }, minute(4)).await.unwrap();
    let by_hand = |finding: &Finding| {
        let how = HowResolved::ByHand { by: "7".into(), reason: "Alfreds agreed".to_owned() };
        let after = Finding { state: State::Resolved { at: minute(5), how }, ..finding.clone() };
        let closing =
            Decision::new(after, Event::Resolved, Why::ByHand, Withhold::Withhold(WithheldBecause::Resolved));
        let (by, note) = (Some("7".into()), Some("Alfreds agreed".to_owned()));
        Ok::<_, String>(Decision { by, note, ..closing })
    };
    store.act(fingerprint("1"), minute(5), by_hand).await.unwrap().unwrap().unwrap();
    store
}

/// Whether the bytes stand anywhere in the store's files, live or not.
fn stands_in_the_file(folder: &Path, text: &str) -> bool {
    ["kaizend.db", "kaizend.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

async fn verify(store: &Store) {
    let verdict = store.audit_verify(None, |_, _| {}).await.unwrap();
    assert!(matches!(verdict, AuditVerdict::Sound(_)), "{verdict:?}");
}

#[tokio::test]
async fn nothing_of_a_client_is_left_in_the_file_and_the_audit_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let before = measures(&store).await;
    let digest = store.audit_head().await.unwrap().unwrap().digest;
    let would = store.kept_about(&client()).await.unwrap();
    assert!(stands_in_the_file(folder.path(), "Alfreds"));
    let forgotten = store.forget(&client(), minute(10)).await.unwrap();
    assert_eq!(would, forgotten);
    let expected = Forgotten {
        findings: 2,
        history: 1,
        notices: 0,
        mails: 3,
        attempts: 2,
        promises: 1,
        promise_versions: 1,
        attributes: 1,
        silences: 0,
        acts: 0,
        settings: 0,
        runs: 0,
        mails_cancelled: 1,
        notices_told_anew: 1,
    };
    assert_eq!(forgotten, expected);
    assert_eq!(store.kept_about(&client()).await.unwrap(), Forgotten::default());
    assert_eq!(measures(&store).await, before);
    assert_eq!(store.attributes("client", "BERGS").await.unwrap()["rank"], "2");
    let verdict = store.audit_verify(Some(digest), |_, _| {}).await.unwrap();
    assert!(matches!(verdict, AuditVerdict::Sound(_)), "{verdict:?}");
    store.close().await;
    for personal in ["Alfreds", "ALFKI", "Maria Anders"] {
        assert!(!stands_in_the_file(folder.path(), personal), "{personal} is still there");
    }
    assert!(stands_in_the_file(folder.path(), "Berglund"));
}

#[tokio::test]
async fn a_forgotten_finding_is_read_and_shown_and_can_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let known = |order: &str| store.finding(fingerprint(order));
    let before = known("3").await.unwrap().unwrap();
    store.forget(&client(), minute(10)).await.unwrap();
    let after = known("3").await.unwrap().unwrap();
    assert_eq!(after.forgotten, Some(minute(10)));
    let counts = |finding: &Finding| {
        (finding.fingerprint, finding.opened_at, finding.episode, finding.seen.worth.clone())
    };
    assert_eq!(counts(&after), counts(&before));
    assert_eq!(after.seen.about["owner"], "5");
    assert_eq!(known("4").await.unwrap().unwrap().forgotten, None);
    assert_eq!(store.history(fingerprint("1")).await.unwrap().len(), 2);
    let versions =
        store.promise_versions(&DatasetName::from("promises"), &["1".to_owned()]).await.unwrap().unwrap();
    assert_eq!(versions.versions.len(), 2);
    assert_eq!(versions.versions[1].moved_by.as_deref(), Some(FORGOTTEN));
    verify(&store).await;
}

#[tokio::test]
async fn a_mail_that_waits_is_given_up_and_what_it_told_of_others_is_told_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let owner = Addressee::Person(PersonId::from("5"));
    assert_eq!(store.due_notices(&owner, minute(9), None, 9).await.unwrap(), []);
    let claimed = store.claim(minute(9), &Holder::this_process(), minute(20), 1).await.unwrap();
    assert_eq!(claimed[0].mail.message_id, "k.digest.a.11.3@x");
    store.forget(&client(), minute(10)).await.unwrap();
    // Whoever was about to send it is stopped before the final dot.
    assert!(store.data_started(claimed[0].claim, minute(10), minute(20)).await.is_err());
    assert_eq!(store.claim(minute(99), &Holder::this_process(), minute(199), 9).await.unwrap(), []);
    let row = store.mail(claimed[0].claim.mail).await.unwrap().unwrap();
    assert_eq!((row.line.delivery.word(), row.line.forgotten_at), ("cancelled", Some(minute(10))));
    assert_eq!(
        (row.mail.subject.as_str(), row.mail.envelope_to.as_str(), row.mail.bytes.len()),
        (FORGOTTEN, FORGOTTEN, 0)
    );
    for refused in [
        store.retry(Which::Ids(vec![row.line.id]), minute(11)).await.unwrap(),
        store.release(Which::Ids(vec![row.line.id]), minute(11)).await.unwrap(),
    ] {
        assert_eq!(refused.refused, [(row.line.id, "forgotten".to_owned())]);
    }
    let due = store.due_notices(&owner, minute(11), None, 9).await.unwrap();
    let of: Vec<Fingerprint> = due.iter().filter_map(|item| item.notice.finding).collect();
    assert_eq!(of, [fingerprint("4")]);
    // The same letter about the rest is a mail of its own, although its Message-ID is the same as before.
    let again = telling_of("k.digest.a.11.3@x", "Berglund", vec![due[0].id]);
    let composed =
        store.compose(Telling { mails: vec![again], ..Telling::default() }, minute(12)).await.unwrap();
    assert!(composed[0].new);
    verify(&store).await;
}

#[tokio::test]
async fn a_mail_on_its_way_is_never_sent_again_without_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let claimed = store.claim(minute(9), &Holder::this_process(), minute(20), 1).await.unwrap();
    store.data_started(claimed[0].claim, minute(9), minute(20)).await.unwrap();
    store.forget(&client(), minute(10)).await.unwrap();
    let uncertain = Delivery::Uncertain { since: minute(11), reason: "no answer".to_owned() };
    store.finish(claimed[0].claim, uncertain, Some(minute(12)), String::new(), minute(11)).await.unwrap();
    assert_eq!(store.claim(minute(99), &Holder::this_process(), minute(199), 9).await.unwrap(), []);
    assert_eq!(store.next_ready_mail().await.unwrap(), None);
    assert_eq!(store.retry(Which::All, minute(99)).await.unwrap().moved, []);
    verify(&store).await;
}

#[tokio::test]
async fn what_was_not_told_yet_never_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    look(&store, minute(0), vec![order("1", "ALFKI", "Alfreds"), order("2", "BERGS", "Berglund")]).await;
    assert_eq!(store.forget(&client(), minute(1)).await.unwrap().notices, 1);
    let rows = store.notices_of(fingerprint("1")).await.unwrap();
    assert_eq!((rows[0].state, rows[0].withheld), (NoticeState::Withheld, Some(WithheldBecause::Forgotten)));
    assert_eq!(store.notices_of(fingerprint("2")).await.unwrap()[0].state, NoticeState::Due);
}

#[tokio::test]
async fn a_person_is_forgotten_as_owner_as_reader_and_as_who_acted() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let forgotten = store.forget(&person(), minute(10)).await.unwrap();
    assert_eq!((forgotten.findings, forgotten.mails, forgotten.mails_cancelled), (4, 3, 1), "{forgotten:?}");
    let finding = store.finding(fingerprint("4")).await.unwrap().unwrap();
    assert_eq!((finding.seen.owner(), finding.seen.about["client"].as_str()), (Some(FORGOTTEN), "BERGS"));
    let acted = store.forget(&Subject::Person(PersonId::from("7")), minute(11)).await.unwrap();
    assert_eq!((acted.findings, acted.history, acted.mails), (1, 1, 0));
    let json = serde_json::to_string(&store.history(fingerprint("1")).await.unwrap()).unwrap();
    assert!(!json.contains("\"7\"") && !json.contains("agreed"), "{json}");
    verify(&store).await;
    store.close().await;
    assert!(!stands_in_the_file(folder.path(), "steven@northwind.example"));
}

#[tokio::test]
async fn a_finding_whose_key_was_forgotten_does_not_move_to_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let keyed = |key: &str| {
        let Said::Sighting(mut seen) = order("1", key, key) else { panic!() };
        seen.key = vec![key.to_owned()];
        Said::Sighting(seen)
    };
    look(&store, minute(0), vec![keyed("ALFKI"), keyed("BERGS")]).await;
    store.forget(&client(), minute(1)).await.unwrap();
    let renamed = store.rename_check(&check(), &"late-deliveries".into()).await.unwrap();
    assert_eq!(renamed, Renamed { findings: 1, left: 1 });
    verify(&store).await;
}

#[tokio::test]
async fn a_stranger_is_not_forgotten_twice_or_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = lived_in(folder.path()).await;
    let head = store.audit_head().await.unwrap();
    for nobody in
        [Subject::Client("5".into()), Subject::Person("ALFKI".into()), Subject::Client("alfki".into())]
    {
        assert!(store.forget(&nobody, minute(10)).await.unwrap().is_nothing(), "{nobody:?}");
    }
    assert_eq!(store.audit_head().await.unwrap(), head);
    look(&store, minute(11), vec![fine("9")]).await;
}

#[tokio::test]
async fn each_table_is_forgotten_or_kept_with_its_reason() {
    let store = Store::temporary().unwrap();
    let present = super::audit::table_names(&store);
    let named: Vec<&str> = FORGETS.iter().copied().chain(KEEPS.iter().map(|(name, _)| *name)).collect();
    for name in &present {
        let times = named.iter().filter(|named| *named == name).count();
        assert_eq!(times, 1, "table `{name}`: what does `forget` do with it? Say so in forget/tables.rs");
    }
    assert_eq!(named.len(), present.len(), "forget/tables.rs names a table that the schema has not");
}
