//! Signed heads, receipts, and the history of exchange: what was sent, what is held by whom since when.

use rusqlite::{OptionalExtension as _, Row};
use safety_journal::Hash;
use serde::{Deserialize, Serialize};

use crate::journal::Pos;
use crate::{Error, Reader, Result, Writer};

/// A signed head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// The log.
    pub log_no: i64,
    /// Number of entries.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
    /// Signed by this device.
    pub own: bool,
    /// The note: three lines, blank line, signature lines.
    pub note: String,
    /// When it was written down here, RFC 3339.
    pub noted: String,
}

/// A receipt: a signed head countersigned with a time by a device that has durably stored everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log.
    pub log_no: i64,
    /// Name of the key that countersigned.
    pub signer: String,
    /// Number of entries it holds.
    pub size: u64,
    /// Since when, POSIX seconds.
    pub time: u64,
    /// The note with the countersignature.
    pub note: String,
}

/// One bundle sent or received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeEvent {
    /// When, RFC 3339.
    pub at: String,
    /// `out` or `in`.
    pub direction: String,
    /// The other side: origin, or institution code.
    pub peer: String,
    /// File name.
    pub file: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Log whose entries it carries; empty when it carries none.
    pub origin: String,
    /// First entry carried.
    pub first: u64,
    /// One behind the last entry carried.
    pub end: u64,
    /// `exported`, `imported`, `repeated`, `receipt`, or the code of the error that refused it.
    pub outcome: String,
    /// More, as JSON; empty when there is nothing to say.
    pub detail: String,
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

fn integer(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|error| Error::Inconsistent(error.to_string()))
}

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<StoredCheckpoint> {
    Ok(StoredCheckpoint {
        log_no: row.get(0)?,
        size: number(row, 1)?,
        root: Hash(row.get(2)?),
        own: row.get(3)?,
        note: row.get(4)?,
        noted: row.get(5)?,
    })
}

fn receipt(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        log_no: row.get(0)?,
        signer: row.get(1)?,
        size: number(row, 2)?,
        time: number(row, 3)?,
        note: row.get(4)?,
    })
}

fn event(row: &Row<'_>) -> rusqlite::Result<ExchangeEvent> {
    Ok(ExchangeEvent {
        at: row.get(0)?,
        direction: row.get(1)?,
        peer: row.get(2)?,
        file: row.get(3)?,
        sha256: row.get(4)?,
        bytes: number(row, 5)?,
        origin: row.get(6)?,
        first: number(row, 7)?,
        end: number(row, 8)?,
        outcome: row.get(9)?,
        detail: row.get(10)?,
    })
}

const CHECKPOINT: &str = "log_no, size, root, own, note, noted";
const RECEIPT: &str = "log_no, signer, size, time, note";
const EVENT: &str = "at, direction, peer, file, sha256, bytes, origin, first, last, outcome, detail";

impl Reader<'_> {
    /// All signed heads of a log, smallest first.
    pub fn checkpoints(&self, log_no: i64) -> Result<Vec<StoredCheckpoint>> {
        let sql = format!("SELECT {CHECKPOINT} FROM checkpoints WHERE log_no = ?1 ORDER BY size, root");
        let mut query = self.prepare_cached(&sql)?;
        let rows = query.query_map([log_no], checkpoint)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The largest signed head of a log.
    pub fn last_checkpoint(&self, log_no: i64) -> Result<Option<StoredCheckpoint>> {
        let sql =
            format!("SELECT {CHECKPOINT} FROM checkpoints WHERE log_no = ?1 ORDER BY size DESC LIMIT 1");
        let mut query = self.prepare_cached(&sql)?;
        Ok(query.query_row([log_no], checkpoint).optional()?)
    }

    /// All receipts for a log, smallest first.
    pub fn receipts(&self, log_no: i64) -> Result<Vec<Receipt>> {
        let sql = format!("SELECT {RECEIPT} FROM receipts WHERE log_no = ?1 ORDER BY size, time, signer");
        let mut query = self.prepare_cached(&sql)?;
        let rows = query.query_map([log_no], receipt)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The largest receipt for a log, of one signer or of any.
    pub fn last_receipt(&self, log_no: i64, signer: Option<&str>) -> Result<Option<Receipt>> {
        let sql = format!(
            "SELECT {RECEIPT} FROM receipts WHERE log_no = ?1 AND (?2 IS NULL OR signer = ?2)
             ORDER BY size DESC, time DESC LIMIT 1"
        );
        let mut query = self.prepare_cached(&sql)?;
        Ok(query.query_row((log_no, signer), receipt).optional()?)
    }

    /// The receipt that first bounds when an entry was written: the earliest one behind it.
    pub fn receipt_of(&self, pos: Pos) -> Result<Option<Receipt>> {
        let sql = format!(
            "SELECT {RECEIPT} FROM receipts WHERE log_no = ?1 AND size > ?2 ORDER BY time, size LIMIT 1"
        );
        let mut query = self.prepare_cached(&sql)?;
        Ok(query
            .query_row((pos.log_no(), integer(pos.seq())?), receipt)
            .optional()?)
    }

    /// The newest bundles sent and received, newest first; of one peer or of all.
    pub fn exchange_history(
        &self,
        peer: Option<&str>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<ExchangeEvent>> {
        let sql = format!(
            "SELECT {EVENT} FROM exchange_history WHERE ?1 IS NULL OR peer = ?1 ORDER BY no DESC LIMIT ?2 OFFSET ?3"
        );
        let mut query = self.prepare_cached(&sql)?;
        let rows = query.query_map((peer, limit, offset), event)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What became of a bundle file with this SHA-256, newest first.
    pub fn exchanges_of(&self, sha256: &str) -> Result<Vec<ExchangeEvent>> {
        let sql = format!("SELECT {EVENT} FROM exchange_history WHERE sha256 = ?1 ORDER BY no DESC");
        let mut query = self.prepare_cached(&sql)?;
        let rows = query.query_map([sha256], event)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Keeps a signed head; one of the same size and root with more signature lines takes the place of the former.
    /// Two of the same size with different roots are both kept: they are the evidence of a fork.
    pub fn add_checkpoint(&self, checkpoint: &StoredCheckpoint) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO checkpoints (log_no, size, root, own, note, noted) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (log_no, size, root) DO UPDATE SET own = max(own, excluded.own), note = excluded.note
             WHERE length(excluded.note) > length(note)",
        )?;
        insert.execute((
            checkpoint.log_no,
            integer(checkpoint.size)?,
            checkpoint.root.as_bytes(),
            checkpoint.own,
            &checkpoint.note,
            &checkpoint.noted,
        ))?;
        Ok(())
    }

    /// Keeps a receipt; the same twice is kept once.
    pub fn add_receipt(&self, receipt: &Receipt) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO receipts (log_no, signer, size, time, note) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?;
        insert.execute((
            receipt.log_no,
            &receipt.signer,
            integer(receipt.size)?,
            integer(receipt.time)?,
            &receipt.note,
        ))?;
        Ok(())
    }

    /// Writes down a bundle sent or received.
    pub fn note_exchange(&self, event: &ExchangeEvent) -> Result<()> {
        let mut insert = self.prepare_cached(&format!(
            "INSERT INTO exchange_history ({EVENT}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?;
        insert.execute((
            &event.at,
            &event.direction,
            &event.peer,
            &event.file,
            &event.sha256,
            integer(event.bytes)?,
            &event.origin,
            integer(event.first)?,
            integer(event.end)?,
            &event.outcome,
            &event.detail,
        ))?;
        Ok(())
    }
}
