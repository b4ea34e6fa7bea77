//! Whole letters: how they read in each language, and what hostile data and broken templates do to them.

use kaizend_core::{
    domain::{CouldNotLook, ServiceTrouble, Unheard, Verb},
    policy::breaker::{Held, Tripped},
};

use super::*;
use crate::{SaidStanding, Samples, StationeryFault};

const KINDS: [(&str, NoticeKind); 3] = [
    ("reminder", NoticeKind::Reminder),
    ("baseline", NoticeKind::Baseline),
    ("operator", NoticeKind::Operator),
];

fn samples() -> Samples {
    let postal_address = Some("2 Harbour Street\n9000 Varna".to_owned());
    Samples::new(Brand { postal_address, ..Brand::new("Northwind Traders") })
}

fn rendered(letter: &Letter) -> Rendered {
    letter.render(&Samples::own_words(), &Stationery::built_in()).unwrap()
}

/// Every kind in every language; each number of findings shows another plural form.
#[test]
fn letters_read_well() {
    for language in ["en", "ru", "bg", "et"] {
        for (name, kind) in KINDS {
            for count in [1, 2, 5, 21] {
                let letter = samples();
                let letter = letter.letter(kind, count, language);
                assert_reads_well(&format!("{name}-{count:02}"), language, &letter);
            }
        }
    }
}

fn assert_reads_well(name: &str, language: &str, letter: &Letter) {
    let rendered = rendered(letter);
    assert_eq!(rendered.missing, [], "{language} {name}");
    let shown =
        format!("Subject: {}\nPreheader: {}\n\n{}", rendered.subject, rendered.preheader, rendered.text);
    insta::assert_snapshot!(format!("{name}.{language}"), shown);
}

/// A condition stays open, a past fact is over: a list says of each what will happen to it.
#[test]
fn a_list_of_facts_does_not_say_that_they_stay_open() {
    for language in ["en", "ru", "bg", "et"] {
        for (name, facts) in [("baseline-facts", 2), ("baseline-both", 1)] {
            with_facts(2, facts, 0, language, |letter| assert_reads_well(name, language, letter));
        }
    }
}

/// A baseline of so many items, the first `facts` of which are past facts, as are `more_facts` of the rest.
fn with_facts(count: u32, facts: usize, more_facts: u32, language: &str, look: impl FnOnce(&Letter)) {
    let samples = samples();
    let mut letter = samples.letter(NoticeKind::Baseline, count, language);
    let mut findings: Vec<Finding> = letter.items.iter().map(|item| item.finding.clone()).collect();
    findings.iter_mut().take(facts).for_each(|fact| fact.seen.happened = Some(fact.opened_at));
    for (item, finding) in letter.items.iter_mut().zip(&findings) {
        item.finding = finding;
    }
    look(&Letter { more_facts, ..letter });
}

/// What is only counted counts too: nothing that has happened is promised to stay open, nothing that stays open is
/// called over.
#[test]
fn the_end_of_a_list_is_right_for_what_it_does_not_show() {
    for language in ["en", "ru", "bg", "et"] {
        let said: Vec<String> = [
            ("one condition", 1, 0, 0),
            ("21 conditions", 21, 0, 0),
            ("one fact", 1, 1, 0),
            ("21 facts", 21, 5, 16),
            ("five conditions and 16 counted facts", 21, 0, 16),
            ("21 conditions and one counted fact", 22, 0, 1),
            ("five facts and one counted condition", 6, 5, 0),
            ("22 conditions and two facts", 24, 1, 1),
            ("25 conditions and 21 facts", 46, 5, 16),
        ]
        .into_iter()
        .map(|(name, count, facts, more_facts)| {
            let mut said = String::new();
            with_facts(count, facts, more_facts, language, |letter| {
                let rendered = rendered(letter);
                assert_eq!(rendered.missing, [], "{language} {name}");
                let next = rendered.html.split_once("</h2><p class=\"quiet\">").unwrap().1;
                let next = next.split_once("</p>").unwrap().0;
                said = format!("{name}: {}\n  {next}", rendered.subject);
            });
            said
        })
        .collect();
        insta::assert_snapshot!(format!("baseline-ends.{language}"), said.join("\n"));
    }
}

/// Word of wrong data about people, alone and beside a check that could not look; word of a held mailing.
#[test]
fn word_of_wrong_people_and_of_a_held_mailing_reads_well() {
    let held = [
        Held { why: Tripped::Mails { mails: 51, most: 50 }, mails: 51 },
        Held { why: Tripped::TimesUsual { mails: 22, usual: 1, times: 2.5 }, mails: 22 },
        Held { why: Tripped::ShareOfStaff { people: 1, staff: 3, share: 0.25 }, mails: 1 },
    ]
    .map(|held| held.detail());
    let old = "51 mails at once, more than breaker.mails = 50: 51 mails are held as a whole.";
    let trouble =
        |detail| Trouble { because: TellBecause::Held, check: "breaker", detail, since: None, runbook: None };
    for language in ["en", "ru", "bg", "et"] {
        let samples = samples();
        for (name, others) in [("people", 0), ("people-and-checks", 2)] {
            let mut letter = samples.letter(NoticeKind::Operator, others, language);
            letter.troubles.insert(0, samples.people());
            assert_reads_well(name, language, &letter);
        }
        let mut letter = samples.letter(NoticeKind::Operator, 0, language);
        letter.troubles.extend(held.iter().map(|detail| trouble(detail.as_str())));
        assert_reads_well("operator-held", language, &letter);
        letter.troubles = vec![trouble(old)];
        assert!(rendered(&letter).text.contains("more than breaker.mails = 50: 51 mails are held"));
    }
}

const REFUSED: &str = "error: there is no key `shedule` in [checks.late-orders]\n  --> kaizend.toml:49:1\n   |\n\
                       49 | shedule = \"@daily\"\n   | ^^^^^^^\n   = hint: did you mean `schedule`?\n\n1 error";

/// A configuration that was refused is no check that cannot look.
#[test]
fn a_refused_configuration_has_words_of_its_own() {
    let refused = Trouble {
        because: TellBecause::NotReloaded,
        check: "configuration",
        detail: REFUSED,
        since: None,
        runbook: None,
    };
    for language in ["en", "ru", "bg", "et"] {
        let samples = samples();
        let mut letter = samples.letter(NoticeKind::Operator, 1, language);
        letter.troubles.push(refused.clone());
        assert_reads_well("operator-both", language, &letter);
        letter.troubles.remove(0);
        assert_reads_well("operator-reload", language, &letter);
    }
}

/// What the daemon says of itself is no look that failed, and every reason is said in the reader's language.
#[test]
fn the_service_speaks_of_itself_in_each_language() {
    use Unheard::{
        CutOff, NoCertificates, NoRoute, NoSuchHost, NotHttp, NotTrusted, Refused, Status, Tls, TooLate,
    };
    let [from, until] = ["1998-05-30T18:00:00Z", "1998-05-31T05:00:00Z"].map(|text| text.parse().unwrap());
    let detail = |trouble: ServiceTrouble| trouble.notice(until).detail.unwrap();
    let silent = detail(ServiceTrouble::Silent { from, until });
    let reasons = [
        Status(503),
        TooLate,
        NoSuchHost,
        Refused,
        NoRoute,
        CutOff,
        NotTrusted,
        Tls,
        NoCertificates,
        NotHttp,
    ];
    let unheard = reasons.map(|why| detail(ServiceTrouble::Unheard { since: from, why }));
    let trouble =
        |because, detail| Trouble { because, check: "service", detail, since: Some(until), runbook: None };
    for language in ["en", "ru", "bg", "et"] {
        let samples = samples();
        let mut letter = samples.letter(NoticeKind::Operator, 0, language);
        letter.troubles.push(trouble(TellBecause::WasSilent, &silent));
        assert_reads_well("operator-silent", language, &letter);
        letter.troubles =
            unheard.iter().map(|detail| trouble(TellBecause::Unheard, detail.as_str())).collect();
        assert_reads_well("operator-unheard", language, &letter);
        letter.troubles =
            vec![trouble(TellBecause::Refused, "535 5.7.8 authentication failed (to the login)")];
        assert_reads_well("operator-refused", language, &letter);
    }
}

#[test]
fn what_the_service_said_in_another_version_is_shown_as_it_stands() {
    let samples = samples();
    let mut letter = samples.letter(NoticeKind::Operator, 1, "en");
    letter.troubles[0].because = TellBecause::WasSilent;
    letter.troubles[0].detail = "{\"what\":\"<b>asleep</b>\"}";
    let rendered = rendered(&letter);
    assert!(rendered.text.contains("<b>asleep</b>") && rendered.html.contains("&lt;b&gt;asleep"));
}

#[test]
fn a_long_report_says_how_much_is_left_out() {
    let detail: String = (1..=100).map(|line| format!("    line {line}\n")).collect();
    let samples = samples();
    let mut letter = samples.letter(NoticeKind::Operator, 1, "en");
    letter.troubles[0].because = TellBecause::NotReloaded;
    letter.troubles[0].detail = &detail;
    let rendered = rendered(&letter);
    for part in [&rendered.text, &rendered.html] {
        assert!(part.contains("    line 60\n") && !part.contains("line 61"), "{part}");
        assert!(part.contains("… and 40 more lines"), "{part}");
    }
}

const PAGE: &str = "https://k.example/k/1.AQAAAAAAAAAA.mac";

/// With links to pages, what was said from earlier mails, and why somebody put it off again and again.
fn acting<'a>(samples: &'a Samples, count: u32, language: &str) -> Letter<'a> {
    let mut letter = samples.letter(NoticeKind::Reminder, count, language);
    let first = letter.items[0].clone();
    let said = |verb, standing| Said {
        verb,
        standing,
        finding: first.finding,
        plugin: first.plugin,
        names: first.names.clone(),
        note: Some("agreed by phone".to_owned()),
        until: None,
    };
    letter.said = vec![
        said(Verb::Dismiss, SaidStanding::Recorded),
        said(Verb::Done, SaidStanding::TakenBack),
        said(Verb::Done, SaidStanding::Unconfirmed),
    ];
    letter.list = Some(PAGE.to_owned());
    for item in &mut letter.items {
        item.actions = Some(Actions { page: PAGE.to_owned() });
        item.company.put_off = Some((4, "parts are late".to_owned()));
    }
    letter
}

#[test]
fn a_letter_that_can_be_acted_from_reads_well() {
    let samples = samples();
    for language in ["en", "ru", "bg", "et"] {
        for count in [1, 2] {
            assert_reads_well(&format!("acting-{count:02}"), language, &acting(&samples, count, language));
        }
    }
    let html = rendered(&acting(&samples, 1, "en")).html;
    insta::assert_snapshot!("acting.html", html.split_once("</head>").unwrap().1);
    assert_eq!(html.matches("class=\"button\" bgcolor").count(), 3 + 1, "three to act, one to the shop");
}

/// Nothing that is told links anywhere but to our own page, in both parts alike.
#[test]
fn both_parts_have_the_same_links() {
    let samples = samples();
    let rendered = rendered(&acting(&samples, 2, "en"));
    for to in ["?to=done", "?to=snooze", ""] {
        let address = format!("{PAGE}{to}");
        assert_eq!(rendered.text.matches(&format!("{address}\n")).count(), if to.is_empty() { 3 } else { 2 });
        assert!(rendered.html.contains(&format!("href=\"{address}\"")), "{address}");
    }
    let mut letter = acting(&samples, 1, "en");
    letter.items[0].actions = Some(Actions { page: "http://k.example/".to_owned() });
    assert!(letter.render(&Samples::own_words(), &Stationery::built_in()).is_err(), "no other address");
}

#[test]
fn html_reads_well() {
    for (name, kind) in KINDS {
        let html = rendered(&samples().letter(kind, 2, "en")).html;
        let body = html.split_once("</head>").unwrap().1;
        insta::assert_snapshot!(format!("{name}.html"), body);
    }
}

#[test]
fn text_and_html_tell_the_same_facts() {
    for (_, kind) in KINDS {
        let samples = samples();
        let letter = samples.letter(kind, 5, "en");
        let rendered = rendered(&letter);
        let flat = rendered.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for item in &letter.items {
            for part in [item.finding.fingerprint.short().as_str(), &item.finding.seen.key[0]] {
                assert!(flat.contains(part) && rendered.html.contains(part), "{part}");
            }
        }
        for trouble in &letter.troubles {
            let why = CouldNotLook::from_detail(trouble.detail).unwrap().sentence();
            assert!(flat.contains(&why), "{flat}");
        }
        assert!(rendered.text.lines().all(|line| line.chars().count() <= 78 || line.contains("https://")));
        assert!(rendered.html.len() < 80_000);
    }
}

#[test]
fn hostile_data_stays_text() {
    let samples = samples();
    let mut letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let hostile = "<script>alert(1)</script>\r\nBcc: x\u{1b}[31m\u{202e}{{ 7*7 }}{ $x }";
    letter.to.name = Some(hostile.to_owned());
    letter.items[0].check = hostile;
    letter.items[0].runbook = Some(hostile);
    letter.items[0].names = Names::default().with("client", hostile).with("owner", hostile);
    for url in ["javascript:alert(1)", "https://k.example/\"><script>", "data:text/html,x"] {
        letter.items[0].links.push(Link { label: hostile.to_owned(), url: url.to_owned() });
    }
    let rendered = rendered(&letter);
    assert!(!rendered.html.contains("<script") && rendered.html.contains("&lt;script&gt;"));
    assert!(!rendered.html.contains("javascript:") && !rendered.text.contains("javascript:"));
    for part in [&rendered.subject, &rendered.preheader, &rendered.text, &rendered.html] {
        assert!(!part.contains(['\u{1b}', '\u{202e}', '\r']) && !part.contains("49"), "{part}");
    }
}

#[test]
fn facts_of_unknown_age_say_so() {
    let samples = samples();
    let mut letter = samples.letter(NoticeKind::Reminder, 1, "en");
    letter.as_of = Some(AsOf { at: letter.looked_at });
    let rendered = rendered(&letter);
    for part in [&rendered.text, &rendered.html] {
        assert!(part.contains("could not be checked again"), "{part}");
    }
}

#[test]
fn a_subject_stays_while_its_ages_change() {
    let samples = samples();
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let mut finding = letter.items[0].finding.clone();
    finding.seen.evidence.insert("days".into(), kaizend_core::domain::Fact::Integer(6));
    let mut later = letter.clone();
    later.items[0].finding = &finding;
    let (first, second) = (rendered(&letter), rendered(&later));
    assert_eq!(first.subject, second.subject);
    assert_ne!(first.text, second.text);
}

#[test]
fn a_broken_template_of_the_operator_falls_back() {
    let samples = samples();
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let mut stationery = Stationery::built_in();
    stationery.replace("reminder.txt", "Only: {{ items[0].nonsense }}".to_owned()).unwrap();
    stationery.replace("reminder.html", "<a href=\"{{ link('javascript:x') }}\">".to_owned()).unwrap();
    let rendered = letter.render(&Samples::own_words(), &stationery).unwrap();
    let broken: Vec<&str> = rendered.faults.iter().map(|fault| fault.template.as_str()).collect();
    assert_eq!(broken, ["reminder.txt", "reminder.html"]);
    assert!(rendered.text.contains("Reference:") && rendered.html.contains("<h1>"));
    let StationeryFault { why, .. } = stationery.replace("digest.txt", "{% if %}".into()).unwrap_err();
    assert!(why.contains("line 1"), "{why}");
    assert!(stationery.replace("welcome.html", String::new()).is_err());
}

#[test]
fn an_operators_template_is_used() {
    let samples = samples();
    let letter = samples.letter(NoticeKind::Reminder, 1, "en");
    let mut stationery = Stationery::built_in();
    stationery.replace("reminder.txt", "Mind {{ items[0].title }}!".to_owned()).unwrap();
    let rendered = letter.render(&Samples::own_words(), &stationery).unwrap();
    assert_eq!((rendered.text.as_str(), rendered.faults.as_slice()), ("Mind Overdue: #10248!\n", &[][..]));
}
