//! A configuration that uses every group becomes the plan it describes.

use std::time::Duration;

use jiff::civil::date;
use kaizend_core::{
    domain::{CheckId, DatasetName, Span},
    policy::{reconcile::Baseline, schedule::CatchUp},
};
use kaizend_mail::{Settings, Tls};

use super::{
    super::{Plan, Watcher},
    *,
};

/// `whole/kaizend.toml`, with its password in a folder of credentials.
fn whole() -> Plan {
    let credentials = tempfile::tempdir().unwrap();
    std::fs::write(credentials.path().join("smtp-password"), "sesame\n").unwrap();
    std::fs::write(credentials.path().join("heartbeat"), "https://watch.example.org/sesame\n").unwrap();
    let around = with_variables(&[("CREDENTIALS_DIRECTORY", credentials.path().to_str().unwrap())]);
    let loaded =
        load_in(&room("whole/kaizend.toml"), &around).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    loaded.plan
}

#[test]
fn a_company_its_store_and_its_mail() {
    let plan = whole();
    assert_eq!(plan.company.name, "Bäckerei Жанна");
    assert_eq!(plan.company.zone.iana_name(), Some("Europe/Sofia"));
    assert_eq!(plan.company.operators[0].as_str(), "ops@xn--bckerei-5wa.example");
    assert_eq!(plan.company.colour.as_deref(), Some("#1a6b54"));
    assert_eq!(plan.company.messages, Some(room("whole/words")));
    assert_eq!(plan.store.path, room("whole/kaizend.db"));
    assert_eq!(plan.store.keep.sent_mail, Span::Days(30));
    assert_eq!(plan.store.keep.resolved_findings, Span::Days(730));
    assert_eq!(plan.mail.from.name.as_deref(), Some("Жанна, Ltd"));
    assert!(plan.mail.send_only_to.check(&"anna@example.org".parse().unwrap()).is_ok());
    assert!(plan.mail.send_only_to.check(&"boris@example.org".parse().unwrap()).is_err());
    let Settings::Smtp(smtp) = &plan.mail.transport else { panic!("{:?}", plan.mail.transport) };
    assert_eq!((smtp.port, smtp.tls, smtp.hello_name.as_str()), (25, Tls::None, "xn--bckerei-5wa.example"));
    assert!(smtp.login.is_some() && !format!("{plan:?}").contains("sesame"));
}

#[test]
fn pages_for_acting_from_mails() {
    let web = whole().web.unwrap();
    assert_eq!(
        (web.url.as_str(), web.listen.to_string().as_str()),
        ("https://kaizend.northwind.example/k", "[::1]:8080")
    );
    let folder = tempfile::tempdir().unwrap();
    let more = "[web]\nurl = \"http://localhost:1/\"";
    let usual = load_text(folder.path(), more, &surroundings()).unwrap().plan.web.unwrap();
    assert_eq!(
        (usual.url.as_str(), usual.listen.to_string().as_str()),
        ("http://localhost:1", "127.0.0.1:8686")
    );
    assert_eq!(load_text(folder.path(), "", &surroundings()).unwrap().plan.web, None, "nothing is served");
}

#[test]
fn a_heartbeat_by_both_ways() {
    let heartbeat = whole().heartbeat;
    let (url, mail) = (heartbeat.url.unwrap(), heartbeat.mail.unwrap());
    assert_eq!((url.url.reveal(), url.every), ("https://watch.example.org/sesame", Duration::from_secs(300)));
    assert_eq!(mail.to, Watcher::Address("watch@example.org".parse().unwrap()));
    assert_eq!((mail.at.to_string().as_str(), heartbeat.tell_after), ("06:30", Duration::from_secs(1800)));
    let folder = tempfile::tempdir().unwrap();
    let more = "[heartbeat]\nmail = \"operators\"\nurl = \"https://w.example/\"";
    let usual = load_text(folder.path(), more, &surroundings()).unwrap().plan.heartbeat;
    assert_eq!(usual.url.unwrap().every, Duration::from_secs(900));
    let mail = usual.mail.unwrap();
    assert_eq!((mail.to, mail.at.to_string().as_str()), (Watcher::Operators, "07:00"));
    assert_eq!(usual.tell_after, Duration::from_secs(3600));
    let none = load_text(folder.path(), "", &surroundings()).unwrap().plan.heartbeat;
    assert_eq!((none.url, none.mail, none.tell_after), (None, None, Duration::from_secs(3600)));
}

#[test]
fn sources_and_datasets() {
    let plan = whole();
    let kaizend_source::Settings::Sqlite(shop) = &plan.sources["shop"].settings else { panic!("not SQLite") };
    assert_eq!(
        (shop.path.clone(), shop.busy_timeout),
        (room("whole/../data/shop.db"), Duration::from_secs(30))
    );
    assert_eq!((plan.sources["shop"].at_once, plan.sources["till"].at_once), (2, 4));
    let kaizend_source::Settings::Csv(till) = &plan.sources["till"].settings else { panic!("not CSV") };
    assert_eq!((till.delimiter, till.quote, till.header), (b'\t', None, true));
    let promises = &plan.datasets[&DatasetName::from("promises")];
    assert_eq!((promises.rows.min, promises.rows.shrink_at_most), (1, 0.5));
    let fresh = promises.fresh.as_ref().expect("it has to be fresh");
    assert_eq!((fresh.column.as_str(), fresh.within), ("ordered", Span::WorkingDays(1)));
    assert_eq!(promises.spec().as_of.unwrap().mask, ["kept"]);
    assert_eq!(promises.question_columns()["promised"], "type=date");
    let till = &plan.datasets[&DatasetName::from("till")];
    assert_eq!(till.spec().zone.iana_name(), Some("UTC"));
    assert_eq!(till.question_columns()["sum"], "type=money;currency=EUR;decimals=3;from=Сумма");
    assert_eq!(plan.people.unwrap().dataset, DatasetName::from("staff"));
}

#[test]
fn a_check_with_its_parameters_in_one_form() {
    let plan = whole();
    let check = &plan.checks[&CheckId::from("late-orders")];
    let params: Vec<_> = check.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let canonical = [("excused", "true"), ("grace", "0"), ("share", "1"), ("warn-before", "2 working days")];
    assert_eq!(params, canonical);
    assert_eq!(check.zone.iana_name(), Some("UTC"));
    assert_eq!((check.baseline, check.look_back), (Baseline::Tell, Span::Days(365)));
    assert_eq!(check.catch_up, CatchUp::All { cap: 20 });
    assert_eq!((check.limits.wall, check.limits.memory), (Duration::from_secs(600), 256 << 20));
    assert_eq!(check.limits.findings, 100_000);
    assert_eq!(check.datasets["promises"], [DatasetName::from("promises")]);
    assert_eq!(plan.plugins["missed-promises"].path, room("whole/checks/../plugins/missed-promises.json"));
}

#[test]
fn working_time_with_holidays_from_a_file_and_from_a_list() {
    let calendar = whole().company_calendar();
    for (day, works) in [
        (date(2026, 3, 2), true),
        (date(2026, 3, 3), false),
        (date(2026, 3, 7), false),
        (date(2027, 12, 24), false),
    ] {
        assert_eq!(calendar.is_working_day(day), works, "{day}");
    }
    assert_eq!(calendar.shifts_on(date(2026, 3, 6)).len(), 1);
}

#[test]
fn the_store_is_where_systemd_says() {
    let folder = tempfile::tempdir().unwrap();
    let around = with_variables(&[("STATE_DIRECTORY", "/var/lib/kaizend:/var/lib/other")]);
    let plan = load_text(folder.path(), "", &around).unwrap().plan;
    assert_eq!(plan.store.path, Path::new("/var/lib/kaizend/kaizend.db"));
    let plan = load_text(folder.path(), "[store]\npath = \"/srv/k.db\"", &around).unwrap().plan;
    assert_eq!(plan.store.path, Path::new("/srv/k.db"));
}

#[test]
fn temporary_files_are_where_systemd_says() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, state) =
        (("CACHE_DIRECTORY", "/var/cache/kaizend:/x"), ("STATE_DIRECTORY", "/var/lib/kaizend"));
    let spool = |more: &str, variables: &[(&str, &str)]| {
        load_text(folder.path(), more, &with_variables(variables)).map(|loaded| loaded.plan.spool)
    };
    for (variables, dir) in [
        (&[cache, state][..], Some("/var/cache/kaizend/spool")),
        (&[state], Some("/var/lib/kaizend/spool")),
        (&[], None),
    ] {
        let usual = spool("", variables).unwrap();
        assert_eq!((usual.settings.dir.as_deref(), usual.is_usual), (dir.map(Path::new), true));
        assert_eq!(usual.settings.at_most, 4 << 30);
    }
    std::fs::create_dir(folder.path().join("large")).unwrap();
    let named = spool("[spool]\nfolder = \"large\"\nat-most = \"20GiB\"", &[cache]).unwrap();
    assert_eq!((named.settings.dir, named.is_usual), (Some(folder.path().join("large")), false));
    assert_eq!(named.settings.at_most, 20 << 30);
    for (wrong, said) in [
        ("folder = \"not-mounted\"", "there is no folder"),
        ("at-most = \"4KiB\"", "`at-most` must be at least 1MiB"),
        ("at-most = 7", "`at-most` must be a text"),
        ("most = \"1GiB\"", "there is no key `most` in [spool]"),
    ] {
        let problems = spool(&format!("[spool]\n{wrong}"), &[]).unwrap_err();
        assert!(problems.to_string().contains(said), "{problems}");
    }
}

#[test]
fn a_bare_plugin_file_is_looked_for_in_the_named_folders() {
    let folder = tempfile::tempdir().unwrap();
    let more = "[plugins.late]\nfile = \"missed-promises.json\"";
    let plugins = room("broken/plugins");
    let around = with_variables(&[("KAIZEND_PLUGINS", &format!("/nowhere::{}", plugins.display()))]);
    let plan = load_text(folder.path(), more, &around).unwrap().plan;
    assert_eq!(plan.plugins["late"].path, plugins.join("missed-promises.json"));

    let around = Surroundings { programme_folder: Some(room("broken")), ..surroundings() };
    assert!(load_text(folder.path(), more, &around).is_ok());
    assert!(load_text(folder.path(), more, &surroundings()).is_err());

    // The one beside the configuration wins.
    std::fs::copy(plugins.join("needs-params.json"), folder.path().join("missed-promises.json")).unwrap();
    let plan = load_text(folder.path(), more, &around).unwrap().plan;
    assert_eq!(plan.plugins["late"].manifest.id, "needs-params");
}
