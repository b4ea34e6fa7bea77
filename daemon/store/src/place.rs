//! Where the store's file may lie, and who may read it. SQLite's locks and shared memory do not work across
//! machines, and the file holds names and addresses, so both are settled before it is opened.

use std::{
    fs::{File, OpenOptions, Permissions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use rustix::fs::{FlockOperation, flock};

use crate::OpenError;

/// Makes the file ready: it exists, lies on a local disk, is ours, and only its owner can read it.
pub(crate) fn prepare(path: &Path) -> Result<(), OpenError> {
    let at = |why: io::Error| OpenError::File { path: path.to_owned(), why: why.to_string() };
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(at)?;
    refuse_network(path, &file)?;
    refuse_foreign(path)?;
    let metadata = file.metadata().map_err(at)?;
    if metadata.mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(0o600)).map_err(at)?;
        tracing::warn!(path = %path.display(), "the store could be read by others; now only its owner can");
    }
    Ok(())
}

/// Held while a store is made or brought up to date: two processes that do so at once would trip over each other's
/// journals. The lock is on the folder, so it leaves nothing behind.
pub(crate) fn turn(path: &Path) -> Result<File, OpenError> {
    let at = |why: io::Error| OpenError::File { path: path.to_owned(), why: why.to_string() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = File::open(folder).map_err(at)?;
    flock(&folder, FlockOperation::LockExclusive).map_err(|why| at(why.into()))?;
    Ok(folder)
}

/// The user and group that own a store, for a command that root starts: it must become them first, or it
/// leaves files that the daemon cannot open. `None` when there is no file yet.
pub fn owner(path: &Path) -> Option<(u32, u32)> {
    std::fs::metadata(path).ok().map(|metadata| (metadata.uid(), metadata.gid()))
}

/// Refuses root on a store that is not root's: even reading it makes files beside it.
pub(crate) fn refuse_foreign(path: &Path) -> Result<(), OpenError> {
    match owner(path) {
        Some((uid, _)) if uid != 0 && rustix::process::geteuid().is_root() => {
            Err(OpenError::ForeignOwner { path: path.to_owned(), uid })
        }
        _ => Ok(()),
    }
}

fn refuse_network(path: &Path, file: &File) -> Result<(), OpenError> {
    let found = rustix::fs::fstatfs(file)
        .map_err(|why| OpenError::File { path: path.to_owned(), why: why.to_string() })?;
    // The kernel's numbers are 32 bits wide, in a field that some platforms sign.
    match network(found.f_type as u32) {
        Some(kind) => Err(OpenError::Network { path: path.to_owned(), kind }),
        None => Ok(()),
    }
}

/// The file systems whose locks are not to be trusted, by the kernel's magic numbers (`statfs(2)`).
fn network(magic: u32) -> Option<&'static str> {
    Some(match magic {
        0x6969 => "NFS",
        0x517b | 0xfe53_4d42 | 0xff53_4d42 => "SMB",
        0x0102_1997 => "9P",
        0x00c3_6400 => "Ceph",
        0x5346_414f | 0x6b41_4653 => "AFS",
        0x7375_7245 => "Coda",
        0x0bd0_0bd0 => "Lustre",
        0x4750_4653 => "GPFS",
        0x7461_636f => "OCFS2",
        0x0116_1970 => "GFS2",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaizend.db");
        prepare(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_others_could_read_is_closed_to_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaizend.db");
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        prepare(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn root_does_not_touch_what_belongs_to_the_daemon() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaizend.db");
        prepare(&path).unwrap();
        let root = rustix::process::geteuid().is_root();
        // Only root can give a file away; to anybody else their own file is no question.
        if root {
            std::os::unix::fs::chown(&path, Some(65_534), None).unwrap();
        }
        assert_eq!(matches!(prepare(&path), Err(OpenError::ForeignOwner { uid: 65_534, .. })), root);
        assert_eq!(refuse_foreign(&path).is_err(), root);
    }

    #[test]
    fn a_missing_folder_is_named() {
        let why = prepare(Path::new("/nowhere/kaizend.db")).unwrap_err().to_string();
        assert!(why.contains("/nowhere/kaizend.db"), "{why}");
    }

    #[test]
    fn network_file_systems_are_known_by_their_numbers() {
        for (magic, name) in [
            (0x6969, Some("NFS")),
            (0xff53_4d42, Some("SMB")),
            (0x0102_1997, Some("9P")),
            (0xef53, None),
            (0x0102_1994, None),
        ] {
            assert_eq!(network(magic), name, "{magic:#x}");
        }
    }
}
