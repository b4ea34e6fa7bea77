//! Answers, with what keeps a page from being stored, indexed, framed, or from telling others of its address.

use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::Full;
use hyper::{
    Response, StatusCode,
    body::Bytes,
    header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue},
};

use crate::digest;

pub(crate) type Reply = Response<Full<Bytes>>;

/// Nothing is loaded, run or framed; forms go to the page itself, and the one style sheet is the one that stands in it.
fn policy(html: &str) -> String {
    let style = html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let style = style.map_or_else(
        || "'none'".to_owned(),
        |(style, _)| format!("'sha256-{}'", STANDARD.encode(digest(style.as_bytes()))),
    );
    format!(
        "default-src 'none'; style-src {style}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// A document.
pub(crate) fn page(status: StatusCode, html: String) -> Reply {
    let policy = HeaderValue::try_from(policy(&html));
    let mut reply = Response::new(Full::new(Bytes::from(html)));
    *reply.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE.as_str(), "text/html; charset=utf-8"),
        (CACHE_CONTROL.as_str(), "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex, nofollow"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // It holds nothing but plain characters.
    reply.headers_mut().extend(policy.map(|policy| (CONTENT_SECURITY_POLICY, policy)).ok());
    reply
}

/// A document for a method that no page has.
pub(crate) fn no_such_method(html: String) -> Reply {
    let mut reply = page(StatusCode::METHOD_NOT_ALLOWED, html);
    reply.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pages_own_style_is_allowed() {
        let reply = page(StatusCode::OK, "<style>p { }</style><p>".to_owned());
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        // What `printf 'p { }' | openssl dgst -sha256 -binary | base64` says.
        assert!(
            policy.contains("style-src 'sha256-2H5CUCvyo5cSkj1YhUngR72ks13QrmBjgN+zz/lp2DY='; "),
            "{policy}"
        );
        assert!(!policy.contains("unsafe") && policy.contains("default-src 'none'"));
        let none = page(StatusCode::OK, "<p>".to_owned());
        assert!(none.headers()["content-security-policy"].to_str().unwrap().contains("style-src 'none'"));
    }
}
