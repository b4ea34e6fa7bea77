//! Where a reading may put temporary files, and how large they may grow.
//!
//! Two things need disk: the copy of a database that must not be locked for long, and the sorting of rows that
//! come in another order. Both are bounded; over the bound the reading fails with [`FaultClass::Limit`].

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use kaizend_core::rows::{Fault, FaultClass};
use tempfile::NamedTempFile;

/// The place and the bounds of temporary files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spool {
    /// `None`: the system's folder for temporary files.
    pub dir: Option<PathBuf>,
    /// Bytes on disk, for each copy and for each sorting. 4 GiB unless set.
    pub at_most: u64,
    /// Bytes that one sorting holds in memory before it goes to disk. 32 MiB unless set.
    pub memory: usize,
}

/// How the name of a copy begins, for the moments in which it has one.
const COPY: &str = "kaizend-copy-";

/// No copy takes that long.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

impl Default for Spool {
    fn default() -> Self {
        Self { dir: None, at_most: 4 << 30, memory: 32 << 20 }
    }
}

impl Spool {
    pub(crate) fn dir(&self) -> PathBuf {
        self.dir.clone().unwrap_or_else(std::env::temp_dir)
    }

    /// A file without a name: it goes away with its last handle, even after kill -9.
    pub(crate) fn nameless(&self) -> Result<File, Fault> {
        tempfile::tempfile_in(self.dir()).map_err(|error| self.fault(&error))
    }

    /// A file for a copy; whoever opens it takes its name away.
    pub(crate) fn for_copy(&self) -> Result<NamedTempFile, Fault> {
        let file = tempfile::Builder::new().prefix(COPY).tempfile_in(self.dir());
        file.map_err(|error| self.fault(&error))
    }

    /// Removes copies that a process left behind which was killed while it made them; says which.
    pub fn sweep(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.dir()) else { return Vec::new() };
        let is_copy = |path: &Path| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(COPY.as_bytes()))
        };
        let is_old = |path: &Path| {
            let changed = fs::metadata(path).and_then(|about| about.modified()).ok();
            let age = changed.and_then(|changed| SystemTime::now().duration_since(changed).ok());
            age.is_some_and(|age| age > LEFT_BEHIND)
        };
        let paths = entries.flatten().map(|entry| entry.path());
        let left = paths.filter(|path| is_copy(path) && is_old(path));
        left.filter(|path| fs::remove_file(path).is_ok()).collect()
    }

    pub(crate) fn fault(&self, error: &io::Error) -> Fault {
        let class = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => return self.full(),
            io::ErrorKind::PermissionDenied => FaultClass::Permission,
            io::ErrorKind::NotFound => FaultClass::Missing,
            _ => FaultClass::Interrupted,
        };
        let dir = self.dir();
        let advice = "name another with `[spool] folder`";
        Fault::new(
            class,
            format!("the folder for temporary files {} failed: {error}; {advice}", dir.display()),
        )
    }

    /// The fault of a disk that took no more.
    pub(crate) fn full(&self) -> Fault {
        let dir = self.dir();
        Fault::new(
            FaultClass::Full,
            format!(
                "the disk of the folder for temporary files {} is full: free some of it, or name a folder on a larger \
                 one with `[spool] folder`",
                dir.display()
            ),
        )
    }

    /// The fault of something that would need more than the bound.
    pub(crate) fn too_large(&self, what: &str, advice: &str) -> Fault {
        let bound = self.at_most >> 20;
        Fault::new(
            FaultClass::Limit,
            format!(
                "{what} needs more than {bound} MiB of temporary disk: raise `[spool] at-most`, or {advice}"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_full_and_says_what_to_set() {
        let spool = Spool { dir: Some("/srv/spool".into()), ..Spool::default() };
        for (kind, class, said) in [
            (
                io::ErrorKind::StorageFull,
                FaultClass::Full,
                "/srv/spool is full: free some of it, or name a folder",
            ),
            (io::ErrorKind::QuotaExceeded, FaultClass::Full, "/srv/spool is full"),
            (
                io::ErrorKind::NotFound,
                FaultClass::Missing,
                "/srv/spool failed: entity not found; name another",
            ),
            (io::ErrorKind::PermissionDenied, FaultClass::Permission, "/srv/spool failed: permission denied"),
        ] {
            let fault = spool.fault(&kind.into());
            assert_eq!(fault.class, class, "{fault}");
            assert!(fault.message.contains(said), "{fault}");
        }
    }

    #[test]
    fn only_old_copies_are_swept() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool { dir: Some(folder.path().to_owned()), ..Spool::default() };
        let long_ago = SystemTime::now() - 2 * LEFT_BEHIND;
        for (name, old) in [("kaizend-copy-a", true), ("kaizend-copy-b", false), ("somebody-elses", true)] {
            let file = File::create(folder.path().join(name)).unwrap();
            if old {
                file.set_modified(long_ago).unwrap();
            }
        }
        assert_eq!(spool.sweep(), [folder.path().join("kaizend-copy-a")]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert_eq!(spool.sweep(), [] as [PathBuf; 0]);
    }
}
