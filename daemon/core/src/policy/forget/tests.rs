//! What is blanked, and what stays so that nothing counts otherwise.

use super::*;
use crate::domain::{
    Apology, ApologyLevel, Assigned, Cause, HowTaken, Link, Money, RowRef, RunId, Severity, Sighting,
    StepTaken, TellBecause,
};
use crate::policy::samples::{at, open, person, promise};

const NOW: &str = "2026-11-24T09:00:00Z";

fn client(id: &str) -> Subject {
    Subject::Client(id.to_owned())
}

fn staff(id: &str) -> Subject {
    Subject::Person(PersonId::from(id))
}

/// About the client ALFKI, the owner 5 and the item 5; with every kind of text.
fn finding() -> Finding {
    let text = |text: &str| Fact::Text(text.to_owned());
    open(Sighting {
        key: vec!["10248".to_owned(), "ALFKI".to_owned()],
        about: [("client", "ALFKI"), ("owner", "5"), ("item", "5")]
            .map(|(role, id)| (role.to_owned(), id.to_owned()))
            .into(),
        severity: Severity::High,
        worth: Some(Money { minor_units: 44_000, currency: "EUR".to_owned() }),
        evidence: [
            ("what".to_owned(), text("Order 10248 for Alfreds")),
            ("days".to_owned(), Fact::Integer(5)),
            ("promised".to_owned(), Fact::Date(10_377)),
        ]
        .into(),
        links: vec![Link {
            name: "earlier".to_owned(),
            slot: "orders".to_owned(),
            key: vec!["ALFKI".to_owned(), "9".to_owned()],
        }],
        row: Some(RowRef { dataset: "promises".into(), key: vec!["10248".to_owned()] }),
        labels: [("name".to_owned(), "Alfreds Futterkiste".to_owned())].into(),
        ..promise("overdue")
    })
}

fn blanked(subject: &Subject, finding: &Finding) -> Finding {
    let mut blanked = finding.clone();
    subject.blank_finding(&mut blanked, at(NOW));
    blanked
}

#[test]
fn who_is_meant_depends_on_the_role() {
    for (name, subject, concerned) in [
        ("the client", client("ALFKI"), true),
        ("the owner", staff("5"), true),
        ("a client with the owner's id", client("5"), false),
        ("a person with the client's id", staff("ALFKI"), false),
        ("somebody else", staff("6"), false),
    ] {
        assert_eq!(subject.concerns(&finding()), concerned, "{name}");
    }
    let mut about_a_thing = finding();
    about_a_thing.seen.about.remove("owner");
    assert!(!staff("5").concerns(&about_a_thing), "item 5 is no person");
}

#[test]
fn a_finding_loses_its_texts_and_keeps_what_counts() {
    let before = finding();
    let after = blanked(&client("ALFKI"), &before);
    let json = serde_json::to_string(&after).unwrap();
    for personal in ["ALFKI", "Alfreds"] {
        assert!(!json.contains(personal), "{personal} is still in {json}");
    }
    assert_eq!(after.forgotten, Some(at(NOW)));
    assert_eq!(after.seen.about["owner"], "5", "somebody still answers for it");
    assert_eq!(after.seen.key, ["10248", FORGOTTEN]);
    let counts = |finding: &Finding| {
        let seen = &finding.seen;
        let facts = (seen.evidence["days"].clone(), seen.evidence["promised"].clone());
        (
            finding.fingerprint,
            finding.state.clone(),
            finding.episode,
            seen.worth.clone(),
            seen.severity,
            facts,
        )
    };
    assert_eq!(counts(&after), counts(&before));
    assert_eq!(serde_json::from_str::<Finding>(&json).unwrap(), after);
    assert_eq!(blanked(&client("ALFKI"), &after), after, "there is nothing left to forget");
}

#[test]
fn who_acted_or_was_told_is_forgotten_everywhere() {
    let by = || PersonId::from("7");
    let until = at(NOW);
    for (state, reason_stays) in [
        (State::Acknowledged { by: by(), until, waiting: false }, true),
        (State::Snoozed { by: by(), until }, true),
        (State::Done { by: by(), at: until, trusted_until: until }, true),
        (State::Dismissed { by: by(), reason: "Anna said so".to_owned(), how_bad: None }, false),
        (
            State::Resolved {
                at: until,
                how: HowResolved::ByHand { by: by(), reason: "Anna said so".to_owned() },
            },
            false,
        ),
    ] {
        let mut acted = Finding { state, ..finding() };
        acted.told.as_mut().unwrap().to = vec![person("5"), person("7"), Addressee::Operators];
        let after = blanked(&staff("7"), &acted);
        let json = serde_json::to_string(&after.state).unwrap();
        assert!(!json.contains("\"7\"") && (reason_stays || !json.contains("Anna")), "{json}");
        assert_eq!(after.told.unwrap().to, [person("5"), person(FORGOTTEN), Addressee::Operators]);
        assert_eq!((after.seen, after.forgotten), (acted.seen, None), "it is about somebody else");
    }
}

#[test]
fn words_are_forgotten_with_their_speaker_or_with_the_whole_finding() {
    let word = |subject: Subject, concerned| {
        subject.blank_word(Some("7".to_owned()), Some("Alfreds agreed".to_owned()), concerned)
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(word(staff("7"), false), (some(FORGOTTEN), some(FORGOTTEN)));
    assert_eq!(word(staff("5"), false), (some("7"), some("Alfreds agreed")));
    assert_eq!(word(client("ALFKI"), true), (some("7"), some(FORGOTTEN)));
    assert_eq!(
        staff("6").blank_word(some("7"), some("6"), false),
        (some("7"), some(FORGOTTEN)),
        "given to 6"
    );
}

#[test]
fn whoever_answers_climbed_to_or_owes_is_forgotten() {
    let mut finding = finding();
    let by = || PersonId::from("7");
    finding.assigned = Some(Assigned { to: by(), by: "2".into(), at: at(NOW) });
    finding.climb.steps.push(StepTaken { step: 1, at: at(NOW), how: HowTaken::Told(person("7")) });
    let cause = Cause::Given { text: "Anna forgot".to_owned(), by: by(), at: at(NOW) };
    finding.owed.cause = Some(cause);
    finding.owed.apologies.push(Apology {
        level: ApologyLevel::Owner,
        by: by(),
        since: at(NOW),
        due: at(NOW),
        late_told: false,
        done: None,
    });
    let after = serde_json::to_string(&blanked(&staff("7"), &finding)).unwrap();
    assert!(!after.contains("\"7\"") && !after.contains("Anna"), "{after}");
    let client = serde_json::to_string(&blanked(&client("ALFKI"), &finding).owed).unwrap();
    assert!(client.contains("\"7\"") && !client.contains("Anna"), "{client}");
}

#[test]
fn a_reason_that_was_written_about_a_client_is_forgotten_and_its_author_is_not() {
    let dismissed = Finding {
        state: State::Dismissed { by: "7".into(), reason: "Alfreds agreed".to_owned(), how_bad: None },
        ..finding()
    };
    let after = blanked(&client("ALFKI"), &dismissed);
    let blank = State::Dismissed { by: "7".into(), reason: FORGOTTEN.to_owned(), how_bad: None };
    assert_eq!(after.state, blank);
    let closed = Finding { spoken: Some(dismissed.state.try_into().unwrap()), ..finding() };
    let spoken = blanked(&client("ALFKI"), &closed).spoken.unwrap();
    assert_eq!(spoken.state(), &blank, "what was said before it was closed, too");
}

#[test]
fn a_notice_and_a_promise_forget_whom_they_name() {
    let notice = Notice {
        check: "late-orders".into(),
        finding: Some(finding().fingerprint),
        episode: 1,
        kind: crate::domain::NoticeKind::Reminder,
        to: person("5"),
        addressed: AddressedBecause::UnknownOwner { owner: "7".to_owned() },
        because: TellBecause::New,
        run: RunId(7),
        due: at(NOW),
        urgent: false,
        step: None,
        detail: Some("Alfreds".to_owned()),
    };
    let blanked = |subject: Subject, concerned| {
        let mut blanked = notice.clone();
        subject.blank_notice(&mut blanked, concerned);
        blanked
    };
    assert_eq!(blanked(staff("5"), false), Notice { to: person(FORGOTTEN), ..notice.clone() });
    let owner = AddressedBecause::UnknownOwner { owner: FORGOTTEN.to_owned() };
    assert_eq!(blanked(staff("7"), false), Notice { addressed: owner, ..notice.clone() });
    let detail = Some(FORGOTTEN.to_owned());
    assert_eq!(blanked(client("ALFKI"), true), Notice { detail, ..notice.clone() });

    let moved = |by: &str| PromiseVersion {
        promised: crate::domain::Moment::Date(1),
        seen_at: at(NOW),
        run: RunId(1),
        moved_by: Some(by.to_owned()),
    };
    for (by, concerned, after) in
        [("5", false, FORGOTTEN), ("Anna", true, FORGOTTEN), ("Anna", false, "Anna")]
    {
        let mut version = moved(by);
        staff("5").blank_version(&mut version, concerned);
        assert_eq!(version, moved(after), "{by} {concerned}");
    }
}

#[test]
fn a_servers_answer_may_name_the_reader() {
    let reply = |text: &str| Delivery::Sent { at: at(NOW), reply: text.to_owned() };
    let mut sent = reply("250 queued for anna@northwind.example");
    blank_delivery(&mut sent);
    assert_eq!(sent, reply(FORGOTTEN));
    let mut queued = Delivery::Queued;
    blank_delivery(&mut queued);
    assert_eq!(queued, Delivery::Queued);
}
