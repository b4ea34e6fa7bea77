//! A small company in a temporary folder: a database, a configuration, an outbox folder, a store.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use mail_parser::MessageParser;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::{ends_with, hostile_plugin, kaizend};

/// Stands for the path of the plugin that misbehaves.
const HOSTILE: &str = "$HOSTILE";

/// The company; its folder goes when it goes.
#[derive(Debug)]
pub struct Company {
    folder: TempDir,
}

/// A mail as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub message_id: String,
}

impl Default for Company {
    fn default() -> Self {
        Self::new("")
    }
}

impl Company {
    /// A company that is told of what it has: its check has looked once, at an order of Ann's that is overdue and at
    /// one that is not due for long.
    pub fn looked_once() -> Self {
        let company = Self::new("baseline = \"tell\"");
        company.sql(
            "insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null),
                                       (2, 'c2', 'ann', 'order 2', date('now', '+90 days'), null);",
        );
        company.run();
        company
    }

    /// A company with three people, no orders, and a check `late` whose table ends with the lines `check`.
    pub fn new(check: &str) -> Self {
        let company = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        company.sql(
            "create table orders (id integer primary key, client text, owner text, what text, promised date, kept date);
             create table staff (id text primary key, name text, email text, manager text, language text,
                                 absent_from date, absent_until date, substitute text);
             insert into staff (id, name, email, manager, language) values
                 ('ann', 'Ann Ünal', 'ann@test.example', 'boss', 'en'),
                 ('bob', 'Боб', 'bob@test.example', 'boss', 'ru'),
                 ('boss', 'The Boss', 'boss@test.example', null, 'en');",
        );
        company.configure(check, r#"{ kind = "directory", path = "outbox" }"#);
        company
    }

    /// Writes the configuration, with the end of the check's table and the mail transport.
    pub fn configure(&self, check: &str, transport: &str) {
        let text = include_str!("company.toml").replace("#CHECK#", check).replace("#TRANSPORT#", transport);
        self.write("kaizend.toml", &text);
    }

    /// Writes a story's configuration: lines for the company, the reminders and the check, and whole sections.
    ///
    /// The check's lines are in the order of the story: a later one of the same key replaces the earlier.
    pub(crate) fn configure_story(
        &self,
        company: &str,
        reminders: &str,
        check: &[String],
        rest: &str,
        zone: &str,
    ) {
        let removed = check.iter().any(|line| line == "#REMOVED#");
        let mut keys =
            BTreeMap::from([("schedule", "\"0 8 * * *\""), ("datasets", "{ promises = \"promises\" }")]);
        for line in check.iter().filter(|line| line.contains('=')) {
            if let Some((key, value)) = line.split_once('=') {
                keys.insert(key.trim(), value.trim());
            }
        }
        let check: String = keys.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        let text = include_str!("company.toml")
            .replace("schedule = \"0 8 * * *\"\ndatasets = { promises = \"promises\" }\n", "")
            .replace("#CHECK#", &check)
            .replace("#TRANSPORT#", r#"{ kind = "directory", path = "outbox" }"#)
            .replace("timezone = \"UTC\"", &format!("timezone = \"{zone}\"\n{company}"));
        let text = match text.split_once("[checks.late]") {
            Some((head, _)) if removed => head.to_owned(),
            _ => text,
        };
        let text = format!("{text}\n[reminders]\n{reminders}\n{rest}\n");
        let text = match text.contains(HOSTILE) {
            true => text.replace(HOSTILE, &hostile_plugin().to_string_lossy()),
            false => text,
        };
        self.write("kaizend.toml", &text);
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).expect("a file is written");
    }

    pub fn database(&self) -> PathBuf {
        self.path().join("shop.db")
    }

    /// Changes the company's own data.
    pub fn sql(&self, statements: &str) {
        let database = Connection::open(self.database()).expect("the database opens");
        database.execute_batch(statements).expect("the statements are right");
    }

    /// `kaizend` with this company's configuration.
    pub fn kaizend(&self, arguments: &[&str]) -> Command {
        let mut command = kaizend();
        command
            .current_dir(self.path())
            .arg("--config")
            .arg(self.path().join("kaizend.toml"))
            .args(arguments);
        command
    }

    /// Runs the check for real, and gives the report.
    pub fn run(&self) -> Value {
        self.json(&["run", "late"])
    }

    /// A command that must succeed, and its JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let printed = ends_with(0, self.kaizend(&["--format", "json"]).args(arguments));
        serde_json::from_str(&printed).unwrap_or_else(|why| panic!("{why} in {printed}"))
    }

    /// The findings of the store, open and closed, by the first part of their key.
    pub fn findings(&self) -> BTreeMap<String, Value> {
        let printed =
            ends_with(0, &mut self.kaizend(&["--format", "json", "findings", "list", "--state", "all"]));
        printed
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("a line is a finding"))
            .map(|finding| (finding["key"][0].as_str().unwrap_or_default().to_owned(), finding))
            .collect()
    }

    /// Every mail of the outbox folder, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        let Ok(entries) = fs::read_dir(self.path().join("outbox")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().map(|path| Letter::read(path)).collect()
    }
}

impl Letter {
    pub(crate) fn read(path: &Path) -> Self {
        let bytes = fs::read(path).expect("a mail is read");
        let mail = MessageParser::default().parse(&bytes).expect("a mail is MIME");
        Self {
            to: mail
                .to()
                .and_then(|to| to.first())
                .and_then(|to| to.address())
                .unwrap_or_default()
                .to_owned(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            text: mail.body_text(0).unwrap_or_default().into_owned(),
            message_id: mail.message_id().unwrap_or_default().to_owned(),
        }
    }
}
