//! Records seen as proof of acts, and the aggregates that dashboards read.

use rusqlite::types::Value as Sql;
pub use safety_domain::obligation::Evidence;
use safety_domain::projection::occurred_day;
use safety_domain::record::RecordBody;
use safety_journal::entry;
use serde::{Deserialize, Serialize};

use super::list::{time, unexpected, uuid};
use crate::{Reader, Result};

/// Newest act of an institution in a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDone {
    /// Code of the institution.
    pub institution: String,
    /// Ledger.
    pub ledger: String,
    /// When the newest act took place, local; empty when there is none.
    pub occurred: String,
    /// When anything was last written there, RFC 3339, by its author's clock.
    pub recorded: chrono::DateTime<chrono::FixedOffset>,
}

/// Counts of an institution in a ledger and month; withdrawn records are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Code of the institution.
    pub institution: String,
    /// Ledger.
    pub ledger: String,
    /// Month of the act, `YYYY-MM`; empty for acts without a readable day.
    pub month: String,
    /// Records.
    pub records: u64,
    /// Of these, entered late (补录).
    pub late: u64,
    /// Of these, still open.
    pub open: u64,
}

impl Reader<'_> {
    /// Records of an institution in these ledgers with acts from day `from` to day `to` (`YYYY-MM-DD`), as
    /// obligations need them; withdrawn and withheld ones left out, oldest act first.
    pub fn evidence(
        &self,
        ledgers: &[&str],
        institution: &str,
        from: &str,
        to: &str,
    ) -> Result<Vec<Evidence>> {
        let mut found = Vec::new();
        let mut query = self.prepare_cached(
            "SELECT r.id, r.ledger, r.occurred, r.created, r.late, j.line
             FROM records r JOIN journal j ON j.pos = r.pos
             WHERE r.inst = ?1 AND r.ledger = ?2 AND r.occurred >= ?3 AND r.occurred < ?4 AND r.withdrawn = 0
             ORDER BY r.occurred, r.created, r.id",
        )?;
        for ledger in ledgers {
            let mut rows = query.query((institution, ledger, from, format!("{to}~")))?;
            while let Some(row) = rows.next()? {
                let line = row.get_ref(5)?.as_blob().map_err(unexpected)?;
                let body = entry::parse_line(line)?
                    .body()
                    .and_then(|body| serde_json::from_str::<RecordBody>(body).ok());
                let occurred = occurred_day(row.get_ref(2)?.as_str().map_err(unexpected)?);
                let (Some(body), Some(occurred)) = (body, occurred) else {
                    continue;
                };
                found.push(Evidence {
                    record: uuid(row, 0)?,
                    ledger: row.get(1)?,
                    institution: institution.to_owned(),
                    occurred,
                    recorded: time(row.get(3)?)?.date_naive(),
                    late: row.get(4)?,
                    fields: body.fields,
                });
            }
        }
        found.sort_by_key(|evidence| (evidence.occurred, evidence.recorded, evidence.record));
        Ok(found)
    }

    /// Newest acts, of one institution or of all.
    pub fn last_done(&self, institution: Option<&str>) -> Result<Vec<LastDone>> {
        let mut query = self.prepare_cached(
            "SELECT inst, ledger, occurred, recorded FROM last_done
             WHERE ?1 IS NULL OR inst = ?1 ORDER BY inst, ledger",
        )?;
        let mut rows = query.query([institution])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(LastDone {
                institution: row.get(0)?,
                ledger: row.get(1)?,
                occurred: row.get(2)?,
                recorded: time(row.get(3)?)?,
            });
        }
        Ok(found)
    }

    /// Counts by institution, ledger and month, from `from` to `to` (`YYYY-MM`); of one institution or of all.
    pub fn tally(&self, institution: Option<&str>, from: &str, to: &str) -> Result<Vec<Tally>> {
        let mut sql =
            "SELECT inst, ledger, month, records, late, open FROM tally WHERE month BETWEEN ?1 AND ?2"
                .to_owned();
        let mut values = vec![Sql::Text(from.to_owned()), Sql::Text(to.to_owned())];
        if let Some(institution) = institution {
            sql.push_str(" AND inst = ?3");
            values.push(Sql::Text(institution.to_owned()));
        }
        sql.push_str(" ORDER BY inst, ledger, month");
        let mut query = self.prepare_cached(&sql)?;
        let mut rows = query.query(rusqlite::params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let number = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            found.push(Tally {
                institution: row.get(0)?,
                ledger: row.get(1)?,
                month: row.get(2)?,
                records: number(3)?,
                late: number(4)?,
                open: number(5)?,
            });
        }
        Ok(found)
    }

    /// Open records per institution: all, and those due before `day` (`YYYY-MM-DD`).
    pub fn open_counts(&self, day: &str) -> Result<Vec<(String, u64, u64)>> {
        let mut query = self.prepare_cached(
            "SELECT inst, count(*), coalesce(sum(due < ?1), 0) FROM records WHERE open = 1 GROUP BY inst ORDER BY inst",
        )?;
        let rows = query.query_map([day], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, i64>(1)?.unsigned_abs(),
                row.get::<_, i64>(2)?.unsigned_abs(),
            ))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Codes of the institutions that have records here.
    pub fn institutions(&self) -> Result<Vec<String>> {
        let mut query = self.prepare_cached("SELECT DISTINCT inst FROM last_done ORDER BY inst")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
