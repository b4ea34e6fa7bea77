//! Reads ahead: a task of its own opens the datasets of a slot, checks what comes, and keeps one page ready
//! while the plugin works on the page before.

use std::sync::Arc;

use futures_util::StreamExt;
use kaizend_core::{
    domain::Said,
    rows::{Fault, FaultClass, first_disorder},
};
use tokio::{sync::mpsc, task::AbortHandle};

use super::{
    Layout, Page,
    ledger::LedgerView,
    merge::{Head, next_page},
    sheet::Sheet,
};
use crate::{Ledger, Reader, RowStream, WorkingTime, run::Stop};

/// Pages that wait beside the one being prepared.
const READY: usize = 1;

/// The receiving end; reading stops when it is dropped.
#[derive(Debug)]
pub(crate) struct Feed {
    pages: mpsc::Receiver<Fed>,
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
        let (out, pages) = mpsc::channel(READY);
        let reading = Reading { layout, readers, ledger: LedgerView { ledger, calendar }, out };
        let task = tokio::spawn(reading.run()).abort_handle();
        Self { pages, task }
    }

    pub(crate) async fn next(&mut self) -> Fed {
        let broke_off = || Fed::Stopped(Stop::interrupted("reading broke off: see the daemon's log"));
        self.pages.recv().await.unwrap_or_else(broke_off)
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
    out: mpsc::Sender<Fed>,
}

/// The plugin is gone and nobody listens.
struct Gone;

impl Reading {
    async fn run(self) {
        let read = if self.layout.order.is_empty() || self.readers.len() < 2 {
            self.one_after_another().await
        } else {
            self.merged().await
        };
        let last = match read {
            Ok(()) => Fed::Ended,
            Err(fault) => Fed::Stopped(Stop::source(fault)),
        };
        // When the plugin is gone, there is nobody to tell.
        let _ = self.out.send(last).await;
    }

    async fn one_after_another(&self) -> Result<(), Fault> {
        for member in 0..self.readers.len() {
            let mut rows = self.open(member).await?;
            while let Some((sheet, said)) = rows.next().await? {
                let all = 0..sheet.batch.len;
                if self.give(Fed::Page(Page::new(sheet, all), said)).await.is_err() {
                    return Ok(());
                }
            }
            if self.give(Fed::MemberEnded(member)).await.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn merged(&self) -> Result<(), Fault> {
        let mut rows = Vec::new();
        let mut heads = Vec::new();
        for member in 0..self.readers.len() {
            let mut opened = self.open(member).await?;
            heads.push(opened.head().await?);
            rows.push(opened);
        }
        let mut ended: Vec<usize> = (0..heads.len()).filter(|&member| heads[member].is_none()).collect();
        loop {
            for member in ended.drain(..) {
                if self.give(Fed::MemberEnded(member)).await.is_err() {
                    return Ok(());
                }
            }
            let Some((member, page, said)) = next_page(&mut heads, &self.layout.order) else { return Ok(()) };
            if self.give(Fed::Page(page, said)).await.is_err() {
                return Ok(());
            }
            if heads[member].as_ref().is_some_and(|head| head.at == head.sheet.batch.len) {
                heads[member] = rows[member].head().await?;
                ended.extend(heads[member].is_none().then_some(member));
            }
        }
    }

    async fn open(&self, member: usize) -> Result<MemberRows<'_>, Fault> {
        let layout = &self.layout.members[member];
        let stream = self.readers[member].open(layout.wanted.clone(), layout.order_by.clone()).await?;
        Ok(MemberRows { reading: self, member, stream, rows: 0, last: None })
    }

    async fn give(&self, fed: Fed) -> Result<(), Gone> {
        self.out.send(fed).await.map_err(|_| Gone)
    }
}

/// One dataset while it is read.
struct MemberRows<'a> {
    reading: &'a Reading,
    member: usize,
    stream: RowStream,
    rows: u64,
    last: Option<Arc<Sheet>>,
}

impl MemberRows<'_> {
    /// The next sheet that has rows, and the promises in it.
    async fn next(&mut self) -> Result<Option<(Arc<Sheet>, Vec<Said>)>, Fault> {
        let Reading { layout, ledger, .. } = self.reading;
        loop {
            let Some(batch) = self.stream.next().await.transpose()? else { return Ok(None) };
            if batch.len == 0 {
                continue;
            }
            let (sheet, said) = Sheet::fill(layout, self.member, self.rows, batch, ledger)?;
            self.check_order(&sheet)?;
            self.rows += sheet.batch.len as u64;
            let sheet = Arc::new(sheet);
            self.last = (!layout.order.is_empty()).then(|| Arc::clone(&sheet));
            return Ok(Some((sheet, said)));
        }
    }

    async fn head(&mut self) -> Result<Option<Head>, Fault> {
        Ok(self.next().await?.map(|(sheet, said)| Head { sheet, at: 0, said }))
    }

    fn check_order(&self, sheet: &Sheet) -> Result<(), Fault> {
        let by = &self.reading.layout.order;
        let last = self.last.as_ref().map(|last| (&last.batch, last.batch.len - 1));
        let Some(row) = first_disorder(last, &sheet.batch, by) else { return Ok(()) };
        let names: Vec<&str> = by.iter().map(|&at| self.reading.layout.shown[at].name.as_str()).collect();
        Err(Fault::new(
            FaultClass::Order,
            format!(
                "{} comes before the row ahead of it: the source did not keep the order by {} (texts by their bytes, \
                 nulls last)",
                sheet.row_name(row),
                names.join(", ")
            ),
        ))
    }
}
