//! Reading entries back: one by one, or a range for export and proofs.

use rusqlite::OptionalExtension as _;
use safety_journal::Hash;
use safety_journal::entry;
use safety_journal::tree::{LeafHashes, TreeError};

use super::Pos;
use super::log::hash;
use crate::{Error, Reader, Result, Writer, project};

/// An entry as it lies in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredEntry<'a> {
    /// Where it lies.
    pub pos: Pos,
    /// Its leaf hash.
    pub leaf: Hash,
    /// Its line, without line feed.
    pub line: &'a [u8],
}

impl Reader<'_> {
    /// Hands every entry `from..to` of a log to `each`, in order, without keeping them.
    ///
    /// # Errors
    /// Those of `each`; [`Error::Inconsistent`] when entries are missing.
    pub fn entries<E: From<Error>>(
        &self,
        log_no: i64,
        from: u64,
        to: u64,
        mut each: impl FnMut(StoredEntry<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut query = self
            .prepare_cached("SELECT pos, leaf, line FROM journal WHERE pos >= ?1 AND pos < ?2 ORDER BY pos")
            .map_err(Error::from)?;
        let (first, end) = (Pos::new(log_no, from), Pos::new(log_no, to));
        let mut rows = query.query((first.0, end.0)).map_err(Error::from)?;
        let mut expected = first.0;
        while let Some(row) = rows.next().map_err(Error::from)? {
            let pos: i64 = row.get(0).map_err(Error::from)?;
            let leaf = row
                .get_ref(1)
                .map_err(Error::from)?
                .as_blob()
                .map_err(unexpected)?;
            let line = row
                .get_ref(2)
                .map_err(Error::from)?
                .as_blob()
                .map_err(unexpected)?;
            if pos != expected {
                return Err(Error::Inconsistent(format!(
                    "log {log_no} without entry {}",
                    Pos(expected).seq()
                ))
                .into());
            }
            each(StoredEntry {
                pos: Pos(pos),
                leaf: hash(leaf)?,
                line,
            })?;
            expected += 1;
        }
        if expected != end.0.max(first.0) {
            return Err(
                Error::Inconsistent(format!("log {log_no} without entry {}", Pos(expected).seq())).into(),
            );
        }
        Ok(())
    }

    /// The line of an entry.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn line(&self, pos: Pos) -> Result<Vec<u8>> {
        let mut query = self.prepare_cached("SELECT line FROM journal WHERE pos = ?1")?;
        let line = query.query_row([pos.0], |row| row.get(0)).optional()?;
        line.ok_or_else(|| Error::NotFound {
            what: "entry",
            id: format!("{}#{}", pos.log_no(), pos.seq()),
        })
    }

    /// The leaf hashes of a log, for proofs.
    pub fn leaves(&self, log_no: i64) -> LogLeaves<'_> {
        LogLeaves { reader: self, log_no }
    }
}

impl Writer<'_> {
    /// Erases a body: the entry stays in its log as header and commitment, and the log still verifies. A version
    /// that is shown loses its texts; attachments stay until they are erased by hash.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn erase_body(&self, pos: Pos) -> Result<()> {
        let line = self.line(pos)?;
        let parsed = entry::parse_line(&line)?;
        let header = crate::rules::read_header(parsed.header())?;
        let mut update = self.prepare_cached("UPDATE journal SET line = ?2 WHERE pos = ?1")?;
        update.execute((pos.0, parsed.withheld_line()))?;
        let derived = self.rules().derive(&header, None);
        let mut projector = project::Projector::new(self)?;
        projector.refresh(pos, &header, &derived)?;
        projector.finish()
    }
}

fn unexpected(error: impl std::fmt::Display) -> Error {
    Error::Inconsistent(error.to_string())
}

/// The leaf hashes of one log, where inclusion and consistency proofs read them.
pub struct LogLeaves<'a> {
    reader: &'a Reader<'a>,
    log_no: i64,
}

/// A proof could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
    /// The tree refused.
    #[error(transparent)]
    Tree(#[from] TreeError),
}

impl LeafHashes for LogLeaves<'_> {
    type Error = ProofError;

    fn leaves(&self, start: u64, end: u64, each: &mut dyn FnMut(Hash)) -> Result<(), ProofError> {
        let mut query = self
            .reader
            .prepare_cached("SELECT leaf FROM journal WHERE pos >= ?1 AND pos < ?2 ORDER BY pos")
            .map_err(Error::from)?;
        let range = (Pos::new(self.log_no, start).0, Pos::new(self.log_no, end).0);
        let mut rows = query.query(range).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            each(hash(
                row.get_ref(0)
                    .map_err(Error::from)?
                    .as_blob()
                    .map_err(unexpected)?,
            )?);
        }
        Ok(())
    }
}
