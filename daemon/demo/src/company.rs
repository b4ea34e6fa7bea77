//! The whole company on the morning of `until`, as values; `books` writes them down, `timeline` goes on from them.

use crate::{
    books::DemoError,
    contacts::{self, Complaint, Contact, Quote},
    orders::{Car, Order, Workshop},
    people::{self, Client, Person},
    planted::Planted,
    settings::Settings,
};

pub(crate) struct Company {
    pub(crate) staff: Vec<Person>,
    pub(crate) clients: Vec<Client>,
    pub(crate) cars: Vec<Car>,
    pub(crate) orders: Vec<Order>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) complaints: Vec<Complaint>,
    /// Best clients whom nobody called lately.
    pub(crate) stale: Vec<i64>,
    /// Cars without a recent order: positions in `cars`.
    pub(crate) idle: Vec<usize>,
}

/// Fewer clients have too few cars for the planted problems and the three weeks to come.
const FEWEST: u32 = 100;
const MOST: u32 = 20_000;

impl Company {
    pub(crate) fn build(settings: &Settings) -> Result<(Self, Planted), DemoError> {
        if !(FEWEST..=MOST).contains(&settings.clients) {
            return Err(DemoError::Clients { clients: settings.clients });
        }
        if !(1900..=2200).contains(&settings.until.year()) {
            return Err(DemoError::Until { until: settings.until });
        }
        let planted = Planted::among(settings.clients);
        let clients = people::clients(settings);
        let best = clients.iter().filter(|client| client.best).map(|client| client.id);
        let stale: Vec<i64> = best.step_by(3).take(planted.stale_best_clients).collect();
        let Workshop { cars, orders, idle, .. } = Workshop::run(settings, planted, &clients, &stale);
        let company = Self {
            staff: people::staff(),
            quotes: contacts::quotes(settings, &orders, &planted),
            contacts: contacts::contacts(settings, &clients, &stale),
            complaints: contacts::complaints(settings, &orders, &planted),
            clients,
            cars,
            orders,
            stale,
            idle,
        };
        Ok((company, planted))
    }
}
