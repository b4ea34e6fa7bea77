//! What forgetting does with each table. A new table of the schema is one line here; a test fails until it has one.

/// Tables whose rows are blanked, or deleted, by the other files of this folder.
#[cfg(test)]
pub(crate) const FORGETS: &[&str] = &[
    "acts",
    "attempts",
    "attributes",
    "bounced",
    "findings",
    "history",
    "notices",
    "outbox",
    "person_settings",
    "promise_versions",
    "promises",
    "runs",
    "silences",
];

/// Tables that keep what they hold, each with the reason.
#[cfg(test)]
pub(crate) const KEEPS: &[(&str, &str)] = &[
    ("audit", "digests only"),
    ("audit_changes", "digests only"),
    ("check_memory", "about checks; its texts are about sources"),
    ("heartbeat", "about the daemon"),
    ("measures", "counts; a group is at most an id, and published figures are never overwritten"),
    ("occurrences", "about schedules"),
    ("outbox_pause", "about all mail"),
    ("planned", "about schedules"),
    ("plugin_state", "a plugin's own bytes, which nobody else can read"),
    ("standstill", "about the mail server"),
    ("web_keys", "about links"),
    ("web_secrets", "about links"),
];
