//! What is known of a mail when the server misbehaves, at each step.
//!
//! Each test shortens only the wait that it is about: the others stay long, so that a busy machine does not
//! change an outcome.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use kaizend_core::domain::Mail;

use super::{
    fault_server::{Act, FaultServer, Faults},
    session::{Smtp, SmtpSession},
};
use crate::{Attempt, DeferredBecause, Login, Patience, Proof, Roots, Secret, SmtpSettings, Tls};

pub(super) const BODY: &[u8] = b"Subject: x\r\n\r\n.hidden dot\r\n..\r\nlast line\r\n";

pub(super) fn mail(to: &str) -> Mail {
    Mail {
        message_id: "k.reminder.1.x.1@northwind.example".into(),
        envelope_from: "kaizen@northwind.example".into(),
        envelope_to: to.into(),
        subject: "x".into(),
        bytes: BODY.to_vec(),
    }
}

pub(super) fn settings(server: &FaultServer, patience: Patience) -> SmtpSettings {
    SmtpSettings {
        host: server.address.ip().to_string(),
        port: server.address.port(),
        tls: Tls::None,
        roots: Roots::default(),
        login: None,
        hello_name: "kaizen.northwind.example".into(),
        at_once: 1,
        patience,
    }
}

pub(super) fn session(server: &FaultServer, patience: Patience) -> SmtpSession {
    Smtp::new(settings(server, patience)).unwrap().session()
}

/// Delivers one mail; says what is known, and how often the hand-over was recorded.
pub(super) async fn deliver(session: &mut SmtpSession) -> (Attempt, usize) {
    let recorded = AtomicUsize::new(0);
    let record = || async {
        recorded.fetch_add(1, Ordering::SeqCst);
        Ok::<(), String>(())
    };
    let attempt = session.deliver(&mail("anna@northwind.example"), record).await;
    (attempt, recorded.load(Ordering::SeqCst))
}

pub(super) fn one(step: &'static str, act: Act) -> [Faults; 1] {
    [Faults::from([(step, act)])]
}

/// Long everywhere, short at one step.
pub(super) fn short_at(step: &str) -> Patience {
    let mut patience = Patience { quit: Duration::from_millis(50), ..Patience::default() };
    let short = Duration::from_millis(60);
    match step {
        "greeting" | "EHLO" => {
            // lettre waits for both in one call.
            (patience.connect, patience.greeting, patience.command) = (short, short, short);
        }
        "STARTTLS" => {
            let short = Duration::from_millis(400);
            (patience.connect, patience.command) = (short, short);
        }
        "DATA" => patience.data = short,
        "." => patience.end = short,
        _ => patience.command = Duration::from_millis(400),
    }
    patience
}

#[tokio::test]
async fn a_mail_arrives_byte_by_byte_and_the_connection_serves_the_next() {
    let server = FaultServer::start([]).await;
    let mut session = session(&server, Patience::default());
    for _ in 0..2 {
        let (attempt, recorded) = deliver(&mut session).await;
        assert_eq!(attempt, Attempt::Sent { reply: "250 2.0.0 queued".into() });
        assert_eq!(recorded, 1);
    }
    session.close().await;
    assert_eq!(server.mails(), [BODY, BODY]);
    assert_eq!(server.connections(), 1);
    assert_eq!(
        server.commands(),
        [
            "EHLO kaizen.northwind.example",
            "MAIL FROM:<kaizen@northwind.example>",
            "RCPT TO:<anna@northwind.example>",
            "DATA",
            "NOOP",
            "MAIL FROM:<kaizen@northwind.example>",
            "RCPT TO:<anna@northwind.example>",
            "DATA",
            "NOOP",
            "QUIT",
        ]
    );
}

#[tokio::test]
async fn after_the_final_dot_only_a_reply_helps() {
    for act in [Act::Say("251 what?"), Act::Say("354 more?"), Act::Say("nonsense")] {
        let server = FaultServer::start(one(".", act)).await;
        let (attempt, recorded) = deliver(&mut session(&server, short_at("."))).await;
        assert!(matches!(attempt, Attempt::Uncertain { .. }), "{act:?}: {attempt:?}");
        assert_eq!(recorded, 1, "{act:?}");
    }
}

#[tokio::test]
async fn a_refusal_is_judged_by_its_step_and_code() {
    for (step, said, word) in [
        ("greeting", "554 no service", "policy-blocked"),
        ("greeting", "421 too busy", "deferred"),
        ("EHLO", "550 5.7.1 go away", "policy-blocked"),
        ("MAIL", "553 5.1.8 bad sender", "policy-blocked"),
        ("MAIL", "451 4.3.0 later", "deferred"),
        ("RCPT", "550 5.1.1 no such user", "failed"),
        ("RCPT", "450 4.7.1 greylisted", "deferred"),
        ("RCPT", "550 5.4.4 no route", "deferred"),
        ("RCPT", "554-5.7.1 Relay\r\n554 5.7.1 denied", "policy-blocked"),
        ("DATA", "554 5.5.1 no valid recipients", "failed"),
        (".", "554 5.6.0 rejected", "failed"),
        (".", "451 4.3.1 disk full", "deferred"),
        (".", "421 closing", "deferred"),
    ] {
        let server = FaultServer::start(one(step, Act::Say(said))).await;
        let (attempt, recorded) = deliver(&mut session(&server, short_at("none"))).await;
        assert_eq!(attempt.word(), word, "{step} {said}: {attempt:?}");
        assert_eq!(recorded, usize::from(step == "."), "{step} {said}");
        assert!(server.mails().is_empty(), "{step} {said}");
    }
}

/// lettre's pool puts a timed-out connection back, and the next mail reads the late reply as its own.
#[tokio::test]
async fn a_late_reply_is_never_the_next_mails() {
    let refused = Faults::from([(".", Act::Say("554 5.6.0 rejected"))]);
    let server = FaultServer::start([Faults::from([(".", Act::Stall)]), refused]).await;
    let transport =
        Smtp::new(settings(&server, Patience { end: Duration::from_millis(300), ..Patience::default() }));
    let mut session = transport.unwrap().session();
    assert_eq!(deliver(&mut session).await.0.word(), "uncertain");
    assert_eq!(deliver(&mut session).await.0.word(), "failed");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_the_server_had_closed_is_replaced() {
    for act in [Act::Say("421 idle too long"), Act::Close] {
        let server = FaultServer::start(one("MAIL", act)).await;
        let mut stale = session(&server, Patience::default());
        stale.open_idle().await;
        let (attempt, recorded) = deliver(&mut stale).await;
        assert_eq!((attempt.word(), recorded, server.connections()), ("sent", 1, 2), "{act:?}: {attempt:?}");
    }
}

#[tokio::test]
async fn a_refused_recipient_does_not_harm_the_next_mail() {
    let server = FaultServer::start(one("RCPT", Act::Say("550 5.1.1 no such user"))).await;
    let mut session = session(&server, Patience::default());
    assert_eq!(deliver(&mut session).await.0.word(), "failed");
    assert_eq!(deliver(&mut session).await.0.word(), "sent");
    assert_eq!(server.mails(), [BODY]);
}

#[tokio::test]
async fn nothing_is_handed_over_before_it_is_recorded() {
    let server = FaultServer::start([]).await;
    let mut session = session(&server, Patience::default());
    let seen = || async {
        // DATA was answered, and not a byte of the mail has left.
        assert_eq!(server.commands().last().map(String::as_str), Some("DATA"));
        assert!(server.mails().is_empty());
        Err::<(), _>("the store is full")
    };
    let attempt = session.deliver(&mail("anna@northwind.example"), seen).await;
    assert_eq!(attempt, Attempt::deferred(DeferredBecause::NotRecorded, "the store is full"));
    // The broken-off connection is gone; the next mail has its own.
    assert_eq!(deliver(&mut session).await.0.word(), "sent");
    assert_eq!((server.mails().len(), server.connections()), (1, 2));
}

#[tokio::test]
async fn without_starttls_nothing_is_said() {
    let server = FaultServer::start(one("EHLO", Act::Say("250-fault.example\r\n250 8BITMIME"))).await;
    let login = Some(Login { username: "kaizend".into(), proof: Proof::Password(Secret::new("sesame")) });
    let settings = SmtpSettings {
        host: "localhost".into(),
        tls: Tls::StartTls,
        login,
        ..settings(&server, Patience::default())
    };
    let (attempt, _) = deliver(&mut Smtp::new(settings).unwrap().session()).await;
    assert!(
        matches!(&attempt, Attempt::PolicyBlocked { reason, .. } if reason.contains("STARTTLS")),
        "{attempt:?}"
    );
    assert_eq!(server.commands(), ["EHLO kaizen.northwind.example"]);
}

#[tokio::test]
async fn nobody_listening_is_for_later() {
    let server = FaultServer::start([]).await;
    let mut settings = settings(&server, Patience::default());
    settings.port = 1;
    let (attempt, recorded) = deliver(&mut Smtp::new(settings).unwrap().session()).await;
    assert!(matches!(attempt, Attempt::Deferred { because: DeferredBecause::Network, .. }), "{attempt:?}");
    assert_eq!(recorded, 0);
}

#[tokio::test]
async fn an_address_that_is_none_never_reaches_the_server() {
    let server = FaultServer::start([]).await;
    let mut session = session(&server, Patience::default());
    let record = || async { Ok::<(), String>(()) };
    let attempt = session.deliver(&mail("a@b.example>\r\nRCPT TO:<c@d.example"), record).await;
    assert_eq!(attempt.word(), "failed");
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_long_mail_arrives_whole() {
    let server = FaultServer::start([]).await;
    let mut session = session(&server, Patience::default());
    let line = format!("{}\r\n.\r\n..x\r\n", "y".repeat(70));
    let bytes = format!("Subject: long\r\n\r\n{}", line.repeat(3000)).into_bytes();
    let long = Mail { bytes: bytes.clone(), ..mail("anna@northwind.example") };
    let attempt = session.deliver(&long, || async { Ok::<(), String>(()) }).await;
    assert_eq!(attempt.word(), "sent");
    assert_eq!(server.mails(), [bytes]);
}

/// `pool` loses mails, `tracing` logs passwords, `dkim` brings an unsound RSA: none of them is ever built in.
#[test]
fn the_sending_library_is_built_without_its_traps() {
    let manifest = include_str!("../../../../Cargo.toml");
    let entry = manifest.split_once("\nlettre = {").unwrap().1.split_once("] }").unwrap().0;
    assert!(entry.contains("default-features = false"));
    for trap in ["\"pool\"", "\"tracing\"", "\"dkim\"", "\"hostname\""] {
        assert!(!entry.contains(trap), "{trap}");
    }
}
