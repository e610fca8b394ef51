//! Why a bundle cannot be written or read. Each cause a person can act on differently has its own code.

use std::collections::BTreeMap;
use std::io;

use crate::Hash;
use crate::seal::Fault;

/// Why a bundle cannot be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Not a sealed file at all.
    #[error("not a bundle")]
    NotABundle,
    /// Sealed to somebody else (or the part of its head that names us is damaged).
    #[error("not sealed to this receiver")]
    WrongReceiver,
    /// The file ends early: copying it broke off.
    #[error("bundle ends early, after {read} bytes")]
    Truncated {
        /// Sealed bytes read; 0 when already the head was cut.
        read: u64,
    },
    /// The bytes were changed on the way.
    #[error("bundle is damaged")]
    Corrupted,
    /// A part, a number of parts or the whole is above its limit.
    #[error("{what} above the limit of {limit}")]
    TooLarge {
        /// What is too large, such as `blob`.
        what: &'static str,
        /// The limit, bytes or number.
        limit: u64,
    },
    /// The manifest is missing or not as the format says.
    #[error("manifest: {reason}")]
    MalformedManifest {
        /// Technical reason.
        reason: String,
    },
    /// Made by a newer program in a format this one does not know.
    #[error("format version {found}, known up to {known}")]
    NewerVersion {
        /// Version found.
        found: u64,
        /// Newest version known here.
        known: u64,
    },
    /// A part stands where it may not.
    #[error("part {name:?} out of order")]
    WrongOrder {
        /// Name of the part.
        name: String,
    },
    /// Something the manifest promises is not there.
    #[error("part {name:?} missing")]
    Missing {
        /// Name of the part or range.
        name: String,
    },
    /// Well sealed, but not put together as the format says: the fault of the program that made it.
    #[error("malformed: {reason}")]
    Malformed {
        /// Technical reason.
        reason: String,
    },
    /// An attachment whose bytes have another hash than its name.
    #[error("blob {sha256} has other content")]
    BlobMismatch {
        /// The promised hash.
        sha256: Hash,
    },
    /// Reading or writing failed below us (disk full, stick pulled out).
    #[error("input/output: {message}")]
    Io {
        /// Kind of the error.
        kind: io::ErrorKind,
        /// Technical message.
        message: String,
    },
}

impl BundleError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            BundleError::NotABundle => "bundle-not-a-bundle",
            BundleError::WrongReceiver => "bundle-wrong-receiver",
            BundleError::Truncated { .. } => "bundle-truncated",
            BundleError::Corrupted => "bundle-corrupted",
            BundleError::TooLarge { .. } => "bundle-too-large",
            BundleError::MalformedManifest { .. } => "bundle-malformed-manifest",
            BundleError::NewerVersion { .. } => "bundle-newer-version",
            BundleError::WrongOrder { .. } => "bundle-wrong-order",
            BundleError::Missing { .. } => "bundle-missing-part",
            BundleError::Malformed { .. } => "bundle-malformed",
            BundleError::BlobMismatch { .. } => "bundle-blob-mismatch",
            BundleError::Io { .. } => "bundle-io",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            BundleError::Truncated { read } => vec![("read", read.to_string())],
            BundleError::TooLarge { what, limit } => {
                vec![("what", (*what).to_owned()), ("limit", limit.to_string())]
            }
            BundleError::MalformedManifest { reason } | BundleError::Malformed { reason } => {
                vec![("reason", reason.clone())]
            }
            BundleError::NewerVersion { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            BundleError::WrongOrder { name } | BundleError::Missing { name } => vec![("name", name.clone())],
            BundleError::BlobMismatch { sha256 } => vec![("sha256", sha256.to_hex())],
            BundleError::Io { message, .. } => vec![("message", message.clone())],
            BundleError::NotABundle | BundleError::WrongReceiver | BundleError::Corrupted => vec![],
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }

    pub(crate) fn malformed(reason: impl Into<String>) -> BundleError {
        BundleError::Malformed {
            reason: reason.into(),
        }
    }

    /// From an error while writing: only the medium can fail there.
    pub(crate) fn writing(error: io::Error) -> BundleError {
        BundleError::Io {
            kind: error.kind(),
            message: error.to_string(),
        }
    }

    /// From a fault of the sealed stream after `read` sealed bytes.
    pub(crate) fn unsealing(fault: Fault, read: u64) -> BundleError {
        match fault {
            Fault::NotSealed => BundleError::NotABundle,
            Fault::WrongReceiver => BundleError::WrongReceiver,
            Fault::Truncated => BundleError::Truncated { read },
            Fault::Corrupted => BundleError::Corrupted,
            Fault::TooLong { limit } => BundleError::TooLarge { what: "file", limit },
            Fault::Io { kind, message } => BundleError::Io { kind, message },
        }
    }

    /// From an error of the decompressed stream: faults of the seal pass through; everything else is
    /// authentic data that does not decompress.
    pub(crate) fn reading(error: &io::Error, read: u64) -> BundleError {
        match Fault::of(error) {
            Some(fault) => BundleError::unsealing(fault, read),
            None => BundleError::malformed("compressed stream"),
        }
    }
}
