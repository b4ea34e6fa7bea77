//! What is wrong with the data about people, as problems of the configuration: each at the line of its file, or
//! at the setting that names the dataset.

use kaizend_core::{
    policy::people::{Place, Problem},
    rows::{Fault, FaultClass},
};
use kaizend_source::Binds;

use super::{GivenUp, staff, table::Tables};
use crate::{
    config::{self, Origin, Plan, Problems, Severity},
    wall, words,
};

/// Reads the people of now, and says what is wrong with them. What is `known` of their datasets as a whole is not
/// said again.
pub async fn online(plan: &Plan, origin: &Origin, known: &Problems) -> Problems {
    let now = wall::now();
    let binds = Binds { now, since: None, zone: plan.company.zone.clone(), known_at: None };
    let (words, _) = words::of(plan);
    match staff(plan, &words, &mut Tables::new(plan, &binds), &GivenUp::new()).await {
        Ok(staff) => staff.problems().iter().map(|problem| judged(problem, plan, origin)).collect(),
        Err(fault) => unreadable(&fault, origin, known).into_iter().collect(),
    }
}

pub(super) fn judged(problem: &Problem, plan: &Plan, origin: &Origin) -> config::Problem {
    let severity = if problem.is_error() { Severity::Error } else { Severity::Warning };
    let (sentence, hint) = (problem.sentence(), Some(problem.hint().to_owned()));
    match &problem.place {
        Place::File { file, line } => {
            let line = usize::try_from(*line).unwrap_or(usize::MAX);
            config::Problem::in_line(file, line, severity, sentence, hint)
        }
        Place::Dataset { dataset, .. } => {
            let absences = plan.people.as_ref().and_then(|people| people.absences.as_ref());
            let key = if absences == Some(dataset) { "people.absences" } else { "people.dataset" };
            origin.problem(key, severity, format!("{}: {sentence}", problem.place), hint)
        }
        Place::Setting { key } => origin.problem(key, severity, sentence, hint),
    }
}

/// That a column is missing was said when the datasets were looked at.
fn unreadable(fault: &Fault, origin: &Origin, known: &Problems) -> Option<config::Problem> {
    let said = fault.class == FaultClass::Column || known.iter().any(|known| known.message == fault.message);
    (!said).then(|| origin.problem("people", Severity::Error, fault.message.clone(), None))
}
