//! TLS from the first byte and after STARTTLS, with a server that this project did not write: it is sent to only when
//! it proves who it is, and whatever is wrong is said in words that help.

use kaizend_tests::{Authority, Certificate, Company, Good, Mailbox, Protection, ends_with};

type Protect = fn(Certificate) -> Protection;

const WAYS: [(&str, Protect); 2] = [("implicit", Protection::Implicit), ("starttls", Protection::StartTls)];

/// A company with one mail to send, over this way to `localhost`.
fn company(mailbox: &Mailbox, way: &str, roots: &str) -> Company {
    let company = Company::default();
    let port = mailbox.port;
    let transport =
        format!(r#"{{ kind = "smtp", host = "localhost", port = {port}, tls = "{way}"{roots} }}"#);
    company.configure("baseline = \"tell\"", &transport);
    company.sql("insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null)");
    company
}

#[test]
fn a_server_that_proves_who_it_is_gets_the_mail() {
    let authority = Authority::default();
    let roots = format!(", tls-roots = \"{}\"", authority.root().display());
    for (way, protection) in WAYS {
        let folder = tempfile::tempdir().expect("a folder");
        let certificate = authority.sign("localhost", Good::Now);
        let mailbox = Mailbox::protected(folder.path().join("mail"), &protection(certificate));
        let company = company(&mailbox, way, &roots);
        company.run();
        let letters = mailbox.letters();
        assert_eq!(
            letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(),
            ["ann@test.example"],
            "{way}"
        );
    }
}

#[test]
fn a_server_that_does_not_gets_nothing_and_the_reason_is_clear() {
    let authority = Authority::default();
    let roots = format!(", tls-roots = \"{}\"", authority.root().display());
    let stranger = Authority::default();
    for (way, protection) in WAYS {
        for (name, certificate, roots, said) in [
            (
                "another name",
                authority.sign("elsewhere.example", Good::Now),
                roots.as_str(),
                "the server's certificate is not for the name `localhost`",
            ),
            (
                "nobody we trust",
                stranger.sign("localhost", Good::Now),
                roots.as_str(),
                "the server's certificate is signed by nobody whom this machine trusts: name its authority with `tls-roots`",
            ),
            (
                "the machine's own authorities alone",
                authority.sign("localhost", Good::Now),
                "",
                "signed by nobody whom this machine trusts",
            ),
            (
                "long expired",
                authority.sign("localhost", Good::LongAgo),
                roots.as_str(),
                "the server's certificate has expired",
            ),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let mailbox = Mailbox::protected(folder.path().join("mail"), &protection(certificate));
            let company = company(&mailbox, way, roots);
            ends_with(0, &mut company.kaizend(&["run", "late"]));
            assert_eq!(mailbox.letters(), [], "{way}, {name}");
            let mail = company.json(&["outbox", "show", "1"]);
            assert_eq!(mail["mail"]["delivery"]["delivery"], "deferred", "{way}, {name}: {mail}");
            let note = mail["attempts"][0]["note"].as_str().unwrap_or_default();
            assert!(note.contains(said), "{way}, {name}: {note}");
        }
    }
}
