//! What was said between the company and its clients: contacts, quotes and complaints.

use jiff::civil::{Date, DateTime};

use crate::{
    day,
    dice::{Dice, Stream},
    orders::{Order, SALE},
    people::{ADVISORS, Client},
    planted::Planted,
    settings::Settings,
};

#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) client: i64,
    pub(crate) staff: i64,
    /// On the wall in Sofia, as the company's application writes it.
    pub(crate) at: DateTime,
    pub(crate) channel: &'static str,
}

/// A range that was named before the work, in cents.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) order: i64,
    pub(crate) estimator: Option<i64>,
    pub(crate) given: Date,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Complaint {
    pub(crate) id: i64,
    pub(crate) client: i64,
    pub(crate) order: i64,
    pub(crate) received: Date,
    pub(crate) answered: Option<Date>,
    pub(crate) about: &'static str,
}

pub(crate) const CHANNELS: [&str; 4] = ["call", "visit", "letter", "e-mail"];
pub(crate) const GRIEVANCES: [&str; 4] =
    ["дъното още тече", "не была готова к сроку", "ootasin kolm tundi", "the bill was a surprise"];

/// Best clients are called every few weeks, except those in `stale`; the others now and then.
pub(crate) fn contacts(settings: &Settings, clients: &[Client], stale: &[i64]) -> Vec<Contact> {
    let mut dice = Dice::new(settings.seed, Stream::Contacts);
    let mut contacts = Vec::new();
    for client in clients {
        let (mut before, rest) = match client {
            Client { best: true, id, .. } if stale.contains(id) => (dice.between(43, 90), (20, 60)),
            Client { best: true, .. } => (dice.between(1, 17), (20, 60)),
            _ => (dice.between(3, 500), (150, 600)),
        };
        while before < 730 {
            let date = day::last_working(day::plus(settings.until, -before));
            contacts.push(contact(client, date, &mut dice));
            before += dice.between(rest.0, rest.1);
        }
    }
    contacts.sort_by_key(|contact| (contact.at, contact.client));
    contacts
}

fn contact(client: &Client, date: Date, dice: &mut Dice) -> Contact {
    let minute = dice.between(0, 539);
    let (hour, minute) = (9 + minute / 60, minute % 60);
    let part = |number: i64| i8::try_from(number).expect("a time of day is small");
    Contact {
        client: client.id,
        staff: client.account_owner,
        at: date.at(part(hour), part(minute), 0, 0),
        channel: dice.pick(&CHANNELS),
    }
}

/// Two in five billed jobs had a quote; all but the planted ones stayed inside it.
pub(crate) fn quotes(settings: &Settings, orders: &[Order], planted: &Planted) -> Vec<Quote> {
    let mut dice = Dice::new(settings.seed.wrapping_add(1), Stream::Contacts);
    let billed = orders.iter().filter(|order| order.kind != SALE);
    let billed = billed.filter_map(|order| Some((order, order.total.filter(|&total| total > 0)?)));
    let mut quotes: Vec<Quote> = Vec::new();
    for (order, total) in billed.filter(|_| dice.percent(40)).collect::<Vec<_>>() {
        let (low, high) = if quotes.len() % 11 == 3 && quotes.len() / 11 < planted.billed_above {
            (total * 6 / 10, total * dice.between(75, 95) / 100)
        } else {
            (total * dice.between(80, 99) / 100, total * dice.between(100, 125) / 100)
        };
        quotes.push(Quote { order: order.id, estimator: order.advisor, given: order.opened, low, high });
    }
    quotes
}

/// One order in forty is complained about; all but the planted last ones were answered within two working days.
pub(crate) fn complaints(settings: &Settings, orders: &[Order], planted: &Planted) -> Vec<Complaint> {
    let mut dice = Dice::new(settings.seed.wrapping_add(2), Stream::Contacts);
    let finished = |order: &Order| order.finished.filter(|&day| day < day::plus(settings.until, -16));
    let mut complaints = Vec::new();
    for (order, finished) in orders.iter().filter_map(|order| Some((order, finished(order)?))) {
        if dice.percent(3) {
            let received = day::plus_working(finished, dice.between(1, 3));
            let answered = day::plus_working(received, dice.between(0, 2));
            complaints.push(complaint(order, received, Some(answered), &mut dice));
        }
    }
    let late = orders.iter().rev().filter(|order| order.finished.is_some_and(|day| day > order.promised));
    for (order, before) in late.zip([6, 8, 11]).take(planted.unanswered_complaints) {
        let received = day::last_working(day::plus(settings.until, -before));
        complaints.push(complaint(order, received, None, &mut dice));
    }
    complaints.sort_by_key(|complaint| (complaint.received, complaint.order));
    for (complaint, id) in complaints.iter_mut().zip(1..) {
        complaint.id = id;
    }
    complaints
}

fn complaint(order: &Order, received: Date, answered: Option<Date>, dice: &mut Dice) -> Complaint {
    Complaint {
        id: 0,
        client: order.client,
        order: order.id,
        received,
        answered,
        about: dice.pick(&GRIEVANCES),
    }
}

/// Who takes an order when the story goes on.
pub(crate) fn advisor(dice: &mut Dice) -> i64 {
    dice.pick(&ADVISORS)
}
