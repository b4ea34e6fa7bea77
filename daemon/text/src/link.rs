//! The one place where an address becomes a link.
//!
//! Escaping alone does not stop `javascript:` or `data:`, so a template cannot write an `href` by itself:
//! it asks here, and only `https` and `mailto` pass.

/// The address as it may stand in an `href`, or `None` when it is not one that a mail may link to.
pub(crate) fn safe(address: &str) -> Option<&str> {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("mailto:"))?;
    let readable =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    let whole = !rest.is_empty() && address.len() <= 2000 && address.chars().all(readable);
    whole.then_some(address)
}

/// The address of one of kaizend's own pages, which on this machine itself may be plain `http`.
pub(crate) fn own_page(address: &str) -> Option<&str> {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let rest = local.iter().find_map(|local| address.strip_prefix(local));
    let is_local = rest.is_some_and(|rest| rest.starts_with([':', '/']) && rest.bytes().all(is_plain));
    if is_local { Some(address) } else { safe(address) }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?=&".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{own_page, safe};

    #[test]
    fn only_https_and_mailto_become_links() {
        for good in ["https://k.example/a?b=c&d=%20#e", "mailto:ops@northwind.example", "HTTPS://K.EXAMPLE/"]
        {
            assert_eq!(safe(good), Some(good));
        }
        for own in ["http://127.0.0.1:8080/a.b-c_d?to=snooze", "http://[::1]/x", "https://k.example/a"] {
            assert_eq!(own_page(own), Some(own));
        }
        for no_page in
            ["http://k.example/", "http://127.0.0.1.evil.example/", "http://127.0.0.1:1/\"x", "javascript:x"]
        {
            assert_eq!(own_page(no_page), None, "{no_page}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "http://k.example/",
            "https://",
            "https://k.example/\"onclick=x",
            "https://k.example/\r\nx",
            "//k.example/",
            "/orders/1",
            "",
        ] {
            assert_eq!(safe(bad), None, "{bad}");
        }
    }
}
