//! Mails through the machine's own `sendmail` program.
//!
//! The program has the whole mail when its input ends, so that is where the hand-over begins; its exit code
//! (sysexits) is its answer. It cannot work under the shipped unit (NoNewPrivileges against Postfix's setgid
//! `postdrop`): `validate` says so and advises SMTP to localhost.

use std::{fmt::Display, process::Stdio, time::Duration};

use kaizend_core::domain::Mail;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    time::timeout,
};

use crate::{Attempt, DeferredBecause, SendmailSettings, compose::envelope_address};

#[derive(Clone, Debug)]
pub(crate) struct Sendmail {
    settings: SendmailSettings,
}

impl Sendmail {
    pub(crate) fn new(settings: SendmailSettings) -> Self {
        Self { settings }
    }

    pub(crate) async fn deliver<Recorded, E>(
        &self,
        mail: &Mail,
        on_data_started: impl FnOnce() -> Recorded,
    ) -> Attempt
    where
        Recorded: Future<Output = Result<(), E>>,
        E: Display,
    {
        let mut child = match self.start(mail) {
            Ok(child) => child,
            Err(attempt) => return attempt,
        };
        if let Err(error) = on_data_started().await {
            kill(&mut child).await;
            return Attempt::deferred(DeferredBecause::NotRecorded, error.to_string());
        }
        let patience = &self.settings.patience;
        match timeout(patience.block + patience.end, converse(&mut child, &mail.bytes)).await {
            Ok(Ok((code, said))) => answer(code, &said),
            Ok(Err(error)) => Attempt::Uncertain { reason: format!("sendmail broke off: {error}") },
            Err(_) => {
                kill(&mut child).await;
                Attempt::Uncertain { reason: "sendmail did not end in time and was stopped".to_owned() }
            }
        }
    }

    fn start(&self, mail: &Mail) -> Result<Child, Attempt> {
        let address =
            |text: &str| envelope_address(text).map_err(|reason| Attempt::Failed { code: None, reason });
        let (from, to) = (address(&mail.envelope_from)?, address(&mail.envelope_to)?);
        let program = &self.settings.program;
        // `-i`: a line of one dot does not end the mail. `--`: an address is never an option.
        Command::new(program)
            .args(["-i", "-f", from.as_str(), "--", to.as_str()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                let reason = format!("cannot start {}: {error}", program.display());
                Attempt::deferred(DeferredBecause::System, reason)
            })
    }
}

/// Writes the mail, ends the input, and waits for the exit code and what was said beside it.
async fn converse(child: &mut Child, bytes: &[u8]) -> std::io::Result<(Option<i32>, String)> {
    let mut stdin = child.stdin.take();
    let mut stderr = child.stderr.take();
    let write = async {
        if let Some(stdin) = &mut stdin {
            // Programs on Unix expect lines that end with a line feed alone. One that stops reading early
            // answers by its exit code.
            let _ = stdin.write_all(&unix_lines(bytes)).await;
            let _ = stdin.shutdown().await;
        }
        drop(stdin.take());
    };
    let read = async {
        let mut said = Vec::new();
        if let Some(stderr) = &mut stderr {
            stderr.take(2000).read_to_end(&mut said).await?;
        }
        Ok::<_, std::io::Error>(said)
    };
    let ((), said) = tokio::join!(write, read);
    drop(stderr);
    let status = child.wait().await?;
    Ok((status.code(), kaizend_text::clean_line(&String::from_utf8_lossy(&said?))))
}

fn unix_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            lines.push(*byte);
        }
    }
    lines
}

/// The exit codes of `sysexits.h`.
fn answer(code: Option<i32>, said: &str) -> Attempt {
    let reason = match said {
        "" => format!("sendmail ended with {}", code.map_or("a signal".to_owned(), |code| code.to_string())),
        said => format!("sendmail: {said}"),
    };
    match code {
        Some(0) => Attempt::Sent { reply: "sendmail took it".to_owned() },
        // EX_DATAERR, EX_NOUSER, EX_NOHOST
        Some(65 | 67 | 68) => Attempt::Failed { code: None, reason },
        // EX_USAGE, EX_NOPERM, EX_CONFIG: it refuses us, not the address.
        Some(64 | 77 | 78) => Attempt::PolicyBlocked { code: None, reason },
        // A signal may have come after it had queued the mail.
        None => Attempt::Uncertain { reason },
        _ => Attempt::deferred(DeferredBecause::Reply, reason),
    }
}

async fn kill(child: &mut Child) {
    // It is ours and has not ended: nothing else can be done if the system refuses.
    let _ = child.start_kill();
    let _ = timeout(Duration::from_secs(5), child.wait()).await;
}
