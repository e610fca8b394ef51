//! The index of words, written in the order of rows. FTS5 must put what it holds in memory on disk whenever a row comes
//! that lies before the last one; a correction in every third entry made it do so thousands of times in one import.

use std::collections::BTreeMap;

use crate::{Result, Writer};

/// Most bytes of texts that wait.
const MOST: usize = 4 * 1024 * 1024;

/// Texts on their way into the index.
#[derive(Default)]
pub(super) struct Words {
    waiting: BTreeMap<i64, Waiting>,
    bytes: usize,
}

struct Waiting {
    text: String,
    /// The row may be in the index already.
    replaces: bool,
}

impl Words {
    /// The text of a new row.
    pub(super) fn add(&mut self, no: i64, text: &str) {
        self.set(no, text, false);
    }

    /// Another text for a row.
    pub(super) fn replace(&mut self, no: i64, text: &str) {
        self.set(no, text, true);
    }

    fn set(&mut self, no: i64, text: &str, replaces: bool) {
        self.bytes += text.len();
        let waiting = self.waiting.entry(no).or_insert(Waiting {
            text: String::new(),
            replaces,
        });
        self.bytes = self.bytes.saturating_sub(waiting.text.len());
        text.clone_into(&mut waiting.text);
    }

    /// Whether they should be written before more come.
    pub(super) fn are_many(&self) -> bool {
        self.bytes > MOST
    }

    /// Writes all that wait.
    pub(super) fn write(&mut self, writer: &Writer<'_>) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut delete = writer.prepare_cached("DELETE FROM words WHERE rowid = ?1")?;
        let mut insert = writer.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
        self.bytes = 0;
        for (no, waiting) in std::mem::take(&mut self.waiting) {
            if waiting.replaces {
                delete.execute([no])?;
            }
            if !waiting.text.is_empty() {
                insert.execute((no, &waiting.text))?;
            }
        }
        Ok(())
    }
}
