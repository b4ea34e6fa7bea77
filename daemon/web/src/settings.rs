//! What the room is told: where to listen, and under which address people reach it.

use std::net::SocketAddr;

/// Where pages are served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub listen: SocketAddr,
    /// The public address without a slash at its end, as it stands in mails: `https://kaizend.example/k`.
    pub url: String,
}

impl Settings {
    /// The address of a token's page.
    pub fn link(&self, token: &str) -> String {
        format!("{}/{token}", self.url)
    }

    /// Scheme, host and port, as browsers name the origin of a page.
    pub fn origin(&self) -> &str {
        let after_scheme = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[after_scheme..].find('/').map_or(self.url.len(), |at| after_scheme + at);
        &self.url[..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_keeps_the_path_and_an_origin_has_none() {
        for (url, origin, link) in [
            ("https://k.example", "https://k.example", "https://k.example/t"),
            ("https://k.example:8443/kaizend", "https://k.example:8443", "https://k.example:8443/kaizend/t"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080/t"),
        ] {
            let settings = Settings { listen: ([127, 0, 0, 1], 0).into(), url: url.to_owned() };
            assert_eq!((settings.origin(), settings.link("t").as_str()), (origin, link));
        }
    }
}
