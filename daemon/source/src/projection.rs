//! Which of a source's columns to read, and what becomes of them: the plan of one reading.
//!
//! The columns asked for, the currencies beside amounts, and the columns that tell how the dataset looked at an
//! earlier instant. Everything that can be refused before the first row is refused here.

use jiff::fmt::strtime::BrokenDownTime;
use kaizend_core::{
    domain::DatasetName,
    rows::{Fault, FaultClass, Kind, Schema},
};

use crate::{
    binds::Binds,
    convert::{Converter, Decimal, Form, Moments},
    dataset::{Asked, DatasetSpec, Wanted},
    hindsight::Horizon,
    nearest,
};

/// The plan of one reading. A row's cells are `reads`, in that order.
#[derive(Debug)]
pub(crate) struct Projection {
    pub(crate) dataset: DatasetName,
    /// The dataset's own names of the columns to read.
    pub(crate) reads: Vec<String>,
    pub(crate) targets: Vec<Target>,
    /// The cells that name a row in messages, where they are read anyway.
    pub(crate) key: Vec<(String, usize)>,
    /// Rows later than this are hidden.
    pub(crate) row_horizon: Option<(usize, Horizon)>,
    /// One more column, an integer: the row's line in its file, else its number.
    pub(crate) placed: bool,
}

/// One column of the batch to come.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) cell: usize,
    pub(crate) converter: Converter,
    pub(crate) currency: Option<Currency>,
    /// Values later than this are null.
    pub(crate) mask: Option<Horizon>,
}

/// Where the currency of an amount comes from.
#[derive(Debug)]
pub(crate) enum Currency {
    Fixed(String),
    Cell(usize),
}

impl Projection {
    /// Plans to read what is `asked` of a dataset whose source has the columns of `schema`, by the dataset's own names.
    pub(crate) fn new(
        spec: &DatasetSpec,
        schema: &Schema,
        asked: &Asked,
        binds: &Binds,
        decimal: Decimal,
    ) -> Result<Self, Fault> {
        let mut planner = Planner { spec, schema, decimal, reads: Vec::new() };
        let mut targets = asked
            .columns
            .iter()
            .map(|wanted| planner.target(wanted))
            .collect::<Result<Vec<Target>, Fault>>()?;
        let mut row_horizon = None;
        if let (Some(as_of), Some(known_at)) = (&spec.as_of, binds.known_at) {
            let horizon = planner.horizon(&as_of.row, known_at)?;
            row_horizon = Some((planner.read(&as_of.row)?, horizon));
            for masked in &as_of.mask {
                let horizon = planner.horizon(masked, known_at)?;
                for target in targets.iter_mut().filter(|target| &target.name == masked) {
                    target.mask = Some(horizon.clone());
                }
            }
        }
        let key = spec.key.iter().filter_map(|name| Some((name.clone(), planner.already(name)?))).collect();
        let placed = asked.placed;
        Ok(Self { dataset: spec.name.clone(), reads: planner.reads, targets, key, row_horizon, placed })
    }

    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let kinds = self.targets.iter().map(|target| target.kind);
        kinds.chain(self.placed.then_some(Kind::Integer)).collect()
    }

    /// The positions of the columns to order by.
    pub(crate) fn order(&self, by: &[String]) -> Result<Vec<usize>, Fault> {
        by.iter()
            .map(|name| {
                self.targets.iter().position(|target| &target.name == name).ok_or_else(|| {
                    let message = format!(
                        "dataset {} cannot be ordered by `{name}`, because that column is not read",
                        self.dataset
                    );
                    Fault::new(FaultClass::Column, message)
                })
            })
            .collect()
    }
}

struct Planner<'a> {
    spec: &'a DatasetSpec,
    schema: &'a Schema,
    decimal: Decimal,
    reads: Vec<String>,
}

impl Planner<'_> {
    fn target(&mut self, wanted: &Wanted) -> Result<Target, Fault> {
        let spec = self.spec.column(&wanted.name);
        let cell = self.read(&wanted.name)?;
        let moments = self.moments(&wanted.name, wanted.kind)?;
        Ok(Target {
            name: wanted.name.clone(),
            kind: wanted.kind,
            cell,
            converter: Converter::new(wanted.kind, &spec, moments, self.decimal),
            currency: if wanted.kind == Kind::Money { Some(self.currency(&wanted.name)?) } else { None },
            mask: None,
        })
    }

    fn already(&self, name: &str) -> Option<usize> {
        self.reads.iter().position(|read| read == name)
    }

    /// The cell of a column, which is read from now on.
    fn read(&mut self, name: &str) -> Result<usize, Fault> {
        if let Some(cell) = self.already(name) {
            return Ok(cell);
        }
        if self.schema.field(name).is_none() {
            let advice = nearest::advice(name, self.schema.names());
            let text = format!("dataset {} has no column `{name}`; {advice}", self.spec.name);
            return Err(Fault::new(FaultClass::Column, text));
        }
        self.reads.push(name.to_owned());
        Ok(self.reads.len() - 1)
    }

    fn currency(&mut self, name: &str) -> Result<Currency, Fault> {
        let spec = self.spec.column(name);
        match (spec.currency, spec.currency_column) {
            (_, Some(column)) => Ok(Currency::Cell(self.read(&column)?)),
            (Some(currency), None) => Ok(Currency::Fixed(currency)),
            (None, None) => Err(self.fault(
                name,
                "is money without a currency: say `currency = \"EUR\"` or name the `currency-column`",
            )),
        }
    }

    fn moments(&self, name: &str, kind: Kind) -> Result<Moments, Fault> {
        let form = Form::of(self.spec.column(name).format.as_deref());
        if let (Form::Pattern(pattern), Kind::Date | Kind::Instant) = (&form, kind) {
            check_pattern(pattern).map_err(|why| {
                self.fault(name, &format!("has the format `{pattern}`, which cannot be used: {why}"))
            })?;
        }
        Ok(Moments { form, zone: self.spec.zone_of(name) })
    }

    /// What was known of a column at an instant; it must be a date or an instant.
    fn horizon(&self, name: &str, known_at: jiff::Timestamp) -> Result<Horizon, Fault> {
        let declared = self.spec.column(name).kind;
        let kind = declared.or_else(|| self.schema.field(name).and_then(|field| field.kind));
        match kind {
            Some(kind @ (Kind::Date | Kind::Instant)) => {
                Ok(Horizon::new(kind, self.moments(name, kind)?, known_at))
            }
            _ => Err(self.fault(
                name,
                "is named by `as-of` but holds neither dates nor instants: declare its `type`, or name another",
            )),
        }
    }

    fn fault(&self, column: &str, problem: &str) -> Fault {
        Fault::new(FaultClass::Column, format!("dataset {}: column `{column}` {problem}", self.spec.name))
    }
}

/// A pattern must write and read back a day; anything else would fail on every row.
fn check_pattern(pattern: &str) -> Result<(), String> {
    let moment = jiff::civil::date(2026, 11, 23).at(9, 30, 0, 0).in_tz("UTC").map_err(|e| e.to_string())?;
    let text = jiff::fmt::strtime::format(pattern, &moment).map_err(|error| error.to_string())?;
    let parts = BrokenDownTime::parse(pattern, &text).map_err(|error| error.to_string())?;
    let day = parts
        .to_date()
        .or_else(|_| parts.to_timestamp().map(|at| jiff::tz::TimeZone::UTC.to_datetime(at).date()));
    day.map(|_| ()).map_err(|_| "it says no year, month and day".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_must_say_a_day() {
        for (pattern, usable) in [
            ("%d/%m/%Y", true),
            ("%d.%m.%y", true),
            ("%Y%m%d", true),
            ("%d.%m.%Y %H:%M %z", true),
            ("%s", true),
            ("%H:%M", false),
            ("%Y-%m", false),
            ("dd/mm/yyyy", false),
            ("%d/%m/%", false),
        ] {
            assert_eq!(check_pattern(pattern).is_ok(), usable, "{pattern}");
        }
    }
}
