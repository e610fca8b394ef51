//! Places where files are handed over. A folder or USB stick today; a network place keeps the same promise: a file is
//! there whole under its name, or not at all.

mod folder;

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use safety_journal::Hash;

pub use folder::Folder;
pub(crate) use folder::hash_of;

/// A file in a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
}

/// A file that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Hash of its bytes, as read back.
    pub sha256: Hash,
}

/// Why a place cannot take or give a file. What a person can do differs, so does the code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// No room left.
    #[error("no room left")]
    Full,
    /// The place itself is not there (any more): stick pulled out, share not connected.
    #[error("place not there")]
    Gone,
    /// Writing or reading is not allowed.
    #[error("not allowed")]
    Denied,
    /// The file is not there.
    #[error("{name} not there")]
    Missing {
        /// Name of the file.
        name: String,
    },
    /// What was read back is not what was written: the medium is bad.
    #[error("{name} read back differs")]
    ReadBackDiffers {
        /// Name of the file.
        name: String,
    },
    /// Anything else the system says.
    #[error("{message}")]
    Failed {
        /// Technical message.
        message: String,
    },
}

impl PlaceError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            PlaceError::Full => "place-full",
            PlaceError::Gone => "place-gone",
            PlaceError::Denied => "place-denied",
            PlaceError::Missing { .. } => "place-file-missing",
            PlaceError::ReadBackDiffers { .. } => "place-read-back-differs",
            PlaceError::Failed { .. } => "place-failed",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pair = match self {
            PlaceError::Missing { name } | PlaceError::ReadBackDiffers { name } => ("name", name),
            PlaceError::Failed { message } => ("message", message),
            PlaceError::Full | PlaceError::Gone | PlaceError::Denied => return BTreeMap::new(),
        };
        [(pair.0.to_owned(), pair.1.clone())].into()
    }

    /// From an error of the system, by its kind.
    pub(crate) fn of(kind: io::ErrorKind, message: &str) -> PlaceError {
        match kind {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                PlaceError::Full
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => PlaceError::Denied,
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::NotConnected
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::StaleNetworkFileHandle => PlaceError::Gone,
            _ => PlaceError::Failed {
                message: message.to_owned(),
            },
        }
    }
}

impl From<io::Error> for PlaceError {
    fn from(error: io::Error) -> PlaceError {
        PlaceError::of(error.kind(), &error.to_string())
    }
}

/// What fills a file.
pub type Fill<'a> = dyn FnMut(&mut dyn Write) -> io::Result<()> + 'a;
/// What names a file, once its hash is known.
pub type Name<'a> = dyn Fn(&Hash) -> String + 'a;

/// A place where files are handed over.
pub trait Place {
    /// The whole files of the place, by name. Files still being written are left out.
    ///
    /// # Errors
    /// [`PlaceError`].
    fn list(&self) -> Result<Vec<Item>, PlaceError>;

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`PlaceError::Missing`] and others.
    fn get(&self, name: &str) -> Result<Box<dyn Read + Send>, PlaceError>;

    /// Puts a file: written by `fill`, made durable, read back and compared, and only then there under the name that
    /// `name` gives it. When `fill` fails, its error comes back as a [`PlaceError`] and nothing is there.
    ///
    /// # Errors
    /// [`PlaceError`].
    fn put(&self, fill: &mut Fill<'_>, name: &Name<'_>) -> Result<Put, PlaceError>;

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// [`PlaceError`].
    fn remove(&self, name: &str) -> Result<(), PlaceError>;
}
