//! A letter in words becomes mails: one for each recipient, with its Message-ID and its thread.

use kaizend_core::{
    domain::{Addressee, NoticeId, Person},
    policy::tell::{DueItem, LetterKind, LetterPlan},
};
use kaizend_mail::{Correspondent, Envelope, Kind, MailAddress, MessageId, compose};
use kaizend_store::{Audience, MailKind, NewMail};

use super::{Scene, doors::Doors, letter, said::Untold};
use crate::rooms::Rooms;

/// The mails of one letter. The first holds its notices; copies to further operators hold none.
pub(super) async fn mails(
    scene: &Scene<'_>,
    addressee: &Addressee,
    plan: &LetterPlan,
    held: Option<&str>,
    untold: &mut Untold,
) -> anyhow::Result<Vec<NewMail>> {
    let rooms = scene.rooms;
    let reader = scene.reader(addressee);
    let untold = untold.take_for(&plan.kind);
    let doors = Doors::of(scene, reader, plan);
    let rendered = letter::render(scene, reader, plan, &untold, doors.as_ref()).await?;
    let mut mails = Vec::new();
    for to in recipients(rooms, reader) {
        let message_id = message_id(rooms, plan, &to.address);
        let envelope = Envelope {
            kind: kind(&plan.kind),
            from: rooms.plan.mail.from.clone(),
            to,
            reply_to: rooms.plan.mail.reply_to.clone(),
            earlier: earlier(rooms, addressee, plan).await?,
            message_id,
            date: scene.now,
            bounces: rooms.plan.mail.bounces.clone(),
            unsubscribe: doors.as_ref().and_then(Doors::fewer),
        };
        let notices: Vec<NoticeId> = if mails.is_empty() { plan.notices().collect() } else { Vec::new() };
        mails.push(NewMail {
            mail: compose(&envelope, &rendered)?,
            kind: mail_kind(&plan.kind),
            addressee: addressee.clone(),
            audience: Audience::Staff,
            notices,
            said: untold.ids(),
            held: held.map(str::to_owned),
        });
    }
    Ok(mails)
}

/// The person, or every operator when it is for them or the person has no usable address any more.
fn recipients(rooms: &Rooms, reader: Option<&Person>) -> Vec<Correspondent> {
    let address = reader.and_then(|reader| reader.email.as_deref()?.trim().parse::<MailAddress>().ok());
    match (reader, address) {
        (Some(reader), Some(address)) => vec![Correspondent::new(Some(&reader.name), address)],
        _ => rooms.plan.company.operators.iter().map(|to| Correspondent::new(None, to.clone())).collect(),
    }
}

/// What the mail is about and the first of its notices: the same telling, said twice, gives the same id.
fn message_id(rooms: &Rooms, plan: &LetterPlan, to: &MailAddress) -> MessageId {
    let sequence = plan.items.first().map_or(0, |item| item.id.0);
    let item = match plan.items.as_slice() {
        [DueItem { finding: Some(finding), .. }] => {
            format!("{}-{}", finding.fingerprint.short(), finding.episode)
        }
        [first, ..] => format!("{}-{}", first.notice.check, first.notice.run),
        [] => String::new(),
    };
    MessageId::new(kind(&plan.kind), &item, to, sequence, rooms.plan.mail.from.address.domain())
}

/// Earlier mails to the same addressee about the one finding of this letter.
async fn earlier(rooms: &Rooms, addressee: &Addressee, plan: &LetterPlan) -> anyhow::Result<Vec<MessageId>> {
    let [DueItem { finding: Some(finding), .. }] = plan.items.as_slice() else { return Ok(Vec::new()) };
    let mut earlier = Vec::new();
    for notice in rooms.store.notices_of(finding.fingerprint).await? {
        let Some(mail) = notice.mail.filter(|_| notice.notice.to == *addressee) else { continue };
        let row = rooms.store.mail(mail).await?;
        earlier.extend(row.map(|row| MessageId::known(&row.line.message_id)));
    }
    Ok(earlier)
}

fn kind(kind: &LetterKind) -> Kind {
    match kind {
        LetterKind::Operator => Kind::Operator,
        LetterKind::Baseline { .. } => Kind::Baseline,
        LetterKind::Reminder => Kind::Reminder,
        _ => Kind::Digest,
    }
}

fn mail_kind(kind: &LetterKind) -> MailKind {
    match kind {
        LetterKind::Operator => MailKind::Operator,
        LetterKind::Baseline { .. } => MailKind::Baseline,
        LetterKind::Urgent => MailKind::Urgent,
        LetterKind::Reminder => MailKind::Reminder,
        _ => MailKind::Digest,
    }
}
