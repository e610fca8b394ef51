//! Copies of the store: encrypted with the same key, whole or not there at all, with the key slots beside them.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::OpenFlags;

use crate::open::connect;
use crate::slots::Slots;
use crate::{Error, Result, Store, atomic};

impl Store {
    /// Writes a copy of the store to `path` while work goes on, reads it back, and copies the key slots beside it.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is a file; [`Error::Io`], [`Error::DiskFull`], [`Error::Damaged`] when the copy
    /// cannot be read back.
    pub fn backup_to(&self, path: &Path) -> Result<PathBuf> {
        if path.exists() {
            return Err(Error::Exists);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let part = atomic::beside(path, ".part");
        remove(&part)?;
        let outcome = self.copy_to(&part);
        if outcome.is_err() {
            remove(&part)?;
        }
        outcome?;
        let slots = Slots::path_for(self.path());
        if slots.exists() {
            let bytes = fs::read(&slots)?;
            atomic::replace(&Slots::path_for(path), &bytes)?;
        }
        fs::rename(&part, path)?;
        atomic::sync_folder(path)?;
        Ok(path.to_owned())
    }

    fn copy_to(&self, part: &Path) -> Result<()> {
        let db = self.connect_reader()?;
        db.pragma_update(None, "query_only", false)?;
        let name = part
            .to_str()
            .ok_or_else(|| Error::Io(std::io::ErrorKind::InvalidFilename.into()))?;
        db.execute("VACUUM INTO ?1", [name])?;
        atomic::sync_file(part)?;
        // Every page is read and its HMAC checked.
        let copy = connect(part, self.key(), OpenFlags::empty())?;
        let mut check = copy.prepare("PRAGMA cipher_integrity_check")?;
        let mut faults = check.query([])?;
        if let Some(row) = faults.next()? {
            return Err(Error::Damaged(row.get(0)?));
        }
        drop(faults);
        drop(check);
        let result: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if result != "ok" {
            return Err(Error::Damaged(result));
        }
        // Leave one plain file behind, without a log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        copy.close().map_err(|(_, error)| Error::from(error))
    }
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
