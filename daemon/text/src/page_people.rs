//! What is wrong with the data about people, said to an operator: each problem with its place, what follows from it
//! and what mends it. The kinds are the core's; each has a message of its own here, with `.todo` for what mends it.

use kaizend_core::{
    domain::{Fact, PersonId},
    policy::people::{AddressFault, DayFault, PeopleTrouble, Place, Problem, Wrong},
};

use crate::{
    argument,
    finding_words::text,
    page::{Speaker, count},
};

const PEOPLE: &str = "trouble-people";

/// How many problems there are.
pub(crate) fn sentence(trouble: &PeopleTrouble, say: &mut Speaker) -> String {
    say.own(PEOPLE, vec![("count", number(trouble.count()))])
}

/// Each problem, and how many are left out.
pub(crate) fn list(trouble: &PeopleTrouble, say: &mut Speaker) -> Vec<String> {
    let mut list: Vec<String> = trouble.problems.iter().map(|problem| line(problem, say)).collect();
    if trouble.more > 0 {
        list.push(say.attribute(PEOPLE, "more", vec![("count", number(trouble.more))]));
    }
    list
}

fn line(problem: &Problem, say: &mut Speaker) -> String {
    let place = place(&problem.place, say);
    let mut what = what(problem, say);
    if let Some(also) = &problem.also {
        let first = self::place(also, say);
        what = say.attribute(PEOPLE, "again", vec![("what", text(&what)), ("place", text(&first))]);
    }
    let todo = say.attribute(id(&problem.wrong), "todo", Vec::new());
    let parts = vec![("place", text(&place)), ("what", text(&what)), ("todo", text(&todo))];
    say.attribute(PEOPLE, "problem", parts)
}

/// Numbers of lines and rows are no amounts, so they are written without separators.
fn place(place: &Place, say: &mut Speaker) -> String {
    let (name, args) = match place {
        Place::File { file, line } => ("file", vec![("file", text(file)), ("line", text(&line.to_string()))]),
        Place::Dataset { dataset, source, row } => (
            "dataset",
            vec![
                ("dataset", text(dataset.as_str())),
                ("source", text(source)),
                ("row", text(&row.to_string())),
            ],
        ),
        Place::Setting { key } => ("setting", vec![("key", text(key))]),
    };
    say.attribute(PEOPLE, name, args)
}

fn what(problem: &Problem, say: &mut Speaker) -> String {
    let id = id(&problem.wrong);
    let person = text(problem.person.as_ref().map_or("–", PersonId::as_str));
    if let Wrong::Twice { managers: Some([first, again]) } = &problem.wrong {
        let args = vec![("person", person), ("first", named(first, say)), ("again", named(again, say))];
        return say.attribute(id, "managers", args);
    }
    let mut args = facts(&problem.wrong);
    args.extend(reason(&problem.wrong, say).map(|why| ("why", text(&why))));
    args.push(("person", person));
    say.own(id, args)
}

/// The id of the message.
fn id(wrong: &Wrong) -> &'static str {
    match wrong {
        Wrong::NoId => "people-no-id",
        Wrong::Twice { .. } => "people-twice",
        Wrong::UnknownManager { .. } => "people-unknown-manager",
        Wrong::OwnManager => "people-own-manager",
        Wrong::Cycle { .. } => "people-cycle",
        Wrong::NoAddress => "people-no-address",
        Wrong::NotAnAddress { .. } => "people-not-an-address",
        Wrong::CameBack { .. } => "people-came-back",
        Wrong::UnknownZone { .. } => "people-unknown-zone",
        Wrong::UnknownCalendar { .. } => "people-unknown-calendar",
        Wrong::UnknownLanguage { .. } => "people-unknown-language",
        Wrong::AbsentNobody => "people-absent-nobody",
        Wrong::AbsentStranger => "people-absent-stranger",
        Wrong::NoDay { .. } => "people-no-day",
        Wrong::Dateless => "people-dateless",
        Wrong::Backwards { .. } => "people-backwards",
        Wrong::UnknownSubstitute { .. } => "people-unknown-substitute",
        Wrong::OwnSubstitute => "people-own-substitute",
        Wrong::Missing => "people-missing",
        Wrong::Unreachable => "people-unreachable",
    }
}

/// What the message says of it, beside the person.
fn facts(wrong: &Wrong) -> Vec<(&'static str, Fact)> {
    match wrong {
        Wrong::UnknownManager { manager } => vec![("manager", text(manager.as_str()))],
        Wrong::Cycle { managers } => vec![("managers", text(&chain(managers)))],
        Wrong::NotAnAddress { address, .. } => vec![("address", text(address))],
        Wrong::CameBack { address, why } => vec![("address", text(address)), ("why", text(why))],
        Wrong::UnknownZone { zone } => vec![("zone", text(zone))],
        Wrong::UnknownCalendar { calendar } => vec![("calendar", text(calendar))],
        Wrong::UnknownLanguage { language } => vec![("language", text(language))],
        Wrong::NoDay { column, text: held, .. } => vec![("column", text(column)), ("text", text(held))],
        Wrong::Backwards { first, last } => {
            vec![("first", argument::day(*first)), ("last", argument::day(*last))]
        }
        Wrong::UnknownSubstitute { substitute } => vec![("substitute", text(substitute.as_str()))],
        Wrong::NoId
        | Wrong::Twice { .. }
        | Wrong::OwnManager
        | Wrong::NoAddress
        | Wrong::AbsentNobody
        | Wrong::AbsentStranger
        | Wrong::Dateless
        | Wrong::OwnSubstitute
        | Wrong::Missing
        | Wrong::Unreachable => Vec::new(),
    }
}

/// Why it is none of what it should be. An earlier version's own words are quoted.
fn reason(wrong: &Wrong, say: &mut Speaker) -> Option<String> {
    let (name, args) = match wrong {
        Wrong::NotAnAddress { why, .. } => match why {
            AddressFault::Parts => ("parts", Vec::new()),
            AddressFault::Name => ("name", Vec::new()),
            AddressFault::Domain => ("domain", Vec::new()),
            AddressFault::Said(words) => ("said", vec![("words", text(words))]),
        },
        Wrong::NoDay { why, .. } => match why {
            DayFault::Written => ("written", Vec::new()),
            DayFault::Format { format } => ("format", vec![("format", text(format))]),
            DayFault::TooFar => ("too-far", Vec::new()),
            DayFault::Said(words) => ("said", vec![("words", text(words))]),
        },
        _ => return None,
    };
    Some(say.attribute(id(wrong), name, args))
}

fn chain(managers: &[PersonId]) -> String {
    managers.iter().map(quoted).collect::<Vec<_>>().join(" → ")
}

fn named(manager: &Option<PersonId>, say: &mut Speaker) -> Fact {
    match manager {
        Some(manager) => text(&quoted(manager)),
        None => text(&say.attribute(PEOPLE, "nobody", Vec::new())),
    }
}

fn quoted(id: &PersonId) -> String {
    format!("`{id}`")
}

fn number(number: usize) -> Fact {
    count(number.try_into().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
