//! The parameters of a query: `:now`, `:today` and `:since`, and nothing else.

use super::scan::{What, tokens};
use crate::{binds, nearest};

/// A parameter of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Without the colon.
    pub name: &'a str,
    /// Byte offset of the colon.
    pub at: usize,
}

/// A query uses a name that kaizend does not bind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the query uses `:{name}`, which is not bound; {advice}")]
pub struct UnknownParameter {
    pub name: String,
    /// Byte offset of the colon in the query.
    pub at: usize,
    advice: String,
}

/// The parameters of a query, in order, each as often as it is used.
pub fn parameters(sql: &str) -> Result<Vec<Parameter<'_>>, UnknownParameter> {
    tokens(sql)
        .filter(|token| token.what == What::Parameter)
        .map(|token| {
            let parameter = Parameter { name: &token.text[1..], at: token.at };
            if binds::NAMES.contains(&parameter.name) { Ok(parameter) } else { Err(unknown(parameter)) }
        })
        .collect()
}

fn unknown(parameter: Parameter<'_>) -> UnknownParameter {
    UnknownParameter {
        name: parameter.name.to_owned(),
        at: parameter.at,
        advice: nearest::advice(parameter.name, binds::NAMES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_seen_only_where_a_database_sees_them() {
        for (sql, names) in [
            ("select * from t where a < :now and b >= :today", vec!["now", "today"]),
            ("select ':now', \":today\", a::date -- :since\n from t /* :x */", vec![]),
            ("select * from t where at > coalesce(:since, '')", vec!["since"]),
        ] {
            let found: Vec<&str> = parameters(sql).unwrap().iter().map(|parameter| parameter.name).collect();
            assert_eq!(found, names, "{sql}");
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_its_place() {
        let error = parameters("select 1 where a < :nov").unwrap_err();
        assert_eq!(error.at, 19);
        assert_eq!(error.to_string(), "the query uses `:nov`, which is not bound; did you mean `now`?");
    }
}
