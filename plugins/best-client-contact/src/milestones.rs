//! Occasions for a personal word: the n-th order of a client, and the anniversary of the first.
//!
//! Only the latest of a client counts, and only for a while: a first run must not list what nobody was thanked for in
//! thirty years.

use kaizend_sdk::prelude::*;

use crate::buyers::Buyer;
use crate::clients::{Client, Clients};
use crate::{ANNIVERSARY, NTH_ORDER, Params, Touch};

/// The largest number of a milestone.
const MOST: u32 = 1_000_000;

/// Which orders and which years are milestones, in rising order.
pub(crate) struct Milestones {
    orders: Vec<u32>,
    years: Vec<u32>,
    /// For how many days a word is in time.
    timely: i32,
    today: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// So many orders.
    Order,
    /// So many years since the first order.
    Anniversary,
}

/// A milestone that a client reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occasion {
    kind: Kind,
    number: u32,
    pub(crate) day: Date,
}

impl Milestones {
    /// Where no touches are bound nothing can say whether there was a word, and so there are no milestones.
    pub(crate) fn of(run: &Run, params: &Params) -> Result<Self> {
        let timely = params.milestone_for.whole_days().map_err(|why| format!("milestone-for: {why}"))?;
        let orders = numbers("milestone-orders", &params.milestone_orders)?;
        let years = numbers("milestone-years", &params.milestone_years)?;
        let known = run.is_bound::<Touch>();
        let asked = |numbers: Vec<u32>| if known { numbers } else { Vec::new() };
        Ok(Self { orders: asked(orders), years: asked(years), timely, today: run.today() })
    }

    /// Whether the order of this number and day is a milestone, and no old one.
    pub(crate) fn is_order(&self, number: u32, day: Date) -> bool {
        self.is_timely(day) && self.orders.binary_search(&number).is_ok()
    }

    /// The latest milestone of a client, if it is no old one.
    pub(crate) fn latest(&self, buyer: &Buyer) -> Option<Occasion> {
        let order = buyer.reached.map(|(number, day)| Occasion { kind: Kind::Order, number, day });
        let anniversaries = self.years.iter().rev().map(|&number| Occasion {
            kind: Kind::Anniversary,
            number,
            day: years_after(buyer.first, number),
        });
        let anniversary = anniversaries.into_iter().find(|occasion| occasion.day <= self.today);
        let timely = anniversary.filter(|occasion| self.is_timely(occasion.day));
        order.into_iter().chain(timely).max_by_key(|occasion| occasion.day)
    }

    fn is_timely(&self, day: Date) -> bool {
        day >= self.today - self.timely
    }

    /// Says that a client reached a milestone and heard no word since. The client and the number are its identity; the
    /// kind is the topic.
    pub(crate) fn tell(&self, occasion: Occasion, clients: &Clients, client: &Client) -> Result {
        let (topic, name) = match occasion.kind {
            Kind::Order => (&NTH_ORDER, "number"),
            Kind::Anniversary => (&ANNIVERSARY, "years"),
        };
        clients
            .finding(topic, &[&client.id, &occasion.number.to_string()], client)
            .about("owner", client.owner.as_deref())
            .severity(Severity::Note)
            .fact(name, i64::from(occasion.number))
            .fact("day", occasion.day)
            .fact("due", occasion.day + self.timely)
            .emit()
    }
}

/// The same day of the year; of the 29th of February the 1st of March, where there is none.
fn years_after(day: Date, years: u32) -> Date {
    let (year, month, of_month) = day.parts();
    Date::new(year.saturating_add_unsigned(years), month, of_month)
}

/// Numbers between commas; an empty text is none.
fn numbers(name: &str, text: &str) -> Result<Vec<u32>> {
    let number = |part: &str| part.trim().parse().ok().filter(|number| (1..=MOST).contains(number));
    let parts = text.split(',').filter(|_| !text.trim().is_empty());
    let mut numbers = parts.map(number).collect::<Option<Vec<u32>>>().ok_or_else(|| {
        format!(
            "{name}: `{text}` is no list of numbers from 1 to {MOST}: write \"10, 50, 100\", or \"\" for none"
        )
    })?;
    numbers.sort_unstable();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::new(2026, 11, 23);

    fn milestones(orders: &[u32], years: &[u32]) -> Milestones {
        Milestones { orders: orders.to_vec(), years: years.to_vec(), timely: 30, today: TODAY }
    }

    #[test]
    fn only_the_latest_counts_and_only_for_a_while() {
        use Kind::{Anniversary, Order};
        let milestones = milestones(&[10], &[1, 5]);
        for (name, first, reached, expected) in [
            ("nothing yet", TODAY - 100, None, None),
            ("an order", TODAY - 100, Some((10, TODAY - 3)), Some((Order, 10, TODAY - 3))),
            ("five years today", Date::new(2021, 11, 23), None, Some((Anniversary, 5, TODAY))),
            ("five years tomorrow", Date::new(2021, 11, 24), None, None),
            (
                "the last day of a year's word",
                Date::new(2025, 10, 24),
                None,
                Some((Anniversary, 1, TODAY - 30)),
            ),
            ("too long ago", Date::new(2025, 10, 23), None, None),
            ("two years are none", Date::new(2024, 11, 23), None, None),
            (
                "an order after an anniversary",
                Date::new(2025, 11, 3),
                Some((10, TODAY - 3)),
                Some((Order, 10, TODAY - 3)),
            ),
            (
                "an anniversary after an order",
                Date::new(2025, 11, 21),
                Some((10, TODAY - 3)),
                Some((Anniversary, 1, TODAY - 2)),
            ),
        ] {
            let latest = milestones.latest(&Buyer { reached, ..Buyer::new("A", first) });
            let expected = expected.map(|(kind, number, day)| Occasion { kind, number, day });
            assert_eq!(latest, expected, "{name}");
        }
    }

    #[test]
    fn an_old_order_is_none() {
        let milestones = milestones(&[10, 50], &[]);
        let is = |number, ago| milestones.is_order(number, TODAY - ago);
        assert_eq!((is(10, 30), is(50, 0), is(10, 31), is(11, 0)), (true, true, false, false));
    }

    #[test]
    fn a_leap_day_has_its_anniversary_in_each_year() {
        let leap = Date::new(2024, 2, 29);
        assert_eq!(years_after(leap, 1), Date::new(2025, 3, 1));
        assert_eq!(years_after(leap, 4), Date::new(2028, 2, 29));
    }

    #[test]
    fn numbers_stand_between_commas() {
        for (text, expected) in [
            ("100, 10,50", Some(vec![10, 50, 100])),
            ("", Some(vec![])),
            (" ", Some(vec![])),
            ("10,", None),
            ("0", None),
            ("-1", None),
            ("ten", None),
            ("1000001", None),
        ] {
            assert_eq!(numbers("milestone-orders", text).ok(), expected, "{text}");
        }
    }
}
