//! The mail itself: written block by block, then the dot, then the reply that says whether it was taken.

use std::time::Duration;

use lettre::transport::smtp::{client::AsyncSmtpConnection, response::Response};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

use super::{Phase, patience::Broken};
use crate::Patience;

/// How much of a mail is written before its progress counts.
const BLOCK: usize = 16 * 1024;

/// Writes the mail block by block, each with its own time, then the dot, and waits for its reply. Says
/// whether the dot may have been written.
pub(super) async fn write_body(
    connection: &mut AsyncSmtpConnection,
    bytes: &[u8],
    patience: &Patience,
) -> (bool, Result<Response, Broken>) {
    // lettre ends a mail with a line break of its own; the stored bytes have theirs already.
    let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
    let (progress, mut seen) = watch::channel(Written::Blocks(0));
    let mut blocks = bytes.chunks(BLOCK).enumerate();
    // lettre asks for a block when it has written the one before: that is how progress is known.
    let reported = std::iter::from_fn(move || match blocks.next() {
        Some((number, block)) => {
            progress.send_replace(Written::Blocks(number));
            Some(block)
        }
        None => {
            progress.send_replace(Written::All);
            None
        }
    });
    let mut sending = std::pin::pin!(connection.message_iter(reported));
    loop {
        let state = *seen.borrow_and_update();
        let patience = limit(state, patience);
        let outcome = tokio::select! {
            biased;
            outcome = timeout_at(Instant::now() + patience, &mut sending) => outcome,
            Ok(()) = seen.changed() => continue,
        };
        let all_written = *seen.borrow() == Written::All;
        return match outcome {
            Ok(Ok(reply)) => (all_written, Ok(reply)),
            Ok(Err(error)) => (all_written, Err(Broken::of(Phase::End, &error))),
            Err(_) => (all_written, Err(Broken::TimedOut(Phase::End, patience))),
        };
    }
}

fn limit(written: Written, patience: &Patience) -> Duration {
    match written {
        Written::Blocks(_) => patience.block,
        Written::All => patience.end,
    }
}

/// How far a mail's body has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Blocks(usize),
    /// Everything is written; the final dot may have been too.
    All,
}
