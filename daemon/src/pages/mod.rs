//! The pages behind the links of mails: who asks, what they see, and what a button comes to. The web room has proven
//! that the link was ours; whether what it names is still there, and still this person's, is judged here.

mod item;
mod list;
mod one_a_day;
mod take_back;
mod word;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kaizend_core::{
    domain::{Addressee, Finding, Person, Verbs},
    policy::people::People,
};
use kaizend_store::{Found, Store};
use kaizend_text::{Brand, Screen, Shows, Voice};
use kaizend_web::{Answer, Key, Keyring, Page, Pressed, Scope, Secret, What};

use crate::{office::Standing, people, rooms::Rooms, telling::Scene};

/// How long a word can be taken back: its link is good for no longer.
pub(crate) const UNDO: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Every key in force.
pub(crate) async fn keyring(store: &Store) -> anyhow::Result<Keyring> {
    let keys = store.web_keys().await?;
    let key = |key: kaizend_store::WebKey| Some(Key::new(u32::try_from(key.kid).ok()?, &key.secret));
    Ok(Keyring::new(keys.into_iter().filter_map(key)))
}

/// Makes the first key, where links are wanted and there is none.
pub(crate) async fn first_key(rooms: &Rooms, now: Timestamp) -> anyhow::Result<Keyring> {
    let keys = keyring(&rooms.store).await?;
    if !keys.is_empty() || rooms.plan.web.is_none() {
        return Ok(keys);
    }
    rooms.store.first_web_key(Secret::make()?.into_bytes(), now).await?;
    keyring(&rooms.store).await
}

/// What is behind a link.
pub(crate) async fn show(rooms: &Rooms, page: &Page) -> anyhow::Result<Answer> {
    let Some(desk) = Desk::of(rooms, page).await? else { return Ok(Answer::Refused) };
    match page.scope.what {
        What::Finding { .. } => item::show(&desk).await,
        What::List => list::show(&desk).await,
        What::Word { act } => take_back::show(&desk, act).await,
        What::OneADay => one_a_day::show(&desk).await,
    }
}

/// What a button comes to.
pub(crate) async fn hear(rooms: &Rooms, pressed: &Pressed) -> anyhow::Result<Answer> {
    let Some(desk) = Desk::of(rooms, &pressed.page).await? else { return Ok(Answer::Refused) };
    match pressed.page.scope.what {
        What::Finding { .. } => item::hear(&desk, pressed).await,
        What::Word { act } => take_back::hear(&desk, pressed, act).await,
        What::OneADay => one_a_day::hear(&desk, pressed).await,
        What::List => Ok(Answer::Refused),
    }
}

/// A mail program asks for fewer letters.
pub(crate) async fn fewer(rooms: &Rooms, page: &Page) -> anyhow::Result<Answer> {
    match Desk::of(rooms, page).await? {
        Some(desk) => one_a_day::choose(&desk, true).await,
        None => Ok(Answer::Refused),
    }
}

/// The one document for every link that is not in order.
pub(crate) fn refusal(rooms: &Rooms) -> String {
    nobodys(rooms, Shows::Refused)
}

/// The document for when nothing can be shown.
pub(crate) fn trouble(rooms: &Rooms) -> String {
    nobodys(rooms, Shows::Trouble)
}

fn nobodys(rooms: &Rooms, shows: Shows<'_>) -> String {
    let screen = Screen { voice: rooms.voice(None), brand: &rooms.brand(), reader: None, shows };
    screen.render(&rooms.words, &rooms.stationery).unwrap_or_else(|why| {
        tracing::error!(%why, "a page could not be laid out");
        String::new()
    })
}

/// One request of one person.
struct Desk<'a> {
    rooms: &'a Rooms,
    page: &'a Page,
    scene: Scene<'a>,
    reader: Person,
    brand: Brand,
    keys: Keyring,
}

impl<'a> Desk<'a> {
    /// `None` when the mail's notice or its reader is gone: then the link is not in order.
    async fn of(rooms: &'a Rooms, page: &'a Page) -> anyhow::Result<Option<Self>> {
        let Some(notice) = rooms.store.notice(page.scope.notice).await? else { return Ok(None) };
        let Addressee::Person(id) = notice.notice.to else { return Ok(None) };
        if !page.scope.is_of(&id) {
            return Ok(None);
        }
        // Not as a look reads them: nothing that is only shown may leave anything behind.
        let given_up = rooms.store.given_up().await?;
        let binds = rooms.binds(page.now, None);
        let directory = people::read(&rooms.plan, &rooms.words, &binds, &given_up).await?;
        let Some(reader) = directory.person(&id).cloned() else { return Ok(None) };
        let directory = Arc::new(directory);
        let standing = Standing::of(rooms, Arc::clone(&directory)).await?;
        let keys = keyring(&rooms.store).await?;
        let scene = Scene { rooms, directory, standing, now: page.now, stale: &[], keys: None };
        Ok(Some(Self { rooms, page, scene, reader, brand: rooms.brand(), keys }))
    }

    fn voice(&self) -> Voice {
        self.rooms.voice(Some(&self.reader))
    }

    fn screen(&self, shows: Shows<'_>) -> anyhow::Result<String> {
        let (voice, reader) = (self.voice(), Some(self.reader.name.as_str()));
        let screen = Screen { voice, brand: &self.brand, reader, shows };
        Ok(screen.render(&self.rooms.words, &self.rooms.stationery)?)
    }

    fn answer(&self, shows: Shows<'_>) -> anyhow::Result<Answer> {
        Ok(Answer::Page(self.screen(shows)?))
    }

    /// The address of another page of the same person.
    fn link(&self, scope: &Scope) -> String {
        let token = self.keys.token(scope).unwrap_or_default();
        self.rooms.plan.web.as_ref().map(|web| web.link(&token)).unwrap_or_default()
    }

    fn list(&self) -> String {
        self.link(&self.page.scope.with(What::List))
    }

    fn item(&self, finding: &Finding) -> String {
        let what = What::finding(&finding.fingerprint, finding.episode, Verbs::all());
        self.link(&self.page.scope.with(what))
    }

    /// The finding that the link names, in the episode that it names.
    async fn finding(&self) -> anyhow::Result<Option<Finding>> {
        let What::Finding { finding, episode, .. } = &self.page.scope.what else { return Ok(None) };
        let found = self.rooms.store.finding_by_prefix(&hex::encode(finding)).await?;
        Ok(match found {
            Found::One(finding) if finding.episode == *episode => Some(*finding),
            _ => None,
        })
    }
}
