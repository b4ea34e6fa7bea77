//! One opening of a slot, as a plugin holds it.

use std::sync::Arc;

use kaizend_core::{domain::Said, rows::Kind};

use crate::{
    run::{Sandbox, Stop},
    slots::{Fed, Feed, Layout, Page},
};

/// A resource of the plugin: `cursor` in the contract.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub struct Cursor {
    layout: Arc<Layout>,
    /// `None` for a slot without datasets, and after the end.
    feed: Option<Feed>,
    /// Rows given out, by member.
    rows: Vec<u64>,
}

impl Cursor {
    pub(crate) fn open(
        sandbox: &Sandbox,
        slot: &str,
        columns: &[String],
        order_by: &[String],
    ) -> Result<Self, Stop> {
        let slot = sandbox.slot(slot)?;
        let layout = Arc::new(Layout::new(slot, columns, order_by)?);
        let readers: Vec<_> = slot.members.iter().map(|member| Arc::clone(&member.reader)).collect();
        let rows = vec![0; readers.len()];
        let feed = (!readers.is_empty()).then(|| {
            let (ledger, calendar) = (Arc::clone(&sandbox.ledger), Arc::clone(&sandbox.calendar));
            Feed::start(Arc::clone(&layout), readers, ledger, calendar)
        });
        Ok(Self { layout, feed, rows })
    }

    /// The kind of each opened column, in the contract's words.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let kinds = self.layout.shown.iter().map(|shown| shown.kind.map_or("absent", Kind::name));
        kinds.map(str::to_owned).collect()
    }

    pub(crate) fn slot(&self) -> &str {
        &self.layout.slot
    }

    /// Waits for the next page.
    pub(crate) async fn next(&mut self) -> Result<Step, Stop> {
        let Some(feed) = &mut self.feed else { return Ok(Step::End) };
        match feed.next().await {
            Fed::Page(page, said) => {
                let member = page.member() as usize;
                self.rows[member] += page.len() as u64;
                Ok(Step::Page { page, said, rows: self.rows[member] })
            }
            Fed::MemberEnded(member) => Ok(Step::MemberEnded(member)),
            Fed::Ended => {
                self.feed = None;
                Ok(Step::End)
            }
            Fed::Stopped(stop) => Err(stop),
        }
    }
}

/// What a cursor came to.
pub(crate) enum Step {
    /// `rows` counts what this opening gave out of the page's member, the page included.
    Page {
        page: Page,
        said: Vec<Said>,
        rows: u64,
    },
    MemberEnded(usize),
    End,
}
