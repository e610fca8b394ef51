//! The history of one record: every version, with who wrote it, when and where it lies.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension as _;
use safety_domain::record::RecordBody;
use safety_journal::{Hash, entry};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::journal::{Pos, entry_name};
use crate::{Reader, Result, rules};

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its name between stores, `origin#seq`.
    pub name: String,
    /// Log it lies in.
    pub origin: String,
    /// Sequence number in that log, from 0.
    pub seq: u64,
    /// Where it lies in this store.
    pub pos: Pos,
    /// Leaf hash.
    pub leaf: Hash,
    /// When it was written, by its author's clock.
    pub at: DateTime<FixedOffset>,
    /// Who wrote it.
    pub by: String,
    /// Ledger.
    pub ledger: String,
    /// Code of the institution.
    pub institution: String,
    /// Standard it was written under.
    pub standard: String,
    /// Versions it replaces, as `origin#seq`.
    pub replaces: Vec<String>,
    /// The version shown.
    pub shown: bool,
    /// No other version replaces it; more than one such is a contradiction to decide.
    pub head: bool,
    /// The body is withheld or erased.
    pub withheld: bool,
    /// The body; `None` when withheld or of a shape not known here. The reason of a correction is in `change`.
    pub body: Option<RecordBody>,
}

impl Reader<'_> {
    /// All versions of a record, oldest first; empty for a record that is not here.
    pub fn history(&self, id: Uuid) -> Result<Vec<Version>> {
        let mut query = self.prepare_cached("SELECT no, pos FROM records WHERE id = ?1")?;
        let Some((no, shown)) = query
            .query_row([id.as_bytes()], |row| {
                Ok((row.get::<_, i64>(0)?, Pos(row.get(1)?)))
            })
            .optional()?
        else {
            return Ok(Vec::new());
        };
        let positions = |sql: &str| -> Result<BTreeSet<Pos>> {
            let mut query = self.prepare_cached(sql)?;
            let rows = query.query_map([no], |row| Ok(Pos(row.get(0)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        let mut all = positions("SELECT pos FROM versions WHERE no = ?1")?;
        all.insert(shown);
        let mut heads = positions("SELECT pos FROM heads WHERE no = ?1")?;
        if heads.is_empty() {
            heads.insert(shown);
        }
        let mut versions = Vec::new();
        for pos in all {
            let mut version = self.version(pos)?;
            version.shown = pos == shown;
            version.head = heads.contains(&pos);
            versions.push(version);
        }
        versions.sort_by(|a, b| (a.at, &a.origin, a.seq).cmp(&(b.at, &b.origin, b.seq)));
        Ok(versions)
    }

    /// The versions of a record that nothing replaces: one, or those that contradict each other.
    pub fn heads(&self, id: Uuid) -> Result<Vec<Version>> {
        Ok(self
            .history(id)?
            .into_iter()
            .filter(|version| version.head)
            .collect())
    }

    /// One version by where it lies; `shown` and `head` are not filled in.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`].
    pub fn version(&self, pos: Pos) -> Result<Version> {
        let line = self.line(pos)?;
        let parsed = entry::parse_line(&line)?;
        let header = rules::read_header(parsed.header())?;
        let log = self.log_by_no(pos.log_no())?;
        let body = parsed.body();
        Ok(Version {
            name: entry_name(&log.origin, pos.seq()),
            origin: log.origin,
            seq: pos.seq(),
            pos,
            leaf: parsed.leaf(),
            at: header.at,
            by: header.by,
            ledger: header.ledger,
            institution: header.inst,
            standard: header.std,
            replaces: header.prev,
            shown: false,
            head: false,
            withheld: body.is_none(),
            body: body.and_then(|body| serde_json::from_str(body).ok()),
        })
    }
}
