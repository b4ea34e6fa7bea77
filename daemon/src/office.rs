//! Who hears of what: the people of this moment, their hours, and what checks know of clients, as the core's
//! routers need them. Made once an activation; everything in it is shared.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use kaizend_core::{
    domain::{Person, PersonId, RunId},
    policy::{
        calendar::Calendar,
        office::{Hours, Office},
        route::Router,
        routes::asked_of_clients,
    },
};

use crate::{
    config::{Calendars, Check},
    look::Directory,
    rooms::Rooms,
};

/// The company's people and hours at one moment.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) office: Office,
    clients: Arc<BTreeMap<(String, String), String>>,
}

impl Standing {
    /// Reads what checks know of clients, and routes ask for; the people were read already.
    pub(crate) async fn of(rooms: &Rooms, directory: Arc<Directory>) -> anyhow::Result<Self> {
        let reminders = &rooms.plan.reminders;
        let office = Office {
            people: directory,
            hours: Arc::new(PersonalHours::of(rooms)),
            windows: reminders.windows.clone(),
            director: rooms.plan.company.director.clone(),
            urgent: reminders.urgent.severity,
        };
        let asked = asked_of_clients(&rooms.plan.routes);
        Ok(Self { office, clients: Arc::new(rooms.store.attributes_of("client", &asked).await?) })
    }

    /// What one check's notices are made with.
    pub(crate) fn router(&self, rooms: &Rooms, check: &Check, run: RunId, now: Timestamp) -> Router {
        let ladder = check.ladder.as_ref().and_then(|name| rooms.plan.ladders.get(name)).cloned();
        Router {
            office: self.office.clone(),
            routes: Arc::clone(&rooms.plan.routes),
            clients: Arc::clone(&self.clients) as _,
            ladder,
            fallback: check.fallback.clone(),
            run,
            now,
        }
    }
}

/// Each person's calendar, made once.
struct PersonalHours {
    calendars: Arc<Calendars>,
    company: Arc<Calendar>,
    made: Mutex<BTreeMap<PersonId, Arc<Calendar>>>,
}

impl PersonalHours {
    fn of(rooms: &Rooms) -> Self {
        let calendars = Arc::new(rooms.plan.calendars.clone());
        Self { company: Arc::new(rooms.calendar()), calendars, made: Mutex::default() }
    }
}

impl Hours for PersonalHours {
    fn calendar_of(&self, person: Option<&Person>) -> Arc<Calendar> {
        let Some(person) = person else { return Arc::clone(&self.company) };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = made.get(&person.id) {
            return Arc::clone(calendar);
        }
        let calendar = Arc::new(self.calendars.of(person));
        made.insert(person.id.clone(), Arc::clone(&calendar));
        calendar
    }
}
