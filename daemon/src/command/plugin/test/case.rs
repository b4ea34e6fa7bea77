//! One fixture, run in the sandbox, and how it went.

use std::{collections::BTreeMap, fmt, path::Path};

use kaizend_core::domain::Said;
use kaizend_host::{Ending, Host, Plugin, Request};
use kaizend_sdk::testing::{Fixture, Told};
use serde::Serialize;
use tokio::sync::mpsc;

use super::{heard, look};

/// Chunks of what a plugin says that may wait.
const WAITING_CHUNKS: usize = 4;

/// Begins a line that belongs to the one above.
const INDENT: &str = "\n          ";

/// How one fixture went; with `--format json` one line of output.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Case {
    plugin: String,
    /// The file's name without its ending.
    fixture: String,
    /// What the case shows.
    about: String,
    pub(super) ok: bool,
    findings: usize,
    /// All that differs, a sentence each.
    differs: Vec<String>,
    /// What the plugin logged.
    log: Vec<String>,
}

impl Case {
    pub(super) async fn run(host: &Host, plugin: &Plugin, file: &Path) -> Self {
        let mut case = Self {
            plugin: plugin.manifest().id.clone(),
            fixture: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            ..Self::default()
        };
        let request = Fixture::read(file)
            .and_then(|fixture| Ok((look::request(&fixture, plugin.manifest())?, fixture)));
        match request {
            Ok((request, fixture)) => case.conclude(&fixture, told(host, plugin, request).await),
            Err(why) => case.differs.push(why),
        }
        case
    }

    fn conclude(&mut self, fixture: &Fixture, told: Told) {
        self.differs = fixture.expect.compare(&told);
        self.ok = self.differs.is_empty();
        self.about.clone_from(&fixture.about);
        self.findings = told.findings.len();
        self.log = told.log.into_iter().map(|(_, text)| text).collect();
    }
}

/// What the plugin said in a run.
async fn told(host: &Host, plugin: &Plugin, request: Request) -> Told {
    let state = request.state.clone();
    let (out, heard) = mpsc::channel(WAITING_CHUNKS);
    let (report, mut told) = tokio::join!(host.run(plugin, request, out), listen(heard, state));
    told.log = report.log.into_iter().map(|line| (line.level, line.text)).collect();
    told.error = match report.ending {
        Ending::Completed => None,
        Ending::Failed(failure) => Some(failure.message),
        Ending::TimedOut { message } => Some(message),
    };
    told
}

/// Collects what is said; the limits of the run bound how much that can be.
async fn listen(mut heard: mpsc::Receiver<Vec<Said>>, state: BTreeMap<String, Vec<u8>>) -> Told {
    let mut told = Told { state, ..Told::default() };
    while let Some(chunk) = heard.recv().await {
        chunk.into_iter().for_each(|said| heard::take(&mut told, said));
    }
    told
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plugin, fixture, about, .. } = self;
        if self.ok {
            let colon = if about.is_empty() { "" } else { ": " };
            return write!(f, "ok      {plugin}/{fixture}{colon}{about}");
        }
        // What cannot be read is shown with the place in the file, over several lines.
        let differs = self.differs.join("; ");
        write!(f, "FAILED  {plugin}/{fixture}: {}", differs.trim_end().replace('\n', INDENT))?;
        self.log.iter().try_for_each(|line| write!(f, "{INDENT}log: {line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(differs: &[&str]) -> Case {
        Case {
            plugin: "late".to_owned(),
            fixture: "days".to_owned(),
            about: "A day is kept until its end".to_owned(),
            ok: differs.is_empty(),
            differs: differs.iter().map(ToString::to_string).collect(),
            log: vec!["read 8 rows".to_owned()],
            ..Case::default()
        }
    }

    #[test]
    fn a_case_is_a_line_and_a_failed_one_says_what_differs() {
        assert_eq!(case(&[]).to_string(), "ok      late/days: A day is kept until its end");
        assert_eq!(
            case(&["promise [\"3\"] was not found", "count missing: x = 1"]).to_string(),
            "FAILED  late/days: promise [\"3\"] was not found; count missing: x = 1\n          log: read 8 rows"
        );
    }

    #[test]
    fn a_fixture_that_cannot_be_read_is_shown_with_its_place() {
        let shown = case(&["line 1\n  |\n1 | now = 3\n"]).to_string();
        assert_eq!(shown.lines().filter(|line| line.starts_with("          ")).count(), 3, "{shown}");
    }

    #[test]
    fn a_run_that_should_fail_is_ok_when_it_does() {
        let fixture = |expect: &str| -> Fixture {
            toml::from_str(&format!("now = 2026-11-23T09:00:00Z\n[expect]\n{expect}")).unwrap()
        };
        let told =
            || Told { error: Some("the plugin could not answer: no revenue".to_owned()), ..Told::default() };
        for (expect, ok) in [("fails = 'no revenue'", true), ("fails = 'no orders'", false), ("", false)] {
            let mut case = Case::default();
            case.conclude(&fixture(expect), told());
            assert_eq!(case.ok, ok, "{expect}");
        }
    }
}
