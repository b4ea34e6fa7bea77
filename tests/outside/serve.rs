//! The service: mails arrive at a server that this project did not write, once; a change of the data is followed.

use std::process::{Child, Command, Stdio};

use kaizend_tests::{Company, Mailbox, Sink, ends_with, eventually};
use rustix::process::{Pid, Signal, kill_process};

/// `kaizend serve`, stopped by SIGTERM when this goes.
pub(crate) struct Server(Child);

impl Server {
    pub(crate) fn start(company: &Company) -> Self {
        Self::spawn(company.kaizend(&["serve", "--log", "text"]).stderr(Stdio::null()).stdout(Stdio::null()))
    }

    /// The same with a command of one's own.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        Self(command.spawn().expect("the daemon starts"))
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.0);
        kill_process(pid, signal).expect("the daemon is there to be signalled");
    }

    /// Asks it to stop, and gives its exit code.
    pub(crate) fn stop(mut self) -> Option<i32> {
        self.signal(Signal::TERM);
        self.0.wait().expect("the daemon ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn mailing(mailbox: &Mailbox) -> String {
    format!(r#"{{ kind = "smtp", host = "127.0.0.1", port = {}, tls = "none" }}"#, mailbox.port)
}

const EVERY_SECOND: &str = "baseline = \"tell\"";

/// A company whose check runs every second, with two overdue orders of two owners.
fn company(mailbox: &Mailbox) -> Company {
    let company = Company::new(EVERY_SECOND);
    company.configure(EVERY_SECOND, &mailing(mailbox));
    let text = std::fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    company.write("kaizend.toml", &text.replace("\"0 8 * * *\"", "\"every 1s\""));
    company.sql(
        "insert into orders values (1, 'c1', 'ann', 'Räder wechseln', date('now', '-3 days'), null),
                                   (2, 'c2', 'bob', 'заказ 2', date('now', '-4 days'), null);",
    );
    company
}

fn runs(company: &Company) -> u64 {
    if !company.path().join("kaizend.db").exists() {
        return 0;
    }
    company.json(&["status"])["checks"][0]["runs"].as_u64().unwrap_or_default()
}

#[test]
fn mails_arrive_once_and_a_late_end_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company(&mailbox);
    let server = Server::start(&company);
    assert!(eventually(|| mailbox.letters().len() == 2), "{:#?}", mailbox.letters());

    let seen = runs(&company);
    assert!(eventually(|| runs(&company) >= seen + 2), "the check goes on");
    assert_eq!(mailbox.letters().len(), 2, "a second occurrence mails nothing new");
    let mut to: Vec<String> = mailbox.letters().into_iter().map(|letter| letter.to).collect();
    to.sort();
    assert_eq!(to, ["ann@test.example", "bob@test.example"]);
    let text = mailbox.letters().into_iter().map(|letter| letter.text).collect::<String>();
    assert!(text.contains("Räder wechseln") && text.contains("заказ 2"), "{text}");

    company.sql("update orders set kept = date('now') where id = 1");
    assert!(eventually(|| company.findings()["1"]["state"]["state"] == "resolved"));
    assert_eq!(company.findings()["1"]["state"]["how"]["how"], "ended-as");
    assert_eq!(server.stop(), Some(0), "SIGTERM is a clean stop");
    assert_eq!(mailbox.letters().len(), 2);
}

#[test]
fn a_server_that_does_not_answer_one_mail_keeps_no_other_waiting() {
    let sink = Sink::start().expect("a sink");
    let company = Company::new(EVERY_SECOND);
    let port = sink.address.port();
    let transport =
        format!(r#"{{ kind = "smtp", host = "127.0.0.1", port = {port}, tls = "none", at-once = 2 }}"#);
    company.configure(EVERY_SECOND, &transport);
    let text = std::fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    company.write("kaizend.toml", &text.replace("\"0 8 * * *\"", "\"every 1s\""));
    company.sql(
        "insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null),
                                   (2, 'c2', 'bob', 'order 2', date('now', '-4 days'), null),
                                   (3, 'c3', 'boss', 'order 3', date('now', '-4 days'), null);",
    );
    sink.hold_next();
    let _server = Server::start(&company);
    assert!(sink.held.recv_timeout(std::time::Duration::from_secs(120)).is_ok(), "the first mail waits");
    assert!(eventually(|| company.json(&["status"])["outbox"]["sent"] == 2), "{}", company.json(&["status"]));
    assert_eq!(company.json(&["status"])["outbox"]["data-started"], 1);
}

#[test]
fn a_second_server_on_one_store_names_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company(&mailbox);
    let server = Server::start(&company);
    assert!(eventually(|| !mailbox.letters().is_empty()));
    let second = company.kaizend(&["serve"]).output().expect("it starts");
    assert_eq!(second.status.code(), Some(3));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains(&server.0.id().to_string()), "{said}");
}

#[test]
fn a_broken_reload_keeps_the_old_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company(&mailbox);
    let server = Server::start(&company);
    assert!(eventually(|| mailbox.letters().len() == 2));
    let path = company.path().join("kaizend.toml");
    let good = std::fs::read_to_string(&path).expect("a configuration");
    company.write("kaizend.toml", &good.replace("plugin = \"missed-promises\"", "plugin = \"no-such\""));
    server.signal(Signal::HUP);
    let told = || mailbox.letters().into_iter().find(|letter| letter.to == "ops@test.example");
    assert!(eventually(|| told().is_some()), "the operators hear of it");
    let letter = told().expect("it was there");
    assert_eq!(letter.subject, "The new configuration is not in force");
    assert!(
        letter.text.contains("no-such") && letter.text.contains("^^^"),
        "the report is shown: {}",
        letter.text
    );
    assert!(!letter.text.contains("could not look"), "no check failed: {}", letter.text);
    company.write("kaizend.toml", &good);
    company.sql("insert into orders values (3, 'c3', 'ann', 'order 3', date('now', '-1 day'), null)");
    assert!(eventually(|| company.findings().contains_key("3")), "the old plan goes on");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn what_was_missed_while_down_is_accounted_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailbox = Mailbox::start(folder.path().join("mail"));
    let company = company(&mailbox);
    let server = Server::start(&company);
    assert!(eventually(|| runs(&company) >= 2));
    assert_eq!(server.stop(), Some(0));
    // Down for as long as `status` takes a few times; every second of it is an occurrence.
    let before = runs(&company);
    for _ in 0..20 {
        ends_with(0, &mut company.kaizend(&["status"]));
    }
    let server = Server::start(&company);
    assert!(eventually(|| runs(&company) > before));
    assert_eq!(server.stop(), Some(0));
    let occurrences = company.json(&["next", "late", "--past", "1000"]);
    let due: Vec<i64> = occurrences["past"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|occurrence| {
            let due: jiff::Timestamp = occurrence["due"].as_str().expect("a time").parse().expect("a time");
            due.as_second()
        })
        .collect();
    assert!(
        due.windows(2).all(|pair| pair[1] - pair[0] == 1),
        "no second is missing, none is double: {due:?}"
    );
}
