//! A mail server that this project did not write (aiosmtpd), which keeps what it gets in a Maildir.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{Certificate, Letter};

/// The server; it is ended by its process id when this goes.
#[derive(Debug)]
pub struct Mailbox {
    pub port: u16,
    folder: PathBuf,
    server: Child,
}

/// How connections to the server are protected.
#[derive(Clone, Debug)]
pub enum Protection {
    None,
    /// From the first byte.
    Implicit(Certificate),
    /// After STARTTLS, which the server insists on.
    StartTls(Certificate),
}

impl Mailbox {
    /// Starts the server on a free port, with its mails below `folder`.
    pub fn start(folder: PathBuf) -> Self {
        Self::protected(folder, &Protection::None)
    }

    pub fn protected(folder: PathBuf, protection: &Protection) -> Self {
        let port = free_port();
        let mut server = Command::new("/usr/bin/python3");
        server.args(["-m", "aiosmtpd", "--nosetuid", "--listen"]).arg(format!("127.0.0.1:{port}"));
        match protection {
            Protection::None => &mut server,
            Protection::Implicit(Certificate { chain, key }) => {
                server.arg("--smtpscert").arg(chain).arg("--smtpskey").arg(key)
            }
            Protection::StartTls(Certificate { chain, key }) => {
                server.arg("--tlscert").arg(chain).arg("--tlskey").arg(key)
            }
        };
        let server = server
            .args(["--class", "aiosmtpd.handlers.Mailbox"])
            .arg(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("aiosmtpd starts: apt-get install -y python3-aiosmtpd");
        let mut mailbox = Self { port, folder, server };
        mailbox.wait_until_it_listens();
        mailbox
    }

    fn wait_until_it_listens(&mut self) {
        let listening = eventually(|| TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok());
        let ended = self.server.try_wait().expect("the server can be asked");
        assert!(
            listening && ended.is_none(),
            "aiosmtpd does not listen: apt-get install -y python3-aiosmtpd"
        );
    }

    /// What has arrived so far.
    pub fn letters(&self) -> Vec<Letter> {
        let Ok(entries) = fs::read_dir(self.folder.join("new")) else { return Vec::new() };
        entries.flatten().map(|entry| Letter::read(&entry.path())).collect()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A port of loopback on which nobody listens just now.
pub(crate) fn free_port() -> u16 {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    probe.local_addr().expect("a bound socket has an address").port()
}

/// Whether `becomes_true` does so within two minutes: a bound for a hung test, not a measure of speed.
pub fn eventually(mut becomes_true: impl FnMut() -> bool) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(120) {
        if becomes_true() {
            return true;
        }
        thread::sleep(Duration::from_millis(50));
    }
    false
}
