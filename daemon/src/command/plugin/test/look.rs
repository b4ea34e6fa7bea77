//! A fixture as the host's request: the same instant, parameters, calendar and rows that the native test host gives.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, civil, tz::TimeZone};
use kaizend_core::{
    policy::calendar::{Calendar, Holidays, Week},
    rows::{Manifest, ParamAsk, SlotAsk},
};
use kaizend_host::{Binding, Limits, Request};
use kaizend_sdk::testing::{Dataset, Fixture};

use super::{promises::Written, table::Bound};

/// The run that a fixture describes. The error says what is wrong in the fixture.
pub(super) fn request(fixture: &Fixture, manifest: &Manifest) -> Result<Request, String> {
    let now = fixture.now()?.micros();
    let now = Timestamp::from_microsecond(now).map_err(|error| format!("`now`: {error}"))?;
    let mut slots = BTreeMap::new();
    let mut ledger = Written::new(now);
    for (name, datasets) in &fixture.slots {
        let ask = manifest.slot(name).ok_or_else(|| format!("the plugin has no slot `{name}`"))?;
        let binding =
            bind(ask, datasets, fixture, &mut ledger).map_err(|why| format!("slot `{name}`: {why}"))?;
        slots.insert(name.clone(), binding);
    }
    let state = fixture.state.iter().map(|(key, text)| (key.clone(), text.clone().into_bytes()));
    Ok(Request {
        check: "fixture".into(),
        now,
        params: params(&fixture.params()?, manifest)?,
        slots,
        state: state.collect(),
        calendar: Arc::new(office(fixture)?),
        ledger: Arc::new(ledger),
        limits: Limits::default(),
    })
}

fn bind(
    ask: &SlotAsk,
    datasets: &[Dataset],
    fixture: &Fixture,
    ledger: &mut Written,
) -> Result<Binding, String> {
    let bound = Bound::read(ask, datasets, &fixture.folder)?;
    ledger.note(ask, &bound)?;
    Ok(Binding { members: bound.members(ask, datasets) })
}

/// Monday to Friday, nine to six, in UTC, but for the fixture's holidays.
fn office(fixture: &Fixture) -> Result<Calendar, String> {
    let mut holidays = Holidays::default();
    for day in fixture.holidays()? {
        let (year, month, date) = day.parts();
        let narrow = |number: i32| i8::try_from(number).ok();
        let closed = i16::try_from(year)
            .ok()
            .zip(narrow(month).zip(narrow(date)))
            .and_then(|(year, (month, date))| civil::Date::new(year, month, date).ok())
            .ok_or_else(|| format!("the holiday {day} is not a day"))?;
        holidays.close(closed);
    }
    Ok(Calendar::new(TimeZone::UTC, Week::office(), holidays))
}

/// All parameters as configuration would give them: canonical, defaults included, none unknown, none missing.
fn params(given: &BTreeMap<String, String>, manifest: &Manifest) -> Result<BTreeMap<String, String>, String> {
    if let Some(name) = given.keys().find(|name| manifest.params.iter().all(|ask| ask.name != **name)) {
        return Err(format!("the plugin has no parameter `{name}`"));
    }
    let param = |ask: &ParamAsk| {
        let name = &ask.name;
        let text = given.get(name).or(ask.default.as_ref());
        let text = text.ok_or_else(|| format!("the plugin needs the parameter `{name}`: {}", ask.about))?;
        Ok((
            name.clone(),
            ask.kind.canonical(text).ok_or_else(|| format!("the parameter `{name}` cannot be `{text}`"))?,
        ))
    };
    manifest.params.iter().map(param).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(text: &str) -> Fixture {
        toml::from_str(&format!("now = 2026-11-23T09:00:00Z\n{text}")).unwrap()
    }

    fn manifest() -> Manifest {
        serde_json::from_str(
            r#"{"id":"late","version":"1.0.0","api":"0.1.0","about":"Late.","topics":[],
                "slots":[{"name":"orders","columns":[{"name":"id","kind":"key"}]}],
                "params":[{"name":"within","kind":"span","default":"1 week","about":"How long."},
                          {"name":"share","kind":"real","about":"How much."}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn params_are_canonical_and_complete() {
        let params = |text: &str| {
            request(&fixture(text), &manifest()).map(|request| request.params.into_iter().collect())
        };
        let both = |within: &str, share: &str| -> Vec<(String, String)> {
            vec![("share".to_owned(), share.to_owned()), ("within".to_owned(), within.to_owned())]
        };
        for (text, expected) in [
            ("params = { share = 2 }", Ok(both("7 days", "2"))),
            ("params = { share = 0.50, within = '48 hours' }", Ok(both("48h", "0.5"))),
            ("", Err("the plugin needs the parameter `share`: How much.".to_owned())),
            ("params = { shares = 1 }", Err("the plugin has no parameter `shares`".to_owned())),
            (
                "params = { share = 1, within = 'soon' }",
                Err("the parameter `within` cannot be `soon`".to_owned()),
            ),
        ] {
            assert_eq!(params(text), expected, "{text}");
        }
    }

    #[test]
    fn the_office_is_closed_on_the_fixtures_holidays() {
        let request =
            request(&fixture("params = { share = 1 }\nholidays = [2026-11-24]"), &manifest()).unwrap();
        let monday = civil::date(2026, 11, 23);
        assert_eq!(request.calendar.add_working_days(monday, 1), civil::date(2026, 11, 25));
        assert_eq!(request.now.to_string(), "2026-11-23T09:00:00Z");
    }

    #[test]
    fn a_slot_that_the_plugin_has_not_is_named() {
        for (slots, said) in [
            ("[[slots.visits]]\nrows = []", "the plugin has no slot `visits`"),
            ("[[slots.orders]]\nrows = [{ id = 1, hue = 'red' }]", "slot `orders`: row 1 of `dataset-1`: "),
        ] {
            let text = format!("params = {{ share = 1 }}\n{slots}");
            let why = request(&fixture(&text), &manifest()).err().unwrap_or_default();
            assert!(why.starts_with(said), "{why}");
        }
    }
}
