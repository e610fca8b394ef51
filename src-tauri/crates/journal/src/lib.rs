//! The formats in which records leave a machine and are believed elsewhere.
//!
//! Everything here is a pure function of bytes: no disk, no clock, no network. The one exception is
//! sealing a bundle, where the `age` crate draws the file key from the system's random source (see
//! [`seal`]). Nothing in this crate knows what a record means.
//!
//! | module | what |
//! |---|---|
//! | [`entry`] | one record version as a line of bytes, its commitment and leaf hash |
//! | [`tree`] | the RFC 6962 Merkle tree over leaf hashes, frontier, proofs |
//! | [`note`] | C2SP signed notes, signers and verifier keys |
//! | [`checkpoint`] | C2SP tlog-checkpoint and `cosignature/v1` receipts |
//! | [`proof`] | C2SP tlog-proof: one entry provable without the log |
//! | [`seal`] | age identities, recipients, the sealed stream |
//! | [`bundle`] | manifest, writer and reader of `.osbundle` files |
//! | [`fingerprint`] | a short code for comparing keys by telephone |
//!
//! The page for people who read the bytes by hand is `docs/bundle-format.md`.

pub mod bundle;
pub mod checkpoint;
pub mod entry;
pub mod fingerprint;
mod hash;
pub mod note;
pub mod proof;
pub mod seal;
pub mod tree;

pub use hash::{Hash, HashError};
