//! Why a bundle is refused or has to wait. Each cause a person can act on differently has its own code.

use std::collections::BTreeMap;
use std::io;

use safety_journal::Hash;
use safety_journal::bundle::{self, BundleError};
use safety_journal::seal::{LENGTH_REMAINDER, LENGTH_UNIT};

use crate::Error;

/// Why a bundle is refused or has to wait.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file cannot be read, or is not what the format says.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A demo world and a real one never exchange.
    #[error("demo and real world")]
    DemoMismatch,
    /// No device of this origin is enrolled.
    #[error("unknown sender {origin}")]
    UnknownSender {
        /// Origin of the sender's log.
        origin: String,
    },
    /// The sending device was revoked.
    #[error("revoked sender {origin}")]
    RevokedSender {
        /// Origin of the sender's log.
        origin: String,
    },
    /// The sending device gave way to another.
    #[error("replaced sender {origin}")]
    ReplacedSender {
        /// Origin of the sender's log.
        origin: String,
    },
    /// An upward bundle from above or a reply from below.
    #[error("wrong direction from {origin}")]
    WrongDirection {
        /// Origin of the sender's log.
        origin: String,
    },
    /// A checkpoint, receipt or certificate is not signed as it has to be.
    #[error("{what} of {origin}: {detail}")]
    SignatureWrong {
        /// `checkpoint`, `receipt` or `certificate`.
        what: &'static str,
        /// Origin of the log it is about.
        origin: String,
        /// Technical reason.
        detail: String,
    },
    /// Entries are missing before those in the bundle. It waits; the entries `from..to` have to be sent.
    #[error("gap in {origin}: {from}..{to} missing before {start}..{end}")]
    Gap {
        /// The log.
        origin: String,
        /// First missing entry.
        from: u64,
        /// Index behind the last missing one.
        to: u64,
        /// First entry in the bundle.
        start: u64,
        /// Index behind the last.
        end: u64,
    },
    /// The device has signed two histories that contradict each other; the other one's head is kept as evidence.
    #[error("{origin} forked before {size}")]
    Forked {
        /// The log.
        origin: String,
        /// First entry that differs, when it is known.
        seq: Option<u64>,
        /// Size of the head that contradicts.
        size: u64,
    },
    /// The entries do not make up the root that was signed, and nothing proves that the signer is to blame.
    #[error("{origin}: root at {size} differs")]
    RootDiffers {
        /// The log.
        origin: String,
        /// Size of the signed head.
        size: u64,
    },
    /// The superior holds more than there is here: this store was restored from an older copy.
    #[error("{origin} has {size} entries, receipt for {receipted}")]
    RolledBack {
        /// The log.
        origin: String,
        /// Entries here.
        size: u64,
        /// Entries in the receipt.
        receipted: u64,
    },
    /// A receipt for a log that is not kept here.
    #[error("receipt for {origin}")]
    ReceiptNotOurs {
        /// The log.
        origin: String,
    },
    /// A receipt by nobody who is enrolled here.
    #[error("receipt for {origin} by nobody known")]
    ReceiptUnknownSigner {
        /// The log.
        origin: String,
    },
    /// An entry is not as the format says.
    #[error("entry: {code}")]
    Entry {
        /// Code of the fault.
        code: &'static str,
        /// Values of the fault.
        fields: BTreeMap<String, String>,
    },
    /// An outlet's log with an entry of another institution.
    #[error("{origin}#{seq} of {institution}")]
    ForeignInstitution {
        /// The log.
        origin: String,
        /// The entry.
        seq: u64,
        /// Institution the entry says it belongs to.
        institution: String,
    },
}

impl Refusal {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Bundle(error) => error.code(),
            Refusal::DemoMismatch => "bundle-demo-mismatch",
            Refusal::UnknownSender { .. } => "bundle-unknown-sender",
            Refusal::RevokedSender { .. } => "bundle-revoked-sender",
            Refusal::ReplacedSender { .. } => "bundle-replaced-sender",
            Refusal::WrongDirection { .. } => "bundle-wrong-direction",
            Refusal::SignatureWrong { .. } => "bundle-signature-wrong",
            Refusal::Gap { .. } => "bundle-gap",
            Refusal::Forked { .. } => "log-forked",
            Refusal::RootDiffers { .. } => "bundle-root-differs",
            Refusal::RolledBack { .. } => "rolled-back",
            Refusal::ReceiptNotOurs { .. } => "receipt-not-ours",
            Refusal::ReceiptUnknownSigner { .. } => "receipt-unknown-signer",
            Refusal::Entry { code, .. } => code,
            Refusal::ForeignInstitution { .. } => "bundle-foreign-institution",
        }
    }

    /// Values for the message.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Refusal::Bundle(error) => return error.fields(),
            Refusal::Entry { fields, .. } => return fields.clone(),
            Refusal::DemoMismatch => Vec::new(),
            Refusal::UnknownSender { origin }
            | Refusal::RevokedSender { origin }
            | Refusal::ReplacedSender { origin }
            | Refusal::WrongDirection { origin }
            | Refusal::ReceiptNotOurs { origin }
            | Refusal::ReceiptUnknownSigner { origin } => vec![("origin", origin.clone())],
            Refusal::SignatureWrong { what, origin, detail } => {
                vec![
                    ("what", (*what).to_owned()),
                    ("origin", origin.clone()),
                    ("detail", detail.clone()),
                ]
            }
            Refusal::Gap {
                origin,
                from,
                to,
                start,
                end,
            } => vec![
                ("origin", origin.clone()),
                ("from", from.to_string()),
                ("to", to.to_string()),
                ("start", start.to_string()),
                ("end", end.to_string()),
            ],
            Refusal::Forked { origin, seq, size } => vec![
                ("origin", origin.clone()),
                ("seq", seq.map(|seq| seq.to_string()).unwrap_or_default()),
                ("size", size.to_string()),
            ],
            Refusal::RootDiffers { origin, size } => {
                vec![("origin", origin.clone()), ("size", size.to_string())]
            }
            Refusal::RolledBack {
                origin,
                size,
                receipted,
            } => vec![
                ("origin", origin.clone()),
                ("size", size.to_string()),
                ("receipted", receipted.to_string()),
            ],
            Refusal::ForeignInstitution {
                origin,
                seq,
                institution,
            } => vec![
                ("origin", origin.clone()),
                ("seq", seq.to_string()),
                ("institution", institution.clone()),
            ],
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }

    /// The range of a bundle that waits.
    pub(super) fn range(&self) -> Option<(&str, u64, u64)> {
        match self {
            Refusal::Gap {
                origin, start, end, ..
            } => Some((origin, *start, *end)),
            _ => None,
        }
    }

    pub(super) fn unreadable(error: &io::Error) -> Refusal {
        Refusal::Bundle(BundleError::Io {
            kind: error.kind(),
            message: error.to_string(),
        })
    }

    /// A damaged head looks like a bundle for somebody else, or like none. A file whose name carries the hash of its
    /// bytes, and that has another one, was damaged or cut off on the way.
    pub(super) fn in_the_light_of(self, name: &str, sha256: Option<&Hash>, bytes: u64) -> Refusal {
        let doubtful = matches!(
            self,
            Refusal::Bundle(BundleError::WrongReceiver | BundleError::NotABundle)
        );
        let promised = name
            .strip_suffix(bundle::EXTENSION)
            .and_then(|stem| stem.strip_suffix('.'))
            .and_then(|stem| stem.rsplit('-').next())
            .filter(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let (Some(promised), Some(sha256), true) = (promised, sha256, doubtful) else {
            return self;
        };
        if sha256.to_hex().starts_with(promised) {
            self
        } else if bytes % LENGTH_UNIT == LENGTH_REMAINDER {
            Refusal::Bundle(BundleError::Corrupted)
        } else {
            Refusal::Bundle(BundleError::Truncated { read: bytes })
        }
    }
}

/// How taking a bundle ends early: it is refused, or this side fails.
#[derive(Debug)]
pub(super) enum Fault {
    Refused(Refusal),
    Failed(Box<Error>),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

impl From<BundleError> for Fault {
    fn from(error: BundleError) -> Fault {
        Fault::Refused(Refusal::Bundle(error))
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        match error {
            Error::Store(error) => error.into(),
            other => Fault::Failed(Box::new(other)),
        }
    }
}

impl From<safety_store::Error> for Fault {
    fn from(error: safety_store::Error) -> Fault {
        use safety_store::Error as Store;
        match error {
            Store::Entry(_) | Store::Header(_) => Fault::Refused(Refusal::of_line(&error)),
            // Size unknown here; the caller that knows the checkpoint fills it in.
            Store::Fork { origin, seq } => Fault::Refused(Refusal::Forked {
                origin,
                seq: Some(seq),
                size: 0,
            }),
            other => Fault::Failed(Box::new(other.into())),
        }
    }
}

impl Refusal {
    /// A line that could not be read.
    pub(super) fn of_line(error: &safety_store::Error) -> Refusal {
        Refusal::Entry {
            code: error.code(),
            fields: error.fields(),
        }
    }
}
