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

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn only_https_and_mailto_become_links() {
        for good in ["https://k.example/a?b=c&d=%20#e", "mailto:ops@northwind.example", "HTTPS://K.EXAMPLE/"]
        {
            assert_eq!(safe(good), Some(good));
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
