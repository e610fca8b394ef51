//! Small things by name: settings, this device's secrets, and who did what.

use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::{Error, Reader, Result, Writer};

/// One line of the activity log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When, RFC 3339.
    pub at: String,
    /// User name.
    pub user: String,
    /// What was done: a stable name such as `record-saved`, `unlocked`, `bundle-exported`.
    pub action: String,
    /// What it was done to, such as a record's identifier; empty when it concerns the whole.
    pub subject: String,
    /// More, as JSON or text; empty when there is nothing to say.
    pub detail: String,
}

fn json(error: serde_json::Error) -> Error {
    Error::Inconsistent(format!("setting: {error}"))
}

impl Reader<'_> {
    /// A setting.
    ///
    /// # Errors
    /// [`Error::Inconsistent`] when it has another shape.
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let mut query = self.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
        let text: Option<String> = query.query_row([key], |row| row.get(0)).optional()?;
        text.map(|text| serde_json::from_str(&text).map_err(json))
            .transpose()
    }

    /// A secret of this device, such as the seed of its signing key.
    pub fn secret(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let mut query = self.prepare_cached("SELECT value FROM secrets WHERE name = ?1")?;
        Ok(query
            .query_row([name], |row| row.get(0))
            .optional()?
            .map(Zeroizing::new))
    }

    /// The newest lines of the activity log, newest first.
    pub fn activity(&self, offset: u32, limit: u32) -> Result<Vec<Activity>> {
        let mut query = self.prepare_cached(
            "SELECT at, user, action, subject, detail FROM activity ORDER BY no DESC LIMIT ?1 OFFSET ?2",
        )?;
        let rows = query.query_map((limit, offset), |row| {
            Ok(Activity {
                at: row.get(0)?,
                user: row.get(1)?,
                action: row.get(2)?,
                subject: row.get(3)?,
                detail: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Writer<'_> {
    /// Sets a setting.
    pub fn set_setting<T: Serialize + ?Sized>(&self, key: &str, value: &T) -> Result<()> {
        let text = serde_json::to_string(value).map_err(json)?;
        let mut insert = self.prepare_cached(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?;
        insert.execute((key, text))?;
        Ok(())
    }

    /// Forgets a setting.
    pub fn remove_setting(&self, key: &str) -> Result<()> {
        self.execute("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }

    /// Keeps a secret of this device; it stays within the encrypted file.
    pub fn set_secret(&self, name: &str, value: &[u8]) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO secrets (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?;
        insert.execute((name, value))?;
        Ok(())
    }

    /// Writes a line of the activity log.
    pub fn note_activity(&self, activity: &Activity) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO activity (at, user, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        insert.execute((
            &activity.at,
            &activity.user,
            &activity.action,
            &activity.subject,
            &activity.detail,
        ))?;
        Ok(())
    }
}
