//! "There is no column `promissed`; did you mean `promised`?"

/// At most so many names are listed in a message.
const LISTED: usize = 12;

/// The end of a sentence about a name that is not among `names`.
pub(crate) fn advice<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let distance = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let nearest = names.iter().map(|other| (distance(other), *other)).min();
    let close = |far: usize| far <= (name.chars().count() / 3).max(2);
    match nearest {
        Some((far, other)) if close(far) => format!("did you mean `{other}`?"),
        Some(_) => format!("there are {}", list(&names)),
        None => "there are none".to_owned(),
    }
}

/// The names, separated by commas, with an ellipsis after the twelfth.
pub(crate) fn list(names: &[&str]) -> String {
    let mut listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > LISTED {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        for (name, names, expected) in [
            ("promissed", vec!["id", "promised"], "did you mean `promised`?"),
            ("ID", vec!["id", "promised"], "did you mean `id`?"),
            ("weather", vec!["id", "promised"], "there are `id`, `promised`"),
            ("id", vec![], "there are none"),
        ] {
            assert_eq!(advice(name, names), expected);
        }
    }
}
