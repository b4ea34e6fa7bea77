//! A mail system that this project did not write, started for one test: Postfix takes mails with STARTTLS and a login,
//! Dovecot delivers them through sieve and shows them over IMAP.
//!
//! Everything lies in a folder of its own and listens on loopback only. Postfix wants to be root when it starts; CI is.

mod dovecot;
mod policy;
mod postfix;
mod reader;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
};

use rustix::process::{Pid, Signal, getuid, kill_process};
use tempfile::TempDir;

pub use policy::{Policy, Step};
pub use reader::{Delivered, Seen};

use crate::{Authority, Certificate, Good};
use dovecot::Dovecot;
use postfix::Postfix;

/// The name and the password with which everybody here logs in.
const PASSWORD: &str = "sesame";

/// Whoever has a mailbox. `gone` is known to Postfix only: mail to it is taken, and comes back.
const MAILBOXES: [&str; 6] = ["ann", "bob", "boss", "ops", "kaizen", "bounces"];

/// The whole system. Its parts end, by their process ids, when it goes.
#[derive(Debug)]
pub struct Chain {
    pub policy: Policy,
    postfix: Option<Postfix>,
    dovecot: Dovecot,
    authority: Authority,
    settings: postfix::Settings,
    folder: TempDir,
}

impl Chain {
    pub fn start() -> Self {
        Self::taking_at_most(10 << 20)
    }

    /// One that refuses mails of more than so many bytes.
    pub fn taking_at_most(bytes: usize) -> Self {
        assert!(
            getuid().is_root(),
            "Postfix starts as root only: run the tests as root, in a container for instance, as CI does"
        );
        let folder = tempfile::tempdir().expect("a temporary folder");
        // The servers give up being root, and must still reach their files.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("the folder is ours");
        let authority = Authority::default();
        let certificate = authority.sign("localhost", Good::Now);
        let policy = Policy::start().expect("a policy service");
        let dovecot = Dovecot::start(folder.path(), &certificate);
        let settings = postfix::Settings::write(folder.path(), &certificate, policy.port, bytes);
        let postfix = Some(Postfix::start(&settings));
        Self { policy, postfix, dovecot, authority, settings, folder }
    }

    /// `[mail.transport]` for it.
    pub fn transport(&self) -> String {
        format!(
            "{{ kind = \"smtp\", host = \"localhost\", port = {}, tls = \"starttls\", tls-roots = \"{}\", username = \
             \"kaizen\", password = {{ file = \"{}\" }}, at-once = 1 }}",
            self.settings.port,
            self.authority.root().display(),
            self.folder.path().join("password").display()
        )
    }

    /// Postfix disappears in the middle of whatever it does.
    pub fn kill_postfix(&mut self) {
        self.postfix = None;
    }

    /// It is back, at the same port and with what it had queued.
    pub fn start_postfix(&mut self) {
        self.postfix = Some(Postfix::start(&self.settings));
    }

    /// What sieve filed for a person as mail of kaizend's.
    pub fn letters(&self, person: &str) -> Vec<Delivered> {
        self.folder_of(person, "Kaizen")
    }

    /// What came back to the envelope sender: delivery reports (RFC 3464) and the like.
    pub fn bounces(&self) -> Vec<Delivered> {
        [self.folder_of("bounces", "INBOX"), self.folder_of("kaizen", "INBOX")].concat()
    }

    fn folder_of(&self, person: &str, folder: &str) -> Vec<Delivered> {
        reader::read(self.dovecot.port, &self.authority.root(), person, folder)
    }

    /// What Postfix wrote down last, to say when a test fails.
    pub fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.path().join("postfix.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// Fills one of the templates beside this file.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name, value))
}

fn certificate(certificate: &Certificate) -> [(&'static str, String); 2] {
    let shown = |path: &Path| path.display().to_string();
    [("#CHAIN#", shown(&certificate.chain)), ("#KEY#", shown(&certificate.key))]
}

/// A server in the foreground; `package` has it.
fn spawn(program: &str, arguments: &[&str], package: &str) -> Child {
    assert!(Path::new(program).exists(), "{program} is missing: apt-get install -y {package}");
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|why| panic!("{program} does not start: {why}"))
}

/// Asks a process to end; one that is gone already is no error.
fn terminate(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, Signal::TERM);
    }
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
}
