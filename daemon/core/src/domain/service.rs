//! What the daemon has to say of itself to its operators: that nobody hears its heartbeat, or that it was silent.
//!
//! Whoever reads it may speak any language, so it is kept as facts; the words are the text room's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CheckId, Notice, RunId, TellBecause};

/// In the place of a check's id, where nothing but the daemon itself is meant.
const SERVICE: &str = "service";

/// What is, or was, wrong with the service itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum ServiceTrouble {
    /// Nothing was heard at the heartbeat's address since then.
    Unheard { since: Timestamp, why: Unheard },
    /// Nobody served, or nothing moved, in this span.
    Silent { from: Timestamp, until: Timestamp },
}

/// Why a beat did not arrive, as far as that is known. None of these names the address, which may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unheard {
    #[error("it answered {0}, and only 2xx counts")]
    Status(u16),
    #[error("it did not answer in time")]
    TooLate,
    #[error("nobody knows its name")]
    NoSuchHost,
    #[error("it refuses the connection")]
    Refused,
    #[error("no way leads to it")]
    NoRoute,
    #[error("the connection broke")]
    CutOff,
    #[error("its certificate is not trusted on this machine")]
    NotTrusted,
    #[error("it does not speak TLS as we do")]
    Tls,
    #[error("this machine has no list of trusted certificates: apt-get install ca-certificates")]
    NoCertificates,
    #[error("it does not speak HTTP")]
    NotHttp,
}

impl ServiceTrouble {
    /// Word to the operators, at once.
    pub fn notice(&self, now: Timestamp) -> Notice {
        let because = match self {
            Self::Unheard { .. } => TellBecause::Unheard,
            Self::Silent { .. } => TellBecause::WasSilent,
        };
        let detail = serde_json::to_string(self).unwrap_or_default();
        Notice::to_operators(CheckId::from(SERVICE), because, RunId(0), now, detail)
    }

    /// Reads the detail of such a notice.
    pub fn from_detail(detail: &str) -> Option<Self> {
        serde_json::from_str(detail).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_holds_the_facts() {
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        let (from, until) = (moment("2026-11-23T18:00:00Z"), moment("2026-11-24T06:00:00Z"));
        for (trouble, because) in [
            (ServiceTrouble::Silent { from, until }, TellBecause::WasSilent),
            (ServiceTrouble::Unheard { since: from, why: Unheard::Status(503) }, TellBecause::Unheard),
            (ServiceTrouble::Unheard { since: from, why: Unheard::TooLate }, TellBecause::Unheard),
        ] {
            let notice = trouble.notice(until);
            assert_eq!((notice.because, notice.due), (because, until));
            let detail = notice.detail.unwrap();
            assert_eq!(ServiceTrouble::from_detail(&detail), Some(trouble), "{detail}");
        }
        assert_eq!(ServiceTrouble::from_detail("the disk is full"), None);
    }
}
