//! How long it takes to decide and commit a look's findings, and how that grows; and how little a second look that sees
//! the same writes.
//!
//! `cargo run --release -p kaizend-store --example decide` goes from 1,000 to 100,000 findings through the real decision
//! (routes to an owner, no windows) into a durable store in a temporary folder.

use std::{
    collections::BTreeMap,
    error::Error,
    io::{Write, stdout},
    path::Path,
    sync::Arc,
    time::Instant,
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use kaizend_core::{
    domain::{
        CheckId, CheckMemory, Completeness, Finding, Look, Outcome, Person, PersonId, RunId, Said, Severity,
        Sighting, Trigger,
    },
    policy::{
        calendar::Calendar,
        decide::Verdict,
        office::Office,
        reconcile::{Baseline, Rule, reconcile},
        route::Router,
        window::Windows,
    },
};
use kaizend_store::{Begin, Close, Holder, Settings, Start, Started, Store};

const SIZES: [u64; 4] = [1_000, 10_000, 30_000, 100_000];
const CHUNK: u64 = 1_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut smallest = None;
    for size in SIZES {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("kaizend.db");
        let store = Store::open(&Settings { path: path.clone() })?;
        let first = look(&store, size, 0).await?;
        let written = pages(&path);
        let second = look(&store, size, 1).await?;
        let per_finding = first * 1e6 / size as f64;
        let base = *smallest.get_or_insert(per_finding);
        writeln!(
            stdout(),
            "{size:>7} findings: {first:6.2} s, {per_finding:5.0} µs each ({:.2} of the smallest's); \
             seen again: {second:6.2} s, {} KiB more in the store and its log",
            per_finding / base,
            pages(&path).saturating_sub(written) / 1024,
        )?;
        store.close().await;
    }
    Ok(())
}

/// Bytes of the store and its write-ahead log.
fn pages(path: &Path) -> u64 {
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |about| about.len());
    size(path) + size(&path.with_extension("db-wal"))
}

/// Stages and decides one look; the seconds of the decision.
async fn look(store: &Store, size: u64, hour: i64) -> Result<f64, Box<dyn Error>> {
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
    let start = Start {
        check: check(),
        by: Begin::Now(Trigger::Hand),
        holder: Holder::this_process(),
        now,
        lease_until: now + SignedDuration::from_mins(5),
        parallel: false,
    };
    let Started::Run(run) = store.start_run(start).await? else { return Err("the run did not start".into()) };
    for chunk in 0..size / CHUNK {
        let numbers = chunk * CHUNK..(chunk + 1) * CHUNK;
        store.stage(run, numbers.map(|n| Said::Sighting(Box::new(sighting(n)))).collect()).await?;
    }
    let began = Instant::now();
    store.close_run(run, close(run, now)).await?;
    Ok(began.elapsed().as_secs_f64())
}

fn close(run: RunId, now: Timestamp) -> Close {
    let calendar = Arc::new(Calendar::office(TimeZone::UTC));
    let rule = Rule {
        check: check(),
        baseline: Baseline::Tell,
        look_back: kaizend_core::domain::Span::Days(30),
        settle: kaizend_core::domain::Span::WorkingDays(1),
        calendar: Arc::clone(&calendar),
        owing: Arc::default(),
    };
    let look = Look { run, at: now, completeness: Completeness::Complete, first: None };
    let router = router(calendar, run, now);
    let decide = move |known: Option<Finding>, seen: Option<Verdict>| {
        reconcile(&rule, known.as_ref(), seen.as_ref(), &look, &router)
    };
    Close {
        at: now,
        outcome: Outcome::Completed { look: Completeness::Complete },
        rows: BTreeMap::new(),
        ended_ledgers: Vec::new(),
        memory: CheckMemory::default(),
        state_version: 1,
        notices: Vec::new(),
        decide: Box::new(decide),
    }
}

fn router(calendar: Arc<Calendar>, run: RunId, now: Timestamp) -> Router {
    let owner = Person { email: Some("five@test.example".to_owned()), ..Person::new("5", "Five") };
    let staff: BTreeMap<PersonId, Person> = [(owner.id.clone(), owner)].into();
    Router {
        office: Office {
            people: Arc::new(staff),
            hours: Arc::new(move |_: Option<&Person>| Arc::clone(&calendar)),
            windows: Windows::default(),
            director: None,
            urgent: Severity::Urgent,
        },
        routes: Arc::default(),
        clients: Arc::new(BTreeMap::<(String, String), String>::new()),
        ladder: None,
        fallback: None,
        run,
        now,
    }
}

fn check() -> CheckId {
    CheckId::from("late-orders")
}

fn sighting(number: u64) -> Sighting {
    Sighting {
        topic: "promise".to_owned(),
        key: vec![number.to_string()],
        stage: "overdue".to_owned(),
        stage_rank: 2,
        happened: None,
        about: [("owner".to_owned(), "5".to_owned()), ("client".to_owned(), format!("c{}", number % 5000))]
            .into(),
        severity: Severity::Normal,
        worth: None,
        evidence: BTreeMap::new(),
        links: Vec::new(),
        row: None,
        labels: BTreeMap::new(),
    }
}
