//! `[datasets.<name>]`: a named, typed query on a source.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use kaizend_core::{
    domain::{DatasetName, Span},
    policy::doubt::RowBounds,
    rows::Kind,
};
use kaizend_source::{AsOf, ColumnSpec, DatasetSpec, Query};

use super::{
    company,
    known::Known,
    table::{Section, Table},
    value::Value,
};

pub(super) const DATASET: Section = Section {
    name: "datasets.<name>",
    keys: &["source", "query", "from", "key", "columns", "labels", "timezone", "as-of", "rows", "fresh"],
};
pub(super) const COLUMN: Section = Section {
    name: "datasets.<name>.columns.<column>",
    keys: &["type", "format", "timezone", "currency", "currency-column", "decimals", "from"],
};
pub(super) const AS_OF: Section = Section { name: "datasets.<name>.as-of", keys: &["row", "mask"] };
pub(super) const FRESH: Section = Section { name: "datasets.<name>.fresh", keys: &["column", "within"] };
pub(super) const ROWS: Section = Section { name: "datasets.<name>.rows", keys: &["min", "shrink-at-most"] };

#[derive(Clone, Debug)]
pub struct Dataset {
    pub name: DatasetName,
    /// A key of [`super::Plan::sources`].
    pub source: String,
    /// The columns that make a row the same row in every look.
    pub key: Vec<String>,
    /// The columns that routes can match.
    pub labels: Vec<String>,
    /// When a look at it is doubtful.
    pub rows: RowBounds,
    /// How old its newest row may be.
    pub fresh: Option<Fresh>,
    /// Its rows say the same at any time: reference data.
    timeless: bool,
    spec: DatasetSpec,
}

/// `fresh = { column = "updated", within = "1 working day" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Says when a row was written.
    pub column: String,
    pub within: Span,
}

/// `as-of = "timeless"`.
const TIMELESS: &str = "timeless";

impl Dataset {
    pub(super) fn read(name: &str, value: &Value<'_>, known: &Known<'_>, company: &TimeZone) -> Option<Self> {
        let table = value.table(&DATASET)?;
        let source = table.need("source").and_then(|value| known.source(&value));
        let query = query(&table, source.as_deref().and_then(|source| known.sources.get(source)));
        let columns = table.get("columns").map(|value| columns(&value)).unwrap_or_default();
        let past = table.get("as-of");
        let timeless = past.as_ref().is_some_and(|value| value.inner.get_ref().as_str() == Some(TIMELESS));
        let as_of = past.filter(|_| !timeless).and_then(|value| as_of(&value.table(&AS_OF)?));
        let zone = table.get("timezone").and_then(|value| company::zone(&value));
        let key = names(&table, "key");
        let labels = names(&table, "labels");
        let rows = table.table("rows", &ROWS).map(|table| rows(&table)).unwrap_or_default();
        let fresh = table.table("fresh", &FRESH).and_then(|table| fresh(&table));
        let name = DatasetName::from(name);
        let spec = DatasetSpec {
            name: name.clone(),
            query: query?,
            key: key.clone(),
            columns,
            as_of,
            zone: zone.unwrap_or(company.clone()),
        };
        Some(Self { name, source: source?, key, labels, rows, fresh, timeless, spec })
    }

    /// Whether it can say how it looked at an earlier moment.
    pub fn knows_the_past(&self) -> bool {
        self.timeless || self.spec.as_of.is_some()
    }

    /// What the source is asked.
    pub fn spec(&self) -> DatasetSpec {
        self.spec.clone()
    }

    /// The query as it counts for a check's question: another text is another question.
    pub fn question_query(&self) -> String {
        match &self.spec.query {
            Query::Sql(sql) => sql.clone(),
            Query::File => format!("the file of source {}", self.source),
        }
    }

    /// What is declared about columns, as it counts for a check's question.
    pub fn question_columns(&self) -> BTreeMap<String, String> {
        self.spec.columns.iter().map(|(name, column)| (name.clone(), form(column))).collect()
    }
}

/// Every declared property that changes what a plugin reads; properties that are not set leave no trace, so
/// that a later version may add some.
fn form(column: &ColumnSpec) -> String {
    let zone = column.zone.as_ref().and_then(TimeZone::iana_name);
    let decimals = column.decimals.map(|digits| digits.to_string());
    let properties = [
        ("type", column.kind.map(Kind::name)),
        ("format", column.format.as_deref()),
        ("timezone", zone),
        ("currency", column.currency.as_deref()),
        ("currency-column", column.currency_column.as_deref()),
        ("decimals", decimals.as_deref()),
        ("from", column.from.as_deref()),
    ];
    let set = properties.iter().filter_map(|(name, value)| Some(format!("{name}={}", (*value)?)));
    set.collect::<Vec<_>>().join(";")
}

/// SQL sources need a query, files are read whole.
fn query(table: &Table<'_>, source: Option<&Value<'_>>) -> Option<Query> {
    if let Some(from) = table.get("from") {
        from.error(
            "this version cannot query over other datasets yet",
            Some("write the query for one source, with `source` and `query`".to_owned()),
        );
        return None;
    }
    let is_file = source
        .and_then(|source| source.peek("kind"))
        .is_some_and(|kind| kind.inner.get_ref().as_str() == Some("csv"));
    if !is_file {
        // What is wrong with an unknown source is said there; a query is needed either way.
        let query = table.need("query")?;
        return sql(&query).map(Query::Sql);
    }
    if let Some(query) = table.get("query") {
        query.error(
            "a file has no queries",
            Some(
                "remove `query`; columns are renamed with columns = { name = { from = \"Header\" } }"
                    .to_owned(),
            ),
        );
        return None;
    }
    Some(Query::File)
}

/// What can be said of a query without its database.
fn sql(query: &Value<'_>) -> Option<String> {
    let text = query.text()?;
    if let Err(unknown) = kaizend_source::parameters(text) {
        let place = query.part(&format!(":{}", unknown.name));
        query.reader.error(place, unknown.to_string(), None);
        return None;
    }
    if let Some(call) = kaizend_source::calls_own_clock(text) {
        query.reader.warning(
            query.part(call),
            format!("`{call}` is the database's own clock: dry runs at another time cannot move it"),
            Some("write :now for the instant of the run, or :today for its date".to_owned()),
        );
    }
    Some(text.to_owned())
}

fn columns(value: &Value<'_>) -> BTreeMap<String, ColumnSpec> {
    let read = |(name, value): (&str, Value<'_>)| Some((name.to_owned(), column(&value)?));
    value.entries().into_iter().filter_map(read).collect()
}

fn column(value: &Value<'_>) -> Option<ColumnSpec> {
    let table = value.table(&COLUMN)?;
    let kinds = Kind::ALL.map(|kind| (kind.name(), kind));
    let column = ColumnSpec {
        kind: table.one_of("type", &kinds),
        format: table.text("format"),
        zone: table.get("timezone").and_then(|value| company::zone(&value)),
        currency: table.get("currency").and_then(|value| currency(&value)),
        currency_column: table.text("currency-column"),
        decimals: table.whole("decimals", 0..=6).and_then(|digits| u8::try_from(digits).ok()),
        from: table.text("from"),
    };
    let names_currency = table.get("currency").is_some() || column.currency_column.is_some();
    match column.kind {
        Some(Kind::Money) if !names_currency => table.error(
            "money needs its currency",
            Some("add `currency = \"EUR\"`, or `currency-column` with the column that names it".to_owned()),
        ),
        Some(Kind::Money) => {}
        _ if names_currency => {
            table.error("a currency belongs to money", Some("add `type = \"money\"`".to_owned()));
        }
        _ => {}
    }
    if column.currency.is_some() && column.currency_column.is_some() {
        table.error("`currency` and `currency-column` exclude each other", None);
    }
    Some(column)
}

fn currency(value: &Value<'_>) -> Option<String> {
    let text = value.text()?;
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(text.to_owned());
    }
    value.error(
        format!("`{text}` is not a currency"),
        Some("write the three letters of ISO 4217, such as \"EUR\"".to_owned()),
    );
    None
}

fn as_of(table: &Table<'_>) -> Option<AsOf> {
    let mask = names(table, "mask");
    Some(AsOf { row: table.need("row")?.text()?.to_owned(), mask })
}

fn rows(table: &Table<'_>) -> RowBounds {
    let usual = RowBounds::default();
    RowBounds {
        min: table.whole("min", 0..=1_000_000_000_000).unwrap_or(usual.min),
        shrink_at_most: table.real("shrink-at-most", 0.0..=1.0).unwrap_or(usual.shrink_at_most),
    }
}

fn fresh(table: &Table<'_>) -> Option<Fresh> {
    let column = table.need("column").and_then(|value| value.text().map(str::to_owned));
    let within = table.need("within").and_then(|value| value.parsed());
    Some(Fresh { column: column?, within: within? })
}

/// A list of column names without repeats.
fn names(table: &Table<'_>, key: &'static str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for value in table.get(key).map(|value| value.list()).unwrap_or_default() {
        let Some(name) = value.text() else { continue };
        if names.iter().any(|known| known == name) {
            value.error(format!("`{name}` stands twice in `{key}`"), None);
        } else {
            names.push(name.to_owned());
        }
    }
    names
}
