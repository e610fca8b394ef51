//! The limit: SQLCipher with the store's own settings, prepared statements, and rows that are already worked out.
//! Nothing that checks, hashes or decides, and the index of words written in its best order.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use safety_store::journal::Received;

use crate::measure::Outcome;
use crate::world::key;

/// A connection with the settings of the store's own.
pub fn connect(path: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    let hex: String = key()
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    db.execute_batch(&format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA cipher_default_page_size = 8192; PRAGMA key = \"x'{hex}'\";"
    ))?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST; PRAGMA trusted_schema = OFF;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// Inserts the rows of these entries as entries of log `log_no` from `start` on, in one transaction.
pub fn insert(db: &mut Connection, log_no: i64, start: u64, received: &[Received]) -> Outcome<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut journal = tx.prepare_cached("INSERT INTO journal (pos, leaf, line) VALUES (?1, ?2, ?3)")?;
        let mut records = tx.prepare_cached(
            "INSERT INTO records (id, ledger, inst, occurred, created, recorded, author, title, state, due,
               open, bad, late, withdrawn, conflict, known, versions, pos)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, 0, 1, 1, ?13)
             ON CONFLICT (id) DO UPDATE SET occurred = excluded.occurred, recorded = excluded.recorded,
               author = excluded.author, title = excluded.title, state = excluded.state, due = excluded.due,
               open = excluded.open, bad = excluded.bad, versions = versions + 1, pos = excluded.pos
             RETURNING no, versions",
        )?;
        let mut words = tx.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
        let mut unword = tx.prepare_cached("DELETE FROM words WHERE rowid = ?1")?;
        let mut versions = tx.prepare_cached("INSERT INTO versions (no, pos) VALUES (?1, ?2)")?;
        // The index of words takes rows fastest in their order, each once.
        let mut texts: BTreeMap<i64, (&str, bool)> = BTreeMap::new();
        for (received, seq) in received.iter().zip(start..) {
            // As the schema says: number of the log, then number of the entry.
            let pos = log_no << 40 | seq.cast_signed();
            let (header, columns) = (received.header(), received.columns());
            journal.execute((pos, received.leaf().as_bytes(), received.line()))?;
            let (no, version): (i64, i64) = records.query_row(
                rusqlite::params![
                    header.rec.as_bytes(),
                    header.ledger,
                    header.inst,
                    columns.occurred,
                    header.at.timestamp_millis(),
                    header.by,
                    columns.title,
                    columns.state,
                    columns.due,
                    columns.open,
                    columns.bad,
                    columns.late,
                    pos,
                ],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if version > 1 {
                versions.execute((no, pos))?;
            }
            let there = version > 1 && texts.get(&no).is_none_or(|(_, there)| *there);
            texts.insert(no, (columns.words, there));
        }
        for (no, (text, there)) in texts {
            if there {
                unword.execute([no])?;
            }
            words.execute((no, text))?;
        }
        if received.len() == 1 {
            // What one save changes beside its rows.
            let header = received.iter().map(Received::header).next();
            if let Some(header) = header {
                let month = header.at.format("%Y-%m").to_string();
                tx.prepare_cached(
                    "INSERT INTO tally (inst, ledger, month, records, late, open) VALUES (?1, ?2, ?3, 1, 0, 0)
                     ON CONFLICT (inst, ledger, month) DO UPDATE SET records = records + 1",
                )?
                .execute((&header.inst, &header.ledger, month))?;
                tx.prepare_cached("UPDATE last_done SET recorded = ?3 WHERE inst = ?1 AND ledger = ?2")?
                    .execute((&header.inst, &header.ledger, header.at.timestamp_millis()))?;
            }
        }
        tx.prepare_cached("UPDATE logs SET size = ?2, root = ?3 WHERE log_no = ?1")?
            .execute((
                log_no,
                start.saturating_add(received.len() as u64).cast_signed(),
                [0u8; 32],
            ))?;
    }
    tx.commit()?;
    Ok(())
}

/// The same for many entries: the file is brought up to date once, at the end, as after an import.
pub fn insert_bulk(db: &mut Connection, log_no: i64, received: &[Received]) -> Outcome<()> {
    db.pragma_update(None, "wal_autocheckpoint", 20_000)?;
    insert(db, log_no, 0, received)?;
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
