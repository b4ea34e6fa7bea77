//! Reports of mail servers (RFC 3464): an address that refused a mail after all counts as if it had done so at once.

use jiff::Timestamp;
use kaizend_core::policy::bounce::Bounce as Blames;
use kaizend_mail::inbound::{Action, Bounce};

use crate::rooms::Rooms;

/// How many of our mails came back from an address that is to blame.
pub(super) async fn count(rooms: &Rooms, bounces: &[Bounce], now: Timestamp) -> anyhow::Result<u32> {
    let mut mails = 0;
    for bounce in bounces.iter().filter(|bounce| bounce.action == Action::Failed) {
        let (Some(blames), Some(mail)) =
            (status(&bounce.status).and_then(Blames::of_status), &bounce.message_id)
        else {
            continue;
        };
        let reason = if bounce.diagnostic.is_empty() { &bounce.status } else { &bounce.diagnostic };
        let reason: String = reason.chars().take(500).collect();
        if rooms.store.came_back(mail.as_str(), blames, reason, now).await? {
            mails += 1;
        }
    }
    Ok(mails)
}

/// `5.1.1`
fn status(text: &str) -> Option<(u8, u16, u16)> {
    let mut parts = text.split('.');
    let status = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(status)
}
