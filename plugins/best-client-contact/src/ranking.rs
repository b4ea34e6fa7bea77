//! Clients by revenue: who is among the best, who comes after them, and whose share of all is too large.

use kaizend_sdk::prelude::*;

use crate::Params;
use crate::buyers::{Buyer, Buyers};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    A,
    B,
    C,
}

pub(crate) struct Ranking {
    /// The best first.
    pub(crate) buyers: Vec<Buyer>,
    pub(crate) currency: Option<String>,
    total: f64,
    /// How many have rank A.
    best: usize,
    /// How many have rank A or B.
    good: usize,
    /// How many, the best first, are worth a word when they reach a milestone.
    recognised: usize,
    concentration_percent: i64,
}

impl Ranking {
    /// More revenue first, on equal revenue the smaller id; shares of all clients are rounded up.
    pub(crate) fn of(buyers: Buyers, params: &Params) -> Self {
        let (mut buyers, currency) = buyers.ranked();
        buyers.sort_unstable_by(|one, other| {
            other.revenue.total_cmp(&one.revenue).then_with(|| one.id.cmp(&other.id))
        });
        let share = |percent: i64| (buyers.len() * usize::try_from(percent).unwrap_or(0)).div_ceil(100);
        Self {
            best: share(params.best_percent),
            good: share(params.best_percent.saturating_add(params.good_percent)),
            recognised: share(params.milestone_percent),
            total: buyers.iter().map(|buyer| buyer.revenue).sum(),
            concentration_percent: params.concentration_percent,
            buyers,
            currency,
        }
    }

    /// The rank of the client before whom so many others come.
    pub(crate) fn rank(&self, before: usize) -> Rank {
        match before {
            _ if before < self.best => Rank::A,
            _ if before < self.good => Rank::B,
            _ => Rank::C,
        }
    }

    /// Whether a milestone of the client before whom so many others come is worth a word.
    pub(crate) fn recognises(&self, before: usize) -> bool {
        before < self.recognised
    }

    /// The share of all revenue in percent, where that is too much.
    pub(crate) fn concentrated(&self, buyer: &Buyer) -> Option<i64> {
        let percent = buyer.revenue * 100.0;
        let above = self.total > 0.0 && percent > self.total * self.concentration_percent as f64;
        above.then(|| (percent / self.total) as i64)
    }

    /// What every check may know of each client: the rank.
    pub(crate) fn publish(&self, run: &Run) -> Result {
        let mut buyers = self.buyers.iter().enumerate();
        buyers.try_for_each(|(before, buyer)| {
            run.attribute("client", &buyer.id, "rank", self.rank(before).name())
        })
    }
}

impl Rank {
    fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}
