//! A small SMTP server on loopback that keeps what it is given, and can stop at the moment after the final dot.
//!
//! For the crash test only, which must hold the server's answer back while the daemon is killed. Wherever the
//! server's own behaviour matters, the tests use a server that this project did not write.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
};

/// One message that was read to its final dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// The server; it ends with the process of the test.
#[derive(Debug)]
pub struct Sink {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    /// Says that a message was read and its answer is held back.
    pub held: mpsc::Receiver<()>,
}

#[derive(Debug)]
struct Shared {
    received: Mutex<Vec<Received>>,
    hold_next: AtomicBool,
    holding: mpsc::Sender<()>,
}

impl Sink {
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (holding, held) = mpsc::channel();
        let shared =
            Arc::new(Shared { received: Mutex::default(), hold_next: AtomicBool::new(false), holding });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                thread::spawn(move || serve(&client, &shared));
            }
        });
        Ok(Self { address, shared, held })
    }

    /// The next message is read to its dot, and then never answered.
    pub fn hold_next(&self) {
        self.shared.hold_next.store(true, Ordering::SeqCst);
    }

    pub fn hold_none(&self) {
        self.shared.hold_next.store(false, Ordering::SeqCst);
    }

    /// How many messages were read to their dot.
    pub fn count(&self) -> usize {
        self.shared.received.lock().expect("no thread panics while it holds the lock").len()
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().expect("no thread panics while it holds the lock").clone()
    }
}

/// Talks to one client until it goes; a client that is killed is no error.
fn serve(client: &TcpStream, shared: &Shared) {
    let _gone = talk(client, shared);
}

fn talk(client: &TcpStream, shared: &Shared) -> io::Result<()> {
    let mut lines = BufReader::new(client);
    let mut say = client;
    say.write_all(b"220 sink.example ESMTP\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.trim_end().split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say.write_all(b"250-sink.example\r\n250 8BITMIME\r\n")?,
            "DATA" => {
                say.write_all(b"354 go on\r\n")?;
                let bytes = read_message(&mut lines)?;
                keep(shared, bytes);
                if shared.hold_next.swap(false, Ordering::SeqCst) {
                    let _ = shared.holding.send(());
                    // The daemon is killed now; its socket closes, and this read ends.
                    let _ = lines.read_line(&mut line);
                    return Ok(());
                }
                say.write_all(b"250 2.0.0 kept\r\n")?;
            }
            "QUIT" => return say.write_all(b"221 bye\r\n"),
            _ => say.write_all(b"250 ok\r\n")?,
        }
    }
}

fn read_message(lines: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let from = bytes.len();
        if lines.read_until(b'\n', &mut bytes)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match &bytes[from..] {
            b".\r\n" => {
                bytes.truncate(from);
                return Ok(bytes);
            }
            [b'.', ..] => {
                bytes.remove(from);
            }
            _ => {}
        }
    }
}

fn keep(shared: &Shared, bytes: Vec<u8>) {
    let text = String::from_utf8_lossy(&bytes);
    let message_id = text
        .lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .unwrap_or_default()
        .to_owned();
    shared
        .received
        .lock()
        .expect("no thread panics while it holds the lock")
        .push(Received { message_id, bytes });
}
