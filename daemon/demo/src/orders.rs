//! Orders: what was promised for a car, and when it was finished. Here all goes well; problems come from `plants`.
//!
//! Outside the planted repeats a car comes back after a month at the earliest, and everything outside the planted
//! misses is finished on the promised day or before; so the planted numbers are exact.

use jiff::civil::Date;

use crate::{
    day,
    dice::{Dice, Stream},
    people::{ADVISORS, Client, SELLERS},
    planted::Planted,
    settings::Settings,
};

#[derive(Clone, Debug)]
pub(crate) struct Car {
    pub(crate) id: i64,
    pub(crate) client: i64,
    pub(crate) plate: String,
    pub(crate) model: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) client: i64,
    pub(crate) car: i64,
    pub(crate) kind: &'static str,
    pub(crate) advisor: Option<i64>,
    pub(crate) opened: Date,
    pub(crate) promised: Date,
    pub(crate) finished: Option<Date>,
    /// In cents; none until it is billed.
    pub(crate) total: Option<i64>,
    /// A problem was planted in it, or beside it: no further one.
    pub(crate) taken: bool,
}

pub(crate) const SALE: &str = "car sale";
const WORKS: [(&str, i64, i64); 8] = [
    ("oil change", 90, 180),
    ("brakes", 240, 600),
    ("clutch", 500, 1100),
    ("tyres", 200, 700),
    ("air conditioning", 120, 450),
    ("electrics", 80, 500),
    ("body work", 300, 1800),
    ("inspection", 110, 220),
];
const MODELS: [&str; 6] =
    ["Škoda Octavia", "Citroën C4", "Opel Astra", "Volvo V60", "Москвич 3", "Kia Cee'd"];

/// The history ends so many days before `until`; what is younger is planted on purpose.
pub(crate) const QUIET_DAYS: i64 = 45;
const TWO_YEARS: i64 = 730;

pub(crate) struct Workshop<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) planted: Planted,
    pub(crate) dice: Dice,
    pub(crate) cars: Vec<Car>,
    pub(crate) orders: Vec<Order>,
    /// Cars without any recent order yet.
    pub(crate) idle: Vec<usize>,
}

impl<'a> Workshop<'a> {
    /// `quiet` are clients who get no recent order, so that nothing but a contact can be a sign of life.
    pub(crate) fn run(settings: &'a Settings, planted: Planted, clients: &[Client], quiet: &[i64]) -> Self {
        let dice = Dice::new(settings.seed, Stream::Orders);
        let mut workshop =
            Self { settings, planted, dice, cars: Vec::new(), orders: Vec::new(), idle: Vec::new() };
        for client in clients {
            workshop.history_of(client, quiet.contains(&client.id));
        }
        workshop.dice = Dice::new(settings.seed, Stream::Plants);
        workshop.plant();
        workshop.orders.sort_by_key(|order| (order.opened, order.id));
        workshop.number();
        workshop
    }

    /// Two years of one or two cars, all well.
    fn history_of(&mut self, client: &Client, quiet: bool) {
        for nth in 0..if client.best { 2 } else { self.dice.between(1, 2) } {
            let id = i64::try_from(self.cars.len()).expect("cars are few") + 1;
            let plate = format!("CB {:04} {}X", (id * 37) % 10_000, self.dice.pick(&['A', 'B', 'K', 'P']));
            self.cars.push(Car { id, client: client.id, plate, model: self.dice.pick(&MODELS) });
            if !quiet {
                self.idle.push(self.cars.len() - 1);
            }
            let mut offset = -TWO_YEARS + self.dice.between(1, 100);
            if client.best && nth == 0 {
                self.sale(client.id, id, offset);
                offset += self.dice.between(60, 120);
            }
            while offset < -QUIET_DAYS - 15 {
                let opened = day::plus(self.settings.until, offset);
                self.kept_order(client.id, id, opened);
                offset += self.dice.between(70, 260);
            }
        }
    }

    fn sale(&mut self, client: i64, car: i64, offset: i64) {
        let opened = day::working(day::plus(self.settings.until, offset));
        let promised = day::plus_working(opened, self.dice.between(5, 15));
        let advisor = Some(self.dice.pick(&SELLERS));
        let total = Some(self.dice.between(26_000, 58_000) * 100);
        let order = Order {
            id: 0,
            client,
            car,
            kind: SALE,
            advisor,
            opened,
            promised,
            finished: Some(promised),
            total,
            taken: false,
        };
        self.push(order);
    }

    /// An order that was promised and kept.
    pub(crate) fn kept_order(&mut self, client: i64, car: i64, opened: Date) -> usize {
        let opened = day::working(opened);
        let promised = day::plus_working(opened, self.dice.between(1, 6));
        let (kind, least, most) = self.dice.pick(&WORKS);
        let early = self.dice.between(0, 2);
        let finished = day::plus_working(promised, -early).max(opened);
        let total = Some(self.dice.between(least, most) * 100);
        let advisor = Some(self.dice.pick(&ADVISORS));
        self.push(Order {
            id: 0,
            client,
            car,
            kind,
            advisor,
            opened,
            promised,
            finished: Some(finished),
            total,
            taken: false,
        })
    }

    fn push(&mut self, order: Order) -> usize {
        self.orders.push(order);
        self.orders.len() - 1
    }

    /// Orders are numbered as they were opened.
    fn number(&mut self) {
        for (order, id) in self.orders.iter_mut().zip(1001..) {
            order.id = id;
        }
    }
}
