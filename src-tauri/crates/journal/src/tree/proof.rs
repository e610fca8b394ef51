//! Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2; the checking steps are those
//! of RFC 9162, sections 2.1.3.2 and 2.1.4.2, which accept exactly the same proofs).

use super::{Frontier, TreeError, node_hash};
use crate::Hash;

/// Where proofs read a log's leaf hashes.
pub trait LeafHashes {
    /// Error of the store behind.
    type Error: From<TreeError>;

    /// Calls `each` with the leaf hashes of entries `start..end`, in order.
    fn leaves(&self, start: u64, end: u64, each: &mut dyn FnMut(Hash)) -> Result<(), Self::Error>;

    /// Root of the complete subtree of `2^level` leaves that begins at entry `index << level`, when the
    /// store keeps such roots; `None` lets it be computed from the leaves. Override to make proofs of
    /// long logs cheap.
    fn subtree(&self, level: u32, index: u64) -> Result<Option<Hash>, Self::Error> {
        let _ = (level, index);
        Ok(None)
    }
}

impl LeafHashes for [Hash] {
    type Error = TreeError;

    fn leaves(&self, start: u64, end: u64, each: &mut dyn FnMut(Hash)) -> Result<(), TreeError> {
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        let leaves = range.and_then(|(start, end)| self.get(start..end));
        let size = self.len() as u64;
        leaves
            .ok_or(TreeError::OutOfRange { index: end, size })?
            .iter()
            .for_each(|leaf| each(*leaf));
        Ok(())
    }
}

/// Root over entries `start..end` of a log, where the range is one that RFC 6962 splits into.
fn range_root<L: LeafHashes + ?Sized>(log: &L, start: u64, end: u64) -> Result<Hash, L::Error> {
    let len = end - start;
    if len.is_power_of_two() {
        let level = len.trailing_zeros();
        if start & (len - 1) == 0
            && let Some(hash) = log.subtree(level, start >> level)?
        {
            return Ok(hash);
        }
    } else if len > 1 {
        let split = start + largest_power_below(len);
        return Ok(node_hash(
            &range_root(log, start, split)?,
            &range_root(log, split, end)?,
        ));
    }
    let mut frontier = Frontier::new();
    log.leaves(start, end, &mut |leaf| frontier.append(leaf))?;
    if frontier.size() != len {
        return Err(TreeError::MissingLeaves {
            found: frontier.size(),
            needed: len,
        }
        .into());
    }
    Ok(frontier.root())
}

/// Largest power of two strictly below `n`, for `n` of at least 2.
fn largest_power_below(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// Root of the tree of the first `size` entries.
///
/// # Errors
/// Those of the store, and [`TreeError::MissingLeaves`].
pub fn root<L: LeafHashes + ?Sized>(log: &L, size: u64) -> Result<Hash, L::Error> {
    range_root(log, 0, size)
}

/// Proof that entry `index` is in the tree of the first `size` entries; from the leaf's sibling upwards.
/// Reads every leaf hash below `size` once, unless the store keeps subtree roots.
///
/// # Errors
/// Those of the store, and [`TreeError::OutOfRange`].
pub fn inclusion_proof<L: LeafHashes + ?Sized>(
    log: &L,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, L::Error> {
    if index >= size {
        return Err(TreeError::OutOfRange { index, size }.into());
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let split = start + largest_power_below(end - start);
        if index < split {
            path.push(range_root(log, split, end)?);
            end = split;
        } else {
            path.push(range_root(log, start, split)?);
            start = split;
        }
    }
    path.reverse();
    Ok(path)
}

/// Proof that the tree of the first `size` entries continues the one of the first `old` entries.
/// Empty when the sizes are equal or `old` is 0.
///
/// # Errors
/// Those of the store, and [`TreeError::OutOfRange`] when `old > size`.
pub fn consistency_proof<L: LeafHashes + ?Sized>(
    log: &L,
    old: u64,
    size: u64,
) -> Result<Vec<Hash>, L::Error> {
    if old > size {
        return Err(TreeError::OutOfRange { index: old, size }.into());
    }
    if old == 0 || old == size {
        return Ok(Vec::new());
    }
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    // The old tree is known to the checker as long as nothing was split off its left side.
    let mut whole = true;
    while end > old {
        let split = start + largest_power_below(end - start);
        if old <= split {
            path.push(range_root(log, split, end)?);
            end = split;
        } else {
            path.push(range_root(log, start, split)?);
            start = split;
            whole = false;
        }
    }
    if !whole {
        path.push(range_root(log, start, end)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that the entry with hash `leaf` is entry `index` of the tree of `size` entries with this root.
///
/// # Errors
/// [`TreeError::OutOfRange`], [`TreeError::WrongProofLength`], [`TreeError::RootMismatch`].
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Hash,
) -> Result<(), TreeError> {
    if index >= size {
        return Err(TreeError::OutOfRange { index, size });
    }
    let (mut node_index, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for (used, sibling) in path.iter().enumerate() {
        if last == 0 {
            return Err(TreeError::WrongProofLength {
                found: path.len(),
                needed: used,
            });
        }
        if node_index & 1 == 1 || node_index == last {
            hash = node_hash(sibling, &hash);
            while node_index & 1 == 0 && node_index != 0 {
                node_index >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node_index >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(TreeError::WrongProofLength {
            found: path.len(),
            needed: path.len() + 1,
        });
    }
    if hash == *root {
        Ok(())
    } else {
        Err(TreeError::RootMismatch)
    }
}

/// Checks that the tree of `size` entries with root `new_root` continues the tree of `old` entries with
/// root `old_root`. A tree of 0 entries is continued by every tree (and its root must be the empty one).
///
/// # Errors
/// [`TreeError::OutOfRange`], [`TreeError::WrongProofLength`], [`TreeError::RootMismatch`].
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    size: u64,
    new_root: &Hash,
    path: &[Hash],
) -> Result<(), TreeError> {
    if old > size {
        return Err(TreeError::OutOfRange { index: old, size });
    }
    if old == 0 || old == size {
        if !path.is_empty() {
            return Err(TreeError::WrongProofLength {
                found: path.len(),
                needed: 0,
            });
        }
        let known = if old == 0 { super::empty_root() } else { *new_root };
        return if *old_root == known {
            Ok(())
        } else {
            Err(TreeError::RootMismatch)
        };
    }
    let (mut node, mut last) = (old - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    // A power of two is a complete subtree, so the old root itself begins the proof.
    let (first, rest) = if old.is_power_of_two() {
        (*old_root, path)
    } else {
        let (first, rest) = path
            .split_first()
            .ok_or(TreeError::WrongProofLength { found: 0, needed: 1 })?;
        (*first, rest)
    };
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(TreeError::WrongProofLength {
                found: path.len(),
                needed: path.len() - 1,
            });
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(TreeError::WrongProofLength {
            found: path.len(),
            needed: path.len() + 1,
        });
    }
    if old_hash == *old_root && new_hash == *new_root {
        Ok(())
    } else {
        Err(TreeError::RootMismatch)
    }
}
