//! The page on which a word is taken back.

use kaizend_core::policy::undo;
use kaizend_store::{ActId, ActRow, ActStanding, TakenBack};
use kaizend_text::Shows;
use kaizend_web::{Answer, Pressed};

use super::Desk;
use crate::telling;

pub(super) async fn show(desk: &Desk<'_>, act: i64) -> anyhow::Result<Answer> {
    let Some(row) = recorded(desk, act).await? else { return Ok(Answer::Refused) };
    let Some(finding) = desk.rooms.store.finding(row.fingerprint).await? else { return Ok(Answer::Refused) };
    let said = telling::said(desk.rooms, &desk.scene.directory, &row, &finding);
    desk.answer(Shows::TakeBack { said, nonce: &desk.page.first })
}

pub(super) async fn hear(desk: &Desk<'_>, pressed: &Pressed, act: i64) -> anyhow::Result<Answer> {
    if pressed.fields.get("verb").map(String::as_str) != Some("take-back") {
        return Ok(Answer::Refused);
    }
    let Some(row) = recorded(desk, act).await? else { return Ok(Answer::Refused) };
    let Some(finding) = desk.rooms.store.finding(row.fingerprint).await? else { return Ok(Answer::Refused) };
    let (now, by) = (desk.page.now, desk.reader.id.clone());
    let decide = move |finding: &_, taken: &_| undo::undo(finding, taken, now);
    let item = desk.item(&finding);
    match desk.rooms.store.take_back(row.id, by, ActStanding::TakenBack, now, decide).await? {
        TakenBack::Gone => Ok(Answer::Refused),
        TakenBack::Stays(why) => desk.answer(Shows::Stays { why, item }),
        TakenBack::Back(_) => desk.answer(Shows::TakenBack { item }),
    }
}

/// A word of the reader's that counts.
async fn recorded(desk: &Desk<'_>, act: i64) -> anyhow::Result<Option<ActRow>> {
    let row = desk.rooms.store.act_from_mail(ActId(act)).await?;
    Ok(row.filter(|row| row.standing == ActStanding::Recorded && row.person == desk.reader.id))
}
