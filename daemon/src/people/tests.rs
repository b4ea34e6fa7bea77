//! Lists of people as they are exported, right and wrong: each wrong one is a file in `broken`, with the whole
//! report of `kaizend validate --online` beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::{Timestamp, civil::date};
use kaizend_core::{
    domain::{Absence, PersonId},
    policy::people::{Place, manager_of},
};
use kaizend_host::WorkingTime;
use tempfile::TempDir;

use super::*;
use crate::{
    config::{Loaded, Problems, Surroundings, load_in},
    words,
    working_time::Hours,
};

const BROKEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/people/broken");

/// A company whose people are the file `staff`; `more` comes at the end of its configuration.
fn company(folder: &Path, staff: &Path, more: &str) -> Loaded {
    let text = format!(
        "[company]\nname = \"Northwind Traders\"\ntimezone = \"Europe/Sofia\"\ndirector = \"1\"\n\
         calendar = \"office\"\noperators = [\"ops@northwind.example\"]\n\
         [mail]\nfrom = \"kaizen@northwind.example\"\ntransport = {{ kind = \"directory\", path = \"outbox\" }}\n\
         [calendars.office]\nweekly = {{ mon-fri = [\"09:00-13:00\", \"14:00-18:00\"] }}\n\
         [calendars.shop]\ntimezone = \"Europe/London\"\nweekly = {{ tue-sat = [\"10:00-14:00\"] }}\n\
         [sources.hr]\nkind = \"csv\"\npath = \"{}\"\n[datasets.staff]\nsource = \"hr\"\n[people]\ndataset = \"staff\"\n{more}",
        staff.display()
    );
    let path = folder.join("kaizend.toml");
    fs::write(&path, text).unwrap();
    let around = Surroundings {
        variables: BTreeMap::new(),
        programme_folder: None,
        no_new_privileges: false,
        inspect: |_| Err("there are no plugins here".to_owned()),
    };
    load_in(&path, &around).unwrap_or_else(|problems| panic!("{problems}"))
}

fn written(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

async fn directory(loaded: &Loaded) -> Result<Directory, Fault> {
    let now = "2026-08-05T09:00:00Z".parse().unwrap();
    let binds = Binds { now, since: None, zone: loaded.plan.company.zone.clone(), known_at: None };
    read(&loaded.plan, &words::of(&loaded.plan).0, &binds, &GivenUp::new()).await
}

async fn online_report(loaded: &Loaded) -> Problems {
    online(&loaded.plan, &loaded.origin, &Problems::default()).await
}

#[tokio::test]
async fn every_broken_list_is_reported_whole() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(BROKEN);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    let mut lists = 0;
    for entry in fs::read_dir(BROKEN).unwrap() {
        let path = entry.unwrap().path();
        let Some(kind) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".csv")) else {
            continue;
        };
        let folder = TempDir::new().unwrap();
        let problems = online_report(&company(folder.path(), &path, "")).await;
        assert!(!problems.is_empty(), "{kind} is not broken at all");
        let report = problems.to_string().replace(&format!("{BROKEN}/"), "");
        insta::assert_snapshot!(kind, report.replace(&format!("{}/", folder.path().display()), ""));
        lists += 1;
    }
    assert!(lists >= 7, "{lists} lists were read");
}

#[tokio::test]
async fn a_right_list_is_read_whatever_its_columns_are_called() {
    let folder = TempDir::new().unwrap();
    let staff = written(
        &folder,
        "staff.csv",
        "id,Name,name,email,manager,team,role,branch,language,timezone,calendar,absent_from,absent-until,substitute,salary\n\
         1,x,Andrew Fuller,andrew@northwind.example,,,director,Varna,bg,,,,,,5\n\
         2,x, Nancy Davolio ,nancy@northwind.example,1,sales,seller,Ruse,,Europe/Tallinn,shop,03.08.2026,,1,5\n",
    );
    let absences = written(&folder, "away.csv", "person,from,until,substitute\n1,2026-12-24,2026-12-31,2\n");
    let more = format!(
        "absences = \"away\"\n[datasets.away]\nsource = \"away\"\n[sources.away]\nkind = \"csv\"\npath = \"{}\"\n\
         [datasets.staff.columns]\nabsent_from = {{ type = \"date\", format = \"%d.%m.%Y\" }}\n",
        absences.display()
    );
    let loaded = company(folder.path(), &staff, &more);
    assert_eq!(online_report(&loaded).await, Problems::default());
    let directory = directory(&loaded).await.unwrap();
    let [boss, nancy] = ["1", "2"].map(|id| directory.person(&PersonId::from(id)).unwrap());
    assert_eq!((nancy.name.as_str(), nancy.team.as_deref()), ("Nancy Davolio", Some("sales")));
    assert_eq!((nancy.role.as_deref(), nancy.branch.as_deref()), (Some("seller"), Some("Ruse")));
    assert_eq!(nancy.calendar.as_deref(), Some("shop"));
    let (first, last) = (date(2026, 8, 3), jiff::civil::Date::MAX);
    assert_eq!(nancy.absences, [Absence { first, last, substitute: Some(PersonId::from("1")) }]);
    let (first, last) = (date(2026, 12, 24), date(2026, 12, 31));
    assert_eq!(boss.absences, [Absence { first, last, substitute: Some(PersonId::from("2")) }]);
    assert_eq!(manager_of(&directory, &PersonId::from("2")), Some(PersonId::from("1")));
}

#[tokio::test]
async fn a_list_of_absences_has_lines_of_its_own() {
    let folder = TempDir::new().unwrap();
    let staff = written(&folder, "staff.csv", "id,name,email\n1,Andrew Fuller,andrew@northwind.example\n");
    let absences = written(
        &folder,
        "away.csv",
        "person,from,until\n1,2026-12-24,2026-12-31\n1,2026-12-31,2026-12-24\n7,,\n",
    );
    let more = format!(
        "absences = \"away\"\n[datasets.away]\nsource = \"away\"\n[sources.away]\nkind = \"csv\"\npath = \"{}\"\n",
        absences.display()
    );
    let loaded = company(folder.path(), &staff, &more);
    let problems = online_report(&loaded).await;
    let said: Vec<(Option<usize>, &str)> =
        problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
    let backwards = "person `1` has an absence that ends on 2026-12-24, before it begins on 2026-12-31: it is not counted";
    assert_eq!(
        said,
        [(Some(3), backwards), (Some(4), "person `7` is absent, but is not in the list of people")]
    );
    assert!(problems.iter().all(|problem| problem.file.ends_with("/away.csv")), "{problems}");
}

#[tokio::test]
async fn a_list_that_names_nobody_is_a_fault() {
    let folder = TempDir::new().unwrap();
    let staff = written(&folder, "staff.csv", "number,name\n1,Andrew Fuller\n");
    let loaded = company(folder.path(), &staff, "");
    let fault = directory(&loaded).await.unwrap_err();
    assert_eq!(fault.message, "dataset staff names people or clients, but has no column `id`");
    fs::remove_file(&staff).unwrap();
    let problems = online_report(&loaded).await;
    assert_eq!(problems.errors(), 1, "{problems}");
    assert!(problems.to_string().contains("is not there"), "{problems}");
    // What was said of the dataset already is not said again.
    assert_eq!(online(&loaded.plan, &loaded.origin, &problems).await, Problems::default());
}

/// Working time as a plugin sees it, on Wednesday, 5 August 2026.
#[tokio::test]
async fn everybody_has_working_time_of_their_own() {
    let folder = TempDir::new().unwrap();
    let staff = written(
        &folder,
        "staff.csv",
        "id,name,email,timezone,calendar,absent-from,absent-until\n\
         1,Andrew,a@n.example,,,,\n2,Nancy,n@n.example,America/New_York,,,\n3,Janet,j@n.example,,shop,,\n\
         4,Margaret,m@n.example,Europe/Sofia,shop,,\n5,Steven,s@n.example,,,2026-08-05,2026-08-06\n",
    );
    let loaded = company(folder.path(), &staff, "");
    let directory = Arc::new(directory(&loaded).await.unwrap());
    assert_eq!(directory.problems(), []);
    let plan = Arc::new(loaded.plan);
    let hours = Hours { plan: Arc::clone(&plan), directory: Arc::clone(&directory) };
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let [from, noon, evening] = ["2026-08-05T06:00Z", "2026-08-05T12:00Z", "2026-08-05T22:00Z"].map(at);
    for (person, morning, day, why) in [
        ("", 5.0, 8.0, "the company: 09:00 to 13:00 in Sofia is 06:00 to 10:00 in UTC"),
        ("1", 5.0, 8.0, "nothing of their own"),
        ("2", 0.0, 8.0, "the company's week in New York"),
        ("3", 3.0, 4.0, "the shop, which is in London"),
        ("4", 4.0, 4.0, "the shop's week in their own zone"),
        ("5", 0.0, 0.0, "away"),
        ("99", 5.0, 8.0, "nobody knows them"),
    ] {
        let between = |to| hours.working_seconds(from, to, person) as f64 / 3600.0;
        assert_eq!((between(noon), between(evening)), (morning, day), "{person}: {why}");
        assert_eq!(hours.working_seconds(evening, from, person), -(day * 3600.0) as i64, "{person}: {why}");
    }
    // Steven is back on the 7th; Nancy's windows are hers.
    let calendar = |id: &str| plan.calendars.of(directory.person(&PersonId::from(id)).unwrap());
    assert_eq!(calendar("5").add_working_days(date(2026, 8, 4), 1), date(2026, 8, 7));
    assert_eq!(calendar("2").zone().iana_name(), Some("America/New_York"));
    let zone = |id: &str| plan.calendars.zone_of(directory.person(&PersonId::from(id)).unwrap());
    let zone = |id: &str| zone(id).and_then(|zone| zone.iana_name().map(str::to_owned));
    assert_eq!(
        ["1", "3", "4"].map(zone),
        [None, Some("Europe/London".to_owned()), Some("Europe/Sofia".to_owned())]
    );
}

#[test]
fn a_row_of_a_query_is_named_where_the_dataset_is() {
    let folder = TempDir::new().unwrap();
    let loaded = company(folder.path(), &folder.path().join("staff.csv"), "");
    let problem = Problem {
        place: Place::Dataset { dataset: "staff".into(), source: "shop".to_owned(), row: 7 },
        person: Some(PersonId::from("5")),
        wrong: kaizend_core::policy::people::Wrong::OwnManager,
        also: None,
    };
    let judged = online::judged(&problem, &loaded.plan, &loaded.origin);
    assert_eq!(
        judged.message,
        "row 7 of dataset staff (source shop): person `5` is their own manager: nobody is above"
    );
    let text = fs::read_to_string(folder.path().join("kaizend.toml")).unwrap();
    let line = text.lines().position(|line| line == "dataset = \"staff\"").unwrap() + 1;
    assert_eq!(judged.line, Some(line));
}
