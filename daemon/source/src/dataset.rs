//! What configuration says of a dataset: its query, what its columns hold, and how it looked in the past.
//!
//! Everything here is a plain value that the top room fills. Nothing here reads.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use kaizend_core::{domain::DatasetName, policy::people::DayFault, rows::Kind};

use crate::convert::{Cell, Form, Misfit, Moments};

/// A named, typed query on a source.
#[derive(Clone, Debug)]
pub struct DatasetSpec {
    pub name: DatasetName,
    pub query: Query,
    /// Columns that make a row's key. Only messages use it here: "row 17 (id 10264)". May be empty.
    pub key: Vec<String>,
    /// What is declared about columns, by the dataset's own names. A column without an entry is described by
    /// its source.
    pub columns: BTreeMap<String, ColumnSpec>,
    pub as_of: Option<AsOf>,
    /// The zone of naive values, unless a column has its own.
    pub zone: TimeZone,
}

/// What a dataset asks of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// One `select`, in the dialect of the source.
    Sql(String),
    /// The whole file, for sources that are files.
    File,
}

/// What is declared about one column. Everything is optional.
#[derive(Clone, Debug, Default)]
pub struct ColumnSpec {
    pub kind: Option<Kind>,
    /// How its texts are written: `%d/%m/%Y` (strptime) for dates and instants. `unix` and `unix-ms` are
    /// numbers since 1970-01-01T00:00:00Z. `minor-units` is money kept in whole cents.
    pub format: Option<String>,
    /// The zone of its naive values.
    pub zone: Option<TimeZone>,
    /// The currency (ISO 4217) of each amount of the column.
    pub currency: Option<String>,
    /// The column that holds the currency of each amount.
    pub currency_column: Option<String>,
    /// Digits of the minor unit; 2 unless given.
    pub decimals: Option<u8>,
    /// The column's name in the source, where it differs from the dataset's.
    pub from: Option<String>,
}

/// How the dataset looked at an earlier instant, as far as its own columns tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The date or instant at which a row came into being: later rows are hidden.
    pub row: String,
    /// Dates or instants that were written when they happened: later values are null.
    pub mask: Vec<String>,
}

/// What is read of a dataset, and how.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) columns: Vec<Wanted>,
    /// Names among `columns`.
    pub(crate) order_by: Vec<String>,
    /// One more column at the end says where each row stands.
    pub(crate) placed: bool,
}

/// A column to read, and the kind to deliver it as.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    pub name: String,
    /// `Text` of an integer column is its decimal text.
    pub kind: Kind,
}

impl DatasetSpec {
    /// The day that `text` writes, as if `column` were a date: for texts that are read before it is known whether
    /// they are right.
    pub fn day_of(&self, column: &str, text: &str) -> Result<Date, DayFault> {
        let form = Form::of(self.column(column).format.as_deref());
        let moments = Moments { form, zone: self.zone_of(column) };
        moments.day(Cell::Text(text.as_bytes())).map_err(|misfit| match misfit {
            Misfit::NotInFormat { format } => DayFault::Format { format },
            Misfit::TooLarge => DayFault::TooFar,
            _ => DayFault::Written,
        })
    }

    /// The declaration of a column; the empty one when there is none.
    pub(crate) fn column(&self, name: &str) -> ColumnSpec {
        self.columns.get(name).cloned().unwrap_or_default()
    }

    /// The zone of a column's naive values.
    pub(crate) fn zone_of(&self, name: &str) -> TimeZone {
        self.columns.get(name).and_then(|column| column.zone.clone()).unwrap_or_else(|| self.zone.clone())
    }

    /// What the dataset calls the source's column `external`.
    pub(crate) fn own_name(&self, external: &str) -> String {
        let renamed = self.columns.iter().find(|(_, column)| column.from.as_deref() == Some(external));
        renamed.map_or_else(|| external.to_owned(), |(name, _)| name.clone())
    }
}
