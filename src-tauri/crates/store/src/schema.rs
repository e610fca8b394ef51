//! The tables, and how older stores grow into newer ones.
//!
//! Two halves with two ways of growing. What cannot be recomputed (`schema/001.sql` and later steps) only ever
//! gains tables and columns, one step after the other, counted in `user_version`. The projection
//! (`schema/projection.sql`) is dropped and built again from the journal whenever its number changes.

use rusqlite::Connection;

use crate::{Error, Result};

/// Schema of this program: the number of steps.
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;
/// Raise when `projection.sql` or the rules of projection change.
pub(crate) const PROJECTION_VERSION: u32 = 2;
/// The oldest schema whose program may still write to a store of this one. Raised only when an older program
/// would do harm; tables and columns it does not know do none.
const OLDEST_WRITER: u32 = 1;

const STEPS: &[&str] = &[include_str!("schema/001.sql")];
const PROJECTION: &str = include_str!("schema/projection.sql");
const PROJECTION_TABLES: &[&str] = &[
    "records",
    "versions",
    "heads",
    "pending",
    "words",
    "tally",
    "last_done",
];

/// Brings the tables up to date, within the caller's transaction. Returns whether the projection has to be built
/// again.
///
/// # Errors
/// [`Error::TooNew`] for a store that this program must not write to.
pub(crate) fn migrate(db: &Connection) -> Result<bool> {
    let version: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > SCHEMA_VERSION {
        let needed = number(db, "oldest_writer")?.unwrap_or(version);
        if needed > SCHEMA_VERSION {
            return Err(Error::TooNew {
                needed,
                known: SCHEMA_VERSION,
            });
        }
        return Ok(false);
    }
    for step in STEPS.iter().skip(version as usize) {
        db.execute_batch(step)?;
    }
    if version < SCHEMA_VERSION {
        db.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        set_number(db, "oldest_writer", OLDEST_WRITER)?;
    }
    if number(db, "projection")? == Some(PROJECTION_VERSION) {
        return Ok(false);
    }
    recreate_projection(db)?;
    set_number(db, "projection", PROJECTION_VERSION)?;
    Ok(true)
}

/// Drops the projection and creates it empty.
pub(crate) fn recreate_projection(db: &Connection) -> Result<()> {
    for table in PROJECTION_TABLES {
        db.execute_batch(&format!("DROP TABLE IF EXISTS {table};"))?;
    }
    create_projection(db)
}

/// Creates the projection's tables in the connection's main database.
pub(crate) fn create_projection(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(PROJECTION)?)
}

/// Whether older programs' numbers allow to go on; without touching anything.
pub(crate) fn is_current(db: &Connection) -> Result<bool> {
    let version: u32 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version == SCHEMA_VERSION && number(db, "projection")? == Some(PROJECTION_VERSION))
}

fn number(db: &Connection, key: &str) -> Result<Option<u32>> {
    use rusqlite::OptionalExtension as _;
    let text: Option<String> = db
        .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn set_number(db: &Connection, key: &str, value: u32) -> Result<()> {
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value.to_string()),
    )?;
    Ok(())
}
