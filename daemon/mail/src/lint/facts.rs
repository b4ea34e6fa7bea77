//! Whether the two parts of a mail tell the same facts: its numbers, dates and links.

use std::collections::BTreeSet;

use super::{Flaw, markup::Markup};

/// What one part says and the other does not.
pub(super) fn differences(text: &str, html: &Markup) -> Vec<Flaw> {
    let (in_text, in_html) = (facts(text), facts(&html.words));
    let only_text = in_text.difference(&in_html).map(|fact| Flaw::OnlyInText { fact: fact.clone() });
    let only_html = in_html.difference(&in_text).map(|fact| Flaw::OnlyInHtml { fact: fact.clone() });
    let links = html.links.iter().filter(|link| !unbroken(text).contains(&unbroken(link)));
    let lost = links.map(|link| Flaw::OnlyInHtml { fact: link.clone() });
    only_text.chain(only_html).chain(lost).collect()
}

/// Each run of characters that holds a digit, without the signs around it; not links, which are compared as such, nor
/// the numbers of a list.
fn facts(text: &str) -> BTreeSet<String> {
    let words = text.split_whitespace().filter(|word| !word.contains("://") && !word.contains("mailto:"));
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| word.contains(|c: char| c.is_ascii_digit())).map(str::to_owned).collect()
}

/// A link may be broken over lines.
fn unbroken(text: &str) -> String {
    text.split_whitespace().collect()
}
