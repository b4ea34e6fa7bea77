//! What is wrong with a mail as it would leave: its size, its lines, its markup, its links, and whether both parts tell
//! the same facts. For the company's own templates, and for ours.
//!
//! Mail programs show a part of HTML and CSS only, and no two the same; what is allowed here is what all of them show.

mod facts;
mod markup;

#[cfg(test)]
mod tests;

use kaizend_core::domain::Mail;
use mail_parser::MessageParser;

/// RFC 5322: a line has at most so many bytes.
pub const LONGEST_LINE: usize = 998;

/// Larger mails are cut by the largest mail program, and the end is where they say why and how to stop them.
pub const LARGEST_HTML: usize = 80 * 1024;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Flaw {
    #[error("line {line} has {bytes} bytes, and {LONGEST_LINE} are allowed")]
    LongLine { line: usize, bytes: usize },
    #[error("the HTML has {} KiB: beyond {} it is cut by some programs", bytes.div_ceil(1024), LARGEST_HTML / 1024)]
    LargeHtml { bytes: usize },
    #[error("there is no plain text part: begin with the .txt template")]
    NoText,
    #[error("there is no HTML part")]
    NoHtml,
    #[error("the HTML has no {what}")]
    Lacks { what: &'static str },
    #[error("`<{element}>` is not shown, or not safe, in every mail program")]
    Element { element: String },
    #[error("the attribute `{attribute}` of `<{element}>` does nothing good in a mail")]
    Attribute { element: String, attribute: String },
    #[error("the style `{property}` is not understood by every mail program")]
    Style { property: String },
    #[error("`{address}` is no link for a mail: only https and mailto are")]
    Link { address: String },
    #[error("only the plain text says `{fact}`")]
    OnlyInText { fact: String },
    #[error("only the HTML says `{fact}`")]
    OnlyInHtml { fact: String },
}

/// Everything that is wrong with a mail, each thing once.
pub fn lint(mail: &Mail) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (line, bytes) in mail.bytes.split(|byte| *byte == b'\n').enumerate() {
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes).len();
        if bytes > LONGEST_LINE {
            flaws.push(Flaw::LongLine { line: line + 1, bytes });
        }
    }
    let Some(parsed) = MessageParser::default().parse(&mail.bytes) else { return vec![Flaw::NoText] };
    let text = parsed.text_bodies().find(|part| part.is_text()).and_then(|part| part.text_contents());
    let html = parsed.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents());
    if text.is_none() {
        flaws.push(Flaw::NoText);
    }
    match html {
        None => flaws.push(Flaw::NoHtml),
        Some(html) => {
            if html.len() > LARGEST_HTML {
                flaws.push(Flaw::LargeHtml { bytes: html.len() });
            }
            let read = markup::read(html);
            flaws.extend(text.into_iter().flat_map(|text| facts::differences(text, &read)));
            flaws.extend(read.flaws);
        }
    }
    flaws.sort();
    flaws.dedup();
    flaws
}
