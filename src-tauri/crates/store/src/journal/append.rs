//! Writing an entry of one's own.

use safety_domain::record::{EntryHeader, RecordBody};
use safety_journal::Hash;
use safety_journal::entry::{self, Payload, SALT_LEN};

use super::{LogState, Pos, Received};
use crate::{Error, Result, Writer, project};

/// A record version to write.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Its header.
    pub header: &'a EntryHeader,
    /// Its body.
    pub body: &'a RecordBody,
    /// 16 random bytes, new for every entry.
    pub salt: [u8; SALT_LEN],
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Where it lies.
    pub pos: Pos,
    /// Its leaf hash.
    pub leaf: Hash,
    /// Number of entries of the log with it.
    pub size: u64,
    /// Root of the log with it.
    pub root: Hash,
}

impl Writer<'_> {
    /// Writes an entry into one of this device's own logs, and the record it makes.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::LogClosed`] for a log that is closed or another's, [`Error::Entry`] when the
    /// line would be too long.
    pub fn append(&self, log_no: i64, new: &NewEntry<'_>) -> Result<Appended> {
        let log = self.log_by_no(log_no)?;
        if !log.own || log.state != LogState::Open {
            let state = if log.own { log.state.name() } else { "replica" };
            return Err(Error::LogClosed {
                origin: log.origin,
                state: state.to_owned(),
            });
        }
        let json = |error: serde_json::Error| Error::Header(error.to_string());
        let header = serde_json::to_vec(new.header).map_err(json)?;
        let body = serde_json::to_string(new.body).map_err(json)?;
        let line = entry::encode_line(
            &header,
            Payload::Body {
                salt: new.salt,
                body: body.as_bytes(),
            },
        )?;
        let leaf = entry::parse_line(&line)?.leaf();
        let derived = self.rules().derive(new.header, Some(&body));
        let received = Received {
            leaf,
            header: new.header.clone(),
            derived,
            line,
        };

        let mut frontier = self.frontier(log_no)?;
        let pos = Pos::new(log_no, frontier.size());
        let mut projector = project::Projector::new(self)?;
        self.insert_line(pos, &received)?;
        projector.apply(pos, &log.origin, &received.header, &received.derived)?;
        projector.finish()?;
        frontier.append(leaf);
        self.set_head(log_no, &frontier)?;
        Ok(Appended {
            pos,
            leaf,
            size: frontier.size(),
            root: frontier.root(),
        })
    }

    pub(crate) fn insert_line(&self, pos: Pos, received: &Received) -> Result<()> {
        let mut insert = self.prepare_cached("INSERT INTO journal (pos, leaf, line) VALUES (?1, ?2, ?3)")?;
        insert.execute((pos.0, received.leaf.as_bytes(), &received.line))?;
        Ok(())
    }
}
