//! Proof of a single entry (C2SP tlog-proof): somebody who holds nothing but the public keys can see
//! that this entry stood in that outlet's log, and when a superior had it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Hash;
use crate::checkpoint::{CheckpointError, SignedCheckpoint, decimal};
use crate::entry::{self, EntryError};
use crate::note::VerifierKey;
use crate::tree::{self, TreeError};

/// First line of a proof file.
pub const MAGIC: &str = "c2sp.org/tlog-proof@v1";
/// Extension of proof files.
pub const EXTENSION: &str = "tlog-proof";
/// Longest proof file, bytes.
pub const MAX_PROOF_FILE: usize = 256 * 1024;

/// Why a proof is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Longer than [`MAX_PROOF_FILE`].
    #[error("proof of {len} bytes, at most {MAX_PROOF_FILE}")]
    TooLong {
        /// Length found, bytes.
        len: usize,
    },
    /// The first line is not that of a proof.
    #[error("not a tlog-proof file")]
    NotAProof,
    /// A line that does not fit.
    #[error("proof line {line} is malformed")]
    Malformed {
        /// Number of the line, from 1.
        line: usize,
    },
    /// No entry in the file.
    #[error("proof carries no entry")]
    NoEntry,
    /// The entry in the file is malformed.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The checkpoint is malformed or not rightly signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead to the checkpoint's root.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

impl ProofError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            ProofError::TooLong { .. } => "proof-too-long",
            ProofError::NotAProof => "proof-not-a-proof",
            ProofError::Malformed { .. } => "proof-malformed",
            ProofError::NoEntry => "proof-no-entry",
            ProofError::Entry(error) => error.code(),
            ProofError::Checkpoint(error) => error.code(),
            ProofError::Tree(error) => error.code(),
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        match self {
            ProofError::TooLong { len } => [("len".to_owned(), len.to_string())].into(),
            ProofError::Malformed { line } => [("line".to_owned(), line.to_string())].into(),
            ProofError::NotAProof | ProofError::NoEntry => BTreeMap::new(),
            ProofError::Entry(error) => error.fields(),
            ProofError::Checkpoint(error) => error.fields(),
            ProofError::Tree(error) => error.fields(),
        }
    }
}

/// One entry with everything needed to check it offline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The entry line, carried in the file's `extra` line; unauthenticated until [`Proof::verify`].
    pub entry: Option<Vec<u8>>,
    /// Index of the entry in the log, from 0.
    pub index: u64,
    /// Inclusion proof, from the leaf's sibling upwards.
    pub path: Vec<Hash>,
    /// Checkpoint with its cosignatures.
    pub checkpoint: SignedCheckpoint,
}

/// What a verified proof says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The log.
    pub origin: String,
    /// Size of the log at the checkpoint.
    pub size: u64,
    /// Index of the entry.
    pub index: u64,
    /// Leaf hash of the entry.
    pub leaf: Hash,
    /// Known cosigners with their (latest) times in POSIX seconds, in the order of the keys given.
    pub cosigned: Vec<(String, u64)>,
}

impl Proof {
    /// The text of the proof file.
    pub fn encode(&self) -> String {
        let mut out = format!("{MAGIC}\n");
        if let Some(entry) = &self.entry {
            out.push_str(&format!("extra {}\n", STANDARD.encode(entry)));
        }
        out.push_str(&format!("index {}\n", self.index));
        for hash in &self.path {
            out.push_str(&hash.to_base64());
            out.push('\n');
        }
        out.push('\n');
        out.push_str(&self.checkpoint.encode());
        out
    }

    /// Reads a proof file; verifies nothing.
    ///
    /// # Errors
    /// [`ProofError`] for every departure from the form.
    pub fn parse(bytes: &[u8]) -> Result<Proof, ProofError> {
        if bytes.len() > MAX_PROOF_FILE {
            return Err(ProofError::TooLong { len: bytes.len() });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ProofError::NotAProof)?;
        let rest = text.strip_prefix(MAGIC).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.ok_or(ProofError::NotAProof)?;
        let (head, checkpoint) = rest.split_once("\n\n").ok_or(ProofError::Malformed { line: 2 })?;
        let mut lines = (2..).zip(head.split('\n')).peekable();
        let mut entry = None;
        if let Some((line, extra)) = lines.peek()
            && let Some(extra) = extra.strip_prefix("extra ")
        {
            let bytes = STANDARD
                .decode(extra)
                .map_err(|_| ProofError::Malformed { line: *line })?;
            entry = Some(bytes);
            lines.next();
        }
        let (line, index) = lines.next().ok_or(ProofError::Malformed { line: 2 })?;
        let index = index.strip_prefix("index ").and_then(decimal);
        let index = index.ok_or(ProofError::Malformed { line })?;
        let mut path = Vec::new();
        for (line, text) in lines {
            if path.len() == tree::MAX_PROOF {
                return Err(ProofError::Malformed { line });
            }
            path.push(Hash::from_base64(text).map_err(|_| ProofError::Malformed { line })?);
        }
        let checkpoint = SignedCheckpoint::parse(checkpoint.as_bytes())?;
        Ok(Proof {
            entry,
            index,
            path,
            checkpoint,
        })
    }

    /// Verifies the carried entry against the log's keys and the known cosigners' keys.
    ///
    /// # Errors
    /// [`ProofError::NoEntry`] when the file carries none; otherwise as [`Proof::verify_leaf`].
    pub fn verify(
        &self,
        log_keys: &[VerifierKey],
        cosigners: &[VerifierKey],
    ) -> Result<Verified, ProofError> {
        let line = self.entry.as_deref().ok_or(ProofError::NoEntry)?;
        self.verify_leaf(entry::parse_line(line)?.leaf(), log_keys, cosigners)
    }

    /// Verifies that the entry with this leaf hash is in the log: log signature, every cosignature of a
    /// known cosigner, inclusion path. How many cosigners are enough is for the caller to say.
    ///
    /// # Errors
    /// [`ProofError::Checkpoint`], [`ProofError::Tree`].
    pub fn verify_leaf(
        &self,
        leaf: Hash,
        log_keys: &[VerifierKey],
        cosigners: &[VerifierKey],
    ) -> Result<Verified, ProofError> {
        self.checkpoint.verify(log_keys)?;
        let mut cosigned = Vec::new();
        for key in cosigners {
            if let Some(time) = self.checkpoint.cosigned_at(key)? {
                cosigned.push((key.name().to_owned(), time));
            }
        }
        let head = self.checkpoint.checkpoint();
        tree::verify_inclusion(&leaf, self.index, head.size, &self.path, &head.root)?;
        Ok(Verified {
            origin: head.origin.clone(),
            size: head.size,
            index: self.index,
            leaf,
            cosigned,
        })
    }
}
