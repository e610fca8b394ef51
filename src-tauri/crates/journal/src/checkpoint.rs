//! Checkpoints (C2SP tlog-checkpoint) and receipts (C2SP tlog-cosignature, `cosignature/v1`).
//!
//! A checkpoint says "my log has this many entries and this root". A receipt is the same checkpoint with
//! the line of the receiver, who thereby says "at this time I held all of it".

use std::collections::BTreeMap;

use crate::Hash;
use crate::note::{KeyType, Note, NoteError, Signature, Signer, VerifierKey};

/// Longest origin, bytes.
pub const MAX_ORIGIN: usize = 255;
/// Prefix of origins in demo worlds.
pub const DEMO_PREFIX: &str = "demo.";

/// Why a checkpoint or receipt is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The signed note around it is malformed or not rightly signed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not origin, size, root.
    #[error("checkpoint line {line} is malformed")]
    Malformed {
        /// Number of the line, from 1.
        line: usize,
    },
    /// Signed by a known key, but one of another log.
    #[error("checkpoint of {origin} signed by another log's key")]
    WrongOrigin {
        /// Origin in the checkpoint.
        origin: String,
    },
    /// A cosignature that is not 8 bytes of time and 64 of signature, or a time out of range.
    #[error("cosignature of {name} is malformed")]
    BadCosignature {
        /// Name of the key.
        name: String,
    },
    /// Two copies that are not of the same checkpoint.
    #[error("copies of different checkpoints cannot be merged")]
    Different,
}

impl CheckpointError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            CheckpointError::Note(error) => error.code(),
            CheckpointError::Malformed { .. } => "checkpoint-malformed",
            CheckpointError::WrongOrigin { .. } => "checkpoint-wrong-origin",
            CheckpointError::BadCosignature { .. } => "checkpoint-bad-cosignature",
            CheckpointError::Different => "checkpoint-different",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pair = match self {
            CheckpointError::Note(error) => return error.fields(),
            CheckpointError::Malformed { line } => ("line", line.to_string()),
            CheckpointError::WrongOrigin { origin } => ("origin", origin.clone()),
            CheckpointError::BadCosignature { name } => ("name", name.clone()),
            CheckpointError::Different => return BTreeMap::new(),
        };
        [(pair.0.to_owned(), pair.1)].into()
    }
}

/// The head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log, such as `outlet-safety/330100001/1f2e3d4c`.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Whether the log belongs to a demo world.
    pub fn is_demo(&self) -> bool {
        self.origin.starts_with(DEMO_PREFIX)
    }

    /// The note text: three lines, each ending in a line feed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())
    }

    /// Reads a note text. Extension lines, which the specification advises against, are refused: nothing
    /// here would look at what they say.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`] with the line.
    pub fn parse_text(text: &str) -> Result<Checkpoint, CheckpointError> {
        let bad = |line| CheckpointError::Malformed { line };
        let mut lines = text.split('\n');
        let origin = lines.next().filter(|line| valid_origin(line)).ok_or(bad(1))?;
        let size = lines.next().and_then(decimal).ok_or(bad(2))?;
        let root = lines
            .next()
            .and_then(|line| Hash::from_base64(line).ok())
            .ok_or(bad(3))?;
        if lines.next() != Some("") || lines.next().is_some() {
            return Err(bad(4));
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size,
            root,
        })
    }

    /// Signs this checkpoint with the log's own key, whose name must be the origin.
    ///
    /// # Errors
    /// [`CheckpointError::WrongOrigin`], [`CheckpointError::Malformed`] for an origin that is none,
    /// [`NoteError::WrongKeyType`].
    pub fn sign(&self, signer: &Signer) -> Result<SignedCheckpoint, CheckpointError> {
        if !valid_origin(&self.origin) {
            return Err(CheckpointError::Malformed { line: 1 });
        }
        if signer.verifier().name() != self.origin {
            return Err(CheckpointError::WrongOrigin {
                origin: self.origin.clone(),
            });
        }
        let text = self.text();
        let signatures = vec![signer.sign(&text)?];
        Ok(SignedCheckpoint {
            checkpoint: self.clone(),
            note: Note { text, signatures },
        })
    }
}

fn valid_origin(origin: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    !origin.is_empty() && origin.len() <= MAX_ORIGIN && !origin.contains(bad)
}

/// ASCII decimal without leading zeros.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text == "0" || !text.starts_with('0');
    (digits && plain).then(|| text.parse().ok()).flatten()
}

/// A checkpoint with its signature lines. Nothing is believed before [`SignedCheckpoint::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads the note and its three lines; verifies nothing.
    ///
    /// # Errors
    /// [`CheckpointError::Note`], [`CheckpointError::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<SignedCheckpoint, CheckpointError> {
        let note = Note::parse(bytes)?;
        let checkpoint = Checkpoint::parse_text(&note.text)?;
        Ok(SignedCheckpoint { checkpoint, note })
    }

    /// Reads and verifies in one step.
    ///
    /// # Errors
    /// Those of [`SignedCheckpoint::parse`] and [`SignedCheckpoint::verify`].
    pub fn open(bytes: &[u8], keys: &[VerifierKey]) -> Result<SignedCheckpoint, CheckpointError> {
        let signed = SignedCheckpoint::parse(bytes)?;
        signed.verify(keys)?;
        Ok(signed)
    }

    /// What is claimed; true only after [`SignedCheckpoint::verify`].
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note with all its lines.
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// The bytes of the note.
    pub fn encode(&self) -> String {
        self.note.encode()
    }

    /// Verifies that the log itself signed: at least one line of a given key whose name is the origin,
    /// and no line of such a key that fails. Returns the first key that signed.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`], [`NoteError::UnknownSigner`]; [`CheckpointError::WrongOrigin`] when
    /// only keys of other logs signed.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<&'k VerifierKey, CheckpointError> {
        let signed = self.note.verify(keys)?;
        let own = signed
            .into_iter()
            .find(|key| key.name() == self.checkpoint.origin);
        own.ok_or_else(|| CheckpointError::WrongOrigin {
            origin: self.checkpoint.origin.clone(),
        })
    }

    /// Countersigns as of `time` (POSIX seconds). The caller must have stored everything below the
    /// checkpoint's size before.
    ///
    /// # Errors
    /// [`NoteError::WrongKeyType`]; [`CheckpointError::BadCosignature`] for a time above 2^63 − 1.
    pub fn cosign(&self, cosigner: &Signer, time: u64) -> Result<Signature, CheckpointError> {
        cosigner.needs(KeyType::CosignatureV1)?;
        if i64::try_from(time).is_err() {
            return Err(CheckpointError::BadCosignature {
                name: cosigner.verifier().name().to_owned(),
            });
        }
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend_from_slice(&cosigner.raw(cosigned_message(time, &self.note.text).as_bytes()));
        Ok(cosigner.signature(bytes))
    }

    /// This checkpoint with one more cosignature line: a receipt.
    ///
    /// # Errors
    /// Those of [`SignedCheckpoint::cosign`].
    pub fn with_cosignature(
        &self,
        cosigner: &Signer,
        time: u64,
    ) -> Result<SignedCheckpoint, CheckpointError> {
        let mut receipt = self.clone();
        let line = self.cosign(cosigner, time)?;
        receipt.note.signatures.push(line);
        Ok(receipt)
    }

    /// Verifies every cosignature line of `key` and returns the latest time (POSIX seconds); `None` when
    /// there is no line of that key.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`], [`CheckpointError::BadCosignature`], [`NoteError::WrongKeyType`].
    pub fn cosigned_at(&self, key: &VerifierKey) -> Result<Option<u64>, CheckpointError> {
        if key.kind() != KeyType::CosignatureV1 {
            return Err(NoteError::WrongKeyType {
                found: key.kind().byte(),
            }
            .into());
        }
        let mut latest = None;
        for signature in self
            .note
            .signatures
            .iter()
            .filter(|signature| key.signed(signature))
        {
            let bad = || CheckpointError::BadCosignature {
                name: key.name().to_owned(),
            };
            let (time, bytes) = signature.bytes.split_first_chunk::<8>().ok_or_else(bad)?;
            let time = u64::from_be_bytes(*time);
            if bytes.len() != 64 || i64::try_from(time).is_err() {
                return Err(bad());
            }
            key.check(cosigned_message(time, &self.note.text).as_bytes(), bytes)?;
            latest = latest.max(Some(time));
        }
        Ok(latest)
    }

    /// All signature lines of two copies of the same checkpoint, each once: this copy's first, then the
    /// other's that are new.
    ///
    /// # Errors
    /// [`CheckpointError::Different`]; [`NoteError::TooManySignatures`].
    pub fn merge(&self, other: &SignedCheckpoint) -> Result<SignedCheckpoint, CheckpointError> {
        if self.note.text != other.note.text {
            return Err(CheckpointError::Different);
        }
        let mut merged = self.clone();
        for signature in &other.note.signatures {
            if !merged.note.signatures.contains(signature) {
                merged.note.signatures.push(signature.clone());
            }
        }
        if merged.note.signatures.len() > crate::note::MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures.into());
        }
        Ok(merged)
    }
}

fn cosigned_message(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}
