//! What this machine has seen of its store, kept outside of it. A backup put in the store's place is older than what
//! was already sent and receipted; going on to write would fork the log. The file beside the profile notices.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, atomic};

/// What was last seen of the store's own logs, by origin.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// By origin of the log.
    pub logs: BTreeMap<String, SeenLog>,
}

/// What was last seen of one log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeenLog {
    /// Number of entries of the last exported head.
    pub size: u64,
    /// Root of that head, 64 hexadecimal digits.
    pub root: String,
    /// Number of entries in the last receipt.
    pub receipted: u64,
}

impl Seen {
    /// Reads the file; a missing one has seen nothing.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Damaged`].
    pub fn load(path: &Path) -> Result<Self> {
        match std::fs::read(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| Error::Damaged(error.to_string())),
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn save(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::Damaged(error.to_string()))?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(atomic::replace(path, &text)?)
    }
}

impl Reader<'_> {
    /// What is to be remembered outside now: for each own log the largest signed head and receipt. What was seen
    /// before never shrinks.
    pub fn seen(&self, before: &Seen) -> Result<Seen> {
        let mut seen = before.clone();
        for log in self.logs()?.into_iter().filter(|log| log.own) {
            let entry = seen.logs.entry(log.origin).or_default();
            if let Some(head) = self.last_checkpoint(log.log_no)?
                && head.size >= entry.size
            {
                entry.size = head.size;
                entry.root = head.root.to_hex();
            }
            if let Some(receipt) = self.last_receipt(log.log_no, None)? {
                entry.receipted = entry.receipted.max(receipt.size);
            }
        }
        Ok(seen)
    }

    /// Whether the store is at least as far as this machine has seen it.
    ///
    /// # Errors
    /// [`Error::RolledBack`] when it is behind; [`Error::Fork`] when it has other entries than those seen.
    pub fn check_seen(&self, seen: &Seen) -> Result<()> {
        for (origin, entry) in &seen.logs {
            // Another store of this machine may have its logs in the same file.
            let Some(log) = self.log(origin)?.filter(|log| log.own) else {
                continue;
            };
            let needed = entry.size.max(entry.receipted);
            if log.size < needed {
                return Err(Error::RolledBack {
                    origin: log.origin,
                    seen: needed,
                    found: log.size,
                });
            }
            let heads = self.checkpoints(log.log_no)?;
            let mut at_size = heads.iter().filter(|head| head.size == entry.size).peekable();
            if entry.size > 0
                && at_size.peek().is_some()
                && at_size.all(|head| head.root.to_hex() != entry.root)
            {
                return Err(Error::Fork {
                    origin: log.origin,
                    seq: entry.size - 1,
                });
            }
            if entry.size > 0 && heads.iter().all(|head| head.size < entry.size) {
                // The entries are there again, but the head that was sent is not: written anew after a restore?
                let root = safety_journal::tree::root(&self.leaves(log.log_no), entry.size);
                let same = root.map(|root| root.to_hex() == entry.root).unwrap_or(false);
                if !same {
                    return Err(Error::Fork {
                        origin: log.origin,
                        seq: entry.size - 1,
                    });
                }
            }
        }
        Ok(())
    }
}
