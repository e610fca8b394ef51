//! Drafts: what is being written in a form, saved on every change. They are no records and never leave the machine;
//! after a crash they are offered, never put in place silently.

use rusqlite::{OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{Error, Reader, Result, Writer};

/// A draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The draft.
    pub id: Uuid,
    /// User who writes it.
    pub user: String,
    /// Ledger it is for.
    pub ledger: String,
    /// Record it corrects; `None` for a new one.
    pub record: Option<Uuid>,
    /// The form's content, whatever the form keeps.
    pub content: Value,
    /// When it was begun, RFC 3339.
    pub created: String,
    /// When it was last saved, RFC 3339.
    pub updated: String,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Result<Draft>> {
    let json: String = row.get(4)?;
    let content = match serde_json::from_str(&json) {
        Ok(content) => content,
        Err(error) => return Ok(Err(Error::Inconsistent(format!("draft: {error}")))),
    };
    Ok(Ok(Draft {
        id: Uuid::from_bytes(row.get(0)?),
        user: row.get(1)?,
        ledger: row.get(2)?,
        record: row.get::<_, Option<[u8; 16]>>(3)?.map(Uuid::from_bytes),
        content,
        created: row.get(5)?,
        updated: row.get(6)?,
    }))
}

const COLUMNS: &str = "id, user, ledger, record, json, created, updated";

impl Reader<'_> {
    /// Drafts of a user, last saved first.
    pub fn drafts(&self, user: &str) -> Result<Vec<Draft>> {
        let sql = format!("SELECT {COLUMNS} FROM drafts WHERE user = ?1 ORDER BY updated DESC, id");
        let mut query = self.prepare_cached(&sql)?;
        let rows = query.query_map([user], from_row)?;
        rows.map(|row| row?).collect()
    }

    /// One draft.
    pub fn draft(&self, id: Uuid) -> Result<Option<Draft>> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM drafts WHERE id = ?1"))?;
        query.query_row([id.as_bytes()], from_row).optional()?.transpose()
    }
}

impl Writer<'_> {
    /// Saves a draft, new or again.
    pub fn save_draft(&self, draft: &Draft) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO drafts (id, user, ledger, record, json, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET json = excluded.json, updated = excluded.updated",
        )?;
        insert.execute((
            draft.id.as_bytes(),
            &draft.user,
            &draft.ledger,
            draft.record.as_ref().map(Uuid::as_bytes),
            draft.content.to_string(),
            &draft.created,
            &draft.updated,
        ))?;
        Ok(())
    }

    /// Removes a draft: thrown away, or become a record in this same transaction. Answers whether it was there.
    pub fn remove_draft(&self, id: Uuid) -> Result<bool> {
        Ok(self
            .prepare_cached("DELETE FROM drafts WHERE id = ?1")?
            .execute([id.as_bytes()])?
            > 0)
    }
}
