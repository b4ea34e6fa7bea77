//! Misbehaving plugins seen from outside: a sentence that a stranger understands, one mail to the operators, nothing
//! resolved, and a service that goes on.
//!
//! The plugin is written with the SDK and built as an author builds. The tests of the host cover the sandbox itself.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kaizend_tests::{Company, Letter, Mailbox, ends_with, eventually, hostile_plugin, stderr};
use rusqlite::Connection;
use rustix::process::Signal;

use crate::serve::{Server, mailing};

/// Ways to misbehave that end a run, and what the operator reads.
const WAYS: [(&str, &str); 4] = [
    (
        "loop",
        "the plugin used up its 1 s of processor time, while it had rows 1 to 5000 of the dataset `orders`",
    ),
    ("allocate", "the plugin wants more memory than 16 MiB"),
    ("panic-at-row", "this order is beyond me (at row 4711 of slot `orders`)"),
    ("overflow-stack", "the plugin overflowed its stack: `hostile::dive"),
];

/// What can be set in hostile.toml; the default behaves well.
struct Scene {
    plugin: PathBuf,
    columns: &'static str,
    schedule: &'static str,
    cpu: &'static str,
    transport: String,
    /// Each becomes a check of that name. The check `honest` is there besides.
    ways: Vec<&'static str>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            plugin: hostile_plugin(),
            columns: "id, owner, what as standing",
            schedule: "0 8 * * *",
            cpu: "1s",
            transport: r#"{ kind = "directory", path = "outbox" }"#.to_owned(),
            ways: Vec::new(),
        }
    }
}

impl Scene {
    fn set(&self, company: &Company) {
        let text = include_str!("hostile.toml")
            .replace("#PLUGIN#", &self.plugin.display().to_string())
            .replace("#COLUMNS#", self.columns)
            .replace("#TRANSPORT#", &self.transport);
        let mut text = text + &self.check("honest", "none");
        for way in &self.ways {
            text += &self.check(way, way);
        }
        company.write("kaizend.toml", &text);
    }

    fn check(&self, name: &str, misbehave: &str) -> String {
        format!(
            "\n[checks.{name}]\nplugin = \"hostile\"\nschedule = \"{}\"\ndatasets = {{ orders = \"orders\" }}\n\
             fallback = \"boss\"\nparams = {{ misbehave = \"{misbehave}\" }}\n\
             limits = {{ cpu = \"{}\", memory = \"16MiB\" }}\n",
            self.schedule, self.cpu
        )
    }
}

/// 5,000 orders, two of them late.
fn company() -> Company {
    let company = Company::default();
    company.sql(
        "with recursive c(n) as (select 1 union all select n + 1 from c where n < 5000)
         insert into orders select n, 'c', 'ann', iif(n <= 2, 'late', 'fine'), null, null from c;",
    );
    company
}

/// A company whose check `honest` has found the two.
fn company_that_looked() -> Company {
    let company = company();
    Scene::default().set(&company);
    ends_with(0, &mut company.kaizend(&["run", "honest"]));
    assert_eq!(open(&company, "honest"), 2);
    company
}

/// How many findings of a check are open.
fn open(company: &Company, check: &str) -> usize {
    let listed =
        ends_with(0, &mut company.kaizend(&["--format", "json", "findings", "list", "--state", "all"]));
    let findings = listed.lines().map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).expect("a line is a finding");
        finding
    });
    findings.filter(|finding| finding["check"] == check && finding["state"]["state"] == "open").count()
}

/// Mails to the operators whose text, its lines joined, holds the words.
fn told(letters: Vec<Letter>, words: &str) -> Vec<Letter> {
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut told = letters;
    told.retain(|letter| letter.to == "ops@test.example" && joined(&letter.text).contains(words));
    told
}

/// Replaces the honest check by one that cannot look, looks twice, mends it, looks again.
fn story(change: impl Fn(&str) -> String, words: &str) {
    let company = company_that_looked();
    let good = fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    company.write("kaizend.toml", &change(&good));
    for _ in 0..2 {
        let said = ends_with(3, &mut company.kaizend(&["run", "honest"]));
        assert!(said.contains("could not look: ") && said.contains(words), "{said}");
        assert_eq!(open(&company, "honest"), 2, "{words}");
    }
    assert_eq!(told(company.letters(), words).len(), 1, "{:#?}", company.letters());
    assert_eq!(told(company.letters(), "").len(), 1, "{:#?}", company.letters());
    let said = ends_with(1, &mut company.kaizend(&["status", "--fail-on-trouble"]));
    assert!(said.contains("honest cannot look since ") && said.contains(words), "{said}");
    company.write("kaizend.toml", &good);
    ends_with(0, &mut company.kaizend(&["run", "honest"]));
    assert_eq!(open(&company, "honest"), 2, "{words}");
    ends_with(0, &mut company.kaizend(&["status", "--fail-on-trouble"]));
    assert_eq!(told(company.letters(), "").len(), 1, "recovery is silent");
}

#[test]
fn each_way_to_misbehave_is_said_once_and_resolves_nothing() {
    for (way, words) in WAYS {
        story(|good| good.replace("\"none\"", &format!("\"{way}\"")), words);
    }
}

#[test]
fn a_column_that_was_not_granted() {
    story(
        |good| good.replace(", what as standing", ""),
        "the dataset `orders` has no column `standing`, which the slot `orders` needs; it has id, owner",
    );
}

#[test]
fn a_gigabyte_of_log_is_bounded_and_no_trouble() {
    let company = company();
    Scene { ways: vec!["log-1gb"], cpu: "30s", ..Scene::default() }.set(&company);
    let report = company.json(&["run", "log-1gb"]);
    assert_eq!(report["outcome"]["outcome"], "completed", "{}", report["outcome"]);
    let log = report["log"].as_array().expect("a log");
    let bytes: usize = log.iter().filter_map(|line| line.as_str()).map(str::len).sum();
    assert!(bytes < 1 << 20, "{bytes} bytes of log are kept");
    let last = log.last().and_then(|line| line.as_str()).unwrap_or_default();
    assert!(last.contains("lines more than the log's bound"), "{last}");
    assert_eq!(open(&company, "log-1gb"), 2);
    assert_eq!(told(company.letters(), "").len(), 0);
}

/// A file that is no plugin is an error of the configuration: it is said where it is named, and nothing runs.
fn refused(file: &Path, words: &str) {
    let company = company();
    Scene { plugin: file.to_owned(), ..Scene::default() }.set(&company);
    for command in [&["run", "honest"][..], &["serve"], &["validate"]] {
        let output = company.kaizend(command).output().expect("it starts");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
        assert!(said.contains(words) && said.contains("kaizend.toml:"), "{command:?}: {said}");
    }
    assert!(!company.path().join("kaizend.db").exists(), "nothing was begun");
    assert!(company.letters().is_empty());
}

/// The first half of the plugin, in the company's folder.
fn truncated(folder: &Path) -> PathBuf {
    let whole = fs::read(hostile_plugin()).expect("the plugin is built");
    let file = folder.join("truncated.wasm");
    fs::write(&file, &whole[..whole.len() / 2]).expect("a file is written");
    file
}

#[test]
fn a_truncated_file() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(&truncated(folder.path()), "the file is cut off at byte ");
}

#[test]
fn a_plugin_that_imports_wasi() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("wasi.wasm");
    let text = r#"(component (import "wasi:filesystem/preopens@0.2.3" (instance)))"#;
    fs::write(&file, wat::parse_str(text).expect("the text is right")).expect("a file is written");
    refused(&file, "`wasi:filesystem/preopens@0.2.3`: this is WASI");
}

/// How many runs of the check are in a state, as the store knows it.
fn runs(company: &Company, check: &str, state: &str) -> u64 {
    let path = company.path().join("kaizend.db");
    if !path.exists() {
        return 0;
    }
    let store = Connection::open(path).expect("the store opens");
    let query = "select count(*) from runs where check_id = ? and state = ?";
    // While the daemon makes the store, its tables are not there yet.
    store.query_row(query, [check, state], |row| row.get(0)).unwrap_or(0)
}

/// The honest check looks to its end twice more.
fn goes_on(company: &Company) -> bool {
    let seen = runs(company, "honest", "completed");
    eventually(|| runs(company, "honest", "completed") >= seen + 2)
}

#[test]
fn while_one_check_loops_another_goes_on_looking() {
    let company = company_that_looked();
    // The loop lasts far longer than the test: it is there from its first look to the end.
    Scene { ways: vec!["loop"], schedule: "every 1s", cpu: "4min", ..Scene::default() }.set(&company);
    let _server = Server::start(&company);
    assert!(eventually(|| runs(&company, "loop", "running") == 1));
    assert!(goes_on(&company), "the honest check goes on");
    company.sql("update orders set what = 'fine' where id = 1");
    assert!(eventually(|| open(&company, "honest") == 1), "the honest check sees a change");
    assert_eq!(runs(&company, "loop", "running"), 1, "it has looped all the while");
}

#[test]
fn a_service_of_bad_checks_tells_each_once_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company_that_looked();
    let ways = WAYS.map(|(way, _)| way).to_vec();
    let transport = mailing(&mailbox);
    Scene { ways, schedule: "every 1s", transport, ..Scene::default() }.set(&company);
    let server = Server::start(&company);
    for (way, words) in WAYS {
        assert!(eventually(|| runs(&company, way, "failed") >= 2), "{way} is tried again");
        assert!(eventually(|| !told(mailbox.letters(), words).is_empty()), "{way}: {:#?}", mailbox.letters());
        let said = ends_with(0, &mut company.kaizend(&["status"]));
        assert!(said.contains(&format!("{way} cannot look since ")) && said.contains(words), "{said}");
    }
    assert!(goes_on(&company), "the honest check goes on");
    assert_eq!(server.stop(), Some(0), "SIGTERM is a clean stop");
    for (way, words) in WAYS {
        assert_eq!(told(mailbox.letters(), words).len(), 1, "{way}: {:#?}", mailbox.letters());
        assert_eq!(open(&company, way), 0, "what a bad run said does not count");
    }
    assert_eq!(open(&company, "honest"), 2);
}

#[test]
fn a_reload_with_a_truncated_plugin_keeps_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company_that_looked();
    let good = Scene { schedule: "every 1s", transport: mailing(&mailbox), ..Scene::default() };
    good.set(&company);
    let server = Server::start(&company);
    assert!(goes_on(&company));
    Scene { plugin: truncated(company.path()), transport: mailing(&mailbox), ..Scene::default() }
        .set(&company);
    server.signal(Signal::HUP);
    let words = "the file is cut off at byte ";
    assert!(eventually(|| !told(mailbox.letters(), words).is_empty()), "{:#?}", mailbox.letters());
    assert!(goes_on(&company), "the old plan goes on");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(told(mailbox.letters(), words).len(), 1);
    good.set(&company);
    assert_eq!(open(&company, "honest"), 2);
}
