//! What a check says. What the daemon would refuse is refused here.

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
        playing.told.attributes.insert((role.to_owned(), id.to_owned(), name.to_owned()), value.to_owned());
    });
    Ok(())
}

pub(crate) fn log(level: u8, text: &str) {
    playing(|playing| playing.told.log.push((level, text.to_owned())));
}
