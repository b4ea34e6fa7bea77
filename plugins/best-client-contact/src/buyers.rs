//! Who ordered: read from the orders, one record of half a hundred bytes for each client, so that half a million fit
//! into a plugin's usual memory.

use std::collections::BTreeSet;

use kaizend_sdk::prelude::*;

use crate::Order;
use crate::milestones::Milestones;

#[derive(Debug)]
pub(crate) struct Buyer {
    pub(crate) id: Box<str>,
    /// Of the orders that count for the rank.
    pub(crate) revenue: f64,
    /// How many orders, up to today.
    pub(crate) orders: u32,
    pub(crate) first: Date,
    pub(crate) last: Date,
    /// The latest order that is a milestone and no old one: its number and day.
    pub(crate) reached: Option<(u32, Date)>,
}

pub(crate) struct Buyers {
    /// By id, as the orders come.
    all: Vec<Buyer>,
    /// The one currency of all orders, where they are money.
    currency: Option<String>,
    today: Date,
    /// Revenue counts from this day on.
    ranked_since: Date,
    /// The numbers of the last buyer's orders on the last day: lines of one order lie on one day.
    of_the_day: BTreeSet<String>,
}

impl Buyers {
    /// Sums up the orders of each client; their revenue from `ranked_since` on.
    pub(crate) fn read(run: &Run, milestones: &Milestones, ranked_since: Date) -> Result<Self> {
        let orders = run.read::<Order>()?;
        if !orders.has("worth") && !orders.has("revenue") {
            return Err("bind orders with a column `worth` (money) or `revenue` (a number): without it nobody can say who the best clients are".into());
        }
        let mut buyers = Self {
            all: Vec::new(),
            currency: None,
            today: run.today(),
            ranked_since,
            of_the_day: BTreeSet::new(),
        };
        orders.each(|order| buyers.add(&order, milestones))?;
        Ok(buyers)
    }

    fn add(&mut self, order: &Order, milestones: &Milestones) -> Result {
        let day = order.date.day();
        if day > self.today {
            return Ok(());
        }
        let revenue = self.revenue(order)?;
        if self.all.last().is_none_or(|buyer| *buyer.id != *order.client) {
            self.all.push(Buyer::new(order.client, day));
            self.of_the_day.clear();
        }
        let Some(buyer) = self.all.last_mut() else { return Ok(()) };
        if buyer.last != day {
            buyer.last = day;
            self.of_the_day.clear();
        }
        if day >= self.ranked_since {
            buyer.revenue += revenue;
        }
        if order.id.is_none_or(|id| self.of_the_day.insert(id.to_owned())) {
            buyer.orders += 1;
            if milestones.is_order(buyer.orders, day) {
                buyer.reached = Some((buyer.orders, day));
            }
        }
        Ok(())
    }

    /// What every check may know of each client: how many orders there were.
    pub(crate) fn publish(&self, run: &Run) -> Result {
        let mut buyers = self.all.iter();
        buyers.try_for_each(|buyer| run.attribute("client", &buyer.id, "orders", &buyer.orders.to_string()))
    }

    /// Those who ordered since revenue counts, and the currency of it.
    pub(crate) fn ranked(self) -> (Vec<Buyer>, Option<String>) {
        let Self { mut all, currency, ranked_since, .. } = self;
        all.retain(|buyer| buyer.last >= ranked_since);
        (all, currency)
    }

    /// The net revenue of an order, in minor units where it is money.
    fn revenue(&mut self, order: &Order) -> Result<f64> {
        let Some(worth) = order.worth else { return Ok(order.revenue.unwrap_or(0.0)) };
        let currency = self.currency.get_or_insert_with(|| worth.currency.to_owned());
        if currency != worth.currency {
            let other = worth.currency;
            return Err(format!("orders in {currency} and in {other} cannot be ranked together: bind a dataset in one currency").into());
        }
        Ok(worth.minor_units as f64)
    }
}

impl Buyer {
    /// One whose first order is of this day, and not counted yet.
    pub(crate) fn new(id: &str, first: Date) -> Self {
        Self { id: id.into(), revenue: 0.0, orders: 0, first, last: first, reached: None }
    }
}
