//! The report of a demo as a page for a terminal.

use std::env;

use jiff::ToSpan;
use kaizend_core::domain::Measure;

use super::{
    super::print,
    report::{Found, Reliability, Report, Told},
};

pub(super) fn show(report: &Report) {
    let last_day = report.first_day.saturating_add((i64::from(report.days) - 1).days());
    let day = |date: jiff::civil::Date| date.strftime("%a %Y-%m-%d").to_string();
    print::line(&format!(
        "Sewell, a car service in Sofia, seed {}: two years of its past, and {} days from {} to {}.",
        report.seed,
        report.days,
        day(report.first_day),
        day(last_day)
    ));
    heading("What was found");
    let head = ["CHECK", "WHAT", "PLANTED", "FIRST LOOK", "OPEN NOW", "RESOLVED OR RECORDED"];
    print::table(head, &report.found.iter().map(found).collect::<Vec<_>>());
    print::line(&verdict(report));
    heading("Who was told");
    let head = ["PERSON", "TEAM", "LANGUAGE", "MAILS", "FINDINGS"];
    print::table(head, &report.told.iter().map(told).collect::<Vec<_>>());
    heading("How promises were kept");
    let during = format!("THESE {} DAYS", report.days);
    let head = ["BY THE DATE", "BEFORE", during.as_str()];
    print::table(head, &report.reliability.iter().map(kept).collect::<Vec<_>>());
    heading("Where to look next");
    for [what, where_it_is] in next(report) {
        print::line(&format!("{what}:\n    {where_it_is}"));
    }
}

fn heading(text: &str) {
    print::line(&"");
    print::line(&text);
}

fn found(found: &Found) -> [String; 6] {
    [
        found.check.to_string(),
        found.what.clone(),
        found.planted.map_or_else(|| "-".to_owned(), |planted| planted.to_string()),
        found.first_look.to_string(),
        found.now.open.to_string(),
        found.now.resolved.to_string(),
    ]
}

fn verdict(report: &Report) -> String {
    if report.all_found() {
        "Each planted problem was found on the first morning, and no other.".to_owned()
    } else {
        "Some numbers differ from what was planted: that is a fault of kaizend, please report it.".to_owned()
    }
}

fn told(told: &Told) -> [String; 5] {
    [
        told.name.clone(),
        told.team.clone().unwrap_or_default(),
        told.language.as_ref().map(ToString::to_string).unwrap_or_default(),
        told.mails.to_string(),
        told.findings.to_string(),
    ]
}

fn kept(kept: &Reliability) -> [String; 3] {
    let by = match kept.measure {
        "kept-first" => "first promised",
        _ => "promised last",
    };
    [by.to_owned(), share(kept.before), share(kept.during)]
}

fn share(measure: Measure) -> String {
    // Counts of a demo are far below what a float holds exactly.
    let percent = 100.0 * measure.good as f64 / measure.total.max(1) as f64;
    match measure.total {
        0 => "none was due".to_owned(),
        total => format!("{percent:.1} % of {total}"),
    }
}

fn next(report: &Report) -> Vec<[String; 2]> {
    // As it was called, so that the lines can be pasted.
    let program = env::args().next().unwrap_or_else(|| "kaizend".to_owned());
    let command = format!("{program} --config {}", report.configuration.display());
    let mails: usize = report.told.iter().map(|told| told.mails).sum();
    let mut rows = vec![
        [format!("{mails} mails, to open with any mail program"), report.mails.display().to_string()],
        ["what is open".to_owned(), format!("{command} findings list")],
    ];
    if let Some(example) = &report.example {
        let what = match example.moves {
            0 => "one finding and its story".to_owned(),
            1 => "a promise that was moved".to_owned(),
            moves => format!("a promise that was moved {moves} times"),
        };
        rows.push([what, format!("{command} findings show {}", example.fingerprint.short())]);
    }
    rows.push(["whether checks look and mails leave".to_owned(), format!("{command} status")]);
    rows.push(["the questions that were asked".to_owned(), report.configuration.display().to_string()]);
    rows
}
