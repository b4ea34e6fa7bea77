//! What to do when a check is due while its earlier run is still going.

use serde::{Deserialize, Serialize};

use crate::domain::SkipReason;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overlap {
    /// Leave this occurrence out, and count it.
    #[default]
    Skip,
    /// Wait for the earlier run; one may wait, further ones are left out.
    QueueOne,
    /// Run beside it.
    Parallel,
}

/// Whether a due run may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    Start,
    Wait,
    Skip(SkipReason),
}

impl Overlap {
    /// `running` and `waiting` are the other runs of the same check.
    pub fn admit(self, running: usize, waiting: usize) -> Admission {
        match self {
            _ if running == 0 && waiting == 0 => Admission::Start,
            Self::Parallel => Admission::Start,
            Self::QueueOne if waiting == 0 => Admission::Wait,
            Self::Skip | Self::QueueOne => Admission::Skip(SkipReason::Overlap),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_is_still_going() {
        use Admission::{Skip, Start, Wait};
        let left_out = Skip(SkipReason::Overlap);
        for (overlap, running, waiting, admission) in [
            (Overlap::Skip, 0, 0, Start),
            (Overlap::Skip, 1, 0, left_out),
            (Overlap::QueueOne, 1, 0, Wait),
            (Overlap::QueueOne, 1, 1, left_out),
            (Overlap::QueueOne, 0, 1, left_out),
            (Overlap::Parallel, 5, 0, Start),
        ] {
            assert_eq!(overlap.admit(running, waiting), admission, "{overlap:?} {running} {waiting}");
        }
    }
}
