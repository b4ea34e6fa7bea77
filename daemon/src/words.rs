//! The words in force: the daemon's, the plugins', and the company's own, as the plan has read them.
//!
//! `<messages>/<language>/<plugin or kaizend>.ftl` replaces messages one by one, `<messages>/templates/…` whole
//! templates. What cannot be used is reported, and the rest is used: words never stop the daemon.

use kaizend_core::domain::CheckId;
use kaizend_text::{Stationery, Words};

use crate::config::{self, Plan};

/// Catalogues and templates of a plan.
pub fn of(plan: &Plan) -> (Words, Stationery) {
    let (words, stationery, faults) = config::words(plan);
    for fault in faults {
        tracing::warn!(%fault, "some of the company's own words are not used");
    }
    (words, stationery)
}

/// The name under which a check's plugin has its words; a check that is no longer configured has the daemon's.
pub fn scope<'a>(plan: &'a Plan, check: &CheckId) -> &'a str {
    plan.checks
        .get(check)
        .and_then(|check| plan.plugins.get(&check.plugin))
        .map_or("kaizend", |plugin| plugin.manifest.id.as_str())
}
