//! A password or a token, as the server sees it and as it refuses it.

use super::{
    fault_server::{Act, FaultServer},
    session::{Smtp, SmtpSession},
    tests::{deliver, one, settings},
};
use crate::{Attempt, DeferredBecause, Login, Patience, Proof, Secret, SmtpSettings, TokenFrom};

#[tokio::test]
async fn a_refused_login_pauses_and_blames_nobody() {
    let server = FaultServer::start(one("AUTH", Act::Say("535 5.7.8 bad credentials"))).await;
    let login = Some(Login { username: "kaizend".into(), proof: Proof::Password(Secret::new("sesame")) });
    let settings = SmtpSettings { login, ..settings(&server, Patience::default()) };
    let (attempt, _) = deliver(&mut Smtp::new(settings).unwrap().session()).await;
    assert!(matches!(attempt, Attempt::PolicyBlocked { code: Some(535), .. }), "{attempt:?}");
    assert!(!format!("{attempt:?}").contains("sesame"));
}

fn with_token(server: &FaultServer, script: &str) -> SmtpSession {
    let command = ["/bin/sh", "-c", script].map(str::to_owned).to_vec();
    let login = Login {
        username: "kaizend@northwind.example".into(),
        proof: Proof::Token(TokenFrom::Command(command)),
    };
    let settings = SmtpSettings { login: Some(login), ..settings(server, Patience::default()) };
    Smtp::new(settings).unwrap().session()
}

#[tokio::test]
async fn each_connection_logs_in_with_a_token_of_its_own() {
    let server = FaultServer::start([]).await;
    let folder = tempfile::tempdir().unwrap();
    let script = format!("echo >> {0}/count; echo token-$(wc -l < {0}/count)", folder.path().display());
    for token in 1..=2 {
        let mut session = with_token(&server, &script);
        for _ in 0..2 {
            assert_eq!(deliver(&mut session).await.0.word(), "sent");
        }
        session.close().await;
        let said = server.commands().into_iter().rfind(|command| command.starts_with("AUTH")).unwrap();
        let sasl = said.strip_prefix("AUTH XOAUTH2 ").unwrap();
        let sasl = mail_parser::decoders::base64::base64_decode(sasl.as_bytes()).unwrap();
        let expected = format!("user=kaizend@northwind.example\x01auth=Bearer token-{token}\x01\x01");
        assert_eq!(String::from_utf8(sasl).unwrap(), expected);
    }
    assert_eq!((server.mails().len(), server.connections()), (4, 2));
}

#[tokio::test]
async fn a_token_that_is_refused_pauses_and_one_that_is_missing_is_for_later() {
    // In a challenge, as the large mail services do, or at once.
    for said in ["334 eyJzdGF0dXMiOiI0MDAifQ==", "535 5.7.3 Authentication unsuccessful"] {
        let server = FaultServer::start(one("AUTH", Act::Say(said))).await;
        let (attempt, recorded) = deliver(&mut with_token(&server, "echo sesame")).await;
        assert!(matches!(attempt, Attempt::PolicyBlocked { .. }), "{said}: {attempt:?}");
        assert!(recorded == 0 && !format!("{attempt:?}").contains("sesame"), "{attempt:?}");
    }
    let server = FaultServer::start([]).await;
    let (attempt, _) = deliver(&mut with_token(&server, "exit 7")).await;
    assert!(matches!(attempt, Attempt::Deferred { because: DeferredBecause::System, .. }), "{attempt:?}");
    assert!(!server.commands().iter().any(|command| command.starts_with("AUTH")));
}
