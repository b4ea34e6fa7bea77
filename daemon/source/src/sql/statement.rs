//! A dataset's query is one `select`. Whatever else it is, is said before a database sees it.

use super::scan::{What, tokens};

/// Why a query is refused without asking the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the query is empty: write a `select`")]
    Empty,
    #[error("the query begins with `{word}`, but a dataset only reads: write a `select`")]
    NotReading { word: String },
    #[error("the query goes on after its `;` with `{word}`: a dataset is one `select`")]
    GoesOn { word: String },
}

/// The query without its final semicolon, if it is one statement that reads.
pub(crate) fn body(sql: &str) -> Result<&str, Refusal> {
    let mut tokens = tokens(sql).peekable();
    let first = tokens.peek().ok_or(Refusal::Empty)?;
    // A `(` begins a compound select in some databases.
    let reads = ["select", "with", "values", "("].iter().any(|word| first.text.eq_ignore_ascii_case(word));
    if !reads {
        return Err(Refusal::NotReading { word: first.text.to_owned() });
    }
    let mut end = sql.len();
    for token in tokens {
        let is_end = token.what == What::Sign && token.text == ";";
        if is_end {
            end = end.min(token.at);
        } else if end < sql.len() {
            return Err(Refusal::GoesOn { word: token.text.to_owned() });
        }
    }
    Ok(&sql[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_select_and_nothing_else() {
        let not_reading = |word: &str| Err(Refusal::NotReading { word: word.to_owned() });
        for (sql, expected) in [
            ("select 1", Ok("select 1")),
            (" -- all\n SELECT 1 ; -- done", Ok(" -- all\n SELECT 1 ")),
            ("with a as (select 1) select * from a;", Ok("with a as (select 1) select * from a")),
            ("select 1;;", Ok("select 1")),
            ("select ';'", Ok("select ';'")),
            ("", Err(Refusal::Empty)),
            ("-- nothing", Err(Refusal::Empty)),
            ("delete from orders", not_reading("delete")),
            ("attach 'x' as y", not_reading("attach")),
            ("pragma journal_mode=wal", not_reading("pragma")),
            ("select 1; drop table orders", Err(Refusal::GoesOn { word: "drop".to_owned() })),
        ] {
            assert_eq!(body(sql), expected, "{sql}");
        }
    }
}
