//! The templates of mails: the built-in ones, and the operator's in their place.
//!
//! An operator's template that is broken never stops a mail: the built-in one is used, and the fault is
//! returned for the operator to hear of.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value, syntax::SyntaxConfig,
    value::Serde,
};

use crate::{RenderError, link, page::Page, plain, screen::Sheet};

const BUILT_IN: [(&str, &str); 16] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("item.html", include_str!("../templates/item.html")),
    ("reminder.html", include_str!("../templates/reminder.html")),
    ("digest.html", include_str!("../templates/digest.html")),
    ("baseline.html", include_str!("../templates/baseline.html")),
    ("operator.html", include_str!("../templates/operator.html")),
    ("life-sign.html", include_str!("../templates/life-sign.html")),
    ("not-taken.html", include_str!("../templates/not-taken.html")),
    ("layout.txt", include_str!("../templates/layout.txt")),
    ("item.txt", include_str!("../templates/item.txt")),
    ("reminder.txt", include_str!("../templates/reminder.txt")),
    ("digest.txt", include_str!("../templates/digest.txt")),
    ("baseline.txt", include_str!("../templates/baseline.txt")),
    ("operator.txt", include_str!("../templates/operator.txt")),
    ("life-sign.txt", include_str!("../templates/life-sign.txt")),
    ("not-taken.txt", include_str!("../templates/not-taken.txt")),
];

/// The layout of the pages behind links.
const SHEET: (&str, &str) = ("sheet.html", include_str!("../templates/sheet.html"));

/// An operator's template that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("template `{template}`: {why}; the built-in one is used until it is mended")]
pub struct StationeryFault {
    pub template: String,
    pub why: String,
}

/// The templates in force.
pub struct Stationery {
    built_in: Environment<'static>,
    /// The same with the operator's templates, where there are any.
    operators: Option<Environment<'static>>,
}

impl Stationery {
    pub fn built_in() -> Self {
        let mut environment = environment();
        for (name, source) in BUILT_IN {
            environment.add_template(name, source).expect("the built-in templates are tested");
        }
        environment.add_template(SHEET.0, SHEET.1).expect("the built-in templates are tested");
        Self { built_in: environment, operators: None }
    }

    /// Puts the operator's template in the place of the built-in one of that name (`reminder.html`).
    pub fn replace(&mut self, template: &str, source: String) -> Result<(), StationeryFault> {
        let fault = |why: String| StationeryFault { template: template.to_owned(), why };
        if !BUILT_IN.iter().any(|(name, _)| *name == template) {
            let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
            return Err(fault(format!("there is no template of this name; there are {}", names.join(", "))));
        }
        let operators = self.operators.get_or_insert_with(|| self.built_in.clone());
        operators.add_template_owned(template.to_owned(), source).map_err(|error| fault(said(&error)))
    }

    /// A page behind a link. Its forms are kaizend's own, so no template of the operator's takes its place.
    pub(crate) fn sheet(&self, sheet: &Sheet) -> Result<String, RenderError> {
        filled(&self.built_in, SHEET.0, &Value::from(Serde(sheet)))
            .map_err(|source| RenderError { template: SHEET.0.to_owned(), source })
    }

    /// Text, HTML, and what was wrong with the operator's templates.
    pub(crate) fn lay_out(
        &self,
        layout: &str,
        page: &Page,
    ) -> Result<(String, String, Vec<StationeryFault>), RenderError> {
        let context = Value::from(Serde(page));
        let mut faults = Vec::new();
        let mut part = |ending: &str| {
            let template = format!("{layout}.{ending}");
            if let Some(operators) = &self.operators {
                match filled(operators, &template, &context) {
                    Ok(text) => return Ok(text),
                    Err(error) => {
                        faults.push(StationeryFault { template: template.clone(), why: said(&error) });
                    }
                }
            }
            filled(&self.built_in, &template, &context).map_err(|source| RenderError { template, source })
        };
        let text = part("txt")?;
        let html = part("html")?;
        Ok((tidy(&text), html, faults))
    }
}

fn filled(environment: &Environment, template: &str, context: &Value) -> Result<String, Error> {
    environment.get_template(template)?.render(context)
}

/// Escaping by part, nothing undefined, and no way to an address but `link()`.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
    });
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the default delimiters are distinct"));
    environment.add_function("link", safe_link);
    environment.add_function("own_page", own_page);
    environment
        .add_filter("wrap", |text: String, indent: Option<usize>| plain::wrap(&text, indent.unwrap_or(0)));
    environment.add_filter("labelled", |label: String, value: String, at: usize| {
        plain::labelled(&label, &value, at)
    });
    environment.add_filter("heading", |text: String| plain::heading(&text));
    environment
}

fn safe_link(state: &State, address: &str) -> Result<Value, Error> {
    written(state, link::safe(address), "a mail links only to https and mailto")
}

fn own_page(state: &State, address: &str) -> Result<Value, Error> {
    written(state, link::own_page(address), "the address of a page of kaizend begins with https")
}

fn written(state: &State, address: Option<&str>, or_else: &'static str) -> Result<Value, Error> {
    let Some(address) = address else { return Err(Error::new(ErrorKind::InvalidOperation, or_else)) };
    let written = match state.auto_escape() {
        AutoEscape::None => address.to_owned(),
        _ => address.replace('&', "&amp;").replace('\'', "&#39;"),
    };
    Ok(Value::from_safe_string(written))
}

/// At most one empty line between paragraphs, none at the ends.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 2;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    let kept = tidy.trim_end().len();
    tidy.truncate(kept);
    tidy.push('\n');
    tidy
}

/// The error with its line, without the template's source.
fn said(error: &Error) -> String {
    let line = error.line().map(|line| format!(", line {line}")).unwrap_or_default();
    format!("{}{line}: {}", error.kind(), error.detail().unwrap_or("no further detail"))
}
