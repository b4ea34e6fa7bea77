//! What the durable states of the outbox cost: mails a second through kaizend's outbox, against a bare loop of the same
//! library without any store, with the same bytes and the same number of connections that stay open; and memory.
//!
//! `mails 10000 32` prints both for so many mails and connections. The server is a second process of this program, which
//! takes everything. A single connection mostly waits: the library writes a mail and its end in two pieces, and the
//! kernel holds the second back until the first is acknowledged, 40 ms later. Many connections show what the store costs.

use std::{
    error::Error,
    fs,
    io::{BufRead, BufReader, Write, stdout},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::Instant,
};

use futures_util::future::try_join_all;
use kaizend::{config, rooms, rooms::Rooms, service, wall};
use kaizend_core::domain::{Addressee, Mail};
use kaizend_store::{Audience, MailKind, NewMail, Settings, Store, Telling};
use lettre::{
    address::Envelope,
    transport::smtp::{client::AsyncSmtpConnection, extension::ClientId},
};

/// A usual letter with its HTML has so many bytes.
const BYTES: usize = 9000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_else(|| "10000".to_owned());
    if first == "sink" {
        return sink();
    }
    let mails: usize = first.parse()?;
    // As many as the configuration allows.
    let at_once: usize = arguments.next().map_or(Ok(32), |number| number.parse())?;
    let (mut server, port) = start_sink()?;
    let bare = bare(port, mails, at_once).await?;
    let folder = tempfile::tempdir()?;
    let before = peak_memory()?;
    let durable = durable(folder.path(), port, mails, at_once).await?;
    writeln!(
        stdout(),
        "{mails} mails of {BYTES} bytes over {at_once} connections: {durable:.0} a second with durable states, {bare:.0} \
         without any store: {:.2} of it (aim: 0.5); peak memory {} MiB, {} MiB before the first mail was queued",
        durable / bare,
        peak_memory()? / 1024,
        before / 1024
    )?;
    server.kill()?;
    server.wait()?;
    Ok(())
}

/// The same bytes for both.
fn bytes() -> Vec<u8> {
    let head = "From: kaizen@test.example\r\nTo: ann@test.example\r\nSubject: Order 10248 is overdue\r\n\r\n";
    let line = "A line of a letter as long as lines of letters are, which is about so long.\r\n";
    (head.to_owned() + &line.repeat((BYTES - head.len()) / line.len())).into_bytes()
}

/// Mails a second, one after the other over each connection.
async fn bare(port: u16, mails: usize, at_once: usize) -> Result<f64, Box<dyn Error>> {
    let (bytes, begin) = (bytes(), Instant::now());
    let hello = ClientId::Domain("test.example".to_owned());
    let envelope = Envelope::new(Some("kaizen@test.example".parse()?), vec!["ann@test.example".parse()?])?;
    let connections = (0..at_once).map(|_| async {
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(("127.0.0.1", port), None, &hello, None, None).await?;
        for _ in 0..mails.div_ceil(at_once) {
            connection.send(&envelope, &bytes).await?;
        }
        connection.quit().await
    });
    try_join_all(connections).await?;
    Ok((mails.div_ceil(at_once) * at_once) as f64 / begin.elapsed().as_secs_f64())
}

/// Mails a second from the outbox, each claimed, marked and settled durably.
async fn durable(folder: &Path, port: u16, mails: usize, at_once: usize) -> Result<f64, Box<dyn Error>> {
    let path = folder.join("kaizend.toml");
    fs::write(&path, configuration(port))?;
    let plan = config::load(&path).map_err(|problems| problems.to_string())?.plan;
    let store = Store::open(&Settings { path: plan.store.path.clone() })?;
    let rooms = Rooms::connect(Arc::new(plan), Arc::new(rooms::host()?), store.clone())?;
    fill(&store, mails).await?;
    let begin = Instant::now();
    let senders = (0..at_once).map(|_| service::drain(&rooms, &wall::now));
    let drained = try_join_all(senders).await?;
    let spent = begin.elapsed().as_secs_f64();
    let sent: u64 = drained.iter().map(|drained| drained.sent).sum();
    if usize::try_from(sent)? != mails {
        return Err(format!("{sent} of {mails} mails were sent").into());
    }
    Ok(mails as f64 / spent)
}

fn configuration(port: u16) -> String {
    format!(
        "[company]\nname = \"Test\"\ntimezone = \"UTC\"\noperators = [\"ops@test.example\"]\n\
         [mail]\nfrom = \"kaizen@test.example\"\n\
         limits = {{ per-hour-to-address = 1000000, per-hour-to-domain = 1000000, per-day = 1000000 }}\n\
         transport = {{ kind = \"smtp\", host = \"127.0.0.1\", port = {port}, tls = \"none\" }}\n"
    )
}

async fn fill(store: &Store, mails: usize) -> Result<(), Box<dyn Error>> {
    let numbers: Vec<usize> = (0..mails).collect();
    for page in numbers.chunks(500) {
        let mail = |number: &usize| NewMail {
            mail: Mail {
                message_id: format!("k.reminder.{number}@test.example"),
                envelope_from: "kaizen@test.example".to_owned(),
                envelope_to: "ann@test.example".to_owned(),
                subject: "Order 10248 is overdue".to_owned(),
                bytes: bytes(),
            },
            kind: MailKind::Reminder,
            addressee: Addressee::Operators,
            audience: Audience::Staff,
            notices: Vec::new(),
            said: Vec::new(),
            held: None,
        };
        let telling = Telling { mails: page.iter().map(mail).collect(), ..Telling::default() };
        store.compose(telling, wall::now()).await?;
    }
    Ok(())
}

/// KiB, as the kernel counts what this process has held at most.
fn peak_memory() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// The server in a process of its own, and its port.
fn start_sink() -> Result<(Child, u16), Box<dyn Error>> {
    let mut server = Command::new(std::env::current_exe()?).arg("sink").stdout(Stdio::piped()).spawn()?;
    let mut port = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut port)?;
    Ok((server, port.trim().parse()?))
}

/// Takes every mail until it is killed.
fn sink() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    writeln!(stdout(), "{}", listener.local_addr()?.port())?;
    for client in listener.incoming() {
        let client = client?;
        client.set_nodelay(true)?;
        // Who goes away is no error.
        thread::spawn(move || talk(&client).ok());
    }
    Ok(())
}

fn talk(client: &TcpStream) -> std::io::Result<()> {
    let (mut lines, mut say) = (BufReader::new(client), client);
    let (mut line, mut is_mail) = (Vec::new(), false);
    say.write_all(b"220 sink.example\r\n")?;
    while lines.read_until(b'\n', &mut line)? > 0 {
        let answer: &[u8] = match line.as_slice() {
            b".\r\n" if is_mail => b"250 2.0.0 taken\r\n",
            _ if is_mail => b"",
            b"DATA\r\n" => b"354 go on\r\n",
            b"QUIT\r\n" => return say.write_all(b"221 bye\r\n"),
            _ => b"250 ok\r\n",
        };
        is_mail = if is_mail { line != b".\r\n" } else { line == b"DATA\r\n" };
        line.clear();
        say.write_all(answer)?;
    }
    Ok(())
}
