//! The company's rows, as a check asks for them.

use std::cell::RefCell;

use super::super::batch::{self, Values};
use super::playing;

#[derive(Debug, Default)]
pub(crate) struct Texts {
    pub(crate) offsets: Vec<u32>,
    pub(crate) bytes: Vec<u8>,
}

/// Each column is handed out once, as it would be copied into the sandbox once.
#[derive(Debug)]
pub(crate) struct Batch {
    len: u32,
    member: u32,
    columns: RefCell<Vec<Option<batch::Column>>>,
}

pub(crate) struct Cursor {
    kinds: Vec<String>,
    batches: RefCell<Box<dyn Iterator<Item = batch::Batch>>>,
}

impl std::fmt::Debug for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cursor").field("kinds", &self.kinds).finish_non_exhaustive()
    }
}

impl Batch {
    pub(crate) fn len(&self) -> u32 {
        self.len
    }

    pub(crate) fn member(&self) -> u32 {
        self.member
    }

    pub(crate) fn nulls(&self, column: u32) -> Option<Vec<u8>> {
        self.columns.borrow_mut()[column as usize].as_mut()?.nulls.take()
    }

    fn take(&self, column: u32) -> Values {
        let empty = Values::Integer(Vec::new());
        match &mut self.columns.borrow_mut()[column as usize] {
            Some(column) => std::mem::replace(&mut column.values, empty),
            None => empty,
        }
    }

    pub(crate) fn texts(&self, column: u32) -> Texts {
        match self.take(column) {
            Values::Text { offsets, bytes } => Texts { offsets, bytes },
            _ => Texts::default(),
        }
    }

    pub(crate) fn integers(&self, column: u32) -> Vec<i64> {
        if let Values::Integer(values) = self.take(column) { values } else { Vec::new() }
    }

    pub(crate) fn reals(&self, column: u32) -> Vec<f64> {
        if let Values::Real(values) = self.take(column) { values } else { Vec::new() }
    }

    pub(crate) fn booleans(&self, column: u32) -> Vec<u8> {
        if let Values::Boolean(values) = self.take(column) { values } else { Vec::new() }
    }

    pub(crate) fn dates(&self, column: u32) -> Vec<i32> {
        if let Values::Date(values) = self.take(column) { values } else { Vec::new() }
    }

    pub(crate) fn instants(&self, column: u32) -> Vec<i64> {
        if let Values::Instant(values) = self.take(column) { values } else { Vec::new() }
    }

    pub(crate) fn minor_units(&self, column: u32) -> Vec<i64> {
        match &mut self.columns.borrow_mut()[column as usize] {
            Some(batch::Column { values: Values::Money { minor_units, .. }, .. }) => {
                std::mem::take(minor_units)
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn currencies(&self, column: u32) -> Texts {
        match self.take(column) {
            Values::Money { offsets, bytes, .. } => Texts { offsets, bytes },
            _ => Texts::default(),
        }
    }
}

impl Cursor {
    pub(crate) fn kinds(&self) -> Vec<String> {
        self.kinds.clone()
    }

    pub(crate) fn next(&self) -> Result<Option<Batch>, String> {
        Ok(self.batches.borrow_mut().next().map(|batch| Batch {
            len: batch.len as u32,
            member: batch.member,
            columns: RefCell::new(batch.columns),
        }))
    }
}

pub(crate) fn is_bound(slot: &str) -> bool {
    playing(|playing| playing.look.slots.contains_key(slot))
}

pub(crate) fn members(slot: &str) -> Vec<String> {
    playing(|playing| playing.look.slots.get(slot).map_or_else(Vec::new, |bound| bound.members.clone()))
}

pub(crate) fn is_partial(slot: &str) -> bool {
    playing(|playing| playing.look.slots.get(slot).is_some_and(|bound| bound.partial))
}

pub(crate) fn open(slot: &str, columns: &[String], order_by: &[String]) -> Result<Cursor, String> {
    let bound = playing(|playing| match (playing.look.slots.get(slot), playing.manifest.slot(slot)) {
        (Some(bound), _) => Ok(Some(bound.clone())),
        (None, Some(declared)) if declared.optional => Ok(None),
        (None, _) => Err(format!("nothing is bound to the slot `{slot}`")),
    })?;
    let Some(bound) = bound else {
        let kinds = columns.iter().map(|_| "absent".to_owned()).collect();
        return Ok(Cursor { kinds, batches: RefCell::new(Box::new(std::iter::empty())) });
    };
    let kind = |column: &String| bound.source.kind(column).unwrap_or("absent").to_owned();
    let present: Vec<String> =
        order_by.iter().filter(|column| bound.source.kind(column).is_some()).cloned().collect();
    let batches = RefCell::new(bound.source.open(columns, &present)?);
    Ok(Cursor { kinds: columns.iter().map(kind).collect(), batches })
}
