//! Several ordered datasets in one order, without copying: runs of rows that lie together in one sheet become
//! one page. Rows that compare equal come in the order of the binding's list.

use std::{cmp::Ordering, sync::Arc};

use kaizend_core::{
    domain::Said,
    rows::{Batch, compare_rows},
};

use super::{Page, sheet::Sheet};

/// The sheet of one member that is being given out, from row `at` on.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) sheet: Arc<Sheet>,
    pub(super) at: usize,
    /// Given out with the first page.
    pub(super) said: Vec<Said>,
}

impl Head {
    pub(super) fn is_used_up(&self) -> bool {
        self.at == self.sheet.batch.len
    }
}

impl From<(Arc<Sheet>, Vec<Said>)> for Head {
    fn from((sheet, said): (Arc<Sheet>, Vec<Said>)) -> Self {
        Self { sheet, at: 0, said }
    }
}

/// Takes the next page off the heads; `None` when there are no heads left. `heads` are by member.
pub(super) fn next_page(heads: &mut [Option<Head>], by: &[usize]) -> Option<(usize, Page, Vec<Said>)> {
    let member = smallest(heads, by, None)?;
    let rival =
        smallest(heads, by, Some(member)).and_then(|rival| heads[rival].as_ref().map(|head| (rival, head)));
    let rival = rival.map(|(index, head)| (index, Arc::clone(&head.sheet), head.at));
    let head = heads[member].as_mut()?;
    let (from, len) = (head.at, head.sheet.batch.len);
    let to = match rival {
        None => len,
        Some((index, sheet, at)) => {
            let goes_first =
                |row: usize| goes_first((&head.sheet.batch, row, member), (&sheet.batch, at, index), by);
            (from + 1..len).find(|&row| !goes_first(row)).unwrap_or(len)
        }
    };
    head.at = to;
    let page = Page::new(Arc::clone(&head.sheet), from..to);
    Some((member, page, std::mem::take(&mut head.said)))
}

fn smallest(heads: &[Option<Head>], by: &[usize], without: Option<usize>) -> Option<usize> {
    let mut best: Option<(usize, &Head)> = None;
    for (member, head) in heads.iter().enumerate() {
        let Some(head) = head.as_ref().filter(|_| Some(member) != without) else { continue };
        let is_first = best.is_none_or(|(index, other)| {
            goes_first((&head.sheet.batch, head.at, member), (&other.sheet.batch, other.at, index), by)
        });
        if is_first {
            best = Some((member, head));
        }
    }
    best.map(|(member, _)| member)
}

/// Whether the left row, of the left member, comes before the right one.
fn goes_first(left: (&Batch, usize, usize), right: (&Batch, usize, usize), by: &[usize]) -> bool {
    match compare_rows((left.0, left.1), (right.0, right.1), by) {
        Ordering::Less => true,
        Ordering::Equal => left.2 < right.2,
        Ordering::Greater => false,
    }
}
