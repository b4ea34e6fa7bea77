//! Cuts SQL into tokens. What lies inside literals, comments and quoted names is never looked into.
//!
//! It understands SQLite, PostgreSQL and MySQL alike, as far as they agree; where they do not, it errs towards
//! seeing less: an unclosed quote swallows the rest.

/// A piece of SQL with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) what: What,
    pub(super) text: &'a str,
    /// Byte offset in the query.
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A keyword, name or number.
    Word,
    /// `'…'`, `$tag$…$tag$`.
    Literal,
    /// `"…"`, `` `…` ``, `[…]`.
    Quoted,
    /// `:name`.
    Parameter,
    /// One other character, or `::`.
    Sign,
}

/// The tokens of a query, comments and blanks left out.
pub(super) fn tokens(sql: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &sql[at..];
            let first = rest.chars().next()?;
            let skipped = blank_or_comment(rest, first);
            if skipped == 0 {
                let (what, length) = token(rest, first);
                let token = Token { what, text: &rest[..length], at };
                at += length;
                return Some(token);
            }
            at += skipped;
        }
    })
}

/// Bytes of the blank or comment that `rest` begins with; 0 when it begins with neither.
fn blank_or_comment(rest: &str, first: char) -> usize {
    if first.is_whitespace() {
        return first.len_utf8();
    }
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if let Some(comment) = rest.strip_prefix("/*") {
        return comment.find("*/").map_or(rest.len(), |end| end + 4);
    }
    0
}

fn token(rest: &str, first: char) -> (What, usize) {
    match first {
        '\'' => (What::Literal, quoted(rest, '\'')),
        '"' | '`' => (What::Quoted, quoted(rest, first)),
        '[' => (What::Quoted, rest.find(']').map_or(rest.len(), |end| end + 1)),
        '$' => dollar(rest),
        ':' if rest.starts_with("::") => (What::Sign, 2),
        ':' if rest[1..].starts_with(is_name_start) => (What::Parameter, 1 + name(&rest[1..])),
        _ if is_name_start(first) || first.is_ascii_digit() => (What::Word, name(rest)),
        _ => (What::Sign, first.len_utf8()),
    }
}

/// Bytes up to and with the closing quote; a doubled quote is part of the text.
fn quoted(rest: &str, quote: char) -> usize {
    let mut from = 1;
    while let Some(found) = rest[from..].find(quote) {
        let after = from + found + 1;
        if !rest[after..].starts_with(quote) {
            return after;
        }
        from = after + 1;
    }
    rest.len()
}

/// PostgreSQL's `$tag$ … $tag$`; anything else with a dollar is a sign.
fn dollar(rest: &str) -> (What, usize) {
    let tag = 1 + name(&rest[1..]);
    if !rest[tag..].starts_with('$') {
        return (What::Sign, 1);
    }
    let open = &rest[..=tag];
    let body = &rest[open.len()..];
    let length = body.find(open).map_or(rest.len(), |end| end + 2 * open.len());
    (What::Literal, length)
}

fn name(rest: &str) -> usize {
    rest.find(|c: char| !is_name_start(c) && !c.is_ascii_digit()).unwrap_or(rest.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_comments_and_casts_hide_what_is_in_them() {
        for (sql, expected) in [
            ("a ':b' c", vec!["a", "':b'", "c"]),
            ("'it''s :x' y", vec!["'it''s :x'", "y"]),
            ("\"a\"\"b\" `c` [d e]", vec!["\"a\"\"b\"", "`c`", "[d e]"]),
            ("a -- :b\n c /* :d\n */ e", vec!["a", "c", "e"]),
            ("x::date", vec!["x", "::", "date"]),
            (":now-:since", vec![":now", "-", ":since"]),
            ("$$ :a $$ b", vec!["$$ :a $$", "b"]),
            ("$t$ ' $t$ b $1", vec!["$t$ ' $t$", "b", "$", "1"]),
            ("'open :x", vec!["'open :x"]),
            ("/* open", vec![]),
            ("größe:=1", vec!["größe", ":", "=", "1"]),
            (":", vec![":"]),
        ] {
            let texts: Vec<&str> = tokens(sql).map(|token| token.text).collect();
            assert_eq!(texts, expected, "{sql}");
        }
    }
}
