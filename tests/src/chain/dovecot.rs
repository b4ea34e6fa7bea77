//! Dovecot: where mails end, and where they are read.

use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    os::unix::fs::chown,
    path::Path,
    process::Child,
};

use super::{MAILBOXES, PASSWORD, certificate, filled, spawn, terminate, write};
use crate::{Certificate, free_port, mailbox::eventually};

/// It is ended when this goes.
#[derive(Debug)]
pub(super) struct Dovecot {
    pub(super) port: u16,
    server: Child,
}

impl Dovecot {
    pub(super) fn start(folder: &Path, signed: &Certificate) -> Self {
        for (file, package) in [
            ("lmtp", "dovecot-lmtpd"),
            ("imap", "dovecot-imapd"),
            ("modules/lib90_sieve_plugin.so", "dovecot-sieve"),
        ] {
            let path = Path::new("/usr/lib/dovecot").join(file);
            assert!(path.exists(), "{} is missing: apt-get install -y {package}", path.display());
        }
        let port = free_port();
        let place = folder.display().to_string();
        let [chain, key] = certificate(signed);
        let listening = port.to_string();
        let values =
            [("#FOLDER#", place.as_str()), ("#PORT#", &listening), (chain.0, &chain.1), (key.0, &key.1)];
        // Debian's own user for mailboxes.
        for name in ["mail", "sieve"] {
            fs::create_dir(folder.join(name)).expect("a folder is made");
            give(&folder.join(name), "mail");
        }
        let user = id_of("mail");
        let users = MAILBOXES.map(|name| format!("{name}:{PASSWORD}:{user}:{user}::{place}/mail/{name}::\n"));
        write(&folder.join("users"), &users.concat());
        write(&folder.join("sieve/kaizend.sieve"), include_str!("kaizend.sieve"));
        let settings = folder.join("dovecot.conf");
        write(&settings, &filled(include_str!("dovecot.conf"), &values));
        let settings = settings.display().to_string();
        let server = spawn("/usr/sbin/dovecot", &["-F", "-c", &settings], "dovecot-core");
        let dovecot = Self { port, server };
        let is_up = eventually(|| {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() && folder.join("auth").exists()
        });
        let log = fs::read_to_string(folder.join("dovecot.log")).unwrap_or_default();
        assert!(is_up, "Dovecot does not listen: {log}");
        dovecot
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        terminate(self.server.id());
        let _ = self.server.wait();
    }
}

/// Makes a folder a user's.
pub(super) fn give(path: &Path, user: &str) {
    chown(path, Some(id_of(user)), None).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
}

fn id_of(user: &str) -> u32 {
    let users = fs::read_to_string("/etc/passwd").expect("this machine has users");
    let line = users.lines().find_map(|line| line.strip_prefix(&format!("{user}:")));
    let id = line.and_then(|rest| rest.split(':').nth(1)?.parse().ok());
    id.unwrap_or_else(|| panic!("there is no user {user}: apt-get install -y postfix"))
}
