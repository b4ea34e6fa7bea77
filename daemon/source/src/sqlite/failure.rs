//! The driver's errors as sentences: what failed, where, and what to do about it.

use std::{path::Path, time::Duration};

use kaizend_core::rows::{Fault, FaultClass};
use rusqlite::{Error, ErrorCode, ffi};

use super::Settings;
use crate::spool::Spool;

/// Whose errors they are.
#[derive(Clone, Copy)]
pub(super) struct Failure<'a> {
    pub(super) source: &'a str,
    path: &'a Path,
    patience: Duration,
}

impl<'a> Failure<'a> {
    pub(super) fn new(source: &'a str, settings: &'a Settings) -> Self {
        Self { source, path: &settings.path, patience: settings.busy_timeout }
    }

    /// While opening the file, before any query.
    pub(super) fn opening(&self, error: &Error) -> Fault {
        let path = self.path.display();
        match error.sqlite_error().map(|error| error.extended_code) {
            Some(ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_BUSY_RECOVERY) => self.fault(
                FaultClass::Locked,
                &format!("{path} was left in the middle of a change: start its application once, which repairs it"),
            ),
            Some(
                ffi::SQLITE_CANTOPEN | ffi::SQLITE_READONLY_CANTINIT | ffi::SQLITE_READONLY_DIRECTORY
                | ffi::SQLITE_READONLY_RECOVERY,
            ) => self.fault(
                FaultClass::Permission,
                &format!(
                    "{path} uses a write-ahead log, and its `-shm` file beside it cannot be opened for writing: add \
                     the folder to `ReadWritePaths=` of the service, or give kaizend a copy with `immutable = true`"
                ),
            ),
            _ => self.general(error, "cannot be opened"),
        }
    }

    /// While the copy is written. That the disk is full is then said of the copy's.
    pub(super) fn copying(&self, error: &Error, spool: &Spool) -> Fault {
        if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
            let full = spool.full();
            return self.fault(
                full.class,
                &format!("no room for a copy of {}: {}", self.path.display(), full.message),
            );
        }
        self.general(error, "cannot be copied")
    }

    /// While a dataset's query runs.
    pub(super) fn reading(&self, dataset: &str, error: &Error) -> Fault {
        let (class, text) = match error {
            Error::SqlInputError { msg, sql, offset, .. } => {
                (of_query(msg), format!("{msg}{}", place(sql, *offset)))
            }
            Error::SqliteFailure(code, Some(message)) if code.code == ErrorCode::Unknown => {
                (of_query(message), message.clone())
            }
            error if error.sqlite_error_code() == Some(ErrorCode::AuthorizationForStatementDenied) => {
                (FaultClass::Query, format!("it does more than read ({error}); a dataset is one `select`"))
            }
            error => {
                let fault = self.general(error, "cannot be read");
                return Fault::new(fault.class, format!("dataset {dataset}: {}", fault.message));
            }
        };
        Fault::new(class, format!("dataset {dataset}: the query fails in source {}: {text}", self.source))
    }

    pub(super) fn locked(&self) -> Fault {
        let (path, seconds) = (self.path.display(), self.patience.as_secs_f32());
        let text = format!(
            "{path} was locked by another program for {seconds} s: try again, or raise the source's `busy-timeout`"
        );
        self.fault(FaultClass::Locked, &text)
    }

    fn general(&self, error: &Error, failed: &str) -> Fault {
        let path = self.path.display();
        let class = match error.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => {
                return self.locked();
            }
            Some(ErrorCode::NotADatabase) => {
                return self
                    .fault(FaultClass::Damaged, &format!("{path} is no SQLite database, or is encrypted"));
            }
            Some(ErrorCode::DatabaseCorrupt) => {
                let advice = "run `pragma integrity_check` on it and restore a good copy";
                return self.fault(FaultClass::Damaged, &format!("{path} is damaged: {advice}"));
            }
            Some(
                ErrorCode::PermissionDenied
                | ErrorCode::AuthorizationForStatementDenied
                | ErrorCode::ReadOnly,
            ) => FaultClass::Permission,
            Some(ErrorCode::DiskFull) => FaultClass::Full,
            Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => FaultClass::Limit,
            Some(ErrorCode::CannotOpen) => FaultClass::Missing,
            Some(ErrorCode::SchemaChanged) => FaultClass::Changed,
            Some(ErrorCode::OperationInterrupted | ErrorCode::SystemIoFailure) => FaultClass::Interrupted,
            _ => FaultClass::Query,
        };
        self.fault(class, &format!("{path} {failed}: {error}"))
    }

    fn fault(&self, class: FaultClass, text: &str) -> Fault {
        Fault::new(class, format!("source {}: {text}", self.source))
    }
}

fn of_query(message: &str) -> FaultClass {
    if message.starts_with("no such table") { FaultClass::Missing } else { FaultClass::Query }
}

/// Where in the query: `(line 2, column 8)`.
fn place(sql: &str, offset: i32) -> String {
    let before = usize::try_from(offset).ok().and_then(|offset| sql.get(..offset));
    let Some(before) = before else { return String::new() };
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!(" (line {line}, column {column})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_the_copys_and_not_the_databases() {
        let settings = Settings::new("/srv/shop.db");
        let spool = Spool { dir: Some("/tmp/spool".into()), ..Spool::default() };
        let error = Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), None);
        let fault = Failure::new("shop", &settings).copying(&error, &spool);
        assert_eq!(fault.class, FaultClass::Full);
        let said = "source shop: no room for a copy of /srv/shop.db: the disk of the folder for temporary files /tmp/spool is full";
        assert!(fault.message.starts_with(said) && fault.message.contains("`[spool] folder`"), "{fault}");
    }
}
