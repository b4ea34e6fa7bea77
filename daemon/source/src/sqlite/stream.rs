//! One open statement, from both sides: the thread that steps it, and the stream that hands its batches on.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    task::{Context, Poll},
    time::Instant,
};

use futures_util::Stream;
use kaizend_core::rows::{Batch, Fault};
use rusqlite::Rows;
use tokio::sync::mpsc as channel;

use super::{failure::Failure, prepare::cell, session::Command};
use crate::filler::Filler;

/// Batches that may wait for their reader.
const AHEAD: usize = 2;

/// Stops the statement that is stepped now: when its reader went away, or when its time is over.
#[derive(Debug, Default)]
pub(super) struct Brake(Mutex<Pulled>);

#[derive(Debug, Default)]
struct Pulled {
    by: Option<Arc<AtomicBool>>,
    at: Option<Instant>,
}

impl Brake {
    pub(super) fn is_pulled(&self) -> bool {
        let pulled = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pulled.by.as_ref().is_some_and(|by| by.load(Ordering::Relaxed))
            || pulled.at.is_some_and(|at| Instant::now() >= at)
    }

    pub(super) fn pull_at(&self, at: Instant) {
        self.set(Pulled { by: None, at: Some(at) });
    }

    pub(super) fn release(&self) {
        self.set(Pulled::default());
    }

    fn pull_by(&self, by: &Arc<AtomicBool>) {
        self.set(Pulled { by: Some(Arc::clone(by)), at: None });
    }

    fn set(&self, pulled: Pulled) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = pulled;
    }
}

/// A statement that is being read, on its thread.
pub(super) struct Active<'s> {
    pub(super) id: u64,
    rows: Rows<'s>,
    filler: Filler,
    sender: channel::UnboundedSender<Result<Batch, Fault>>,
    gone: Arc<AtomicBool>,
    /// Batches that the reader still has room for.
    room: usize,
}

/// Whether a statement has more to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    More,
    Nothing,
}

/// What the thread gives to whoever asked for a reading.
#[derive(Debug)]
pub(super) struct Started {
    id: u64,
    batches: channel::UnboundedReceiver<Result<Batch, Fault>>,
    gone: Arc<AtomicBool>,
    /// The order that is still to be made; `None` when the rows come as they were asked for.
    pub(super) sort_by: Option<Vec<usize>>,
}

impl<'s> Active<'s> {
    /// The two sides of a reading.
    pub(super) fn new(
        id: u64,
        rows: Rows<'s>,
        filler: Filler,
        sort_by: Option<Vec<usize>>,
    ) -> (Self, Started) {
        let (sender, batches) = channel::unbounded_channel();
        let gone = Arc::new(AtomicBool::new(false));
        let started = Started { id, batches, gone: Arc::clone(&gone), sort_by };
        (Self { id, rows, filler, sender, gone, room: AHEAD }, started)
    }

    pub(super) fn has_room(&self) -> bool {
        self.room > 0
    }

    pub(super) fn make_room(&mut self) {
        self.room += 1;
    }

    /// Steps the statement until a batch is full, and hands it on.
    pub(super) fn step(&mut self, brake: &Brake, failure: &Failure<'_>) -> Left {
        brake.pull_by(&self.gone);
        let filled = self.fill(failure);
        brake.release();
        self.room -= 1;
        let (batch, left) = match filled {
            Ok(Some(batch)) => (Some(Ok(batch)), Left::More),
            Ok(None) => (self.filler.rest().map(Ok), Left::Nothing),
            Err(fault) => (Some(Err(fault)), Left::Nothing),
        };
        // A reader that went away wants nothing any more.
        let sent = batch.is_none_or(|batch| self.sender.send(batch).is_ok());
        if sent { left } else { Left::Nothing }
    }

    fn fill(&mut self, failure: &Failure<'_>) -> Result<Option<Batch>, Fault> {
        loop {
            match self.rows.next() {
                Ok(Some(row)) => self.filler.row(|at| cell(row, at), None)?,
                Ok(None) => return Ok(None),
                Err(error) => return Err(failure.reading(self.filler.dataset(), &error)),
            }
            if let Some(batch) = self.filler.full() {
                return Ok(Some(batch));
            }
        }
    }
}

/// The batches of a statement. Dropping it stops the statement.
pub(super) struct Batches {
    id: u64,
    batches: channel::UnboundedReceiver<Result<Batch, Fault>>,
    commands: mpsc::Sender<Command>,
    gone: Arc<AtomicBool>,
}

impl Batches {
    pub(super) fn new(started: Started, commands: mpsc::Sender<Command>) -> Self {
        let Started { id, batches, gone, .. } = started;
        Self { id, batches, commands, gone }
    }
}

impl Stream for Batches {
    type Item = Result<Batch, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.batches.poll_recv(context);
        if let Poll::Ready(Some(Ok(_))) = next {
            // The thread may have ended after the last batch: then nobody needs to know.
            let _: Result<(), mpsc::SendError<Command>> = self.commands.send(Command::Room(self.id));
        }
        next
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
        let _: Result<(), mpsc::SendError<Command>> = self.commands.send(Command::Close(self.id));
    }
}
