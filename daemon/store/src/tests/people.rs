//! What the operators were told of the data about people is remembered with the word itself.

use kaizend_core::{
    domain::{Addressee, CheckId, CheckMemory},
    policy::people::{PEOPLE, Place, Problem, Wrong, word},
};

use super::company::minute;
use crate::Store;

fn problems(lines: &[u64]) -> Vec<Problem> {
    let problem = |line: &u64| Problem {
        place: Place::File { file: "staff.csv".to_owned(), line: *line },
        person: Some(line.to_string().as_str().into()),
        wrong: Wrong::NoAddress,
        also: None,
    };
    lines.iter().map(problem).collect()
}

async fn told(store: &Store) -> usize {
    store.due_notices(&Addressee::Operators, minute(60), None, 100).await.unwrap().len()
}

#[tokio::test]
async fn a_set_is_told_once_however_often_and_by_however_many_it_is_seen() {
    let store = Store::temporary().unwrap();
    for (at, lines, expected) in [
        (0, vec![], 0),
        (1, vec![2, 3], 1),
        (2, vec![2, 3], 1),
        (3, vec![3], 2),
        (4, vec![], 2),
        (5, vec![3], 3),
    ] {
        let see = || {
            let problems = problems(&lines);
            store.remember_people(move |memory| word(memory, &problems, minute(at)), minute(at))
        };
        let (one, other) = tokio::join!(see(), see());
        one.and(other).unwrap();
        assert_eq!(told(&store).await, expected, "{at}");
        let memory = store.people_memory().await.unwrap();
        assert_eq!(memory.told.map(|told| told.problems), (!lines.is_empty()).then_some(lines.len()), "{at}");
    }
    // It lies where the memories of checks lie, and is none.
    assert_eq!(store.check_memory(&CheckId::from(PEOPLE)).await.unwrap(), CheckMemory::default());
}
