//! Answers by mail, handed in by a mail server or lying in a Maildir: what they do, and what they never do.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use kaizend_tests::{Company, Letter, ends_with, eventually};
use serde_json::Value;

use crate::serve::Server;

/// A company that reads answers, with so many overdue orders of somebody, of which he has got one mail.
fn told(who: &str, orders: u32) -> (Company, Letter) {
    let company = Company::new("baseline = \"tell\"\n[inbox]");
    for order in 1..=orders {
        company.sql(&format!(
            "insert into orders values ({order}, 'c1', '{who}', 'order {order}', date('now', '-3 days'), null)"
        ));
    }
    company.run();
    let letter = company.letters().into_iter().next().expect("a mail");
    (company, letter)
}

fn reply(letter: &Letter, from: &str, id: &str, headers: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: kaizen@test.example\r\nSubject: Re: {}\r\nMessage-ID: <{id}>\r\nIn-Reply-To: <{}>\r\n\
         {headers}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        letter.subject,
        letter.message_id.trim_matches(['<', '>'])
    )
}

/// Hands a mail in as a mail server does.
fn receive(company: &Company, mail: &str) -> Value {
    let mut command: Command = company.kaizend(&["--format", "json", "mail", "receive"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("a pipe").write_all(mail.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one value")
}

fn states(company: &Company) -> Vec<String> {
    let findings = company.findings();
    findings
        .values()
        .map(|finding| finding["state"]["state"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The mails to somebody after the first, once what waits is sent.
fn later(company: &Company, to: &str) -> Vec<Letter> {
    company.run();
    company.letters().into_iter().filter(|letter| letter.to.contains(to)).skip(1).collect()
}

#[test]
fn a_reply_is_a_word() {
    let (company, letter) = told("ann", 1);
    assert!(letter.text.contains("You can also answer this mail"), "{}", letter.text);
    let mail = reply(
        &letter,
        "Ann <ANN@test.example>",
        "1@ann",
        "",
        "Done.\r\n\r\nOn Monday Kaizen wrote:\r\n> late",
    );
    let said = serde_json::json!({ "by": "ann", "words": 1, "answered": false });
    assert_eq!(receive(&company, &mail), said);
    assert_eq!(states(&company), ["done"]);
    assert_eq!(receive(&company, &mail), said, "the same mail twice is taken, and says nothing twice");
    let id = company.findings()["1"]["fingerprint"].as_str().expect("a fingerprint")[..12].to_owned();
    let chain = ends_with(0, &mut company.kaizend(&["explain", &id]));
    assert_eq!(chain.matches("done (said-so), by Ann").count(), 1, "{chain}");
    assert_eq!(later(&company, "ann"), []);
    ends_with(0, &mut company.kaizend(&["audit", "verify"]));
}

#[test]
fn each_line_may_speak_of_another_thing() {
    let (company, letter) = told("bob", 3);
    let number = |order: u32| {
        let place = |number: &usize| {
            letter.text.contains(&format!("{number}. ")) && {
                let line = letter.text.lines().find(|line| line.starts_with(&format!("{number}. ")));
                line.is_some_and(|line| line.contains(&format!("order {order}")))
            }
        };
        (1..=3).find(place).unwrap_or_else(|| panic!("order {order} in\n{}", letter.text))
    };
    let text = format!(
        "{} готово\r\n{} отложить до понедельника\r\n{} кому ann@test.example",
        number(1),
        number(2),
        number(3)
    );
    let said = receive(&company, &reply(&letter, "bob@test.example", "1@bob", "", &text));
    assert_eq!(said["words"], 3, "{said}");
    let findings = company.findings();
    assert_eq!(findings["1"]["state"]["state"], "done");
    assert_eq!(findings["2"]["state"]["state"], "snoozed");
    assert_eq!(findings["3"]["owner"], "ann");
}

#[test]
fn what_is_not_understood_is_answered_once_in_its_authors_language() {
    let (company, letter) = told("bob", 2);
    for (id, text, why) in [
        ("1@bob", "Спасибо, посмотрю", "«Спасибо, посмотрю» — это ни одно из слов ниже"),
        ("2@bob", "готово", "В том письме было 2 пункта"),
        ("3@bob", "7 готово", "номера 7 среди них нет"),
        ("4@bob", "1 кому gone@test.example", "нет адреса gone@test.example"),
        ("5@bob", "1 отложить 2099-01-01", "не дальше чем на год"),
    ] {
        let mail = reply(&letter, "bob@test.example", id, "", text);
        for _ in 0..2 {
            let said = receive(&company, &mail);
            assert_eq!((&said["words"], &said["answered"]), (&0.into(), &true.into()), "{text}: {said}");
        }
        let answers = later(&company, "bob");
        let flat = |letter: &Letter| letter.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let matching = answers.iter().filter(|answer| flat(answer).contains(why)).count();
        assert_eq!(matching, 1, "{text}: {answers:?}");
    }
    assert_eq!(states(&company), ["open", "open"]);
}

#[test]
fn nobody_else_is_heard_and_no_machine_is_answered() {
    let (company, letter) = told("ann", 1);
    let foreign = Letter { message_id: "<other@test.example>".to_owned(), ..letter.clone() };
    for (name, mail) in [
        ("a stranger", reply(&letter, "eve@elsewhere.example", "1@eve", "", "done")),
        ("another mail", reply(&foreign, "ann@test.example", "2@ann", "", "done")),
        (
            "an absence note",
            reply(&letter, "ann@test.example", "3@ann", "Auto-Submitted: auto-replied\r\n", "done"),
        ),
        ("no mail", "done".to_owned()),
    ] {
        let said = receive(&company, &mail);
        assert!(said["passed-over"].is_string(), "{name}: {said}");
    }
    assert_eq!(states(&company), ["open"]);
    assert_eq!(later(&company, "ann"), [], "and nobody gets a mail");

    // Two machines that answer each other stop at once.
    receive(&company, &reply(&letter, "ann@test.example", "4@ann", "", "I am away"));
    let answers = later(&company, "ann");
    assert_eq!(answers.len(), 1);
    let again = reply(&answers[0], "ann@test.example", "5@ann", "", "I am away");
    assert!(receive(&company, &again)["passed-over"].is_string());
    assert_eq!(later(&company, "ann").len(), 1);
}

#[test]
fn a_report_that_an_address_is_gone_counts_once() {
    let (company, letter) = told("ann", 1);
    let id = letter.message_id.trim_matches(['<', '>']);
    let report = format!(
        "From: MAILER-DAEMON@test.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.test.example\r\n\r\n\
         Final-Recipient: rfc822; ann@test.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\n\r\n--b--\r\n"
    );
    assert_eq!(receive(&company, &report)["came-back"], 1);
    assert!(receive(&company, &report)["passed-over"].is_string(), "it is known");
    let bounced = ends_with(0, &mut company.kaizend(&["outbox", "bounced"]));
    assert!(bounced.contains("ann@test.example") && bounced.contains("User unknown"), "{bounced}");
}

#[test]
fn a_maildir_is_emptied_while_the_service_runs() {
    let (company, letter) = told("ann", 1);
    let inbox = company.path().join("inbox");
    for part in ["new", "cur", "tmp"] {
        fs::create_dir_all(inbox.join(part)).expect("a folder");
    }
    company.configure(
        "baseline = \"tell\"\n[inbox]\nmaildir = \"inbox\"",
        r#"{ kind = "directory", path = "outbox" }"#,
    );
    let server = Server::start(&company);
    fs::write(inbox.join("tmp/1.a"), reply(&letter, "ann@test.example", "1@ann", "", "snooze tomorrow"))
        .expect("a mail");
    // Something that is no mail, and comes first, holds none.
    fs::create_dir(inbox.join("new/0.a")).expect("a folder");
    fs::rename(inbox.join("tmp/1.a"), inbox.join("new/1.a")).expect("it is delivered");
    assert!(eventually(|| inbox.join("cur/1.a:2,S").exists()), "it is taken");
    assert_eq!(states(&company), ["snoozed"]);
    assert_eq!(server.stop(), Some(0));
}
