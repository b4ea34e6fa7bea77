//! Lists of people as companies have them: right ones, wrong ones, and any that chance makes.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;
use crate::domain::{Absence, Notice};
use crate::policy::samples::at;

fn line(line: u64) -> Place {
    Place::File { file: "staff.csv".to_owned(), line }
}

/// A person without fault, in the line after their number.
fn row(id: u64) -> Row {
    Row {
        id: Some(id.to_string()),
        name: Some(format!("Somebody {id}")),
        email: Some(format!("{id}@northwind.example")),
        ..Row::new(line(id + 1))
    }
}

fn led_by(id: u64, manager: &str) -> Row {
    Row { manager: Some(manager.to_owned()), ..row(id) }
}

fn away(id: u64, from: &str, until: &str, substitute: &str) -> Row {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let day = |text: &str| (!text.is_empty()).then(|| Day::Is(text.parse().unwrap()));
    Row { absent_from: day(from), absent_until: day(until), substitute: text(substitute), ..row(id) }
}

fn staff_with(rows: Vec<Row>, absences: Vec<AbsenceRow>, stand_ins: &[StandIn]) -> Staff {
    let knows = Knows {
        calendar: &|name| name == "office",
        language: &|tag| tag == "bg",
        address: &|text| if text.contains('@') { Ok(()) } else { Err(AddressFault::Parts) },
        came_back: &|text| text.starts_with("gone@").then(|| "550 5.1.1 no such user".to_owned()),
    };
    Staff::of(rows, absences, stand_ins, &knows)
}

fn staff(rows: Vec<Row>) -> Staff {
    staff_with(rows, Vec::new(), &[])
}

fn said(staff: &Staff) -> Vec<String> {
    staff.problems().iter().map(|problem| format!("{}: {}", problem.place, problem.sentence())).collect()
}

fn id(id: &str) -> PersonId {
    PersonId::from(id)
}

#[test]
fn who_cannot_be_reached_counts_as_without_an_address() {
    let gone = Row { email: Some("gone@northwind.example".to_owned()), ..row(1) };
    let staff = staff(vec![gone, row(2)]);
    assert_eq!(staff.person(&id("1")).unwrap().email, None);
    assert!(staff.person(&id("2")).unwrap().has_address());
    let said = said(&staff);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].contains("`gone@northwind.example`, from where mail came back (550 5.1.1 no such user)"),
        "{said:?}"
    );
}

#[test]
fn a_right_list_has_no_problems() {
    let full = Row {
        language: Some("bg".to_owned()),
        timezone: Some("Europe/Sofia".to_owned()),
        calendar: Some("office".to_owned()),
        team: Some("sales".to_owned()),
        role: Some("seller".to_owned()),
        branch: Some("Varna".to_owned()),
        manager: Some("2".to_owned()),
        ..away(1, "2026-08-03", "2026-08-14", "2")
    };
    let staff = staff(vec![full, row(2)]);
    assert_eq!(said(&staff), Vec::<String>::new());
    let person = staff.person(&id("1")).unwrap();
    assert_eq!((person.role.as_deref(), person.branch.as_deref()), (Some("seller"), Some("Varna")));
    assert_eq!(person.absences.len(), 1);
    assert_eq!(manager_of(&staff, &id("1")), Some(id("2")));
}

#[test]
fn each_problem_is_said_with_its_place_and_the_rest_counts() {
    let with = |change: &dyn Fn(&mut Row)| {
        let mut row = row(1);
        change(&mut row);
        row
    };
    let text = |text: &str| Some(text.to_owned());
    for (name, rows, expected) in [
        (
            "no id",
            vec![with(&|row| row.id = None)],
            "line 2 of staff.csv: a person without an id is left out",
        ),
        (
            "two rows",
            vec![row(1), Row { place: line(9), ..row(1) }],
            "line 9 of staff.csv: person `1` stands here again, and only the first row counts (first on line 2 of staff.csv)",
        ),
        (
            "two managers",
            vec![led_by(1, "2"), row(2), Row { place: line(9), ..row(1) }],
            "line 9 of staff.csv: person `1` stands here again with nobody for manager, and only the first row, with `2`, \
             counts (first on line 2 of staff.csv)",
        ),
        (
            "unknown manager",
            vec![led_by(1, "7")],
            "line 2 of staff.csv: person `1` has the manager `7`, who is not in the list: nobody is above",
        ),
        (
            "own manager",
            vec![led_by(1, "1")],
            "line 2 of staff.csv: person `1` is their own manager: nobody is above",
        ),
        (
            "a cycle, and somebody below it",
            vec![led_by(1, "3"), led_by(2, "4"), led_by(3, "4"), led_by(4, "3")],
            "line 4 of staff.csv: person `3` is above themselves: `3` → `4` → `3`",
        ),
        (
            "no address",
            vec![with(&|row| row.email = None)],
            "line 2 of staff.csv: person `1` has no email: the fallback of each check is told instead",
        ),
        (
            "half an address",
            vec![with(&|row| row.email = text("nobody\u{1b}"))],
            "line 2 of staff.csv: person `1` has the email `nobody `, which is none (an address has one `@` between a \
             name and a domain): the fallback of each check is told instead",
        ),
        (
            "unknown zone",
            vec![with(&|row| row.timezone = text("Europe/Sofya"))],
            "line 2 of staff.csv: person `1` has the time zone `Europe/Sofya`, which does not exist: the calendar's is used",
        ),
        (
            "unknown calendar",
            vec![with(&|row| row.calendar = text("night"))],
            "line 2 of staff.csv: person `1` has the calendar `night`, which is not configured: the company's is used",
        ),
        (
            "unknown language",
            vec![with(&|row| row.language = text("tlh"))],
            "line 2 of staff.csv: person `1` has the language `tlh`, which has no words: the company's is used",
        ),
        (
            "absence backwards",
            vec![away(1, "2026-08-14", "2026-08-03", "")],
            "line 2 of staff.csv: person `1` has an absence that ends on 2026-08-03, before it begins on 2026-08-14: it is \
             not counted",
        ),
        (
            "unknown substitute",
            vec![away(1, "2026-08-03", "", "7")],
            "line 2 of staff.csv: person `1` has the substitute `7`, who is not in the list: nobody stands in",
        ),
        (
            "own substitute",
            vec![away(1, "", "2026-08-14", "1")],
            "line 2 of staff.csv: person `1` is their own substitute: nobody stands in",
        ),
        (
            "no day",
            vec![with(&|row| {
                let (column, text, why) = ("absent-from".to_owned(), "soon".to_owned(), DayFault::Written);
                row.absent_from = Some(Day::Not { column, text, why });
            })],
            "line 2 of staff.csv: person `1` has an absence that is not counted: `absent-from` holds `soon`, which is no date: dates \
             are written 2026-11-23, or as the column's `format` says",
        ),
    ] {
        let nobody = rows.len() == 1 && rows[0].id.is_none();
        let staff = staff(rows);
        assert_eq!(said(&staff), [expected], "{name}");
        assert_eq!(staff.iter().next().is_none(), nobody, "{name}");
        assert!(!staff.problems()[0].hint().is_empty(), "{name}");
    }
}

#[test]
fn what_is_wrong_is_not_used() {
    let wrong = Row {
        email: Some("nobody".to_owned()),
        timezone: Some("Europe/Sofya".to_owned()),
        calendar: Some("night".to_owned()),
        language: Some("tlh".to_owned()),
        ..away(1, "2026-08-03", "2026-08-14", "7")
    };
    let staff = staff(vec![wrong, led_by(2, "9")]);
    let person = staff.person(&id("1")).unwrap();
    assert_eq!(
        (&person.email, &person.timezone, &person.calendar, &person.language),
        (&None, &None, &None, &None)
    );
    // The absence is one, whoever stands in.
    let absence = Absence { first: date(2026, 8, 3), last: date(2026, 8, 14), substitute: None };
    assert_eq!(person.absences, [absence]);
    assert_eq!(staff.person(&id("2")).unwrap().manager, None);
}

#[test]
fn a_list_of_absences_adds_to_the_staffs_own() {
    let absence = |at: u64, person: &str, from: &str, until: &str, substitute: &str| {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let day = |text: &str| (!text.is_empty()).then(|| Day::Is(text.parse().unwrap()));
        let place = Place::Dataset { dataset: "absences".into(), source: "hr".to_owned(), row: at };
        AbsenceRow {
            place,
            person: text(person),
            from: day(from),
            until: day(until),
            substitute: text(substitute),
        }
    };
    let absences = vec![
        absence(1, "1", "2026-12-21", "2026-12-31", "2"),
        absence(2, "7", "2026-12-21", "2026-12-31", ""),
        absence(3, "", "2026-12-21", "2026-12-31", ""),
        absence(4, "2", "", "", ""),
    ];
    let staff = staff_with(vec![away(1, "2026-08-03", "2026-08-14", "2"), row(2)], absences, &[]);
    let person = staff.person(&id("1")).unwrap();
    let firsts: Vec<Date> = person.absences.iter().map(|absence| absence.first).collect();
    assert_eq!(firsts, [date(2026, 8, 3), date(2026, 12, 21)]);
    assert_eq!(
        said(&staff),
        [
            "row 2 of dataset absences (source hr): person `7` is absent, but is not in the list of people",
            "row 3 of dataset absences (source hr): an absence without a person is not counted",
            "row 4 of dataset absences (source hr): person `2` has an absence without days, which is not counted",
        ]
    );
}

#[test]
fn whom_the_configuration_names_must_be_there_and_reachable() {
    let stand_in = |key: &str, person: &str| StandIn { key: key.to_owned(), person: id(person) };
    let named = [
        stand_in("company.director", "1"),
        stand_in("checks.late.fallback", "2"),
        stand_in("checks.again.fallback", "7"),
    ];
    let staff = staff_with(vec![row(1), Row { email: None, ..row(2) }], Vec::new(), &named);
    assert_eq!(
        said(&staff),
        [
            "line 3 of staff.csv: person `2` has no email: the fallback of each check is told instead",
            "the setting checks.again.fallback: person `7` is not in the list of people, and cannot be told anything",
            "the setting checks.late.fallback: person `2` has no address, and cannot be told anything",
        ]
    );
}

#[test]
fn everybody_above_is_met_once() {
    let staff = staff(vec![
        led_by(1, "2"),
        led_by(2, "3"),
        row(3),
        led_by(4, "5"),
        led_by(5, "6"),
        led_by(6, "5"),
        led_by(7, "7"),
        led_by(8, "99"),
    ]);
    for (of, above, why) in [
        ("1", vec!["2", "3"], "up to the top"),
        ("3", vec![], "nobody is above"),
        ("4", vec!["5", "6"], "into a circle"),
        ("5", vec!["6"], "within a circle"),
        ("7", vec![], "their own manager"),
        ("8", vec![], "an unknown manager"),
        ("99", vec![], "an unknown person"),
    ] {
        let chain = chain_above(&staff, &id(of));
        assert_eq!(chain, above.iter().copied().map(PersonId::from).collect::<Vec<_>>(), "{why}");
        assert_eq!(manager_of(&staff, &id(of)), chain.first().cloned(), "{why}");
    }
}

#[test]
fn somebody_reads_for_who_is_away() {
    let people = staff(vec![
        row(1),
        away(2, "2026-08-03", "2026-08-14", "1"),
        away(3, "2026-08-10", "2026-08-21", "2"),
        away(4, "2026-08-03", "2026-08-14", ""),
        away(5, "2026-08-03", "2026-08-14", "6"),
        away(6, "2026-08-03", "2026-08-14", "5"),
        away(7, "2026-08-03", "", "1"),
    ]);
    let there = |person: &str| Some(Present { person: id(person), instead_of: None, until: None });
    let instead = |person: &str, of: &str, until: Option<Date>| {
        Some(Present { person: id(person), instead_of: Some(id(of)), until })
    };
    for (of, day, expected, why) in [
        ("1", 10, there("1"), "is there"),
        ("2", 2, there("2"), "still there"),
        ("2", 3, instead("1", "2", Some(date(2026, 8, 14))), "the substitute, from the first day on"),
        ("2", 14, instead("1", "2", Some(date(2026, 8, 14))), "to the last day"),
        ("2", 15, there("2"), "back again"),
        ("3", 12, instead("1", "3", Some(date(2026, 8, 21))), "the substitute's substitute, until 3 is back"),
        ("3", 18, instead("2", "3", Some(date(2026, 8, 21))), "the substitute is back"),
        ("4", 5, None, "nobody stands in"),
        ("5", 5, None, "they stand in for each other, and both are away"),
        ("7", 20, instead("1", "7", None), "until further notice"),
        ("99", 5, None, "nobody has that id"),
    ] {
        assert_eq!(
            present(&people, &id(of), &|_| date(2026, 8, day)),
            expected,
            "{of} on {day} August: {why}"
        );
    }
}

#[test]
fn a_day_is_the_readers_own() {
    // It is the 14th in New York when it is the 15th in Sofia already.
    let zone = |row: Row, zone: &str| Row { timezone: Some(zone.to_owned()), ..row };
    let people = staff(vec![
        zone(away(1, "2026-08-03", "2026-08-14", "2"), "America/New_York"),
        zone(row(2), "Europe/Sofia"),
    ]);
    let now = at("2026-08-15T01:00:00Z");
    let on = |person: &Person| person.zone().unwrap().to_datetime(now).date();
    assert_eq!(present(&people, &id("1"), &on).map(|present| present.person), Some(id("2")));
}

#[test]
fn operators_hear_of_each_set_of_problems_once() {
    let now = at("2026-11-23T08:00:00Z");
    let unknown = || led_by(1, "7");
    let moved = || Row { place: line(20), ..unknown() };
    let more = || Row { email: None, ..led_by(2, "1") };
    let (mut memory, mut told) = (PeopleMemory::default(), Vec::new());
    for (name, rows, expected) in [
        ("nothing is wrong", vec![row(1)], None),
        ("a problem begins", vec![unknown()], Some(1)),
        ("it stays", vec![unknown()], None),
        ("its row moves", vec![moved()], None),
        ("another joins it", vec![unknown(), more()], Some(2)),
        ("one is mended", vec![unknown()], Some(1)),
        ("all are mended", vec![row(1)], None),
        ("it comes back", vec![unknown()], Some(1)),
    ] {
        let decided = word(&memory, staff(rows).problems(), now);
        let notice = decided.and_then(|(after, notice)| {
            memory = after;
            notice
        });
        assert_eq!(notice.as_ref().map(|notice| carried(notice).count()), expected, "{name}");
        told.extend(notice);
    }
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|notice| notice.to == crate::domain::Addressee::Operators && notice.due == now));
    assert_eq!(memory.told.map(|told| told.problems), Some(1));
}

/// What is wrong, as the word to the operators carries it.
fn carried(notice: &Notice) -> PeopleTrouble {
    PeopleTrouble::from_detail(notice.detail.as_deref().unwrap()).unwrap()
}

fn told(staff: &Staff) -> PeopleTrouble {
    let decided = word(&PeopleMemory::default(), staff.problems(), at("2026-11-23T08:00:00Z"));
    carried(&decided.and_then(|(_, notice)| notice).unwrap())
}

#[test]
fn a_long_list_is_counted_and_never_cut_in_silence() {
    for (people, shown, more) in [(1, 1, 0), (30, 30, 0), (31, 30, 1), (100, 30, 70)] {
        let staff = staff((1..=people).map(|number| Row { email: None, ..row(number) }).collect());
        let told = told(&staff);
        assert_eq!((told.problems.len(), told.more), (shown, more), "{people}");
        assert_eq!(told.problems, staff.problems()[..shown]);
    }
}

#[test]
fn operators_are_told_facts_and_no_sentences() {
    let again = Row { place: line(9), ..led_by(2, "1") };
    let staff = staff(vec![away(1, "2026-08-14", "2026-08-03", ""), led_by(2, "7"), again]);
    let told = told(&staff);
    assert_eq!(told.problems, staff.problems());
    let detail: serde_json::Value = serde_json::from_str(&told.detail()).unwrap();
    assert_eq!(
        detail["problems"][0],
        serde_json::json!({
            "place": { "in": "file", "file": "staff.csv", "line": 2 },
            "person": "1",
            "wrong": { "wrong": "backwards", "first": "2026-08-14", "last": "2026-08-03" },
            "also": null,
        })
    );
    assert_eq!(
        detail["problems"][2],
        serde_json::json!({
            "place": { "in": "file", "file": "staff.csv", "line": 9 },
            "person": "2",
            "wrong": { "wrong": "twice", "managers": ["7", "1"] },
            "also": { "in": "file", "file": "staff.csv", "line": 3 },
        })
    );
}

/// A version before this one told reasons in English words, which are still in stores.
#[test]
fn reasons_of_an_earlier_version_are_read_as_words() {
    let row = Row { email: Some("nobody".to_owned()), ..row(1) };
    let told = told(&staff(vec![row])).detail();
    let old = told.replace(r#""why":"parts""#, r#""why":"it has no `@`""#);
    assert_ne!(old, told);
    let problem = PeopleTrouble::from_detail(&old).unwrap().problems.remove(0);
    let why = AddressFault::Said("it has no `@`".to_owned());
    assert_eq!(problem.wrong, Wrong::NotAnAddress { address: "nobody".to_owned(), why });
}

#[test]
fn a_cell_that_holds_a_book_travels_short() {
    let book = || Some("й".repeat(100_000));
    let id = Row { id: book(), ..row(1) };
    let rest = Row {
        manager: book(),
        timezone: book(),
        calendar: book(),
        language: book(),
        email: book(),
        absent_from: Some(Day::Not {
            column: "from".to_owned(),
            text: book().unwrap(),
            why: DayFault::Format { format: book().unwrap() },
        }),
        ..row(2)
    };
    let substituted = Row { absent_until: None, substitute: book(), ..away(3, "2026-08-03", "", "") };
    let circle = vec![Row { manager: Some("4".to_owned()), ..id.clone() }, Row { manager: book(), ..row(4) }];
    let twice = vec![id.clone(), Row { manager: book(), ..id.clone() }];
    for rows in [vec![id, rest, substituted], circle, twice] {
        let staff = staff(rows);
        let told = told(&staff);
        assert_eq!(told.count(), staff.problems().len());
        assert!(told.detail().len() < 4_000, "{}", told.detail());
        assert_eq!(PeopleTrouble::of(&told.problems), told, "what is short stays as it is");
    }
}

#[test]
fn sentences_of_earlier_versions_are_no_facts() {
    for detail in ["", "One thing is wrong in the data about people.\nline 4 of staff.csv: …", "{}"] {
        assert_eq!(PeopleTrouble::from_detail(detail), None, "{detail}");
    }
}

/// People 0 to 9, led and replaced by any of them or by strangers, away on any days of a month.
fn anybody() -> impl Strategy<Value = BTreeMap<PersonId, Person>> {
    let other = || proptest::option::of((0_u8..12).prop_map(|id| PersonId::new(id.to_string())));
    let absence = (0_i64..31, 0_i64..10, other()).prop_map(|(begin, days, substitute)| {
        let first = date(2026, 8, 1).saturating_add(begin.days());
        Absence { first, last: first.saturating_add(days.days()), substitute }
    });
    let person = (other(), proptest::collection::vec(absence, 0..4));
    proptest::collection::vec(person, 10).prop_map(|people| {
        let person = |(number, (manager, absences)): (usize, (Option<PersonId>, Vec<Absence>))| {
            let id = PersonId::new(number.to_string());
            (id.clone(), Person { manager, absences, ..Person::new(id, "Somebody") })
        };
        people.into_iter().enumerate().map(person).collect()
    })
}

proptest! {
    #[test]
    fn whoever_reads_is_there(people in anybody(), of in 0_u8..12, day in 0_i64..45) {
        let of = PersonId::new(of.to_string());
        let day = date(2026, 8, 1).saturating_add(day.days());
        let found = present(&people, &of, &|_| day);
        if let Some(found) = &found {
            prop_assert_eq!(people[&found.person].absence_on(day), None);
            prop_assert_eq!(found.instead_of.is_some(), found.person != of);
            if let Some(until) = found.until {
                prop_assert!(people[&of].absence_on(until).is_some());
                prop_assert_eq!(people[&of].absence_on(until.tomorrow().unwrap()), None);
            }
        }
        // Nobody is passed over who is there.
        let at_work = people.get(&of).is_some_and(|person| person.absence_on(day).is_none());
        prop_assert!(!at_work || found.is_some_and(|found| found.person == of));
    }

    #[test]
    fn nobody_is_above_themselves(people in anybody(), of in 0_u8..12) {
        let of = PersonId::new(of.to_string());
        let chain = chain_above(&people, &of);
        let mut once = chain.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), chain.len());
        prop_assert!(!chain.contains(&of) && chain.iter().all(|id| people.contains_key(id)));
    }

    #[test]
    fn a_staffs_managers_and_substitutes_are_known(people in anybody()) {
        let rows = people.values().enumerate().map(|(number, person)| {
            let absence = person.absences.first();
            Row {
                id: Some(person.id.as_str().to_owned()),
                manager: person.manager.as_ref().map(|id| id.as_str().to_owned()),
                absent_from: absence.map(|absence| Day::Is(absence.first)),
                absent_until: absence.map(|absence| Day::Is(absence.last)),
                substitute: absence.and_then(|absence| Some(absence.substitute.as_ref()?.as_str().to_owned())),
                ..row(number as u64)
            }
        });
        let staff = staff(rows.collect());
        for person in staff.iter() {
            let named = person.manager.iter().chain(person.absences.iter().filter_map(|a| a.substitute.as_ref()));
            for other in named {
                prop_assert!(*other != person.id && staff.person(other).is_some());
            }
        }
        // Every circle is said, and only circles are.
        let leads_back = |person: &&Person| {
            let mut above = person.manager.as_ref();
            (0..10).any(|_| {
                above = above.and_then(|id| staff.person(id)?.manager.as_ref());
                above == Some(&person.id)
            })
        };
        let said: BTreeSet<PersonId> = staff
            .problems()
            .iter()
            .flat_map(|problem| match &problem.wrong {
                Wrong::Cycle { managers } => managers.clone(),
                _ => Vec::new(),
            })
            .collect();
        let circled: BTreeSet<PersonId> = staff.iter().filter(leads_back).map(|person| person.id.clone()).collect();
        prop_assert_eq!(said, circled);
    }
}
