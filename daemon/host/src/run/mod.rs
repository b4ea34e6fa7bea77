//! One run of one plugin: set up, called, bounded, accounted for.

mod ending;
mod journal;
mod keep;
mod memory;
mod meter;
mod readings;
mod sandbox;
mod stop;
mod voice;

use std::{sync::Arc, time::Duration};

use kaizend_core::domain::{Hindrance, Said};
use tokio::{sync::mpsc::Sender, time::timeout};
use wasmtime::{Store, UpdateDeadline};

use self::{
    journal::Journal, keep::Keep, memory::MemoryBound, meter::Meter, readings::Readings, voice::Voice,
};
pub(crate) use self::{
    sandbox::{Panic, Sandbox},
    stop::Stop,
};
use crate::{Ending, Failure, Host, Plugin, Report, Request, limits::CALL_BYTES};

/// How long a failed run waits for somebody to take the promises that it saw.
const LAST_WORDS: Duration = Duration::from_secs(5);

impl Host {
    /// Runs a plugin once. What it says goes into `said` in chunks, as fast as they are taken; nothing of it
    /// counts unless the report's ending is `Completed`, but for promises of datasets in `ended`.
    ///
    /// Must be called within a tokio runtime with time enabled; several threads let reading and checking overlap.
    pub async fn run(&self, plugin: &Plugin, request: Request, said: Sender<Vec<Said>>) -> Report {
        let wall = request.limits.wall;
        let sandbox = match Sandbox::new(plugin.shared(), request, Voice::new(said)) {
            Ok(sandbox) => sandbox,
            Err(stop) => return never_ran(stop.into_failure()),
        };
        let meter = Arc::new(Meter::default());
        let mut store = self.store(sandbox, &meter);
        let running = self.ticks.running();
        let ending = match timeout(wall, meter.charge(call(plugin, &mut store))).await {
            Ok(ending) => ending,
            Err(_) => Ending::TimedOut { message: ending::over_wall(wall, store.data()) },
        };
        drop(running);
        let mut sandbox = store.into_data();
        let heard = ending == Ending::Completed || last_words(&mut sandbox).await;
        report(sandbox, ending, heard, meter.used())
    }

    fn store(&self, sandbox: Sandbox, meter: &Arc<Meter>) -> Store<Sandbox> {
        let (cpu, handles) = (sandbox.limits.cpu, sandbox.limits.handles);
        let mut store = Store::new(&self.engine, sandbox);
        store.limiter(|sandbox| &mut sandbox.memory);
        store.set_hostcall_fuel(CALL_BYTES);
        store.set_max_component_handles(handles);
        store.set_epoch_deadline(1);
        let meter = Arc::clone(meter);
        store.epoch_deadline_callback(move |store| {
            if meter.used_now() >= cpu {
                return Err(ending::over_cpu(cpu, store.data()).into());
            }
            Ok(UpdateDeadline::Yield(1))
        });
        store
    }
}

/// Calls the plugin's one function, and says what only a completed run says.
async fn call(plugin: &Plugin, store: &mut Store<Sandbox>) -> Ending {
    let answer = match plugin.ready.instantiate_async(&mut *store).await {
        Ok(instance) => instance.call_check(&mut *store).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(Ok(())) => match store.data_mut().finish().await {
            Ok(()) => Ending::Completed,
            Err(stop) => Ending::Failed(stop.into_failure()),
        },
        Ok(Err(message)) => {
            let message = format!("the plugin could not answer: {message}");
            Ending::Failed(Stop::of(Hindrance::NoAnswer, message).into_failure())
        }
        Err(error) => Ending::Failed(ending::failure(&error, store.data())),
    }
}

/// Passes on the promises that a failed run saw. When nobody takes them, no dataset counts as read.
async fn last_words(sandbox: &mut Sandbox) -> bool {
    matches!(timeout(LAST_WORDS, sandbox.voice.flush()).await, Ok(Ok(())))
}

fn never_ran(failure: Failure) -> Report {
    Report {
        ending: Ending::Failed(failure),
        rows: std::collections::BTreeMap::new(),
        ended: Vec::new(),
        partial: false,
        log: Vec::new(),
        log_dropped: 0,
        findings: 0,
        cpu: Duration::ZERO,
        peak_memory: 0,
    }
}

fn report(sandbox: Sandbox, ending: Ending, heard: bool, cpu: Duration) -> Report {
    let Sandbox { slots, readings, voice, journal, memory, .. } = sandbox;
    let (log, log_dropped) = journal.into_parts();
    Report {
        ending,
        rows: readings.rows(&slots),
        ended: if heard { readings.ended_datasets(&slots) } else { Vec::new() },
        partial: readings.partial(&slots),
        log,
        log_dropped,
        findings: voice.findings(),
        cpu,
        peak_memory: memory.peak(),
    }
}
