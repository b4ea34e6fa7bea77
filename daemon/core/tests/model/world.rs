//! What is true outside of kaizend: the orders in the company's data and what may happen next. It knows no policy;
//! all that it expects is that what the last believed look saw to be wrong is open afterwards.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kaizend_core::{
    domain::{ApologyLevel, Severity},
    policy::reconcile::Baseline,
};
use proptest::{prelude::*, strategy::BoxedStrategy};
use proptest_state_machine::ReferenceStateMachine;

use crate::chance;

/// Few orders and few people, so that words and looks meet often.
pub(crate) const ORDERS: u8 = 6;
pub(crate) const PLANS: u8 = 4;

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) start: Timestamp,
    pub(crate) baseline: Baseline,
    /// What the data says now.
    pub(crate) orders: BTreeMap<u8, Order>,
    /// Conditions that a believed look saw, and nobody closed by hand since.
    pub(crate) must_be_open: BTreeSet<u8>,
    pub(crate) silences: usize,
    pub(crate) gone: BTreeSet<u8>,
}

/// An order with which something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) stage: Stage,
    /// By their place in the list of people; one more than there are is somebody unknown.
    pub(crate) owner: Option<u8>,
    pub(crate) severity: Severity,
    pub(crate) client_moves: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    DueSoon,
    Overdue,
    /// A past fact; of an old one it is counted, not told.
    KeptLate {
        old: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// The data changes, and a look at it begins.
    Look {
        how: How,
        changes: Vec<(u8, Option<Order>)>,
    },
    AnotherQuestion,
    Clock(Leap),
    /// Somebody restarts the daemon, say: a round whenever it is.
    Round,
    /// So many rounds at the moments at which something is due.
    Serve {
        rounds: u8,
    },
    Act {
        order: u8,
        by: u8,
        word: Word,
    },
    Silence {
        of: Silenced,
        hours: u8,
    },
    EndSilence {
        which: u8,
    },
    Reload {
        plan: u8,
    },
    Leave {
        who: u8,
    },
    ComeBack {
        who: u8,
    },
    Away {
        who: u8,
        from: u8,
        days: u8,
        substitute: Option<u8>,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum How {
    Complete,
    /// Reads the orders of these bits.
    Partial {
        reads: u8,
    },
    /// Reads so few rows that nobody believes it.
    Doubtful {
        rows: u64,
    },
    Failed {
        timed_out: bool,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Leap {
    Minutes(i64),
    Hours(i64),
    Days(i64),
    Weeks(i64),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Word {
    Acknowledge { hours: i64, waiting: bool },
    Snooze { hours: i64 },
    Done { cause: bool },
    Dismiss { reason: bool },
    Resolve { reason: bool, cause: bool },
    Assign { to: u8 },
    Differently { reason: bool },
    Explain,
    Apologised { level: ApologyLevel },
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Silenced {
    Everything,
    Overdue,
    Owner(u8),
}

impl ReferenceStateMachine for World {
    type State = Self;
    type Transition = Step;

    /// Before both clock changes of the year, and on an ordinary Monday.
    fn init_state() -> BoxedStrategy<Self> {
        let start = prop_oneof![
            Just("2026-03-26T05:00:00Z"),
            Just("2026-10-22T05:00:00Z"),
            Just("2026-11-23T10:00:00Z")
        ];
        let baseline =
            prop_oneof![3 => Just(Baseline::Tell), 2 => Just(Baseline::List), 1 => Just(Baseline::Quiet)];
        let world = (start, baseline).prop_map(|(start, baseline)| Self {
            start: start.parse().expect("it is an instant"),
            baseline,
            orders: BTreeMap::new(),
            must_be_open: BTreeSet::new(),
            silences: 0,
            gone: BTreeSet::new(),
        });
        world.boxed()
    }

    fn transitions(_: &Self) -> BoxedStrategy<Step> {
        // Making it anew for each step would cost more than playing the step.
        thread_local! { static STEPS: BoxedStrategy<Step> = chance::step() }
        STEPS.with(Clone::clone)
    }

    fn preconditions(world: &Self, step: &Step) -> bool {
        match step {
            Step::EndSilence { .. } => world.silences > 0,
            Step::Leave { who } => world.gone.len() < 2 && !world.gone.contains(who),
            Step::ComeBack { who } => world.gone.contains(who),
            _ => true,
        }
    }

    fn apply(mut world: Self, step: &Step) -> Self {
        match step {
            Step::Look { how, changes } => world.looked(*how, changes),
            Step::Act { order, word: Word::Resolve { .. }, .. } => {
                world.must_be_open.remove(order);
            }
            Step::Silence { .. } => world.silences += 1,
            Step::EndSilence { .. } => world.silences -= 1,
            Step::Leave { who } => {
                world.gone.insert(*who);
            }
            Step::ComeBack { who } => {
                world.gone.remove(who);
            }
            _ => {}
        }
        world
    }
}

impl World {
    fn looked(&mut self, how: How, changes: &[(u8, Option<Order>)]) {
        for (number, order) in changes {
            match order {
                Some(order) => self.orders.insert(*number, *order),
                None => self.orders.remove(number),
            };
        }
        for number in 0..ORDERS {
            if !how.reads(number) {
                continue;
            }
            if self.orders.get(&number).is_some_and(Order::is_condition) {
                self.must_be_open.insert(number);
            } else {
                self.must_be_open.remove(&number);
            }
        }
    }

    pub(crate) fn numbers() -> impl Iterator<Item = u8> {
        0..ORDERS
    }
}

impl How {
    /// Whether this look says anything about an order.
    pub(crate) fn reads(self, number: u8) -> bool {
        match self {
            Self::Complete => true,
            Self::Partial { reads } => reads & (1 << number) != 0,
            Self::Doubtful { .. } | Self::Failed { .. } => false,
        }
    }
}

impl Order {
    pub(crate) fn is_condition(&self) -> bool {
        !matches!(self.stage, Stage::KeptLate { .. })
    }
}
