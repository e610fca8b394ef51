//! One error for the whole crate: what the caller can do about a failure does not depend on which table it met.

use std::collections::BTreeMap;

use safety_journal::entry::EntryError;

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store refused or could not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Name or password does not fit (which of the two is not said).
    #[error("wrong name or password")]
    WrongPassword,
    /// Too many wrong attempts; try again later.
    #[error("wait {seconds} s before the next attempt")]
    SlowDown {
        /// Seconds still to wait.
        seconds: u64,
    },
    /// The text is not a recovery code of this form.
    #[error("recovery code: {fault}")]
    RecoveryCode {
        /// `length`, `character` or `check`.
        fault: &'static str,
        /// Group of four in which the fault was noticed, counted from 1; 0 when it concerns the whole.
        group: usize,
    },
    /// The file of key slots is missing.
    #[error("key slots missing")]
    SlotsMissing,
    /// The file of key slots cannot be read as such.
    #[error("key slots damaged: {0}")]
    SlotsDamaged(String),
    /// The file of key slots was written by a newer program.
    #[error("key slots version {found}, known {known}")]
    SlotsTooNew {
        /// Version found.
        found: u32,
        /// Newest version known here.
        known: u32,
    },
    /// There is a slot of this name already.
    #[error("user {0:?} exists")]
    UserExists(String),
    /// There is no such user.
    #[error("user {0:?} unknown")]
    UserUnknown(String),
    /// The last user's slot must stay.
    #[error("last key slot")]
    LastSlot,

    /// There is no store at this path.
    #[error("no store at this path")]
    Missing,
    /// There is a file at this path already; it is left as it is.
    #[error("a file exists at this path")]
    Exists,
    /// The key does not open this file (or its first page is damaged).
    #[error("the key does not open this file")]
    WrongKey,
    /// The file is not whole; it is left as it is.
    #[error("file damaged: {0}")]
    Damaged(String),
    /// The file was written by a newer program that older ones must not write after.
    #[error("store needs program schema {needed}, this one has {known}")]
    TooNew {
        /// Schema needed.
        needed: u32,
        /// Schema of this program.
        known: u32,
    },
    /// Another program holds the store.
    #[error("store in use")]
    InUse,
    /// The disk is full.
    #[error("disk full")]
    DiskFull,

    /// There is no such thing in the store.
    #[error("{what} {id:?} not found")]
    NotFound {
        /// Kind of thing: `record`, `log`, `blob`, `draft`, `standard`, `peer`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// An entry would be longer than the format allows, or does not parse.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An entry line whose header is not one.
    #[error("entry header: {0}")]
    Header(String),
    /// Entries were skipped: the next one expected is another.
    #[error("gap in log {origin}: expected {expected}, got {got}")]
    Gap {
        /// Log.
        origin: String,
        /// Sequence number expected next.
        expected: u64,
        /// Sequence number offered.
        got: u64,
    },
    /// Two different entries claim the same place of a log.
    #[error("fork of log {origin} at {seq}")]
    Fork {
        /// Log.
        origin: String,
        /// First sequence number at which they differ.
        seq: u64,
    },
    /// The text is no standard.
    #[error("standard: {0}")]
    Standard(String),
    /// Another text claims the same version of the standard.
    #[error("another standard {0}")]
    StandardDiffers(String),
    /// The log is closed, revoked or not ours to write.
    #[error("log {origin} not writable: {state}")]
    LogClosed {
        /// Log.
        origin: String,
        /// Its state.
        state: String,
    },
    /// Bytes of an attachment do not have the hash they were announced under.
    #[error("blob {expected} has hash {found}")]
    BlobHash {
        /// Hash announced.
        expected: String,
        /// Hash found.
        found: String,
    },
    /// The store is behind what this machine has seen of it.
    #[error("store rolled back: log {origin} at {found}, seen {seen}")]
    RolledBack {
        /// Log.
        origin: String,
        /// Entries seen earlier.
        seen: u64,
        /// Entries found now.
        found: u64,
    },
    /// A query asks for something that lists do not have.
    #[error("query: {0}")]
    Query(String),
    /// Bytes in the store do not say what they should.
    #[error("inconsistent: {0}")]
    Inconsistent(String),
    /// The system refused a file operation.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// SQLite's own error that is none of the above.
    #[error("database: {0}")]
    Database(rusqlite::Error),
}

impl Error {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Error::WrongPassword => "wrong-password",
            Error::SlowDown { .. } => "slow-down",
            Error::RecoveryCode { .. } => "recovery-code-invalid",
            Error::SlotsMissing => "key-slots-missing",
            Error::SlotsDamaged(_) => "key-slots-damaged",
            Error::SlotsTooNew { .. } => "key-slots-too-new",
            Error::UserExists(_) => "user-exists",
            Error::UserUnknown(_) => "user-unknown",
            Error::LastSlot => "last-user",
            Error::Missing => "store-missing",
            Error::Exists => "store-exists",
            Error::WrongKey => "store-key-refused",
            Error::Damaged(_) => "store-damaged",
            Error::TooNew { .. } => "store-too-new",
            Error::InUse => "store-in-use",
            Error::DiskFull => "disk-full",
            Error::NotFound { .. } => "not-found",
            Error::Entry(error) => error.code(),
            Error::Header(_) => "entry-bad-header",
            Error::Gap { .. } => "gap",
            Error::Fork { .. } => "fork",
            Error::Standard(_) => "standard-unreadable",
            Error::StandardDiffers(_) => "standard-differs",
            Error::LogClosed { .. } => "log-closed",
            Error::BlobHash { .. } => "blob-hash-differs",
            Error::RolledBack { .. } => "rolled-back",
            Error::Query(_) => "query-invalid",
            Error::Inconsistent(_) => "store-inconsistent",
            Error::Io(_) => "file-refused",
            Error::Database(_) => "database-failed",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Error::SlowDown { seconds } => vec![("seconds", seconds.to_string())],
            Error::RecoveryCode { fault, group } => {
                vec![("fault", (*fault).to_owned()), ("group", group.to_string())]
            }
            Error::UserExists(name) | Error::UserUnknown(name) => vec![("user", name.clone())],
            Error::SlotsTooNew { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Error::TooNew { needed, known } => {
                vec![("found", needed.to_string()), ("known", known.to_string())]
            }
            Error::NotFound { what, id } => vec![("what", (*what).to_owned()), ("id", id.clone())],
            Error::Entry(error) => return error.fields(),
            Error::Gap {
                origin,
                expected,
                got,
            } => vec![
                ("origin", origin.clone()),
                ("expected", expected.to_string()),
                ("got", got.to_string()),
            ],
            Error::Fork { origin, seq } => vec![("origin", origin.clone()), ("seq", seq.to_string())],
            Error::LogClosed { origin, state } => {
                vec![("origin", origin.clone()), ("state", state.clone())]
            }
            Error::BlobHash { expected, found } => {
                vec![("expected", expected.clone()), ("found", found.clone())]
            }
            Error::RolledBack { origin, seen, found } => vec![
                ("origin", origin.clone()),
                ("seen", seen.to_string()),
                ("found", found.to_string()),
            ],
            Error::StandardDiffers(reference) => vec![("standard", reference.clone())],
            Error::Standard(detail)
            | Error::SlotsDamaged(detail)
            | Error::Damaged(detail)
            | Error::Header(detail)
            | Error::Query(detail)
            | Error::Inconsistent(detail) => vec![("detail", detail.clone())],
            Error::Io(error) => vec![("detail", error.to_string())],
            Error::Database(error) => vec![("detail", error.to_string())],
            _ => Vec::new(),
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::InUse,
            Some(ErrorCode::DiskFull) => Error::DiskFull,
            Some(ErrorCode::NotADatabase) => Error::WrongKey,
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged(error.to_string()),
            _ => Error::Database(error),
        }
    }
}
