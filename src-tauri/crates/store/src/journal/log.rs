//! The list of logs: this device's own, and the replicas of others.

use rusqlite::{OptionalExtension as _, Row};
use safety_journal::Hash;
use safety_journal::tree::Frontier;
use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, Writer};

/// Whether a log may still grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogState {
    /// Grows.
    Open,
    /// Closed for ever, in good order (device or key replaced).
    Closed,
    /// Its key was revoked.
    Revoked,
    /// Two branches were seen; kept as evidence.
    Forked,
}

impl LogState {
    pub(crate) fn name(self) -> &'static str {
        match self {
            LogState::Open => "open",
            LogState::Closed => "closed",
            LogState::Revoked => "revoked",
            LogState::Forked => "forked",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Revoked, Self::Forked]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// A log in this store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Its number in this store.
    pub log_no: i64,
    /// Its name everywhere.
    pub origin: String,
    /// Code of the institution whose device writes it.
    pub institution: String,
    /// 8 hexadecimal digits of the device's key hash.
    pub device: String,
    /// For whom it is written, such as `up` (to the superior) or `down`.
    pub audience: String,
    /// Written by this device.
    pub own: bool,
    /// Verifier key of its checkpoints (C2SP vkey).
    pub vkey: String,
    /// Number of entries here.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Hash,
    /// Whether it may grow.
    pub state: LogState,
    /// Until when its key is valid, RFC 3339.
    pub valid_to: Option<String>,
    /// When this store began it, RFC 3339.
    pub created: String,
}

/// A log to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLog {
    /// Its name everywhere.
    pub origin: String,
    /// Code of the institution whose device writes it.
    pub institution: String,
    /// 8 hexadecimal digits of the device's key hash.
    pub device: String,
    /// For whom it is written, such as `up` or `down`.
    pub audience: String,
    /// Written by this device.
    pub own: bool,
    /// Verifier key of its checkpoints (C2SP vkey).
    pub vkey: String,
    /// Until when its key is valid, RFC 3339.
    pub valid_to: Option<String>,
    /// Now, RFC 3339.
    pub created: String,
}

const COLUMNS: &str =
    "log_no, origin, institution, device, audience, own, vkey, size, root, state, valid_to, created";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Result<Log>> {
    let size: i64 = row.get(7)?;
    let root: Vec<u8> = row.get(8)?;
    let state: String = row.get(9)?;
    let parsed = LogState::parse(&state)
        .ok_or_else(|| Error::Inconsistent(format!("log state {state}")))
        .and_then(|state| Ok((state, hash(&root)?)));
    let (state, root) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(Log {
        log_no: row.get(0)?,
        origin: row.get(1)?,
        institution: row.get(2)?,
        device: row.get(3)?,
        audience: row.get(4)?,
        own: row.get(5)?,
        vkey: row.get(6)?,
        size: size.unsigned_abs(),
        root,
        state,
        valid_to: row.get(10)?,
        created: row.get(11)?,
    }))
}

pub(crate) fn hash(bytes: &[u8]) -> Result<Hash> {
    Hash::from_slice(bytes).map_err(|error| Error::Inconsistent(error.to_string()))
}

pub(crate) fn missing(origin: impl ToString) -> Error {
    Error::NotFound {
        what: "log",
        id: origin.to_string(),
    }
}

impl Reader<'_> {
    /// All logs, oldest first.
    pub fn logs(&self) -> Result<Vec<Log>> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM logs ORDER BY log_no"))?;
        let rows = query.query_map([], from_row)?;
        rows.map(|row| row?).collect()
    }

    /// The log of this name.
    pub fn log(&self, origin: &str) -> Result<Option<Log>> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM logs WHERE origin = ?1"))?;
        query.query_row([origin], from_row).optional()?.transpose()
    }

    /// The log of this number.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn log_by_no(&self, log_no: i64) -> Result<Log> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM logs WHERE log_no = ?1"))?;
        query
            .query_row([log_no], from_row)
            .optional()?
            .ok_or_else(|| missing(log_no))?
    }

    /// The log this device writes for `audience`: the newest of its own that is open.
    pub fn own_log(&self, audience: &str) -> Result<Option<Log>> {
        let mut query = self.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM logs WHERE own = 1 AND audience = ?1 AND state = 'open' ORDER BY log_no DESC LIMIT 1"
        ))?;
        query.query_row([audience], from_row).optional()?.transpose()
    }

    /// The frontier of a log, from which its next root follows.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Inconsistent`].
    pub fn frontier(&self, log_no: i64) -> Result<Frontier> {
        let mut query = self.prepare_cached("SELECT frontier FROM logs WHERE log_no = ?1")?;
        let bytes: Vec<u8> = query
            .query_row([log_no], |row| row.get(0))
            .optional()?
            .ok_or_else(|| missing(log_no))?;
        Frontier::from_bytes(&bytes).map_err(|error| Error::Inconsistent(error.to_string()))
    }
}

impl Writer<'_> {
    /// Begins a log.
    pub fn add_log(&self, new: &NewLog) -> Result<Log> {
        let frontier = Frontier::new();
        let mut insert = self.prepare_cached(
            "INSERT INTO logs (origin, institution, device, audience, own, vkey, size, frontier, root, state, valid_to, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, 'open', ?9, ?10)",
        )?;
        insert.execute((
            &new.origin,
            &new.institution,
            &new.device,
            &new.audience,
            new.own,
            &new.vkey,
            frontier.to_bytes(),
            frontier.root().as_bytes(),
            &new.valid_to,
            &new.created,
        ))?;
        self.log_by_no(self.last_insert_rowid())
    }

    /// Closes, revokes or reopens a log.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn set_log_state(&self, log_no: i64, state: LogState, valid_to: Option<&str>) -> Result<()> {
        let changed = self.execute(
            "UPDATE logs SET state = ?2, valid_to = ?3 WHERE log_no = ?1",
            (log_no, state.name(), valid_to),
        )?;
        if changed == 0 {
            Err(missing(log_no))
        } else {
            Ok(())
        }
    }

    /// Writes down a log's new head.
    pub(crate) fn set_head(&self, log_no: i64, frontier: &Frontier) -> Result<()> {
        let size = i64::try_from(frontier.size()).map_err(|error| Error::Inconsistent(error.to_string()))?;
        let mut update =
            self.prepare_cached("UPDATE logs SET size = ?2, frontier = ?3, root = ?4 WHERE log_no = ?1")?;
        update.execute((log_no, size, frontier.to_bytes(), frontier.root().as_bytes()))?;
        Ok(())
    }
}
