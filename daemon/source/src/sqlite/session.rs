//! One snapshot of a SQLite source: a thread that owns the connection and steps every statement that is open
//! on it, a batch at a time, for whoever has room.
//!
//! One connection is one transaction, so all streams see the same moment however they are interleaved. The
//! thread ends, and the transaction with it, when the handle and all streams are gone.

use std::{sync::mpsc, thread};

use kaizend_core::rows::{Fault, FaultClass};
use tokio::sync::oneshot;

use super::{
    Settings,
    connect::{Database, snapshot},
    describe,
    failure::Failure,
    order,
    prepare::{Checked, bind, needs_sample},
    stream::{Active, Batches, Left, Started},
};
use crate::{
    binds::Binds,
    convert::Decimal,
    dataset::{Asked, DatasetSpec},
    described::Described,
    filler::Filler,
    note::Tallies,
    projection::Projection,
    snapshot::Opened,
    spool::Spool,
};

/// Statements that may be opened in one snapshot. A check opens a few per slot.
const MOST_STATEMENTS: u64 = 256;

/// The handle of the thread.
#[derive(Debug)]
pub(crate) struct Session {
    source: String,
    commands: mpsc::Sender<Command>,
}

#[derive(Debug)]
pub(super) enum Command {
    Describe(Box<DatasetSpec>, oneshot::Sender<Result<Described, Fault>>),
    Open(Box<Request>, oneshot::Sender<Result<Started, Fault>>),
    /// The reader of a statement took a batch.
    Room(u64),
    /// The reader of a statement went away.
    Close(u64),
}

/// What to read of a dataset.
#[derive(Debug)]
pub(super) struct Request {
    spec: DatasetSpec,
    asked: Asked,
}

impl Session {
    /// Takes the snapshot: opens the file, copying it where it must be.
    pub(crate) async fn begin(
        source: String,
        settings: Settings,
        spool: Spool,
        binds: Binds,
        tallies: Tallies,
    ) -> Result<Self, Fault> {
        let (commands, received) = mpsc::channel();
        let (ready, begun) = oneshot::channel();
        let session = Self { source: source.clone(), commands };
        let thread = thread::Builder::new().name(format!("source {source}"));
        let started = thread.spawn(move || {
            let failure = Failure::new(&source, &settings);
            let database = match snapshot(&settings, &spool, &failure) {
                Ok(database) => database,
                // Whoever asked may be gone; then nobody needs the answer.
                Err(fault) => return drop(ready.send(Err(fault))),
            };
            if ready.send(Ok(())).is_ok() {
                Desk { database, failure, binds, tallies, received }.serve(Vec::new(), 0);
            }
        });
        started.map_err(|error| session.interrupted(&format!("no thread can be started: {error}")))?;
        begun.await.map_err(|_| session.broken())??;
        Ok(session)
    }

    pub(crate) async fn describe(&self, spec: &DatasetSpec) -> Result<Described, Fault> {
        let (reply, described) = oneshot::channel();
        self.send(Command::Describe(Box::new(spec.clone()), reply))?;
        described.await.map_err(|_| self.broken())?
    }

    pub(crate) async fn open(&self, spec: &DatasetSpec, asked: Asked) -> Result<Opened, Fault> {
        let (reply, started) = oneshot::channel();
        let request = Request { spec: spec.clone(), asked };
        self.send(Command::Open(Box::new(request), reply))?;
        let started = started.await.map_err(|_| self.broken())??;
        let sort_by = started.sort_by.clone();
        Ok(Opened { stream: Box::pin(Batches::new(started, self.commands.clone())), sort_by })
    }

    fn send(&self, command: Command) -> Result<(), Fault> {
        self.commands.send(command).map_err(|_| self.broken())
    }

    fn broken(&self) -> Fault {
        self.interrupted("its reading thread ended unexpectedly")
    }

    fn interrupted(&self, problem: &str) -> Fault {
        Fault::new(FaultClass::Interrupted, format!("source {}: {problem}", self.source))
    }
}

/// The thread's side.
struct Desk<'a> {
    database: Database,
    failure: Failure<'a>,
    binds: Binds,
    tallies: Tallies,
    received: mpsc::Receiver<Command>,
}

impl Desk<'_> {
    /// Serves until all handles are gone. A statement lives in the frame that opened it, and everything that is
    /// open goes on in the next frame: so the compiler knows that statements outlive their rows.
    fn serve<'s>(&'s self, mut open: Vec<Active<'s>>, opened: u64) {
        loop {
            let command = if open.iter().any(Active::has_room) {
                self.received.try_recv()
            } else {
                self.received.recv().map_err(|_| mpsc::TryRecvError::Disconnected)
            };
            match command {
                Ok(Command::Open(request, reply)) => {
                    let prepared = self.prepare(&request, opened);
                    let (mut statement, filler, sort_by) = match prepared {
                        Ok(prepared) => prepared,
                        Err(fault) => {
                            drop(reply.send(Err(fault)));
                            continue;
                        }
                    };
                    let mut open: Vec<Active<'_>> = open;
                    let (active, started) = Active::new(opened, statement.raw_query(), filler, sort_by);
                    if reply.send(Ok(started)).is_ok() {
                        open.push(active);
                    }
                    return self.serve(open, opened + 1);
                }
                Ok(Command::Describe(spec, reply)) => {
                    drop(reply.send(describe::within(&self.database, &spec, &self.binds, &self.failure)));
                }
                Ok(Command::Room(id)) => {
                    open.iter_mut().filter(|active| active.id == id).for_each(Active::make_room);
                }
                Ok(Command::Close(id)) => open.retain(|active| active.id != id),
                Err(mpsc::TryRecvError::Empty) => self.step(&mut open),
                Err(mpsc::TryRecvError::Disconnected) => return,
            }
        }
    }

    /// Steps the first statement that has room, and puts it behind the others.
    fn step(&self, open: &mut Vec<Active<'_>>) {
        let Some(at) = open.iter().position(Active::has_room) else { return };
        let mut active = open.remove(at);
        if active.step(&self.database.brake, &self.failure) == Left::More {
            open.push(active);
        }
    }

    fn prepare(&self, request: &Request, opened: u64) -> Result<Prepared<'_>, Fault> {
        let Request { spec, asked } = request;
        if opened >= MOST_STATEMENTS {
            let text = format!("dataset {}: over {MOST_STATEMENTS} readings in one run", spec.name);
            return Err(Fault::new(FaultClass::Limit, text));
        }
        let connection = &self.database.connection;
        let checked = Checked::new(connection, spec, &self.failure)?;
        let mut schema = checked.schema();
        if needs_sample(spec, &self.binds, &schema) {
            schema = describe::within(&self.database, spec, &self.binds, &self.failure)?.schema;
        }
        let projection = Projection::new(spec, &schema, asked, &self.binds, Decimal::Point)?;
        let by = projection.order(&asked.order_by)?;
        let mut select = checked.wrapped(&projection.reads);
        let mut sort_by = (!by.is_empty()).then(|| by.clone());
        if sort_by.is_some()
            && let Some(clause) =
                order::by_index(&self.database, &checked, &projection, &by, &select, &self.failure)?
        {
            select.push_str(&clause);
            sort_by = None;
        }
        let failed = |error| self.failure.reading(spec.name.as_str(), &error);
        let mut statement = connection.prepare(&select).map_err(failed)?;
        bind(&mut statement, &self.binds).map_err(failed)?;
        Ok((statement, Filler::new(projection, self.tallies.clone()), sort_by))
    }
}

type Prepared<'c> = (rusqlite::Statement<'c>, Filler, Option<Vec<usize>>);
