//! What is heard and what is refused, with a house that notes what reaches it.

use std::sync::Mutex;

use http_body_util::Full;
use kaizend_core::domain::{CheckId, Fingerprint, NoticeId, PersonId, Verbs};

use super::*;
use crate::Key;

const ORIGIN: &str = "https://k.example";

/// It shows its nonces, and notes every word.
struct Noting {
    keys: Keyring,
    now: Mutex<Timestamp>,
    heard: Mutex<Vec<String>>,
}

impl House for Noting {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    async fn keys(&self) -> Result<Option<(Keyring, String)>, HouseFault> {
        Ok(Some((self.keys.clone(), ORIGIN.to_owned())))
    }

    async fn show(&self, page: Page) -> Result<Answer, HouseFault> {
        Ok(Answer::Page(format!("{} {}", page.first, page.again)))
    }

    async fn hear(&self, pressed: Pressed) -> Result<Answer, HouseFault> {
        let verb = pressed.fields.get("verb").cloned().unwrap_or_default();
        self.heard.lock().unwrap().push(format!("{verb} {:?}", pressed.step));
        Ok(Answer::Page("heard".to_owned()))
    }

    async fn fewer(&self, _: Page) -> Result<Answer, HouseFault> {
        self.heard.lock().unwrap().push("fewer".to_owned());
        Ok(Answer::Page("fewer".to_owned()))
    }

    fn refusal(&self) -> String {
        "refused".to_owned()
    }

    fn trouble(&self) -> String {
        "trouble".to_owned()
    }
}

impl Noting {
    fn new() -> Self {
        let now = Mutex::new("2026-11-24T08:00:00Z".parse().unwrap());
        Self { keys: Keyring::new([Key::new(1, &[1; 32])]), now, heard: Mutex::default() }
    }

    fn token(&self, what: What) -> String {
        let expires = self.now() + crate::LIFE;
        self.keys.token(&Scope::new(what, NoticeId(5), &PersonId::from("ann"), expires)).unwrap()
    }

    fn item(&self) -> String {
        let finding = Fingerprint::of(&CheckId::from("late"), "promise", &["1"]);
        self.token(What::finding(&finding, 1, Verbs::all()))
    }

    fn later(&self, hours: i64) {
        *self.now.lock().unwrap() += jiff::SignedDuration::from_hours(hours);
    }

    async fn ask(&self, method: &str, token: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut request = Request::builder().method(method).uri(format!("/kaizend/{token}?to=snooze"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::from(body.to_owned()))).unwrap();
        let reply = answer(self, request).await;
        assert_eq!(reply.headers()["cache-control"], "no-store");
        assert_eq!(reply.headers()["referrer-policy"], "no-referrer");
        let status = reply.status().as_u16();
        let bytes = reply.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    /// The nonces of the first page and of the one that asks once more.
    async fn nonces(&self, token: &str) -> (String, String) {
        let (status, body) = self.ask("GET", token, &[], "").await;
        assert_eq!(status, 200, "{body}");
        let (first, again) = body.split_once(' ').unwrap();
        (first.to_owned(), again.to_owned())
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_button_of_the_page_is_heard() {
    let house = Noting::new();
    let token = house.item();
    let (first, again) = house.nonces(&token).await;
    for nonce in [first, again] {
        let heard = house.ask("POST", &token, &[FORM], &format!("nonce={nonce}&verb=done")).await;
        assert_eq!(heard, (200, "heard".to_owned()));
    }
    assert_eq!(*house.heard.lock().unwrap(), ["done First", "done Again"]);
}

#[tokio::test]
async fn every_doubt_ends_in_the_same_refusal() {
    let house = Noting::new();
    let token = house.item();
    let other = house.token(What::List);
    let (nonce, _) = house.nonces(&token).await;
    let (foreign, _) = house.nonces(&other).await;
    let good = format!("nonce={nonce}&verb=done");
    let long = format!("{good}&reason={}", "x".repeat(40_000));
    let forged = token.replace(&token[10..14], "AAAA");
    let from = |site: &'static str| [FORM, ("sec-fetch-site", site)];
    let evil = [FORM, ("origin", "https://evil.example")];
    for (why, asked) in [
        ("no token", house.ask("GET", "", &[], "").await),
        ("a forged token", house.ask("GET", &forged, &[], "").await),
        ("a forged token that acts", house.ask("POST", &forged, &[FORM], &good).await),
        ("no nonce", house.ask("POST", &token, &[FORM], "verb=done").await),
        ("another page's nonce", house.ask("POST", &token, &[FORM], &format!("nonce={foreign}")).await),
        ("no form", house.ask("POST", &token, &[], &good).await),
        ("another kind of form", house.ask("POST", &token, &[("content-type", "text/plain")], &good).await),
        ("too long", house.ask("POST", &token, &[FORM], &long).await),
        ("another site", house.ask("POST", &token, &from("cross-site"), &good).await),
        ("another origin", house.ask("POST", &token, &evil, &good).await),
        ("one click on a finding", house.ask("POST", &token, &[FORM], "List-Unsubscribe=One-Click").await),
    ] {
        assert_eq!(asked, (404, "refused".to_owned()), "{why}");
    }
    house.later(31 * 24);
    assert_eq!(house.ask("GET", &token, &[], "").await, (404, "refused".to_owned()), "expired");
    assert!(house.heard.lock().unwrap().is_empty());
    assert_eq!(house.ask("DELETE", &token, &[], "").await.0, 405);
}

#[tokio::test]
async fn a_page_that_stood_open_is_shown_anew() {
    let house = Noting::new();
    let token = house.item();
    let (nonce, _) = house.nonces(&token).await;
    house.later(13);
    let (status, body) = house.ask("POST", &token, &[FORM], &format!("nonce={nonce}&verb=done")).await;
    assert!(status == 200 && body.contains(' '), "{body}");
    assert!(house.heard.lock().unwrap().is_empty(), "nothing was heard");
}

#[tokio::test]
async fn a_mail_program_asks_for_fewer_letters_and_for_nothing_else() {
    let house = Noting::new();
    let token = house.token(What::OneADay);
    assert_eq!(house.ask("GET", &token, &[], "").await.0, 200);
    assert!(house.heard.lock().unwrap().is_empty(), "opening it changes nothing");
    let asked = house.ask("POST", &token, &[FORM], "List-Unsubscribe=One-Click").await;
    assert_eq!(asked, (200, "fewer".to_owned()));
    assert_eq!(house.ask("POST", &token, &[FORM], "List-Unsubscribe=no").await.0, 404);
    assert_eq!(*house.heard.lock().unwrap(), ["fewer"]);
}
