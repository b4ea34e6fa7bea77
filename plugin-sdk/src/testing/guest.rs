//! The native side of the seam: the functions of `wit/check.wit`, answered from the look in force.
//!
//! The look lives in the thread that runs the check, so tests may run side by side.

use std::cell::RefCell;

use super::look::Look;
use super::told::Told;
use crate::Plugin;
use crate::manifest::Manifest;

struct Playing {
    manifest: &'static Manifest,
    look: Look,
    told: Told,
}

thread_local! {
    static PLAYING: RefCell<Option<Playing>> = const { RefCell::new(None) };
}

/// Runs a check over a look.
pub(super) fn run(plugin: Plugin, look: Look) -> Told {
    let told = Told { state: look.state.clone(), ..Told::default() };
    PLAYING.set(Some(Playing { manifest: plugin.manifest, look, told }));
    let ended = (plugin.check)();
    let told = PLAYING.take().map(|playing| playing.told).unwrap_or_default();
    Told { error: ended.err().map(|error| error.to_string()), ..told }
}

fn playing<T>(play: impl FnOnce(&mut Playing) -> T) -> T {
    PLAYING.with_borrow_mut(|playing| match playing {
        Some(playing) => play(playing),
        None => panic!("a check runs natively only through kaizend_sdk::testing::run"),
    })
}

pub(crate) mod rows {
    use std::cell::RefCell;

    use super::super::batch::{self, Values};
    use super::playing;

    #[derive(Debug, Default)]
    pub(crate) struct Texts {
        pub(crate) offsets: Vec<u32>,
        pub(crate) bytes: Vec<u8>,
    }

    /// Each column is handed out once, as it would be copied into the sandbox once.
    #[derive(Debug)]
    pub(crate) struct Batch {
        len: u32,
        member: u32,
        columns: RefCell<Vec<Option<batch::Column>>>,
    }

    pub(crate) struct Cursor {
        kinds: Vec<String>,
        batches: RefCell<Box<dyn Iterator<Item = batch::Batch>>>,
    }

    impl std::fmt::Debug for Cursor {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.debug_struct("Cursor").field("kinds", &self.kinds).finish_non_exhaustive()
        }
    }

    impl Batch {
        pub(crate) fn len(&self) -> u32 {
            self.len
        }

        pub(crate) fn member(&self) -> u32 {
            self.member
        }

        pub(crate) fn nulls(&self, column: u32) -> Option<Vec<u8>> {
            self.columns.borrow_mut()[column as usize].as_mut()?.nulls.take()
        }

        fn take(&self, column: u32) -> Values {
            let empty = Values::Integer(Vec::new());
            match &mut self.columns.borrow_mut()[column as usize] {
                Some(column) => std::mem::replace(&mut column.values, empty),
                None => empty,
            }
        }

        pub(crate) fn texts(&self, column: u32) -> Texts {
            match self.take(column) {
                Values::Text { offsets, bytes } => Texts { offsets, bytes },
                _ => Texts::default(),
            }
        }

        pub(crate) fn integers(&self, column: u32) -> Vec<i64> {
            if let Values::Integer(values) = self.take(column) { values } else { Vec::new() }
        }

        pub(crate) fn reals(&self, column: u32) -> Vec<f64> {
            if let Values::Real(values) = self.take(column) { values } else { Vec::new() }
        }

        pub(crate) fn booleans(&self, column: u32) -> Vec<u8> {
            if let Values::Boolean(values) = self.take(column) { values } else { Vec::new() }
        }

        pub(crate) fn dates(&self, column: u32) -> Vec<i32> {
            if let Values::Date(values) = self.take(column) { values } else { Vec::new() }
        }

        pub(crate) fn instants(&self, column: u32) -> Vec<i64> {
            if let Values::Instant(values) = self.take(column) { values } else { Vec::new() }
        }

        pub(crate) fn minor_units(&self, column: u32) -> Vec<i64> {
            match &mut self.columns.borrow_mut()[column as usize] {
                Some(batch::Column { values: Values::Money { minor_units, .. }, .. }) => {
                    std::mem::take(minor_units)
                }
                _ => Vec::new(),
            }
        }

        pub(crate) fn currencies(&self, column: u32) -> Texts {
            match self.take(column) {
                Values::Money { offsets, bytes, .. } => Texts { offsets, bytes },
                _ => Texts::default(),
            }
        }
    }

    impl Cursor {
        pub(crate) fn kinds(&self) -> Vec<String> {
            self.kinds.clone()
        }

        pub(crate) fn next(&self) -> Result<Option<Batch>, String> {
            Ok(self.batches.borrow_mut().next().map(|batch| Batch {
                len: batch.len as u32,
                member: batch.member,
                columns: RefCell::new(batch.columns),
            }))
        }
    }

    pub(crate) fn is_bound(slot: &str) -> bool {
        playing(|playing| playing.look.slots.contains_key(slot))
    }

    pub(crate) fn members(slot: &str) -> Vec<String> {
        playing(|playing| playing.look.slots.get(slot).map_or_else(Vec::new, |bound| bound.members.clone()))
    }

    pub(crate) fn is_partial(slot: &str) -> bool {
        playing(|playing| playing.look.slots.get(slot).is_some_and(|bound| bound.partial))
    }

    pub(crate) fn open(slot: &str, columns: &[String], order_by: &[String]) -> Result<Cursor, String> {
        let bound = playing(|playing| match (playing.look.slots.get(slot), playing.manifest.slot(slot)) {
            (Some(bound), _) => Ok(Some(bound.clone())),
            (None, Some(declared)) if declared.optional => Ok(None),
            (None, _) => Err(format!("nothing is bound to the slot `{slot}`")),
        })?;
        let Some(bound) = bound else {
            let kinds = columns.iter().map(|_| "absent".to_owned()).collect();
            return Ok(Cursor { kinds, batches: RefCell::new(Box::new(std::iter::empty())) });
        };
        let kind = |column: &String| bound.source.kind(column).unwrap_or("absent").to_owned();
        let present: Vec<String> =
            order_by.iter().filter(|column| bound.source.kind(column).is_some()).cloned().collect();
        let batches = RefCell::new(bound.source.open(columns, &present)?);
        Ok(Cursor { kinds: columns.iter().map(kind).collect(), batches })
    }
}

pub(crate) mod report {
    use std::cell::RefCell;

    use super::super::cell::Cell;
    use super::super::rules;
    use super::super::told::ToldFinding;
    use super::playing;
    use super::rows::Batch;
    use crate::{Date, Instant};

    #[derive(Debug)]
    pub(crate) struct Finding(RefCell<ToldFinding>);

    impl Finding {
        pub(crate) fn new(topic: &str, key: &[String]) -> Self {
            let finding =
                ToldFinding { topic: topic.to_owned(), key: key.to_vec(), severity: 2, ..Default::default() };
            Self(RefCell::new(finding))
        }

        pub(crate) fn stage(&self, name: &str) {
            name.clone_into(&mut self.0.borrow_mut().stage);
        }

        pub(crate) fn happened(&self, at: i64) {
            self.0.borrow_mut().happened = Some(Instant::from_micros(at));
        }

        pub(crate) fn about(&self, role: &str, id: &str) {
            self.0.borrow_mut().about.insert(role.to_owned(), id.to_owned());
        }

        pub(crate) fn severity(&self, level: u8) {
            self.0.borrow_mut().severity = level;
        }

        pub(crate) fn worth(&self, minor_units: i64, currency: &str) {
            self.0.borrow_mut().worth = Some(Cell::Money(minor_units, currency.to_owned()));
        }

        /// Labels and evidence columns come only from the daemon.
        pub(crate) fn row(&self, _: &Batch, _: u32) {}

        fn fact(&self, name: &str, value: Cell) {
            self.0.borrow_mut().facts.insert(name.to_owned(), value);
        }

        pub(crate) fn text(&self, name: &str, value: &str) {
            self.fact(name, Cell::Text(value.to_owned()));
        }

        pub(crate) fn integer(&self, name: &str, value: i64) {
            self.fact(name, Cell::Integer(value));
        }

        pub(crate) fn real(&self, name: &str, value: f64) {
            self.fact(name, Cell::Real(value));
        }

        pub(crate) fn date(&self, name: &str, value: i32) {
            self.fact(name, Cell::Date(Date::from_days(value)));
        }

        pub(crate) fn instant(&self, name: &str, value: i64) {
            self.fact(name, Cell::Instant(Instant::from_micros(value)));
        }

        pub(crate) fn money(&self, name: &str, minor_units: i64, currency: &str) {
            self.fact(name, Cell::Money(minor_units, currency.to_owned()));
        }

        pub(crate) fn link(&self, name: &str, slot: &str, key: &[String]) {
            self.0.borrow_mut().links.push((name.to_owned(), slot.to_owned(), key.to_vec()));
        }
    }

    /// Refuses what the daemon would refuse.
    pub(crate) fn emit(finding: Finding) -> Result<(), String> {
        let finding = finding.0.into_inner();
        playing(|playing| {
            rules::check_finding(playing.manifest, &finding)?;
            playing.told.findings.push(finding);
            Ok(())
        })
    }

    pub(crate) fn fine(topic: &str, key: &[String]) -> Result<(), String> {
        playing(|playing| {
            rules::check_thing(playing.manifest, topic, key)?;
            playing.told.fine.push((topic.to_owned(), key.to_vec()));
            Ok(())
        })
    }

    pub(crate) fn measure(name: &str, group: &str, day: i32, good: u64, total: u64) -> Result<(), String> {
        rules::check_measure(name, good, total)?;
        playing(|playing| {
            let key = (name.to_owned(), group.to_owned(), Date::from_days(day));
            let sum = playing.told.measures.entry(key).or_default();
            *sum = (sum.0 + good, sum.1 + total);
        });
        Ok(())
    }

    pub(crate) fn attribute(role: &str, id: &str, name: &str, value: &str) -> Result<(), String> {
        playing(|playing| {
            playing
                .told
                .attributes
                .insert((role.to_owned(), id.to_owned(), name.to_owned()), value.to_owned());
        });
        Ok(())
    }

    pub(crate) fn log(level: u8, text: &str) {
        playing(|playing| playing.told.log.push((level, text.to_owned())));
    }
}

pub(crate) mod calendar {
    use super::playing;
    use crate::Date;

    const DAY: i64 = 86_400_000_000;

    pub(crate) fn dates_of(instants: &[i64]) -> Vec<i32> {
        instants.iter().map(|instant| instant.div_euclid(DAY) as i32).collect()
    }

    pub(crate) fn starts_of(dates: &[i32]) -> Vec<i64> {
        dates.iter().map(|&date| i64::from(date) * DAY).collect()
    }

    pub(crate) fn add_working_days(start: i32, days: i32) -> i32 {
        playing(|playing| playing.look.office.add_working_days(Date::from_days(start), days).days())
    }

    pub(crate) fn working_seconds(starts: &[i64], ends: &[i64], _person: &str) -> Vec<i64> {
        let second = |instant: i64| instant.div_euclid(1_000_000);
        playing(|playing| {
            let pairs = starts.iter().zip(ends);
            pairs.map(|(&from, &to)| playing.look.office.working_seconds(second(from), second(to))).collect()
        })
    }
}

pub(crate) mod run {
    use super::playing;

    pub(crate) fn now() -> i64 {
        playing(|playing| playing.look.now.micros())
    }

    pub(crate) fn today() -> i32 {
        now().div_euclid(86_400_000_000) as i32
    }

    pub(crate) fn param(name: &str) -> Option<String> {
        playing(|playing| playing.look.params.get(name).cloned())
    }

    pub(crate) fn state_get(key: &str) -> Option<Vec<u8>> {
        playing(|playing| playing.told.state.get(key).cloned())
    }

    pub(crate) fn state_set(key: &str, value: Option<&[u8]>) -> Result<(), String> {
        playing(|playing| match value {
            Some(value) => drop(playing.told.state.insert(key.to_owned(), value.to_owned())),
            None => drop(playing.told.state.remove(key)),
        });
        Ok(())
    }
}
