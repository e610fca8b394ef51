//! The first part of a bundle: who sends what to whom. It is believed only as far as the checkpoints in
//! the bundle are signed; here it is held to its form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::BundleError;
use crate::Hash;
use crate::checkpoint::DEMO_PREFIX;

/// Value of `format`.
pub const FORMAT: &str = "outlet-safety-bundle";
/// Newest format version known here.
pub const VERSION: u32 = 1;

/// Content of `manifest.json`. Unknown members are kept in `other`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// Format version, [`VERSION`].
    pub v: u32,
    /// Direction.
    pub kind: Kind,
    /// Sender.
    pub from: Party,
    /// Receiver.
    pub to: Party,
    /// When it was made, RFC 3339 with offset.
    pub created: String,
    /// Made in a demo world; then, and only then, the origins of all logs say so, too.
    #[serde(default)]
    pub demo: bool,
    /// The ranges of logs carried, by `n` ascending.
    #[serde(default)]
    pub logs: Vec<LogRange>,
    /// The attachments carried, in the order in which they follow.
    #[serde(default)]
    pub blobs: Vec<BlobRef>,
    /// Name and version of the program that made it.
    pub program: String,
    /// Members a newer program may have added.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// Direction of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// From an institution to its superior.
    Upward,
    /// From a superior to an institution below it.
    Downward,
    /// Answer to a bundle: receipts and notices.
    Reply,
}

/// An institution with one of its devices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Institution code.
    pub institution: String,
    /// Origin of the device's log; empty when it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
    /// Name of the institution, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Members a newer program may have added.
    #[serde(flatten)]
    pub other: BTreeMap<String, serde_json::Value>,
}

/// A range of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRange {
    /// Number of the log within this bundle.
    pub n: u32,
    /// Origin of the log.
    pub origin: String,
    /// Index of the first entry carried.
    pub start: u64,
    /// Index behind the last entry carried; equal to `start` when only the checkpoint is sent.
    pub end: u64,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Length in bytes.
    pub size: u64,
}

/// The two members that every version has, read first.
#[derive(Deserialize)]
struct Probe {
    format: String,
    v: u64,
}

impl Manifest {
    /// Reads and checks `manifest.json`.
    ///
    /// # Errors
    /// [`BundleError::NewerVersion`], [`BundleError::MalformedManifest`].
    pub fn parse(bytes: &[u8]) -> Result<Manifest, BundleError> {
        let json = |error: serde_json::Error| malformed(error.to_string());
        let probe: Probe = serde_json::from_slice(bytes).map_err(json)?;
        if probe.format != FORMAT {
            return Err(malformed("format is another one"));
        }
        if probe.v > u64::from(VERSION) {
            return Err(BundleError::NewerVersion {
                found: probe.v,
                known: u64::from(VERSION),
            });
        }
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(json)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// The bytes of `manifest.json`.
    ///
    /// # Errors
    /// [`BundleError::MalformedManifest`] for what [`Manifest::parse`] would refuse.
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        self.check()?;
        serde_json::to_vec(self).map_err(|error| malformed(error.to_string()))
    }

    /// Number of entries promised.
    pub fn entries(&self) -> u64 {
        self.logs
            .iter()
            .map(|log| log.end.saturating_sub(log.start))
            .sum()
    }

    fn check(&self) -> Result<(), BundleError> {
        if self.format != FORMAT || self.v == 0 || self.v > VERSION {
            return Err(malformed("format or version"));
        }
        if self.from.institution.is_empty() || self.to.institution.is_empty() {
            return Err(malformed("sender or receiver missing"));
        }
        let mut origins = BTreeSet::new();
        for (position, log) in self.logs.iter().enumerate() {
            let ascending =
                position == 0 || self.logs.get(position - 1).is_some_and(|before| before.n < log.n);
            if !ascending || log.origin.is_empty() || log.start > log.end || !origins.insert(&log.origin) {
                return Err(malformed(format!("log {}", log.n)));
            }
            if log.origin.starts_with(DEMO_PREFIX) != self.demo {
                return Err(malformed("demo mark and origin disagree"));
            }
        }
        let mut hashes = BTreeSet::new();
        match self.blobs.iter().find(|blob| !hashes.insert(blob.sha256)) {
            Some(twice) => Err(malformed(format!("blob {} twice", twice.sha256))),
            None => Ok(()),
        }
    }
}

fn malformed(reason: impl Into<String>) -> BundleError {
    BundleError::MalformedManifest {
        reason: reason.into(),
    }
}
