//! A hundred times kill -9: what was confirmed is there, every mail arrives, and a mail that arrives twice is
//! one that was marked uncertain.
//!
//! The daemon is killed while the mail server holds its answer back, while the store writes a commit, and at
//! any moment. Each kill is classified afterwards by what lies in the store, never by what was intended.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::RecvTimeoutError,
    time::{Duration, Instant},
};

use kaizend_tests::{Company, Sink, eventually};
use rusqlite::{Connection, OpenFlags};

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

/// Seven checks that find 25 new things of 25 owners every second: many mails. One that finds 1,000 old things of
/// changed evidence every second: commits of many pages.
fn busy_company(sink: &Sink) -> Company {
    let company = Company::default();
    company.sql(
        "create table numbers (n integer primary key);
         with recursive c(n) as (select 0 union all select n + 1 from c where n < 999) insert into numbers select n from c;
         delete from staff where id <> 'boss';
         insert into staff select 'p' || n, 'Person ' || n, 'p' || n || '@test.example', 'boss', 'en'
         from numbers where n < 25;",
    );
    let transport =
        format!(r#"{{ kind = "smtp", host = "127.0.0.1", port = {}, tls = "none" }}"#, sink.address.port());
    company.configure("baseline = \"tell\"", &transport);
    let text = fs::read_to_string(company.path().join("kaizend.toml")).expect("a configuration");
    let text = text.replace("\"0 8 * * *\"", "\"every 1s\"");
    let (head, check) = text.split_once("[checks.late]").expect("one check");
    let (head, dataset) = head.split_once("[datasets.promises]").expect("one dataset of promises");
    let (dataset, rest) = dataset.split_once("[datasets.staff]").expect("one dataset of staff");
    let orders = "select id, client, owner, what, promised, kept from orders";
    let query = |id: &str, owner: &str, below: u32| {
        let query = format!(
            "select {id} as id, 'c' as client, {owner} as owner, 'seen ' || strftime('%s', :now) as what, \
             date(:now, '-3 days') as promised, null as kept from numbers where n < {below}"
        );
        dataset.replace(orders, &query)
    };
    let fresh = query("strftime('%s', :now) || '-' || n", "'p' || n", 25);
    let old = query("'old-' || n", "'boss'", 1000);
    let mut text = format!("{head}[datasets.promises]{fresh}[datasets.old]{old}[datasets.staff]{rest}");
    for number in 0..7 {
        text += &format!("[checks.late-{number}]{check}\n");
    }
    text += &format!("[checks.old]{}\n", check.replace("promises = \"promises\"", "promises = \"old\""));
    company.write("kaizend.toml", &text);
    company
}

/// Starts the daemon; with `Aim::Commit` under strace, which kills it at some later write of a page.
fn start(company: &Company, aim: Aim, round: usize) -> Child {
    let daemon = company.kaizend(&["serve", "--log", "json"]);
    let mut command = match aim {
        Aim::Commit => killed_at_a_write(&daemon, 200 + (round * 137) % 1200),
        Aim::HeldAnswer | Aim::Whenever => daemon,
    };
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the daemon starts, under strace: apt-get install -y strace")
}

/// The same command, killed at the entry of the n-th write of a page by one thread: the store's writer.
fn killed_at_a_write(daemon: &Command, n: usize) -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e"]);
    strace.arg(format!("inject=pwrite64:signal=KILL:when={n}"));
    strace.arg(daemon.get_program()).args(daemon.get_args());
    if let Some(folder) = daemon.get_current_dir() {
        strace.current_dir(folder);
    }
    for (name, value) in daemon.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    strace
}

fn store(company: &Company) -> PathBuf {
    company.path().join("kaizend.db")
}

fn wal(company: &Company) -> PathBuf {
    company.path().join("kaizend.db-wal")
}

fn kill(mut daemon: Child) {
    // One that strace has killed is gone already.
    let _ = daemon.kill();
    daemon.wait().expect("it is gone");
}

/// Waits for the moment that the aim asks for; a moment that does not come is a kill at any time.
fn wait_for(aim: Aim, daemon: &mut Child, company: &Company, sink: &Sink, round: usize) {
    let begin = Instant::now();
    let late = || begin.elapsed() > Duration::from_secs(20);
    let runs = completed_runs(company);
    let mails = sink.count();
    let busy = || (sink.count() >= mails + 20 && completed_runs(company) >= runs + 6) || late();
    match aim {
        Aim::HeldAnswer => {
            eventually(busy);
            sink.hold_next();
            let held = sink.held.recv_timeout(Duration::from_secs(20));
            assert_ne!(held, Err(RecvTimeoutError::Disconnected));
            sink.hold_none();
        }
        // It is killed by itself; one that makes too few writes is killed at any time.
        Aim::Commit => {
            eventually(|| daemon.try_wait().is_ok_and(|ended| ended.is_some()) || late());
        }
        Aim::Whenever => {
            eventually(busy);
            let spread = Duration::from_millis((round as u64 * 173) % 1000);
            let from = Instant::now();
            eventually(|| from.elapsed() > spread);
        }
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

fn completed_runs(company: &Company) -> usize {
    if !store(company).exists() {
        return 0;
    }
    let query = "select count(*) from runs where state = 'completed'";
    // While the daemon makes the store, its tables are not there yet.
    open(company).query_row(query, [], |row| row.get(0)).unwrap_or(0)
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

/// What the daemon did while it was not traced.
#[derive(Debug, Default)]
struct Pace {
    alive: Duration,
    mails: usize,
    runs: usize,
}

/// The beginning of a round.
struct Lap {
    begin: Instant,
    mails: usize,
    runs: usize,
}

impl Lap {
    fn begin(company: &Company, sink: &Sink) -> Self {
        Self { begin: Instant::now(), mails: sink.count(), runs: completed_runs(company) }
    }
}

impl Pace {
    fn add(&mut self, lap: &Lap, company: &Company, sink: &Sink) {
        self.alive += lap.begin.elapsed();
        self.mails += sink.count() - lap.mails;
        self.runs += completed_runs(company) - lap.runs;
    }
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
    let mut pace = Pace::default();
    for round in 0..KILLS {
        let aim = [Aim::HeldAnswer, Aim::Commit, Aim::Commit, Aim::Whenever, Aim::Commit][round % 5];
        let mut daemon = start(&company, aim, round);
        let lap = Lap::begin(&company, &sink);
        wait_for(aim, &mut daemon, &company, &sink, round);
        // Once the daemon is dead, the first to open the store would fold its log in, and hide the commit.
        if !matches!(aim, Aim::Commit) {
            known.extend(confirmed(&open(&company)));
            pace.add(&lap, &company, &sink);
        }
        kill(daemon);
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
    let daemon = start(company, Aim::Whenever, 0);
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
    kill(daemon);
}

fn report(company: &Company, sink: &Sink, tally: &Tally, pace: &Pace) {
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
    let twice = times.values().filter(|times| **times > 1).count();
    let seconds = pace.alive.as_secs_f64();
    let (mails, runs) = (pace.mails as f64 / seconds, pace.runs as f64 / seconds);
    let said = format!(
        "{KILLS} kills: {tally:?}; {} mails, {twice} of them twice and marked uncertain; {mails:.0} mails and {runs:.0} \
         runs a second between kills\n",
        outbox.len()
    );
    // The test's output is the proof that the kills fell where they had to.
    std::io::stdout().write_all(said.as_bytes()).expect("the tally is printed");
    assert!(tally.data_started >= 10, "{said}");
    assert!(tally.in_commit >= 10, "{said}");
    // A crash of an idle daemon would prove nothing; how fast it was is printed, not asserted.
    assert!(outbox.len() >= 3 * KILLS, "too little for a busy daemon: {said}");
}
