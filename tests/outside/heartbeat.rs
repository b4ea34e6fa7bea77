//! The heartbeat as whoever waits for it sees it: it comes, its outage is said once, and its address never.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use kaizend_tests::{Company, Letter, ends_with, eventually};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use serde_json::Value;

use crate::serve::Server;

/// Waits for beats on loopback; it can be told to refuse them.
struct Watch {
    address: SocketAddr,
    beats: Arc<AtomicUsize>,
    refuses: Arc<AtomicBool>,
}

impl Watch {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let watch = Self {
            address: listener.local_addr().expect("a bound socket has an address"),
            beats: Arc::default(),
            refuses: Arc::default(),
        };
        let (beats, refuses) = (Arc::clone(&watch.beats), Arc::clone(&watch.refuses));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                answer(&client, &beats, &refuses);
            }
        });
        watch
    }

    fn count(&self) -> usize {
        self.beats.load(Ordering::SeqCst)
    }
}

fn answer(mut client: &TcpStream, beats: &AtomicUsize, refuses: &AtomicBool) {
    let mut first = String::new();
    let read = BufReader::new(client).read_line(&mut first);
    if read.is_err() || !first.starts_with("GET /hunter2 ") {
        return;
    }
    let status = if refuses.load(Ordering::SeqCst) { "500 Broken" } else { "204 Heard" };
    beats.fetch_add(1, Ordering::SeqCst);
    // A daemon that is stopped just now does not read it.
    let _gone = write!(client, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

fn serve(company: &Company, log: &Path) -> Server {
    let log = File::create(log).expect("a file for the log");
    let mut command = company.kaizend(&["serve", "--log", "text"]);
    command.env("RUST_LOG", "info,ureq=trace,ureq_proto=trace").stdout(Stdio::null()).stderr(log);
    Server::spawn(&mut command)
}

fn by(company: &Company, way: &str) -> Value {
    let status = company.json(&["status"]);
    let ways = status["heartbeat"].as_array().cloned().unwrap_or_default();
    ways.into_iter().find(|beats| beats["way"] == way).unwrap_or_default()
}

#[test]
fn beats_come_their_outage_is_said_once_and_their_address_never() {
    let watch = Watch::start();
    let company = Company::new(&format!(
        "[heartbeat]\nurl = \"http://{}/hunter2\"\nevery = \"1s\"\nmail = \"watch@test.example\"\nat = \"00:00\"",
        watch.address
    ));
    let log = company.path().join("log");
    let server = serve(&company, &log);
    assert!(eventually(|| watch.count() >= 2), "beats come");
    assert!(eventually(|| by(&company, "url")["succeeded-at"].is_string()));

    watch.refuses.store(true, Ordering::SeqCst);
    assert!(eventually(|| by(&company, "url")["failing-since"].is_string()));
    let failing = by(&company, "url");
    assert!(failing["why"].as_str().is_some_and(|why| why.contains("500")), "{failing}");
    let so_far = watch.count();
    assert!(eventually(|| watch.count() >= so_far + 2), "it tries again");
    watch.refuses.store(false, Ordering::SeqCst);
    assert!(eventually(|| by(&company, "url")["failing-since"].is_null()));

    assert!(eventually(|| !company.letters().is_empty()), "the sign of life is sent");
    let letters = company.letters();
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "watch@test.example"));
    assert!(by(&company, "mail")["succeeded-at"].is_string());
    assert_eq!(server.stop(), Some(0));

    let said = fs::read_to_string(&log).expect("the log is read");
    assert!(!said.contains("hunter2"), "{said}");
    assert_eq!(said.matches("a heartbeat did not arrive").count(), 1, "{said}");
    assert_eq!(said.matches("arrive at [heartbeat] url again").count(), 1, "{said}");
}

/// The outage is older than `tell-after` when the store says so: nobody waits an hour.
fn put_back(company: &Company, way: &str, column: &str) {
    let store = Connection::open(company.path().join("kaizend.db")).expect("the store opens");
    let changed = store
        .execute(
            &format!("update heartbeat set {column} = {column} - 2 * 3600 * 1000000 where way = ?1"),
            [way],
        )
        .expect("the store is changed");
    assert_eq!(changed, 1);
}

/// When the service moved last; nothing as long as the store has no such mark.
fn mark(company: &Company) -> Option<i64> {
    let path = company.path().join("kaizend.db");
    let store = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    store.query_row("select succeeded_at from heartbeat where way = 'store'", [], |row| row.get(0)).ok()
}

fn to_operators(company: &Company, about: &str) -> Vec<Letter> {
    let mut letters = company.letters();
    letters.retain(|letter| letter.to == "ops@test.example" && letter.text.contains(about));
    letters
}

#[test]
fn operators_hear_once_of_an_outage_that_lasts_and_not_of_its_end() {
    let watch = Watch::start();
    watch.refuses.store(true, Ordering::SeqCst);
    let company =
        Company::new(&format!("[heartbeat]\nurl = \"http://{}/hunter2\"\nevery = \"1s\"", watch.address));
    let log = company.path().join("log");
    let server = serve(&company, &log);
    assert!(eventually(|| watch.count() >= 2));
    assert!(by(&company, "url")["failing-since"].is_string());
    assert_eq!(server.stop(), Some(0));
    assert!(company.letters().is_empty(), "a short outage is nobody's concern");
    ends_with(1, &mut company.kaizend(&["status", "--fail-on-trouble"]));

    put_back(&company, "url", "failing_since");
    for _ in 0..2 {
        let server = serve(&company, &log);
        let so_far = watch.count();
        assert!(eventually(|| watch.count() >= so_far + 3));
        assert!(eventually(|| !to_operators(&company, "No heartbeat").is_empty()));
        assert_eq!(server.stop(), Some(0));
    }
    watch.refuses.store(false, Ordering::SeqCst);
    let server = serve(&company, &log);
    assert!(eventually(|| by(&company, "url")["succeeded-at"].is_string()));
    assert_eq!(server.stop(), Some(0));
    ends_with(0, &mut company.kaizend(&["status", "--fail-on-trouble"]));
    let letters = company.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].text.contains("It answers 500"), "{}", letters[0].text);
    assert!(!letters[0].text.contains("hunter2"));
}

#[test]
fn a_silence_is_told_when_it_is_over() {
    let company = Company::default();
    let log = company.path().join("log");
    let server = serve(&company, &log);
    assert!(eventually(|| mark(&company).is_some()), "the store is marked also without a heartbeat");
    assert!(company.json(&["status"])["moved-at"].is_string());
    assert_eq!(server.stop(), Some(0));
    assert!(company.letters().is_empty());

    put_back(&company, "store", "succeeded_at");
    let text = ends_with(0, &mut company.kaizend(&["status"]));
    assert!(text.contains("no server is running; one moved last at"), "{text}");
    for _ in 0..2 {
        let before = mark(&company).expect("a mark");
        let server = serve(&company, &log);
        assert!(eventually(|| mark(&company).is_some_and(|at| at != before)));
        assert!(eventually(|| !to_operators(&company, "kaizend was silent from").is_empty()));
        assert_eq!(server.stop(), Some(0));
    }
    assert_eq!(company.letters().len(), 1, "a restart is no silence");
    assert_eq!(company.json(&["audit", "verify"])["sound"], true);
}

#[test]
fn no_beat_goes_out_while_the_store_cannot_be_written() {
    let watch = Watch::start();
    let company =
        Company::new(&format!("[heartbeat]\nurl = \"http://{}/hunter2\"\nevery = \"1s\"", watch.address));
    let log = company.path().join("log");
    let server = serve(&company, &log);
    assert!(eventually(|| watch.count() >= 1));
    let mut store = Connection::open(company.path().join("kaizend.db")).expect("the store opens");
    let hold = store.transaction_with_behavior(TransactionBehavior::Immediate).expect("the store is held");
    let so_far = watch.count();
    let said = || fs::read_to_string(&log).unwrap_or_default();
    assert!(eventually(|| said().contains("the store did not commit")), "{}", said());
    assert!(watch.count() <= so_far + 1, "at most the one that was under way");
    hold.rollback().expect("the store is let go");
    let so_far = watch.count();
    assert!(eventually(|| watch.count() > so_far), "beats come again");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn the_sign_of_life_and_the_log_carry_a_digest_that_verifies() {
    let company = Company::new("[heartbeat]\nmail = \"watch@test.example\"\nat = \"00:00\"");
    company.sql("insert into orders values (1, 'c1', 'ann', 'order 1', date('now', '-3 days'), null)");
    company.run();
    let log = company.path().join("log");
    let server = serve(&company, &log);
    assert!(eventually(|| company.letters().iter().any(|letter| letter.to == "watch@test.example")));
    assert_eq!(server.stop(), Some(0));
    let server = serve(&company, &company.path().join("second.log"));
    assert!(eventually(|| said_digest(&company.path().join("second.log")).is_some()));
    assert_eq!(server.stop(), Some(0));
    let signs: Vec<_> =
        company.letters().into_iter().filter(|letter| letter.to == "watch@test.example").collect();
    assert_eq!(signs.len(), 1, "one a day, however often it starts");
    let in_mail =
        signs[0].text.split_whitespace().find(|word| is_digest(word)).expect("a digest in the mail");
    let in_log = said_digest(&log).expect("a digest in the log");
    for digest in [in_mail, &in_log] {
        assert_eq!(company.json(&["audit", "verify", "--expect", digest])["sound"], true);
    }
}

fn said_digest(log: &Path) -> Option<String> {
    let said = fs::read_to_string(log).ok()?;
    let line = said.lines().find(|line| line.contains("the audit's newest row"))?;
    let digest = line.split("digest=").nth(1)?.split_whitespace().next()?;
    is_digest(digest).then(|| digest.to_owned())
}

fn is_digest(word: &str) -> bool {
    word.len() == 64 && word.bytes().all(|digit| digit.is_ascii_hexdigit())
}
