//! The loop's body: one row of cells becomes one row of a batch, or a fault that names it.

use kaizend_core::rows::{Batch, Fault, FaultClass, Value};

use crate::{
    builder::BatchBuilder,
    convert::{Cell, Misfit, shown, text_of},
    note::{Tallies, Tally},
    projection::{Currency, Projection, Target},
};

/// Fills batches after the plan of a [`Projection`].
#[derive(Debug)]
pub(crate) struct Filler {
    projection: Projection,
    builder: BatchBuilder,
    /// One per target.
    tally: Vec<Tally>,
    tallies: Tallies,
    /// Rows that the source gave, hidden ones included.
    rows: u64,
    scratch: String,
}

/// Why a row was refused, before it is told which row it is.
struct Refused<'a> {
    column: &'a str,
    cell: usize,
    misfit: Misfit,
}

impl Filler {
    pub(crate) fn new(projection: Projection, tallies: Tallies) -> Self {
        Self {
            builder: BatchBuilder::new(projection.kinds()),
            tally: vec![Tally::default(); projection.targets.len()],
            projection,
            tallies,
            rows: 0,
            scratch: String::new(),
        }
    }

    /// Adds a row; `cell` gives the cell of each column of [`Projection::reads`]. `line` is where the row stands
    /// in a file.
    pub(crate) fn row<'r>(
        &mut self,
        cell: impl Fn(usize) -> Cell<'r>,
        line: Option<u64>,
    ) -> Result<(), Fault> {
        self.rows += 1;
        if let Some((at, horizon)) = &self.projection.row_horizon {
            let beyond = horizon.is_beyond(cell(*at), &mut self.scratch);
            let column = &self.projection.reads[*at];
            match beyond.map_err(|misfit| Refused { column, cell: *at, misfit }) {
                Ok(false) => {}
                Ok(true) => return Ok(()),
                Err(refused) => return Err(self.fault(refused, &cell, line)),
            }
        }
        for (at, target) in self.projection.targets.iter().enumerate() {
            let tally = &mut self.tally[at];
            if let Err(refused) = push(target, at, &cell, &mut self.builder, tally, &mut self.scratch) {
                return Err(self.fault(refused, &cell, line));
            }
        }
        if self.projection.placed {
            let place = i64::try_from(line.unwrap_or(self.rows)).unwrap_or(i64::MAX);
            self.builder.push(self.projection.targets.len(), Some(Value::Integer(place)));
        }
        self.builder.end_row();
        Ok(())
    }

    pub(crate) fn dataset(&self) -> &str {
        self.projection.dataset.as_str()
    }

    /// The batch, once it has its size.
    pub(crate) fn full(&mut self) -> Option<Batch> {
        self.builder.is_full().then(|| self.builder.take())
    }

    /// The last batch, if rows are left, after what was noticed is handed on.
    pub(crate) fn rest(&mut self) -> Option<Batch> {
        for (target, tally) in self.projection.targets.iter().zip(&self.tally) {
            self.tallies.put(&self.projection.dataset, &target.name, *tally);
        }
        (!self.builder.is_empty()).then(|| self.builder.take())
    }

    fn fault<'r>(&self, refused: Refused<'_>, cell: &impl Fn(usize) -> Cell<'r>, line: Option<u64>) -> Fault {
        let Refused { column, cell: at, misfit } = refused;
        let mut place: Vec<String> = line.map(|line| format!("line {line}")).into_iter().collect();
        for (name, at) in &self.projection.key {
            let mut scratch = String::new();
            if let Ok(text) = text_of(cell(*at), &mut scratch) {
                place.push(format!("{name} {text}"));
            }
        }
        let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
        let (dataset, row, held) = (&self.projection.dataset, self.rows, shown(cell(at)));
        let message =
            format!("dataset {dataset}, row {row}{place}: column `{column}` holds {held}, which {misfit}");
        Fault::new(FaultClass::Value, message)
    }
}

#[inline]
fn push<'t, 'r>(
    target: &'t Target,
    at: usize,
    cell: &impl Fn(usize) -> Cell<'r>,
    builder: &mut BatchBuilder,
    tally: &mut Tally,
    scratch: &mut String,
) -> Result<(), Refused<'t>> {
    let own = cell(target.cell);
    if target.mask.is_none() && builder.push_as_stored(at, own) {
        return Ok(());
    }
    let refused = |misfit| Refused { column: &target.name, cell: target.cell, misfit };
    if let Some(horizon) = &target.mask
        && horizon.is_beyond(own, scratch).map_err(refused)?
    {
        builder.push(at, None);
        return Ok(());
    }
    let value = target.converter.convert(own, scratch, tally).map_err(refused)?;
    match (value, &target.currency) {
        (Some(Value::Money { minor_units, .. }), Some(currency)) => {
            let mut scratch = String::new();
            let currency = currency_of(currency, cell, &mut scratch).map_err(refused)?;
            builder.push(at, Some(Value::Money { minor_units, currency }));
        }
        (value, _) => builder.push(at, value),
    }
    Ok(())
}

fn currency_of<'a, 'r: 'a>(
    currency: &'a Currency,
    cell: &impl Fn(usize) -> Cell<'r>,
    scratch: &'a mut String,
) -> Result<&'a str, Misfit> {
    match currency {
        Currency::Fixed(currency) => Ok(currency),
        Currency::Cell(at) => match text_of(cell(*at), scratch)?.trim() {
            "" => Err(Misfit::NoCurrency),
            currency => Ok(currency),
        },
    }
}
