//! Whole mails, read back by a parser that is not ours.

use kaizend_core::domain::NoticeKind;
use kaizend_text::{Brand, Item, Letter, Names, Samples, Stationery};
use mail_parser::{HeaderValue as Parsed, Message as Read, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::*;

fn envelope(kind: Kind) -> Envelope {
    let to: Correspondent = "Nancy Davolio <nancy@northwind.example>".parse().unwrap();
    Envelope {
        kind,
        from: "Kaizen <kaizen@northwind.example>".parse().unwrap(),
        reply_to: None,
        message_id: MessageId::new(kind, "078e4d263440", &to.address, 1, "northwind.example"),
        to,
        earlier: Vec::new(),
        date: "1998-06-05T06:00:00Z".parse().unwrap(),
        bounces: None,
        unsubscribe: None,
    }
}

fn render(letter: &Letter) -> Rendered {
    letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap()
}

fn sample(kind: NoticeKind, language: &str) -> Rendered {
    let samples = Samples::new(Brand::new("Northwind Traders"));
    render(&samples.letter(kind, 1, language))
}

fn read(mail: &Mail) -> Read<'_> {
    MessageParser::default().parse(&mail.bytes).unwrap()
}

fn header<'a>(read: &'a Read<'_>, name: &'static str) -> Option<&'a str> {
    match read.header(name)? {
        Parsed::Text(text) => Some(text),
        _ => None,
    }
}

fn lines(mail: &Mail) -> impl Iterator<Item = &[u8]> {
    mail.bytes.split(|byte| *byte == b'\n')
}

#[test]
fn a_report_comes_back_to_an_address_that_names_the_mail() {
    let rendered = sample(NoticeKind::Reminder, "en");
    let mut envelope = envelope(Kind::Reminder);
    assert_eq!(compose(&envelope, &rendered).unwrap().envelope_from, "kaizen@northwind.example");
    envelope.bounces = Some("bounces@mail.northwind.example".parse().unwrap());
    let mail = compose(&envelope, &rendered).unwrap();
    let token = mail.envelope_from.strip_prefix("bounces+").unwrap().strip_suffix("@mail.northwind.example");
    assert!(
        token.is_some_and(|token| token.len() == 20 && token.bytes().all(|byte| byte.is_ascii_hexdigit()))
    );
    assert_eq!(compose(&envelope, &rendered).unwrap(), mail);
    envelope.message_id = MessageId::known("k.another@northwind.example");
    assert_ne!(compose(&envelope, &rendered).unwrap().envelope_from, mail.envelope_from);
    // Readers see the sender, and nothing of it.
    assert!(!String::from_utf8_lossy(&mail.bytes).contains("bounces"));
}

#[test]
fn text_comes_first_and_both_parts_come_back() {
    for language in ["en", "ru", "bg", "et"] {
        for (kind, notice) in [
            (Kind::Reminder, NoticeKind::Reminder),
            (Kind::Baseline, NoticeKind::Baseline),
            (Kind::Operator, NoticeKind::Operator),
        ] {
            let rendered = sample(notice, language);
            let mail = compose(&envelope(kind), &rendered).unwrap();
            let read = read(&mail);
            assert_eq!(read.content_type().unwrap().subtype(), Some("alternative"));
            let order: Vec<_> = read
                .parts
                .iter()
                .filter_map(|part| part.content_type()?.subtype().map(str::to_owned))
                .collect();
            assert_eq!(order, ["alternative", "plain", "html"]);
            assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), rendered.text);
            assert!(read.body_html(0).unwrap().contains("style=\""));
            assert_eq!(read.subject(), Some(header_text(&rendered.subject).as_str()));
            assert!(mail.bytes.is_ascii() && lines(&mail).all(|line| line.len() <= 998));
        }
    }
}

#[test]
fn a_machine_says_that_it_is_one() {
    let rendered = sample(NoticeKind::Reminder, "bg");
    let mail = compose(&envelope(Kind::Reminder), &rendered).unwrap();
    let read = read(&mail);
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Content-Language", "bg"),
    ] {
        assert_eq!(header(&read, name), Some(value), "{name}");
    }
    assert_eq!(read.message_id(), Some(mail.message_id.as_str()));
    assert_eq!(read.date().unwrap().to_timestamp(), 897_026_400);
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    assert!(text.contains("List-Id: <reminder.kaizend.northwind.example>\r\n"));
    assert!(!text.contains("User-Agent") && !text.contains("List-Unsubscribe"));
}

#[test]
fn the_same_letter_is_the_same_bytes() {
    let rendered = sample(NoticeKind::Reminder, "en");
    let first = compose(&envelope(Kind::Reminder), &rendered).unwrap();
    assert_eq!(first, compose(&envelope(Kind::Reminder), &rendered).unwrap());
    insta::assert_snapshot!("reminder.en.eml", String::from_utf8(first.bytes).unwrap());
}

#[test]
fn a_finding_keeps_its_mails_together() {
    let ids: Vec<MessageId> =
        (0..15).map(|n| MessageId::known(&format!("k.{n}@northwind.example"))).collect();
    let envelope = Envelope { earlier: ids.clone(), ..envelope(Kind::Reminder) };
    let mail = compose(&envelope, &sample(NoticeKind::Reminder, "en")).unwrap();
    let read = read(&mail);
    let references = read.references().as_text_list().unwrap();
    let kept: Vec<&str> = std::iter::once(&ids[0]).chain(&ids[6..]).map(MessageId::as_str).collect();
    assert_eq!(references, kept);
    assert_eq!(read.in_reply_to().as_text(), Some("k.14@northwind.example"));
}

#[test]
fn one_click_stops_it_where_there_is_a_page() {
    for (page, shown) in [
        ("https://k.example/stop/1?t=a.b", true),
        ("http://k.example/stop", false),
        ("https://k.example/>\r\nBcc: x@y.example", false),
    ] {
        let envelope = Envelope { unsubscribe: Some(page.into()), ..envelope(Kind::Digest) };
        let mail = compose(&envelope, &sample(NoticeKind::Reminder, "en")).unwrap();
        let text = String::from_utf8(mail.bytes).unwrap();
        assert_eq!(text.contains(&format!("List-Unsubscribe: <{page}>\r\n")), shown, "{page}");
        assert_eq!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), shown, "{page}");
    }
}

#[test]
fn foreign_domains_and_odd_names_arrive() {
    let to = Correspondent::new(Some("Щипка, \"Ко\" Ltd. <x>"), "ivan@пример.example".parse().unwrap());
    let mail =
        compose(&Envelope { to, ..envelope(Kind::Reminder) }, &sample(NoticeKind::Reminder, "en")).unwrap();
    assert_eq!(mail.envelope_to, "ivan@xn--e1afmkfd.example");
    let read = read(&mail);
    let to = read.to().unwrap().first().unwrap();
    assert_eq!(
        (to.name(), to.address()),
        (Some("Щипка, \"Ко\" Ltd. <x>"), Some("ivan@xn--e1afmkfd.example"))
    );
}

#[test]
fn nothing_is_loaded_and_screens_keep_their_rules() {
    let html = inlined(&sample(NoticeKind::Reminder, "en").html).unwrap();
    assert!(html.contains("@media (prefers-color-scheme: dark)"));
    for never in ["<img", "<svg", "data:", "url(", "<form", "<link", "src=", "display: flex", "var(--"] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn the_charset_stands_where_browsers_look_for_it() {
    let html = inlined(&sample(NoticeKind::Reminder, "bg").html).unwrap();
    assert!(html.find("<meta charset=\"utf-8\">").is_some_and(|at| at < 1_000));
    assert_eq!(html.matches("charset").count(), 1);
}

#[test]
fn a_full_digest_stays_below_the_limit_of_mail_programs() {
    let samples = Samples::new(Brand::new("Northwind Traders"));
    let mut letter = samples.letter(NoticeKind::Reminder, 5, "ru");
    let items: Vec<Item> = letter.items.iter().cycle().take(15).cloned().collect();
    letter.items = items;
    assert!(inlined(&render(&letter).html).unwrap().len() < 80_000);
}

#[test]
fn a_date_before_1970_does_not_stop_a_mail() {
    let envelope = Envelope { date: "1960-01-01T00:00:00Z".parse().unwrap(), ..envelope(Kind::Reminder) };
    assert!(compose(&envelope, &sample(NoticeKind::Reminder, "en")).is_ok());
}

/// Texts that data may hold: line breaks, controls, bidirectional overrides, very long words, every script.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\\x7f-\\x9f\u{2028}\u{202e}a<>&\"'{}%,;:@ я漢]{0,60}",
        Just("x".repeat(1200)),
        Just("Anna\r\nBcc: everybody@northwind.example\r\n\r\nHi".to_owned()),
        Just("=?utf-8?q?evil?= <a@b.example>, c@d.example".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_field_breaks_a_mail(name in hostile(), check in hostile(), client in hostile(), company in hostile()) {
        let samples = Samples::new(Brand { postal_address: Some(check.clone()), ..Brand::new(company) });
        let mut letter = samples.letter(NoticeKind::Reminder, 1, "en");
        letter.to.name = Some(name.clone());
        letter.items[0].check = &check;
        letter.items[0].runbook = Some(&client);
        letter.items[0].names = Names::default().with("client", client.clone()).with("owner", name.clone());
        let mut rendered = render(&letter);
        rendered.subject = format!("{client}{check}");
        let to = Correspondent::new(Some(&name), "nancy@northwind.example".parse().unwrap());
        let from = Correspondent::new(Some(&check), "kaizen@northwind.example".parse().unwrap());
        let mail = compose(&Envelope { to, from, ..envelope(Kind::Reminder) }, &rendered).unwrap();
        prop_assert!(mail.bytes.is_ascii());
        prop_assert!(lines(&mail).all(|line| line.len() <= 998));
        let read = read(&mail);
        prop_assert_eq!(read.parts.len(), 3);
        prop_assert!(read.bcc().is_none() && read.cc().is_none());
        let to = read.to().unwrap();
        prop_assert_eq!(to.iter().count(), 1);
        prop_assert_eq!(to.first().unwrap().address(), Some("nancy@northwind.example"));
        prop_assert_eq!(read.from().unwrap().first().unwrap().address(), Some("kaizen@northwind.example"));
        prop_assert_eq!(read.message_id(), Some(mail.message_id.as_str()));
        let shown = read.body_html(0).unwrap();
        let steers = shown.contains('\u{202e}');
        prop_assert!(!shown.contains("<script") && !steers);
    }
}
