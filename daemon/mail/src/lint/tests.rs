//! Our own mails have no flaw; each flaw is found.

use kaizend_text::{Brand, Samples, Specimen, Stationery};

use super::*;
use crate::{Envelope, Kind, MessageId, compose};

fn mail(kind: Specimen, count: u32, language: &str) -> Mail {
    let samples = Samples::new(Brand::new("Northwind Traders"));
    let rendered = kind
        .render(&samples, count, language, &Samples::own_words(), &Stationery::built_in())
        .expect("the built-in templates are right");
    let to: crate::Correspondent = "Ann <ann@northwind.example>".parse().unwrap();
    let envelope = Envelope {
        kind: Kind::Digest,
        from: "Kaizen <kaizen@northwind.example>".parse().unwrap(),
        message_id: MessageId::new(Kind::Digest, "item", &to.address, 1, "northwind.example"),
        to,
        reply_to: None,
        earlier: Vec::new(),
        date: "1998-06-05T06:00:00Z".parse().unwrap(),
        bounces: None,
        unsubscribe: None,
    };
    compose(&envelope, &rendered).unwrap()
}

#[test]
fn our_own_mails_have_no_flaw() {
    for kind in Specimen::ALL {
        for (language, count) in ["en", "ru", "bg", "et"]
            .into_iter()
            .flat_map(|language| [1, 5, 21].map(|count| (language, count)))
        {
            assert_eq!(lint(&mail(kind, count, language)), [], "{kind} {language} {count}");
        }
    }
}

fn of(text: &str, html: &str) -> Vec<Flaw> {
    let body = |kind: &str, body: &str| {
        format!(
            "--b\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
        )
    };
    let parts = [("plain", text), ("html", html)].map(|(kind, part)| body(kind, part)).concat();
    let head =
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n";
    lint(&Mail {
        message_id: "1@b.example".to_owned(),
        envelope_from: "a@b.example".to_owned(),
        envelope_to: "a@b.example".to_owned(),
        subject: String::new(),
        bytes: format!("{head}{parts}--b--\r\n").into_bytes(),
    })
}

fn page(body: &str) -> String {
    format!("<!doctype html><html lang=\"en\"><head><title>x</title></head><body>{body}</body></html>")
}

#[test]
fn each_flaw_is_found() {
    let element = |element: &str| Flaw::Element { element: element.to_owned() };
    let style = |property: &str| Flaw::Style { property: property.to_owned() };
    for (text, html, flaw) in [
        ("x", page("<img src=x>"), element("img")),
        ("x", page("<script>1</script>"), element("script")),
        (
            "x",
            page("<p onclick=\"x()\">x</p>"),
            Flaw::Attribute { element: "p".into(), attribute: "onclick".into() },
        ),
        ("x", page("<p style=\"Display:Flex\">x</p>"), style("flex")),
        ("x", page("<style>p { background: url(x) }</style>"), style("url(")),
        ("x", page("<a href=\"javascript:x\">x</a>"), Flaw::Link { address: "javascript:x".into() }),
        ("due 5 May", page("due May"), Flaw::OnlyInText { fact: "5".into() }),
        ("due May", page("<p>due <b>5</b> May</p>"), Flaw::OnlyInHtml { fact: "5".into() }),
        (
            "x",
            page("<a href=\"https://x.example/a\">x</a>"),
            Flaw::OnlyInHtml { fact: "https://x.example/a".into() },
        ),
        ("x", "<html><title>x</title>x</html>".to_owned(), Flaw::Lacks { what: "`lang` on `<html>`" }),
        ("x", "<html lang=en>x</html>".to_owned(), Flaw::Lacks { what: "title" }),
    ] {
        assert_eq!(of(text, &html), [flaw], "{html}");
    }
    assert_eq!(of("x", &page("<p>x</p>")), []);
    let long = of(&"x".repeat(1_000), &page("x"));
    assert!(matches!(long[..], [Flaw::LongLine { bytes: 1_000, .. }]), "{long:?}");
    let large = of("x", &page(&"<p>x</p>\r\n".repeat(20_000)));
    assert!(matches!(large[..], [Flaw::LargeHtml { .. }]), "{large:?}");
}

#[test]
fn a_link_may_be_broken_over_lines_in_the_text() {
    let html = page("<a href=\"https://x.example/a/very/long/one\">x</a>");
    assert_eq!(of("x: https://x.example/a/\r\n  very/long/one", &html), []);
}
