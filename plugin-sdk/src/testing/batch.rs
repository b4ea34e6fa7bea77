//! Rows as the test host hands them to a check: columns, in the shape in which they cross into the sandbox.

/// Some rows of a dataset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// How many rows.
    pub len: usize,
    /// Which dataset of a slot that binds several.
    pub member: u32,
    /// In the order of the request; `None` for an absent column.
    pub columns: Vec<Option<Column>>,
}

/// The values of one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// A null has a filler here.
    pub values: Values,
    /// LSB-first bitmap, 1 = null; `None` when nothing is null.
    pub nulls: Option<Vec<u8>>,
}

/// Shapes and units as in `wit/check.wit`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Keys and texts: `offsets` has one entry more than rows.
    Text {
        /// Where each text starts, and where the last one ends.
        offsets: Vec<u32>,
        /// UTF-8.
        bytes: Vec<u8>,
    },
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Numbers.
    Real(Vec<f64>),
    /// 0 or 1.
    Boolean(Vec<u8>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Instant(Vec<i64>),
    /// Minor units; the currencies as texts.
    Money {
        /// Cents.
        minor_units: Vec<i64>,
        /// As in `Text`.
        offsets: Vec<u32>,
        /// As in `Text`.
        bytes: Vec<u8>,
    },
}

/// Where rows come from: a table of a fixture, or a generator of a benchmark.
pub trait Source {
    /// The kind of a column in the contract's words (`"text"`, `"date"` …); `None` when there is no such column.
    fn kind(&self, column: &str) -> Option<&'static str>;

    /// The rows, with these columns, in this order. A source that cannot sort says so.
    fn open(
        &self,
        columns: &[String],
        order_by: &[String],
    ) -> Result<Box<dyn Iterator<Item = Batch>>, String>;
}
