//! What became of a file.

use std::path::{Path, PathBuf};

use safety_domain::text::Text;
use safety_journal::Hash;
use safety_journal::checkpoint::SignedCheckpoint;

use super::Refusal;

/// What became of a file, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// Something in it was new; all of it is here now.
    Imported,
    /// Everything in it was here already.
    Repeated,
    /// A reply: receipts were taken.
    Receipts,
    /// It waits for entries that have to come before it.
    KeptAside,
    /// It was refused; nothing of it is here.
    Refused,
}

impl OutcomeKind {
    /// The word: `imported`, `repeated`, `receipts`, `kept-aside`, `refused`.
    pub fn name(self) -> &'static str {
        match self {
            OutcomeKind::Imported => "imported",
            OutcomeKind::Repeated => "repeated",
            OutcomeKind::Receipts => "receipts",
            OutcomeKind::KeptAside => "kept-aside",
            OutcomeKind::Refused => "refused",
        }
    }
}

/// Who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Code of the institution.
    pub institution: String,
    /// Its name, as enrolled.
    pub name: Text,
    /// Origin of the device's log.
    pub origin: String,
}

/// What became of one log's range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogOutcome {
    /// The log.
    pub origin: String,
    /// Code of the institution that wrote it.
    pub institution: String,
    /// First entry in the bundle.
    pub start: u64,
    /// Index behind the last.
    pub end: u64,
    /// Entries that were new.
    pub added: u64,
    /// Entries that are here now.
    pub held: u64,
}

/// A receipt that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptTaken {
    /// The log.
    pub origin: String,
    /// Entries that its giver holds.
    pub size: u64,
    /// Since when, POSIX seconds.
    pub time: u64,
    /// Whether it was new here.
    pub new: bool,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Where the file lies.
    pub path: PathBuf,
    /// Its name.
    pub file: String,
    /// Hash of its bytes; none when it could not be read.
    pub sha256: Option<Hash>,
    /// Its length.
    pub bytes: u64,
    /// In one word.
    pub kind: OutcomeKind,
    /// Why it was refused or has to wait.
    pub refusal: Option<Refusal>,
    /// Who sent it, as far as that is certain.
    pub from: Option<Sender>,
    /// The logs in it, when it was taken.
    pub logs: Vec<LogOutcome>,
    /// Attachments that were new.
    pub blobs: u64,
    /// Receipts in it, when it was taken.
    pub receipts: Vec<ReceiptTaken>,
}

impl Outcome {
    pub(super) fn new(path: &Path, file: &str) -> Outcome {
        Outcome {
            path: path.to_owned(),
            file: file.to_owned(),
            sha256: None,
            bytes: 0,
            kind: OutcomeKind::Repeated,
            refusal: None,
            from: None,
            logs: Vec::new(),
            blobs: 0,
            receipts: Vec::new(),
        }
    }

    /// Entries that were new.
    pub fn added(&self) -> u64 {
        self.logs.iter().map(|log| log.added).sum()
    }

    pub(super) fn take(&mut self, taken: Taken) {
        let entries = taken.logs.iter().any(|log| log.added > 0) || taken.blobs > 0;
        self.kind = if entries {
            OutcomeKind::Imported
        } else if taken.receipts.iter().any(|receipt| receipt.new) {
            OutcomeKind::Receipts
        } else {
            OutcomeKind::Repeated
        };
        self.from = taken.from;
        self.logs = taken.logs;
        self.blobs = taken.blobs;
        self.receipts = taken.receipts;
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.kind = match refusal {
            Refusal::Gap { .. } => OutcomeKind::KeptAside,
            _ => OutcomeKind::Refused,
        };
        self.refusal = Some(refusal);
    }
}

/// What was taken out of a bundle so far.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) from: Option<Sender>,
    pub(super) logs: Vec<LogOutcome>,
    pub(super) blobs: u64,
    pub(super) receipts: Vec<ReceiptTaken>,
    /// The verified heads, with the first entry the bundle carries of their log.
    pub(super) heads: Vec<(u64, SignedCheckpoint)>,
}
