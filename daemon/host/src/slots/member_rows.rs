//! One dataset of a slot while it is read: sheet after sheet, each in the order that was asked for.

use std::sync::Arc;

use futures_util::StreamExt;
use kaizend_core::{
    domain::Said,
    rows::{Fault, FaultClass, first_disorder},
};

use super::{Layout, ledger::LedgerView, sheet::Sheet};
use crate::{Reader, RowStream};

pub(super) struct MemberRows<'a> {
    layout: &'a Arc<Layout>,
    member: usize,
    ledger: &'a LedgerView,
    stream: RowStream,
    /// Rows that have come.
    rows: u64,
    /// Where the order goes on.
    last: Option<Arc<Sheet>>,
}

impl<'a> MemberRows<'a> {
    pub(super) async fn open(
        layout: &'a Arc<Layout>,
        member: usize,
        reader: &dyn Reader,
        ledger: &'a LedgerView,
    ) -> Result<Self, Fault> {
        let asked = &layout.members[member];
        let stream = reader.open(asked.wanted.clone(), asked.order_by.clone()).await?;
        Ok(Self { layout, member, ledger, stream, rows: 0, last: None })
    }

    /// The next sheet that has rows, and the promises in it; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<(Arc<Sheet>, Vec<Said>)>, Fault> {
        loop {
            let Some(batch) = self.stream.next().await.transpose()? else { return Ok(None) };
            if batch.len == 0 {
                continue;
            }
            let (sheet, said) = Sheet::fill(self.layout, self.member, self.rows, batch, self.ledger)?;
            self.check_order(&sheet)?;
            self.rows += sheet.batch.len as u64;
            let sheet = Arc::new(sheet);
            self.last = (!self.layout.order.is_empty()).then(|| Arc::clone(&sheet));
            return Ok(Some((sheet, said)));
        }
    }

    fn check_order(&self, sheet: &Sheet) -> Result<(), Fault> {
        let by = &self.layout.order;
        let last = self.last.as_ref().map(|last| (&last.batch, last.batch.len - 1));
        let Some(row) = first_disorder(last, &sheet.batch, by) else { return Ok(()) };
        let names: Vec<&str> = by.iter().map(|&at| self.layout.shown[at].name.as_str()).collect();
        Err(Fault::new(
            FaultClass::Order,
            format!(
                "{} comes before the row ahead of it: the source did not keep the order by {} (texts by their \
                 bytes, nulls last)",
                sheet.row_name(row),
                names.join(", ")
            ),
        ))
    }
}
