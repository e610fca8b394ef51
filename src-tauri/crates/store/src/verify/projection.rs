//! The projection, built a second time in memory and compared row by row with the one in the file.

use rusqlite::Connection;
use uuid::Uuid;

use super::Report;
use crate::open::{PAGE, start};
use crate::project::Projector;
use crate::{Result, Store, Writer, schema};

/// Differences told per table; more say nothing new.
const MOST_PER_TABLE: usize = 100;

impl Store {
    pub(super) fn verify_projection(&self, report: &mut Report) -> Result<()> {
        start();
        let db = Connection::open_in_memory()?;
        db.execute_batch(&format!(
            "PRAGMA cipher_log_level = NONE; PRAGMA cipher_default_page_size = {PAGE};"
        ))?;
        let path = self.path().to_string_lossy();
        db.execute(
            "ATTACH DATABASE ?1 AS disk KEY ?2",
            (path.as_ref(), self.key().literal().as_str()),
        )?;
        // Tables of the projection resolve to the ones in memory, all others to the file.
        schema::create_projection(&db)?;
        db.execute_batch("BEGIN")?;
        let rules = crate::Rules::load(&db)?;
        let writer = Writer::new(&db, rules);
        if let Err(error) = Projector::aside(&writer).and_then(|projector| writer.project_all(projector)) {
            report.tell("projection", "journal", error.to_string());
            return Ok(());
        }
        report.records = db
            .query_row("SELECT count(*) FROM main.records", [], |row| {
                row.get::<_, i64>(0)
            })?
            .unsigned_abs();
        for (table, columns) in [
            (
                "records",
                "id, ledger, inst, occurred, created, recorded, author, title, state, due, open, bad, late, \
                 withdrawn, conflict, known, versions, pos",
            ),
            ("tally", "inst, ledger, month, records, late, open"),
            ("last_done", "inst, ledger, occurred, recorded"),
        ] {
            compare(
                &db,
                report,
                table,
                columns,
                &format!("main.{table}"),
                &format!("disk.{table}"),
            )?;
        }
        for table in ["versions", "heads"] {
            let joined = |side: &str| format!("{side}.{table} v JOIN {side}.records r ON r.no = v.no");
            compare(
                &db,
                report,
                table,
                "r.id, v.pos",
                &joined("main"),
                &joined("disk"),
            )?;
        }
        let joined = |side: &str| format!("{side}.pending v JOIN {side}.records r ON r.no = v.no");
        compare(
            &db,
            report,
            "pending",
            "r.id, v.origin, v.seq",
            &joined("main"),
            &joined("disk"),
        )?;
        let indexed = |side: &str| format!("{side}.words w JOIN {side}.records r ON r.no = w.rowid");
        compare(&db, report, "words", "r.id", &indexed("main"), &indexed("disk"))?;
        self.verify_index(report)
    }

    /// The index of words is contentless: its inner structure is checked, and which rows it has.
    fn verify_index(&self, report: &mut Report) -> Result<()> {
        let outcome = self.write(|writer| {
            writer.execute("INSERT INTO words (words) VALUES ('integrity-check')", [])?;
            let missing: i64 = writer.query_row(
                "SELECT count(*) FROM words WHERE rowid NOT IN (SELECT no FROM records)",
                [],
                |row| row.get(0),
            )?;
            if missing > 0 {
                Err(crate::Error::Inconsistent(format!("{missing} rows of no record")))
            } else {
                Ok(())
            }
        });
        if let Err(error) = outcome {
            report.tell("index", "words", error.to_string());
        }
        Ok(())
    }
}

/// Rows that only one of two sets has. The first column names the row: a record's id, or a text.
fn compare(
    db: &Connection,
    report: &mut Report,
    table: &str,
    columns: &str,
    fresh: &str,
    stored: &str,
) -> Result<()> {
    for (what, here, there) in [
        ("missing or different", fresh, stored),
        ("not from the journal", stored, fresh),
    ] {
        let sql = format!(
            "SELECT {columns} FROM {here} EXCEPT SELECT {columns} FROM {there} LIMIT {MOST_PER_TABLE}"
        );
        let mut query = db.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let name = match row.get_ref(0)? {
                rusqlite::types::ValueRef::Blob(bytes) => {
                    Uuid::from_slice(bytes).unwrap_or_default().to_string()
                }
                other => other.as_str().map(str::to_owned).unwrap_or_default(),
            };
            report.tell("projection", format!("{table} {name}"), what);
        }
    }
    Ok(())
}
