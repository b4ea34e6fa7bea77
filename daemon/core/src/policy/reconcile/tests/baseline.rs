//! What was already wrong when a check was first asked, or first asked in this way.

use super::*;

#[test]
fn the_first_look_meets_what_was_already_wrong() {
    let condition = wrong(promise("overdue"));
    let recent = wrong(kept_late("2026-11-10T00:00:00Z"));
    let old = wrong(kept_late("2026-10-10T00:00:00Z"));
    for first in [First::OfCheck, First::OfQuestion] {
        for (name, baseline, seen, told, quiet) in [
            ("list", Baseline::List, &condition, Ok(TellBecause::Baseline), true),
            ("tell", Baseline::Tell, &condition, Ok(TellBecause::New), false),
            ("quiet", Baseline::Quiet, &condition, Err(WithheldBecause::BaselineQuiet), true),
            ("list of facts", Baseline::List, &recent, Ok(TellBecause::Baseline), true),
            ("tell facts", Baseline::Tell, &recent, Ok(TellBecause::Happened), false),
            ("quiet facts", Baseline::Quiet, &recent, Err(WithheldBecause::BaselineQuiet), true),
            ("list, too old", Baseline::List, &old, Err(WithheldBecause::TooOld), false),
            ("tell, too old", Baseline::Tell, &old, Err(WithheldBecause::TooOld), false),
        ] {
            let decision = decide_at(&rule(baseline), None, Some(seen), &first_look(first), NOW);
            assert_eq!(summary(&decision).unwrap().2, told, "{name}");
            let finding = decision.unwrap().finding;
            assert_eq!(finding.baseline, quiet, "{name}");
            assert_eq!(finding.told.is_some(), told.is_ok(), "{name}");
            assert_eq!(finding.is_open(), finding.seen.happened.is_none(), "{name}");
        }
    }
}

#[test]
fn the_baseline_stays_quiet_until_it_gets_worse() {
    for baseline in [Baseline::List, Baseline::Quiet] {
        let seen = wrong(promise("due-soon"));
        let first = decide_at(&rule(baseline), None, Some(&seen), &first_look(First::OfCheck), NOW);
        let known = first.unwrap().finding;
        assert_eq!(decide(Some(&known), Some(&seen)), None);
        let handed_over = decide(Some(&known), Some(&wrong(of_owner("6", "due-soon"))));
        assert_eq!(
            summary(&handed_over),
            Some((Event::Changed, Why::OwnerChanged, Err(WithheldBecause::Baseline)))
        );
        let worse = decide(Some(&known), Some(&wrong(promise("overdue"))));
        assert_eq!(summary(&worse), Some((Event::Changed, Why::StageRose, Ok(TellBecause::Worse))));
        assert!(!worse.unwrap().finding.baseline);
    }
}

#[test]
fn a_new_question_closes_what_it_no_longer_asks() {
    let known = open(promise("due-soon"));
    let look = first_look(First::OfQuestion);
    let decision = decide_at(&rule(Baseline::List), Some(&known), None, &look, NOW).unwrap();
    assert_eq!(decision.why, Why::QuestionChanged);
    assert_eq!(decision.finding.state, State::Resolved { at: at(NOW), how: HowResolved::NoLongerAsked });
    let still_there = wrong(promise("due-soon"));
    assert_eq!(decide_at(&rule(Baseline::List), Some(&known), Some(&still_there), &look, NOW), None);
}
