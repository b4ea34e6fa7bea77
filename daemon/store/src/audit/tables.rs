//! Which tables the audit watches, and which it leaves out and why. A new table of the schema is one line here;
//! a test fails until it has one.

/// Every insert, update and delete of a row in these is in the chain. A table that is dropped later goes from
/// this list; what the chain says of it stays.
pub(crate) const AUDITED: &[&str] = &[
    "acts",
    "attempts",
    "bounced",
    "check_memory",
    "findings",
    "history",
    "measures",
    "notices",
    "occurrences",
    "outbox",
    "outbox_pause",
    "person_settings",
    "planned",
    "plugin_state",
    "promise_versions",
    "promises",
    "runs",
    "silences",
    "standstill",
    "web_keys",
];

/// Tables that nobody needs to trust, each with the reason.
#[cfg(test)]
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[
    ("attributes", "each complete look says them all anew from the company's own data"),
    ("audit", "the chain itself: each row vouches for the one before"),
    ("audit_changes", "the rows of the chain vouch for them"),
    ("heartbeat", "the daemon's own pulse: it says nothing of the company, and its reader is elsewhere"),
    (
        "web_secrets",
        "secrets: not even a digest of them is kept elsewhere; which keys there are is in `web_keys`",
    ),
];
