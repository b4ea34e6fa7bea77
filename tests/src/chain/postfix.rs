//! Postfix, with a queue of its own.

use std::{
    fs,
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process::Child,
};

use super::{MAILBOXES, PASSWORD, certificate, filled, spawn, terminate, write};
use crate::{Certificate, free_port, mailbox::eventually};

/// Where its settings lie, and where it listens.
#[derive(Debug)]
pub(super) struct Settings {
    folder: PathBuf,
    pub(super) port: u16,
}

/// It is ended when this goes, and whatever it does just then with it.
#[derive(Debug)]
pub(super) struct Postfix {
    command: Child,
    master: u32,
}

impl Settings {
    pub(super) fn write(folder: &Path, signed: &Certificate, policy: u16, largest: usize) -> Self {
        let port = free_port();
        let [chain, key] = certificate(signed);
        let (place, policy, largest) =
            (folder.display().to_string(), policy.to_string(), largest.to_string());
        let main = [
            ("#FOLDER#", place.as_str()),
            ("#POLICY#", &policy),
            ("#LARGEST#", &largest),
            (chain.0, &chain.1),
            (key.0, &key.1),
        ];
        for name in ["postfix", "spool", "data"] {
            fs::create_dir(folder.join(name)).expect("a folder is made");
        }
        write(&folder.join("postfix/main.cf"), &filled(include_str!("main.cf"), &main));
        let listening = [("#PORT#", port.to_string())];
        let listening = listening.each_ref().map(|(name, value)| (*name, value.as_str()));
        write(&folder.join("postfix/master.cf"), &filled(include_str!("master.cf"), &listening));
        let known: String =
            MAILBOXES.iter().chain(&["gone"]).map(|name| format!("{name}@test.example {name}\n")).collect();
        write(&folder.join("known"), &known);
        write(&folder.join("password"), PASSWORD);
        super::dovecot::give(&folder.join("data"), "postfix");
        Self { folder: folder.to_owned(), port }
    }
}

impl Postfix {
    pub(super) fn start(settings: &Settings) -> Self {
        let folder = settings.folder.join("postfix").display().to_string();
        let command = spawn("/usr/sbin/postfix", &["-c", &folder, "start-fg"], "postfix");
        let listens = || TcpStream::connect((Ipv4Addr::LOCALHOST, settings.port)).is_ok();
        let pid_file = settings.folder.join("spool/pid/master.pid");
        let pid = || fs::read_to_string(&pid_file).ok()?.trim().parse().ok();
        let mut postfix = Self { command, master: 0 };
        let is_up = eventually(|| {
            postfix.master = pid().unwrap_or(0);
            postfix.master != 0 && listens()
        });
        let log = fs::read_to_string(settings.folder.join("postfix.log")).unwrap_or_default();
        assert!(is_up, "Postfix does not listen: {log}");
        postfix
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // The master ends its own processes at once; then the command that started it ends.
        terminate(self.master);
        if self.master == 0 {
            // It never came up.
            let _ = self.command.kill();
        }
        let _ = self.command.wait();
    }
}
