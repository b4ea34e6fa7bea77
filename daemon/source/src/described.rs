//! What a dataset's columns are: declared by the operator, else by the source, else seen in a sample.
//!
//! A sample refines only where the source keeps texts or declares nothing. It never turns an instant into a
//! date: that is a note for the operator.

use kaizend_core::{
    domain::DatasetName,
    rows::{Fault, FaultClass, Field, Kind, Schema, Value},
};

use crate::{
    convert::{Cell, Converter, Form, Misfit, Moments, Written},
    dataset::{ColumnSpec, DatasetSpec},
    nearest,
    note::{Note, Noticed, Tallies, Tally},
};

/// A dataset's columns, in the source's order, and what the sample noticed about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub schema: Schema,
    pub notes: Vec<Note>,
}

/// A sample has at most so many rows.
pub(crate) const SAMPLE_ROWS: usize = 200;

/// A column as its source sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceColumn {
    /// The dataset's own name of it.
    pub(crate) name: String,
    pub(crate) declared: Option<Kind>,
}

/// Looks at sample rows, one after the other.
pub(crate) struct Sample<'a> {
    dataset: &'a DatasetName,
    columns: Vec<Sampled>,
}

struct Sampled {
    column: SourceColumn,
    spec: ColumnSpec,
    moments: Moments,
    seen: Seen,
    tally: Tally,
}

/// Counts of what the cells of a column were.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    integers: usize,
    reals: usize,
    days: usize,
    times: usize,
    other: usize,
}

/// Names of columns must be unique, and every declared column must exist.
pub(crate) fn check_names(spec: &DatasetSpec, names: &[String]) -> Result<(), Fault> {
    let fault = |class, problem: String| Err(Fault::new(class, format!("dataset {}: {problem}", spec.name)));
    if let Some(name) =
        names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name))
    {
        return fault(
            FaultClass::Query,
            format!("two columns are called `{name}`: give one another name, with `as`"),
        );
    }
    let own = || names.iter().map(String::as_str);
    let key = spec.key.iter().map(|name| ("key", name));
    let declared = spec.columns.keys().map(|name| ("columns", name));
    let currencies = spec.columns.values().filter_map(|column| column.currency_column.as_ref());
    let as_of = spec.as_of.iter().flat_map(|as_of| std::iter::once(&as_of.row).chain(&as_of.mask));
    let all = key.chain(declared).chain(currencies.map(|name| ("currency-column", name)));
    for (setting, name) in all.chain(as_of.map(|name| ("as-of", name))) {
        if !names.contains(name) {
            let from = spec.column(name).from.map_or(String::new(), |from| format!(" (from `{from}`)"));
            let advice = nearest::advice(name, own());
            return fault(
                FaultClass::Column,
                format!("`{setting}` names `{name}`{from}, which the source does not have; {advice}"),
            );
        }
    }
    Ok(())
}

impl<'a> Sample<'a> {
    pub(crate) fn new(spec: &'a DatasetSpec, columns: Vec<SourceColumn>) -> Self {
        let columns = columns.into_iter().map(|column| {
            let declared = spec.column(&column.name);
            let moments =
                Moments { form: Form::of(declared.format.as_deref()), zone: spec.zone_of(&column.name) };
            Sampled { column, spec: declared, moments, seen: Seen::default(), tally: Tally::default() }
        });
        Self { dataset: &spec.name, columns: columns.collect() }
    }

    /// Adds a row; `cell` gives the cell of each column, in their order.
    pub(crate) fn row<'r>(&mut self, cell: impl Fn(usize) -> Cell<'r>) {
        for (at, sampled) in self.columns.iter_mut().enumerate() {
            sampled.see(cell(at));
        }
    }

    /// `cut_short`: the sample could not be read in time.
    pub(crate) fn described(self, cut_short: bool) -> Described {
        let tallies = Tallies::default();
        let mut notes = Vec::new();
        let mut fields = Vec::new();
        for sampled in self.columns {
            let kind = sampled.kind();
            if kind == Some(Kind::Instant) {
                tallies.put(self.dataset, &sampled.column.name, sampled.tally);
            }
            if cut_short && kind.is_none() {
                let column = sampled.column.name.clone();
                notes.push(Note { dataset: self.dataset.clone(), column, what: Noticed::SampleCutShort });
            }
            fields.push(Field { name: sampled.column.name, kind });
        }
        notes.extend(tallies.notes());
        Described { schema: Schema { fields }, notes }
    }
}

impl Sampled {
    fn see(&mut self, cell: Cell<'_>) {
        let unix = matches!(self.moments.form, Form::UnixSeconds | Form::UnixMillis);
        let count = match cell {
            Cell::Null => return,
            Cell::Integer(_) if !unix => &mut self.seen.integers,
            Cell::Real(_) if !unix => &mut self.seen.reals,
            cell => match self.moments.written(cell, Misfit::NoDate) {
                Ok(Written::Day(_)) => &mut self.seen.days,
                Ok(Written::Local(_) | Written::At(_)) => &mut self.seen.times,
                Err(_) => &mut self.seen.other,
            },
        };
        *count += 1;
        // Only an instant's remarks are used; a value that is none simply adds none.
        let instant = Converter::Instant(self.moments.clone());
        let _: Result<Option<Value<'_>>, Misfit> = instant.convert(cell, &mut String::new(), &mut self.tally);
    }

    fn kind(&self) -> Option<Kind> {
        let Self { spec, column, seen, .. } = self;
        let money = spec.currency.is_some() || spec.currency_column.is_some();
        spec.kind.or(money.then_some(Kind::Money)).or_else(|| match column.declared {
            // A declared format says that texts or numbers are moments.
            _ if spec.format.is_some() => seen.moment().or(column.declared),
            Some(Kind::Text) => seen.moment().or(Some(Kind::Text)),
            None => seen.moment().or_else(|| seen.number()).or_else(|| seen.text()),
            declared => declared,
        })
    }
}

impl Seen {
    fn total(self) -> usize {
        self.integers + self.reals + self.days + self.times + self.other
    }

    fn moment(self) -> Option<Kind> {
        let moments = self.days + self.times;
        if moments == 0 || moments < self.total() {
            None
        } else if self.times > 0 {
            Some(Kind::Instant)
        } else {
            Some(Kind::Date)
        }
    }

    fn number(self) -> Option<Kind> {
        let numbers = self.integers + self.reals;
        if numbers == 0 || numbers < self.total() {
            None
        } else if self.reals > 0 {
            Some(Kind::Real)
        } else {
            Some(Kind::Integer)
        }
    }

    /// Texts are known as such only where the source could have said something else.
    fn text(self) -> Option<Kind> {
        (self.integers + self.reals == 0 && self.other > 0).then_some(Kind::Text)
    }
}

/// Numbers in files are texts; kinds of CSV columns stay open unless they are moments.
pub(crate) fn leave_texts_open(described: &mut Described, spec: &DatasetSpec) {
    for field in &mut described.schema.fields {
        let declared = spec.column(&field.name).kind;
        if field.kind == Some(Kind::Text) && declared.is_none() {
            field.kind = None;
        }
    }
}
