//! That a mailing is held, and why, said to an operator. Settings are shown as the configuration writes them.

use kaizend_core::{
    domain::Fact,
    policy::breaker::{Held, Tripped},
};

use crate::{
    finding_words::text,
    page::{Speaker, count},
};

const HELD: &str = "trouble-held";

pub(crate) fn sentence(held: &Held, say: &mut Speaker) -> String {
    say.own(HELD, vec![("held", number(held.mails))])
}

/// What tripped the breaker.
pub(crate) fn reason(held: &Held, say: &mut Speaker) -> String {
    let (name, facts) = match held.why {
        Tripped::Mails { mails, most } => {
            ("mails", vec![("mails", number(mails)), ("most", text(&most.to_string()))])
        }
        Tripped::TimesUsual { mails, usual, times } => (
            "times-usual",
            vec![("mails", number(mails)), ("usual", number(usual)), ("times", text(&times.to_string()))],
        ),
        Tripped::ShareOfStaff { people, staff, share } => (
            "share-of-staff",
            vec![("people", number(people)), ("staff", number(staff)), ("share", text(&share.to_string()))],
        ),
    };
    say.attribute(HELD, name, facts)
}

pub(crate) fn todo(say: &mut Speaker) -> String {
    say.attribute(HELD, "todo", Vec::new())
}

fn number(number: usize) -> Fact {
    count(number.try_into().unwrap_or(u64::MAX))
}
