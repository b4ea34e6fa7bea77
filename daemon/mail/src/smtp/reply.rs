//! What a server's reply means for a mail: a table, and nothing else.
//!
//! The phase matters: a refusal before the recipient was named says nothing about the recipient. So it
//! pauses the queue instead of counting as that person's bounce.

use std::fmt;

use kaizend_core::policy::bounce::Bounce;
use lettre::transport::smtp::response::Response;

/// Where in the conversation a reply came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Greeting,
    Hello,
    Tls,
    Login,
    Sender,
    Recipient,
    Data,
    /// After the final dot.
    End,
}

/// A reply: its code, its enhanced code (RFC 3463) where it has one, and its text, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    pub enhanced: Option<(u8, u16, u16)>,
    pub text: String,
}

/// What to do with the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Try again later.
    Defer,
    /// This address or this mail will never pass: a bounce.
    Fail,
    /// The server refuses us: pause the queue.
    Pause,
}

impl Reply {
    /// From the code and the text behind it: `550`, `5.1.1 No such user`.
    pub fn new(code: u16, text: &str) -> Self {
        let text = kaizend_text::clean_line(text);
        let enhanced = text.split(' ').next().and_then(enhanced);
        let agrees = enhanced.filter(|(class, ..)| u16::from(*class) == code / 100);
        Self { code, enhanced: agrees, text }
    }

    pub(crate) fn of(response: &Response) -> Self {
        let text = response.message().collect::<Vec<_>>().join(" ");
        Self::new(u16::from(response.code()), &text)
    }

    /// The verdict of a negative reply (4xx or 5xx) in a phase.
    pub fn verdict(&self, phase: Phase) -> Verdict {
        if self.code < 500 {
            return Verdict::Defer;
        }
        match (self.enhanced, self.code, phase) {
            // No route now: DNS or a peer is down.
            (Some((5, 4, 4)), ..) => Verdict::Defer,
            // Policy and security: spam rules, missing rights, blocked senders.
            (Some((5, 7, _)), ..) => Verdict::Pause,
            // Authentication asked for or refused.
            (_, 530 | 534 | 535 | 538, _) => Verdict::Pause,
            // Too big: this mail's own fault, in whichever phase it is said.
            (Some((5, 3, 4) | (5, 2, 3)), ..) | (_, 552, Phase::Sender) => Verdict::Fail,
            (_, _, Phase::Recipient | Phase::Data | Phase::End) => Verdict::Fail,
            (_, _, Phase::Greeting | Phase::Hello | Phase::Tls | Phase::Login | Phase::Sender) => {
                Verdict::Pause
            }
        }
    }
}

impl Reply {
    /// Whether a refusal for good speaks of the address. A mail has one recipient, so a server may say it at the end as
    /// well; without an enhanced code only what answers the recipient's name is about him.
    pub(crate) fn bounce(&self, phase: Phase) -> Option<Bounce> {
        match (self.enhanced, phase) {
            (Some(status), Phase::Recipient | Phase::Data | Phase::End) if status != (5, 0, 0) => {
                Bounce::of_status(status)
            }
            (_, Phase::Recipient) => Bounce::of_code(self.code),
            _ => None,
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Greeting => "the greeting",
            Self::Hello => "EHLO",
            Self::Tls => "STARTTLS",
            Self::Login => "the login",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::End => "the end of the mail",
        })
    }
}

fn enhanced(word: &str) -> Option<(u8, u16, u16)> {
    let mut parts = word.split('.');
    let code = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    parts.next().is_none().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::{Verdict::*, *};

    #[test]
    fn each_reply_has_its_verdict() {
        for (phase, code, text, verdict) in [
            (Phase::Recipient, 550, "5.1.1 No such user", Fail),
            (Phase::Recipient, 550, "No such user", Fail),
            (Phase::Recipient, 450, "4.7.1 Greylisted", Defer),
            (Phase::Recipient, 452, "4.2.2 Mailbox full", Defer),
            (Phase::Recipient, 552, "5.2.2 Mailbox full", Fail),
            (Phase::Recipient, 550, "5.4.4 Unable to route", Defer),
            (Phase::Recipient, 554, "5.7.1 Relay access denied", Pause),
            (Phase::Recipient, 530, "Authentication required", Pause),
            (Phase::Sender, 553, "5.1.8 Sender address rejected", Pause),
            (Phase::Sender, 552, "Message size exceeds limit", Fail),
            (Phase::Sender, 552, "5.3.4 Message too big", Fail),
            (Phase::Sender, 451, "4.3.0 Try later", Defer),
            (Phase::Login, 535, "5.7.8 Bad credentials", Pause),
            (Phase::Login, 454, "4.7.0 Temporary failure", Defer),
            (Phase::Greeting, 554, "No service here", Pause),
            (Phase::Greeting, 421, "Too busy", Defer),
            (Phase::Hello, 502, "Not implemented", Pause),
            (Phase::Data, 554, "No valid recipients", Fail),
            (Phase::End, 554, "5.6.0 Content rejected", Fail),
            (Phase::End, 550, "5.7.1 Blocked as spam", Pause),
            (Phase::End, 451, "4.3.0 Disk full", Defer),
            // An enhanced code that contradicts the reply's own class does not count (RFC 2034).
            (Phase::Recipient, 450, "5.7.1 Odd", Defer),
            (Phase::Recipient, 550, "4.4.4 Odd", Fail),
        ] {
            assert_eq!(Reply::new(code, text).verdict(phase), verdict, "{phase:?} {code} {text}");
        }
    }

    #[test]
    fn only_what_is_said_of_the_recipient_is_his_bounce() {
        for (phase, code, text, bounce) in [
            (Phase::Recipient, 550, "5.1.1 No such user", Some(Bounce::Hard)),
            (Phase::Recipient, 550, "No such user", Some(Bounce::Hard)),
            (Phase::Recipient, 550, "5.0.0 No such user", Some(Bounce::Hard)),
            (Phase::Recipient, 552, "5.2.2 Mailbox full", Some(Bounce::Soft)),
            (Phase::Recipient, 554, "Not today", None),
            (Phase::End, 550, "5.1.1 No such user", Some(Bounce::Hard)),
            (Phase::End, 550, "Content rejected", None),
            (Phase::End, 552, "5.3.4 Too big", None),
            (Phase::Data, 554, "5.5.1 No valid recipients", None),
            (Phase::Sender, 552, "5.3.4 Message too big", None),
        ] {
            assert_eq!(Reply::new(code, text).bounce(phase), bounce, "{phase:?} {code} {text}");
        }
    }

    #[test]
    fn a_hostile_text_stays_one_line() {
        let reply = Reply::new(550, "5.1.1 \u{1b}[31mred\r\n250 ok");
        assert_eq!(reply.to_string(), "550 5.1.1 [31mred 250 ok");
        assert_eq!(reply.enhanced, Some((5, 1, 1)));
    }
}
