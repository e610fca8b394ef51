//! The tree against the test tree of the Certificate Transparency implementations, against the crate
//! `ct-merkle`, and against itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use safety_journal::Hash;
use safety_journal::tree::{
    Frontier, LeafHashes, TreeError, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash,
    root, root_of, verify_consistency, verify_inclusion,
};
use sha2::Sha256;

fn leaves(size: u64) -> Vec<Hash> {
    (0..size)
        .map(|index| leaf_hash(format!("entry {index}").as_bytes()))
        .collect()
}

/// Inputs and roots of the reference tree that Certificate Transparency programs share.
#[test]
fn the_known_tree_of_eight_leaves() {
    let inputs: [&[u8]; 8] = [
        b"",
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
        ],
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    assert_eq!(
        empty_root().to_hex(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    let mut frontier = Frontier::new();
    for (input, expected) in inputs.iter().zip(roots) {
        frontier.append(leaf_hash(input));
        assert_eq!(frontier.root().to_hex(), expected, "size {}", frontier.size());
    }
}

#[test]
fn roots_and_proofs_are_those_of_ct_merkle() {
    for size in 1..40u64 {
        let mut other: MemoryBackedTree<Sha256, Vec<u8>> = MemoryBackedTree::new();
        (0..size).for_each(|index| other.push(format!("entry {index}").into_bytes()));
        let own = leaves(size);
        assert_eq!(
            root_of(&own).0,
            <[u8; 32]>::from(*other.root().as_bytes()),
            "size {size}"
        );
        for index in 0..size {
            let bytes: Vec<u8> = inclusion_proof(&own[..], index, size)
                .unwrap()
                .iter()
                .flat_map(|h| h.0)
                .collect();
            assert_eq!(
                bytes,
                other.prove_inclusion(index as usize).as_bytes(),
                "{index} of {size}"
            );
        }
        for old in 1..size {
            let bytes: Vec<u8> = consistency_proof(&own[..], old, size)
                .unwrap()
                .iter()
                .flat_map(|h| h.0)
                .collect();
            let theirs = other.prove_consistency((size - old) as usize);
            assert_eq!(bytes, theirs.as_bytes(), "{old} to {size}");
        }
    }
}

#[test]
fn every_proof_of_every_small_tree_holds_and_no_other_does() {
    let all = leaves(33);
    let wrong = leaf_hash(b"another");
    for size in 1..=33u64 {
        let head = root(&all[..], size).unwrap();
        assert_eq!(head, root_of(&all[..size as usize]));
        for index in 0..size {
            let path = inclusion_proof(&all[..], index, size).unwrap();
            let leaf = &all[index as usize];
            assert_eq!(verify_inclusion(leaf, index, size, &path, &head), Ok(()));
            assert!(verify_inclusion(&wrong, index, size, &path, &head).is_err());
            for other in (0..size).filter(|other| *other != index) {
                assert!(
                    verify_inclusion(leaf, other, size, &path, &head).is_err(),
                    "{index} as {other} of {size}"
                );
            }
            let mut longer = path.clone();
            longer.push(wrong);
            assert!(verify_inclusion(leaf, index, size, &longer, &head).is_err());
            for cut in 0..path.len() {
                assert!(verify_inclusion(leaf, index, size, &path[..cut], &head).is_err());
                let mut changed = path.clone();
                changed[cut] = wrong;
                assert_eq!(
                    verify_inclusion(leaf, index, size, &changed, &head),
                    Err(TreeError::RootMismatch)
                );
            }
        }
        for old in 0..=size {
            let before = root(&all[..], old).unwrap();
            let path = consistency_proof(&all[..], old, size).unwrap();
            assert_eq!(
                verify_consistency(old, &before, size, &head, &path),
                Ok(()),
                "{old} to {size}"
            );
            assert!(verify_consistency(old, &wrong, size, &head, &path).is_err());
            assert!(old == 0 || verify_consistency(old, &before, size, &wrong, &path).is_err());
            let mut longer = path.clone();
            longer.push(wrong);
            assert!(verify_consistency(old, &before, size, &head, &longer).is_err());
            for cut in 0..path.len() {
                assert!(verify_consistency(old, &before, size, &head, &path[..cut]).is_err());
            }
        }
    }
}

#[test]
fn out_of_range_is_refused() {
    let all = leaves(4);
    let outside = TreeError::OutOfRange { index: 4, size: 4 };
    assert_eq!(inclusion_proof(&all[..], 4, 4), Err(outside.clone()));
    assert_eq!(verify_inclusion(&all[0], 4, 4, &[], &all[0]), Err(outside));
    assert_eq!(
        consistency_proof(&all[..], 5, 4),
        Err(TreeError::OutOfRange { index: 5, size: 4 })
    );
    assert!(root(&all[..], 5).is_err());
    assert_eq!(TreeError::RootMismatch.code(), "tree-root-mismatch");
}

/// A store that keeps the roots of subtrees and counts how many leaves are read.
struct Cached {
    leaves: Vec<Hash>,
    read: std::cell::Cell<u64>,
}

impl LeafHashes for Cached {
    type Error = TreeError;

    fn leaves(&self, start: u64, end: u64, each: &mut dyn FnMut(Hash)) -> Result<(), TreeError> {
        self.read.set(self.read.get() + end - start);
        self.leaves[..].leaves(start, end, each)
    }

    fn subtree(&self, level: u32, index: u64) -> Result<Option<Hash>, TreeError> {
        let start = (index as usize) << level;
        Ok(Some(root_of(&self.leaves[start..start + (1 << level)])))
    }
}

#[test]
fn kept_subtree_roots_spare_the_leaves_and_change_nothing() {
    let store = Cached {
        leaves: leaves(1000),
        read: std::cell::Cell::new(0),
    };
    for (index, size) in [(0, 1000), (512, 1000), (999, 1000), (3, 7)] {
        let plain = inclusion_proof(&store.leaves[..], index, size).unwrap();
        assert_eq!(inclusion_proof(&store, index, size).unwrap(), plain);
    }
    assert_eq!(
        consistency_proof(&store, 700, 1000),
        consistency_proof(&store.leaves[..], 700, 1000)
    );
    assert_eq!(store.read.get(), 0);
}

#[test]
fn frontier_bytes_of_wrong_length_are_refused() {
    let mut frontier = Frontier::new();
    leaves(11).into_iter().for_each(|leaf| frontier.append(leaf));
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 3 * 32);
    for cut in 0..bytes.len() {
        assert_eq!(Frontier::from_bytes(&bytes[..cut]), Err(TreeError::BadFrontier));
    }
    assert_eq!(
        Frontier::from_bytes(&Frontier::new().to_bytes()),
        Ok(Frontier::new())
    );
}

proptest! {
    #[test]
    fn appending_in_two_goes_is_appending_at_once(first in 0u64..300, second in 0u64..300) {
        let all = leaves(first + second);
        let mut frontier = Frontier::new();
        all[..first as usize].iter().for_each(|leaf| frontier.append(*leaf));
        let before = frontier.root();
        let mut resumed = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        all[first as usize..].iter().for_each(|leaf| resumed.append(*leaf));
        prop_assert_eq!(resumed.size(), first + second);
        prop_assert_eq!(resumed.root(), root_of(&all));
        let path = consistency_proof(&all[..], first, first + second).unwrap();
        prop_assert_eq!(verify_consistency(first, &before, first + second, &resumed.root(), &path), Ok(()));
    }

    #[test]
    fn a_rewritten_entry_breaks_consistency(size in 2u64..200, at in any::<prop::sample::Index>()) {
        let mut all = leaves(size);
        let old = size - 1;
        let before = root_of(&all[..old as usize]);
        let at = at.index(old as usize);
        all[at] = node_hash(&all[at], &all[at]);
        let path = consistency_proof(&all[..], old, size).unwrap();
        prop_assert_eq!(
            verify_consistency(old, &before, size, &root_of(&all), &path),
            Err(TreeError::RootMismatch)
        );
    }
}
