//! The rows of a slot, a batch at a time and never all of them: what comes next, groups, pairs, joins.
//!
//! Only the batch in hand and the one before it are held, so ten million rows take as much memory as ten thousand.

use std::cmp::Ordering;

use crate::host::rows;
use crate::slot::{At, Fetch, Row};
use crate::{Result, log};

/// A slot being read, in the order that its `slot!` declares.
#[derive(Debug)]
pub struct Reading<R: Row> {
    cursor: rows::Cursor,
    kinds: Vec<String>,
    batch: Option<Batch<R>>,
    /// The batch before, whose last row is the one before the first of `batch`.
    before: Option<Batch<R>>,
    /// The next row of `batch`.
    next: usize,
    /// Rows read in earlier batches, for messages.
    passed: u64,
    ended: bool,
}

#[derive(Debug)]
struct Batch<R: Row> {
    rows: rows::Batch,
    len: usize,
    member: u32,
    columns: R::Columns,
}

/// Some neighbouring rows that belong together. What is not read of it is passed over.
#[derive(Debug)]
pub struct Group<'r, R: Row, S> {
    reading: &'r mut Reading<R>,
    same: &'r S,
    /// Rows read of this group.
    read: u64,
}

/// What a join found for a key.
#[derive(Clone, Copy, Debug)]
pub enum Joined<L, R> {
    /// A left row that no right row belongs to.
    Left(L),
    /// A left row and a right row that belongs to it; said once for each such right row.
    Both(L, R),
    /// A right row without a left one.
    Right(R),
}

impl<R: Row> Reading<R> {
    pub(crate) fn open() -> Result<Self> {
        let names = |names: &mut dyn Iterator<Item = &str>| names.map(str::to_owned).collect::<Vec<_>>();
        let columns = names(&mut R::SLOT.columns.iter().map(|column| column.name));
        let cursor = rows::open(R::SLOT.name, &columns, &names(&mut R::SLOT.order.iter().copied()))?;
        let kinds = cursor.kinds();
        Ok(Self { cursor, kinds, batch: None, before: None, next: 0, passed: 0, ended: false })
    }

    /// Whether the company's dataset has an optional column. False for every column of an unbound slot.
    pub fn has(&self, column: &str) -> bool {
        let at = R::SLOT.columns.iter().position(|known| known.name == column);
        at.and_then(|at| self.kinds.get(at)).is_some_and(|kind| kind != "absent")
    }

    /// Calls `look` with each row that is left. The quickest way to read a slot.
    pub fn each(mut self, mut look: impl FnMut(R::View<'_>) -> Result) -> Result {
        while self.fill()? {
            let Some(batch) = &self.batch else { break };
            for row in self.next..batch.len {
                log::reading(R::SLOT.name, self.passed + row as u64);
                look(batch.row(row))?;
            }
            self.next = batch.len;
        }
        Ok(())
    }

    /// The next row; `None` after the last.
    pub fn next_row(&mut self) -> Result<Option<R::View<'_>>> {
        if !self.fill()? {
            return Ok(None);
        }
        self.pass();
        Ok(self.current())
    }

    /// Calls `look` with each group of neighbouring rows, where `same(a, b)` says that the row `b` belongs to the group
    /// of the row `a` before it. The slot's `order by` has to bring such rows together.
    pub fn group_by<S>(mut self, same: S, mut look: impl FnMut(&mut Group<'_, R, S>) -> Result) -> Result
    where
        S: Fn(&R::View<'_>, &R::View<'_>) -> bool,
    {
        while self.fill()? {
            let mut group = Group { reading: &mut self, same: &same, read: 0 };
            look(&mut group)?;
            while group.next_row()?.is_some() {}
        }
        Ok(())
    }

    /// Calls `look` with the last row of each group: the latest, where the order ends with a date.
    pub fn latest_by<S>(self, same: S, mut look: impl FnMut(R::View<'_>) -> Result) -> Result
    where
        S: Fn(&R::View<'_>, &R::View<'_>) -> bool,
    {
        self.group_by(same, |group| match group.last_row()? {
            Some(row) => look(row),
            None => Ok(()),
        })
    }

    /// Makes sure that `batch` holds the next row; false at the end.
    #[inline]
    fn fill(&mut self) -> Result<bool> {
        if self.batch.as_ref().is_some_and(|batch| self.next < batch.len) {
            return Ok(true);
        }
        self.turn_over()
    }

    fn turn_over(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        // The older batch is let go before a new one is fetched.
        self.before = self.batch.take();
        self.passed += self.before.as_ref().map_or(0, |before| before.len as u64);
        self.next = 0;
        while let Some(rows) = self.cursor.next()? {
            log::reading(R::SLOT.name, self.passed);
            let batch = Batch::fetch(rows, &self.kinds)?;
            if batch.len > 0 {
                self.batch = Some(batch);
                return Ok(true);
            }
        }
        self.ended = true;
        Ok(false)
    }

    /// Steps over the next row, which `fill` has made sure of.
    #[inline]
    fn pass(&mut self) {
        log::reading(R::SLOT.name, self.passed + self.next as u64);
        self.next += 1;
    }

    /// The next row, which `fill` has made sure of.
    #[inline(always)]
    fn peek(&self) -> Option<R::View<'_>> {
        self.batch.as_ref().map(|batch| batch.row(self.next))
    }

    /// The row read last.
    #[inline(always)]
    fn current(&self) -> Option<R::View<'_>> {
        self.back(1)
    }

    /// The row `steps` (1 or 2) before the next one, in this batch or at the end of the batch before.
    #[inline(always)]
    fn back(&self, steps: usize) -> Option<R::View<'_>> {
        match self.next.checked_sub(steps) {
            Some(row) => self.batch.as_ref().map(|batch| batch.row(row)),
            None => {
                let before = self.before.as_ref()?;
                let row = (before.len + self.next).checked_sub(steps)?;
                Some(before.row(row))
            }
        }
    }

    /// Whether the next row, which `fill` has made sure of, belongs to the group of the row read last.
    #[inline(always)]
    fn goes_on(&self, same: &impl Fn(&R::View<'_>, &R::View<'_>) -> bool) -> bool {
        self.current().zip(self.peek()).is_some_and(|(current, next)| same(&current, &next))
    }
}

impl<R: Row> Batch<R> {
    fn fetch(rows: rows::Batch, kinds: &[String]) -> Result<Self> {
        let slot = const { &R::SLOT };
        let columns = R::fetch(&mut Fetch { slot, batch: &rows, kinds, next: 0 })?;
        Ok(Self { len: rows.len() as usize, member: rows.member(), rows, columns })
    }

    /// Inlined wherever it is used, so that only the columns which are looked at there are taken out.
    #[inline(always)]
    fn row(&self, row: usize) -> R::View<'_> {
        R::view(&self.columns, At { batch: &self.rows, row: row as u32, member: self.member })
    }
}

impl<R: Row, S> Group<'_, R, S>
where
    S: Fn(&R::View<'_>, &R::View<'_>) -> bool,
{
    /// The next row of the group; `None` after its last.
    pub fn next_row(&mut self) -> Result<Option<R::View<'_>>> {
        if !self.step()? {
            return Ok(None);
        }
        Ok(self.reading.current())
    }

    /// The next row together with the one before it, so that the first pair is the first and the second row; `None`
    /// after the last.
    pub fn next_pair(&mut self) -> Result<Option<(R::View<'_>, R::View<'_>)>> {
        if self.read == 0 && !self.step()? || !self.step()? {
            return Ok(None);
        }
        Ok(self.reading.back(2).zip(self.reading.current()))
    }

    /// The last row of the group.
    pub fn last_row(&mut self) -> Result<Option<R::View<'_>>> {
        while self.step()? {}
        Ok(self.reading.current())
    }

    fn step(&mut self) -> Result<bool> {
        if !self.reading.fill()? || self.read > 0 && !self.reading.goes_on(self.same) {
            return Ok(false);
        }
        self.reading.pass();
        self.read += 1;
        Ok(true)
    }
}

/// Joins two slots that are ordered by the same key, the left one with one row for each key, in one pass and in
/// constant memory. `compare` is the order of the two keys.
pub fn merge_join<L: Row, R: Row>(
    left: Reading<L>,
    right: Reading<R>,
    compare: impl Fn(&L::View<'_>, &R::View<'_>) -> Ordering,
    mut look: impl FnMut(Joined<L::View<'_>, R::View<'_>>) -> Result,
) -> Result {
    let (mut left, mut right, mut matched) = (left, right, false);
    while let Some(step) = compare_next(&mut left, &mut right, &compare)? {
        match step {
            Ordering::Less => {
                if let (Some(row), false) = (left.peek(), matched) {
                    look(Joined::Left(row))?;
                }
                left.pass();
                matched = false;
            }
            Ordering::Equal => {
                if let Some((left, right)) = left.peek().zip(right.peek()) {
                    look(Joined::Both(left, right))?;
                }
                right.pass();
                matched = true;
            }
            Ordering::Greater => {
                if let Some(row) = right.peek() {
                    look(Joined::Right(row))?;
                }
                right.pass();
            }
        }
    }
    Ok(())
}

/// How the keys of the next two rows compare; a side that has ended counts as greater. `None` when both have.
fn compare_next<L: Row, R: Row>(
    left: &mut Reading<L>,
    right: &mut Reading<R>,
    compare: &impl Fn(&L::View<'_>, &R::View<'_>) -> Ordering,
) -> Result<Option<Ordering>> {
    let (has_left, has_right) = (left.fill()?, right.fill()?);
    Ok(match (has_left, has_right) {
        (false, false) => None,
        (true, false) => Some(Ordering::Less),
        (false, true) => Some(Ordering::Greater),
        (true, true) => left.peek().zip(right.peek()).map(|(left, right)| compare(&left, &right)),
    })
}
