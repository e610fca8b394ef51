//! A folder: on this machine, on a stick, or on a share the system has connected.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use safety_journal::Hash;
use sha2::{Digest as _, Sha256};

use super::{Fill, Item, Name, Place, PlaceError, Put};

/// Ending of files still being written.
pub(crate) const PART: &str = ".part";
const BUFFER: usize = 256 * 1024;

/// A folder as a place.
#[derive(Debug, Clone)]
pub struct Folder {
    dir: PathBuf,
    owner: String,
}

impl Folder {
    /// The folder `dir`, written to by `owner` (a device's origin, say): the file it is writing is named after it, so
    /// that what a broken-off attempt left is taken away by the next one and by nobody else.
    pub fn new(dir: impl Into<PathBuf>, owner: &str) -> Folder {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        Folder {
            dir: dir.into(),
            owner: owner.chars().map(plain).collect(),
        }
    }

    /// Where the file of this name lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn write(&self, part: &Path, fill: &mut Fill<'_>) -> Result<Hash, PlaceError> {
        let mut out = Hashing {
            out: BufWriter::with_capacity(BUFFER, File::create(part)?),
            digest: Sha256::new(),
        };
        fill(&mut out)?;
        let file = out.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(Hash(out.digest.finalize().into()))
    }

    /// The folder itself may have gone while its file was written; the system then names all sorts of reasons.
    fn blame(&self, error: PlaceError) -> PlaceError {
        match error {
            PlaceError::Failed { .. } if !self.dir.is_dir() => PlaceError::Gone,
            other => other,
        }
    }
}

impl Place for Folder {
    fn list(&self) -> Result<Vec<Item>, PlaceError> {
        let mut items = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let entry = entry?;
            // Names that are no text were not given by this program.
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let about = match entry.metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other?,
            };
            if about.is_file() && !name.ends_with(PART) {
                items.push(Item {
                    name,
                    bytes: about.len(),
                });
            }
        }
        items.sort();
        Ok(items)
    }

    fn get(&self, name: &str) -> Result<Box<dyn Read + Send>, PlaceError> {
        match File::open(self.path(name)) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.dir.is_dir() => {
                Err(PlaceError::Missing {
                    name: name.to_owned(),
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn put(&self, fill: &mut Fill<'_>, name: &Name<'_>) -> Result<Put, PlaceError> {
        if !self.dir.is_dir() {
            return Err(PlaceError::Gone);
        }
        let part = self.path(&format!("{}{PART}", self.owner));
        let outcome = self.write(&part, fill).and_then(|sha256| {
            let name = name(&sha256);
            let (found, bytes) = hash_of(&mut File::open(&part)?)?;
            if found != sha256 {
                return Err(PlaceError::ReadBackDiffers { name });
            }
            fs::rename(&part, self.path(&name))?;
            sync_folder(&self.dir)?;
            Ok(Put { name, bytes, sha256 })
        });
        outcome.map_err(|error| {
            // Room on a full stick is worth having back; when this fails too, the next attempt does it.
            let _ = fs::remove_file(&part);
            self.blame(error)
        })
    }

    fn remove(&self, name: &str) -> Result<(), PlaceError> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

struct Hashing<W> {
    out: W,
    digest: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// SHA-256 and length of what is left of a stream.
pub(crate) fn hash_of(input: &mut dyn Read) -> io::Result<(Hash, u64)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0u8; BUFFER];
    let mut length = 0u64;
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return Ok((Hash(digest.finalize().into()), length)),
            Ok(read) => {
                digest.update(buffer.get(..read).unwrap_or_default());
                length += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Makes the rename durable, where the system and the file system of the stick offer that.
fn sync_folder(dir: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match File::open(dir)?.sync_all() {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            return Err(error);
        }
        _ => {}
    }
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}
