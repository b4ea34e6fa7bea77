//! Copies for bad days: made while the daemon runs, checked before they get their name, and put back only where
//! no server uses the store.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use crate::{
    LockError, OpenError, ServerLock, Store, StoreError,
    connection::{self, Durability},
    migration,
    open::{check, copy_all},
    place,
};

/// Why a copy was not made or not put back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    #[error("{path} exists already; name another file, or remove it first")]
    Exists { path: PathBuf },
    #[error("{path}: {why}")]
    File { path: PathBuf, why: String },
    #[error(transparent)]
    Locked(#[from] LockError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Copies one state of the store to the new file `to` while others go on, and checks the copy.
    pub async fn backup(&self, to: &Path) -> Result<(), BackupError> {
        let (from, to) = (self.path().to_owned(), to.to_owned());
        let copying = tokio::task::spawn_blocking(move || {
            if to.exists() {
                return Err(BackupError::Exists { path: to });
            }
            copy(&from, &to)
        });
        copying.await.map_err(|_| StoreError::Stopped)?
    }
}

/// Puts a backup in the place of the store `to`, or makes that store from it. What was there stays as
/// `<to>.before-restore`. Blocks.
///
/// # Errors
/// A server uses the store; the backup is damaged, no store, or of a newer kaizend.
pub fn restore(from: &Path, to: &Path) -> Result<(), BackupError> {
    place::refuse_foreign(to).map_err(StoreError::from)?;
    let _lock = ServerLock::acquire(to)?;
    refuse_newer(from)?;
    let fresh = beside(to, ".restoring");
    remove(&fresh)?;
    copy(from, &fresh)?;
    if to.exists() {
        // Fold the old store's WAL in first: left beside the new file, it would be taken for its own.
        let old = connection::plain(to)?;
        old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(StoreError::from)?;
        old.close().map_err(|(_, why)| StoreError::from(why))?;
        rename(to, &beside(to, ".before-restore"))?;
    }
    remove(&beside(to, "-wal"))?;
    remove(&beside(to, "-shm"))?;
    rename(&fresh, to)
}

/// Copies through a second name, so that a file under the given name is always whole and checked.
fn copy(from: &Path, to: &Path) -> Result<(), BackupError> {
    let part = beside(to, ".part");
    remove(&part)?;
    place::prepare(&part).map_err(StoreError::from)?;
    let source = connection::reader(from)?;
    migration::recognise(&source, from)?;
    let mut copy = connection::writer(&part, Durability::None)?;
    copy_all(&source, &mut copy)?;
    check(&copy, &part, "integrity_check")?;
    // One plain file: a backup must not depend on a WAL beside it.
    copy.pragma_update(None, "journal_mode", "DELETE").map_err(StoreError::from)?;
    copy.close().map_err(|(_, why)| StoreError::from(why))?;
    sync(&part)?;
    rename(&part, to)
}

fn refuse_newer(from: &Path) -> Result<(), BackupError> {
    let source = connection::reader(from)?;
    migration::recognise(&source, from)?;
    let (found, known) = (migration::schema(&source)?, migration::STEPS.len());
    if found > known {
        return Err(StoreError::from(OpenError::Newer { path: from.to_owned(), found, known }).into());
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match std::fs::remove_file(path) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(file(path, &why)),
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), BackupError> {
    std::fs::rename(from, to).map_err(|why| file(to, &why))?;
    // The name itself must survive a power loss, too.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync(folder)
}

fn sync(path: &Path) -> Result<(), BackupError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|why| file(path, &why))
}

fn file(path: &Path, why: &std::io::Error) -> BackupError {
    BackupError::File { path: path.to_owned(), why: why.to_string() }
}
