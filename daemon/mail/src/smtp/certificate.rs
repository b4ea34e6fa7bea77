//! Why a server's certificate is refused, with what to do about it.
//!
//! The library that checks it says so in its own words, which are all that reaches us; those that are not known here
//! are passed on as they are. The tests with real certificates notice when the words change.

/// What comes before the reason.
const REFUSED: &str = "invalid peer certificate: ";

/// The refusal that an error of the connection tells of, if it does.
pub(super) fn refusal(error: &str) -> Option<String> {
    let (_, why) = error.split_once(REFUSED)?;
    let said = if let Some(names) = why.strip_prefix("certificate not valid for name ") {
        let (name, others) = names.split_once("; certificate is only valid for ").unwrap_or((names, ""));
        let others = if others.is_empty() { String::new() } else { format!(", but for {others}") };
        format!(
            "is not for the name `{}`{others}: set `host` to a name that it is for",
            name.trim_matches('"')
        )
    } else if why.starts_with("UnknownIssuer") || why.starts_with("BadSignature") {
        // The second: by an authority of the same name, such as one that was made anew.
        "is signed by nobody whom this machine trusts: name its authority with `tls-roots`, if it is your own"
            .to_owned()
    } else if why.starts_with("certificate expired") {
        format!("has expired, and has to be renewed there ({why})")
    } else if why.starts_with("certificate not valid yet") {
        format!("is not valid yet: compare the clocks of both machines ({why})")
    } else {
        format!("is refused: {why}")
    };
    Some(format!("the server's certificate {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_says_what_to_do() {
        for (error, said) in [
            (
                "Connection error: invalid peer certificate: certificate not valid for name \"mail.n.example\"; certificate \
                 is only valid for DnsName(\"mx.n.example\")",
                Some("is not for the name `mail.n.example`, but for DnsName(\"mx.n.example\"): set `host`"),
            ),
            ("invalid peer certificate: UnknownIssuer", Some("name its authority with `tls-roots`")),
            ("invalid peer certificate: BadSignature", Some("name its authority with `tls-roots`")),
            ("invalid peer certificate: certificate expired: verification time …", Some("has expired")),
            ("invalid peer certificate: certificate not valid yet: …", Some("compare the clocks")),
            ("invalid peer certificate: Revoked", Some("is refused: Revoked")),
            ("Connection error: Connection refused (os error 111)", None),
        ] {
            let refusal = refusal(error);
            assert_eq!(refusal.is_some(), said.is_some(), "{error}");
            assert!(refusal.unwrap_or_default().contains(said.unwrap_or_default()), "{error}");
        }
    }
}
