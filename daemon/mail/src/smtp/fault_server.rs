//! A small SMTP server on loopback that can misbehave at one chosen step, for the tests of this room.

use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::{Duration, sleep},
};

/// What the server does instead of its usual answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Say(&'static str),
    /// Its usual answer, and one too many: each later answer is that to the command before.
    Shift,
    /// Its usual answer, when the client has long given up; then it goes on.
    Late(Duration),
    /// Says nothing while the client is there; then the late answer goes to nobody.
    Stall,
    Close,
}

/// The faults of one connection, by step: `greeting`, a command, `body` after its first line, `.` after the final dot.
pub(super) type Faults = HashMap<&'static str, Act>;

/// What it saw, of all connections.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) commands: Vec<String>,
    /// Mails as taken: without the dots that were added on the way.
    pub(super) mails: Vec<Vec<u8>>,
    pub(super) connections: usize,
}

const EHLO: &str = "250-fault.example\r\n250-STARTTLS\r\n250-AUTH PLAIN XOAUTH2\r\n250 8BITMIME";

pub(super) struct FaultServer {
    pub(super) address: SocketAddr,
    pub(super) seen: Arc<Mutex<Seen>>,
}

impl FaultServer {
    /// The first connection has the first faults, and so on; further connections have none.
    pub(super) async fn start(faults: impl IntoIterator<Item = Faults>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let mut faults: VecDeque<Faults> = faults.into_iter().collect();
        let all = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                all.lock().unwrap().connections += 1;
                let talk = Talk {
                    stream: BufReader::new(stream),
                    faults: faults.pop_front().unwrap_or_default(),
                    seen: Arc::clone(&all),
                };
                tokio::spawn(talk.run());
            }
        });
        Self { address, seen }
    }

    pub(super) fn commands(&self) -> Vec<String> {
        self.seen.lock().unwrap().commands.clone()
    }

    pub(super) fn mails(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().mails.clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

struct Talk {
    stream: BufReader<TcpStream>,
    faults: Faults,
    seen: Arc<Mutex<Seen>>,
}

impl Talk {
    async fn run(mut self) -> Option<()> {
        self.answer("greeting", "220 fault.example ready").await?;
        loop {
            let line = self.line().await?;
            self.seen.lock().unwrap().commands.push(line.clone());
            let verb = line.split([' ', ':']).next()?.to_owned();
            match verb.as_str() {
                "EHLO" => self.answer("EHLO", EHLO).await?,
                // No handshake follows: what is wrong with that is for the tests with real servers.
                "STARTTLS" => self.answer("STARTTLS", "220 begin").await?,
                "AUTH" => self.answer("AUTH", "235 welcome").await?,
                "MAIL" => self.answer("MAIL", "250 sender ok").await?,
                "RCPT" => self.answer("RCPT", "250 recipient ok").await?,
                "DATA" => {
                    self.answer("DATA", "354 go on").await?;
                    let mail = self.mail().await?;
                    let accepted =
                        !matches!(self.faults.get("."), Some(Act::Say(text)) if !text.starts_with('2'));
                    if accepted {
                        self.seen.lock().unwrap().mails.push(mail);
                    }
                    self.answer(".", "250 2.0.0 queued").await?;
                }
                "NOOP" => self.answer("NOOP", "250 here").await?,
                "QUIT" => {
                    self.answer("QUIT", "221 bye").await?;
                    return None;
                }
                _ => self.say("502 what?").await?,
            }
        }
    }

    async fn answer(&mut self, step: &'static str, usual: &str) -> Option<()> {
        match self.faults.remove(step) {
            None => self.say(usual).await,
            Some(Act::Say(text)) => self.say(text).await,
            Some(Act::Shift) => self.say(&format!("{usual}\r\n250 2.0.0 one too many")).await,
            Some(Act::Late(late)) => {
                sleep(late).await;
                self.say(usual).await
            }
            Some(Act::Close) => None,
            Some(Act::Stall) => {
                let mut rest = Vec::new();
                self.stream.read_to_end(&mut rest).await.ok()?;
                self.say(usual).await?;
                None
            }
        }
    }

    async fn say(&mut self, text: &str) -> Option<()> {
        self.stream.get_mut().write_all(format!("{text}\r\n").as_bytes()).await.ok()
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await.ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    }

    async fn mail(&mut self) -> Option<Vec<u8>> {
        let mut mail = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await.ok()? == 0 {
                return None;
            }
            if line == b".\r\n" {
                return Some(mail);
            }
            mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            if self.faults.contains_key("body") {
                return None;
            }
        }
    }
}
