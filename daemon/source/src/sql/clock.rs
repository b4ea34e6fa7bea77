//! Finds queries that call the database's own clock. Such a query cannot be run for another instant, so
//! `run --at` and `simulate` would tell something else than they say.

use super::scan::{Token, What, tokens};

/// Words that read the clock wherever they stand.
const WORDS: [&str; 6] =
    ["current_timestamp", "current_date", "current_time", "localtimestamp", "localtime", "getdate"];
/// Functions that read the clock when they are called.
const CALLS: [&str; 11] = [
    "now",
    "sysdate",
    "curdate",
    "curtime",
    "utc_timestamp",
    "utc_date",
    "unix_timestamp",
    "clock_timestamp",
    "statement_timestamp",
    "transaction_timestamp",
    "timeofday",
];
/// SQLite's functions, which read the clock when their time is `'now'`, or when they are given none.
const OF_SQLITE: [&str; 7] = ["date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"];

/// The first piece of a query that reads the database's own clock: `date('now')`, `CURRENT_TIMESTAMP`.
pub fn calls_own_clock(sql: &str) -> Option<&str> {
    let tokens: Vec<Token<'_>> = tokens(sql).collect();
    (0..tokens.len()).find_map(|at| from(sql, &tokens[at..]))
}

fn from<'a>(sql: &'a str, tokens: &[Token<'a>]) -> Option<&'a str> {
    let first = tokens.first().filter(|token| token.what == What::Word)?;
    let is = |words: &[&str]| words.iter().any(|word| first.text.eq_ignore_ascii_case(word));
    let called = tokens.get(1).is_some_and(|token| token.text == "(");
    let to = |last: &Token<'_>| &sql[first.at..last.at + last.text.len()];
    // `localtime` is also a modifier of SQLite's functions, but then it is a literal.
    if is(&WORDS) {
        return Some(first.text);
    }
    if !called {
        return None;
    }
    let close = tokens.iter().position(|token| token.text == ")").unwrap_or(tokens.len() - 1);
    if is(&CALLS) {
        return Some(to(&tokens[close]));
    }
    let arguments = &tokens[2..close.max(2)];
    let says_now = arguments.iter().any(|token| token.text.eq_ignore_ascii_case("'now'"));
    let given =
        arguments.iter().filter(|token| token.text == ",").count() + usize::from(!arguments.is_empty());
    let least = if first.text.eq_ignore_ascii_case("strftime") { 2 } else { 1 };
    (is(&OF_SQLITE) && (says_now || given < least)).then(|| to(&tokens[close]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_clocks_are_found_and_dates_are_not() {
        for (sql, fragment) in [
            ("select * from t where due < date('now')", Some("date('now')")),
            ("select * from t where due < date( 'NOW' , '-3 days')", Some("date( 'NOW' , '-3 days')")),
            ("select CURRENT_TIMESTAMP", Some("CURRENT_TIMESTAMP")),
            ("select now()", Some("now()")),
            ("select datetime()", Some("datetime()")),
            ("select strftime('%Y')", Some("strftime('%Y')")),
            ("select julianday(shipped) - julianday('now')", Some("julianday('now')")),
            ("select strftime('%Y', due) from t", None),
            ("select date(due, 'localtime') from t", None),
            ("select date(:now)", None),
            ("select \"now\", now from t -- now()", None),
            ("select 'call now()' as what", None),
            ("select date from t", None),
        ] {
            assert_eq!(calls_own_clock(sql), fragment, "{sql}");
        }
    }
}
