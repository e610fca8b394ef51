//! The two files of enrolment.

use safety_journal::note::{Note, Signer, VerifierKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Certificate, EnrolError, SignedCertificate};
use crate::Result;
use crate::card::Card;

/// Largest file read, bytes.
pub const MAX_FILE: usize = 64 * 1024;
const REQUEST: &str = "outlet-safety-enrolment-request";
const APPROVAL: &str = "outlet-safety-enrolment-approval";
const VERSION: u64 = 1;

/// What a request says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    format: String,
    v: u64,
    /// The card of the one that asks.
    pub card: Card,
    /// When it was made, RFC 3339.
    pub created: String,
    /// Made in a demo world.
    pub demo: bool,
    /// Name and version of the program that made it.
    pub program: String,
}

/// What an approval says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    format: String,
    v: u64,
    /// The card of the superior.
    pub card: Card,
    /// The superior's signature over the card of the one below: a signed note.
    pub certificate: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// Made in a demo world.
    pub demo: bool,
    /// Name and version of the program that made it.
    pub program: String,
}

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// A request, to be approved by a superior.
    Request,
    /// An approval, to be accepted by the one that asked.
    Approval,
}

/// What an enrolment file says, for a person to look at. Its signature fits; whether its maker is who they say is for
/// the voices to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which file.
    pub kind: ReviewKind,
    /// Who made it.
    pub card: Card,
    /// Fingerprint of the maker, to be compared by voice.
    pub fingerprint: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// From a demo world.
    pub demo: bool,
    /// Name and version of the program that made it.
    pub program: String,
}

/// `enrol-<code>-<device>.osrequest`.
pub fn request_name(card: &Card) -> String {
    format!("enrol-{}-{}.osrequest", card.institution, card.device())
}

/// `enrol-<code>-<device>.osapproval`, after the device that asked.
pub fn approval_name(card: &Card) -> String {
    format!("enrol-{}-{}.osapproval", card.institution, card.device())
}

/// Reads either file and checks its signature.
///
/// # Errors
/// [`EnrolError::NotARequest`] for what is neither, [`EnrolError::SignatureWrong`], [`EnrolError::Newer`].
pub fn review(bytes: &[u8]) -> Result<Review, EnrolError> {
    match Request::open(bytes) {
        Ok(request) => Ok(Review {
            kind: ReviewKind::Request,
            fingerprint: request.card.fingerprint(),
            card: request.card,
            created: request.created,
            demo: request.demo,
            program: request.program,
        }),
        Err(not_a_request @ EnrolError::NotARequest { .. }) => match Approval::open(bytes) {
            Ok((approval, _)) => Ok(Review {
                kind: ReviewKind::Approval,
                fingerprint: approval.card.fingerprint(),
                card: approval.card,
                created: approval.created,
                demo: approval.demo,
                program: approval.program,
            }),
            Err(EnrolError::NotAnApproval { .. }) => Err(not_a_request),
            Err(other) => Err(other),
        },
        Err(other) => Err(other),
    }
}

impl Request {
    /// Writes a request: the bytes of the file.
    ///
    /// # Errors
    /// [`crate::Error::Note`], [`crate::Error::Card`].
    pub fn write(card: &Card, created: &str, program: &str, signer: &Signer) -> Result<String> {
        card.check()?;
        sign(
            &Request {
                format: REQUEST.to_owned(),
                v: VERSION,
                card: card.clone(),
                created: created.to_owned(),
                demo: card.is_demo(),
                program: program.to_owned(),
            },
            signer,
        )
    }

    /// Reads a request and checks that its maker holds the key it shows.
    ///
    /// # Errors
    /// [`EnrolError::NotARequest`], [`EnrolError::SignatureWrong`], [`EnrolError::Newer`].
    pub fn open(bytes: &[u8]) -> Result<Request, EnrolError> {
        let wrong = |detail: String| EnrolError::NotARequest { detail };
        let (note, request): (Note, Request) = parse(bytes, REQUEST, wrong)?;
        let verifier = card_key(&request.card, wrong)?;
        check_demo(&request.card, request.demo)?;
        note.verify(&[verifier]).map_err(|_| EnrolError::SignatureWrong)?;
        Ok(request)
    }
}

impl Approval {
    /// Writes an approval: the bytes of the file.
    ///
    /// # Errors
    /// [`crate::Error::Note`], [`crate::Error::Card`].
    pub fn write(
        card: &Card,
        certificate: &SignedCertificate,
        created: &str,
        program: &str,
        signer: &Signer,
    ) -> Result<String> {
        card.check()?;
        sign(
            &Approval {
                format: APPROVAL.to_owned(),
                v: VERSION,
                card: card.clone(),
                certificate: certificate.encode(),
                created: created.to_owned(),
                demo: card.is_demo(),
                program: program.to_owned(),
            },
            signer,
        )
    }

    /// Reads an approval and checks both signatures, of the file and of the certificate in it.
    ///
    /// # Errors
    /// [`EnrolError::NotAnApproval`], [`EnrolError::SignatureWrong`], [`EnrolError::Newer`].
    pub fn open(bytes: &[u8]) -> Result<(Approval, Certificate), EnrolError> {
        let wrong = |detail: String| EnrolError::NotAnApproval { detail };
        let (note, approval): (Note, Approval) = parse(bytes, APPROVAL, wrong)?;
        let verifier = card_key(&approval.card, wrong)?;
        check_demo(&approval.card, approval.demo)?;
        note.verify(std::slice::from_ref(&verifier))
            .map_err(|_| EnrolError::SignatureWrong)?;
        let signed = SignedCertificate::parse(approval.certificate.as_bytes())?;
        let certificate = signed.verify(&verifier)?.clone();
        Ok((approval, certificate))
    }
}

fn card_key(card: &Card, wrong: impl Fn(String) -> EnrolError) -> Result<VerifierKey, EnrolError> {
    Ok(card.check().map_err(|error| wrong(error.to_string()))?.verifier)
}

/// The mark must be in the origin, which every checkpoint repeats.
fn check_demo(card: &Card, demo: bool) -> Result<(), EnrolError> {
    if card.is_demo() == demo {
        Ok(())
    } else {
        Err(EnrolError::DemoMismatch)
    }
}

fn sign<T: Serialize>(value: &T, signer: &Signer) -> Result<String> {
    let text = pretty(value)?;
    let signatures = vec![signer.sign(&text)?];
    Ok(Note { text, signatures }.encode())
}

/// JSON as people read it, ending in a line feed. JSON text has no empty line, so it cannot be mistaken for the end of
/// the note's text.
pub(super) fn pretty<T: Serialize>(value: &T) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| EnrolError::NotARequest {
        detail: error.to_string(),
    })?;
    text.push('\n');
    Ok(text)
}

fn parse<T: DeserializeOwned>(
    bytes: &[u8],
    format: &str,
    wrong: impl Fn(String) -> EnrolError,
) -> Result<(Note, T), EnrolError> {
    if bytes.len() > MAX_FILE {
        return Err(wrong("too long".to_owned()));
    }
    let note = Note::parse(bytes).map_err(|error| wrong(error.to_string()))?;
    probe(&note.text, format, VERSION, &wrong)?;
    let value = serde_json::from_str(&note.text).map_err(|error| wrong(error.to_string()))?;
    Ok((note, value))
}

/// Reads the two members that every version has.
pub(super) fn probe(
    text: &str,
    format: &str,
    known: u64,
    wrong: impl Fn(String) -> EnrolError,
) -> Result<(), EnrolError> {
    #[derive(Deserialize)]
    struct Probe {
        format: String,
        v: u64,
    }
    let probe: Probe = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if probe.format != format {
        return Err(wrong("format is another one".to_owned()));
    }
    match probe.v {
        0 => Err(wrong("version".to_owned())),
        found if found > known => Err(EnrolError::Newer { found, known }),
        _ => Ok(()),
    }
}
