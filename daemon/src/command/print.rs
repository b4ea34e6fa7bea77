//! What commands print: data on standard output, remarks and failures on standard error.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;

use super::{Ended, Exit, Format, Stop};

/// One line of data. A reader that closed the pipe has seen enough.
pub(super) fn line(text: &impl std::fmt::Display) {
    let mut out = io::stdout().lock();
    if let Err(error) = writeln!(out, "{text}")
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}

/// Bytes as they are, for a file or another program.
pub(super) fn bytes(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    if let Err(error) = out.write_all(bytes).and_then(|()| out.flush())
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        std::process::exit(0);
    }
}

/// One value as one line of JSON.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string(value)?);
    Ok(())
}

/// A remark for the person at the terminal.
pub(super) fn remark(text: &impl std::fmt::Display) {
    // Without a standard error there is nobody to remark to.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Rows under a head, in columns as wide as their widest text.
pub(super) fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) {
    let mut widths = head.map(|text| text.chars().count());
    for row in rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.chars().count());
        }
    }
    line(&padded(&head.map(str::to_owned), &widths));
    rows.iter().for_each(|row| line(&padded(row, &widths)));
}

fn padded<const N: usize>(row: &[String; N], widths: &[usize; N]) -> String {
    let cells: Vec<String> = row.iter().zip(widths).map(|(text, &width)| format!("{text:<width$}")).collect();
    cells.join("  ").trim_end().to_owned()
}

/// A bar on a terminal; nothing where nobody looks.
pub(super) fn progress(total: u64, what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar.with_message(what)
}

/// Prints how a command ended, where that needs words, and gives the exit code.
pub(super) fn ending(ended: Ended, format: Format) -> u8 {
    match ended {
        Ok(Exit::Done) => 0,
        Ok(Exit::Attention) => 1,
        Ok(Exit::Unusable) => 2,
        Err(Stop::Usage(why)) => failed(&why, format, 2),
        Err(Stop::Configuration(problems)) if format == Format::Json => {
            line(&problems.json());
            2
        }
        Err(Stop::Configuration(problems)) => {
            remark(&problems);
            2
        }
        Err(Stop::CouldNot(error)) => failed(&format!("{error:#}"), format, 3),
    }
}

fn failed(why: &str, format: Format, code: u8) -> u8 {
    match format {
        Format::Json => line(&json!({ "error": why })),
        Format::Text => remark(&format!("kaizend: {why}")),
    }
    code
}
