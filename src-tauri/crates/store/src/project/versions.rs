//! Which of a record's versions is shown. Each version names those it replaces; what nothing replaces is a head. More
//! than one head is a contradiction that a person decides. A version may arrive before the one it replaces.

use std::collections::BTreeSet;

use safety_domain::record::EntryHeader;
use safety_journal::entry;

use super::{Derived, Projector, Row, Shown};
use crate::journal::{Pos, parse_entry_name};
use crate::{Error, Result, rules};

impl Projector<'_, '_> {
    /// Adds a version to a record that is there, and works out which one is shown now.
    pub(super) fn add_version(
        &mut self,
        row: Row,
        pos: Pos,
        origin: &str,
        header: &EntryHeader,
        derived: &Derived,
    ) -> Result<()> {
        let stored = if row.conflict {
            self.heads(row.no)?
        } else {
            BTreeSet::new()
        };
        let mut heads: BTreeSet<Pos> = if stored.is_empty() {
            [row.pos].into()
        } else {
            stored.clone()
        };
        for name in &header.prev {
            match self.position(name)? {
                Some(parent) if heads.remove(&parent) => {}
                Some(parent) if self.is_version(&row, parent)? => {}
                _ => self.wait_for(row.no, name)?,
            }
        }
        if !self.was_waited_for(row.no, origin, pos)? {
            heads.insert(pos);
        }
        if heads.is_empty() {
            // Only versions that name each other as replaced can do this; show one rather than none.
            heads = self.all_versions(&row)?;
            heads.insert(pos);
        }
        let shown = self.newest(&heads)?;
        if stored.len() > 1 || heads.len() > 1 {
            self.writer
                .prepare_cached("DELETE FROM heads WHERE no = ?1")?
                .execute([row.no])?;
            if heads.len() > 1 {
                let mut insert = self
                    .writer
                    .prepare_cached("INSERT INTO heads (no, pos) VALUES (?1, ?2)")?;
                for head in &heads {
                    insert.execute((row.no, head.0))?;
                }
            }
        }
        let mut keep = self
            .writer
            .prepare_cached("INSERT OR IGNORE INTO versions (no, pos) VALUES (?1, ?2)")?;
        for other in [row.pos, pos].into_iter().filter(|other| *other != shown) {
            keep.execute((row.no, other.0))?;
        }
        if shown != pos && shown != row.pos {
            self.writer
                .prepare_cached("DELETE FROM versions WHERE no = ?1 AND pos = ?2")?
                .execute((row.no, shown.0))?;
        }

        let shown = Shown {
            pos: shown,
            created: row.created.min(header.at.timestamp_millis()),
            versions: row.versions + 1,
            conflict: heads.len() > 1,
        };
        if shown.pos == pos {
            return self.show(&row, &shown, header, derived);
        }
        let (header, derived) = self.derive_stored(shown.pos)?;
        self.show(&row, &shown, &header, &derived)
    }

    pub(super) fn heads(&self, no: i64) -> Result<BTreeSet<Pos>> {
        self.positions("SELECT pos FROM heads WHERE no = ?1", no)
    }

    fn all_versions(&self, row: &Row) -> Result<BTreeSet<Pos>> {
        let mut all = self.positions("SELECT pos FROM versions WHERE no = ?1", row.no)?;
        all.insert(row.pos);
        Ok(all)
    }

    fn positions(&self, sql: &str, no: i64) -> Result<BTreeSet<Pos>> {
        let mut query = self.writer.prepare_cached(sql)?;
        let rows = query.query_map([no], |row| Ok(Pos(row.get(0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn is_version(&self, row: &Row, pos: Pos) -> Result<bool> {
        if row.pos == pos {
            return Ok(true);
        }
        let mut query = self
            .writer
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM versions WHERE no = ?1 AND pos = ?2)")?;
        Ok(query.query_row((row.no, pos.0), |row| row.get(0))?)
    }

    /// Where the entry named `origin#seq` lies, if its log is known here.
    fn position(&mut self, name: &str) -> Result<Option<Pos>> {
        let Some((origin, seq)) = parse_entry_name(name) else {
            return Ok(None);
        };
        if let Some(log_no) = self.log_numbers.get(origin) {
            return Ok(log_no.map(|log_no| Pos::new(log_no, seq)));
        }
        let log_no = self.writer.log(origin)?.map(|log| log.log_no);
        self.log_numbers.insert(origin.to_owned(), log_no);
        Ok(log_no.map(|log_no| Pos::new(log_no, seq)))
    }

    pub(super) fn wait_for(&mut self, no: i64, name: &str) -> Result<()> {
        let Some((origin, seq)) = parse_entry_name(name) else {
            return Ok(());
        };
        let mut insert = self
            .writer
            .prepare_cached("INSERT OR IGNORE INTO pending (no, origin, seq) VALUES (?1, ?2, ?3)")?;
        insert.execute((no, origin, i64::try_from(seq).unwrap_or(i64::MAX)))?;
        self.pending = true;
        Ok(())
    }

    fn was_waited_for(&self, no: i64, origin: &str, pos: Pos) -> Result<bool> {
        if !self.pending {
            return Ok(false);
        }
        let mut delete = self
            .writer
            .prepare_cached("DELETE FROM pending WHERE no = ?1 AND origin = ?2 AND seq = ?3")?;
        Ok(delete.execute((no, origin, i64::try_from(pos.seq()).unwrap_or(i64::MAX)))? > 0)
    }

    /// The version shown among several that nothing replaces: the newest by its own time, then by name.
    fn newest(&self, heads: &BTreeSet<Pos>) -> Result<Pos> {
        if heads.len() == 1
            && let Some(only) = heads.first()
        {
            return Ok(*only);
        }
        let mut best: Option<(i64, String, u64, Pos)> = None;
        for pos in heads {
            let line = self.writer.line(*pos)?;
            let header = rules::read_header(entry::parse_line(&line)?.header())?;
            let origin = self.writer.log_by_no(pos.log_no())?.origin;
            let candidate = (header.at.timestamp_millis(), origin, pos.seq(), *pos);
            best = best.max(Some(candidate));
        }
        best.map(|best| best.3)
            .ok_or_else(|| Error::Inconsistent("record without version".to_owned()))
    }
}
