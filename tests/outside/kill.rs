//! A hundred times kill -9: what was confirmed is there, every mail arrives, and a mail that arrives twice is
//! one that was marked uncertain.
//!
//! The daemon is killed while the mail server holds its answer back, while the store writes a commit, and at
//! any moment. Each kill is classified afterwards by what lies in the store, never by what was intended.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    mem::MaybeUninit,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::mpsc::RecvTimeoutError,
    time::{Duration, Instant},
};

use kaizend_tests::{Company, Sink, eventually};
use rusqlite::{Connection, OpenFlags};
use rustix::fs::inotify;

const KILLS: usize = 100;

/// What the daemon was in the middle of.
#[derive(Debug, Default)]
struct Tally {
    data_started: usize,
    claimed: usize,
    in_commit: usize,
    running: usize,
    other: usize,
}

/// How a round tries to time its kill.
#[derive(Clone, Copy)]
enum Aim {
    /// The final dot was sent, and the server does not answer.
    HeldAnswer,
    /// The store writes a burst of pages.
    Commit,
    /// Any time.
    Whenever,
}

/// Six checks that run every second. Each finds 25 new things of 25 owners, and 300 old things of changed
/// evidence: at least 25 mails a second, and commits of many pages.
fn busy_company(sink: &Sink) -> Company {
    let company = Company::default();
    company.sql("create table numbers (n integer primary key)");
    company.sql("with recursive c(n) as (select 0 union all select n + 1 from c where n < 324) insert into numbers select n from c");
    company.sql("delete from staff where id <> 'boss'");
    company.sql(
        "insert into staff select 'p' || n, 'Person ' || n, 'p' || n || '@test.example', 'boss', 'en'
         from numbers where n < 25",
    );
    let transport =
        format!(r#"{{ kind = "smtp", host = "127.0.0.1", port = {}, tls = "none" }}"#, sink.address.port());
    company.configure("baseline = \"tell\"", &transport);
    let path = company.path().join("kaizend.toml");
    let text = fs::read_to_string(&path).expect("a configuration");
    let query = "select iif(n < 25, strftime('%s', :now) || '-' || n, 'old-' || n) as id, 'c' as client, \
                 iif(n < 25, 'p' || n, 'boss') as owner, 'seen ' || strftime('%s', :now) as what, \
                 date(:now, '-3 days') as promised, null as kept from numbers";
    let text = text
        .replace("select id, client, owner, what, promised, kept from orders", query)
        .replace("kept = { type = \"date\" }", "kept = { type = \"date\" }")
        .replace("\"0 8 * * *\"", "\"every 1s\"");
    let (head, check) = text.split_once("[checks.late]").expect("one check");
    let checks: String = (0..6).map(|number| format!("[checks.late-{number}]{check}\n")).collect();
    company.write("kaizend.toml", &format!("{head}{checks}"));
    company
}

fn start(company: &Company) -> Child {
    company
        .kaizend(&["serve", "--log", "json"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the daemon starts")
}

fn store(company: &Company) -> PathBuf {
    company.path().join("kaizend.db")
}

fn wal(company: &Company) -> PathBuf {
    company.path().join("kaizend.db-wal")
}

fn kill(mut daemon: Child) {
    daemon.kill().expect("kill -9");
    daemon.wait().expect("it is gone");
}

/// Waits for the moment that the aim asks for; a moment that does not come is a kill at any time.
fn wait_for(aim: Aim, company: &Company, sink: &Sink, round: usize) {
    let begin = Instant::now();
    match aim {
        Aim::HeldAnswer => {
            sink.hold_next();
            let held = sink.held.recv_timeout(Duration::from_secs(20));
            assert_ne!(held, Err(RecvTimeoutError::Disconnected));
            sink.hold_none();
        }
        Aim::Commit => {
            let before = sink.received().len();
            eventually(|| sink.received().len() > before || begin.elapsed() > Duration::from_secs(20));
            await_burst(&wal(company));
        }
        Aim::Whenever => {
            let spread = Duration::from_millis(200 + (round as u64 * 173) % 1500);
            eventually(|| begin.elapsed() > spread);
        }
    }
}

/// Comes back in the middle of a burst of writes to the file.
fn await_burst(path: &Path) {
    let Ok(watch) = inotify::init(inotify::CreateFlags::CLOEXEC) else { return };
    if inotify::add_watch(&watch, path, inotify::WatchFlags::MODIFY).is_err() {
        return;
    }
    let mut buffer = [MaybeUninit::uninit(); 4096];
    let mut events = inotify::Reader::new(&watch, &mut buffer);
    let (mut burst, mut last) = (0, Instant::now());
    let begin = Instant::now();
    while burst < 12 && begin.elapsed() < Duration::from_secs(20) {
        if events.next().is_err() {
            return;
        }
        burst = if last.elapsed() < Duration::from_millis(1) { burst + 1 } else { 0 };
        last = Instant::now();
    }
}

/// Whether the write-ahead log ends in the middle of a transaction (SQLite's file format, section 4): its last
/// frame of the present salt bears no database size, so no commit.
fn ends_inside_a_commit(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    let word = |at: usize| {
        bytes.get(at..at + 4).map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
    };
    let Some(page) = word(8) else { return false };
    let salt = (word(16), word(20));
    let mut last_commit = None;
    let mut at = 32;
    while let (Some(size), true) = (word(at + 4), (word(at + 8), word(at + 12)) == salt) {
        last_commit = Some(size != 0);
        at += 24 + page as usize;
    }
    last_commit == Some(false)
}

fn open(company: &Company) -> Connection {
    Connection::open_with_flags(store(company), OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the store opens")
}

fn count(store: &Connection, query: &str) -> usize {
    store.query_row(query, [], |row| row.get(0)).expect("a count")
}

/// The findings that a reader sees: each was confirmed.
fn confirmed(store: &Connection) -> BTreeSet<Vec<u8>> {
    let mut statement = store.prepare("select fingerprint from findings").expect("findings are a table");
    let rows = statement.query_map([], |row| row.get(0)).expect("findings are read");
    rows.map(|row| row.expect("a fingerprint")).collect()
}

impl Tally {
    fn classify(&mut self, company: &Company) {
        // Before anything opens the store, which would fold the log in.
        let in_commit = ends_inside_a_commit(&wal(company));
        let store = open(company);
        let is = |query| count(&store, query) > 0;
        if in_commit {
            self.in_commit += 1;
        }
        if is("select count(*) from outbox where state = 'data-started'") {
            self.data_started += 1;
        } else if is("select count(*) from outbox where state = 'claimed'") {
            self.claimed += 1;
        } else if is("select count(*) from runs where state = 'running'") {
            self.running += 1;
        } else if !in_commit {
            self.other += 1;
        }
    }
}

#[test]
fn nothing_confirmed_is_lost_in_a_hundred_kills() {
    let sink = Sink::start().expect("a sink");
    let company = busy_company(&sink);
    let mut tally = Tally::default();
    let mut known = BTreeSet::new();
    let mut alive = Duration::ZERO;
    for round in 0..KILLS {
        let aim = [Aim::HeldAnswer, Aim::Commit, Aim::Commit, Aim::HeldAnswer, Aim::Whenever][round % 5];
        let daemon = start(&company);
        let begin = Instant::now();
        wait_for(aim, &company, &sink, round);
        if store(&company).exists() {
            known.extend(confirmed(&open(&company)));
        }
        alive += begin.elapsed();
        kill(daemon);
        if store(&company).exists() {
            tally.classify(&company);
            let after = confirmed(&open(&company));
            assert!(known.is_subset(&after), "round {round}: a confirmed finding is gone");
        }
    }
    finish(&company);
    report(&company, &sink, &tally, alive);
}

/// Lets the daemon send what is left, with schedules that do not come any more.
fn finish(company: &Company) {
    let path = company.path().join("kaizend.toml");
    let text = fs::read_to_string(&path).expect("a configuration");
    fs::write(&path, text.replace("\"every 1s\"", "\"0 0 1 1 *\"")).expect("a configuration");
    let daemon = start(company);
    let left = "select count(*) from outbox where state not in ('sent') union all \
                select count(*) from notices where state = 'due' order by 1 desc limit 1";
    let sent = eventually(|| count(&open(company), left) == 0);
    kill(daemon);
    assert!(sent, "{} mails or notices never went", count(&open(company), left));
}

fn report(company: &Company, sink: &Sink, tally: &Tally, alive: Duration) {
    let store = open(company);
    let integrity: String = store.query_row("pragma integrity_check", [], |row| row.get(0)).expect("a check");
    assert_eq!(integrity, "ok");
    let mut received: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for mail in sink.received() {
        let id = mail.message_id.trim_matches(['<', '>']).to_owned();
        received.entry(id.clone()).or_default().insert(mail.bytes);
        *times.entry(id).or_default() += 1;
    }
    let mut statement =
        store.prepare("select message_id, times_uncertain from outbox").expect("the outbox is a table");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("the outbox is read");
    let outbox: BTreeMap<String, usize> = rows.map(|row| row.expect("a mail")).collect();
    for (id, uncertain) in &outbox {
        let arrived = times.get(id).copied().unwrap_or(0);
        assert!(arrived >= 1, "{id} never arrived");
        assert!(arrived <= 1 + uncertain, "{id} arrived {arrived} times, uncertain {uncertain} times");
        assert_eq!(received[id].len(), 1, "{id}: a repeat has the same bytes");
    }
    assert!(times.keys().all(|id| outbox.contains_key(id)), "nothing arrived that the outbox does not know");
    let runs = count(&store, "select count(*) from runs where state = 'completed'");
    let twice = times.values().filter(|times| **times > 1).count();
    let said = format!(
        "{KILLS} kills in {alive:.0?} of service: {tally:?}; {} mails, {twice} of them twice and marked uncertain; \
         {runs} completed runs\n",
        outbox.len()
    );
    // The test's output is the proof that the kills fell where they had to.
    std::io::stdout().write_all(said.as_bytes()).expect("the tally is printed");
    assert!(tally.data_started >= 10, "{said}");
    assert!(tally.in_commit >= 10, "{said}");
    assert!(
        outbox.len() as f64 >= 20.0 * alive.as_secs_f64() / 5.0,
        "too few mails for a busy daemon: {said}"
    );
}
