//! From the datasets bound to a slot to the pages that a plugin reads.
//!
//! `bind` fits a manifest to the bound datasets before the run; `layout` says for one opening which columns are
//! read and where they go; `feed` reads ahead in a task of its own, `member_rows` one dataset; `sheet` checks a batch and completes it;
//! `merge` puts several ordered datasets into one order; a `page` is what the plugin holds.

mod bind;
mod feed;
mod layout;
mod ledger;
mod member_rows;
mod merge;
mod page;
mod sheet;

pub(crate) use bind::{Slot, bind};
pub(crate) use feed::{Fed, Feed};
pub(crate) use layout::Layout;
pub(crate) use page::NamedRow;
#[expect(unreachable_pub, reason = "the generated bindings re-export it as public within this room")]
pub use page::Page;
