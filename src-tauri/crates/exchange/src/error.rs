//! One error for the whole crate. A bundle that is refused is no error but an outcome ([`crate::import::Refusal`]); these
//! are the cases in which this side could not do its part.

use std::collections::BTreeMap;

use safety_journal::bundle::BundleError;
use safety_journal::checkpoint::CheckpointError;
use safety_journal::note::NoteError;
use safety_journal::seal::SealError;

use crate::card::CardError;
use crate::enrol::EnrolError;
use crate::place::PlaceError;
use crate::plan::PlanError;

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why this side could not do its part.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] safety_store::Error),
    /// The place of exchange failed.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// Enrolment was refused.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// A bundle could not be written.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A checkpoint or receipt that should be good is not.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A key or note that should be good is not.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// An age key that should be good is not.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A card that should be good is not.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The start asked for lies behind the end of the log.
    #[error("start {from} behind the end {size}")]
    StartBehindEnd {
        /// Start asked for.
        from: u64,
        /// Entries there are.
        size: u64,
    },
    /// The store has no device keys: set-up was not finished.
    #[error("no device keys in this store")]
    NoKeys,
    /// The keys are not those of the store's device.
    #[error("keys are not those of device {device}")]
    OtherKeys {
        /// Device of the store.
        device: String,
    },
    /// No superior is enrolled.
    #[error("no superior enrolled")]
    NoSuperior,
    /// No active device of that institution is known.
    #[error("no active device of {institution} known")]
    NoPeer {
        /// Code of the institution.
        institution: String,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Store(error) => error.code(),
            Error::Place(error) => error.code(),
            Error::Enrol(error) => error.code(),
            Error::Bundle(error) => error.code(),
            Error::Checkpoint(error) => error.code(),
            Error::Note(error) => error.code(),
            Error::Seal(error) => error.code(),
            Error::Card(error) => error.code(),
            Error::StartBehindEnd { .. } => "export-start-behind-end",
            Error::NoKeys => "device-keys-missing",
            Error::OtherKeys { .. } => "device-keys-other",
            Error::NoSuperior => "superior-missing",
            Error::NoPeer { .. } => "peer-missing",
            Error::Cancelled => "cancelled",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Error::Store(error) => return error.fields(),
            Error::Place(error) => return error.fields(),
            Error::Enrol(error) => return error.fields(),
            Error::Bundle(error) => return error.fields(),
            Error::Checkpoint(error) => return error.fields(),
            Error::Note(error) => return error.fields(),
            Error::Seal(error) => return error.fields(),
            Error::Card(error) => return error.fields(),
            Error::StartBehindEnd { from, size } => {
                vec![("from", from.to_string()), ("size", size.to_string())]
            }
            Error::OtherKeys { device } => vec![("device", device.clone())],
            Error::NoPeer { institution } => vec![("institution", institution.clone())],
            Error::NoKeys | Error::NoSuperior | Error::Cancelled => Vec::new(),
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Error {
        match error {
            PlanError::NoOwnLog => Error::NoKeys,
            PlanError::StartBehindEnd { from, size } => Error::StartBehindEnd { from, size },
        }
    }
}
