//! Importing a range of another device's log. The same range twice changes nothing; a range with a hole before it,
//! or with other entries than those already here, is refused.

use rusqlite::OptionalExtension as _;
use safety_domain::record::EntryHeader;
use safety_journal::Hash;
use safety_journal::entry;

use super::log::{hash, missing};
use super::{Log, Pos};
use crate::project::{Derived, Projector};
use crate::{Error, Result, Writer};

/// A received line, parsed and hashed, with its columns derived; made by [`crate::Rules::read_line`], on any thread.
#[derive(Debug, Clone)]
pub struct Received {
    pub(crate) leaf: Hash,
    pub(crate) header: EntryHeader,
    pub(crate) derived: Derived,
    pub(crate) line: Vec<u8>,
}

impl Received {
    /// Leaf hash of the line.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// Its header.
    pub fn header(&self) -> &EntryHeader {
        &self.header
    }

    /// Hashes (64 hexadecimal digits) of the attachments it names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.derived.files.iter().map(|file| file.sha256.as_str())
    }

    /// Its bytes.
    pub fn line(&self) -> &[u8] {
        &self.line
    }

    /// What the table of current records will say of it, for measuring against inserting just that.
    pub fn columns(&self) -> Columns<'_> {
        let derived = &self.derived;
        Columns {
            title: &derived.title,
            occurred: &derived.occurred,
            state: derived.state.as_deref(),
            due: derived.due.as_deref(),
            open: derived.open,
            bad: derived.bad,
            late: derived.late,
            words: &derived.words,
        }
    }
}

/// Columns derived from a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns<'a> {
    /// Title line.
    pub title: &'a str,
    /// When the act took place, in the form that sorts; empty when unreadable.
    pub occurred: &'a str,
    /// Value of the state field.
    pub state: Option<&'a str>,
    /// Until when it has to be dealt with.
    pub due: Option<&'a str>,
    /// Still to be dealt with.
    pub open: bool,
    /// Shown in red.
    pub bad: bool,
    /// Entered late (补录).
    pub late: bool,
    /// Words of the index, joined by blanks.
    pub words: &'a str,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Entries that were new.
    pub added: u64,
    /// Entries that were here already.
    pub repeated: u64,
    /// Number of entries of the log afterwards.
    pub size: u64,
    /// Root of the log afterwards; the caller compares it with the checkpoint before committing.
    pub root: Hash,
}

impl Writer<'_> {
    /// Imports the lines of the log `origin` from entry `start` (from 0) on. Run it under [`Writer::savepoint`] to
    /// go on after a failure.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a log not begun; [`Error::Gap`] when `start` is behind the log's end;
    /// [`Error::Fork`] with the first entry that differs; and those of the lines.
    pub fn import<E: From<Error>>(
        &self,
        origin: &str,
        start: u64,
        lines: impl IntoIterator<Item = Result<Received, E>>,
    ) -> Result<Imported, E> {
        let log = self.log(origin)?.ok_or_else(|| missing(origin))?;
        if start > log.size {
            return Err(Error::Gap {
                origin: log.origin,
                expected: log.size,
                got: start,
            }
            .into());
        }
        let mut frontier = self.frontier(log.log_no)?;
        let mut projector = Projector::new(self)?;
        let (mut seq, mut repeated) = (start, 0);
        for line in lines {
            let received = line?;
            if seq < log.size {
                self.compare(&log, seq, received, &mut projector)?;
                repeated += 1;
            } else {
                let pos = Pos::new(log.log_no, seq);
                self.insert_line(pos, &received)?;
                projector.apply(pos, &log.origin, &received.header, &received.derived)?;
                frontier.append(received.leaf);
            }
            seq += 1;
        }
        projector.finish()?;
        if frontier.size() > log.size {
            self.set_head(log.log_no, &frontier)?;
        }
        Ok(Imported {
            added: frontier.size() - log.size,
            repeated,
            size: frontier.size(),
            root: frontier.root(),
        })
    }

    /// Compares a received line with the one already here. A body that was withheld here and comes now is taken.
    fn compare(
        &self,
        log: &Log,
        seq: u64,
        received: Received,
        projector: &mut Projector<'_, '_>,
    ) -> Result<()> {
        let pos = Pos::new(log.log_no, seq);
        let mut query = self.prepare_cached("SELECT leaf, length(line) FROM journal WHERE pos = ?1")?;
        let stored: Option<(Vec<u8>, i64)> = query
            .query_row([pos.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (leaf, length) =
            stored.ok_or_else(|| Error::Inconsistent(format!("log {} without entry {seq}", log.origin)))?;
        if hash(&leaf)? != received.leaf {
            return Err(Error::Fork {
                origin: log.origin.clone(),
                seq,
            });
        }
        if usize::try_from(length) == Ok(received.line.len())
            || entry::parse_line(&received.line)?.body().is_none()
        {
            return Ok(());
        }
        let mut update = self.prepare_cached("UPDATE journal SET line = ?2 WHERE pos = ?1")?;
        update.execute((pos.0, &received.line))?;
        projector.refresh(pos, &received.header, &received.derived)
    }
}
