//! A check that misbehaves as its parameter `misbehave` says, and is honest otherwise.
//!
//! It is written with the SDK, as a careless author's would be: `tests/outside/hostile.rs` shows what a company's
//! operator then reads. It finds orders marked `late`, so that there is something that a bad look must not resolve.

use std::hint::black_box;

use kaizend_sdk::{Level, log, prelude::*};

slot! {
    /// Orders, one row each.
    pub struct Order: "orders" {
        /// The order's own number.
        id: Key,
        /// Who answers for it.
        owner: optional Key,
        /// How it stands: `late`, or anything else.
        standing: Text,
    }
    order by id;
}

params! {
    /// What the operator may set.
    pub struct Params {
        /// `none`, `loop`, `allocate`, `panic-at-row`, `overflow-stack`, `log-1gb`.
        misbehave: String = "none",
        /// The row that the check cannot bear, counted from 1.
        at_row: i64 = "4711",
    }
}

const LATE: Topic = Topic::condition("late", "An order is late.", &[]);

plugin! {
    about: "Misbehaves as it is told.",
    slots: [Order],
    params: Params,
    topics: [LATE],
    messages: ["en"],
    check: check,
}

fn check(run: &Run, params: &Params) -> Result {
    let mut row = 0;
    run.read::<Order>()?.each(|order| {
        row += 1;
        if row == params.at_row {
            misbehave(&params.misbehave)?;
        }
        if order.standing != "late" {
            return Ok(());
        }
        Finding::new(LATE.alone(), &[order.id])
            .row(&order)
            .about("owner", order.owner)
            .fact("what", order.id)
            .emit()
    })
}

/// Each of these comes in the middle of the reading, when findings were already said.
fn misbehave(how: &str) -> Result {
    match how {
        "none" => Ok(()),
        "loop" => loop {
            black_box(());
        },
        "allocate" => allocate(),
        "panic-at-row" => panic!("this order is beyond me"),
        "overflow-stack" => {
            black_box(dive(0));
            Ok(())
        }
        "log-1gb" => {
            talk();
            Ok(())
        }
        other => Err(Error::new(format_args!("`{other}` is no way to misbehave"))),
    }
}

/// Keeps a megabyte, and another one, for ever.
fn allocate() -> Result {
    let mut kept = Vec::new();
    loop {
        kept.push(black_box(vec![1_u8; 1 << 20]));
    }
}

/// Calls itself for ever; what it adds afterwards keeps the compiler from making a loop of it.
#[inline(never)]
fn dive(depth: u64) -> u64 {
    if black_box(depth) == u64::MAX { 0 } else { dive(depth + 1) ^ black_box(depth) }
}

/// A gigabyte in ten thousand lines.
fn talk() {
    let line = "la ".repeat(35_000);
    for _ in 0..10_000 {
        log(Level::Note, &line);
    }
}
