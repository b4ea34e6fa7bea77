//! `kaizend mail …` as whoever writes a company's own templates uses it.

use std::fs;

use kaizend_tests::{Company, ends_with};

const KINDS: [&str; 7] = ["reminder", "digest", "baseline", "operator", "people", "life-sign", "not-taken"];

#[test]
fn every_kind_of_mail_can_be_looked_at() {
    let company = Company::default();
    let folder = company.path().join("mails");
    ends_with(0, &mut company.kaizend(&["mail", "preview", "--all", "--dir", &folder.to_string_lossy()]));
    for kind in KINDS {
        for language in ["en", "ru", "bg", "et"] {
            let read = |ending: &str| {
                let path = folder.join(format!("{kind}-{language}.{ending}"));
                fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
            };
            assert!(read("html").contains("Test &amp; Söhne"), "{kind} {language}");
            assert!(!read("txt").trim().is_empty(), "{kind} {language}");
            assert!(read("eml").contains("MIME-Version: 1.0"), "{kind} {language}");
        }
    }
    let printed = ends_with(0, &mut company.kaizend(&["mail", "preview", "reminder", "--language", "et"]));
    assert!(printed.starts_with("Subject: ") && printed.contains("Nancy Davolio"), "{printed}");
}

#[test]
fn a_broken_template_is_named_and_the_built_in_one_used() {
    let company = Company::default();
    let said = ends_with(0, &mut company.kaizend(&["mail", "lint"]));
    assert_eq!(said, "", "nothing is wrong with our own");

    fs::create_dir_all(company.path().join("messages/templates")).expect("a folder");
    company.write("messages/templates/reminder.html", "<p>{{ items[0].headline }}</p>");
    company
        .write("messages/templates/layout.txt", "{{ subject }} costs 4711\n{% block body %}{% endblock %}");
    let said = ends_with(1, &mut company.kaizend(&["mail", "lint"]));
    assert!(said.contains("template `reminder.html`") && said.contains("undefined value"), "{said}");
    assert!(said.contains("only the plain text says `4711`"), "{said}");
    let shown = ends_with(0, &mut company.kaizend(&["mail", "preview", "reminder"]));
    assert!(shown.contains("costs 4711"), "{shown}");
}

#[test]
fn a_template_can_use_what_the_sample_shows() {
    let company = Company::default();
    let sample = company.json(&["mail", "sample", "digest", "--count", "3", "--language", "bg"]);
    assert_eq!(sample["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(sample["language"], "bg");
    let said = company.kaizend(&["mail", "sample", "letter"]).output().expect("it starts");
    assert_eq!(said.status.code(), Some(2));
}
