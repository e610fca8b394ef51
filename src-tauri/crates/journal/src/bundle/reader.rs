//! Reading a bundle as a stream, trusting nothing in it.

use std::io::{Read, Write};

use sha2::{Digest as _, Sha256};

use super::layout::{MANIFEST, Name, Progress};
use super::unpack::Unpack;
use super::{BlobRef, BundleError, Manifest};
use crate::entry::MAX_LINE;
use crate::seal::Identity;
use crate::{Hash, note};

/// Largest sizes accepted from outside; bytes unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The sealed file.
    pub sealed: u64,
    /// Everything after decompression, tar headers included.
    pub raw: u64,
    /// `manifest.json`.
    pub manifest: u64,
    /// One checkpoint or receipt.
    pub note: u64,
    /// One chunk of entries.
    pub chunk: u64,
    /// One attachment.
    pub blob: u64,
    /// One notice or unknown part.
    pub other: u64,
    /// Number of parts.
    pub parts: u64,
    /// Base-2 logarithm of the decompressor's window, which bounds its memory.
    pub window_log: u32,
}

impl Default for Limits {
    /// 2 GiB sealed, 8 GiB raw, manifest 8 MiB, note 128 KiB, chunk 2 MiB, blob 64 MiB, other 1 MiB,
    /// 100,000 parts, window 8 MiB.
    fn default() -> Limits {
        const MIB: u64 = 1024 * 1024;
        Limits {
            sealed: 2048 * MIB,
            raw: 8192 * MIB,
            manifest: 8 * MIB,
            note: note::MAX_NOTE as u64,
            chunk: 2 * MIB,
            blob: 64 * MIB,
            other: MIB,
            parts: 100_000,
            window_log: 23,
        }
    }
}

/// One part of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Signed checkpoint of log `n`, not yet verified.
    Checkpoint {
        /// Number of the log in the manifest.
        n: u32,
        /// The note.
        bytes: Vec<u8>,
    },
    /// Entry lines of one log.
    Entries(Chunk),
    /// An attachment begins; fetch it with [`Reader::blob_bytes`] or [`Reader::copy_blob`] before the next
    /// part, else it is skipped (its hash is checked in any case).
    Blob(BlobRef),
    /// Cosigned checkpoint of one of our logs, not yet verified.
    Receipt {
        /// Running number.
        n: u32,
        /// The note.
        bytes: Vec<u8>,
    },
    /// A notice.
    Notice {
        /// Name without `notices/`.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
    /// A part this version does not know.
    Unknown {
        /// Whole name.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}

/// Entry lines `start..start + count` of log `log`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Number of the log in the manifest.
    pub log: u32,
    /// Index of the first entry.
    pub start: u64,
    /// Number of entries.
    pub count: u64,
    /// The lines, each ending in a line feed.
    pub bytes: Vec<u8>,
}

impl Chunk {
    /// The lines with their index in the log, without line feeds.
    pub fn lines(&self) -> Lines<'_> {
        Lines {
            rest: &self.bytes,
            index: self.start,
        }
    }
}

/// Iterator over the lines of a [`Chunk`].
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    rest: &'a [u8],
    index: u64,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (u64, &'a [u8]);

    fn next(&mut self) -> Option<(u64, &'a [u8])> {
        let end = memchr::memchr(b'\n', self.rest)?;
        let (line, rest) = self.rest.split_at_checked(end)?;
        let item = (self.index, line);
        self.rest = rest.get(1..).unwrap_or_default();
        self.index += 1;
        Some(item)
    }
}

/// Reads a bundle part by part.
///
/// What [`Reader::next_part`] hands over is authentic piece by piece, but the bundle is whole only when it has
/// returned `None`: keep everything in one transaction and commit after that.
pub struct Reader<R: Read> {
    input: Unpack<R>,
    limits: Limits,
    manifest: Manifest,
    progress: Progress,
    blob: Option<OpenBlob>,
    ended: Option<Result<(), BundleError>>,
}

struct OpenBlob {
    blob: BlobRef,
    left: u64,
    digest: Sha256,
}

impl<R: Read> Reader<R> {
    /// Opens a bundle with any of `identities` and reads its manifest.
    ///
    /// # Errors
    /// [`BundleError`], each cause by its own code.
    pub fn open(input: R, identities: &[Identity], limits: Limits) -> Result<Reader<R>, BundleError> {
        let mut input = Unpack::open(input, identities, limits)?;
        let bytes = match input.header()? {
            Some((name, size)) if name == MANIFEST => input.content("manifest", size, limits.manifest)?,
            _ => {
                return Err(BundleError::MalformedManifest {
                    reason: "not the first part".to_owned(),
                });
            }
        };
        let manifest = Manifest::parse(&bytes)?;
        let progress = Progress::new(&manifest);
        Ok(Reader {
            input,
            limits,
            manifest,
            progress,
            blob: None,
            ended: None,
        })
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Sealed bytes read so far, for showing progress.
    pub fn sealed_read(&self) -> u64 {
        self.input.sealed()
    }

    /// The next part; `None` once the bundle is whole and has everything its manifest promises.
    ///
    /// # Errors
    /// [`BundleError`]; the same error again when called after one.
    pub fn next_part(&mut self) -> Result<Option<Part>, BundleError> {
        if let Some(ended) = &self.ended {
            return ended.clone().map(|()| None);
        }
        let next = self.step();
        match &next {
            Ok(None) => self.ended = Some(Ok(())),
            Err(error) => self.ended = Some(Err(error.clone())),
            Ok(Some(_)) => {}
        }
        next
    }

    /// Content of the attachment that [`Reader::next_part`] announced, hash checked.
    ///
    /// # Errors
    /// [`BundleError::BlobMismatch`] and those of reading; [`BundleError::Malformed`] when none was announced.
    pub fn blob_bytes(&mut self) -> Result<Vec<u8>, BundleError> {
        let size = self.blob.as_ref().map_or(0, |open| open.left);
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(self.limits.blob)).unwrap_or_default());
        self.copy_blob(&mut bytes)?;
        Ok(bytes)
    }

    /// As [`Reader::blob_bytes`], but written piece by piece. The hash is known only at the end: what was
    /// written must be thrown away on an error.
    ///
    /// # Errors
    /// As [`Reader::blob_bytes`], and [`BundleError::Io`] of the output.
    pub fn copy_blob(&mut self, out: &mut dyn Write) -> Result<(), BundleError> {
        if let Some(Err(error)) = &self.ended {
            return Err(error.clone());
        }
        let blob = self
            .blob
            .take()
            .ok_or_else(|| BundleError::malformed("no blob announced"))?;
        let result = self.drain(blob, out);
        if let Err(error) = &result {
            self.ended = Some(Err(error.clone()));
        }
        result
    }

    fn step(&mut self) -> Result<Option<Part>, BundleError> {
        if let Some(blob) = self.blob.take() {
            self.drain(blob, &mut std::io::sink())?;
        }
        let Some((name, size)) = self.input.header()? else {
            self.progress.end()?;
            return Ok(None);
        };
        let name = Name::parse(&name)?;
        self.progress.begin(&name, size)?;
        let Limits {
            note,
            chunk,
            blob,
            other,
            ..
        } = self.limits;
        Ok(Some(match name {
            Name::Checkpoint(n) => Part::Checkpoint {
                n,
                bytes: self.input.content("checkpoint", size, note)?,
            },
            Name::Receipt(n) => Part::Receipt {
                n,
                bytes: self.input.content("receipt", size, note)?,
            },
            Name::Notice(name) => Part::Notice {
                name,
                bytes: self.input.content("notice", size, other)?,
            },
            Name::Unknown(name) => Part::Unknown {
                name,
                bytes: self.input.content("unknown-part", size, other)?,
            },
            Name::Entries { log, start } => {
                let bytes = self.input.content("entries", size, chunk)?;
                let count = count_lines(&bytes)?;
                self.progress.entries(count)?;
                Part::Entries(Chunk {
                    log,
                    start,
                    count,
                    bytes,
                })
            }
            Name::Blob(sha256) => {
                if size > blob {
                    return Err(BundleError::TooLarge {
                        what: "blob",
                        limit: blob,
                    });
                }
                let announced = BlobRef { sha256, size };
                self.blob = Some(OpenBlob {
                    blob: announced.clone(),
                    left: size,
                    digest: Sha256::new(),
                });
                Part::Blob(announced)
            }
        }))
    }

    fn drain(&mut self, mut open: OpenBlob, out: &mut dyn Write) -> Result<(), BundleError> {
        let mut buffer = vec![0u8; 64 * 1024];
        while open.left > 0 {
            let most = usize::try_from(open.left).unwrap_or(usize::MAX).min(buffer.len());
            let piece = buffer.get_mut(..most).unwrap_or_default();
            self.input.exactly(piece)?;
            open.digest.update(&*piece);
            out.write_all(piece).map_err(BundleError::writing)?;
            open.left -= piece.len() as u64;
        }
        self.input.fill(open.blob.size)?;
        let found = Hash(open.digest.finalize().into());
        if found == open.blob.sha256 {
            Ok(())
        } else {
            Err(BundleError::BlobMismatch {
                sha256: open.blob.sha256,
            })
        }
    }
}

/// Number of lines, each of 1 to [`MAX_LINE`] bytes and ended by a line feed.
fn count_lines(bytes: &[u8]) -> Result<u64, BundleError> {
    if bytes.last() != Some(&b'\n') {
        return Err(BundleError::malformed(
            "chunk of entries without line feed at its end",
        ));
    }
    let mut count = 0;
    for (_, line) in (Lines {
        rest: bytes,
        index: 0,
    }) {
        if line.is_empty() || line.len() > MAX_LINE {
            return Err(BundleError::malformed("entry line"));
        }
        count += 1;
    }
    Ok(count)
}
