//! Whether a browser sent a form because a page of ours was open, as far as it says so.
//!
//! Our pages ask for no referrer, so a browser may name their origin `null`; then it says by `Sec-Fetch-Site` that the
//! form is ours. A client that says neither is no browser, or an old one: the page's nonce speaks for it.

use hyper::HeaderMap;

/// Whether nothing in the request says that another site made it.
pub(crate) fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let values =
        |name: &str| headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?")).collect();
    let (sites, origins): (Vec<&str>, Vec<&str>) = (values("sec-fetch-site"), values("origin"));
    let site_is_ours = sites.iter().all(|site| *site == "same-origin");
    let origin_is_ours = origins.iter().all(|one| one.eq_ignore_ascii_case(origin) || *one == "null");
    site_is_ours && origin_is_ours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_site_gives_itself_away() {
        let ours = "https://k.example";
        for (site, origin, expected) in [
            (None, None, true),
            (Some("same-origin"), Some(ours), true),
            (Some("same-origin"), Some("null"), true),
            (None, Some(ours), true),
            (None, Some("https://K.example"), true),
            (None, Some("null"), true),
            (Some("cross-site"), Some("null"), false),
            (Some("cross-site"), Some(ours), false),
            (Some("same-site"), None, false),
            (Some("none"), None, false),
            (Some("same-origin"), Some("https://evil.example"), false),
            (None, Some("https://evil.example"), false),
            (None, Some("http://k.example"), false),
            (None, Some("https://k.example.evil.example"), false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                if let Some(value) = value {
                    headers.append(name, value.parse().unwrap());
                }
            }
            assert_eq!(is_ours(&headers, ours), expected, "{site:?} {origin:?}");
        }
    }
}
