//! Which part may stand where. Writer and reader go through the same steps, so neither accepts what the
//! other refuses.

use super::{BlobRef, BundleError, Manifest};
use crate::Hash;

/// Name of the manifest part.
pub(super) const MANIFEST: &str = "manifest.json";
/// Longest part name, bytes (what a plain tar header holds).
pub(super) const MAX_NAME: usize = 99;

/// A part by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    Checkpoint(u32),
    Entries { log: u32, start: u64 },
    Blob(Hash),
    Receipt(u32),
    Notice(String),
    Unknown(String),
}

impl Name {
    /// Reads a part name. Names that reach out of the directory they are unpacked in are refused, since
    /// people unpack bundles by hand.
    pub(super) fn parse(name: &str) -> Result<Name, BundleError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
        let segment = |part: &str| !part.is_empty() && part != "." && part != "..";
        if name.len() > MAX_NAME || !name.chars().all(plain) || !name.split('/').all(segment) {
            return Err(BundleError::malformed("part name"));
        }
        let wrong = || BundleError::malformed(format!("part name {name}"));
        let (directory, rest) = name.split_once('/').unwrap_or((name, ""));
        match directory {
            "checkpoint" => Ok(Name::Checkpoint(number(rest).ok_or_else(wrong)?)),
            "receipts" => Ok(Name::Receipt(number(rest).ok_or_else(wrong)?)),
            "entries" => {
                let (log, file) = rest.split_once('/').ok_or_else(wrong)?;
                let start = file.strip_suffix(".jsonl").and_then(crate::checkpoint::decimal);
                Ok(Name::Entries {
                    log: number(log).ok_or_else(wrong)?,
                    start: start.ok_or_else(wrong)?,
                })
            }
            "blobs" => Ok(Name::Blob(Hash::from_hex(rest).map_err(|_| wrong())?)),
            "notices" if !rest.is_empty() => Ok(Name::Notice(rest.to_owned())),
            "notices" | MANIFEST => Err(wrong()),
            _ => Ok(Name::Unknown(name.to_owned())),
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Name::Checkpoint(n) => format!("checkpoint/{n}"),
            Name::Entries { log, start } => format!("entries/{log}/{start}.jsonl"),
            Name::Blob(hash) => format!("blobs/{hash}"),
            Name::Receipt(n) => format!("receipts/{n}"),
            Name::Notice(name) => format!("notices/{name}"),
            Name::Unknown(name) => name.clone(),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    crate::checkpoint::decimal(text).and_then(|number| u32::try_from(number).ok())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Checkpoints,
    Entries,
    Blobs,
    Receipts,
    Notices,
}

/// Position within a bundle, held against its manifest.
#[derive(Debug)]
pub(super) struct Progress {
    stage: Stage,
    /// `n`, origin's next index, end; in the order of the manifest.
    logs: Vec<(u32, u64, u64)>,
    checkpoints: usize,
    /// Log whose entries come now.
    log: usize,
    blobs: Vec<BlobRef>,
    blob: usize,
    receipts: u32,
    notices: Vec<String>,
}

impl Progress {
    pub(super) fn new(manifest: &Manifest) -> Progress {
        Progress {
            stage: Stage::Checkpoints,
            logs: manifest
                .logs
                .iter()
                .map(|log| (log.n, log.start, log.end))
                .collect(),
            checkpoints: 0,
            log: 0,
            blobs: manifest.blobs.clone(),
            blob: 0,
            receipts: 0,
            notices: Vec::new(),
        }
    }

    /// A part begins. For a blob, `size` is its length.
    pub(super) fn begin(&mut self, name: &Name, size: u64) -> Result<(), BundleError> {
        let wrong = || BundleError::WrongOrder { name: name.text() };
        match name {
            Name::Unknown(_) => {}
            Name::Checkpoint(n) => {
                let next = self.logs.get(self.checkpoints).map(|log| log.0);
                if self.stage != Stage::Checkpoints || next != Some(*n) {
                    return Err(wrong());
                }
                self.checkpoints += 1;
            }
            Name::Entries { log, start } => {
                self.enter(Stage::Entries).ok_or_else(wrong)??;
                self.skip_finished_logs();
                let (n, next, _) = *self.logs.get(self.log).ok_or_else(wrong)?;
                if n != *log || next != *start {
                    return Err(wrong());
                }
            }
            Name::Blob(hash) => {
                self.enter(Stage::Blobs).ok_or_else(wrong)??;
                let promised = self.blobs.get(self.blob).ok_or_else(wrong)?;
                if promised.sha256 != *hash {
                    return Err(wrong());
                }
                if promised.size != size {
                    return Err(BundleError::BlobMismatch { sha256: *hash });
                }
                self.blob += 1;
            }
            Name::Receipt(n) => {
                self.enter(Stage::Receipts).ok_or_else(wrong)??;
                if *n != self.receipts {
                    return Err(wrong());
                }
                self.receipts += 1;
            }
            Name::Notice(notice) => {
                self.enter(Stage::Notices).ok_or_else(wrong)??;
                if self.notices.contains(notice) {
                    return Err(wrong());
                }
                self.notices.push(notice.clone());
            }
        }
        Ok(())
    }

    /// `count` entries of the log whose chunk began were there.
    pub(super) fn entries(&mut self, count: u64) -> Result<(), BundleError> {
        let log = self.logs.get_mut(self.log);
        let (n, next, end) = log.ok_or_else(|| BundleError::malformed("entries of no log"))?;
        match next.checked_add(count) {
            Some(after) if after <= *end => {
                *next = after;
                Ok(())
            }
            _ => Err(BundleError::malformed(format!(
                "more entries of log {n} than promised"
            ))),
        }
    }

    /// Everything is written or read: is it what the manifest promises?
    pub(super) fn end(&mut self) -> Result<(), BundleError> {
        self.enter(Stage::Notices).transpose().map(|_| ())
    }

    /// Moves on to a later stage once all earlier ones are complete; `None` when the stage has passed.
    fn enter(&mut self, stage: Stage) -> Option<Result<(), BundleError>> {
        if stage < self.stage {
            return None;
        }
        if let Some(log) = self.logs.get(self.checkpoints) {
            return Some(Err(missing(Name::Checkpoint(log.0))));
        }
        if stage > Stage::Entries {
            self.skip_finished_logs();
            if let Some((n, next, _)) = self.logs.get(self.log) {
                return Some(Err(missing(Name::Entries {
                    log: *n,
                    start: *next,
                })));
            }
        }
        if stage > Stage::Blobs
            && let Some(blob) = self.blobs.get(self.blob)
        {
            return Some(Err(missing(Name::Blob(blob.sha256))));
        }
        self.stage = stage;
        Some(Ok(()))
    }

    fn skip_finished_logs(&mut self) {
        while self.logs.get(self.log).is_some_and(|(_, next, end)| next == end) {
            self.log += 1;
        }
    }
}

fn missing(name: Name) -> BundleError {
    BundleError::Missing { name: name.text() }
}
