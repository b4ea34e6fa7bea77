//! The nearest name to a mistyped one: what a hint offers instead of a list to read.

/// The name that `wanted` was most likely meant to be, if any is near enough.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = plain(wanted);
    names
        .into_iter()
        .map(|name| (likeness(&wanted, &plain(name)), name))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

/// The hint for a name that does not exist: the nearest one, else the whole choice when it is short.
pub(super) fn hint<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str> + Clone) -> String {
    if let Some(name) = nearest(wanted, names.clone()) {
        return format!("did you mean `{name}`?");
    }
    let names: Vec<&str> = names.into_iter().collect();
    match names.len() {
        0 => "none is defined".to_owned(),
        1..=12 => format!("there {} `{}`", if names.len() == 1 { "is" } else { "are" }, names.join("`, `")),
        count => format!("none of the {count} known names is similar"),
    }
}

/// People mix up case, hyphens, underscores and blanks; none of these makes another name.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// One slip in a short name counts as near, although it changes a large part of it.
fn likeness(left: &str, right: &str) -> f64 {
    if strsim::osa_distance(left, right) <= 1 && left.chars().count() > 2 {
        return 0.99;
    }
    if left.len() >= 4 && right.len() >= 4 && (left.starts_with(right) || right.starts_with(left)) {
        return 0.9;
    }
    strsim::jaro_winkler(left, right).min(strsim::normalized_damerau_levenshtein(left, right) + 0.25)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_name_and_strangers_do_not() {
        let keys = ["timezone", "name", "language", "operators", "send-only-to", "wall", "cpu"];
        for (typed, meant) in [
            ("timezne", Some("timezone")),
            ("time-zone", Some("timezone")),
            ("lang", Some("language")),
            ("send_only_to", Some("send-only-to")),
            ("operator", Some("operators")),
            ("wal", Some("wall")),
            ("nmae", Some("name")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, keys), meant, "{typed}");
        }
    }

    #[test]
    fn without_a_near_name_the_choice_is_shown() {
        assert_eq!(hint("zzz", ["owner", "client"]), "there are `owner`, `client`");
        assert_eq!(hint("zzz", []), "none is defined");
    }
}
