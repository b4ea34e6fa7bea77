//! Groups, pairs and joins over slots that come in small batches: every group is crossed by a batch's end somewhere.

use kaizend_sdk::prelude::*;
use kaizend_sdk::println;
use kaizend_sdk::testing::{self, Fixture, Told};

slot! {
    /// Visits.
    pub struct Visit: "visits" {
        /// Who came.
        guest: Key,
        /// When.
        day: Date,
        /// Where to.
        place: optional Text,
    }
    order by guest, day;
}

slot! {
    /// Guests, one row each.
    pub struct Guest: optional "guests" {
        /// Who.
        id: Key,
    }
    order by id;
}

/// Runs a check over visits of the guests a (4), b (1), c (2) and d (5), on days 1 to n, and gives its log.
fn log_of(check: fn() -> Result, guests: &str) -> Vec<String> {
    const MANIFEST: kaizend_sdk::manifest::Manifest = kaizend_sdk::manifest::Manifest {
        id: "visits",
        version: "1.0.0",
        about: "",
        state_version: 1,
        slots: &[<Visit as kaizend_sdk::Row>::SLOT, <Guest as kaizend_sdk::Row>::SLOT],
        params: &[],
        topics: &[],
        messages: &[],
    };
    let visits = [("d", 5), ("a", 4), ("c", 2), ("b", 1)];
    let rows: String = visits
        .iter()
        .flat_map(|(guest, days)| {
            (1..=*days).map(move |day| format!("{{ guest = \"{guest}\", day = 2026-01-0{day} }},"))
        })
        .collect();
    let text = format!("now = 2026-11-23T09:00:00Z\n[[slots.visits]]\nrows = [{rows}]\n{guests}");
    let fixture: Fixture = toml::from_str(&text).unwrap();
    let plugin = kaizend_sdk::Plugin { manifest: &MANIFEST, check };
    let Told { log, error, .. } = testing::run(plugin, fixture.look(&MANIFEST).unwrap());
    assert_eq!(error, None);
    log.into_iter().map(|(_, line)| line).collect()
}

fn check(body: fn(&Run, &()) -> Result) -> Result {
    kaizend_sdk::__run::<()>(body)
}

fn same_guest(one: &Visit, next: &Visit) -> bool {
    one.guest == next.guest
}

#[test]
fn every_row_comes_once_and_in_order() {
    const ALL: [&str; 12] = ["a1", "a2", "a3", "a4", "b1", "c1", "c2", "d1", "d2", "d3", "d4", "d5"];
    let each = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.each(|visit| {
                    println!("{}{}", visit.guest, visit.day.parts().2);
                    Ok(())
                })
            })
        },
        "",
    );
    assert_eq!(each, ALL);
    let one_by_one = log_of(
        || {
            check(|run, ()| {
                let mut visits = run.read::<Visit>()?;
                while let Some(visit) = visits.next_row()? {
                    println!("{}{}", visit.guest, visit.day.parts().2);
                }
                assert!(visits.next_row()?.is_none());
                Ok(())
            })
        },
        "",
    );
    assert_eq!(one_by_one, ALL);
}

#[test]
fn groups_are_whole_however_much_of_them_is_read() {
    let counted = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.group_by(same_guest, |visits| {
                    let (mut guest, mut count) = (String::new(), 0);
                    while let Some(visit) = visits.next_row()? {
                        visit.guest.clone_into(&mut guest);
                        count += 1;
                    }
                    println!("{guest}{count}");
                    Ok(())
                })
            })
        },
        "",
    );
    assert_eq!(counted, ["a4", "b1", "c2", "d5"]);
    let first_only = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.group_by(same_guest, |visits| {
                    if let Some(visit) = visits.next_row()? {
                        println!("{}{}", visit.guest, visit.day.parts().2);
                    }
                    Ok(())
                })
            })
        },
        "",
    );
    assert_eq!(first_only, ["a1", "b1", "c1", "d1"]);
    let unread = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.group_by(same_guest, |_| {
                    println!("group");
                    Ok(())
                })
            })
        },
        "",
    );
    assert_eq!(unread.len(), 4);
}

#[test]
fn pairs_are_neighbours_of_one_group() {
    let pairs = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.group_by(same_guest, |visits| {
                    while let Some((before, visit)) = visits.next_pair()? {
                        assert_eq!(before.guest, visit.guest);
                        println!("{}{}{}", visit.guest, before.day.parts().2, visit.day.parts().2);
                    }
                    let last = visits.last_row()?.map(|visit| visit.day.parts().2);
                    println!("last {}", last.unwrap_or_default());
                    Ok(())
                })
            })
        },
        "",
    );
    let expected =
        ["a12", "a23", "a34", "last 4", "last 1", "c12", "last 2", "d12", "d23", "d34", "d45", "last 5"];
    assert_eq!(pairs, expected);
}

#[test]
fn the_latest_is_the_last_of_its_group() {
    let latest = log_of(
        || {
            check(|run, ()| {
                run.read::<Visit>()?.latest_by(same_guest, |visit| {
                    println!("{}{}", visit.guest, visit.day.parts().2);
                    Ok(())
                })
            })
        },
        "",
    );
    assert_eq!(latest, ["a4", "b1", "c2", "d5"]);
}

#[test]
fn a_join_says_what_is_on_either_side() {
    fn join() -> Result {
        check(|run, ()| {
            merge_join(
                run.read::<Guest>()?,
                run.read::<Visit>()?,
                |guest, visit| guest.id.cmp(visit.guest),
                |joined| {
                    match joined {
                        Joined::Left(guest) => println!("{} never came", guest.id),
                        Joined::Both(guest, visit) => println!("{}{}", guest.id, visit.day.parts().2),
                        Joined::Right(visit) => println!("{} is a stranger", visit.guest),
                    }
                    Ok(())
                },
            )
        })
    }
    let guests = |ids: &str| {
        let rows: String = ids.chars().map(|id| format!("{{ id = \"{id}\" }},")).collect();
        format!("[[slots.guests]]\nrows = [{rows}]\n")
    };
    let joined = log_of(join, &guests("aABbdz"));
    let expected = [
        "A never came",
        "B never came",
        "a1",
        "a2",
        "a3",
        "a4",
        "b1",
        "c is a stranger",
        "c is a stranger",
        "d1",
        "d2",
        "d3",
        "d4",
        "d5",
        "z never came",
    ];
    assert_eq!(joined, expected);
    // An unbound slot has no rows.
    assert_eq!(log_of(join, "").len(), 12);
    assert_eq!(log_of(join, &guests("")).len(), 12);
}

#[test]
fn an_optional_column_says_whether_it_is_there() {
    let has = log_of(
        || {
            check(|run, ()| {
                println!("{} {}", run.read::<Visit>()?.has("place"), run.read::<Visit>()?.has("day"));
                println!("{} {}", run.is_bound::<Guest>(), run.is_bound::<Visit>());
                Ok(())
            })
        },
        "",
    );
    assert_eq!(has, ["false true", "false true"]);
}
