//! One thing that happens in the company, and how the company's application writes it down.

use std::fmt;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rusqlite::{Connection, params};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    Opened {
        order: i64,
        client: i64,
        car: i64,
        kind: &'static str,
        advisor: i64,
        promised: Date,
    },
    /// The promise gets a later day, by `"us"` or by the `"client"`.
    Moved {
        order: i64,
        promised: Date,
        by: &'static str,
    },
    Finished {
        order: i64,
        total_cents: i64,
    },
    Contacted {
        client: i64,
        staff: i64,
        channel: &'static str,
    },
    Complained {
        complaint: i64,
        client: i64,
        order: i64,
        about: &'static str,
    },
    Answered {
        complaint: i64,
    },
}

impl Event {
    /// Writes it into the books, as of its own moment.
    pub(crate) fn write(&self, books: &Connection, sofia: &TimeZone) -> rusqlite::Result<usize> {
        let wall = sofia.to_datetime(self.at);
        let today = wall.date().to_string();
        match self.change {
            Change::Opened { order, client, car, kind, advisor, promised } => books.execute(
                "insert into orders values (?, ?, ?, ?, ?, ?, ?, null, null, null)",
                params![order, client, car, kind, advisor, today, promised.to_string()],
            ),
            Change::Moved { order, promised, by } => books.execute(
                "update orders set promised_on = ?, moved_by = ? where id = ?",
                params![promised.to_string(), by, order],
            ),
            Change::Finished { order, total_cents } => books.execute(
                "update orders set finished_on = ?, total_cents = ? where id = ?",
                params![today, total_cents, order],
            ),
            Change::Contacted { client, staff, channel } => books.execute(
                "insert into contacts values (null, ?, ?, ?, ?)",
                params![client, staff, wall.strftime("%F %T").to_string(), channel],
            ),
            Change::Complained { complaint, client, order, about } => books.execute(
                "insert into complaints values (?, ?, ?, ?, null, ?)",
                params![complaint, client, order, today, about],
            ),
            Change::Answered { complaint } => {
                books.execute("update complaints set answered_on = ? where id = ?", params![today, complaint])
            }
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened { order, client, kind, promised, .. } => {
                write!(f, "order {order} ({kind}, client {client}) is promised for {promised}")
            }
            Self::Moved { order, promised, by } => write!(f, "order {order} is moved to {promised} by {by}"),
            Self::Finished { order, .. } => write!(f, "order {order} is finished"),
            Self::Contacted { client, staff, channel } => {
                write!(f, "client {client} is contacted by {staff} ({channel})")
            }
            Self::Complained { client, order, .. } => {
                write!(f, "client {client} complains about order {order}")
            }
            Self::Answered { complaint } => write!(f, "complaint {complaint} is answered"),
        }
    }
}
