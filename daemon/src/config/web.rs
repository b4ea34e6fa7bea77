//! `[web]`: where the pages behind the links of mails are served, and under which address people reach them. Without it
//! mails have no such links, and nothing is served.

use std::net::SocketAddr;

use kaizend_web::Settings;
use ureq::http::Uri;

use super::{
    smtp::is_loopback,
    table::{Section, Table},
    value::Value,
};

pub(super) const WEB: Section = Section { name: "web", keys: &["listen", "url"] };

/// On this machine only: a reverse proxy stands before it.
const USUAL_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8686);

/// An address longer than this would not fit into the header of a mail.
const LONGEST: usize = 200;

pub(super) fn read(value: &Value<'_>) -> Option<Settings> {
    let table = value.table(&WEB)?;
    let listen = match table.get("listen") {
        Some(value) => value.parsed_as("an address and a port such as \"127.0.0.1:8686\""),
        None => Some(USUAL_LISTEN),
    };
    Some(Settings { url: url(&table)?, listen: listen? })
}

fn url(table: &Table<'_>) -> Option<String> {
    let value = table.need("url")?;
    let text = value.text()?;
    let refuse = |why: &str, hint: &str| {
        value.error(why, Some(hint.to_owned()));
        None
    };
    let parts = text.parse::<Uri>().ok();
    let host = parts.as_ref().and_then(|url| url.host()).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]".contains(&byte);
    if host.is_empty() || !text.bytes().all(plain) || text.len() > LONGEST {
        return refuse(
            "`url` is not the address of a site",
            "write what people's browsers call, without a question mark: \"https://kaizend.example.org\"",
        );
    }
    match parts.as_ref().and_then(|url| url.scheme_str()) {
        Some("https") => {}
        Some("http") if is_loopback(host.trim_matches(['[', ']'])) => {}
        Some("http") => {
            return refuse(
                "links would travel in the clear, and whoever sees one can speak in its reader's name",
                "use https, with a reverse proxy before kaizend; http is only for this machine",
            );
        }
        _ => return refuse("`url` must begin with https://", "it stands in mails as it is"),
    }
    Some(text.trim_end_matches('/').to_owned())
}
