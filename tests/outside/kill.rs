//! A hundred times kill -9: what was confirmed is there, every mail arrives, and a mail that arrives twice is
//! one that was marked uncertain.
//!
//! The daemon is killed while the mail server holds its answer back, while the store writes a commit, and at
//! any moment. Each kill is classified afterwards by what lies in the store, never by what was intended.

mod busy;
mod pace;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Child,
    sync::mpsc::RecvTimeoutError,
    time::{Duration, Instant},
};

use kaizend_tests::{Company, Sink, ends_with, eventually};
use rusqlite::{Connection, OpenFlags};

use self::pace::{Life, Pace};

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
    /// The store writes pages.
    Commit,
    /// Any time.
    Whenever,
}

fn store(company: &Company) -> PathBuf {
    company.path().join("kaizend.db")
}

fn wal(company: &Company) -> PathBuf {
    company.path().join("kaizend.db-wal")
}

/// Waits until the daemon carries its load, then for the moment that the aim asks for; a moment that does not come
/// is a kill at any time.
fn wait_for(aim: Aim, life: &mut Life<'_>, sink: &Sink, round: usize) {
    let begin = Instant::now();
    eventually(|| {
        let done = life.look();
        (done.mails >= 40 && done.runs >= 10) || begin.elapsed() > Duration::from_secs(20)
    });
    if let Aim::HeldAnswer = aim {
        sink.hold_next();
        let held = sink.held.recv_timeout(Duration::from_secs(20));
        assert_ne!(held, Err(RecvTimeoutError::Disconnected));
        sink.hold_none();
        return;
    }
    let spread = Duration::from_millis((round as u64 * 173) % 1000);
    let from = Instant::now();
    eventually(|| from.elapsed() > spread);
}

/// strace kills it; one that makes too few writes is killed at any time.
fn wait_for_strace(daemon: &mut Child) {
    let begin = Instant::now();
    eventually(|| {
        daemon.try_wait().is_ok_and(|ended| ended.is_some()) || begin.elapsed() > Duration::from_secs(20)
    });
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
    let company = busy::company(&sink);
    let mut tally = Tally::default();
    let mut known = BTreeSet::new();
    let mut pace = Pace::default();
    for round in 0..KILLS {
        let aim = [Aim::HeldAnswer, Aim::Commit, Aim::Commit, Aim::Whenever, Aim::Commit][round % 5];
        let mut daemon = busy::start(&company, aim, round);
        if let Aim::Commit = aim {
            // Once the daemon is dead, the first to open the store would fold its log in, and hide the commit.
            wait_for_strace(&mut daemon);
        } else {
            let mut life = Life::begin(&company, &sink);
            wait_for(aim, &mut life, &sink, round);
            life.end(&mut pace);
            known.extend(confirmed(&open(&company)));
        }
        busy::kill(daemon);
        tally.classify(&company);
        let after = confirmed(&open(&company));
        assert!(known.is_subset(&after), "round {round}: a confirmed finding is gone");
    }
    finish(&company);
    report(&company, &sink, &tally, &pace);
}

/// Lets the daemon send what is left, with schedules that do not come any more.
fn finish(company: &Company) {
    let path = company.path().join("kaizend.toml");
    let text = fs::read_to_string(&path).expect("a configuration");
    fs::write(&path, text.replace("\"every 1s\"", "\"0 0 1 1 *\"")).expect("a configuration");
    let daemon = busy::start(company, Aim::Whenever, 0);
    let left = "select count(*) from outbox where state not in ('sent') union all \
                select count(*) from notices where state = 'due' order by 1 desc limit 1";
    // The wait is bounded as long as nothing moves, not by the length of the queue.
    loop {
        let before = count(&open(company), left);
        if before == 0 {
            break;
        }
        assert!(eventually(|| count(&open(company), left) < before), "{before} mails or notices do not go");
    }
    busy::kill(daemon);
}

fn report(company: &Company, sink: &Sink, tally: &Tally, pace: &Pace) {
    let store = open(company);
    let integrity: String = store.query_row("pragma integrity_check", [], |row| row.get(0)).expect("a check");
    assert_eq!(integrity, "ok");
    drop(store);
    // Wherever the kills fell: each transaction is there with its row of the audit, or not at all.
    ends_with(0, &mut company.kaizend(&["audit", "verify"]));
    let store = open(company);
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
    let twice = times.values().filter(|times| **times > 1).count();
    let said = format!(
        "{KILLS} kills: {tally:?}; {} mails, {twice} of them twice and marked uncertain; {pace}\n",
        outbox.len()
    );
    // The test's output is the proof that the kills fell where they had to.
    std::io::stdout().write_all(said.as_bytes()).expect("the tally is printed");
    assert!(tally.data_started >= 10, "{said}");
    assert!(tally.in_commit >= 10, "{said}");
    // A crash of an idle daemon would prove nothing; how fast it was is printed, not asserted.
    assert!(outbox.len() >= 3 * KILLS, "too little for a busy daemon: {said}");
}
