//! Mails through the machine's own `sendmail` program.
//!
//! The program has the whole mail when its input ends, so that is where the hand-over begins; its exit code
//! (sysexits) is its answer. It cannot work under the shipped unit (NoNewPrivileges against Postfix's setgid
//! `postdrop`): `validate` says so and advises SMTP to localhost.

use std::{fmt::Display, process::Stdio, time::Duration};

use kaizend_core::{domain::Mail, policy::bounce::Bounce};
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
            |text: &str| envelope_address(text).map_err(|reason| Attempt::Failed { bounce: None, reason });
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
        // EX_NOUSER, EX_NOHOST
        Some(67 | 68) => Attempt::Failed { bounce: Some(Bounce::Hard), reason },
        // EX_DATAERR
        Some(65) => Attempt::Failed { bounce: None, reason },
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

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    use super::*;
    use crate::Patience;

    fn mail() -> Mail {
        Mail {
            message_id: "k.a@northwind.example".into(),
            envelope_from: "kaizen@northwind.example".into(),
            envelope_to: "anna@northwind.example".into(),
            subject: "Late".into(),
            bytes: b"Subject: Late\r\n\r\n.\r\nlast\r\n".to_vec(),
        }
    }

    fn program(folder: &Path, script: &str) -> Sendmail {
        let program = folder.join("sendmail");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let patience =
            Patience { block: Duration::ZERO, end: Duration::from_millis(300), ..Patience::default() };
        let patience = if script.contains("sleep") { patience } else { Patience::default() };
        Sendmail::new(SendmailSettings { program, patience })
    }

    async fn deliver(sendmail: &Sendmail) -> Attempt {
        sendmail.deliver(&mail(), || async { Ok::<(), String>(()) }).await
    }

    /// One test, one after the other: a script that is being written cannot be run by a neighbour's fork.
    #[tokio::test]
    async fn the_exit_code_is_the_answer() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let keep = format!("echo \"$@\" > {0}.args; cat > {0}", out.display());
        assert_eq!(deliver(&program(folder.path(), &keep)).await.word(), "sent");
        assert_eq!(fs::read(&out).unwrap(), b"Subject: Late\n\n.\nlast\n");
        let args = fs::read_to_string(out.with_extension("args")).unwrap();
        assert_eq!(args, "-i -f kaizen@northwind.example -- anna@northwind.example\n");
        for (script, word) in [
            ("cat > /dev/null; exit 75", "deferred"),
            ("exit 71", "deferred"),
            ("cat > /dev/null; echo 'no such user' >&2; exit 67", "failed"),
            ("exit 77", "policy-blocked"),
            ("cat > /dev/null; kill -9 $$", "uncertain"),
            ("exec sleep 600", "uncertain"),
        ] {
            let attempt = deliver(&program(folder.path(), script)).await;
            assert_eq!(attempt.word(), word, "{script}: {attempt:?}");
        }
        let missing = Sendmail::new(SendmailSettings {
            program: folder.path().join("nowhere"),
            patience: Patience::default(),
        });
        assert_eq!(deliver(&missing).await.word(), "deferred");
        fs::remove_file(&out).unwrap();
        let refused =
            program(folder.path(), &keep).deliver(&mail(), || async { Err("the store is full") }).await;
        assert_eq!(refused, Attempt::deferred(DeferredBecause::NotRecorded, "the store is full"));
        assert!(!out.exists() || fs::read(&out).unwrap().is_empty());
    }
}
