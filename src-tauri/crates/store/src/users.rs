//! Users of this machine: role and person. Their passwords are in the key slots, outside the store.

use rusqlite::{OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, Writer};

/// A user of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Name, as at unlocking.
    pub name: String,
    /// Role, a stable name such as `admin`, `officer`, `head`, `reader`.
    pub role: String,
    /// The person record's UUID, once there is one.
    pub person: Option<String>,
    /// May unlock.
    pub active: bool,
    /// Since when, RFC 3339.
    pub created: String,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        name: row.get(0)?,
        role: row.get(1)?,
        person: row.get(2)?,
        active: row.get(3)?,
        created: row.get(4)?,
    })
}

impl Reader<'_> {
    /// All users by name.
    pub fn users(&self) -> Result<Vec<User>> {
        let mut query =
            self.prepare_cached("SELECT name, role, person, active, created FROM users ORDER BY name")?;
        let rows = query.query_map([], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The user of this name.
    pub fn user(&self, name: &str) -> Result<Option<User>> {
        let mut query =
            self.prepare_cached("SELECT name, role, person, active, created FROM users WHERE name = ?1")?;
        Ok(query.query_row([name], from_row).optional()?)
    }
}

impl Writer<'_> {
    /// Adds a user or changes role, person and activity of one.
    pub fn set_user(&self, user: &User) -> Result<()> {
        let mut insert = self.prepare_cached(
            "INSERT INTO users (name, role, person, active, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, person = excluded.person, active = excluded.active",
        )?;
        insert.execute((&user.name, &user.role, &user.person, user.active, &user.created))?;
        Ok(())
    }

    /// Removes a user; what they wrote keeps their name.
    ///
    /// # Errors
    /// [`Error::UserUnknown`].
    pub fn remove_user(&self, name: &str) -> Result<()> {
        match self.execute("DELETE FROM users WHERE name = ?1", [name])? {
            0 => Err(Error::UserUnknown(name.to_owned())),
            _ => Ok(()),
        }
    }
}
