//! A finding's page: what it is, what its reader may say of it, and what comes of a button.

use std::collections::BTreeMap;

use kaizend_core::{
    domain::{
        AddressedBecause, Addressee, ApologyLevel, Cause, Finding, Notice, NoticeId, NoticeKind, Person,
        State, TellBecause, Verb,
    },
    policy::{
        act,
        put_off::{self, Later},
        tell::DueItem,
    },
};
use kaizend_store::{ActId, Heard, NewAct, NoticeRow};
use kaizend_text::{Asked, ItemShown, Lack, Moments, Offer, Recorded, Shows};
use kaizend_web::{Answer, Pressed, Scope, Step, What};

use super::{Desk, UNDO, word};
use crate::{
    acting::{self, FromMail, How},
    config::Check,
    telling,
};

pub(super) async fn show(desk: &Desk<'_>) -> anyhow::Result<Answer> {
    let Some(finding) = desk.finding().await? else { return Ok(Answer::Refused) };
    let open = desk.page.open.as_deref().and_then(Verb::of_word);
    Ok(Answer::Page(shown(desk, &finding, None, open, &BTreeMap::new()).await?))
}

pub(super) async fn hear(desk: &Desk<'_>, pressed: &Pressed) -> anyhow::Result<Answer> {
    let Some(finding) = desk.finding().await? else { return Ok(Answer::Refused) };
    let What::Finding { verbs, .. } = desk.page.scope.what else { return Ok(Answer::Refused) };
    let verb = pressed.fields.get("verb").and_then(|word| Verb::of_word(word));
    let Some(verb) = verb.filter(|verb| verbs.contains(*verb)) else { return Ok(Answer::Refused) };
    let lacks = |lack| shown(desk, &finding, Some(lack), Some(verb), &pressed.fields);
    let Some(check) = desk.rooms.plan.checks.get(&finding.check) else {
        return Ok(Answer::Lacks(lacks(Lack::Nothing).await?));
    };
    let calendar = desk.scene.standing.office.calendar_of(&desk.reader.id);
    let level = owed_by(&finding, &desk.reader);
    let word = match word::read(verb, &pressed.fields, level, &calendar, desk.page.now) {
        Ok(word) => word,
        Err(lack) => return Ok(Answer::Lacks(lacks(lack).await?)),
    };
    let new = NewAct {
        notice: desk.page.scope.notice,
        fingerprint: finding.fingerprint,
        person: desk.reader.id.clone(),
        verb,
        at: desk.page.now,
        confirmed: pressed.step == Step::Again,
        page: pressed.nonce,
    };
    let said = FromMail { new, word, how: How::Pressed };
    match acting::say_from_mail(desk.rooms, &desk.scene.standing, check, &finding, said).await? {
        Heard::Gone | Heard::Replayed => Ok(Answer::Refused),
        Heard::Refused(why) => Ok(Answer::Lacks(lacks(word::lack(&why)).await?)),
        Heard::Unconfirmed(because) => {
            let item = telling::bare_item(&desk.scene, &finding);
            let title =
                desk.rooms.words.finding_title(item.plugin, &finding.seen, &item.names, &desk.voice());
            let (title, typed, nonce) = (title.text, &pressed.fields, desk.page.again.as_str());
            desk.answer(Shows::Again(Asked { because, title, verb, typed, nonce }))
        }
        Heard::Recorded { act, .. } => recorded(desk, &finding, act).await,
    }
}

/// Thanks, with a link that takes it back.
async fn recorded(desk: &Desk<'_>, finding: &Finding, act: ActId) -> anyhow::Result<Answer> {
    let Some(row) = desk.rooms.store.act_from_mail(act).await? else { return Ok(Answer::Refused) };
    let until = desk.page.now.checked_add(UNDO)?;
    let what = What::Word { act: act.0 };
    let undo = Scope::new(what, desk.page.scope.notice, &desk.reader.id, until);
    desk.answer(Shows::Recorded(Recorded {
        said: telling::said(desk.rooms, &desk.scene.directory, &row, finding),
        undo: desk.link(&undo),
        undo_until: until,
        list: desk.list(),
    }))
}

async fn shown(
    desk: &Desk<'_>,
    finding: &Finding,
    lacks: Option<Lack>,
    open: Option<Verb>,
    typed: &BTreeMap<String, String>,
) -> anyhow::Result<String> {
    let due = due(desk, finding).await?;
    let item = telling::item(&desk.scene, Some(&desk.reader), &due, finding).await?;
    let check = desk.rooms.plan.checks.get(&finding.check);
    let offers = match check {
        Some(check) if finding.is_open() && finding.forgotten.is_none() => {
            offers(desk, finding, check).await?
        }
        _ => Vec::new(),
    };
    let nonce = desk.page.first.as_str();
    let shown = ItemShown { item, offers, lacks, typed, open, nonce, list: desk.list() };
    desk.screen(Shows::Item(Box::new(shown)))
}

/// The last notice to the reader about the finding; without one, it is in their list because they answer for it.
async fn due(desk: &Desk<'_>, finding: &Finding) -> anyhow::Result<DueItem> {
    let to = Addressee::Person(desk.reader.id.clone());
    let mut notices = desk.rooms.store.notices_of(finding.fingerprint).await?.into_iter().rev();
    let to_reader = |row: &NoticeRow| row.notice.to == to && row.notice.episode == finding.episode;
    let last = notices.find(to_reader);
    let (id, decided_at, notice) = match last {
        Some(row) => (row.id, row.decided_at, row.notice),
        None => (NoticeId(0), finding.opened_at, unwritten(finding, to)),
    };
    Ok(DueItem { id, notice, decided_at, finding: Some(finding.clone()), rank: None, silenced_until: None })
}

fn unwritten(finding: &Finding, to: Addressee) -> Notice {
    Notice {
        check: finding.check.clone(),
        finding: Some(finding.fingerprint),
        episode: finding.episode,
        kind: NoticeKind::Reminder,
        to,
        addressed: AddressedBecause::Owner,
        because: TellBecause::Repeat,
        run: finding.changed_by,
        due: finding.opened_at,
        urgent: false,
        step: None,
        detail: None,
    }
}

/// What the link lets its reader say, as far as it makes sense now.
async fn offers<'a>(desk: &Desk<'_>, finding: &Finding, check: &'a Check) -> anyhow::Result<Vec<Offer<'a>>> {
    let What::Finding { verbs, .. } = desk.page.scope.what else { return Ok(Vec::new()) };
    let causes = check.owing.causes.as_slice();
    let is_owing = matches!(finding.state, State::Owing { .. });
    let needs = act::needs_cause(finding, &check.owing);
    let asked = matches!(finding.owed.cause, Some(Cause::Asked { .. }));
    let mut offers = vec![Offer::Done { causes: needs.then_some(causes) }];
    if !is_owing {
        offers.push(Offer::Snooze(moments(desk, finding).await?));
        offers.push(Offer::Dismiss);
    }
    offers.push(Offer::Assign { people: others(desk, finding) });
    if let Some(level) = owed_by(finding, &desk.reader) {
        offers.insert(0, Offer::Apologised { level });
    }
    if asked {
        offers.push(Offer::Explain { causes });
    }
    offers.push(Offer::Differently);
    offers.retain(|offer| verbs.contains(offer.verb()));
    Ok(offers)
}

async fn moments(desk: &Desk<'_>, finding: &Finding) -> anyhow::Result<Moments> {
    let calendar = desk.scene.standing.office.calendar_of(&desk.reader.id);
    let until = |later| put_off::until(later, &calendar, desk.page.now);
    let times = desk.rooms.store.put_off(finding).await?;
    let (tomorrow, monday) = (until(Later::Tomorrow), until(Later::Monday));
    Ok(Moments {
        today: until(Later::Today),
        tomorrow,
        // On a Friday both are the same moment, and one of them is enough.
        monday: monday.filter(|monday| Some(*monday) != tomorrow),
        reason_after: (times >= put_off::FREE).then_some(times),
    })
}

/// Everybody who can be told, but who answers for it already.
fn others(desk: &Desk<'_>, finding: &Finding) -> Vec<(String, String)> {
    let others = desk
        .scene
        .directory
        .people()
        .filter(|person| person.has_address() && finding.owner() != Some(person.id.as_str()));
    let mut others: Vec<_> = others.map(|person| (person.id.to_string(), person.name.clone())).collect();
    others.sort_by(|left, right| (&left.1, &left.0).cmp(&(&right.1, &right.0)));
    others
}

/// At which level the reader owes an apology.
fn owed_by(finding: &Finding, reader: &Person) -> Option<ApologyLevel> {
    finding.owed.open_apologies().find(|apology| apology.by == reader.id).map(|apology| apology.level)
}
