//! Building the projection again from the journal, whole or in part.

use safety_journal::entry;

use super::Projector;
use crate::journal::Pos;
use crate::{Error, Result, Writer, rules, schema};

impl Writer<'_> {
    /// Drops the projection and builds it again from the journal. Answers the number of entries read.
    ///
    /// # Errors
    /// [`Error::Entry`], [`Error::Header`] for bytes that should never have come in; [`Error::Inconsistent`].
    pub fn reproject(&self) -> Result<u64> {
        schema::recreate_projection(self)?;
        self.project_all(Projector::new(self)?)
    }

    pub(crate) fn project_all(&self, mut projector: Projector<'_, '_>) -> Result<u64> {
        let rules = self.rules();
        let mut count = 0;
        for log in self.logs()? {
            self.entries::<Error>(log.log_no, 0, log.size, |stored| {
                let parsed = entry::parse_line(stored.line)?;
                let header = rules::read_header(parsed.header())?;
                let derived = rules.derive(&header, parsed.body());
                count += 1;
                projector.apply(stored.pos, &log.origin, &header, &derived)
            })?;
        }
        projector.finish()?;
        Ok(count)
    }

    /// Derives again the records that were shown by another standard than their own, after one was added.
    pub(crate) fn project_unknown(&self) -> Result<()> {
        let mut query = self.prepare("SELECT pos FROM records WHERE known = 0")?;
        let rows = query.query_map([], |row| Ok(Pos(row.get(0)?)))?;
        let positions = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut projector = Projector::new(self)?;
        for pos in positions {
            let (header, derived) = projector.derive_stored(pos)?;
            projector.refresh(pos, &header, &derived)?;
        }
        projector.finish()
    }
}
