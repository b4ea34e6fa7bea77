//! The chain from its beginning: each row follows the one before, says what its digest says, and vouches for
//! exactly the changes that are there.

use rusqlite::{Connection, Rows};

use super::{Sound, Steps};
use crate::{
    StoreError,
    audit::{
        AuditDigest, AuditFault, AuditHead,
        chain::{Link, add_change},
        digest::Fields,
    },
    column::instant,
};

/// The outer error is that it could not be read; the inner one is what is wrong with it.
type Walked = Result<Result<Sound, AuditFault>, StoreError>;

pub(super) fn walk(connection: &Connection, expect: Option<AuditDigest>, steps: &mut Steps) -> Walked {
    let mut links = connection.prepare("SELECT * FROM audit ORDER BY seq")?;
    let mut links = links.query([])?;
    let mut changes =
        connection.prepare("SELECT id, changed, operation, key, content FROM audit_changes ORDER BY id")?;
    let mut changes = changes.query([])?;
    let mut walker = Walker::default();
    let mut expected = expect.is_none();
    while let Some(row) = links.next()? {
        let link = Link::read(row)?;
        if let Err(fault) = walker.follow(&link).and_then(|digest| {
            expected |= expect == Some(digest);
            walker.account(&link)
        }) {
            return Ok(Err(fault));
        }
        if !walker.changes(&link, &mut changes, steps)? {
            return Ok(Err(AuditFault::ChangesEdited { seq: link.seq }));
        }
    }
    if changes.next()?.is_some() {
        return Ok(Err(AuditFault::StrayChanges { after: walker.seq }));
    }
    Ok(match expect {
        Some(digest) if !expected => Err(AuditFault::CutOff { expected: digest }),
        _ => Ok(walker.sound()?),
    })
}

/// What the rows so far come to.
struct Walker {
    seq: i64,
    at: i64,
    digest: AuditDigest,
    last_change: i64,
    changes: u64,
}

impl Default for Walker {
    fn default() -> Self {
        Self { seq: 0, at: 0, digest: AuditDigest::NONE, last_change: 0, changes: 0 }
    }
}

impl Walker {
    /// Whether this row is the next one and says what it said when it was written; gives its digest.
    fn follow(&mut self, link: &Link) -> Result<AuditDigest, AuditFault> {
        let next = self.seq + 1;
        if link.seq > next {
            return Err(AuditFault::Missing { first: next, last: link.seq - 1 });
        }
        if link.seq < next || link.previous != self.digest.as_bytes() {
            return Err(AuditFault::OutOfOrder { seq: link.seq });
        }
        let digest = link.own_digest();
        if link.digest != digest.as_bytes() {
            return Err(AuditFault::Edited { seq: link.seq });
        }
        (self.seq, self.at, self.digest) = (link.seq, link.at, digest);
        Ok(digest)
    }

    /// Whether its changes begin where those of the row before ended.
    fn account(&self, link: &Link) -> Result<(), AuditFault> {
        if link.last_change - link.changes == self.last_change {
            Ok(())
        } else {
            Err(AuditFault::StrayChanges { after: self.seq - 1 })
        }
    }

    /// Whether exactly the changes are there that the row vouches for.
    fn changes(
        &mut self,
        link: &Link,
        changes: &mut Rows<'_>,
        steps: &mut Steps,
    ) -> Result<bool, StoreError> {
        let mut fields = Fields::default();
        for id in self.last_change + 1..=link.last_change {
            match changes.next()? {
                Some(change) if change.get::<_, i64>("id")? == id => add_change(&mut fields, change)?,
                _ => return Ok(false),
            }
            self.changes += 1;
            steps.step();
        }
        self.last_change = link.last_change;
        Ok(link.changes_digest == fields.finish().as_bytes())
    }

    fn sound(self) -> Result<Sound, StoreError> {
        let head = match self.seq {
            0 => None,
            seq => Some(AuditHead { seq, at: instant(self.at)?, digest: self.digest }),
        };
        Ok(Sound { head, rows: self.seq.unsigned_abs(), changes: self.changes, compared: 0 })
    }
}
