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

/// Few orders and few people, so that words and looks meet often.
const ORDERS: u8 = 6;
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
        thread_local! { static STEPS: BoxedStrategy<Step> = step() }
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

fn step() -> BoxedStrategy<Step> {
    let changes = prop::collection::vec((0..ORDERS, prop::option::weighted(0.75, order())), 0..4);
    prop_oneof![
        30 => (how(), changes).prop_map(|(how, changes)| Step::Look { how, changes }),
        2 => Just(Step::AnotherQuestion),
        14 => leap().prop_map(Step::Clock),
        8 => Just(Step::Round),
        26 => (1_u8..5).prop_map(|rounds| Step::Serve { rounds }),
        24 => (0..ORDERS, 0_u8..8, word()).prop_map(|(order, by, word)| Step::Act { order, by, word }),
        3 => (silenced(), 1_u8..100).prop_map(|(of, hours)| Step::Silence { of, hours }),
        2 => any::<u8>().prop_map(|which| Step::EndSilence { which }),
        3 => (0..PLANS).prop_map(|plan| Step::Reload { plan }),
        2 => (0_u8..8).prop_map(|who| Step::Leave { who }),
        4 => (0_u8..8).prop_map(|who| Step::ComeBack { who }),
        2 => (0_u8..8, 0_u8..4, 0_u8..8, prop::option::of(0_u8..8))
            .prop_map(|(who, from, days, substitute)| Step::Away { who, from, days, substitute }),
    ]
    .boxed()
}

fn order() -> impl Strategy<Value = Order> {
    let stage = prop_oneof![
        3 => Just(Stage::DueSoon),
        6 => Just(Stage::Overdue),
        2 => any::<bool>().prop_map(|old| Stage::KeptLate { old })
    ];
    let severity = prop_oneof![Just(Severity::Note), Just(Severity::Normal), Just(Severity::High)];
    // The fifth and the sixth have most of the orders.
    let owner = prop_oneof![8 => (2_u8..5).prop_map(Some), 3 => (0_u8..9).prop_map(Some), 1 => Just(None)];
    (stage, owner, severity, prop::bool::weighted(0.1))
        .prop_map(|(stage, owner, severity, client_moves)| Order { stage, owner, severity, client_moves })
}

fn how() -> impl Strategy<Value = How> {
    prop_oneof![
        5 => Just(How::Complete),
        3 => any::<u8>().prop_map(|reads| How::Partial { reads }),
        1 => prop_oneof![Just(0), Just(3)].prop_map(|rows| How::Doubtful { rows }),
        1 => any::<bool>().prop_map(|timed_out| How::Failed { timed_out }),
    ]
}

fn leap() -> impl Strategy<Value = Leap> {
    prop_oneof![
        4 => (1_i64..59).prop_map(Leap::Minutes),
        6 => (1_i64..23).prop_map(Leap::Hours),
        2 => (1_i64..5).prop_map(Leap::Days),
        1 => (1_i64..4).prop_map(Leap::Weeks),
    ]
}

fn word() -> impl Strategy<Value = Word> {
    let hours = || prop_oneof![1 => -3_i64..1, 8 => 1_i64..120];
    let level =
        prop_oneof![Just(ApologyLevel::Owner), Just(ApologyLevel::Manager), Just(ApologyLevel::Director)];
    let said = || prop::bool::weighted(0.8);
    prop_oneof![
        (hours(), any::<bool>()).prop_map(|(hours, waiting)| Word::Acknowledge { hours, waiting }),
        hours().prop_map(|hours| Word::Snooze { hours }),
        said().prop_map(|cause| Word::Done { cause }),
        said().prop_map(|reason| Word::Dismiss { reason }),
        (said(), said()).prop_map(|(reason, cause)| Word::Resolve { reason, cause }),
        (0_u8..9).prop_map(|to| Word::Assign { to }),
        said().prop_map(|reason| Word::Differently { reason }),
        Just(Word::Explain),
        level.prop_map(|level| Word::Apologised { level }),
    ]
}

fn silenced() -> impl Strategy<Value = Silenced> {
    prop_oneof![Just(Silenced::Everything), Just(Silenced::Overdue), (2_u8..5).prop_map(Silenced::Owner)]
}
