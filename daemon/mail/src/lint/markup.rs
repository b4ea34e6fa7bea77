//! What an HTML part is made of: its words, its links, and what of it a mail should not have.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer},
};

use super::Flaw;

const ELEMENTS: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tfoot", "tr",
    "th", "td", "div", "span", "p", "a", "b", "strong", "i", "em", "small", "br", "hr", "h1", "h2", "h3",
    "h4", "ul", "ol", "li",
];

/// Beginnings of what some programs do not lay out, or load from elsewhere.
const STYLES: &[&str] =
    &["position", "flex", "grid", "float", "url(", "expression", "var(", "transform", "animation", "@import"];

/// An HTML part, read once.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// What is shown, with a space between elements.
    pub(super) words: String,
    pub(super) links: Vec<String>,
    pub(super) flaws: Vec<Flaw>,
    title: bool,
    language: bool,
    /// Inside of an element whose text is not shown.
    hidden: Option<String>,
}

pub(super) fn read(html: &str) -> Markup {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut markup = tokenizer.sink.0.into_inner();
    if !markup.title {
        markup.flaws.push(Flaw::Lacks { what: "title" });
    }
    if !markup.language {
        markup.flaws.push(Flaw::Lacks { what: "`lang` on `<html>`" });
    }
    markup
}

struct Sink(RefCell<Markup>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut markup = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => markup.tag(&tag),
            Token::CharacterTokens(text) => markup.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Markup {
    fn tag(&mut self, tag: &Tag) {
        let name = tag.name.to_string();
        self.words.push(' ');
        if tag.kind == TagKind::EndTag {
            if self.hidden.as_ref() == Some(&name) {
                self.hidden = None;
            }
            return;
        }
        if !ELEMENTS.contains(&name.as_str()) {
            self.flaws.push(Flaw::Element { element: name.clone() });
        }
        match name.as_str() {
            "title" | "style" | "script" => self.hidden = Some(name.clone()),
            _ => {}
        }
        self.title |= name == "title";
        for attribute in &tag.attrs {
            let value = attribute.value.trim();
            match &*attribute.name.local {
                "href" => self.link(value),
                "lang" if name == "html" => self.language = !value.is_empty(),
                "style" => self.style(value),
                handler if handler.starts_with("on") => {
                    let attribute = handler.to_owned();
                    self.flaws.push(Flaw::Attribute { element: name.clone(), attribute });
                }
                _ => {}
            }
        }
    }

    fn link(&mut self, address: &str) {
        if address.starts_with("https://") || address.starts_with("mailto:") {
            self.links.push(address.to_owned());
        } else {
            self.flaws.push(Flaw::Link { address: address.chars().take(80).collect() });
        }
    }

    fn text(&mut self, text: &str) {
        match self.hidden.as_deref() {
            Some("style") => self.style(text),
            Some(_) => {}
            None => self.words.push_str(text),
        }
    }

    fn style(&mut self, css: &str) {
        let css = css.to_ascii_lowercase();
        for property in STYLES.iter().filter(|property| css.contains(**property)) {
            self.flaws.push(Flaw::Style { property: (*property).to_owned() });
        }
    }
}
