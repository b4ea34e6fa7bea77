//! The choice of one letter a day: from a mail program's own button, or from a page.

use kaizend_text::Shows;
use kaizend_web::{Answer, Pressed};

use super::Desk;

/// The choice, as a form names it.
const FEWER: &str = "one-a-day";
const USUAL: &str = "as-usual";

pub(super) async fn show(desk: &Desk<'_>) -> anyhow::Result<Answer> {
    let is_chosen = desk.rooms.store.one_a_day(&desk.reader.id).await?;
    let verb = if is_chosen { USUAL } else { FEWER };
    desk.answer(Shows::OneADay { is_chosen, verb, nonce: &desk.page.first })
}

pub(super) async fn hear(desk: &Desk<'_>, pressed: &Pressed) -> anyhow::Result<Answer> {
    match pressed.fields.get("verb").map(String::as_str) {
        Some(FEWER) => choose(desk, true).await,
        Some(USUAL) => choose(desk, false).await,
        _ => Ok(Answer::Refused),
    }
}

/// Shows what was chosen, and how it is chosen otherwise.
pub(super) async fn choose(desk: &Desk<'_>, one_a_day: bool) -> anyhow::Result<Answer> {
    desk.rooms.store.choose_one_a_day(&desk.reader.id, one_a_day, desk.page.now).await?;
    show(desk).await
}
