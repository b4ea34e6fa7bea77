//! Random months of a small company, played on the real policies: looks, words, silences, reloads and a clock
//! that leaps. After each of many thousand steps the promises of the product must hold.
//!
//! `world` is what is true in the data and what may happen next, which proptest-state-machine generates and
//! shrinks; `company` is the system under test: an in-memory store around the policies, that acts as
//! `kaizend serve` does. `promises` judges with an oracle of its own, never with the code that it judges.
//!
//! The seed is fixed, so that CI fails for everybody or for nobody. Another one:
//! `KAIZEND_MODEL_SEED=7 cargo test -p kaizend-core --test model`, and `KAIZEND_MODEL_CASES` for longer.

mod chance;
mod company;
mod counts;
mod letters;
mod look;
mod oracle;
mod plan;
mod promises;
mod reasons;
mod round;
mod surroundings;
mod word;
mod world;

use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use company::Company;
use world::World;

/// Steps of one life: long enough for a ladder to be climbed to its end, twice.
const STEPS: usize = 250;
const CASES: u32 = 84;
const SEED: u64 = 20_261_125;

#[test]
fn promises_hold_in_every_life() {
    let (seed, cases) = (set("KAIZEND_MODEL_SEED", SEED), set("KAIZEND_MODEL_CASES", u64::from(CASES)));
    let cases = u32::try_from(cases).expect("KAIZEND_MODEL_CASES is a small number");
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 4_000, ..Config::default() };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config.clone(), rng);
    let lives = World::sequential_strategy(STEPS..=STEPS);
    let ended = runner.run(&lives, |(world, steps, seen)| {
        Company::test_sequential(config.clone(), world, steps, seen);
        Ok(())
    });
    match ended {
        Ok(()) => {}
        Err(TestError::Fail(why, (world, steps, _))) => {
            let steps: Vec<String> = steps.iter().map(|step| format!("  {step:?}")).collect();
            panic!("KAIZEND_MODEL_SEED={seed}: {why}\n{world:?}\n{}", steps.join("\n"));
        }
        Err(other) => panic!("KAIZEND_MODEL_SEED={seed}: {other}"),
    }
    counts::print(STEPS * cases as usize, seed);
    if cases >= CASES {
        counts::assert_often_enough();
    }
}

/// A number from the environment.
fn set(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("it is a number"))
}
