//! The breaker: a mailing that is far beyond the usual is held as a whole until an operator has looked.
//!
//! A wrong join or a broken import can make half the company late in one night; a hundred true-looking mails then
//! cost more trust than a day's delay. Lists of what was already so, and word to operators, are no alarm.

use serde::{Deserialize, Serialize};

/// What trips it; whatever is not set never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Breaker {
    /// More mails than this at once.
    pub mails: Option<u32>,
    /// So many times the usual mailing.
    pub times_usual: Option<f64>,
    /// This share of the staff at once, from 0 to 1.
    pub share_of_staff: Option<f64>,
}

/// One mailing, before it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mailing {
    pub mails: usize,
    /// Different persons among the addressees.
    pub people: usize,
    /// Persons with an address in the company.
    pub staff: usize,
    /// Mails of each earlier mailing of the last weeks, most recent first.
    pub earlier: Usual,
}

/// What is usual: the middle of the earlier mailings, and how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    pub mailings: usize,
    pub median: usize,
}

/// Why a mailing is held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "tripped")]
pub enum Tripped {
    #[error("{mails} mails at once, more than breaker.mails = {most}")]
    Mails { mails: usize, most: u32 },
    #[error("{mails} mails at once, where {usual} are usual (breaker.times-usual = {times})")]
    TimesUsual { mails: usize, usual: usize, times: f64 },
    #[error("{people} of {staff} people at once (breaker.share-of-staff = {share})")]
    ShareOfStaff { people: usize, staff: usize, share: f64 },
}

/// A mailing that is held, as the operators hear of it: facts, whose words are the text room's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Held {
    pub why: Tripped,
    /// How many mails wait.
    pub mails: usize,
}

/// Before so many mailings nobody knows what is usual.
const KNOWN_FROM: usize = 5;
/// So few mails, or people, are no flood, whatever their share.
const FEW: usize = 5;

impl Usual {
    /// From the sizes of earlier mailings, in any order.
    pub fn of(mut mailings: Vec<usize>) -> Self {
        mailings.sort_unstable();
        let median = mailings.get(mailings.len() / 2).copied().unwrap_or(0);
        Self { mailings: mailings.len(), median }
    }
}

impl Held {
    /// The detail of the notice that carries it.
    pub fn detail(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the detail of such a notice. Versions before this one wrote sentences, which are none.
    pub fn from_detail(detail: &str) -> Option<Self> {
        serde_json::from_str(detail).ok()
    }
}

/// Whether the mailing is held, and why.
pub fn judge(breaker: &Breaker, mailing: Mailing) -> Option<Tripped> {
    let Mailing { mails, people, staff, earlier } = mailing;
    let too_many = breaker.mails.filter(|most| mails > *most as usize);
    if let Some(most) = too_many {
        return Some(Tripped::Mails { mails, most });
    }
    let known = earlier.mailings >= KNOWN_FROM && mails > FEW;
    let unusual = |times: &f64| known && mails as f64 > times * earlier.median.max(1) as f64;
    if let Some(times) = breaker.times_usual.filter(unusual) {
        return Some(Tripped::TimesUsual { mails, usual: earlier.median, times });
    }
    let half = |share: &f64| people >= FEW && staff > 0 && people as f64 >= share * staff as f64;
    let share = breaker.share_of_staff.filter(half)?;
    Some(Tripped::ShareOfStaff { people, staff, share })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Breaker = Breaker { mails: Some(50), times_usual: Some(3.0), share_of_staff: Some(0.25) };

    fn mailing(mails: usize, people: usize, staff: usize, earlier: &[usize]) -> Mailing {
        Mailing { mails, people, staff, earlier: Usual::of(earlier.to_vec()) }
    }

    #[test]
    fn what_is_far_beyond_the_usual_is_held() {
        let usual = [4, 6, 5, 7, 5];
        let times = |mails| Some(Tripped::TimesUsual { mails, usual: 5, times: 3.0 });
        let share = |people, staff| Some(Tripped::ShareOfStaff { people, staff, share: 0.25 });
        for (name, mailing, expected) in [
            ("a usual morning", mailing(6, 6, 100, &usual), None),
            ("three times the usual", mailing(15, 15, 100, &usual), None),
            ("more than that", mailing(16, 16, 100, &usual), times(16)),
            ("nobody knows yet what is usual", mailing(40, 20, 100, &[5, 5]), None),
            ("more than fifty", mailing(51, 20, 100, &[60; 9]), Some(Tripped::Mails { mails: 51, most: 50 })),
            ("fifty", mailing(50, 20, 100, &[60; 9]), None),
            ("a quarter of the staff", mailing(25, 25, 100, &[25; 9]), share(25, 100)),
            ("not quite", mailing(24, 24, 100, &[25; 9]), None),
            ("a small company", mailing(4, 4, 5, &[1; 9]), None),
            ("a few after quiet weeks", mailing(5, 4, 100, &[1; 9]), None),
        ] {
            assert_eq!(judge(&ALL, mailing), expected, "{name}");
        }
        assert_eq!(judge(&Breaker::default(), mailing(10_000, 100, 100, &[1; 9])), None);
    }

    #[test]
    fn what_is_held_travels_as_facts() {
        for why in [
            Tripped::Mails { mails: 51, most: 50 },
            Tripped::TimesUsual { mails: 16, usual: 5, times: 2.5 },
            Tripped::ShareOfStaff { people: 25, staff: 100, share: 0.25 },
        ] {
            let held = Held { why, mails: 51 };
            assert_eq!(Held::from_detail(&held.detail()), Some(held));
        }
        assert_eq!(
            Held::from_detail("51 mails at once, more than breaker.mails = 50: 51 mails are held"),
            None
        );
    }

    #[test]
    fn the_reason_says_numbers_and_the_key() {
        let tripped = judge(&ALL, mailing(51, 20, 100, &[])).unwrap();
        assert_eq!(tripped.to_string(), "51 mails at once, more than breaker.mails = 50");
    }
}
