//! What is held of one client: about a hundred bytes, so that half a million fit into a plugin's usual memory.

use kaizend_sdk::prelude::*;

#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) revenue: f64,
    /// The last contact; or the last order, where no contacts are bound.
    pub(crate) touched: Option<Date>,
    pub(crate) rank: Rank,
    /// 1 for the best.
    pub(crate) place: usize,
    pub(crate) owner: Option<String>,
    pub(crate) people: Option<i64>,
    pub(crate) updated: Option<Date>,
    /// The new services that the client does not know of, by their number.
    pub(crate) untold: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    A,
    B,
    C,
}

impl Client {
    pub(crate) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            revenue: 0.0,
            touched: None,
            rank: Rank::C,
            place: 0,
            owner: None,
            people: None,
            updated: None,
            untold: Vec::new(),
        }
    }

    pub(crate) fn touch(&mut self, day: Date) {
        self.touched = self.touched.max(Some(day));
    }
}

impl Rank {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}
