//! What was told last never left: it is told after all, or taken back.

use super::*;
use crate::domain::{HowBad, Told};

#[test]
fn what_came_back_before_its_mail_had_left_is_told_after_all() {
    let now = at("2026-11-25T10:00:00Z");
    let withheld = Word { left_at: None, ..first_word() };
    let earlier = Word {
        decided_at: at("2026-11-20T09:00:00Z"),
        left_at: Some(at("2026-11-20T09:00:00Z")),
        ..withheld
    };
    let waits = Word { waits: true, due: at("2026-11-26T09:00:00Z"), ..withheld };
    let baseline = Finding { baseline: true, ..of("5") };
    for (name, finding, words, told) in [
        ("its only mail was withheld", of("5"), vec![withheld], true),
        ("a mail of before it was told last", of("5"), vec![earlier, withheld], true),
        ("it left", of("5"), vec![first_word()], false),
        ("another showed it", of("5"), vec![withheld, first_word()], false),
        ("a mail waits", of("5"), vec![withheld, waits], false),
        ("no notice is kept", of("5"), vec![], false),
        ("known since a baseline", baseline, vec![withheld], false),
    ] {
        // Without a ladder too.
        let anew = match advance(&finding, &words, &Router { now, ..router() }) {
            Advance::Decide(decision) => {
                assert_eq!(decision.event, Event::Continued, "{name}");
                assert_eq!(shown(&decision.notices()[0]), "5", "{name}");
                true
            }
            _ => false,
        };
        assert_eq!(anew, told, "{name}");
    }
    let assigned = crate::domain::Assigned { to: "6".into(), by: "2".into(), at: now };
    let theirs = Finding { assigned: Some(assigned), ..of("5") };
    let Advance::Decide(decision) = advance(&theirs, &[withheld], &Router { now, ..router() }) else {
        panic!("the new owner has not heard");
    };
    assert_eq!(decision.finding.told.unwrap().to, [person("5"), person("6")]);
}

/// It was overdue from Wednesday on; what was told before it, on Tuesday, was that it was due soon.
fn risen(now_at: &str) -> Finding {
    let before = told(promise("due-soon")).told;
    let worse = Told::now(at("2026-11-25T08:00:00Z"), HowBad::of(&promise("overdue")), before);
    Finding { told: Some(worse), ..told(promise(now_at)) }
}

#[test]
fn what_fell_back_before_it_was_told_as_worse_is_known_as_it_was() {
    let now = at("2026-11-25T10:00:00Z");
    let heard = first_word();
    let withheld = Word { left_at: None, decided_at: at("2026-11-25T08:00:00Z"), ..heard };
    let decided =
        |finding: &Finding, words: &[Word]| match advance(finding, words, &Router { now, ..router() }) {
            Advance::Decide(decision) => Some(*decision),
            _ => None,
        };

    let back = decided(&risen("due-soon"), &[heard, withheld]).expect("it is taken back");
    assert_eq!((back.event, back.why), (Event::Changed, Why::StageFell));
    assert_eq!(back.telling, Telling::Withhold(WithheldBecause::NotWorse));
    assert_eq!(back.finding.told, risen("due-soon").told.unwrap().before.map(|before| *before));
    assert_eq!(decided(&back.finding, &[heard, withheld]), None, "once");

    let again = decided(&risen("overdue"), &[heard, withheld]).expect("it rose again");
    assert_eq!(again.notices()[0].because, TellBecause::Worse);
    let never = decided(&risen("due-soon"), &[withheld]).expect("nobody heard of it at all");
    assert_eq!(never.notices()[0].because, TellBecause::New);
    let mut theirs = risen("due-soon");
    theirs.seen.about = [("owner".to_owned(), "6".to_owned())].into();
    let given = decided(&theirs, &[heard, withheld]).expect("its new owner has not heard");
    assert_eq!(given.notices()[0].because, TellBecause::HandedOver);
    let left = Word { left_at: Some(now), ..withheld };
    assert_eq!(decided(&risen("due-soon"), &[heard, left]), None, "they have heard how bad it was");
    let waits = Word { waits: true, due: at("2026-11-25T14:00:00Z"), ..withheld };
    assert_eq!(decided(&risen("overdue"), &[heard, waits]), None, "its mail waits, and will say so");
}

#[test]
fn what_its_mail_will_not_show_is_not_told() {
    let now = at("2026-11-24T10:00:00Z");
    let waits = Word { left_at: None, waits: true, due: at("2026-11-24T14:00:00Z"), ..first_word() };
    let fell = Finding { told: told(promise("overdue")).told, ..told(promise("due-soon")) };
    let router = Router { now, ..router() };
    let Advance::Decide(decision) = advance(&fell, &[waits], &router) else { panic!("it fell") };
    assert_eq!(decision.telling, Telling::Withhold(WithheldBecause::NotWorse));
    let after = decision.finding;
    assert_eq!(after.told, told(promise("due-soon")).told, "overdue will be news");
    assert!(!matches!(advance(&after, &[waits], &router), Advance::Decide(_)), "once");
}
