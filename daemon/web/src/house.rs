//! Whom this room asks: what is shown behind a link, and what a word comes to. The top room answers.

use std::{collections::BTreeMap, future::Future};

use jiff::Timestamp;

use crate::{Keyring, Scope, Step};

/// Why no answer could be given. The reader is told no more than that; whoever answers has logged why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be made")]
pub struct HouseFault;

/// A page that is asked for.
#[derive(Clone, Debug)]
pub struct Page {
    pub scope: Scope,
    /// What the forms of a page must bear, by its step.
    pub first: String,
    pub again: String,
    /// Which form the link in the mail opens.
    pub open: Option<String>,
    pub now: Timestamp,
}

/// A button that was pressed.
#[derive(Clone, Debug)]
pub struct Pressed {
    /// As for the page itself, with new nonces for what is shown next.
    pub page: Page,
    pub step: Step,
    /// Digest of the nonce that was used.
    pub nonce: [u8; 32],
    /// The fields of the form; of several of one name the last.
    pub fields: BTreeMap<String, String>,
}

/// What the reader gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A whole HTML document.
    Page(String),
    /// The form lacks something: a document that says what.
    Lacks(String),
    /// The link is not in order, whatever the reason: the same for all.
    Refused,
}

/// The daemon, as far as pages need it.
pub trait House: Send + Sync + 'static {
    fn now(&self) -> Timestamp;

    /// The keys in force, and the origin of our pages; `None` while no pages are served.
    fn keys(&self) -> impl Future<Output = Result<Option<(Keyring, String)>, HouseFault>> + Send;

    /// What is behind a link. Changes nothing.
    fn show(&self, page: Page) -> impl Future<Output = Result<Answer, HouseFault>> + Send;

    /// Hears a word.
    fn hear(&self, pressed: Pressed) -> impl Future<Output = Result<Answer, HouseFault>> + Send;

    /// Hears that a mail program asks for fewer letters (RFC 8058), without a page before it.
    fn fewer(&self, page: Page) -> impl Future<Output = Result<Answer, HouseFault>> + Send;

    /// The document for a link that is not in order: always the same.
    fn refusal(&self) -> String;

    /// The document for when nothing can be shown now.
    fn trouble(&self) -> String;
}
