//! Who is to be called today. Clients that are due are spread over working days, so that nobody who looks after many of
//! them gets them all at once.
//!
//! A client who was named stays named until there is nothing to call about any more; so the names are kept from run to
//! run, each with its day.

use std::collections::BTreeMap;

use kaizend_sdk::prelude::*;

use crate::clients::Client;

/// By client: the working day on which it was first named.
type Named = BTreeMap<String, Date>;

pub(crate) struct Calls {
    named: Named,
    /// How many are due and not named yet.
    pub(crate) waiting: usize,
}

/// Where the names are kept: a line for each, `<days since 1970> <client>`.
const STATE: &str = "named";

impl Calls {
    /// Names clients that are due. What falls on a weekend belongs to the next working day.
    pub(crate) fn of(
        run: &Run,
        clients: &[Client],
        due: impl Fn(&Client) -> bool,
        a_day: i64,
    ) -> Result<Self> {
        let most =
            usize::try_from(a_day).ok().filter(|&most| most > 0).ok_or("calls-a-day: write 1 or more")?;
        let before = read(&run.state(STATE).unwrap_or_default());
        Ok(Self::spread(clients, due, &before, run.add_working_days(run.today(), 0), most))
    }

    fn spread(
        clients: &[Client],
        due: impl Fn(&Client) -> bool,
        before: &Named,
        day: Date,
        most: usize,
    ) -> Self {
        let mut calls = Self { named: Named::new(), waiting: 0 };
        let mut today: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for client in clients {
            // Who was called this morning still counts as one of today's.
            let known = before.get(&key(client)).filter(|&&since| since == day || due(client));
            if let Some(&since) = known {
                *today.entry(client.owner.as_deref()).or_default() += usize::from(since == day);
                calls.named.insert(key(client), since);
            }
        }
        let mut others: Vec<&Client> =
            clients.iter().filter(|client| due(client) && !calls.include(client)).collect();
        // The best before those who only have a milestone; then the longest without contact, and of equals the better.
        others.sort_by_key(|client| (client.rank, client.touched, client.place));
        for client in others {
            let count = today.entry(client.owner.as_deref()).or_default();
            if *count < most {
                *count += 1;
                calls.named.insert(key(client), day);
            } else {
                calls.waiting += 1;
            }
        }
        calls
    }

    pub(crate) fn include(&self, client: &Client) -> bool {
        self.named.contains_key(&key(client))
    }

    /// Keeps the names for the next run.
    pub(crate) fn remember(&self, run: &Run) -> Result {
        let lines: String =
            self.named.iter().map(|(client, day)| format!("{} {client}\n", day.days())).collect();
        run.set_state(STATE, (!lines.is_empty()).then_some(lines.as_bytes()))
    }
}

/// An id on one line.
fn key(client: &Client) -> String {
    client.id.replace('\n', " ")
}

/// What cannot be read is forgotten: at worst its client is named anew.
fn read(state: &[u8]) -> Named {
    let line = |line: &str| {
        let (day, client) = line.split_once(' ')?;
        Some((client.to_owned(), Date::from_days(day.parse().ok()?)))
    };
    String::from_utf8_lossy(state).lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{buyers::Buyer, ranking::Rank};

    const MONDAY: Date = Date::new(2026, 11, 23);

    /// Clients of one owner, the first the best; all without contact.
    fn clients(ids: &[&str], owner: &str) -> Vec<Client> {
        let client = |(place, id): (usize, &&str)| Client {
            owner: Some(owner.to_owned()),
            touched: None,
            ..Client::new(Buyer::new(id, MONDAY), Rank::A, place + 1)
        };
        ids.iter().enumerate().map(client).collect()
    }

    fn names(calls: &Calls) -> Vec<&str> {
        calls.named.keys().map(String::as_str).collect()
    }

    #[test]
    fn forty_clients_of_one_person_take_eight_days() {
        let ids: Vec<String> = (0..40).map(|number| format!("{number:02}")).collect();
        let best = clients(&ids.iter().map(String::as_str).collect::<Vec<_>>(), "ann");
        let mut calls = Calls { named: Named::new(), waiting: 0 };
        let mut counts = Vec::new();
        for day in 0..9 {
            calls = Calls::spread(&best, |_| true, &calls.named, MONDAY + day, 5);
            counts.push((calls.named.len(), calls.waiting));
        }
        let all = [(5, 35), (10, 30), (15, 25), (20, 20), (25, 15), (30, 10), (35, 5), (40, 0), (40, 0)];
        assert_eq!(counts, all);
    }

    #[test]
    fn a_second_run_of_the_day_names_nobody_else() {
        let best = clients(&["A", "B", "C"], "ann");
        let morning = Calls::spread(&best, |_| true, &Named::new(), MONDAY, 2);
        assert_eq!(names(&morning), ["A", "B"]);
        // A was called meanwhile: the day's work is done all the same.
        let noon = Calls::spread(&best, |client| *client.id != *"A", &morning.named, MONDAY, 2);
        assert_eq!((names(&noon), noon.waiting), (vec!["A", "B"], 1));
        let tuesday = Calls::spread(&best, |client| *client.id != *"A", &noon.named, MONDAY + 1, 2);
        assert_eq!((names(&tuesday), tuesday.waiting), (vec!["B", "C"], 0));
    }

    #[test]
    fn each_person_has_a_day_of_their_own() {
        let mut best = clients(&["A", "B"], "ann");
        best.extend(clients(&["C"], "bob"));
        let calls = Calls::spread(&best, |_| true, &Named::new(), MONDAY, 1);
        assert_eq!((names(&calls), calls.waiting), (vec!["A", "C"], 1));
    }

    #[test]
    fn the_longest_without_contact_come_first() {
        let mut best = clients(&["A", "B", "C"], "ann");
        best[0].touched = Some(MONDAY - 40);
        best[1].touched = Some(MONDAY - 50);
        let calls = Calls::spread(&best, |_| true, &Named::new(), MONDAY, 2);
        assert_eq!(names(&calls), ["B", "C"]);
        // But whoever is not among the best waits for them.
        best[1].rank = Rank::B;
        let calls = Calls::spread(&best, |_| true, &Named::new(), MONDAY, 2);
        assert_eq!(names(&calls), ["A", "C"]);
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let named = Named::from([("A B".to_owned(), MONDAY), ("C".to_owned(), MONDAY - 1)]);
        let lines: String = named.iter().map(|(client, day)| format!("{} {client}\n", day.days())).collect();
        assert_eq!(read(lines.as_bytes()), named);
        assert_eq!(read(b"tomorrow D\n\xff"), Named::new());
    }
}
