//! What may happen next, and how likely: mostly looks, rounds and words, now and then a change of plan or people.

use kaizend_core::domain::{ApologyLevel, Severity};
use proptest::{prelude::*, strategy::BoxedStrategy};

use crate::world::{How, Leap, ORDERS, Order, PLANS, Silenced, Stage, Step, Word};

pub(crate) fn step() -> BoxedStrategy<Step> {
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
