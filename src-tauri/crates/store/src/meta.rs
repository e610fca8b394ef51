//! What the store knows about itself. Set when it is created; demo and device never change afterwards.

use std::collections::BTreeMap;

use rusqlite::Connection;
use safety_domain::institution::Level;
use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, Writer};

/// Facts about the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Code of the institution (机构号) that keeps this store.
    pub institution: String,
    /// Its level.
    pub level: Level,
    /// 8 hexadecimal digits of the hash of the device's key; the last part of its origin.
    pub device: String,
    /// Belongs to a demo world; for ever.
    pub demo: bool,
    /// When it was created, RFC 3339.
    pub created: String,
}

impl Meta {
    /// Origin of this device's log: `outlet-safety/<institution>/<device>`, in demo worlds `demo.outlet-safety/…`.
    pub fn origin(&self) -> String {
        let prefix = if self.demo { "demo." } else { "" };
        format!("{prefix}outlet-safety/{}/{}", self.institution, self.device)
    }

    pub(crate) fn write(&self, db: &Connection) -> Result<()> {
        let level = level_name(self.level)?;
        for (key, value) in [
            ("institution", self.institution.as_str()),
            ("level", level.as_str()),
            ("device", self.device.as_str()),
            ("demo", if self.demo { "1" } else { "0" }),
            ("created", self.created.as_str()),
        ] {
            db.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", (key, value))?;
        }
        Ok(())
    }
}

fn level_name(level: Level) -> Result<String> {
    match serde_json::to_value(level) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(Error::Inconsistent("level".to_owned())),
    }
}

impl Reader<'_> {
    /// What the store knows about itself.
    pub fn meta(&self) -> Result<Meta> {
        let mut query = self.prepare_cached("SELECT key, value FROM meta")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut values = rows.collect::<rusqlite::Result<BTreeMap<String, String>>>()?;
        let mut take = |key: &str| {
            values
                .remove(key)
                .ok_or_else(|| Error::Inconsistent(format!("meta without {key}")))
        };
        let level = serde_json::Value::String(take("level")?);
        Ok(Meta {
            institution: take("institution")?,
            level: serde_json::from_value(level).map_err(|_| Error::Inconsistent("meta level".to_owned()))?,
            device: take("device")?,
            demo: take("demo")? == "1",
            created: take("created")?,
        })
    }
}

impl Writer<'_> {
    /// Names the institution that keeps this store, which a restored or re-enrolled device may have to do.
    pub fn set_institution(&self, code: &str, level: Level) -> Result<()> {
        for (key, value) in [("institution", code.to_owned()), ("level", level_name(level)?)] {
            self.execute("UPDATE meta SET value = ?2 WHERE key = ?1", (key, value))?;
        }
        Ok(())
    }

    /// Names the device after its key was replaced; its former log stays as it is.
    pub fn set_device(&self, device: &str) -> Result<()> {
        self.execute("UPDATE meta SET value = ?1 WHERE key = 'device'", [device])?;
        Ok(())
    }
}
