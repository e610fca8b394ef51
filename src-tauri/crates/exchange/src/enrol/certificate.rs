//! A superior's signature over the card of a device below it. It is what a third institution believes that card by,
//! once it believes the superior: records pass on through several levels and stay verifiable as their author's.

use safety_journal::note::{Note, Signer, VerifierKey};
use serde::{Deserialize, Serialize};

use super::EnrolError;
use super::file::MAX_FILE;
use crate::Result;
use crate::card::Card;

/// Value of `format`.
const FORMAT: &str = "outlet-safety-certificate";
const VERSION: u64 = 1;

/// What a superior says of a device below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    format: String,
    v: u64,
    /// Origin of the device that signs.
    pub issuer: String,
    /// The card it signs.
    pub card: Card,
    /// First entry of the log the key is good for.
    pub from: u64,
    /// When it was issued, RFC 3339.
    pub issued: String,
}

/// A certificate with the signature it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCertificate {
    certificate: Certificate,
    note: Note,
}

impl Certificate {
    /// Signs a card.
    ///
    /// # Errors
    /// [`crate::Error::Note`] for a key of another kind.
    pub fn issue(card: &Card, issued: &str, signer: &Signer) -> Result<SignedCertificate> {
        let certificate = Certificate {
            format: FORMAT.to_owned(),
            v: VERSION,
            issuer: signer.verifier().name().to_owned(),
            card: card.clone(),
            from: 0,
            issued: issued.to_owned(),
        };
        let text = super::file::pretty(&certificate)?;
        let signatures = vec![signer.sign(&text)?];
        Ok(SignedCertificate {
            certificate,
            note: Note { text, signatures },
        })
    }
}

impl SignedCertificate {
    /// Reads a certificate and holds the card in it to its form. Nothing is believed before
    /// [`SignedCertificate::verify`].
    ///
    /// # Errors
    /// [`EnrolError::NotAnApproval`], [`EnrolError::Newer`].
    pub fn parse(bytes: &[u8]) -> Result<SignedCertificate, EnrolError> {
        let wrong = |detail: String| EnrolError::NotAnApproval { detail };
        if bytes.len() > MAX_FILE {
            return Err(wrong("too long".to_owned()));
        }
        let note = Note::parse(bytes).map_err(|error| wrong(error.to_string()))?;
        super::file::probe(&note.text, FORMAT, VERSION, wrong)?;
        let certificate: Certificate =
            serde_json::from_str(&note.text).map_err(|error| wrong(error.to_string()))?;
        certificate
            .card
            .check()
            .map_err(|error| wrong(error.to_string()))?;
        Ok(SignedCertificate { certificate, note })
    }

    /// Verifies that the device with this key issued it.
    ///
    /// # Errors
    /// [`EnrolError::SignatureWrong`].
    pub fn verify(&self, issuer: &VerifierKey) -> Result<&Certificate, EnrolError> {
        let signed = self.note.verify(std::slice::from_ref(issuer)).is_ok();
        if signed && self.certificate.issuer == issuer.name() {
            Ok(&self.certificate)
        } else {
            Err(EnrolError::SignatureWrong)
        }
    }

    /// What is claimed; true only after [`SignedCertificate::verify`].
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The bytes of the note.
    pub fn encode(&self) -> String {
        self.note.encode()
    }
}
