//! The pulse that lets a plugin be interrupted: every 10 ms while any plugin runs, and not at all otherwise.
//!
//! It has a thread of its own, because a plugin that loops keeps a thread of the runtime busy between pulses.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::Duration,
};

use wasmtime::Engine;

const TICK: Duration = Duration::from_millis(10);

/// The pulse of one engine; ends with it.
#[derive(Debug)]
pub(crate) struct Ticks {
    pulse: Arc<Pulse>,
    thread: Option<JoinHandle<()>>,
}

/// Keeps the pulse going while a plugin runs.
#[derive(Debug)]
pub(crate) struct Running(Arc<Pulse>);

#[derive(Debug, Default)]
struct Pulse {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    running: usize,
    stopped: bool,
}

impl Ticks {
    pub(crate) fn start(engine: Engine) -> std::io::Result<Self> {
        let pulse = Arc::new(Pulse::default());
        let beats = Arc::clone(&pulse);
        let thread = std::thread::Builder::new()
            .name("kaizend-ticks".to_owned())
            .spawn(move || beats.beat(&engine))?;
        Ok(Self { pulse, thread: Some(thread) })
    }

    pub(crate) fn running(&self) -> Running {
        self.pulse.lock().running += 1;
        self.pulse.changed.notify_one();
        Running(Arc::clone(&self.pulse))
    }
}

impl Pulse {
    fn beat(&self, engine: &Engine) {
        let mut state = self.lock();
        while !state.stopped {
            if state.running == 0 {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let waited = self.changed.wait_timeout_while(state, TICK, |state| !state.stopped);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            engine.increment_epoch();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
    }
}

impl Drop for Ticks {
    fn drop(&mut self) {
        self.pulse.lock().stopped = true;
        self.pulse.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // The thread ends at its next look at `stopped`; a panic in it has been printed already.
            let _ = thread.join();
        }
    }
}
