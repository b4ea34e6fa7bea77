//! Where a reading may put temporary files, and how large they may grow.
//!
//! Two things need disk: the copy of a database that must not be locked for long, and the sorting of rows that
//! come in another order. Both are bounded; over the bound the reading fails with [`FaultClass::Limit`].

use std::{fs::File, io, path::PathBuf};

use kaizend_core::rows::{Fault, FaultClass};

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

    pub(crate) fn fault(&self, error: &io::Error) -> Fault {
        let class = match error.kind() {
            io::ErrorKind::PermissionDenied => FaultClass::Permission,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FaultClass::Limit,
            io::ErrorKind::NotFound => FaultClass::Missing,
            _ => FaultClass::Interrupted,
        };
        let dir = self.dir();
        Fault::new(class, format!("the folder for temporary files {} failed: {error}", dir.display()))
    }

    /// The fault of something that would need `bytes` on disk.
    pub(crate) fn too_large(&self, what: &str, advice: &str) -> Fault {
        let bound = self.at_most >> 20;
        Fault::new(
            FaultClass::Limit,
            format!("{what} needs more than {bound} MiB of temporary disk: {advice}"),
        )
    }
}
