//! Attachments inside the encrypted file, cut into chunks so that a photo never has to be in memory as a whole, and
//! named by their hash, which is checked whenever they come in or go out.

use std::io::{Read, Write};

use rusqlite::OptionalExtension as _;
use safety_journal::Hash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, Reader, Result, Writer};

/// Largest chunk in bytes.
pub const CHUNK: usize = 256 * 1024;
const CHUNK_BITS: u32 = 20;

/// Whether an attachment's bytes are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlobState {
    /// They are here.
    Present,
    /// A record names them; they have not come.
    Wanted,
    /// They were erased here on purpose.
    Erased,
}

/// An attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blob {
    /// SHA-256 of the bytes.
    pub sha256: Hash,
    /// Size in bytes; of a wanted one, as the record says.
    pub size: u64,
    /// Media type.
    pub media_type: String,
    /// Whether the bytes are here.
    pub state: BlobState,
}

fn missing(sha256: &Hash) -> Error {
    Error::NotFound {
        what: "blob",
        id: sha256.to_hex(),
    }
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Blob> {
    let state: String = row.get(3)?;
    let state = match state.as_str() {
        "present" => BlobState::Present,
        "erased" => BlobState::Erased,
        _ => BlobState::Wanted,
    };
    let size: i64 = row.get(1)?;
    Ok(Blob {
        sha256: Hash(row.get(0)?),
        size: size.unsigned_abs(),
        media_type: row.get(2)?,
        state,
    })
}

impl Reader<'_> {
    /// What is known about an attachment.
    pub fn blob(&self, sha256: &Hash) -> Result<Option<Blob>> {
        let mut query =
            self.prepare_cached("SELECT sha256, size, type, state FROM blobs WHERE sha256 = ?1")?;
        Ok(query.query_row([sha256.as_bytes()], from_row).optional()?)
    }

    /// Attachments that records name and that are not here.
    pub fn wanted_blobs(&self) -> Result<Vec<Blob>> {
        let mut query = self.prepare_cached(
            "SELECT sha256, size, type, state FROM blobs WHERE state = 'wanted' ORDER BY blob_no",
        )?;
        let rows = query.query_map([], from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Writes an attachment's bytes to `to`, chunk by chunk, and checks them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they are not here; [`Error::BlobHash`] when they are not what they should be (what
    /// was written has to be thrown away); [`Error::Io`].
    pub fn read_blob(&self, sha256: &Hash, to: &mut dyn Write) -> Result<u64> {
        let mut query =
            self.prepare_cached("SELECT blob_no FROM blobs WHERE sha256 = ?1 AND state = 'present'")?;
        let blob_no: Option<i64> = query
            .query_row([sha256.as_bytes()], |row| row.get(0))
            .optional()?;
        let blob_no = blob_no.ok_or_else(|| missing(sha256))?;
        let mut chunks =
            self.prepare_cached("SELECT bytes FROM blob_chunks WHERE pos >= ?1 AND pos < ?2 ORDER BY pos")?;
        let mut rows = chunks.query((blob_no << CHUNK_BITS, (blob_no + 1) << CHUNK_BITS))?;
        let (mut digest, mut size) = (Sha256::new(), 0);
        while let Some(row) = rows.next()? {
            let bytes = row
                .get_ref(0)?
                .as_blob()
                .map_err(|error| Error::Inconsistent(error.to_string()))?;
            digest.update(bytes);
            to.write_all(bytes)?;
            size += bytes.len() as u64;
        }
        let found = Hash(digest.finalize().into());
        if found != *sha256 {
            return Err(Error::BlobHash {
                expected: sha256.to_hex(),
                found: found.to_hex(),
            });
        }
        Ok(size)
    }
}

impl Writer<'_> {
    /// Takes in an attachment from `from` and answers its hash. With `expected`, other bytes are refused; run it
    /// under [`Writer::savepoint`] to go on after that.
    ///
    /// # Errors
    /// [`Error::BlobHash`], [`Error::Io`].
    pub fn add_blob(&self, from: &mut dyn Read, media_type: &str, expected: Option<&Hash>) -> Result<Blob> {
        if let Some(expected) = expected
            && let Some(blob) = self.blob(expected)?
            && blob.state == BlobState::Present
        {
            return Ok(blob);
        }
        // Written under a name that no attachment can have, until the hash is known.
        let mut insert = self.prepare_cached(
            "INSERT INTO blobs (sha256, size, type, state) VALUES (randomblob(16), 0, ?1, 'coming')",
        )?;
        insert.execute([media_type])?;
        let blob_no = self.last_insert_rowid();
        let mut chunk = self.prepare_cached("INSERT INTO blob_chunks (pos, bytes) VALUES (?1, ?2)")?;
        let (mut digest, mut size, mut at) = (Sha256::new(), 0u64, 0i64);
        let mut buffer = vec![0; CHUNK];
        loop {
            let length = fill(from, &mut buffer)?;
            let bytes = buffer.get(..length).unwrap_or_default();
            if bytes.is_empty() {
                break;
            }
            if at >= 1 << CHUNK_BITS {
                return Err(Error::Io(std::io::Error::from(std::io::ErrorKind::FileTooLarge)));
            }
            digest.update(bytes);
            chunk.execute((blob_no << CHUNK_BITS | at, bytes))?;
            size += length as u64;
            at += 1;
        }
        let found = Hash(digest.finalize().into());
        if let Some(expected) = expected
            && *expected != found
        {
            return Err(Error::BlobHash {
                expected: expected.to_hex(),
                found: found.to_hex(),
            });
        }
        if let Some(former) = self.blob(&found)? {
            if former.state == BlobState::Present {
                self.drop_chunks(blob_no)?;
                self.execute("DELETE FROM blobs WHERE blob_no = ?1", [blob_no])?;
                return Ok(former);
            }
            self.execute("DELETE FROM blobs WHERE sha256 = ?1", [found.as_bytes()])?;
        }
        self.execute(
            "UPDATE blobs SET sha256 = ?2, size = ?3, state = 'present' WHERE blob_no = ?1",
            (blob_no, found.as_bytes(), i64::try_from(size).unwrap_or(i64::MAX)),
        )?;
        Ok(Blob {
            sha256: found,
            size,
            media_type: media_type.to_owned(),
            state: BlobState::Present,
        })
    }

    /// Erases an attachment's bytes; that it was there stays known.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn erase_blob(&self, sha256: &Hash) -> Result<()> {
        let mut query = self.prepare_cached("SELECT blob_no FROM blobs WHERE sha256 = ?1")?;
        let blob_no: Option<i64> = query
            .query_row([sha256.as_bytes()], |row| row.get(0))
            .optional()?;
        let blob_no = blob_no.ok_or_else(|| missing(sha256))?;
        self.drop_chunks(blob_no)?;
        self.execute("UPDATE blobs SET state = 'erased' WHERE blob_no = ?1", [blob_no])?;
        Ok(())
    }

    fn drop_chunks(&self, blob_no: i64) -> Result<()> {
        self.execute(
            "DELETE FROM blob_chunks WHERE pos >= ?1 AND pos < ?2",
            (blob_no << CHUNK_BITS, (blob_no + 1) << CHUNK_BITS),
        )?;
        Ok(())
    }
}

/// Fills the buffer as far as the source goes.
fn fill(from: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = buffer.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}
