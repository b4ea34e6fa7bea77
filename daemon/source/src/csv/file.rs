//! One state of a file: opened once, read from any place, and compared with itself when a reading ends.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use kaizend_core::rows::{Fault, FaultClass};

/// A file as it was when it was opened. Replacing it by renaming does not disturb its readers; writing into it
/// does, and they say so.
#[derive(Clone, Debug)]
pub(super) struct State {
    file: Arc<File>,
    path: PathBuf,
    size: u64,
    modified: SystemTime,
}

impl State {
    pub(super) fn of(path: &Path, source: &str) -> Result<Self, Fault> {
        let fault = |class, problem: String| {
            Fault::new(class, format!("source {source}: {} {problem}", path.display()))
        };
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => {
                fault(FaultClass::Missing, "is not there: correct the source's `path`".to_owned())
            }
            ErrorKind::PermissionDenied => {
                let advice = "may not be read by this user: give kaizend's user the right to read it";
                fault(FaultClass::Permission, advice.to_owned())
            }
            _ => fault(FaultClass::Interrupted, format!("cannot be opened: {error}")),
        };
        if path.is_dir() {
            return Err(fault(FaultClass::Missing, "is a folder: name the file in it".to_owned()));
        }
        let file = File::open(path).map_err(failed)?;
        let (size, modified) = stamp(&file).map_err(failed)?;
        Ok(Self { file: Arc::new(file), path: path.to_owned(), size, modified })
    }

    /// Reads from the beginning, independently of other readers.
    pub(super) fn reader(&self) -> impl Read + Send + use<> {
        At { file: Arc::clone(&self.file), at: 0 }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A fault if the file was written since it was opened.
    pub(super) fn check_unchanged(&self, source: &str) -> Result<(), Fault> {
        let unchanged = stamp(&self.file).is_ok_and(|now| now == (self.size, self.modified));
        if unchanged {
            return Ok(());
        }
        let text = format!(
            "source {source}: {} was changed while it was read: let the export write another file and rename it",
            self.path.display()
        );
        Err(Fault::new(FaultClass::Changed, text))
    }
}

fn stamp(file: &File) -> io::Result<(u64, SystemTime)> {
    let meta = file.metadata()?;
    Ok((meta.len(), meta.modified()?))
}

struct At {
    file: Arc<File>,
    at: u64,
}

impl Read for At {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(bytes, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}
