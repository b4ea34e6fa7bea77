//! What one run costs that does nothing: a fresh sandbox, the call, the report. The aim is 100 µs.
//!
//! `cargo run --release -p kaizend-host --example empty_run [PLUGIN.wasm]`

use std::{collections::BTreeMap, error::Error, io::Write, sync::Arc, time::Instant};

use jiff::{Timestamp, tz::TimeZone};
use kaizend_core::policy::calendar::Calendar;
use kaizend_host::{EmptyLedger, Ending, Host, Limits, Plugin, Request, Settings};

const RUNS: usize = 2000;

/// The smallest plugin there can be: one exported function that returns ok.
const EMPTY: &str = r#"(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "check") (result i32) i32.const 0)
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (@custom "kaizend" "\08\00\00\00manifestSIZEBODY"))
  (core instance $i (instantiate $m))
  (func (export "check") (result (result (error string)))
    (canon lift (core func $i "check") (memory (core memory $i "memory")) (realloc (core func $i "cabi_realloc")))))"#;
const MANIFEST: &str =
    r#"{"id":"empty","version":"1.0.0","api":"0.1.0","about":"Nothing.","slots":[],"topics":[]}"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let bytes = match std::env::args_os().nth(1) {
        Some(path) => std::fs::read(path)?,
        None => empty()?,
    };
    let host = Host::new(Settings::default())?;
    let plugin = host.load(&bytes)?;
    let mut micros = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let began = Instant::now();
        run(&host, &plugin).await?;
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    micros.sort_by(f64::total_cmp);
    let (median, slow) = (micros[RUNS / 2], micros[RUNS * 99 / 100]);
    writeln!(std::io::stdout(), "{RUNS} empty runs: median {median:.0} µs, 99 of 100 within {slow:.0} µs")?;
    Ok(())
}

async fn run(host: &Host, plugin: &Plugin) -> Result<(), Box<dyn Error>> {
    let request = Request {
        check: "empty".into(),
        now: Timestamp::UNIX_EPOCH,
        params: BTreeMap::new(),
        slots: BTreeMap::new(),
        state: BTreeMap::new(),
        calendar: Arc::new(Calendar::office(TimeZone::UTC)),
        ledger: Arc::new(EmptyLedger),
        limits: Limits::default(),
    };
    let (out, _heard) = tokio::sync::mpsc::channel(1);
    match host.run(plugin, request, out).await.ending {
        Ending::Completed => Ok(()),
        other => Err(format!("the run did not complete: {other:?}").into()),
    }
}

fn empty() -> Result<Vec<u8>, wat::Error> {
    let size: String =
        (MANIFEST.len() as u32).to_le_bytes().iter().map(|byte| format!("\\{byte:02x}")).collect();
    wat::parse_str(EMPTY.replace("SIZE", &size).replace("BODY", &MANIFEST.replace('"', "\\22")))
}
