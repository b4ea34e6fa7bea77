//! Acting from a mail: the link in it, its page, the button, and what comes of it, over the wire.

use kaizend_tests::{Company, Letter, Mailbox, Page, ends_with, eventually, free_port, get, post, post_from};
use serde_json::Value;
use tempfile::TempDir;

use crate::serve::{Server, mailing};

/// A company whose people act from their mails.
struct Scene {
    company: Company,
    mailbox: Mailbox,
    _folder: TempDir,
    server: Option<Server>,
}

impl Scene {
    /// Its check looks each second; order 1 of ann's is late, and she was told.
    fn told(check: &str) -> Self {
        Self::of(check, "order 1")
    }

    fn of(check: &str, what: &str) -> Self {
        let port = free_port();
        Self::at(port, &format!("http://127.0.0.1:{port}/k/"), check, what)
    }

    /// The same under another public address, as behind a proxy.
    fn at(port: u16, url: &str, check: &str, what: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mailbox = Mailbox::start(folder.path().join("mail"));
        let check = format!("baseline = \"tell\"\n{check}");
        let company = Company::new(&check);
        company.configure(&check, &mailing(&mailbox));
        let text = std::fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
        let web = format!("[web]\nlisten = \"127.0.0.1:{port}\"\nurl = \"{url}\"\n");
        company.write("kaizend.toml", &format!("{web}{}", text.replace("\"0 8 * * *\"", "\"every 1s\"")));
        company.sql(&format!(
            "insert into orders values (1, 'c1', 'ann', '{}', date('now', '-3 days'), null)",
            what.replace('\'', "''")
        ));
        let server = Some(Server::start(&company));
        let scene = Self { company, mailbox, _folder: folder, server };
        assert!(eventually(|| !scene.letters("ann").is_empty()), "ann is told");
        scene
    }

    /// The mails to a person, oldest first.
    fn letters(&self, to: &str) -> Vec<Letter> {
        let mut letters = self.mailbox.letters();
        letters.retain(|letter| letter.to == format!("{to}@test.example"));
        letters.sort_by(|left, right| left.message_id.cmp(&right.message_id));
        letters
    }

    /// The address behind the words of the last mail's link.
    fn link(&self, label: &str) -> String {
        let letters = self.letters("ann");
        let text = &letters.first().expect("a mail").text;
        let line = text.lines().find(|line| line.trim_start().starts_with(label));
        let line = line.unwrap_or_else(|| panic!("no {label} in {text}"));
        line.split_whitespace().last().expect("an address").to_owned()
    }

    fn state(&self) -> Value {
        self.company.findings()["1"]["state"].clone()
    }

    fn is(&self, state: &str) -> bool {
        self.state()["state"] == state
    }

    /// Presses a button, and once more until it counts, as a person does who reads in between.
    fn press(&self, url: &str, fields: &[(&str, &str)]) -> Page {
        let mut page = self.pressed(url, get(url).nonce(), fields);
        assert_eq!((page.status, page.title()), (200, "Please press once more"), "{page:?}");
        let counts = eventually(|| {
            page = self.pressed(url, page.nonce(), fields);
            page.title() == "Recorded, thank you"
        });
        assert!(counts, "{page:?}");
        page
    }

    fn pressed(&self, url: &str, nonce: &str, fields: &[(&str, &str)]) -> Page {
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("nonce", nonce)]).collect();
        post(url, &fields)
    }

    fn audit_is_sound(&self) {
        ends_with(0, &mut self.company.kaizend(&["audit", "verify"]));
    }
}

#[test]
fn done_from_a_mail_is_recorded_told_and_taken_back() {
    let scene = Scene::told("");
    let link = scene.link("Done …");
    let page = get(&link);
    assert!(page.status == 200 && page.title().ends_with("order 1"), "{page:?}");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex, nofollow"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert!(page.headers.contains(&(name.to_owned(), value.to_owned())), "{name}: {:?}", page.headers);
    }
    assert!(!page.headers.iter().any(|(name, _)| name == "set-cookie"));

    let nonce = page.nonce().to_owned();
    let again = scene.pressed(&link, &nonce, &[("verb", "done")]);
    assert_eq!((again.status, again.title()), (200, "Please press once more"));
    assert!(scene.is("open"), "a press so soon after the mail changes nothing: {}", scene.state());
    let refused = scene.pressed(&link, &nonce, &[("verb", "done")]);
    assert_eq!((refused.status, refused.title()), (404, "This link cannot be used"), "a page speaks once");

    let recorded = scene.press(&link, &[("verb", "done")]);
    assert!(recorded.body.contains("You said that it is done: Overdue since"), "{}", recorded.body);
    assert!(scene.is("done") && scene.state()["by"] == "ann", "{}", scene.state());

    scene.company.sql("insert into orders values (2, 'c2', 'ann', 'order 2', date('now', '-1 day'), null)");
    let says = |text: &str| scene.letters("ann").iter().filter(|letter| letter.text.contains(text)).count();
    assert!(eventually(|| says("You said that it is done: Overdue since") == 1), "the next mail says so");
    assert_eq!(says("nothing was changed"), 0, "what was confirmed is not told as unconfirmed");

    let undo = recorded.link("Take it back").expect("a way back").to_owned();
    let page = get(&undo);
    assert_eq!((page.status, page.title()), (200, "Take it back?"));
    assert!(scene.is("done"), "looking at it changes nothing");
    let nonce = page.nonce().to_owned();
    let back = scene.pressed(&undo, &nonce, &[("verb", "take-back")]);
    assert_eq!((back.status, back.title()), (200, "Taken back"), "{back:?}");
    assert!(scene.is("open"), "{}", scene.state());
    assert_eq!(scene.pressed(&undo, &nonce, &[("verb", "take-back")]).status, 404, "once");
    let history = ends_with(0, &mut scene.company.kaizend(&["explain", &fingerprint(&scene)]));
    for said in ["done (said-so), by Ann Ünal [ann]", "taken-back (said-so), by Ann Ünal [ann]: done"] {
        assert!(history.contains(said), "{said} in {history}");
    }
    scene.audit_is_sound();
}

fn fingerprint(scene: &Scene) -> String {
    let findings = scene.company.findings();
    findings["1"]["fingerprint"].as_str().expect("a fingerprint")[..12].to_owned()
}

#[test]
fn a_crawler_changes_nothing() {
    let scene = Scene::told("");
    let before = scene.company.findings();
    let mut found: Vec<String> =
        ["Done …", "Later …", "More …", "All your open items"].map(|l| scene.link(l)).into();
    let mut seen = found.clone();
    while let Some(url) = found.pop() {
        for _ in 0..3 {
            let page = get(&url);
            assert_eq!(page.status, 200, "{url}");
            for link in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                if !seen.contains(&link.to_owned()) {
                    seen.push(link.to_owned());
                    found.push(link.to_owned());
                }
            }
        }
    }
    // One that also presses every button of what it finds, at once.
    for url in &seen {
        let page = get(url);
        if page.body.contains("name=\"nonce\"") {
            for (verb, field) in
                [("done", "x"), ("dismiss", "reason"), ("differently", "because"), ("snooze", "x")]
            {
                let page = scene.pressed(
                    url,
                    get(url).nonce(),
                    &[("verb", verb), (field, "x"), ("when", "tomorrow")],
                );
                let again =
                    scene.pressed(url, page.nonce(), &[("verb", verb), (field, "x"), ("when", "tomorrow")]);
                assert_eq!(again.title(), "Please press once more", "{verb}: {again:?}");
            }
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
    let states = |findings: &std::collections::BTreeMap<String, Value>| findings["1"]["state"].clone();
    assert_eq!(states(&scene.company.findings()), states(&before));
    scene.audit_is_sound();
}

#[test]
fn what_is_not_in_order_is_refused_alike() {
    let mut scene = Scene::told("");
    let link = scene.link("More …");
    let list = scene.link("All your open items");
    let (site, token) = link.rsplit_once('/').expect("an address");
    let nonce = get(&link).nonce().to_owned();
    let done = [("verb", "done"), ("nonce", nonce.as_str())];
    let parts: Vec<&str> = token.split('.').collect();
    let other: Vec<&str> = list.rsplit_once('/').expect("an address").1.split('.').collect();
    let mixed = format!("{site}/{}.{}.{}", parts[0], other[1], parts[2]);
    let forged = format!("{site}/{}.{}.{}", parts[0], parts[1], "A".repeat(43));
    let refusals = [
        get(&forged),
        get(&mixed),
        get(&format!("{site}/")),
        post(&forged, &done),
        post(&list, &done),
        post(&link, &[("verb", "done")]),
        post(&link, &[("verb", "resolve"), ("nonce", &nonce)]),
        post_from(&link, &[("Origin", "https://evil.example")], &done),
        post_from(&link, &[("Sec-Fetch-Site", "cross-site")], &done),
    ];
    let first = &refusals[0];
    assert_eq!((first.status, first.title()), (404, "This link cannot be used"));
    for refusal in &refusals {
        let same = |page: &Page| (page.status, page.body.clone());
        assert_eq!(same(refusal), same(first));
    }
    assert!(scene.is("open"));

    // A new key signs from now on, and the old one's links are good.
    ends_with(0, &mut scene.company.kaizend(&["web", "rotate-key"]));
    assert_eq!(get(&link).status, 200);
    // Who is no longer there cannot speak.
    scene.company.sql("delete from staff where id = 'ann'");
    assert_eq!(get(&link).status, 404);
    assert_eq!(scene.server.take().and_then(Server::stop), Some(0));
    scene.audit_is_sound();
}

#[test]
fn each_form_says_what_it_lacks_and_is_heard() {
    let scene =
        Scene::told("ask-cause = true\ncauses = [\"forgotten\"]\napology = { stages = [\"overdue\"] }");
    let link = scene.link("More …");
    for (fields, lacks) in [
        (vec![("verb", "dismiss"), ("reason", " ")], "Please say in a few words why."),
        (vec![("verb", "snooze"), ("when", "date"), ("date", "2020-01-01")], "Please choose a moment"),
        (vec![("verb", "assign"), ("to", "nobody")], "Please choose somebody"),
        (vec![("verb", "assign"), ("to", "ann")], "Please choose somebody"),
        (vec![("verb", "done")], "Please say why it happened."),
    ] {
        let page = scene.pressed(&link, get(&link).nonce(), &fields);
        assert!(page.status == 422 && page.body.contains(lacks), "{fields:?}: {page:?}");
    }
    scene.press(&link, &[("verb", "apologised")]);
    let hostile = "<script>alert(1)</script> \" ' & \u{202e}";
    let page = eventually_heard(&scene, &link, &[("verb", "differently"), ("because", hostile)]);
    assert!(!page.body.contains("<script") && page.body.contains("&lt;script&gt;"), "{}", page.body);
    eventually_heard(&scene, &link, &[("verb", "snooze"), ("when", "tomorrow")]);
    assert!(scene.is("snoozed"));
    eventually_heard(&scene, &link, &[("verb", "assign"), ("to", "bob")]);
    assert_eq!(scene.company.findings()["1"]["owner"], "bob");
    assert!(eventually(|| !scene.letters("bob").is_empty()), "bob is told");
    let list = get(&scene.link("All your open items"));
    assert_eq!(list.title(), "You have no open items");
    scene.audit_is_sound();
}

/// Different words from one mail count with some seconds between them.
fn eventually_heard(scene: &Scene, link: &str, fields: &[(&str, &str)]) -> Page {
    let mut page = scene.pressed(link, get(link).nonce(), fields);
    let heard = eventually(|| {
        if page.title() == "Please press once more" {
            page = scene.pressed(link, page.nonce(), fields);
        }
        page.title() == "Recorded, thank you"
    });
    assert!(heard, "{fields:?}: {page:?}");
    page
}

#[test]
fn hostile_data_is_dead_on_pages() {
    let what = "<script>alert(1)</script>\" onfocus=\"x\u{202e}\r\nSet-Cookie: a=b {{ 7*7 }}";
    let scene = Scene::of("", what);
    let page = get(&scene.link("More …"));
    assert!(page.status == 200 && page.body.contains("&lt;script&gt;alert(1)"), "{page:?}");
    assert!(
        !page.body.contains("<script")
            && !page.body.contains("onfocus=\"x")
            && !page.body.contains('\u{202e}')
    );
    assert!(!page.headers.iter().any(|(name, _)| name == "set-cookie"), "{:?}", page.headers);
}

#[test]
fn without_web_mails_have_no_links_and_nothing_is_served() {
    let company = Company::looked_once();
    let letter = &company.letters()[0];
    assert!(!letter.text.contains("http"), "{}", letter.text);
    let rotated = company.json(&["web", "rotate-key"]);
    assert_eq!(rotated["key"], 1, "only a command makes one");
}

/// The header is there only where the public address is safe, so it is reached past the proxy here.
#[test]
fn a_mail_program_moves_its_reader_to_one_letter_a_day() {
    let port = free_port();
    let scene = Scene::at(port, "https://kaizend.test.example/k", "", "order 1");
    let raw = ends_with(0, &mut scene.company.kaizend(&["outbox", "show", "1", "--raw"]));
    let raw = raw.replace("\r\n ", "").replace("\n ", "");
    assert!(raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{raw}");
    let (_, rest) = raw.split_once("List-Unsubscribe: <https://kaizend.test.example/k/").expect("a header");
    let url = format!("http://127.0.0.1:{port}/{}", rest.split('>').next().expect("an address"));
    assert_eq!(get(&url).title(), "One mail a day?");
    let chosen = post_from(&url, &[], &[("List-Unsubscribe", "One-Click")]);
    assert_eq!((chosen.status, chosen.title()), (200, "You get one mail a day"), "{chosen:?}");

    scene.company.sql("insert into orders values (2, 'c2', 'ann', 'order 2', date('now', '-1 day'), null)");
    let second = || scene.company.findings().get("2").map(|one| one["fingerprint"].clone());
    assert!(eventually(|| second().is_some()));
    let id = second().expect("it was there").as_str().expect("a fingerprint")[..12].to_owned();
    let waits = || ends_with(0, &mut scene.company.kaizend(&["explain", &id])).contains("over-cap");
    assert!(
        eventually(waits),
        "it goes with the next day's letter: {}",
        ends_with(0, &mut scene.company.kaizend(&["explain", &id]))
    );
    assert_eq!(scene.letters("ann").len(), 1);

    let nonce = chosen.nonce().to_owned();
    let usual = post_from(&url, &[], &[("verb", "as-usual"), ("nonce", &nonce)]);
    assert_eq!(usual.title(), "One mail a day?", "{usual:?}");
    scene.audit_is_sound();
}
