//! Mails as programs and servers write them.

use super::*;

const OURS: &str = "k.reminder.3f2a-1.0123456789.7@northwind.example";

fn mail(headers: &str, body: &str) -> Vec<u8> {
    let ours = format!("In-Reply-To: <{OURS}>\nReferences: <first@northwind.example>\n <{OURS}>\n");
    let whole = format!(
        "From: Ann =?utf-8?q?=C3=9Cnal?= <Ann@Northwind.example>\nMessage-ID: <1@ann>\nSubject: Re: order\n{ours}{headers}\n{body}"
    );
    whole.replace('\n', "\r\n").into_bytes()
}

fn text(headers: &str, body: &str) -> String {
    match read(&mail(headers, body)).unwrap().what {
        What::Answer { text } => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_says_whose_it_is_and_to_what() {
    let found = read(&mail("", "done\n")).unwrap();
    assert_eq!(found.from.unwrap().as_str(), "Ann@northwind.example");
    assert_eq!(found.message_id.unwrap().as_str(), "1@ann");
    let answers: Vec<&str> = found.answers.iter().map(MessageId::as_str).collect();
    assert_eq!(answers, [OURS, "first@northwind.example"]);
}

#[test]
fn only_what_was_written_counts() {
    let plain = "Content-Type: text/plain; charset=utf-8\n";
    for (name, headers, body, own) in [
        ("bare", "", "done\n", "done"),
        (
            "above, as many programs do",
            plain,
            "done\n\nOn Wed, Nov 25, 2026 at 10:00 AM Kaizen <kaizen@northwind.example>\nwrote:\n\n> Order 1\n> late\n",
            "done",
        ),
        (
            "below, as Thunderbird does",
            plain,
            "Am 25.11.2026, Kaizen wrote:\n> Order 1\n> late\n\nsnooze 3d\n\n-- \nAnn\nsnooze 9d\n",
            "snooze 3d",
        ),
        (
            "as Outlook does",
            plain,
            "done\n\n________________________________\nFrom: Kaizen <kaizen@northwind.example>\nSent: Wednesday\n\nnot a problem: x\n",
            "done",
        ),
        (
            "Cyrillic in base64",
            "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n",
            "4+7y7uLu\n",
            "готово",
        ),
        (
            "markup alone",
            "Content-Type: text/html; charset=utf-8\n",
            "<html><head><style>p {}</style></head><body><p>done</p><script>x</script></body></html>\n",
            "done",
        ),
        ("nothing", plain, "\n> Order 1\n", ""),
    ] {
        assert_eq!(text(headers, body), own, "{name}");
    }
}

#[test]
fn nobody_wrote_it() {
    for headers in [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "X-Autoreply: yes\n",
        "Return-Path: <>\n",
        "List-Id: <staff.northwind.example>\n",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
    ] {
        assert_eq!(read(&mail(headers, "done\n")).unwrap().what, What::Automatic, "{headers}");
    }
    assert_eq!(text("Auto-Submitted: no\n", "done\n"), "done");
}

/// As Postfix writes it.
fn report(action: &str, returned: &str) -> Vec<u8> {
    let body = format!(
        "--b\nContent-Type: text/plain; charset=us-ascii\n\nI'm sorry to have to inform you\n\n--b\n\
         Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.northwind.example\n\
         Arrival-Date: Wed, 25 Nov 2026 10:00:00 +0200 (EET)\n\n\
         Final-Recipient: rfc822; gone@northwind.example\n\
         Original-Recipient: rfc822;Gone@northwind.example\nAction: {action}\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 <gone@northwind.example>: Recipient address\n    rejected: User unknown\n\n\
         --b\n{returned}\n--b--\n"
    );
    let head = "From: MAILER-DAEMON@northwind.example\nSubject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n\
                Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n";
    format!("{head}\n{body}").replace('\n', "\r\n").into_bytes()
}

#[test]
fn a_bounce_says_what_became_of_whom() {
    for returned in [
        format!("Content-Type: message/rfc822\n\nMessage-ID: <{OURS}>\nSubject: order\n\nhello\n"),
        format!("Content-Type: text/rfc822-headers\n\nMessage-ID: <{OURS}>\nSubject: order\n"),
    ] {
        let What::Bounces(bounces) = read(&report("failed", &returned)).unwrap().what else {
            panic!("{returned}");
        };
        let expected = Bounce {
            message_id: Some(MessageId::known(OURS)),
            recipient: "Gone@northwind.example".to_owned(),
            action: Action::Failed,
            status: "5.1.1".to_owned(),
            diagnostic: "550 5.1.1 <gone@northwind.example>: Recipient address rejected: User unknown"
                .to_owned(),
        };
        assert_eq!(bounces, [expected], "{returned}");
    }
    for (action, expected) in [("Delayed", Action::Delayed), ("relayed", Action::Arrived)] {
        let What::Bounces(bounces) = read(&report(action, "")).unwrap().what else { panic!("{action}") };
        assert_eq!((bounces[0].action, &bounces[0].message_id), (expected, &None));
    }
}

#[test]
fn what_is_no_mail_is_said() {
    assert_eq!(read(b""), Err(NoMail::NoHeaders));
    assert_eq!(read(&vec![b'x'; LARGEST + 1]), Err(NoMail::TooLarge));
}

proptest::proptest! {
    /// Whatever comes in.
    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
        let _ = read(&mail("", &String::from_utf8_lossy(&bytes)));
    }
}
