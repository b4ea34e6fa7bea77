//! The disk takes no more while a run says what it found: the run is over in order, and the operators hear of it.
//!
//! No disk is filled here: the process may not make files larger than so much, which its store meets in the same way.

use std::process::Command;

use kaizend_tests::{Company, stderr};

/// `kaizend` that cannot write beyond this in any file; the signal of it is ignored, so that it is an error.
fn within(kibibytes: u32, command: &Command) -> Command {
    let mut bash = Command::new("bash");
    bash.args(["-c", &format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"")]);
    bash.arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        bash.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => bash.env(name, value),
            None => bash.env_remove(name),
        };
    }
    bash
}

#[test]
fn a_run_that_finds_no_room_is_given_up_and_told() {
    let company = Company::new("baseline = \"quiet\"");
    company.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
         insert into orders select i, 'c', 'ann', 'order ' || i, date('now', '-3 days'), null from n;",
    );
    let output = within(2048, &company.kaizend(&["run", "late"])).output().expect("bash starts");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("the store could not keep what the run said"), "{said}");

    let status = company.json(&["status"]);
    let check = &status["checks"][0];
    assert_eq!(check["last-run"]["outcome"], "failed", "{status}");
    assert!(
        check["cannot-look"]["message"].as_str().is_some_and(|why| why.contains("the store")),
        "{status}"
    );
    assert_eq!(check["open-findings"], 0, "{status}");
    let letters = company.letters();
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["ops@test.example"]);
    assert!(letters[0].text.contains("the store could not keep"), "{}", letters[0].text);

    // With room the check runs at once: nothing of the first run holds it up.
    company.run();
    assert_eq!(company.json(&["status"])["checks"][0]["open-findings"], 10_000);
}
