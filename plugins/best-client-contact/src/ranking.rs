//! Clients by revenue: read from the orders, ranked, and completed from the other slots.

use kaizend_sdk::prelude::*;

use crate::client::{Client, Rank};
use crate::services::Services;
use crate::{File, Order, Params, Told, Touch};

pub(crate) struct Ranking {
    /// By id, as the orders come.
    clients: Vec<Client>,
    /// The one currency of all orders, where they are money.
    currency: Option<String>,
    total: f64,
    today: Date,
    /// How many clients ordered.
    ordered: usize,
}

impl Ranking {
    /// Sums up the orders of each client.
    pub(crate) fn read(run: &Run) -> Result<Self> {
        let orders = run.read::<Order>()?;
        if !orders.has("worth") && !orders.has("revenue") {
            return Err("bind orders with a column `worth` (money) or `revenue` (a number): without it nobody can say who the best clients are".into());
        }
        let mut ranking =
            Self { clients: Vec::new(), currency: None, total: 0.0, today: run.today(), ordered: 0 };
        orders.each(|order| ranking.add(&order))?;
        ranking.ordered = ranking.clients.len();
        ranking.total = ranking.clients.iter().map(|client| client.revenue).sum();
        ranking.read_files(run)?;
        Ok(ranking)
    }

    fn add(&mut self, order: &Order) -> Result {
        if order.date.day() > self.today {
            return Ok(());
        }
        let revenue = self.revenue(order)?;
        if self.clients.last().is_none_or(|client| client.id != order.client) {
            self.clients.push(Client::new(order.client));
        }
        if let Some(client) = self.clients.last_mut() {
            client.revenue += revenue;
            client.touch(order.date.day());
        }
        Ok(())
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

    /// Gives each client a place and a rank: more revenue first, on equal revenue the smaller id; shares rounded up.
    pub(crate) fn rank(&mut self, params: &Params) {
        let share = |percent: i64| (self.ordered * usize::try_from(percent).unwrap_or(0)).div_ceil(100);
        let (best, good) =
            (share(params.best_percent), share(params.best_percent.saturating_add(params.good_percent)));
        self.clients.sort_unstable_by(|one, other| {
            other.revenue.total_cmp(&one.revenue).then_with(|| one.id.cmp(&other.id))
        });
        for (before, client) in self.clients.iter_mut().enumerate() {
            client.place = before + 1;
            client.rank = match before {
                _ if before < best => Rank::A,
                _ if before < good => Rank::B,
                _ => Rank::C,
            };
        }
    }

    /// The clients, the best first once they are ranked.
    pub(crate) fn clients(&self) -> impl Iterator<Item = &Client> {
        self.clients.iter()
    }

    /// The same after [`Self::keep_best`].
    pub(crate) fn best(&self) -> &[Client] {
        &self.clients
    }

    /// Clients whose share of all revenue is above so many percent, and that share.
    pub(crate) fn above(&self, percent: i64) -> impl Iterator<Item = (&Client, i64)> {
        let share = |client: &Client| (client.revenue * 100.0 / self.total) as i64;
        let above =
            move |client: &&Client| self.total > 0.0 && client.revenue * 100.0 > self.total * percent as f64;
        self.clients.iter().filter(above).map(move |client| (client, share(client)))
    }

    /// Lets go of all but the best.
    pub(crate) fn keep_best(&mut self) {
        self.clients.retain(|client| client.rank == Rank::A);
    }

    /// Real contacts take the place of orders, where they are bound.
    pub(crate) fn read_touches(&mut self, run: &Run) -> Result {
        if !run.is_bound::<Touch>() {
            return Ok(());
        }
        self.clients.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        self.clients.iter_mut().for_each(|client| client.touched = None);
        run.read::<Touch>()?.each(|touch| {
            if touch.date.day() <= self.today
                && let Some(client) = self.find(touch.client)
            {
                client.touch(touch.date.day());
            }
            Ok(())
        })?;
        self.clients.sort_unstable_by_key(|client| client.place);
        Ok(())
    }

    /// Strikes out the services that a client was told of; without new ones nothing is read.
    pub(crate) fn read_told(&mut self, run: &Run, services: &Services) -> Result {
        if services.is_empty() {
            return Ok(());
        }
        self.clients.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        self.clients.iter_mut().for_each(|client| client.untold = services.all());
        run.read::<Told>()?.each(|told| {
            if let (Some(service), Some(client)) = (services.find(told.service), self.find(told.client)) {
                client.untold.retain(|&untold| untold != service);
            }
            Ok(())
        })?;
        self.clients.sort_unstable_by_key(|client| client.place);
        Ok(())
    }

    /// What is on file, for clients that ordered. The clients are still in the order of their ids.
    fn read_files(&mut self, run: &Run) -> Result {
        run.read::<File>()?.each(|file| {
            if let Some(client) = self.find(file.id) {
                client.owner = file.owner.map(str::to_owned);
                client.people = file.people;
                client.updated = file.file_updated.map(When::day);
            }
            Ok(())
        })
    }

    fn find(&mut self, id: &str) -> Option<&mut Client> {
        let at = self.clients.binary_search_by(|client| client.id.as_str().cmp(id)).ok()?;
        Some(&mut self.clients[at])
    }

    /// A finding about a client, for whoever looks after it.
    pub(crate) fn about(&self, topic: &Topic, client: &Client) -> Finding {
        self.finding(topic, &[&client.id], client).about("owner", client.owner.as_deref())
    }

    /// A finding about something with a client: the better the client, the more is at stake.
    pub(crate) fn finding(&self, topic: &Topic, key: &[&str], client: &Client) -> Finding {
        let worth = self.currency.as_deref();
        Finding::new(topic.alone(), key)
            .about("client", client.id.as_str())
            .worth(worth.map(|currency| Money { minor_units: client.revenue as i64, currency }))
            .fact("place", client.place as i64)
            .fact("clients", self.ordered as i64)
    }
}
