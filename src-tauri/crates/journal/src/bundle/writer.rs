//! Writing a bundle as a stream.

use std::io::{self, Read, Write};

use zstd::zstd_safe::CParameter;

use super::layout::{MANIFEST, Name, Progress};
use super::{BlobRef, BundleError, Manifest, tarblock};
use crate::entry::MAX_LINE;
use crate::seal::{self, Recipient, SealWriter};
use crate::{Hash, note};

/// Most bytes of entry lines in one chunk.
pub(super) const CHUNK_BYTES: usize = 1024 * 1024;
/// Skippable zstd frames begin with this number and the length of what follows, both little-endian.
const SKIPPABLE: u32 = 0x184D_2A50;
const SKIPPABLE_HEAD: u64 = 8;

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// About how many bytes of entries and attachments will follow; decides how hard to compress.
    pub size_hint: Option<u64>,
    /// zstd level, when it is not to follow from the hint.
    pub level: Option<i32>,
}

impl Options {
    /// Small bundles travel in large numbers and are made in no time, so they are pressed hard; large
    /// ones would take minutes.
    fn level(&self) -> i32 {
        self.level.unwrap_or(match self.size_hint {
            Some(0..=262_144) => 19,
            Some(262_145..=4_194_304) => 12,
            _ => 3,
        })
    }

    /// A window no larger than the content (with room for manifest, notes and tar headers): it decides how
    /// much memory the compressor clears for each bundle.
    fn window_log(&self) -> u32 {
        let most = if self.level() >= 17 { 23 } else { 21 };
        match self.size_hint {
            Some(size) => (64 - size.saturating_add(32 * 1024).leading_zeros()).clamp(15, most),
            None => most,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Length of the sealed file, bytes.
    pub sealed: u64,
    /// Length before compression, bytes.
    pub raw: u64,
    /// Number of entries.
    pub entries: u64,
    /// Number of attachments.
    pub blobs: u64,
}

/// Writes a bundle. Parts are given in their order; after an error the output is worthless.
pub struct Writer<W: Write> {
    out: zstd::Encoder<'static, SealWriter<W>>,
    progress: Progress,
    chunk: Vec<u8>,
    open: Option<OpenChunk>,
    written: Written,
}

struct OpenChunk {
    log: u32,
    start: u64,
    count: u64,
}

impl<W: Write> Writer<W> {
    /// Starts a bundle for `recipients` (at least one) and writes its manifest.
    ///
    /// # Errors
    /// [`BundleError::MalformedManifest`], [`BundleError::Io`].
    pub fn new(
        out: W,
        recipients: &[Recipient],
        manifest: &Manifest,
        options: Options,
    ) -> Result<Writer<W>, BundleError> {
        let bytes = manifest.encode()?;
        let sealed = seal::seal(recipients, out).map_err(BundleError::writing)?;
        let encoder = zstd::Encoder::new(sealed, options.level()).and_then(|mut encoder| {
            let window = options.window_log();
            encoder.window_log(window)?;
            if options.size_hint.is_some() && options.level() >= 12 {
                // Not knowing the length, zstd would otherwise clear the tables of its largest window.
                encoder.set_parameter(CParameter::HashLog(window + 1))?;
                encoder.set_parameter(CParameter::ChainLog(window + 1))?;
            }
            encoder.include_checksum(true)?;
            Ok(encoder)
        });
        let written = Written {
            sealed: 0,
            raw: 0,
            entries: 0,
            blobs: 0,
        };
        let mut writer = Writer {
            out: encoder.map_err(BundleError::writing)?,
            progress: Progress::new(manifest),
            chunk: Vec::new(),
            open: None,
            written,
        };
        writer.part(MANIFEST, &bytes)?;
        Ok(writer)
    }

    /// Writes the checkpoint of log `n`: a signed note with its cosignatures.
    ///
    /// # Errors
    /// [`BundleError::WrongOrder`], [`BundleError::TooLarge`], [`BundleError::Io`].
    pub fn checkpoint(&mut self, n: u32, note: &[u8]) -> Result<(), BundleError> {
        self.note(Name::Checkpoint(n), note)
    }

    /// Writes entry `index` of log `log`: its line without line feed. Entries of a log follow one another
    /// without a gap, logs in the order of the manifest.
    ///
    /// # Errors
    /// [`BundleError::WrongOrder`], [`BundleError::Malformed`] for what is no line, [`BundleError::Io`].
    pub fn entry(&mut self, log: u32, index: u64, line: &[u8]) -> Result<(), BundleError> {
        if line.is_empty() || line.len() > MAX_LINE || memchr::memchr(b'\n', line).is_some() {
            return Err(BundleError::malformed("entry line"));
        }
        let fits = self.chunk.len() + line.len() < CHUNK_BYTES;
        if !fits || self.open.as_ref().is_some_and(|open| open.log != log) {
            self.close_chunk()?;
        }
        let open = self.open.get_or_insert(OpenChunk {
            log,
            start: index,
            count: 0,
        });
        if open.start + open.count != index {
            return Err(BundleError::WrongOrder {
                name: format!("entry {index} of log {log}"),
            });
        }
        open.count += 1;
        self.chunk.extend_from_slice(line);
        self.chunk.push(b'\n');
        Ok(())
    }

    /// Writes an attachment from a source of exactly its length.
    ///
    /// # Errors
    /// [`BundleError::BlobMismatch`] when the source has another length or hash, [`BundleError::WrongOrder`],
    /// [`BundleError::Io`].
    pub fn blob(&mut self, blob: &BlobRef, mut source: impl Read) -> Result<(), BundleError> {
        self.close_chunk()?;
        let name = Name::Blob(blob.sha256);
        self.progress.begin(&name, blob.size)?;
        self.head(&name.text(), blob.size)?;
        let mut digest = <sha2::Sha256 as sha2::Digest>::new();
        let mut left = blob.size;
        let mut buffer = vec![0u8; 64 * 1024];
        loop {
            let read = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(BundleError::writing(error)),
            };
            let bytes = buffer.get(..read).unwrap_or_default();
            sha2::Digest::update(&mut digest, bytes);
            let after = left.checked_sub(read as u64);
            left = after.ok_or(BundleError::BlobMismatch { sha256: blob.sha256 })?;
            self.raw(bytes)?;
        }
        let hash = Hash(sha2::Digest::finalize(digest).into());
        if left != 0 || hash != blob.sha256 {
            return Err(BundleError::BlobMismatch { sha256: blob.sha256 });
        }
        self.written.blobs += 1;
        self.fill(blob.size)
    }

    /// Writes receipt number `n` (0, 1, …): a checkpoint of a log of the receiver with our cosignature.
    ///
    /// # Errors
    /// As [`Writer::checkpoint`].
    pub fn receipt(&mut self, n: u32, note: &[u8]) -> Result<(), BundleError> {
        self.note(Name::Receipt(n), note)
    }

    /// Writes a notice; `name` is of letters, digits, `.`, `_`, `-` and `/`.
    ///
    /// # Errors
    /// As [`Writer::checkpoint`], and [`BundleError::Malformed`] for the name.
    pub fn notice(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.named(&format!("notices/{name}"), bytes)
    }

    /// Writes a part of any name that this version does not define.
    ///
    /// # Errors
    /// As [`Writer::notice`].
    pub fn unknown(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.named(name, bytes)
    }

    /// Ends the bundle and hands back the output, which the caller must still flush to its medium.
    ///
    /// # Errors
    /// [`BundleError::Missing`] when something promised was not written; [`BundleError::Io`].
    pub fn finish(mut self) -> Result<(W, Written), BundleError> {
        self.close_chunk()?;
        self.progress.end()?;
        self.raw(&[0u8; 2 * tarblock::BLOCK])?;
        let mut sealed = self.out.finish().map_err(BundleError::writing)?;
        let frame = sealed.padding(SKIPPABLE_HEAD);
        let mut skippable = SKIPPABLE.to_le_bytes().to_vec();
        let content = u32::try_from(frame - SKIPPABLE_HEAD).unwrap_or_default();
        skippable.extend_from_slice(&content.to_le_bytes());
        skippable.resize(SKIPPABLE_HEAD as usize + content as usize, 0);
        sealed.write_all(&skippable).map_err(BundleError::writing)?;
        let (out, length) = sealed.finish().map_err(BundleError::writing)?;
        self.written.sealed = length;
        Ok((out, self.written))
    }

    fn note(&mut self, name: Name, bytes: &[u8]) -> Result<(), BundleError> {
        if bytes.len() > note::MAX_NOTE {
            return Err(BundleError::TooLarge {
                what: "note",
                limit: note::MAX_NOTE as u64,
            });
        }
        self.named(&name.text(), bytes)
    }

    fn named(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.close_chunk()?;
        self.progress.begin(&Name::parse(name)?, bytes.len() as u64)?;
        self.part(name, bytes)
    }

    fn close_chunk(&mut self) -> Result<(), BundleError> {
        let Some(OpenChunk { log, start, count }) = self.open.take() else {
            return Ok(());
        };
        let name = Name::Entries { log, start };
        let chunk = std::mem::take(&mut self.chunk);
        self.progress.begin(&name, chunk.len() as u64)?;
        self.progress.entries(count)?;
        self.written.entries += count;
        self.part(&name.text(), &chunk)?;
        self.chunk = chunk;
        self.chunk.clear();
        Ok(())
    }

    fn part(&mut self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        self.head(name, bytes.len() as u64)?;
        self.raw(bytes)?;
        self.fill(bytes.len() as u64)
    }

    fn head(&mut self, name: &str, size: u64) -> Result<(), BundleError> {
        self.raw(&tarblock::header(name, size)?)
    }

    fn fill(&mut self, size: u64) -> Result<(), BundleError> {
        let zeros = [0u8; tarblock::BLOCK];
        self.raw(zeros.get(..tarblock::padding(size)).unwrap_or_default())
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        self.written.raw += bytes.len() as u64;
        self.out.write_all(bytes).map_err(BundleError::writing)
    }
}
