//! The first bytes of a database file: whether it is one, and whether it uses a write-ahead log.
//!
//! Looking before opening gives better sentences than the driver's "unable to open database file", and decides
//! how to open (see <https://www.sqlite.org/fileformat2.html#the_database_header>).

use std::{
    ffi::OsString,
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use kaizend_core::rows::{Fault, FaultClass};

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) wal: bool,
}

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// The file format's write version: 1 rollback journal, 2 write-ahead log.
const WRITE_VERSION: usize = 18;

impl Header {
    pub(super) fn read(path: &Path, source: &str) -> Result<Self, Fault> {
        let fault = |class, problem: &str| {
            Fault::new(class, format!("source {source}: {} {problem}", path.display()))
        };
        if path.is_dir() {
            return Err(fault(FaultClass::Missing, "is a folder: name the database file in it"));
        }
        let mut file = File::open(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => fault(FaultClass::Missing, "is not there: correct the source's `path`"),
            ErrorKind::PermissionDenied => fault(
                FaultClass::Permission,
                "may not be read by this user: give kaizend's user the right to read it",
            ),
            _ => fault(FaultClass::Interrupted, &format!("cannot be opened: {error}")),
        })?;
        let mut bytes = Vec::with_capacity(20);
        file.by_ref()
            .take(20)
            .read_to_end(&mut bytes)
            .map_err(|error| fault(FaultClass::Interrupted, &format!("cannot be read: {error}")))?;
        match bytes.get(WRITE_VERSION) {
            Some(version) if bytes.starts_with(MAGIC) => Ok(Self { wal: *version == 2 }),
            _ if bytes.is_empty() => {
                Err(fault(FaultClass::Damaged, "is empty (0 bytes), so it is no database"))
            }
            _ => Err(fault(FaultClass::Damaged, "is no SQLite database, or is encrypted")),
        }
    }
}

/// The file beside the database: `-wal`, `-shm`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether a program has the WAL database open, or left its log behind.
pub(super) fn wal_in_use(path: &Path) -> bool {
    let log = std::fs::metadata(beside(path, "-wal"));
    beside(path, "-shm").exists() || log.is_ok_and(|log| log.len() > 0)
}
