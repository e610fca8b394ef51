//! Bundles: `age( zstd( tar( … ) ) )`, one file that carries entries, the attachments they name and a
//! signed checkpoint to another institution.
//!
//! [`Writer`] and [`Reader`] stream: neither holds more than one chunk of entries in memory. They keep the
//! same [`Manifest`] to its word, so a bundle that was written can be read, and a bundle that was read to
//! its end holds exactly what its manifest promises. What the entries mean, and who may send them, is
//! decided elsewhere.
//!
//! The parts, in this order and no other:
//!
//! | name | content |
//! |---|---|
//! | `manifest.json` | [`Manifest`] |
//! | `checkpoint/<n>` | signed checkpoint of log `n` of the manifest |
//! | `entries/<n>/<start>.jsonl` | entry lines of log `n` from index `start` on, at most 1 MiB, each with LF |
//! | `blobs/<sha256>` | attachments, in the order of the manifest |
//! | `receipts/<n>` | cosigned checkpoints of the receiver's logs, `n` = 0, 1, … |
//! | `notices/<name>` | anything else one institution tells the other |
//!
//! Parts with other names are handed over as [`Part::Unknown`], so that a newer program may add some.

mod error;
mod layout;
mod manifest;
mod reader;
mod tarblock;
mod unpack;
mod writer;

pub use error::BundleError;
pub use manifest::{BlobRef, FORMAT, Kind, LogRange, Manifest, Party, VERSION};
pub use reader::{Chunk, Limits, Lines, Part, Reader};
pub use writer::{Options, Writer, Written};

/// Ending of bundle file names, without the dot.
pub const EXTENSION: &str = "osbundle";
