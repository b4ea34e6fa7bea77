//! A dataset's query on an open database: checked alone first, then wrapped to give just the columns of one
//! reading.

use kaizend_core::rows::{Fault, FaultClass, Kind, Schema};
use rusqlite::{Connection, Row, Statement, types::ValueRef};

use super::{decltype, failure::Failure};
use crate::{
    binds::Binds,
    convert::Cell,
    dataset::{DatasetSpec, Query},
    described::{SourceColumn, check_names},
    sql,
};

/// A query that may be read, and the columns it gives.
pub(super) struct Checked<'q> {
    body: &'q str,
    pub(super) columns: Vec<Declared>,
}

/// A column of the query: the dataset's own name, and the type that its table declares.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) decltype: Option<String>,
}

impl<'q> Checked<'q> {
    pub(super) fn new(
        connection: &Connection,
        spec: &'q DatasetSpec,
        failure: &Failure<'_>,
    ) -> Result<Self, Fault> {
        let refuse =
            |problem: String| Fault::new(FaultClass::Query, format!("dataset {}: {problem}", spec.name));
        let Query::Sql(query) = &spec.query else {
            return Err(refuse(format!("it has no query, but source {} is a database", failure.source)));
        };
        let body = sql::body(query).map_err(|refusal| refuse(refusal.to_string()))?;
        sql::parameters(body).map_err(|unknown| refuse(unknown.to_string()))?;
        let statement =
            connection.prepare(body).map_err(|error| failure.reading(spec.name.as_str(), &error))?;
        for at in 1..=statement.parameter_count() {
            let name = statement.parameter_name(at).unwrap_or("?");
            if !name.starts_with(':') {
                return Err(refuse(format!(
                    "the query uses the parameter `{name}`: write `:now`, `:today` or `:since`"
                )));
            }
        }
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(refuse("the query would change the source: a dataset is one `select`".to_owned()));
        }
        let columns = statement.columns().into_iter().map(|column| Declared {
            name: spec.own_name(column.name()),
            decltype: column.decl_type().map(str::to_owned),
        });
        let checked = Self { body, columns: columns.collect() };
        let names: Vec<String> = checked.columns.iter().map(|column| column.name.clone()).collect();
        check_names(spec, &names)?;
        Ok(checked)
    }

    /// The query with the columns `reads`, by the dataset's own names. Every column of the query is named in the
    /// wrapping, so that `count(*)` or `a.id` can be read like any other.
    pub(super) fn wrapped(&self, reads: &[String]) -> String {
        let all: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        let reads: Vec<String> = reads.iter().map(|name| quoted(name)).collect();
        let reads = if reads.is_empty() { "1".to_owned() } else { reads.join(", ") };
        // The line break ends a `--` comment at the end of the query.
        format!(
            "with kaizend_rows({}) as (\n{}\n)\nselect {reads} from kaizend_rows",
            all.join(", "),
            self.body
        )
    }

    pub(super) fn decltype(&self, name: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.name == name)?.decltype.as_deref()
    }

    pub(super) fn source_columns(&self) -> Vec<SourceColumn> {
        let column = |column: &Declared| SourceColumn {
            name: column.name.clone(),
            declared: column.decltype.as_deref().and_then(decltype::kind),
        };
        self.columns.iter().map(column).collect()
    }

    /// The columns with the kinds that are declared, without looking at rows.
    pub(super) fn schema(&self) -> Schema {
        let field =
            |SourceColumn { name, declared: kind }: SourceColumn| kaizend_core::rows::Field { name, kind };
        Schema { fields: self.source_columns().into_iter().map(field).collect() }
    }
}

/// Gives the parameters of a statement their values.
pub(super) fn bind(statement: &mut Statement<'_>, binds: &Binds) -> rusqlite::Result<()> {
    for at in 1..=statement.parameter_count() {
        let name = statement.parameter_name(at).and_then(|name| name.strip_prefix(':'));
        let value = name.and_then(|name| binds.text(name));
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

/// A cell of a row; the statement must have a column `at`.
#[inline]
pub(super) fn cell<'r>(row: &'r Row<'_>, at: usize) -> Cell<'r> {
    match row.get_ref_unwrap(at) {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Integer(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(bytes) => Cell::Text(bytes),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.len()),
    }
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether a kind is known without a sample, for the columns that `as-of` names.
pub(super) fn needs_sample(spec: &DatasetSpec, binds: &Binds, schema: &Schema) -> bool {
    let Some(as_of) = spec.as_of.as_ref().filter(|_| binds.known_at.is_some()) else { return false };
    std::iter::once(&as_of.row).chain(&as_of.mask).any(|name| {
        let declared = schema.field(name).and_then(|field| field.kind);
        !matches!(spec.column(name).kind.or(declared), Some(Kind::Date | Kind::Instant))
    })
}
