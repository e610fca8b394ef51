//! The logs: appending what was written here, importing what was received, reading ranges for export. The bytes of
//! a line are stored as they came; nothing is parsed and written again.

mod append;
mod import;
mod log;
mod read;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod speed;

pub use append::{Appended, NewEntry};
pub use import::{Columns, Imported, Received};
pub use log::{Log, LogState, NewLog};
pub use read::{LogLeaves, ProofError, StoredEntry};

use serde::{Deserialize, Serialize};

/// Bits of a position that number the entry within its log.
pub(crate) const SEQ_BITS: u32 = 40;
const SEQ_MASK: i64 = (1 << SEQ_BITS) - 1;

/// Where an entry's bytes lie: the log's number in this store, and its sequence number (from 0) in that log. Valid in
/// this store only; between stores an entry is named `origin#seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pos(pub(crate) i64);

impl Pos {
    /// The position of entry `seq` of log `log_no`.
    pub fn new(log_no: i64, seq: u64) -> Self {
        Self(log_no << SEQ_BITS | i64::try_from(seq).unwrap_or(SEQ_MASK) & SEQ_MASK)
    }

    /// Number of the log in this store.
    pub fn log_no(self) -> i64 {
        self.0 >> SEQ_BITS
    }

    /// Sequence number in the log, from 0.
    pub fn seq(self) -> u64 {
        (self.0 & SEQ_MASK).unsigned_abs()
    }
}

/// The name of an entry between stores: `origin#seq`.
pub fn entry_name(origin: &str, seq: u64) -> String {
    format!("{origin}#{seq}")
}

/// Reads `origin#seq`.
pub fn parse_entry_name(name: &str) -> Option<(&str, u64)> {
    let (origin, seq) = name.rsplit_once('#')?;
    Some((origin, seq.parse().ok().filter(|seq| *seq < 1 << SEQ_BITS)?))
}
