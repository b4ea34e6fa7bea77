//! Those who may be spoken of: the best clients, who brings too much, who reached a milestone; completed from what is
//! on file, from the contacts and from who was told of what.

use kaizend_sdk::prelude::*;

use crate::buyers::Buyer;
use crate::milestones::{Milestones, Occasion};
use crate::ranking::{Rank, Ranking};
use crate::services::Services;
use crate::{File, Told, Touch};

#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) id: Box<str>,
    pub(crate) revenue: f64,
    pub(crate) rank: Rank,
    /// 1 for the best.
    pub(crate) place: usize,
    /// The share of all revenue in percent, where that is too much.
    pub(crate) concentrated: Option<i64>,
    /// The last contact; or the last order, where no contacts are bound.
    pub(crate) touched: Option<Date>,
    /// The latest milestone, as long as a word is in time.
    pub(crate) occasion: Option<Occasion>,
    pub(crate) owner: Option<String>,
    pub(crate) people: Option<i64>,
    pub(crate) updated: Option<Date>,
    /// The new services that a best client does not know of, by their number.
    pub(crate) untold: Vec<usize>,
}

pub(crate) struct Clients {
    /// The best first.
    pub(crate) all: Vec<Client>,
    currency: Option<String>,
    /// How many clients ordered.
    ordered: usize,
    today: Date,
}

impl Clients {
    pub(crate) fn read(
        run: &Run,
        ranking: Ranking,
        milestones: &Milestones,
        services: &Services,
    ) -> Result<Self> {
        let mut clients = Self::chosen(ranking, milestones, run.today());
        clients.all.sort_unstable_by(|one, other| one.id.cmp(&other.id));
        clients.read_files(run)?;
        clients.read_touches(run)?;
        clients.read_told(run, services)?;
        clients.all.sort_unstable_by_key(|client| client.place);
        Ok(clients)
    }

    /// Lets go of all of whom there is nothing to say.
    fn chosen(mut ranking: Ranking, milestones: &Milestones, today: Date) -> Self {
        let buyers = std::mem::take(&mut ranking.buyers);
        let ordered = buyers.len();
        let mut all = Vec::new();
        for (before, buyer) in buyers.into_iter().enumerate() {
            let occasion = milestones.latest(&buyer).filter(|_| ranking.recognises(before));
            let concentrated = ranking.concentrated(&buyer);
            let rank = ranking.rank(before);
            if rank == Rank::A || occasion.is_some() || concentrated.is_some() {
                all.push(Client { concentrated, occasion, ..Client::new(buyer, rank, before + 1) });
            }
        }
        Self { all, currency: ranking.currency, ordered, today }
    }

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

    /// Real contacts take the place of orders, where they are bound.
    fn read_touches(&mut self, run: &Run) -> Result {
        if !run.is_bound::<Touch>() {
            return Ok(());
        }
        self.all.iter_mut().for_each(|client| client.touched = None);
        run.read::<Touch>()?.each(|touch| {
            if touch.date.day() <= self.today
                && let Some(client) = self.find(touch.client)
            {
                client.touched = client.touched.max(Some(touch.date.day()));
            }
            Ok(())
        })
    }

    /// Strikes out the services that a best client was told of; without new ones nothing is read.
    fn read_told(&mut self, run: &Run, services: &Services) -> Result {
        if services.is_empty() {
            return Ok(());
        }
        let best = self.all.iter_mut().filter(|client| client.is_best());
        best.for_each(|client| client.untold = services.all());
        run.read::<Told>()?.each(|told| {
            if let (Some(service), Some(client)) = (services.find(told.service), self.find(told.client)) {
                client.untold.retain(|&untold| untold != service);
            }
            Ok(())
        })
    }

    /// While the clients are in the order of their ids.
    fn find(&mut self, id: &str) -> Option<&mut Client> {
        let at = self.all.binary_search_by(|client| (*client.id).cmp(id)).ok()?;
        Some(&mut self.all[at])
    }

    /// A finding about a client, for whoever looks after it.
    pub(crate) fn about(&self, topic: &Topic, client: &Client) -> Finding {
        self.finding(topic, &[&client.id], client).about("owner", client.owner.as_deref())
    }

    /// A finding about something with a client: the better the client, the more is at stake.
    pub(crate) fn finding(&self, topic: &Topic, key: &[&str], client: &Client) -> Finding {
        let worth = self.currency.as_deref();
        Finding::new(topic.alone(), key)
            .about("client", &*client.id)
            .worth(worth.map(|currency| Money { minor_units: client.revenue as i64, currency }))
            .fact("place", client.place as i64)
            .fact("clients", self.ordered as i64)
    }
}

impl Client {
    pub(crate) fn new(buyer: Buyer, rank: Rank, place: usize) -> Self {
        Self {
            id: buyer.id,
            revenue: buyer.revenue,
            rank,
            place,
            concentrated: None,
            touched: Some(buyer.last),
            occasion: None,
            owner: None,
            people: None,
            updated: None,
            untold: Vec::new(),
        }
    }

    pub(crate) fn is_best(&self) -> bool {
        self.rank == Rank::A
    }

    /// Whether it is a best client without contact since this day.
    pub(crate) fn is_silent_since(&self, day: Date) -> bool {
        self.is_best() && self.touched.is_none_or(|touched| touched < day)
    }

    /// The milestone, where there was no word since.
    pub(crate) fn unmarked(&self) -> Option<Occasion> {
        self.occasion.filter(|occasion| self.touched.is_none_or(|day| day < occasion.day))
    }
}
