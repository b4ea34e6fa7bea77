//! What a check is run with: the instant, its parameters, what is bound, and what it kept before.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::Office;
use super::batch::Source;
use crate::Instant;

/// One look of a check, to be run natively.
#[derive(Default)]
pub struct Look {
    /// The scheduled instant; the company's zone is UTC.
    pub now: Instant,
    /// By name, in the daemon's canonical text.
    pub params: BTreeMap<String, String>,
    /// What is bound, by slot.
    pub slots: BTreeMap<String, Bound>,
    /// Working days and hours.
    pub office: Office,
    /// What earlier runs kept.
    pub state: BTreeMap<String, Vec<u8>>,
}

/// What is bound to a slot.
#[derive(Clone)]
pub struct Bound {
    pub(super) source: Rc<dyn Source>,
    pub(super) members: Vec<String>,
    pub(super) partial: bool,
}

impl Look {
    /// Binds a source to a slot.
    #[must_use]
    pub fn bind(mut self, slot: &str, source: impl Source + 'static) -> Self {
        let bound = Bound { source: Rc::new(source), members: vec![slot.to_owned()], partial: false };
        self.slots.insert(slot.to_owned(), bound);
        self
    }
}

impl fmt::Debug for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots: Vec<&String> = self.slots.keys().collect();
        f.debug_struct("Look")
            .field("now", &self.now)
            .field("params", &self.params)
            .field("slots", &slots)
            .finish()
    }
}

impl fmt::Debug for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bound").field("members", &self.members).field("partial", &self.partial).finish()
    }
}
