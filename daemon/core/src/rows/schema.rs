//! What a dataset's columns are called and what they hold, as its source describes them.

use super::Kind;

/// One column as a source sees it; `kind` is `None` when the source keeps only text (CSV, untyped SQLite).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub kind: Option<Kind>,
}

/// The columns of a dataset, in the source's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub fields: Vec<Field>,
}

impl Schema {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }
}
