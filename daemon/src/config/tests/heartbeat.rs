//! Which addresses a beat may go to, and that none of them is ever shown.

use super::*;

/// What is wrong with `url = …`; nothing when it is taken.
fn said(url: &str, around: &Surroundings) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let loaded = load_text(folder.path(), &format!("[heartbeat]\nurl = {url}\n"), around);
    loaded.err().map(|problems| problems.to_string())
}

#[test]
fn a_beat_goes_out_encrypted_or_stays_on_this_machine() {
    for (url, wrong) in [
        ("https://watch.example.org/3f2a", None),
        ("https://watch.example.org:8443/3f2a?x=1", None),
        ("http://localhost:8080/3f2a", None),
        ("http://127.0.0.1/3f2a", None),
        ("http://[::1]:8080/3f2a", None),
        ("http://watch.example.org/3f2a", Some("in the clear")),
        ("http://localhost.example.org/", Some("in the clear")),
        ("http://10.0.0.7/", Some("in the clear")),
        ("ftp://watch.example.org/", Some("must begin with https://")),
        ("watch.example.org/3f2a", Some("not a whole address")),
        ("https:///3f2a", Some("not a whole address")),
        ("https://watch.example.org/a b", Some("not a whole address")),
        ("https://user:pass@watch.example.org/", Some("a password stands inside this URL")),
    ] {
        let said = said(&format!("\"{url}\""), &surroundings());
        assert_eq!(said.is_some(), wrong.is_some(), "{url}: {said:?}");
        assert!(said.unwrap_or_default().contains(wrong.unwrap_or_default()), "{url}");
    }
}

#[test]
fn an_address_from_a_secret_is_never_shown() {
    let secret = |text: &str| with_variables(&[("BEAT", text)]);
    let plan = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        load_text(folder.path(), "[heartbeat]\nurl = { env = \"BEAT\" }\n", &secret(text))
    };
    let loaded = plan("https://watch.example.org/hunter2").unwrap();
    let url = &loaded.plan.heartbeat.url.as_ref().unwrap().url;
    assert_eq!(url.reveal(), "https://watch.example.org/hunter2");
    assert!(!format!("{:?}", loaded.plan).contains("hunter2"));
    for wrong in ["http://watch.example.org/hunter2", "hunter2", "https://x/hunter2 y"] {
        let problems = plan(wrong).unwrap_err();
        assert!(!problems.to_string().contains("hunter2") && problems.errors() == 1, "{problems}");
        assert!(!problems.json().contains("hunter2"));
    }
}
