//! Why an enrolment is refused.

use std::collections::BTreeMap;

use safety_domain::institution::Level;

use crate::card::level_name;

/// Why an enrolment is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// The file is no request.
    #[error("not a request: {detail}")]
    NotARequest {
        /// Technical reason.
        detail: String,
    },
    /// The file is no approval.
    #[error("not an approval: {detail}")]
    NotAnApproval {
        /// Technical reason.
        detail: String,
    },
    /// Made by a newer program in a format this one does not know.
    #[error("format version {found}, known up to {known}")]
    Newer {
        /// Version found.
        found: u64,
        /// Newest version known here.
        known: u64,
    },
    /// The signature does not fit: the file was changed, or its maker does not hold the key.
    #[error("signature wrong")]
    SignatureWrong,
    /// The fingerprint told by voice is another one.
    #[error("fingerprint differs")]
    FingerprintDiffers,
    /// The certificate is for another device.
    #[error("certificate for {origin}")]
    OtherDevice {
        /// Origin the certificate is for.
        origin: String,
    },
    /// A demo world and a real one never exchange.
    #[error("demo and real world")]
    DemoMismatch,
    /// A superior must be above the one below.
    #[error("level {upper:?} is not above {lower:?}")]
    LevelWrong {
        /// Level of the one that would be superior.
        upper: Level,
        /// Level of the one that would be below.
        lower: Level,
    },
    /// This device is enrolled already.
    #[error("{institution} enrolled already")]
    Already {
        /// Code of the institution.
        institution: String,
    },
    /// Another device of the same institution is active; a second one has to be asked for expressly.
    #[error("another device of {institution} is active")]
    CodeTaken {
        /// Code of the institution.
        institution: String,
        /// Origin of the device that is active.
        origin: String,
    },
    /// This institution has another superior.
    #[error("superior is {institution}")]
    HasSuperior {
        /// Code of the present superior.
        institution: String,
    },
    /// The device was revoked here.
    #[error("device {origin} was revoked")]
    Revoked {
        /// Origin of the device.
        origin: String,
    },
}

impl EnrolError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            EnrolError::NotARequest { .. } => "enrol-not-a-request",
            EnrolError::NotAnApproval { .. } => "enrol-not-an-approval",
            EnrolError::Newer { .. } => "enrol-newer-format",
            EnrolError::SignatureWrong => "enrol-signature-wrong",
            EnrolError::FingerprintDiffers => "enrol-fingerprint-differs",
            EnrolError::OtherDevice { .. } => "enrol-other-device",
            EnrolError::DemoMismatch => "enrol-demo-mismatch",
            EnrolError::LevelWrong { .. } => "enrol-level-wrong",
            EnrolError::Already { .. } => "enrol-already",
            EnrolError::CodeTaken { .. } => "enrol-code-taken",
            EnrolError::HasSuperior { .. } => "enrol-has-superior",
            EnrolError::Revoked { .. } => "enrol-revoked",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            EnrolError::NotARequest { detail } | EnrolError::NotAnApproval { detail } => {
                vec![("detail", detail.clone())]
            }
            EnrolError::Newer { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            EnrolError::OtherDevice { origin } | EnrolError::Revoked { origin } => {
                vec![("origin", origin.clone())]
            }
            EnrolError::LevelWrong { upper, lower } => vec![
                ("upper", level_name(*upper).to_owned()),
                ("lower", level_name(*lower).to_owned()),
            ],
            EnrolError::Already { institution } | EnrolError::HasSuperior { institution } => {
                vec![("institution", institution.clone())]
            }
            EnrolError::CodeTaken { institution, origin } => {
                vec![("institution", institution.clone()), ("origin", origin.clone())]
            }
            EnrolError::SignatureWrong | EnrolError::FingerprintDiffers | EnrolError::DemoMismatch => {
                Vec::new()
            }
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}
