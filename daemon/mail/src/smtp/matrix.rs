//! Every fault at every step of a conversation: no mail is called sent that the server has not taken, none is lost, none
//! waits longer than its step may, and the server has one twice only after it was called uncertain, in equal bytes.

use std::time::{Duration, Instant};

use super::{
    fault_server::{Act, FaultServer, Faults},
    session::{Smtp, SmtpSession},
    tests::{BODY, deliver, mail, one, session, settings, short_at},
};
use crate::{Attempt, DeferredBecause, Login, Patience, Proof, Secret, SmtpSettings, Tls};

const STEPS: [&str; 9] = ["greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", ".", "QUIT"];

/// Longer than any of the shortened waits, and shorter than a test may take.
const LATE: Duration = Duration::from_millis(900);

/// A row of the matrix: a fault, and what is known of the mail after it at each of the steps.
type Row = (&'static str, Act, [&'static str; 9]);

const LATER: &str = "deferred";

const MATRIX: [Row; 5] = [
    ("stall", Act::Stall, [LATER, LATER, LATER, LATER, LATER, LATER, LATER, "uncertain", "sent"]),
    ("late", Act::Late(LATE), [LATER, LATER, LATER, LATER, LATER, LATER, LATER, "uncertain", "sent"]),
    (
        "421",
        Act::Say("421 4.3.2 going down"),
        [LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER, "sent"],
    ),
    ("drop", Act::Close, [LATER, LATER, LATER, LATER, LATER, LATER, LATER, "uncertain", "sent"]),
    // The server did take the mails of the last three: what came too much was said after it had agreed to each step.
    ("shift", Act::Shift, [LATER, LATER, LATER, LATER, LATER, LATER, "sent", "sent", "sent"]),
];

/// A session that comes by the step: only with TLS by STARTTLS, only with a login by AUTH.
fn session_by(server: &FaultServer, step: &str, patience: Patience) -> SmtpSession {
    let plain = settings(server, patience);
    let settings = match step {
        "STARTTLS" => SmtpSettings { host: "localhost".into(), tls: Tls::StartTls, ..plain },
        "AUTH" => {
            let login =
                Some(Login { username: "kaizend".into(), proof: Proof::Password(Secret::new("sesame")) });
            SmtpSettings { login, ..plain }
        }
        _ => plain,
    };
    Smtp::new(settings).unwrap().session()
}

#[tokio::test]
async fn whatever_fails_wherever_the_outcome_is_true() {
    for (fault, act, outcomes) in MATRIX {
        for (step, expected) in STEPS.into_iter().zip(outcomes) {
            cell(fault, act, step, expected).await;
        }
    }
}

async fn cell(fault: &str, act: Act, step: &'static str, expected: &str) {
    let name = format!("{fault} at {step}");
    let server = FaultServer::start(one(step, act)).await;
    let waits = matches!(act, Act::Stall | Act::Late(_));
    let patience = if waits { short_at(step) } else { short_at("none") };
    let mut session = session_by(&server, step, patience);
    let begin = Instant::now();
    let (attempt, recorded) = deliver(&mut session).await;
    assert_eq!(attempt.word(), expected, "{name}: {attempt:?}");
    let was_handed_over = matches!(attempt.word(), "sent" | "uncertain") || step == ".";
    assert_eq!(recorded, usize::from(was_handed_over), "{name}: recorded before the mail is handed over");
    if waits && expected == LATER {
        let timed_out = matches!(attempt, Attempt::Deferred { because: DeferredBecause::TimedOut, .. });
        assert!(timed_out, "{name}: {attempt:?}");
    }
    let taken = server.mails().len();
    assert!(attempt.word() != "sent" || taken == 1, "{name}: called sent, and the server has {taken}");
    assert!(attempt.word() != "deferred" || taken == 0, "{name}: for later, and the server has {taken}");

    // What was not sent is tried again: over the same session, or, when TLS was the fault, without it.
    if attempt.word() != "sent" {
        let again = if step == "STARTTLS" {
            deliver(&mut self::session(&server, short_at("none"))).await
        } else {
            deliver(&mut session).await
        };
        assert_eq!(again.0.word(), "sent", "{name}: {again:?}");
    }
    session.close().await;
    let mails = server.mails();
    let most = if attempt.word() == "uncertain" { 2 } else { 1 };
    assert!((1..=most).contains(&mails.len()), "{name}: {} mails", mails.len());
    assert!(mails.iter().all(|mail| mail == BODY), "{name}: other bytes");
    assert!(begin.elapsed() < Duration::from_secs(20), "{name}: {:?}", begin.elapsed());
}

/// An answer too many after DATA is taken for that to the final dot; the next command shows that it was not.
#[tokio::test]
async fn a_refusal_behind_an_answer_too_many_is_never_sent() {
    let faults = Faults::from([("DATA", Act::Shift), (".", Act::Say("554 5.6.0 rejected"))]);
    let server = FaultServer::start([faults]).await;
    let mut session = session(&server, Patience::default());
    let (attempt, recorded) = deliver(&mut session).await;
    assert!(matches!(attempt, Attempt::Uncertain { .. }), "{attempt:?}");
    assert_eq!((recorded, server.mails().len()), (1, 0));
    assert_eq!(deliver(&mut session).await.0.word(), "sent");
    assert_eq!((server.mails().len(), server.connections()), (1, 2));
}

/// The mail has arrived, whatever the server says to the question behind it; what is out of step is not used again.
#[tokio::test]
async fn a_server_that_does_not_answer_the_question_behind_a_mail_has_it() {
    for act in [Act::Close, Act::Stall, Act::Say("421 4.3.2 bye"), Act::Say("502 5.5.2 never heard of it")] {
        let server = FaultServer::start(one("NOOP", act)).await;
        let mut session = session(&server, short_at("none"));
        for _ in 0..2 {
            let (attempt, _) = deliver(&mut session).await;
            assert_eq!(attempt.word(), "sent", "{act:?}: {attempt:?}");
        }
        assert_eq!(server.mails(), [BODY, BODY], "{act:?}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_within_a_long_mail_is_for_later() {
    let server = FaultServer::start(one("body", Act::Close)).await;
    let mut session = session(&server, Patience::default());
    let bytes = "Subject: long\r\n\r\n".to_owned() + &"a line of a long mail\r\n".repeat(1 << 20);
    let long = kaizend_core::domain::Mail { bytes: bytes.into_bytes(), ..mail("anna@northwind.example") };
    let record = || async { Ok::<(), String>(()) };
    let attempt = session.deliver(&long, record).await;
    assert!(matches!(attempt, Attempt::Deferred { because: DeferredBecause::Network, .. }), "{attempt:?}");
    assert_eq!(session.deliver(&long, record).await.word(), "sent");
    assert_eq!(server.mails(), [long.bytes]);
}
