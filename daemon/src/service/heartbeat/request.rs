//! One beat to an address: a GET whose answer's first line is all that counts. Nothing here says the address, whose
//! path may be a secret; the client's own messages, which might, are never passed on.

use std::{io, sync::Arc, time::Duration};

use kaizend_core::domain::Unheard;
use ureq::{
    Agent, Error,
    tls::{Certificate, RootCerts, TlsConfig},
};

use crate::config::BeatUrl;

/// Asks once. Blocks, at most for `patience`.
pub(super) fn ask(url: &BeatUrl, patience: Duration) -> Result<(), Unheard> {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("kaizend/", env!("CARGO_PKG_VERSION")));
    let config = match url.is_local() {
        // What stays on this machine goes through no proxy.
        true => config.proxy(None),
        false => config.tls_config(tls()?),
    };
    let agent: Agent = config.build().into();
    let answer = agent.get(url.reveal()).call().map_err(|error| why(&error))?;
    match answer.status().as_u16() {
        200..=299 => Ok(()),
        status => Err(Unheard::Status(status)),
    }
}

/// The machine's own list of certificates, and the cryptography that mails use, too.
fn tls() -> Result<TlsConfig, Unheard> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        return Err(Unheard::NoCertificates);
    }
    let roots = found.certs.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
    let cryptography = Arc::new(rustls::crypto::ring::default_provider());
    Ok(TlsConfig::builder()
        .root_certs(RootCerts::from(roots))
        .unversioned_rustls_crypto_provider(cryptography)
        .build())
}

fn why(error: &Error) -> Unheard {
    match error {
        Error::Timeout(_) => Unheard::TooLate,
        Error::HostNotFound => Unheard::NoSuchHost,
        Error::Rustls(rustls::Error::InvalidCertificate(_)) => Unheard::NotTrusted,
        Error::Rustls(_) | Error::Tls(_) => Unheard::Tls,
        Error::Io(error) => of_io(error),
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) => Unheard::NoRoute,
        _ => Unheard::NotHttp,
    }
}

/// An error of TLS may come wrapped into one of reading or writing.
fn of_io(error: &io::Error) -> Unheard {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(_)) => return Unheard::NotTrusted,
        Some(_) => return Unheard::Tls,
        None => {}
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Unheard::TooLate,
        io::ErrorKind::ConnectionRefused => Unheard::Refused,
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Unheard::NoRoute,
        _ => Unheard::CutOff,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::{SocketAddr, TcpListener},
        thread,
    };

    use super::*;
    use crate::config::{Surroundings, load_in};

    /// Answers every request with these bytes; nothing at all holds the connection open.
    fn server(answer: Option<&'static str>) -> (SocketAddr, std::sync::mpsc::Receiver<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, requests) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let mut open = Vec::new();
            for client in listener.incoming().flatten() {
                let mut lines = BufReader::new(client.try_clone().unwrap()).lines();
                let head: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                let _nobody_listens = heard.send(head);
                match answer {
                    Some(answer) => drop((&client).write_all(answer.as_bytes())),
                    None => open.push(client),
                }
            }
        });
        (address, requests)
    }

    /// The address as the configuration reads it.
    fn beat(url: &str) -> BeatUrl {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaizend.toml");
        let text = format!(
            "[company]\nname = \"N\"\ntimezone = \"UTC\"\noperators = [\"o@n.example\"]\n[mail]\nfrom = \"k@n.example\"\n\
             transport = {{ kind = \"directory\", path = \"outbox\" }}\n[heartbeat]\nurl = \"{url}\"\n"
        );
        std::fs::write(&path, text).unwrap();
        let plan = load_in(&path, &Surroundings::of_process()).unwrap().plan;
        plan.heartbeat.url.unwrap().url
    }

    #[test]
    fn only_an_answer_of_2xx_is_a_success_and_no_reason_shows_the_address() {
        let status = |status| Err(Unheard::Status(status));
        for (answer, expected) in [
            (Some("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), Ok(())),
            (Some("HTTP/1.1 204 No Content\r\n\r\n"), Ok(())),
            (Some("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"), status(301)),
            (Some("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), status(404)),
            (Some("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), status(503)),
            (Some("220 mail.example ESMTP\r\n"), Err(Unheard::NotHttp)),
            (None, Err(Unheard::TooLate)),
        ] {
            let (address, requests) = server(answer);
            let patience = Duration::from_millis(if answer.is_some() { 10_000 } else { 300 });
            let heard = ask(&beat(&format!("http://{address}/hunter2?a=1")), patience);
            assert_eq!(heard, expected, "{answer:?}");
            assert!(heard.err().is_none_or(|why| !why.to_string().contains("hunter2")));
            let head = requests.recv().unwrap();
            assert_eq!(head[0], "GET /hunter2?a=1 HTTP/1.1");
            assert!(
                head.iter().any(|line| line.to_lowercase().starts_with("user-agent: kaizend/")),
                "{head:?}"
            );
        }
    }

    #[test]
    fn nobody_there_and_no_tls_are_told_apart() {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let asked = |url: &str| ask(&beat(url), Duration::from_secs(10));
        assert_eq!(asked(&format!("http://{gone}/hunter2")), Err(Unheard::Refused));
        let (plain, _requests) = server(Some("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!(asked(&format!("https://{plain}/hunter2")), Err(Unheard::Tls));
    }

    #[test]
    fn every_failure_of_a_connection_has_its_reason() {
        use io::ErrorKind;
        for (kind, expected) in [
            (ErrorKind::ConnectionRefused, Unheard::Refused),
            (ErrorKind::NetworkUnreachable, Unheard::NoRoute),
            (ErrorKind::TimedOut, Unheard::TooLate),
            (ErrorKind::ConnectionReset, Unheard::CutOff),
        ] {
            assert_eq!(why(&Error::Io(kind.into())), expected, "{kind}");
        }
        let wrapped = |error: rustls::Error| Error::Io(io::Error::other(error));
        let unknown = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        assert_eq!(why(&wrapped(unknown)), Unheard::NotTrusted);
        assert_eq!(why(&wrapped(rustls::Error::HandshakeNotComplete)), Unheard::Tls);
    }
}
