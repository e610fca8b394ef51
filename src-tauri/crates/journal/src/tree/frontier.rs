//! The compact range of a log: everything needed to go on appending, without any leaf.

use super::{TreeError, empty_root, node_hash};
use crate::Hash;

/// Roots of the complete subtrees a tree of `size` leaves falls into, largest (leftmost) first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// The frontier of an empty log.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// Appends one leaf hash.
    pub fn append(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Every trailing one bit of the old size is a complete subtree waiting for its sibling.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.nodes.push(node);
        self.size += 1;
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// RFC 6962 root (of nothing: SHA-256 of the empty string).
    pub fn root(&self) -> Hash {
        let mut nodes = self.nodes.iter().rev();
        match nodes.next() {
            None => empty_root(),
            Some(last) => nodes.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// Roots of the complete subtrees, largest first.
    pub fn nodes(&self) -> &[Hash] {
        &self.nodes
    }

    /// Stored form: size as 8 bytes big-endian, then the 32-byte nodes, largest subtree first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + 32 * self.nodes.len());
        out.extend_from_slice(&self.size.to_be_bytes());
        for node in &self.nodes {
            out.extend_from_slice(&node.0);
        }
        out
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`TreeError::BadFrontier`] when the length does not fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Frontier, TreeError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(TreeError::BadFrontier)?;
        let size = u64::from_be_bytes(*size);
        if rest.len() != size.count_ones() as usize * 32 {
            return Err(TreeError::BadFrontier);
        }
        let nodes = rest
            .chunks_exact(32)
            .map(Hash::from_slice)
            .collect::<Result<_, _>>();
        Ok(Frontier {
            size,
            nodes: nodes.map_err(|_| TreeError::BadFrontier)?,
        })
    }
}
