//! Whole pages: how they read in each language, and what hostile data does to them.

use kaizend_core::domain::{NoticeKind, State, Verb};

use super::*;
use crate::{Letter, Names, Samples};

const LANGUAGES: [&str; 4] = ["en", "ru", "bg", "et"];
const LIST: &str = "https://k.example/1.list.mac";

fn causes() -> Vec<String> {
    vec!["parts came late".to_owned(), "forgotten".to_owned()]
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Every form there is.
fn offers(causes: &[String]) -> Vec<Offer<'_>> {
    let moments = Moments {
        today: Some(at("1998-06-05T13:00:00Z")),
        tomorrow: Some(at("1998-06-08T06:00:00Z")),
        monday: None,
        reason_after: Some(3),
    };
    vec![
        Offer::Apologised { level: ApologyLevel::Owner },
        Offer::Done { causes: Some(causes) },
        Offer::Snooze(moments),
        Offer::Dismiss,
        Offer::Assign { people: vec![("2".into(), "Andrew Fuller".into()), ("3".into(), "Janet".into())] },
        Offer::Explain { causes: &[] },
        Offer::Differently,
    ]
}

fn shown<'a>(
    letter: &Letter<'a>,
    causes: &'a [String],
    typed: &'a BTreeMap<String, String>,
) -> ItemShown<'a> {
    ItemShown {
        item: letter.items[0].clone(),
        offers: offers(causes),
        lacks: None,
        typed,
        open: Some(Verb::Snooze),
        nonce: "1.nonce",
        list: LIST.to_owned(),
    }
}

fn said<'a>(letter: &Letter<'a>, verb: Verb, standing: SaidStanding) -> Said<'a> {
    let item = &letter.items[0];
    Said {
        verb,
        standing,
        finding: item.finding,
        plugin: item.plugin,
        names: item.names.clone(),
        note: Some("agreed by phone".to_owned()),
        until: Some(at("1998-06-08T06:00:00Z")),
    }
}

fn page(letter: &Letter<'_>, shows: Shows<'_>) -> String {
    let (words, stationery) = (Samples::own_words(), Stationery::built_in());
    let screen = Screen { voice: letter.to.voice.clone(), brand: letter.brand, reader: Some("Nancy"), shows };
    let mut missing = BTreeSet::new();
    Sheet::of(&screen, &words, &mut missing);
    assert_eq!(missing, BTreeSet::new());
    screen.render(&words, &stationery).unwrap()
}

fn body(html: &str) -> String {
    html.split_once("<main>").unwrap().1.to_owned()
}

fn samples() -> Samples {
    Samples::new(Brand::new("Northwind Traders"))
}

#[test]
fn pages_read_well() {
    let (samples, causes, typed) = (samples(), causes(), BTreeMap::new());
    for language in LANGUAGES {
        let letter = samples.letter(NoticeKind::Reminder, 2, language);
        let listed = letter.items.iter().map(|item| Listed { item: item.clone(), link: LIST.to_owned() });
        let asked = |because| {
            Shows::Again(Asked {
                because,
                title: "#10248".into(),
                verb: Verb::Done,
                typed: &typed,
                nonce: "1.n",
            })
        };
        let recorded = Recorded {
            said: said(&letter, Verb::Snooze, SaidStanding::Recorded),
            undo: "https://k.example/1.undo.mac".to_owned(),
            undo_until: at("1998-06-12T06:00:00Z"),
            list: LIST.to_owned(),
        };
        let lacking = ItemShown { lacks: Some(Lack::Reason), ..shown(&letter, &causes, &typed) };
        let closed = ItemShown { offers: Vec::new(), ..shown(&letter, &causes, &typed) };
        let undo = said(&letter, Verb::Done, SaidStanding::Recorded);
        for (name, shows) in [
            ("item", Shows::Item(Box::new(shown(&letter, &causes, &typed)))),
            ("lacks", Shows::Item(Box::new(lacking))),
            ("closed", Shows::Item(Box::new(closed))),
            ("again", asked(Doubt::TooSoon)),
            ("again-several", asked(Doubt::SeveralAtOnce)),
            ("recorded", Shows::Recorded(recorded)),
            ("take-back", Shows::TakeBack { said: undo, nonce: "1.n" }),
            ("taken-back", Shows::TakenBack { item: LIST.to_owned() }),
            ("stays", Shows::Stays { why: Stays::WentOn, item: LIST.to_owned() }),
            ("list", Shows::List { listed: listed.collect(), more: 3 }),
            ("list-empty", Shows::List { listed: Vec::new(), more: 0 }),
            ("fewer", Shows::OneADay { is_chosen: false, verb: "one-a-day", nonce: "1.n" }),
            ("usual", Shows::OneADay { is_chosen: true, verb: "as-usual", nonce: "1.n" }),
            ("refused", Shows::Refused),
            ("trouble", Shows::Trouble),
        ] {
            insta::assert_snapshot!(format!("{name}.{language}"), body(&page(&letter, shows)));
        }
    }
}

#[test]
fn every_word_has_its_sentence_in_each_language() {
    let samples = samples();
    for language in LANGUAGES {
        let letter = samples.letter(NoticeKind::Reminder, 1, language);
        let mut missing = BTreeSet::new();
        let words = Samples::own_words();
        let mut say = crate::page::Speaker { words: &words, voice: &letter.to.voice, missing: &mut missing };
        let standings = [SaidStanding::Recorded, SaidStanding::Unconfirmed, SaidStanding::TakenBack];
        let all = standings.iter().flat_map(|standing| Verb::ALL.map(|verb| (verb, *standing)));
        let mut sentences: Vec<String> =
            all.map(|(verb, standing)| said(&letter, verb, standing).sentence(&mut say)).collect();
        sentences.dedup();
        insta::assert_snapshot!(format!("said.{language}"), sentences.join("\n"));
        assert_eq!(missing, BTreeSet::new());
        for why in [Stays::TooLate, Stays::WentOn, Stays::OthersHeard] {
            page(&letter, Shows::Stays { why, item: LIST.to_owned() });
        }
        let (causes, typed) = (causes(), BTreeMap::new());
        for lack in [Lack::Reason, Lack::When, Lack::Person, Lack::Cause, Lack::Nothing, Lack::Long] {
            let lacking = ItemShown { lacks: Some(lack), ..shown(&letter, &causes, &typed) };
            page(&letter, Shows::Item(Box::new(lacking)));
        }
    }
}

/// A page needs no script, and a reader without eyes or mouse finds every field.
#[test]
fn each_field_has_its_label_and_nothing_is_loaded() {
    let (samples, causes, typed) = (samples(), causes(), BTreeMap::new());
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let html = page(&letter, Shows::Item(Box::new(shown(&letter, &causes, &typed))));
    for bad in
        ["<script", "<img", "<link", "<iframe", " style=", " onclick", " onload", " onfocus", "http://"]
    {
        assert!(!html.contains(bad), "{bad} in {html}");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for id in &ids {
        assert!(html.contains(&format!("for=\"{id}\"")), "{id} has no label");
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id} stands once");
    }
    assert!(ids.len() > 10, "{ids:?}");
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(html.contains("<html lang=\"en\" dir=\"ltr\">") && html.contains("<title>"));
}

const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "\" onfocus=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "a\r\nSet-Cookie: x=y",
    "a\0b\u{1b}[31m\u{202e}fdp",
    "</textarea></select></title></style><script>x</script>{{ 7*7 }}",
];

/// Every field that comes from the company's data, from a form or from the configuration.
#[test]
fn hostile_data_stays_dead() {
    let long = "<b>".repeat(1700);
    for hostile in HOSTILE.into_iter().chain([long.as_str()]) {
        let samples = Samples::new(Brand::new(hostile));
        let mut letter = samples.letter(NoticeKind::Reminder, 1, "en");
        let mut finding = letter.items[0].finding.clone();
        let by = hostile.into();
        finding.state = State::Dismissed { by, reason: hostile.to_owned(), how_bad: None };
        for fact in finding.seen.evidence.values_mut() {
            *fact = kaizend_core::domain::Fact::Text(hostile.to_owned());
        }
        letter.items[0].finding = &finding;
        letter.items[0].check = hostile;
        letter.items[0].runbook = Some(hostile);
        letter.items[0].names = Names::default().with("client", hostile).with("owner", hostile);
        letter.items[0].company.others = vec![hostile.to_owned()];
        let typed = ["when", "date", "reason", "to", "cause", "because", "other", hostile]
            .map(|name| (name.to_owned(), hostile.to_owned()));
        let (typed, causes) = (BTreeMap::from(typed), vec![hostile.to_owned()]);
        let mut all = shown(&letter, &causes, &typed);
        all.lacks = Some(Lack::Reason);
        all.offers.push(Offer::Assign { people: vec![(hostile.to_owned(), hostile.to_owned())] });
        let spoken =
            Said { note: Some(hostile.to_owned()), ..said(&letter, Verb::Dismiss, SaidStanding::Recorded) };
        let asked = Asked {
            because: Doubt::TooSoon,
            title: hostile.to_owned(),
            verb: Verb::Done,
            typed: &typed,
            nonce: "1.n",
        };
        let listed = vec![Listed { item: letter.items[0].clone(), link: LIST.to_owned() }];
        for shows in [
            Shows::Item(Box::new(all)),
            Shows::Again(asked),
            Shows::TakeBack { said: spoken, nonce: "1.n" },
            Shows::List { listed, more: 0 },
        ] {
            let (words, stationery) = (Samples::own_words(), Stationery::built_in());
            let voice = letter.to.voice.clone();
            let screen = Screen { voice, brand: letter.brand, reader: Some(hostile), shows };
            let html = screen.render(&words, &stationery).unwrap();
            for bad in ["<script", "<b>", "onfocus=\"", "onfocus='", "href=\"javascript", "49 ", "{{"] {
                let dead = html.replace("{{ 7*7 }}", "");
                assert!(!dead.contains(bad), "{bad} of {hostile} in {html}");
            }
            assert!(!html.contains(['\0', '\u{1b}', '\u{202e}', '\r']), "{hostile:?}");
            assert_eq!(html.matches("</style>").count(), 1);
            assert!(html.len() < 100_000, "{}", html.len());
        }
    }
}

#[test]
fn what_was_typed_is_not_typed_twice() {
    let (samples, causes) = (samples(), causes());
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let typed = [("reason", "by phone"), ("when", "date"), ("date", "1998-07-01"), ("to", "3")];
    let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let html = page(&letter, Shows::Item(Box::new(shown(&letter, &causes, &typed))));
    assert!(html.contains(">by phone</textarea>") && html.contains("value=\"1998-07-01\""));
    assert!(html.contains("value=\"3\" selected") && html.contains("value=\"date\" checked"));
}
