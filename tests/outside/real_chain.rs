//! The whole way of a mail over servers that this project did not write: kaizend, Postfix with STARTTLS and a login,
//! Dovecot with sieve, and two parsers that read it over IMAP. Whatever Postfix does, the outbox says what is true.

use jiff::Timestamp;
use kaizend_tests::{Chain, Company, Delivered, Seen, Step, ends_with, eventually};
use serde_json::Value;

use crate::serve::Server;

const RUNBOOK: &str = "https://wiki.test.example/late?branch=1&lang=en";

/// A company whose mails go to the chain, and whose check looks every second.
fn company(chain: &Chain) -> Company {
    let company = Company::default();
    company.configure(&format!("baseline = \"tell\"\nrunbook = \"{RUNBOOK}\""), &chain.transport());
    let text = std::fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    let text = text.replace("\"0 8 * * *\"", "\"every 1s\"");
    company.write("kaizend.toml", &text.replace("[mail]\n", "[mail]\nbounces = \"bounces@test.example\"\n"));
    company
}

fn overdue(company: &Company, id: u32, owner: &str, what: &str) {
    company.sql(&format!(
        "insert into orders values ({id}, 'c{id}', '{owner}', '{what}', date('now', '-3 days'), null)"
    ));
}

fn mail(company: &Company, id: u32) -> Value {
    company.json(&["outbox", "show", &id.to_string()])
}

fn state(company: &Company, id: u32) -> String {
    let listed = ends_with(0, &mut company.kaizend(&["--format", "json", "outbox", "list"]));
    let mut lines = listed.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is a mail"));
    let line = lines.find(|line| line["id"] == id).unwrap_or_default();
    line["delivery"]["delivery"].as_str().unwrap_or_default().to_owned()
}

fn until_it_is(company: &Company, id: u32, expected: &str, chain: &Chain) {
    let reached = || company.path().join("kaizend.db").exists() && state(company, id) == expected;
    assert!(eventually(reached), "not {expected}: {}\n{}", state(company, id), chain.log());
}

/// Without the headers that servers add on the way.
fn body(raw: &[u8]) -> &[u8] {
    let head = raw.windows(4).position(|four| four == b"\r\n\r\n").expect("a mail has a head");
    &raw[head..]
}

/// What lies in the mailbox is what the outbox says was sent, and both parsers see the same.
fn is_as_sent(delivered: &Delivered, sent: &Value) {
    let eml = sent["eml"].as_str().expect("the bytes");
    assert_eq!(delivered.by_python, delivered.by_mail_parser());
    assert_eq!(delivered.by_python, Seen::of(eml.as_bytes()));
    assert_eq!(delivered.defects, [] as [String; 0]);
    assert_eq!(body(&delivered.raw), body(eml.as_bytes()), "not a byte of the text changes on the way");
}

#[test]
fn what_is_read_over_imap_is_what_was_written() {
    let chain = Chain::start();
    let company = company(&chain);
    company
        .sql("insert into orders values (1, 'c1', 'ann', 'Räder <b> & \"Öl\"', date('now', '+1 day'), null)");
    overdue(&company, 2, "bob", "зимние шины");
    let server = Server::start(&company);
    let both = || chain.letters("ann").len() == 1 && chain.letters("bob").len() == 1;
    assert!(eventually(both), "{}", chain.log());
    let [ann, bob] = ["ann", "bob"].map(|name| chain.letters(name).remove(0));
    for (letter, name, words) in [(&ann, "ann", "Räder <b> & \"Öl\""), (&bob, "bob", "зимние шины")]
    {
        let sent =
            (1..=2).map(|id| mail(&company, id)).find(|sent| sent["mail"]["to"] == letter.by_python.to[0]);
        is_as_sent(letter, &sent.expect("the outbox has it"));
        assert_eq!(letter.by_python.to, [format!("{name}@test.example")]);
        assert!(letter.by_python.text.contains(words), "{}", letter.by_python.text);
        assert!(letter.by_python.text.contains(RUNBOOK), "{}", letter.by_python.text);
        assert!(letter.by_python.links.iter().any(|link| link == RUNBOOK), "{:?}", letter.by_python.links);
        assert_eq!(letter.by_python.references, [] as [String; 0]);
    }

    // The end of a snooze is told: the second letter about it hangs below the first.
    let finding = company.findings()["1"]["fingerprint"].as_str().expect("a finding").to_owned();
    ends_with(0, &mut company.kaizend(&["findings", "snooze", &finding, "--by", "ann", "--until", "2s"]));
    assert!(eventually(|| chain.letters("ann").len() == 2), "{}", chain.log());
    let second = chain.letters("ann").remove(1);
    is_as_sent(&second, &mail(&company, 3));
    assert_eq!(second.by_python.references, [ann.by_python.message_id]);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn a_recipient_whom_postfix_refuses_has_failed_and_harms_nobody_else() {
    let chain = Chain::start();
    let company = company(&chain);
    company
        .sql("insert into staff (id, name, email) values ('left', 'Gone Long Ago', 'nobody@test.example')");
    overdue(&company, 1, "left", "order 1");
    overdue(&company, 2, "ann", "order 2");
    let _server = Server::start(&company);
    assert!(eventually(|| chain.letters("ann").len() == 1), "{}", chain.log());
    let to_nobody = |mail: &Value| mail["mail"]["to"] == "nobody@test.example";
    let refused = || (1..=2).map(|id| mail(&company, id)).find(to_nobody).expect("the outbox has it");
    assert!(eventually(|| refused()["mail"]["delivery"]["delivery"] == "failed"), "{}", refused());
    let refused = refused();
    let note = refused["attempts"][0]["note"].as_str().unwrap_or_default();
    assert!(note.starts_with("550 5.1.1"), "{note}");

    // What he was to hear goes to whoever stands in, who reads why; the operators read what to mend.
    assert!(eventually(|| chain.letters("boss").len() == 1), "{}", chain.log());
    let fallback = chain.letters("boss").remove(0).by_python.text.replace('\n', " ");
    assert!(fallback.contains("order 1"), "{fallback}");
    assert!(fallback.contains("has no mail address that works; you stand in for this check"), "{fallback}");
    assert!(eventually(|| chain.letters("ops").len() == 1), "{}", chain.log());
    let operators = chain.letters("ops").remove(0).by_python.text.replace('\n', " ");
    assert!(operators.contains("`left` cannot be reached at"), "{operators}");
    assert_eq!(company.json(&["status"])["addresses-given-up"], 1);
    let listed = ends_with(0, &mut company.kaizend(&["outbox", "bounced"]));
    assert!(listed.contains("nobody@test.example") && listed.contains("550 5.1.1"), "{listed}");
    ends_with(0, &mut company.kaizend(&["outbox", "bounced", "--lift", "nobody@test.example"]));
    ends_with(2, &mut company.kaizend(&["outbox", "bounced", "--lift", "nobody@test.example"]));
    assert_eq!(company.json(&["status"])["addresses-given-up"], 0);
}

#[test]
fn a_server_that_refuses_us_stops_everything_for_a_while_and_blames_nobody() {
    let chain = Chain::start();
    let company = company(&chain);
    overdue(&company, 1, "ann", "order 1");
    chain.policy.answer_next(Step::Recipient, "554 5.7.1 Relay access denied");
    let server = Server::start(&company);
    until_it_is(&company, 1, "deferred", &chain);
    let stopped = company.json(&["status"])["sending-stopped"].clone();
    assert_eq!(stopped["by"], "mail server");
    let time = |name: &str| stopped[name].as_str().unwrap_or_default().parse::<Timestamp>().expect("a time");
    assert_eq!(time("until").duration_since(time("since")).as_mins(), 15);
    assert_eq!(company.json(&["status"])["addresses-given-up"], 0);
    overdue(&company, 2, "bob", "order 2");
    until_it_is(&company, 2, "queued", &chain);
    assert_eq!(chain.letters("ops"), [], "nothing leaves meanwhile");

    ends_with(0, &mut company.kaizend(&["outbox", "release", "--all"]));
    assert!(eventually(|| chain.letters("bob").len() == 1), "{}", chain.log());
    assert!(eventually(|| chain.letters("ops").len() == 1), "{}", chain.log());
    let told = &chain.letters("ops")[0].by_python;
    assert_eq!(told.subject, "The mail server refuses us");
    assert!(told.text.contains("554 5.7.1"), "{}", told.text);
    ends_with(0, &mut company.kaizend(&["outbox", "retry", "1"]));
    assert!(eventually(|| chain.letters("ann").len() == 1), "{}", chain.log());
    assert_eq!(server.stop(), Some(0));
    assert_eq!(chain.letters("ops").len(), 1);
}

#[test]
fn a_second_mail_within_the_hour_waits_where_one_an_hour_is_the_most() {
    let chain = Chain::start();
    let company = company(&chain);
    let path = company.path().join("kaizend.toml");
    let text = std::fs::read_to_string(&path).expect("a configuration");
    company
        .write("kaizend.toml", &text.replace("[mail]\n", "[mail]\nlimits = { per-hour-to-address = 1 }\n"));
    overdue(&company, 1, "ann", "order 1");
    let server = Server::start(&company);
    until_it_is(&company, 1, "sent", &chain);
    overdue(&company, 2, "ann", "order 2");
    until_it_is(&company, 2, "deferred", &chain);
    assert_eq!(server.stop(), Some(0));
    // Another process counts what the first one sent.
    ends_with(0, &mut company.kaizend(&["outbox", "retry", "2"]));
    let _server = Server::start(&company);
    until_it_is(&company, 2, "deferred", &chain);
    let waits = mail(&company, 2);
    assert_eq!(waits["mail"]["delivery"]["reason"], "mails to one address in an hour: at most 1");
    assert_eq!(waits["mail"]["attempts"], 0);
    let time = |text: &Value| text.as_str().unwrap_or_default().parse::<Timestamp>().expect("a time");
    let (until, first) = (time(&waits["mail"]["delivery"]["until"]), mail(&company, 1));
    assert_eq!(until.duration_since(time(&first["mail"]["delivery"]["at"])).as_secs(), 3600);
    assert_eq!(chain.letters("ann").len(), 1);
}

#[test]
fn a_greylist_is_waited_out() {
    let chain = Chain::start();
    let company = company(&chain);
    overdue(&company, 1, "ann", "order 1");
    chain.policy.answer_next(Step::Recipient, "451 4.7.1 Greylisted, please come again");
    let _server = Server::start(&company);
    until_it_is(&company, 1, "deferred", &chain);
    let deferred = mail(&company, 1);
    let until: Timestamp =
        deferred["mail"]["delivery"]["until"].as_str().unwrap_or_default().parse().expect("a time");
    let tried: Timestamp =
        deferred["attempts"][0]["at"].as_str().unwrap_or_default().parse().expect("a time");
    let waits = until.duration_since(tried).as_secs();
    assert!((1000..=1100).contains(&waits), "{waits} s");
    assert_eq!(chain.letters("ann"), []);

    ends_with(0, &mut company.kaizend(&["outbox", "retry", "1"]));
    until_it_is(&company, 1, "sent", &chain);
    assert!(eventually(|| chain.letters("ann").len() == 1), "{}", chain.log());
    is_as_sent(&chain.letters("ann")[0], &deferred);
}

#[test]
fn a_mail_that_is_too_large_fails_and_is_not_tried_again() {
    let chain = Chain::taking_at_most(3000);
    let company = company(&chain);
    overdue(&company, 1, "ann", "order 1");
    let _server = Server::start(&company);
    until_it_is(&company, 1, "failed", &chain);
    let failed = mail(&company, 1);
    assert_eq!(failed["attempts"].as_array().map(Vec::len), Some(1));
    let note = failed["attempts"][0]["note"].as_str().unwrap_or_default();
    assert!(note.starts_with("552 5.3.4"), "{note}");
    assert_eq!(chain.letters("ann"), []);
}

#[test]
fn postfix_disappears_before_it_takes_the_mail() {
    let mut chain = Chain::start();
    let company = company(&chain);
    overdue(&company, 1, "ann", "order 1");
    chain.policy.hold_next(Step::Data);
    let _server = Server::start(&company);
    assert!(chain.policy.held.recv_timeout(std::time::Duration::from_secs(120)).is_ok(), "{}", chain.log());
    assert_eq!(state(&company, 1), "claimed");
    chain.kill_postfix();
    until_it_is(&company, 1, "deferred", &chain);
    chain.start_postfix();
    arrives_once(&chain, &company, 0);
}

#[test]
fn postfix_disappears_between_the_final_dot_and_its_answer() {
    let mut chain = Chain::start();
    let company = company(&chain);
    overdue(&company, 1, "ann", "order 1");
    chain.policy.hold_next(Step::End);
    let _server = Server::start(&company);
    assert!(chain.policy.held.recv_timeout(std::time::Duration::from_secs(120)).is_ok(), "{}", chain.log());
    assert_eq!(state(&company, 1), "data-started");
    chain.kill_postfix();
    until_it_is(&company, 1, "uncertain", &chain);
    chain.start_postfix();
    arrives_once(&chain, &company, 1);
}

/// Tried again, the mail arrives; Postfix had not kept what it had not answered.
fn arrives_once(chain: &Chain, company: &Company, times_uncertain: u32) {
    let before = mail(company, 1);
    ends_with(0, &mut company.kaizend(&["outbox", "retry", "1"]));
    until_it_is(company, 1, "sent", chain);
    assert!(eventually(|| !chain.letters("ann").is_empty()), "{}", chain.log());
    let letters = chain.letters("ann");
    assert_eq!(letters.len(), 1);
    is_as_sent(&letters[0], &before);
    assert_eq!(mail(company, 1)["mail"]["times-uncertain"], times_uncertain);
}

#[test]
fn a_mail_that_comes_back_was_sent_and_its_report_lies_with_the_sender() {
    let chain = Chain::start();
    let company = company(&chain);
    company.sql("insert into staff (id, name, email) values ('gone', 'Gone Today', 'gone@test.example')");
    overdue(&company, 1, "gone", "order 1");
    let _server = Server::start(&company);
    until_it_is(&company, 1, "sent", &chain);
    assert!(eventually(|| chain.bounces().len() == 1), "{}", chain.log());
    let report = &chain.bounces()[0];
    assert_eq!(report.content_type, "multipart/report");
    // The address to which it came names the mail.
    let to = &report.by_python.to[0];
    let token = to.strip_prefix("bounces+").and_then(|rest| rest.strip_suffix("@test.example"));
    assert!(token.is_some_and(|token| token.len() == 20), "{to}");
    let said = String::from_utf8_lossy(&report.raw);
    assert!(said.contains("Status: 5.1.1"), "{said}");
    let message_id = mail(&company, 1)["mail"]["message-id"].as_str().expect("an id").to_owned();
    assert!(said.contains(&message_id), "{said}");
}
