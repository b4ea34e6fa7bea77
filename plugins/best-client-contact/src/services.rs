//! What is new enough to be told to the best clients, and the finding about a client who does not know of it.

use kaizend_sdk::prelude::*;

use crate::clients::{Client, Clients};
use crate::{NEW_SERVICE, Service, Told};

/// More new services than this are a binding that is wrong, not news.
const MOST: usize = 100;

/// The new services, the oldest first.
#[derive(Default)]
pub(crate) struct Services(Vec<New>);

struct New {
    id: String,
    name: Option<String>,
    since: Date,
    owner: Option<String>,
}

impl Services {
    /// Those that are offered since `new_since` or later, and not only from tomorrow on.
    pub(crate) fn read(run: &Run, new_since: Date) -> Result<Self> {
        let mut services = Self::default();
        if !run.is_bound::<Service>() {
            return Ok(services);
        }
        if !run.is_bound::<Told>() {
            return Err(
                "bind `told` besides `services`: without it nobody can say who does not know of them yet"
                    .into(),
            );
        }
        run.read::<Service>()?.each(|service| services.add(&service, run.today(), new_since))?;
        Ok(services)
    }

    fn add(&mut self, service: &Service, today: Date, new_since: Date) -> Result {
        let Some(since) = service.since.map(When::day).filter(|&day| day >= new_since && day <= today) else {
            return Ok(());
        };
        if self.0.len() == MOST {
            return Err(
                format!("more than {MOST} services are new: is `since` the day a service began?").into()
            );
        }
        self.0.push(New {
            id: service.id.to_owned(),
            name: service.name.map(str::to_owned),
            since,
            owner: service.owner.map(str::to_owned),
        });
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their numbers.
    pub(crate) fn all(&self) -> Vec<usize> {
        (0..self.0.len()).collect()
    }

    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|service| service.id == id)
    }

    /// Says that a client was not told of a service. Whoever looks after the client hears it, else whoever answers for
    /// the service.
    pub(crate) fn tell(&self, service: usize, clients: &Clients, client: &Client) -> Result {
        let service = &self.0[service];
        clients
            .finding(&NEW_SERVICE, &[&service.id, &client.id], client)
            .about("owner", client.owner.as_deref().or(service.owner.as_deref()))
            .severity(Severity::Note)
            .fact("service", service.name.as_deref().unwrap_or(&service.id))
            .fact("since", service.since)
            .emit()
    }
}
