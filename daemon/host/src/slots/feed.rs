//! Reads ahead: a task of its own opens the datasets of a slot, checks what comes, and keeps one helping of
//! pages ready while the plugin works on the one before.

use std::{collections::VecDeque, sync::Arc};

use kaizend_core::{domain::Said, rows::Fault};
use tokio::{sync::mpsc, task::AbortHandle};

use super::{
    Layout, Page,
    ledger::LedgerView,
    member_rows::MemberRows,
    merge::{Head, next_page},
};
use crate::{Ledger, Reader, WorkingTime, run::Stop};

/// Helpings that wait beside the one being prepared.
const READY: usize = 1;
/// Pages of one helping. A page is as large as its batch, but where datasets are merged it may be one row, and
/// passing each from task to task on its own would cost more than reading it.
const HELPING: usize = 1024;

/// The receiving end; reading stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Feed {
    helpings: mpsc::Receiver<Vec<Fed>>,
    taken: VecDeque<Fed>,
    task: AbortHandle,
}

/// What comes out of a feed.
#[derive(Debug)]
pub(crate) enum Fed {
    /// Rows, and the promises among them.
    Page(Page, Vec<Said>),
    /// The dataset of this member was read to its end.
    MemberEnded(usize),
    /// All members were.
    Ended,
    /// Nothing more comes.
    Stopped(Stop),
}

impl Feed {
    /// Must be called within a tokio runtime.
    pub(crate) fn start(
        layout: Arc<Layout>,
        readers: Vec<Arc<dyn Reader>>,
        ledger: Arc<dyn Ledger>,
        calendar: Arc<dyn WorkingTime>,
    ) -> Self {
        let (out, helpings) = mpsc::channel(READY);
        let reading = Reading { layout, readers, ledger: LedgerView { ledger, calendar }, out };
        let task = tokio::spawn(reading.run()).abort_handle();
        Self { helpings, taken: VecDeque::new(), task }
    }

    pub(crate) async fn next(&mut self) -> Fed {
        loop {
            if let Some(fed) = self.taken.pop_front() {
                return fed;
            }
            let Some(helping) = self.helpings.recv().await else {
                return Fed::Stopped(Stop::interrupted("reading broke off: see the daemon's log"));
            };
            self.taken.extend(helping);
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Reading {
    layout: Arc<Layout>,
    readers: Vec<Arc<dyn Reader>>,
    ledger: LedgerView,
    out: mpsc::Sender<Vec<Fed>>,
}

/// Why reading ends early.
enum Cut {
    Fault(Fault),
    /// The plugin is gone and nobody listens.
    Gone,
}

impl Reading {
    async fn run(self) {
        let read = if self.layout.order.is_empty() || self.readers.len() < 2 {
            self.one_after_another().await
        } else {
            self.merged().await
        };
        let last = match read {
            Ok(()) => Fed::Ended,
            Err(Cut::Fault(fault)) => Fed::Stopped(Stop::source(fault)),
            Err(Cut::Gone) => return,
        };
        // When the plugin is gone by now, there is nobody to tell.
        let _ = self.out.send(vec![last]).await;
    }

    async fn one_after_another(&self) -> Result<(), Cut> {
        for member in 0..self.readers.len() {
            let mut rows = self.open(member).await?;
            while let Some((sheet, said)) = rows.next().await? {
                let all = 0..sheet.batch.len;
                self.give(vec![Fed::Page(Page::new(sheet, all), said)]).await?;
            }
            self.give(vec![Fed::MemberEnded(member)]).await?;
        }
        Ok(())
    }

    async fn merged(&self) -> Result<(), Cut> {
        let mut rows = Vec::new();
        let mut heads = Vec::new();
        for member in 0..self.readers.len() {
            let mut opened = self.open(member).await?;
            heads.push(opened.next().await?.map(Head::from));
            rows.push(opened);
        }
        let unread = (0..heads.len()).filter(|&member| heads[member].is_none());
        let mut helping: Vec<Fed> = unread.map(Fed::MemberEnded).collect();
        while let Some((member, page, said)) = next_page(&mut heads, &self.layout.order) {
            helping.push(Fed::Page(page, said));
            let used_up = heads[member].as_ref().is_none_or(Head::is_used_up);
            if used_up || helping.len() >= HELPING {
                // What is ready is given out before waiting for more.
                self.give(std::mem::take(&mut helping)).await?;
            }
            if used_up {
                heads[member] = rows[member].next().await?.map(Head::from);
                helping.extend(heads[member].is_none().then_some(Fed::MemberEnded(member)));
            }
        }
        self.give(helping).await
    }

    async fn open(&self, member: usize) -> Result<MemberRows<'_>, Fault> {
        MemberRows::open(&self.layout, member, &*self.readers[member], &self.ledger).await
    }

    async fn give(&self, helping: Vec<Fed>) -> Result<(), Cut> {
        self.out.send(helping).await.map_err(|_| Cut::Gone)
    }
}

impl From<Fault> for Cut {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
