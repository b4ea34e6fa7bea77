//! Pages as a plain client sees them: one request a connection, no cookies, no scripts.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    time::Duration,
};

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub status: u16,
    /// Name (in small letters) and value.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// Asks for an address (`http://127.0.0.1:…`), without anything that changes it.
pub fn get(url: &str) -> Page {
    ask("GET", url, &[], "")
}

/// Sends a form, as a browser does that says where it comes from.
pub fn post(url: &str, fields: &[(&str, &str)]) -> Page {
    let origin = url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    post_from(url, &[("Origin", &origin), ("Sec-Fetch-Site", "same-origin")], fields)
}

/// Sends a form with headers of one's own.
pub fn post_from(url: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Page {
    let body: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let headers: Vec<(&str, &str)> = headers.iter().copied().chain([kind]).collect();
    ask("POST", url, &headers, &body.join("&"))
}

fn ask(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Page {
    let rest = url.strip_prefix("http://").expect("a page of this machine");
    let (host, path) = rest.split_once('/').expect("an address has a path");
    let mut server = TcpStream::connect(host).expect("pages are served");
    server.set_read_timeout(Some(Duration::from_secs(60))).expect("a time-out can be set");
    let mut request = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    server.write_all(request.as_bytes()).expect("the request is taken");
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).expect("the answer comes to its end");
    Page::of(&String::from_utf8(answer).expect("pages are UTF-8"))
}

impl Page {
    fn of(answer: &str) -> Self {
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Self { status, headers, body: body.to_owned() }
    }

    /// What the page's forms must bear.
    pub fn nonce(&self) -> &str {
        self.after("name=\"nonce\" value=\"").unwrap_or_else(|| panic!("no form in {}", self.body))
    }

    /// The address of the link with this text.
    pub fn link(&self, text: &str) -> Option<&str> {
        let (before, _) = self.body.split_once(&format!("\">{text}</a>"))?;
        before.rsplit_once("href=\"").map(|(_, url)| url)
    }

    /// The heading.
    pub fn title(&self) -> &str {
        let rest = self.body.split_once("<h1>").map(|(_, rest)| rest).unwrap_or_default();
        rest.split("</h1>").next().unwrap_or_default()
    }

    fn after(&self, mark: &str) -> Option<&str> {
        self.body.split_once(mark)?.1.split('"').next()
    }
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    probe.local_addr().expect("a bound socket has an address").port()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
