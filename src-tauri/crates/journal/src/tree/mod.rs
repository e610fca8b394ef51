//! The Merkle tree of RFC 6962 over SHA-256: what makes a log append-only in the eyes of others.
//!
//! A log is reduced to its [`Frontier`] (at most one hash per bit of its size), from which the next root
//! follows when entries are appended. Proofs read leaf hashes through [`LeafHashes`].

mod frontier;
mod proof;

use std::collections::BTreeMap;

use crate::Hash;

pub use frontier::Frontier;
pub use proof::{LeafHashes, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion};

/// First byte of what is hashed for a leaf (RFC 6962, section 2.1).
pub(crate) const LEAF_PREFIX: u8 = 0;
const NODE_PREFIX: u8 = 1;

/// Most hashes in a proof or frontier: one per bit of a 64-bit size, and one more.
pub const MAX_PROOF: usize = 65;

/// Why a tree operation or proof is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The stored form of a frontier is not one.
    #[error("frontier bytes are malformed")]
    BadFrontier,
    /// An entry at or behind the end of the tree, or a smaller tree than the older one.
    #[error("index or size {index} outside a tree of {size}")]
    OutOfRange {
        /// Index or older size asked for.
        index: u64,
        /// Size of the tree.
        size: u64,
    },
    /// A proof with another number of hashes than this index and size need.
    #[error("proof of {found} hashes, {needed} needed")]
    WrongProofLength {
        /// Hashes found.
        found: usize,
        /// Hashes needed (at least).
        needed: usize,
    },
    /// The proof leads to another root: the entry is not in this log, or the log was rewritten.
    #[error("proof leads to another root")]
    RootMismatch,
    /// The source of leaf hashes gave another number of leaves than asked for.
    #[error("leaf hashes missing: {found} of {needed}")]
    MissingLeaves {
        /// Leaves given.
        found: u64,
        /// Leaves needed.
        needed: u64,
    },
}

impl TreeError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            TreeError::BadFrontier => "tree-bad-frontier",
            TreeError::OutOfRange { .. } => "tree-out-of-range",
            TreeError::WrongProofLength { .. } => "tree-wrong-proof-length",
            TreeError::RootMismatch => "tree-root-mismatch",
            TreeError::MissingLeaves { .. } => "tree-missing-leaves",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            TreeError::OutOfRange { index, size } => {
                vec![("index", index.to_string()), ("size", size.to_string())]
            }
            TreeError::WrongProofLength { found, needed } => {
                vec![("found", found.to_string()), ("needed", needed.to_string())]
            }
            TreeError::MissingLeaves { found, needed } => {
                vec![("found", found.to_string()), ("needed", needed.to_string())]
            }
            TreeError::BadFrontier | TreeError::RootMismatch => vec![],
        };
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

/// Hash of a leaf: SHA-256(0x00 ‖ bytes).
pub fn leaf_hash(bytes: &[u8]) -> Hash {
    Hash::of_parts(&[&[LEAF_PREFIX], bytes])
}

/// Hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[&[NODE_PREFIX], &left.0, &right.0])
}

/// Root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Hash::of(b"")
}

/// Root over leaf hashes in order.
pub fn root_of<'a>(leaves: impl IntoIterator<Item = &'a Hash>) -> Hash {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}
