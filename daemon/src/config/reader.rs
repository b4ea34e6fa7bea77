//! Reads the files of a configuration into one document tree that knows where everything stands, and collects
//! every problem instead of stopping at the first.
//!
//! The readers of the setting groups ask it for values and tell it what they do not like; it never decides
//! what a setting means.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use toml::{Spanned, de::DeTable};

use super::{
    files::{self, File, Place, Unreadable},
    problem::{Problem, Problems, Severity},
    surroundings::Surroundings,
    syntax,
};

/// One file's parsed text.
pub(super) type Document<'a> = Spanned<DeTable<'a>>;

pub(super) struct Reader<'e> {
    pub(super) files: Vec<File>,
    pub(super) around: &'e Surroundings,
    raised: RefCell<Vec<Raised>>,
    /// Where each key stands, by its whole path: `checks.late-orders.schedule`.
    places: RefCell<BTreeMap<String, Place>>,
    /// A file that does not parse, or is not there, may hold what now seems to be missing.
    incomplete: Cell<bool>,
}

/// A problem before it is tied to a line of text. Without a place it concerns the named file as a whole.
struct Raised {
    place: Option<Place>,
    file: String,
    /// Of a file that is none of the configuration's own.
    line: Option<usize>,
    severity: Severity,
    message: String,
    hint: Option<String>,
    syntax: bool,
}

impl<'e> Reader<'e> {
    /// Reads the named file and what it includes. Files that cannot be read are problems, not the end.
    pub(super) fn open(path: &Path, around: &'e Surroundings) -> Self {
        let mut reader = Self {
            files: Vec::new(),
            around,
            raised: RefCell::default(),
            places: RefCell::default(),
            incomplete: Cell::new(false),
        };
        match File::read(path) {
            Ok(file) => reader.files.push(file),
            Err(Unreadable { message, hint }) => {
                reader.incomplete.set(true);
                reader.raise_at(None, path.display().to_string(), Severity::Error, message, hint, false);
            }
        }
        for (pattern, place) in reader.included() {
            reader.include(&pattern, place);
        }
        reader
    }

    /// The files' documents. What does not parse is raised, and the rest of its file still read.
    pub(super) fn documents(&self) -> Vec<Document<'_>> {
        self.files.iter().enumerate().map(|(number, file)| self.parse(number, file)).collect()
    }

    pub(super) fn error(&self, place: Place, message: impl Into<String>, hint: Option<String>) {
        self.raise(place, Severity::Error, message.into(), hint);
    }

    pub(super) fn warning(&self, place: Place, message: impl Into<String>, hint: Option<String>) {
        self.raise(place, Severity::Warning, message.into(), hint);
    }

    /// A warning about something that stands in none of the files.
    pub(super) fn remark(&self, message: String, hint: Option<String>) {
        let file = self.files.first().map_or_else(String::new, |file| file.shown.clone());
        self.raise_at(None, file, Severity::Warning, message, hint, false);
    }

    /// An error in a line of another file, which the configuration names.
    pub(super) fn error_in(&self, file: &str, line: usize, message: &str, hint: Option<String>) {
        self.raise_in(file, line, Severity::Error, message, hint);
    }

    /// A warning about a line of another file.
    pub(super) fn warning_in(&self, file: &str, line: usize, message: &str) {
        self.raise_in(file, line, Severity::Warning, message, None);
    }

    /// Something that must be there is not. Said only when all files could be read whole.
    pub(super) fn missing(&self, place: Option<Place>, message: impl Into<String>, hint: Option<String>) {
        if self.incomplete.get() {
            return;
        }
        match place {
            Some(place) => self.error(place, message, hint),
            None => {
                let file = self.files.first().map_or_else(String::new, |file| file.shown.clone());
                self.raise_at(None, file, Severity::Error, message.into(), hint, false);
            }
        }
    }

    pub(super) fn note(&self, path: String, place: Place) {
        self.places.borrow_mut().insert(path, place);
    }

    /// Whether anything raised so far makes the configuration unusable.
    pub(super) fn failed(&self) -> bool {
        self.raised.borrow().iter().any(|raised| raised.severity == Severity::Error)
    }

    /// Whether every file is there, and parses.
    pub(super) fn is_complete(&self) -> bool {
        !self.incomplete.get()
    }

    /// `file:line` of a place, for "first defined at".
    pub(super) fn spot(&self, place: Place) -> String {
        let file = &self.files[place.file];
        format!("{}:{}", file.shown, file.locate(place.start, place.end).0)
    }

    /// Where the daemon's own files go: `$STATE_DIRECTORY`, else beside the file numbered `file`.
    pub(super) fn state_folder(&self, file: usize) -> PathBuf {
        let beside = || self.files.get(file).map(|file| file.folder.clone()).unwrap_or_default();
        self.around.state_folder().unwrap_or_else(beside)
    }

    /// All problems in the order of files and lines, and where every key stands.
    pub(super) fn finish(self) -> (Problems, Origin) {
        let mut raised = self.raised.into_inner();
        drop_echoes(&self.files, &mut raised);
        raised.sort_by(|one, other| one.rank().cmp(&other.rank()));
        let problems = raised.into_iter().map(|raised| raised.tie(&self.files)).collect();
        (Problems(problems), Origin { files: self.files, places: self.places.into_inner() })
    }

    fn raise(&self, place: Place, severity: Severity, message: String, hint: Option<String>) {
        let file = self.files[place.file].shown.clone();
        self.raise_at(Some(place), file, severity, message, hint, false);
    }

    fn raise_at(
        &self,
        place: Option<Place>,
        file: String,
        severity: Severity,
        message: String,
        hint: Option<String>,
        syntax: bool,
    ) {
        let raised = Raised { place, file, line: None, severity, message, hint, syntax };
        self.raised.borrow_mut().push(raised);
    }

    fn raise_in(&self, file: &str, line: usize, severity: Severity, message: &str, hint: Option<String>) {
        let (file, line, message) = (file.to_owned(), Some(line), message.to_owned());
        let raised = Raised { place: None, file, line, severity, message, hint, syntax: false };
        self.raised.borrow_mut().push(raised);
    }

    fn parse<'f>(&self, number: usize, file: &'f File) -> Document<'f> {
        let (document, errors) = DeTable::parse_recoverable(&file.text);
        self.incomplete.set(self.incomplete.get() || !errors.is_empty());
        let found = errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message()));
        for mistake in syntax::mistakes(file, found) {
            let place = Some(Place::of(number, mistake.span));
            self.raise_at(place, file.shown.clone(), Severity::Error, mistake.message, mistake.hint, true);
        }
        document
    }

    /// The patterns of the first file's `include`. Wrong types are raised later, with all others.
    fn included(&self) -> Vec<(String, Place)> {
        let Some(main) = self.files.first() else { return Vec::new() };
        let (document, _) = DeTable::parse_recoverable(&main.text);
        let Some(patterns) = document.get_ref().get("include").and_then(|value| value.get_ref().as_array())
        else {
            return Vec::new();
        };
        patterns
            .iter()
            .filter_map(|pattern| {
                Some((pattern.get_ref().as_str()?.to_owned(), Place::of(0, pattern.span())))
            })
            .collect()
    }

    fn include(&mut self, pattern: &str, place: Place) {
        let folder = self.files[0].folder.clone();
        let paths = match files::matching(&folder, pattern) {
            Ok(paths) => paths,
            Err(unreadable) => return self.cannot_include(place, unreadable),
        };
        if paths.is_empty() {
            self.warning(place, format!("`{pattern}` names no file"), None);
        }
        for path in paths {
            match File::read(&path) {
                // A file named twice is read once: naming it by two patterns is no mistake.
                Ok(file) if self.files.iter().any(|known| known.shown == file.shown) => {}
                Ok(file) => self.files.push(file),
                Err(unreadable) => self.cannot_include(place, unreadable),
            }
        }
    }

    fn cannot_include(&self, place: Place, unreadable: Unreadable) {
        self.incomplete.set(true);
        self.error(place, unreadable.message, unreadable.hint);
    }
}

/// Where every key of a loaded configuration stands: what later stages need to point at a line.
#[derive(Debug)]
pub struct Origin {
    files: Vec<File>,
    places: BTreeMap<String, Place>,
}

impl Origin {
    /// A problem at the key `path` (`datasets.promises.columns`), or at the nearest key above it that stands
    /// in a file.
    pub fn problem(
        &self,
        path: &str,
        severity: Severity,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Problem {
        let mut above = Some(path);
        let mut place = None;
        while let (None, Some(key)) = (place, above) {
            place = self.places.get(key).copied();
            above = key.rsplit_once('.').map(|(parent, _)| parent);
        }
        let file = self.files.first().map_or_else(String::new, |file| file.shown.clone());
        Raised { place, file, line: None, severity, message: message.into(), hint, syntax: false }
            .tie(&self.files)
    }
}

impl Raised {
    /// Files in the order in which they were read; what concerns a file as a whole comes first, and what stands
    /// in files that are not the configuration's own comes last.
    fn rank(&self) -> (bool, &str, Option<usize>, Option<Place>, Severity) {
        let other = self.line.map(|_| self.file.as_str());
        (other.is_some(), other.unwrap_or_default(), self.line, self.place, self.severity)
    }

    fn tie(self, files: &[File]) -> Problem {
        let Self { place, file, line, severity, message, hint, .. } = self;
        let located = place.map(|place| files[place.file].locate(place.start, place.end));
        let (line, column, quote) = match located {
            Some((line, column, quote)) => (Some(line), Some(column), Some(quote)),
            None => (line, None, None),
        };
        Problem { file, line, column, message, hint, severity, quote }
    }
}

/// A line that does not parse yields half a value: what else is said of that line is an echo.
fn drop_echoes(files: &[File], raised: &mut Vec<Raised>) {
    let line = |place: Place| (place.file, files[place.file].locate(place.start, place.end).0);
    let broken: BTreeSet<_> =
        raised.iter().filter(|raised| raised.syntax).filter_map(|raised| raised.place.map(line)).collect();
    let mut said = BTreeSet::new();
    raised.retain(|raised| match raised.place.map(line) {
        Some(at) if broken.contains(&at) => raised.syntax && said.insert(at),
        _ => true,
    });
}
