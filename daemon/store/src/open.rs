//! Opening a store: for real, for a while, or as a copy to try things on. All three run the same code.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use rusqlite::{Connection, backup::Backup};
use tempfile::TempDir;
use tokio::sync::mpsc;

use crate::{
    ServerLock, Store, StoreError, audit,
    connection::{self, Durability},
    migration, place,
    reader::Readers,
    store::Shared,
    writer,
};

/// What the top room fills from `[store]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The database file; its folder must exist and be writable, because the WAL lies beside it.
    pub path: PathBuf,
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    #[error(
        "the store {path} cannot be opened: {why}; its folder must exist and be writable (under systemd: `StateDirectory=` or `ReadWritePaths=`)"
    )]
    File { path: PathBuf, why: String },
    #[error(
        "the store {path} lies on a network file system ({kind}), whose locks lose data; set `[store] path` to a local disk"
    )]
    Network { path: PathBuf, kind: &'static str },
    #[error(
        "the store {path} belongs to user {uid}: run the command as that user, or root's files stop the daemon"
    )]
    ForeignOwner { path: PathBuf, uid: u32 },
    #[error(
        "{path} is a SQLite database, but not a store of kaizend; set `[store] path` to a file of its own"
    )]
    NotAStore { path: PathBuf },
    #[error(
        "the store {path} has schema {found}, and this kaizend knows up to {known}; use the newer kaizend that wrote it, or restore {path}.before-{found}"
    )]
    Newer { path: PathBuf, found: usize, known: usize },
    #[error("the store {path} is damaged ({why}); stop kaizend and `kaizend restore` the last backup")]
    Damaged { path: PathBuf, why: String },
}

impl Store {
    /// Opens the store, makes it if there is none, and brings an older one up to date. Blocks while it does.
    pub fn open(settings: &Settings) -> Result<Self, StoreError> {
        let path = &settings.path;
        let unclean = ended_unclean(path);
        let _turn = place::turn(path)?;
        place::prepare(path)?;
        let connection = connection::writer(path, Durability::Full)?;
        migration::migrate(&connection, path, migration::STEPS)?;
        if unclean {
            check(&connection, path, "quick_check")?;
        }
        start(path, connection, None)
    }

    /// An empty store that is gone with its last handle: for dry runs, simulations and tests.
    pub fn temporary() -> Result<Self, StoreError> {
        let folder = temporary_folder()?;
        let path = folder.path().join("kaizend.db");
        place::prepare(&path)?;
        let connection = connection::writer(&path, Durability::None)?;
        migration::migrate(&connection, &path, migration::STEPS)?;
        start(&path, connection, Some(folder))
    }

    /// A temporary store that begins as a copy of the one at `path`, which is only read.
    pub fn copy_of(path: &Path) -> Result<Self, StoreError> {
        let folder = temporary_folder()?;
        let copy = folder.path().join("kaizend.db");
        place::prepare(&copy)?;
        place::refuse_foreign(path)?;
        let from = connection::reader(path)?;
        migration::recognise(&from, path)?;
        let mut connection = connection::writer(&copy, Durability::None)?;
        copy_all(&from, &mut connection)?;
        migration::migrate(&connection, &copy, migration::STEPS)?;
        start(&copy, connection, Some(folder))
    }
}

/// Copies a whole database, page by page, from one state of it.
pub(crate) fn copy_all(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    // All pages in one step: a copy in several would begin again at each foreign write.
    Ok(Backup::new(from, to)?.run_to_completion(i32::MAX, Duration::from_millis(50), None)?)
}

/// Runs `quick_check` or `integrity_check`.
pub(crate) fn check(connection: &Connection, path: &Path, pragma: &str) -> Result<(), StoreError> {
    let why: String = connection.pragma_query_value(None, pragma, |row| row.get(0))?;
    if why == "ok" { Ok(()) } else { Err(OpenError::Damaged { path: path.to_owned(), why }.into()) }
}

fn start(path: &Path, connection: Connection, folder: Option<TempDir>) -> Result<Store, StoreError> {
    connection::add_staging(&connection)?;
    audit::watch::watch(&connection)?;
    let (requests, queue) = mpsc::channel(writer::QUEUE);
    let thread = writer::start(connection, queue).map_err(|why| StoreError::File {
        what: "cannot start the writer of",
        path: path.to_owned(),
        why: why.to_string(),
    })?;
    let shared = Shared {
        path: path.to_owned(),
        requests,
        readers: Readers::new(path),
        writer: Mutex::new(Some(thread)),
        _folder: folder,
    };
    Ok(Store { shared: Arc::new(shared) })
}

/// Whether the last process that held this store ended without folding its WAL in. A WAL beside a server that
/// runs is no sign of that.
fn ended_unclean(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let left = std::fs::metadata(wal).is_ok_and(|metadata| metadata.len() > 0);
    left && ServerLock::holder(path).is_none_or(|pid| pid == std::process::id())
}

fn temporary_folder() -> Result<TempDir, StoreError> {
    tempfile::Builder::new().prefix("kaizend-").tempdir().map_err(|why| StoreError::File {
        what: "cannot make a folder for a temporary store in",
        path: std::env::temp_dir(),
        why: why.to_string(),
    })
}
