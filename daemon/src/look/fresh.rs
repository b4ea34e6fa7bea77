//! How new a dataset is: the newest value of the column that says when a row was written.

use futures_util::StreamExt;
use jiff::{Timestamp, ToSpan, civil::date, tz::TimeZone};
use kaizend_core::{
    policy::{doubt::Newest, zone::instant_of},
    rows::{Batch, Fault, FaultClass, Kind, Values},
};
use kaizend_host::{Member, Wanted};

use crate::config::Dataset;

/// Reads the column to its end. `None` when the dataset need not be fresh, or no row says when it was written. A value
/// after `now` is a slip, and says nothing: one such would make the dataset fresh for ever.
pub(super) async fn newest(
    dataset: &Dataset,
    member: &Member,
    now: Timestamp,
) -> Result<Option<Newest>, Fault> {
    let Some(fresh) = &dataset.fresh else { return Ok(None) };
    let field = member.columns.iter().find(|field| field.name == fresh.column);
    let kind = field.and_then(|field| field.kind).unwrap_or(Kind::Instant);
    if !matches!(kind, Kind::Date | Kind::Instant) {
        let (name, column) = (&dataset.name, &fresh.column);
        let message = format!(
            "dataset {name}: `fresh` needs the column `{column}` to be a date or an instant, and it is of the type {}; \
             declare it: columns = {{ {column} = {{ type = \"instant\" }} }}",
            kind.name()
        );
        return Err(Fault::new(FaultClass::Column, message));
    }
    let wanted = Wanted { name: fresh.column.clone(), kind };
    let mut rows = member.reader.open(vec![wanted], Vec::new()).await?;
    let zone = dataset.spec().zone;
    let last = last_possible(now, kind, &zone);
    let mut latest = None;
    while let Some(batch) = rows.next().await {
        latest = latest.max(latest_of(&batch?, last));
    }
    let at = latest.and_then(|latest| moment(latest, kind, &zone));
    Ok(at.map(|at| Newest { column: fresh.column.clone(), at, within: fresh.within }))
}

/// Today, or this instant, as the column counts: days or microseconds since 1970.
fn last_possible(now: Timestamp, kind: Kind, zone: &TimeZone) -> i64 {
    match kind {
        Kind::Date => {
            let today = zone.to_datetime(now).date();
            date(1970, 1, 1).until(today).map_or(0, |span| i64::from(span.get_days()))
        }
        _ => now.as_microsecond(),
    }
}

fn latest_of(batch: &Batch, last: i64) -> Option<i64> {
    let column = batch.columns.first()?;
    let rows = (0..batch.len).filter(|&row| !column.is_null(row));
    match &column.values {
        Values::Date(days) => rows.map(|row| i64::from(days[row])).filter(|&day| day <= last).max(),
        Values::Instant(instants) => rows.map(|row| instants[row]).filter(|&instant| instant <= last).max(),
        _ => None,
    }
}

/// A day lasts until the next one begins.
fn moment(latest: i64, kind: Kind, zone: &TimeZone) -> Option<Timestamp> {
    if kind == Kind::Instant {
        return Timestamp::from_microsecond(latest).ok();
    }
    let next = date(1970, 1, 1).checked_add((latest + 1).days()).ok()?;
    Some(instant_of(next.at(0, 0, 0, 0), zone).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_until_the_next_one_begins_where_it_is() {
        let sofia = TimeZone::get("Europe/Sofia").unwrap();
        let day = |latest| moment(latest, Kind::Date, &sofia).unwrap().to_string();
        assert_eq!(day(0), "1970-01-01T22:00:00Z");
        assert_eq!(day(20_777), "2026-11-20T22:00:00Z");
        assert_eq!(moment(1, Kind::Instant, &sofia), Timestamp::from_microsecond(1).ok());
        assert_eq!(moment(i64::MAX, Kind::Instant, &sofia), None);
        // An hour before midnight in London it is the next day in Sofia.
        let now = "1970-01-02T23:00:00Z".parse().unwrap();
        assert_eq!(last_possible(now, Kind::Date, &sofia), 2);
        assert_eq!(last_possible(now, Kind::Instant, &sofia), now.as_microsecond());
    }
}
