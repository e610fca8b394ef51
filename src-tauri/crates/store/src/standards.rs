//! Versions of the standard in this store. Older ones stay: what was written under them is judged by them.

use chrono::NaiveDate;
use rusqlite::OptionalExtension as _;
use safety_domain::standard::Standard;
use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, Rules, Writer};

/// A version of the standard, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardVersion {
    /// Identifier.
    pub id: String,
    /// Version.
    pub version: String,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// The issuer's signature, as received.
    pub signature: Option<String>,
    /// When it came into this store, RFC 3339.
    pub added: String,
}

impl Reader<'_> {
    /// All versions, newest in force first. The content is in [`Reader::rules`].
    pub fn standards(&self) -> Result<Vec<StandardVersion>> {
        let mut query = self.prepare_cached(
            "SELECT id, version, effective_from, signature, added FROM standards ORDER BY effective_from DESC, no DESC",
        )?;
        let mut rows = query.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let day: String = row.get(2)?;
            found.push(StandardVersion {
                id: row.get(0)?,
                version: row.get(1)?,
                effective_from: day
                    .parse()
                    .map_err(|_| Error::Inconsistent(format!("standard of {day}")))?,
                signature: row.get(3)?,
                added: row.get(4)?,
            });
        }
        Ok(found)
    }

    /// The JSON of a version, exactly as it was added.
    pub fn standard_json(&self, id: &str, version: &str) -> Result<Option<String>> {
        let mut query = self.prepare_cached("SELECT json FROM standards WHERE id = ?1 AND version = ?2")?;
        Ok(query.query_row((id, version), |row| row.get(0)).optional()?)
    }
}

impl Writer<'_> {
    /// Adds a version of the standard and derives again the records that waited for it. A version that is here
    /// already stays as it is.
    ///
    /// # Errors
    /// [`Error::Standard`] when the JSON is none; [`Error::StandardDiffers`] when another text claims the same version.
    pub fn add_standard(&self, json: &str, signature: Option<&str>, now: &str) -> Result<Standard> {
        let standard: Standard =
            serde_json::from_str(json).map_err(|error| Error::Standard(error.to_string()))?;
        if let Some(former) = self.standard_json(&standard.id, &standard.version)? {
            if former == json {
                return Ok(standard);
            }
            return Err(Error::StandardDiffers(standard.reference()));
        }
        self.execute(
            "INSERT INTO standards (id, version, effective_from, json, signature, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (&standard.id, &standard.version, standard.effective_from.to_string(), json, signature, now),
        )?;
        self.replace_rules(Rules::load(self)?);
        self.project_unknown()?;
        Ok(standard)
    }
}
