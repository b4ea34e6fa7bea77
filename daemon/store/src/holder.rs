//! Who holds a run or a mail: a process, named so that another one can tell whether it still lives.
//!
//! Leases end by time. But after kill -9 the next server should not wait for them, so a holder bears the
//! start of its process: a pid that was given away again is not taken for the old one.

use std::fmt;

/// A process, as `<pid>.<ticks between the machine's start and its own>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holder(String);

impl Holder {
    /// This process.
    pub fn this_process() -> Self {
        let pid = std::process::id();
        Self(match started(pid) {
            Some(ticks) => format!("{pid}.{ticks}"),
            None => pid.to_string(),
        })
    }

    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the process is known to have ended. `false` when that cannot be told: then its lease decides.
    pub fn is_dead(&self) -> bool {
        let Some((pid, ticks)) = self.0.split_once('.') else { return false };
        let (Ok(pid), Ok(ticks)) = (pid.parse(), ticks.parse::<u64>()) else { return false };
        // Without a view of our own process there is no view of others.
        started(std::process::id()).is_some() && started(pid) != Some(ticks)
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Field 22 of `/proc/<pid>/stat`, counted after the command's name, which may itself hold spaces. A zombie
/// has ended.
fn started(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_ascii_whitespace();
    let state = fields.next()?;
    if matches!(state, "Z" | "X") { None } else { fields.nth(18)?.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_lives_and_an_ended_one_does_not() {
        let this = Holder::this_process();
        assert!(!this.is_dead());
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let ended = Holder::from_text(format!("{}.1", child.id()));
        child.wait().unwrap();
        assert!(ended.is_dead());
    }

    #[test]
    fn a_pid_that_was_given_away_again_is_another_process() {
        let (pid, ticks) =
            Holder::this_process().0.split_once('.').map(|(p, t)| (p.to_owned(), t.to_owned())).unwrap();
        let earlier: u64 = ticks.parse::<u64>().unwrap() - 1;
        assert!(Holder::from_text(format!("{pid}.{earlier}")).is_dead());
    }

    #[test]
    fn an_unknown_form_is_left_to_its_lease() {
        assert!(!Holder::from_text("somebody").is_dead());
    }
}
