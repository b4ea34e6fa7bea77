//! One store, one server. The lock is the kernel's, so it is gone with the process that held it, however that
//! ended; the pid in the file is only for the message.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

/// Held while a server uses a store; dropping it, or dying, releases it.
#[derive(Debug)]
pub struct ServerLock {
    _file: File,
}

/// Why the lock was not given.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    #[error("another server uses the store {path}: process {pid}; stop it first", pid = name(.pid))]
    Held { path: PathBuf, pid: Option<u32> },
    #[error("cannot lock the store {path}: {why}; its folder must exist and be writable")]
    File { path: PathBuf, why: String },
}

impl ServerLock {
    /// Takes the lock of the store at `path`, in the file `<path>.lock`.
    pub fn acquire(path: &Path) -> Result<Self, LockError> {
        let at =
            |why: &dyn std::fmt::Display| LockError::File { path: path.to_owned(), why: why.to_string() };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(lock_path(path))
            .map_err(|why| at(&why))?;
        match lock_soon(&file) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => {
                return Err(LockError::Held { path: path.to_owned(), pid: pid_in(&mut file) });
            }
            Err(why) => return Err(at(&why)),
        }
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(|why| at(&why))?;
        Ok(Self { _file: file })
    }

    /// The pid of the server that holds the lock now; `None` when nobody does.
    pub fn holder(path: &Path) -> Option<u32> {
        let mut file = File::open(lock_path(path)).ok()?;
        match flock(&file, FlockOperation::NonBlockingLockShared) {
            Err(Errno::WOULDBLOCK) => pid_in(&mut file),
            _ => None,
        }
    }
}

/// Tries for a moment: whoever asks for [`ServerLock::holder`] just now holds the file for that long.
fn lock_soon(file: &File) -> Result<(), Errno> {
    let mut tries = 0;
    loop {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) if tries < 5 => {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            answer => return answer,
        }
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

fn pid_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn name(pid: &Option<u32>) -> String {
    pid.as_ref().map_or_else(|| "(unknown)".to_owned(), u32::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_server_learns_who_is_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaizend.db");
        assert_eq!(ServerLock::holder(&path), None);
        let first = ServerLock::acquire(&path).unwrap();
        assert_eq!(ServerLock::holder(&path), Some(std::process::id()));
        let refused = ServerLock::acquire(&path).unwrap_err();
        assert!(matches!(refused, LockError::Held { pid: Some(pid), .. } if pid == std::process::id()));
        drop(first);
        assert_eq!(ServerLock::holder(&path), None);
        ServerLock::acquire(&path).unwrap();
    }
}
