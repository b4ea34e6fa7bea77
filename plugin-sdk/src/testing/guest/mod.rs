//! The native side of the seam: the functions of `wit/check.wit`, answered from the look in force.
//!
//! The look lives in the thread that runs the check, so tests may run side by side.

pub(crate) mod calendar;
pub(crate) mod report;
pub(crate) mod rows;
pub(crate) mod run;

use std::cell::RefCell;

use super::look::Look;
use super::told::Told;
use crate::Plugin;
use crate::manifest::Manifest;

struct Playing {
    manifest: &'static Manifest,
    look: Look,
    told: Told,
}

thread_local! {
    static PLAYING: RefCell<Option<Playing>> = const { RefCell::new(None) };
}

/// Runs a check over a look.
pub(super) fn run(plugin: Plugin, look: Look) -> Told {
    let told = Told { state: look.state.clone(), ..Told::default() };
    PLAYING.set(Some(Playing { manifest: plugin.manifest, look, told }));
    let ended = (plugin.check)();
    let told = PLAYING.take().map(|playing| playing.told).unwrap_or_default();
    Told { error: ended.err().map(|error| error.to_string()), ..told }
}

fn playing<T>(play: impl FnOnce(&mut Playing) -> T) -> T {
    PLAYING.with_borrow_mut(|playing| match playing {
        Some(playing) => play(playing),
        None => panic!("a check runs natively only through kaizend_sdk::testing::run"),
    })
}
