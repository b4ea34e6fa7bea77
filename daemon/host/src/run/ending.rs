//! The words for a run that ended early, for people who did not write the plugin, and for the one who did.

use std::{collections::BTreeMap, time::Duration};

use kaizend_core::domain::Hindrance;
use wasmtime::{Error, Trap, WasmBacktrace};

use super::{Sandbox, Stop, sandbox::Panic};
use crate::{
    Failure,
    limits::{CALL_BYTES, bytes},
};

/// Why the plugin's code was left.
pub(super) fn failure(error: &Error, sandbox: &Sandbox) -> Failure {
    if let Some(stop) = error.downcast_ref::<Stop>() {
        return stop.clone().into_failure();
    }
    let frames = error.downcast_ref::<WasmBacktrace>().map(Frames::new).unwrap_or_default();
    let (hindrance, what) = match (&sandbox.panic, error.downcast_ref::<Trap>()) {
        (Some(panic), _) => (Hindrance::Panic, panicked(panic)),
        (None, Some(trap)) => trapped(*trap, &frames),
        (None, None) => refused(error, sandbox),
    };
    let message = format!("{what}{}", place(sandbox));
    Failure { hindrance, message }
}

/// For [`Stop`]s of the clock, which know nothing of rows.
pub(super) fn over_cpu(limit: Duration, sandbox: &Sandbox) -> Stop {
    let message = format!(
        "the plugin used up its {} of processor time{}: it loops, or has more rows than it was written for; where it \
         needs longer, raise `limits.cpu`",
        seconds(limit),
        place(sandbox)
    );
    Stop::of(Hindrance::Cpu, message)
}

pub(super) fn over_wall(limit: Duration, sandbox: &Sandbox) -> String {
    format!(
        "the run did not end within {}{}: the source is slow, or nobody takes its findings; where it needs longer, \
         raise `limits.wall`",
        seconds(limit),
        place(sandbox)
    )
}

fn place(sandbox: &Sandbox) -> String {
    sandbox.last_page.as_ref().map(|page| format!(", while it had {}", page.place())).unwrap_or_default()
}

fn panicked(panic: &Panic) -> String {
    const HINTS: &[(&str, &str)] = &[
        ("time not implemented", " (a check has no clock: use the context's `now`)"),
        ("not supported on this platform", " (a check has no files, threads or network)"),
        ("operation not supported", " (a check has no files, threads or network)"),
    ];
    let hint = HINTS.iter().find(|(part, _)| panic.message.contains(part)).map_or("", |(_, hint)| hint);
    let Panic { message, file, line, column } = panic;
    format!("the plugin panicked at {file}:{line}:{column}: {message}{hint}")
}

fn trapped(trap: Trap, frames: &Frames) -> (Hindrance, String) {
    let at = frames.words();
    match trap {
        Trap::StackOverflow => (Hindrance::Stack, overflow(frames)),
        // The SDK's stack lies at the low end of memory, so running over its end leaves the memory.
        Trap::MemoryOutOfBounds if frames.repeated().is_some() => (Hindrance::Stack, overflow(frames)),
        Trap::UnreachableCodeReached if frames.out_of_memory() => {
            (Hindrance::Memory, format!("the plugin could not get the memory that it asked for{at}"))
        }
        Trap::UnreachableCodeReached => (
            Hindrance::Trap,
            format!(
                "the plugin gave up without a message{at}: it aborted, or panicked without the SDK's panic hook, \
                 which `plugin!` sets"
            ),
        ),
        trap => {
            let words = trap.to_string();
            let words = words.strip_prefix("wasm trap: ").unwrap_or(&words);
            (Hindrance::Trap, format!("the plugin broke a rule of WebAssembly ({words}){at}"))
        }
    }
}

fn overflow(frames: &Frames) -> String {
    let who =
        frames.repeated().map(|name| format!(": `{name}` calls itself, again and again")).unwrap_or_default();
    format!("the plugin overflowed its stack{who}")
}

/// The engine's own refusals, which it tells only in words.
fn refused(error: &Error, sandbox: &Sandbox) -> (Hindrance, String) {
    let cause = error.root_cause().to_string();
    if cause.contains("fuel allocated for hostcalls") {
        let message = format!("the plugin passed more than {} to the host in one call", bytes(CALL_BYTES));
        return (Hindrance::Bound, message);
    }
    if cause.contains("handle limit exceeded") {
        let message = format!(
            "the plugin holds more than {} cursors, batches and unfinished findings at the same time: drop each when \
             it is done, or raise `limits.handles`",
            sandbox.limits.handles
        );
        return (Hindrance::Bound, message);
    }
    (Hindrance::Trap, format!("the plugin was stopped by the engine: {cause}"))
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        minutes if minutes >= 60 && minutes % 60 == 0 => format!("{} min", minutes / 60),
        seconds => format!("{seconds} s"),
    }
}

/// The names of the functions that were running, innermost first.
#[derive(Debug, Default)]
struct Frames(Vec<String>);

impl Frames {
    /// The engine demangles names only when it prints a backtrace, so its lines are read:
    /// `  0:   0x1f2 - plugin.wasm!orders::check`.
    fn new(backtrace: &WasmBacktrace) -> Self {
        let text = backtrace.to_string();
        let name = |line: &str| Some(line.split_once(" - ")?.1.split_once('!')?.1.trim().to_owned());
        Self(text.lines().filter_map(name).collect())
    }

    fn out_of_memory(&self) -> bool {
        const NAMES: [&str; 4] =
            ["rust_oom", "alloc_error_handler", "handle_alloc_error", "capacity_overflow"];
        self.0.iter().any(|frame| NAMES.iter().any(|name| frame.contains(name)))
    }

    /// A function that is there so often that it must be calling itself.
    fn repeated(&self) -> Option<&str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.0.iter().for_each(|name| *counts.entry(name).or_default() += 1);
        counts
            .into_iter()
            .filter(|(_, count)| *count >= 5)
            .max_by_key(|(_, count)| *count)
            .map(|(name, _)| name)
    }

    /// ` in `a`, called by `b``, leaving out what belongs to Rust's own machinery.
    fn words(&self) -> String {
        const OWN: [&str; 6] = ["core::", "std::", "alloc::", "rust_", "__rust", "panic"];
        let theirs = |name: &&String| !OWN.iter().any(|own| name.contains(own));
        let names: Vec<String> =
            self.0.iter().filter(theirs).take(3).map(|name| format!("`{name}`")).collect();
        if names.is_empty() { String::new() } else { format!(" in {}", names.join(", called by ")) }
    }
}
