//! The plot of the three weeks: some promises are kept, some slip, some are moved; work comes back; clients are
//! called, or forgotten.

use jiff::{civil::Date, tz::TimeZone};

use super::DAYS;
use crate::{
    Settings,
    company::Company,
    contacts::{CHANNELS, GRIEVANCES, advisor},
    day,
    dice::{Dice, Stream},
    event::{Change, Event},
    orders::Order,
};

/// What new orders are about.
const WORKS: [&str; 4] = ["brakes", "oil change", "electrics", "tyres"];
/// One new order in so many is finished late.
const LATE_ONE_IN: i64 = 7;
/// How many new jobs come back within days.
const RETURNS: usize = 3;

pub(super) fn events(company: &Company, settings: &Settings, sofia: &TimeZone) -> Vec<Event> {
    let days = (0..DAYS).map(|days| day::plus(settings.until, days)).filter(|&date| day::is_working(date));
    let mut plot = Plot {
        company,
        until: settings.until,
        days: days.collect(),
        sofia,
        dice: Dice::new(settings.seed, Stream::Timeline),
        events: Vec::new(),
        next_order: company.orders.last().map_or(1, |order| order.id + 1),
    };
    plot.overdue_orders();
    plot.orders_due_soon();
    plot.open_orders();
    plot.new_orders();
    plot.calls();
    plot.complaints();
    plot.events.sort_by_key(|event| event.at);
    plot.number_orders();
    plot.events
}

struct Plot<'a> {
    company: &'a Company,
    until: Date,
    /// The working days of the three weeks.
    days: Vec<Date>,
    sofia: &'a TimeZone,
    dice: Dice,
    events: Vec<Event>,
    next_order: i64,
}

impl Plot<'_> {
    /// Something happens on `date`, if the story still goes on then. Opening is a matter of the morning,
    /// moving of noon, finishing of the late afternoon.
    fn on(&mut self, date: Date, change: Change) {
        let (least, most) = match change {
            Change::Opened { .. } => (5, 110),
            Change::Moved { .. } => (180, 240),
            Change::Finished { .. } => (400, 530),
            _ => (120, 390),
        };
        let minute = self.dice.between(least, most);
        if date >= self.until && date < day::plus(self.until, DAYS) {
            self.events.push(Event { at: day::at(date, minute, self.sofia), change });
        }
    }

    fn finish(&mut self, order: i64, date: Date) {
        let total_cents = self.dice.between(90, 900) * 100;
        self.on(date, Change::Finished { order, total_cents });
    }

    fn open_where(&self, when: impl Fn(&Order) -> bool) -> Vec<Order> {
        let open = self.company.orders.iter().filter(|order| order.finished.is_none());
        open.filter(|order| when(order)).cloned().collect()
    }

    /// What is overdue is finished bit by bit; one is moved, one waits on its client, two are forgotten.
    fn overdue_orders(&mut self) {
        let until = self.until;
        for (number, order) in self.open_where(|order| order.promised < until).iter().enumerate() {
            match number {
                0..5 => self.finish(order.id, self.days[1 + 2 * number]),
                5 => {
                    self.on(
                        self.days[2],
                        Change::Moved { order: order.id, promised: self.days[8], by: "us" },
                    );
                    self.finish(order.id, self.days[10]);
                }
                6 => {
                    self.on(
                        self.days[1],
                        Change::Moved { order: order.id, promised: self.days[9], by: "client" },
                    );
                    self.finish(order.id, self.days[9]);
                }
                _ => {}
            }
        }
    }

    /// Half of what is nearly due is kept; two are late, and one is moved twice and kept at last.
    fn orders_due_soon(&mut self) {
        let (until, soon) = (self.until, day::plus_working(self.until, 2));
        for (number, order) in
            self.open_where(|order| order.promised >= until && order.promised <= soon).iter().enumerate()
        {
            let promised = order.promised;
            match number {
                1 => self.finish(order.id, day::plus_working(promised, 2)),
                3 => {
                    let (second, third) = (day::plus_working(promised, 3), day::plus_working(promised, 6));
                    self.on(promised, Change::Moved { order: order.id, promised: second, by: "us" });
                    self.on(second, Change::Moved { order: order.id, promised: third, by: "us" });
                    self.finish(order.id, third);
                }
                5 => self.finish(order.id, day::plus_working(promised, 1)),
                _ => self.finish(order.id, promised),
            }
        }
    }

    fn open_orders(&mut self) {
        let soon = day::plus_working(self.until, 2);
        for (number, order) in self.open_where(|order| order.promised > soon).iter().enumerate() {
            match number {
                2 | 7 => self.finish(order.id, day::plus_working(order.promised, 2)),
                _ => self.finish(order.id, order.promised),
            }
        }
    }

    /// Two or three new orders a day. A few of the first jobs come back some days after they were finished.
    fn new_orders(&mut self) {
        let mut idle = self.company.idle.clone();
        let mut returns = 0;
        for number in 0..self.days.len() {
            for _ in 0..self.dice.between(2, 3) {
                let Some(car) = self.dice.draw(&mut idle) else { return };
                let kind = self.dice.pick(&WORKS);
                let finished = self.new_order(car, kind, self.days[number]);
                if number < 5 && returns < RETURNS {
                    returns += 1;
                    let back = day::plus_working(finished, self.dice.between(2, 3));
                    self.new_order(car, kind, back);
                }
            }
        }
    }

    /// Opens an order, plans its end, and answers with the day of it.
    fn new_order(&mut self, car: usize, kind: &'static str, opened: Date) -> Date {
        let car = &self.company.cars[car];
        let promised = day::plus_working(opened, self.dice.between(1, 4));
        let late = self.dice.between(1, LATE_ONE_IN) == 1;
        let finished = if late { day::plus_working(promised, self.dice.between(1, 3)) } else { promised };
        let order = self.next_order;
        self.next_order += 1;
        let advisor = advisor(&mut self.dice);
        self.on(opened, Change::Opened { order, client: car.client, car: car.id, kind, advisor, promised });
        self.finish(order, finished);
        finished
    }

    /// The best clients are called every two weeks or so. One of them slips from sight, and of those who had
    /// been forgotten one stays so.
    fn calls(&mut self) {
        let best = self.company.clients.iter().filter(|client| client.best);
        let mut fresh = 0;
        let mut forgotten = 0;
        for client in best {
            let stale = self.company.stale.contains(&client.id);
            let (first, step) = if stale { (1 + 3 * forgotten, DAYS) } else { (self.dice.between(0, 8), 9) };
            let slips = if stale { forgotten == 4 } else { fresh == 0 };
            (fresh, forgotten) = if stale { (fresh, forgotten + 1) } else { (fresh + 1, forgotten) };
            let mut days = first;
            while !slips && days < DAYS {
                let date = day::last_working(day::plus(self.until, days));
                let channel = self.dice.pick(&CHANNELS);
                self.on(date, Change::Contacted { client: client.id, staff: client.account_owner, channel });
                days += step;
            }
        }
    }

    /// Two old complaints are answered at last, and two new ones on the next day.
    fn complaints(&mut self) {
        let company = self.company;
        let waiting = company.complaints.iter().filter(|complaint| complaint.answered.is_none());
        for (complaint, date) in waiting.zip([self.days[1], self.days[4]]).collect::<Vec<_>>() {
            self.on(date, Change::Answered { complaint: complaint.id });
        }
        let first = company.complaints.iter().map(|complaint| complaint.id).max().unwrap_or(0) + 1;
        let late = company.orders.iter().rev().filter(|order| order.taken && order.finished.is_some());
        for ((complaint, order), number) in (first..).zip(late).zip([3, 6]) {
            let about = self.dice.pick(&GRIEVANCES);
            let change = Change::Complained { complaint, client: order.client, order: order.id, about };
            self.on(self.days[number], change);
            self.on(self.days[number + 1], Change::Answered { complaint });
        }
    }

    /// Orders are numbered as they are opened, as the company's application would.
    fn number_orders(&mut self) {
        let mut numbers = std::collections::BTreeMap::new();
        let first = self.company.orders.last().map_or(1, |order| order.id + 1);
        for event in &self.events {
            if let Change::Opened { order, .. } = event.change {
                let next = first + i64::try_from(numbers.len()).unwrap_or(0);
                numbers.insert(order, next);
            }
        }
        for event in &mut self.events {
            if let Change::Opened { order, .. } | Change::Moved { order, .. } | Change::Finished { order, .. } =
                &mut event.change
                && let Some(number) = numbers.get(order)
            {
                *order = *number;
            }
        }
    }
}
