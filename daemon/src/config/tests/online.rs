//! What only the data can tell, judged on columns as a source would describe them.

use kaizend_core::{
    domain::DatasetName,
    rows::{Fault, FaultClass, Field, Kind, Schema},
};

use super::{
    super::online::{Looked, judge, online},
    broken::snapshots_beside,
    *,
};

fn schema(fields: &[(&str, Option<Kind>)]) -> Looked {
    let fields = fields.iter().map(|(name, kind)| Field { name: (*name).to_owned(), kind: *kind }).collect();
    Ok((Schema { fields }, Vec::new()))
}

fn with_note(looked: Looked, note: &str) -> Looked {
    looked.map(|(schema, _)| (schema, vec![note.to_owned()]))
}

#[test]
fn columns_that_do_not_fit_are_reported_at_the_binding() {
    let loaded = load_in(&room("whole/online.toml"), &surroundings()).unwrap();
    let locked =
        || Err(Fault::new(FaultClass::Locked, "source crm: the application holds `crm.db`; try again"));
    let looked: BTreeMap<DatasetName, Looked> = [
        // `promised` is mistyped, `kept` is a number, `client` is optional, the label is not there.
        ("promises", schema(&[("id", Some(Kind::Integer)), ("promissed", None), ("kept", Some(Kind::Real))])),
        (
            "staff",
            with_note(schema(&[("id", None), ("nmae", None)]), "dataset staff: `born` looks like a date"),
        ),
        ("broken", Err(Fault::new(FaultClass::Query, "dataset broken: no such table: orderss"))),
        ("calls", locked()),
        ("visits", locked()),
    ]
    .map(|(name, looked)| (DatasetName::from(name), looked))
    .into();
    let report = judge(&loaded.plan, &loaded.origin, &looked).to_string();
    let _bound = snapshots_beside("whole").bind_to_scope();
    insta::assert_snapshot!("online", report.replace(&format!("{}/", room("whole").display()), ""));
}

#[test]
fn columns_that_fit_are_not_mentioned() {
    let loaded = load_in(&room("whole/online.toml"), &surroundings()).unwrap();
    let date = Some(Kind::Date);
    let looked = [
        (
            "promises",
            schema(&[("id", None), ("promised", date), ("kept", date), ("team", None), ("sold", None)]),
        ),
        ("staff", schema(&[("id", None), ("name", None), ("email", None)])),
    ]
    .map(|(name, looked)| (DatasetName::from(name), looked))
    .into();
    assert!(judge(&loaded.plan, &loaded.origin, &looked).is_empty());
}

const CONTACTS: &str = r#"{"id": "contacts", "version": "1.0.0", "api": "0.1.0", "about": "Contacts.", "topics": [],
    "slots": [{"name": "touches", "list": true, "columns": [
        {"name": "client", "kind": "key"}, {"name": "date", "kind": "when"},
        {"name": "note", "kind": "text", "optional": true}]}]}"#;

#[test]
fn the_datasets_of_one_slot_agree_in_their_types_as_the_run_asks() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("contacts.json"), CONTACTS).unwrap();
    let dataset = |name: &str| format!("[datasets.{name}]\nsource = \"crm\"\nquery = \"select 1\"\n");
    let more = format!(
        "[sources.crm]\nkind = \"sqlite\"\npath = \"crm.db\"\n{}{}{}[plugins.contacts]\nfile = \"contacts.json\"\n\
         [checks.best]\nplugin = \"contacts\"\nschedule = \"@daily\"\ndatasets = {{ touches = [\"calls\", \"visits\", \"letters\"] }}\n",
        dataset("calls"),
        dataset("visits"),
        dataset("letters")
    );
    let loaded = load_text(folder.path(), &more, &surroundings()).unwrap();
    // An integer and a text are both a key, and a missing note is none; a day and an instant are not the same.
    for (visits, said) in [
        (Some(Kind::Instant), None),
        (Some(Kind::Date), Some("column `date` is instant in dataset `calls` and date in `visits`")),
        // Without a declared type a moment is read as a day.
        (None, Some("column `date` is instant in dataset `calls` and date in `visits`")),
    ] {
        let looked = [
            ("calls", schema(&[("client", Some(Kind::Integer)), ("date", Some(Kind::Instant))])),
            ("visits", schema(&[("client", None), ("date", visits), ("note", None)])),
            ("letters", schema(&[("client", Some(Kind::Text)), ("date", Some(Kind::Instant))])),
        ]
        .map(|(name, looked)| (DatasetName::from(name), looked))
        .into();
        let problems = judge(&loaded.plan, &loaded.origin, &looked);
        let found = problems.iter().map(|problem| problem.message.as_str()).next();
        assert_eq!((found, problems.errors()), (said, usize::from(said.is_some())), "{visits:?}");
    }
}

#[test]
fn a_source_that_is_not_there_is_said_at_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let more = "[sources.shop]\nkind = \"sqlite\"\npath = \"gone.db\"\n[datasets.a]\nsource = \"shop\"\n\
                query = \"select 1 as id\"\n";
    let loaded = load_text(folder.path(), more, &surroundings()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let problems = runtime.block_on(online(&loaded.plan, &loaded.origin));
    assert_eq!(problems.errors(), 1, "{problems}");
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.line, Some(3), "{problem}");
    assert!(problem.message.contains("gone.db"), "{problem}");
}
