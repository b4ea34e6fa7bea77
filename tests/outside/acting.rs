//! A person's words on the command line, what `explain` says of them, and silences.

use kaizend_tests::{Company, ends_with, stderr};
use serde_json::Value;

/// A company whose order 1 is late and was told to ann, without windows.
fn told() -> (Company, String) {
    let company = Company::new(
        "baseline = \"tell\"\nladder = \"default\"\nask-cause = true\ncauses = [\"forgotten\"]\n\
         apology = { stages = [\"overdue\"] }\n\
         [ladders.default]\nsteps = [{ to = \"owner\" }, { to = \"manager\", after = \"3 working days\" }]",
    );
    company.sql("insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null)");
    company.run();
    let fingerprint = company.findings()["1"]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    (company, fingerprint)
}

fn say(company: &Company, verb: &str, id: &str, rest: &[&str]) -> Value {
    let mut arguments = vec!["findings", verb, &id[..12], "--by", "ann"];
    arguments.extend(rest);
    company.json(&arguments)
}

#[test]
fn words_are_kept_and_explained() {
    let (company, id) = told();
    let letter = &company.letters()[0];
    assert!(letter.text.contains("You owe the client an apology by"), "{}", letter.text);
    assert!(
        letter.text.contains("If nothing happens, it goes to The Boss, your manager, on"),
        "{}",
        letter.text
    );

    let taken = say(&company, "ack", &id, &["--until", "2 working days"]);
    assert_eq!(taken["state"]["state"], "acknowledged");
    let chain = company.json(&["explain", &id[..12]]);
    assert_eq!(chain["next"]["next"], "silence-ends");
    say(&company, "differently", &id, &["--because", "the client came by"]);
    let given = say(&company, "assign", &id, &["--to", "bob"]);
    assert_eq!(given["owner"], "bob");

    let refused =
        company.kaizend(&["findings", "done", &id[..12], "--by", "ann"]).output().expect("it starts");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("asks for the cause") && stderr(&refused).contains("\"forgotten\""));
    say(&company, "cause", &id, &["forgotten"]).as_object().map_or_else(|| panic!("no finding"), |_| ());
    let done = say(&company, "done", &id, &["--cause", "forgotten"]);
    assert_eq!(done["state"]["state"], "done");

    let text = ends_with(0, &mut company.kaizend(&["explain", &id[..12]]));
    for said in [
        "row       1 of dataset promises",
        "check     late: plugin missed-promises",
        "ladder    default",
        "acknowledged (said-so), by Ann Ünal [ann]",
        "differently (said-so), by Ann Ünal [ann]: the client came by",
        "assigned (said-so), by Ann Ünal [ann]: bob",
        "Next: it is believed until",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    assert!(text.trim_end().lines().last().is_some_and(|last| last.starts_with("Next: ")), "{text}");
}

#[test]
fn a_substitute_is_named_and_is_nobodys_manager() {
    let company = Company::new(
        "baseline = \"tell\"\nladder = \"default\"\n\
         [ladders.default]\nsteps = [{ to = \"owner\" }, { to = \"manager\", after = \"1h\" }]",
    );
    company.sql(
        "update staff set absent_from = date('now', '-2 days'), absent_until = date('now', '+30 days'),
           substitute = 'bob' where id = 'boss';
         insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null);
         insert into orders values (2, 'c2', 'boss', 'order 2', date('now', '-3 days'), null);",
    );
    company.run();
    let letters = company.letters();
    let to = |who: &str| {
        let letter = letters.iter().find(|letter| letter.to == format!("{who}@test.example"));
        letter.map(|letter| letter.text.as_str()).unwrap_or_else(|| panic!("{who} got none: {letters:?}"))
    };
    assert!(to("ann").contains("If nothing happens, it goes to Боб on"), "{}", to("ann"));
    assert!(to("bob").contains("The Boss") && to("bob").contains("Боб"), "both are named: {}", to("bob"));
}

#[test]
fn what_was_dismissed_and_is_back_soon_is_explained_as_dismissed() {
    let (company, id) = told();
    say(&company, "dismiss", &id, &["--reason", "agreed with the client"]);
    company.sql("update orders set kept = promised");
    company.run();
    assert_eq!(company.findings()["1"]["state"]["state"], "owing", "its apology outlives it");
    company.sql("update orders set kept = null");
    company.run();
    let text = ends_with(0, &mut company.kaizend(&["explain", &id[..12]]));
    for said in [
        "dismissed by ann: agreed with the client (episode 1)",
        "dismissed (said-so), by Ann Ünal [ann]: agreed with the client, nobody told: dismissed",
        "resolved (absent), nobody told: resolved",
        "continued (seen-again), nobody told: dismissed",
        "Next: nobody hears of it again unless it gets worse",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    assert_eq!(company.letters().len(), 1);
}

#[test]
fn a_word_that_cannot_be_taken_says_why() {
    let (company, id) = told();
    for (arguments, said) in [
        (vec!["findings", "ack", &id[..8], "--by", "ann", "--until", "yesterday"], "is not a length of time"),
        (vec!["findings", "ack", &id[..8], "--by", "ann", "--until", "2020-01-01"], "is not ahead"),
        (vec!["findings", "ack", &id[..8], "--by", "carl", "--until", "1h"], "has the id `carl`"),
        (vec!["findings", "assign", &id[..8], "--by", "ann", "--to", "carl"], "the id `carl`"),
        (vec!["findings", "dismiss", &id[..8], "--by", "ann", "--reason", " "], "a reason is missing"),
        (vec!["findings", "snooze", "beef", "--by", "ann", "--until", "1h"], "no finding begins with beef"),
        (
            vec!["silence", "add", "--match", "colour=red", "--until", "1h", "--by", "boss", "--reason", "x"],
            "nor a label",
        ),
        (vec!["silence", "end", "7"], "no silence 7 is in force"),
    ] {
        let output = company.kaizend(&arguments).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(company.findings()["1"]["state"]["state"], "open", "nothing was changed");
}

#[test]
fn a_silence_holds_back_and_lets_go() {
    let company = Company::new("baseline = \"tell\"");
    company.run();
    company.sql("insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null)");
    let silence = company.json(&[
        "silence",
        "add",
        "--match",
        "check=la*",
        "--until",
        "1h",
        "--by",
        "boss",
        "--reason",
        "stocktaking",
    ]);
    company.run();
    assert_eq!(company.letters(), [], "it is silenced");
    assert_eq!(ends_with(0, &mut company.kaizend(&["silence", "list"])).lines().count(), 1);
    ends_with(0, &mut company.kaizend(&["silence", "end", &silence["id"].to_string()]));
    company.run();
    assert_eq!(company.letters().len(), 1);
    assert_eq!(ends_with(0, &mut company.kaizend(&["silence", "list"])), "");
}
