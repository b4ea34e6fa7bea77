//! What a declared type says, in SQLite's own terms (affinity) and in ours (kind).

use kaizend_core::rows::Kind;

/// The kind that a declaration promises; `None` when it says nothing useful.
pub(super) fn kind(declared: &str) -> Option<Kind> {
    let word = declared.to_ascii_uppercase();
    let has = |part: &str| word.contains(part);
    if has("DATETIME") || has("TIMESTAMP") {
        Some(Kind::Instant)
    } else if word.starts_with("DATE") {
        Some(Kind::Date)
    } else if word.starts_with("BOOL") {
        Some(Kind::Boolean)
    } else if has("INT") && !has("POINT") && !has("INTERVAL") {
        Some(Kind::Integer)
    } else if has("CHAR") || has("CLOB") || has("TEXT") || has("STRING") {
        Some(Kind::Text)
    } else if ["REAL", "FLOA", "DOUB", "NUM", "DEC", "MONEY"].iter().any(|part| has(part)) {
        Some(Kind::Real)
    } else {
        None
    }
}

/// Whether SQLite's own order of the stored values is the order of the values asked for: the affinity must
/// keep other types of storage out (<https://www.sqlite.org/datatype3.html#determination_of_column_affinity>).
pub(super) fn orders_as(declared: Option<&str>, asked: Kind) -> bool {
    let Some(word) = declared.map(str::to_ascii_uppercase) else { return false };
    let has = |part: &str| word.contains(part);
    let integer = has("INT");
    let text = !integer && (has("CHAR") || has("CLOB") || has("TEXT"));
    let real = !integer && !text && (has("REAL") || has("FLOA") || has("DOUB"));
    match asked {
        // A text in such a column is none that would convert, so it fails the reading, wherever it stands.
        Kind::Integer => integer,
        Kind::Real => real || integer,
        Kind::Text => text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_say_kinds() {
        for (declared, expected) in [
            ("DATE", Some(Kind::Date)),
            ("datetime", Some(Kind::Instant)),
            ("TIMESTAMP WITH TIME ZONE", Some(Kind::Instant)),
            ("INTEGER", Some(Kind::Integer)),
            ("UNSIGNED BIG INT", Some(Kind::Integer)),
            ("VARCHAR(20)", Some(Kind::Text)),
            ("NUMERIC(12,4)", Some(Kind::Real)),
            ("DECIMAL(10,2)", Some(Kind::Real)),
            ("DOUBLE PRECISION", Some(Kind::Real)),
            ("BOOLEAN", Some(Kind::Boolean)),
            ("POINT", None),
            ("BLOB", None),
            ("UUID", None),
            ("", None),
        ] {
            assert_eq!(kind(declared), expected, "{declared}");
        }
    }

    #[test]
    fn only_an_affinity_that_keeps_others_out_orders() {
        for (declared, asked, safe) in [
            (Some("INTEGER"), Kind::Integer, true),
            (Some("INTEGER"), Kind::Text, false),
            (Some("TEXT"), Kind::Text, true),
            (Some("TEXT"), Kind::Integer, false),
            (Some("STRING"), Kind::Text, false),
            (Some("DATE"), Kind::Date, false),
            (Some("NUMERIC"), Kind::Real, false),
            (None, Kind::Text, false),
        ] {
            assert_eq!(orders_as(declared, asked), safe, "{declared:?} as {asked}");
        }
    }
}
