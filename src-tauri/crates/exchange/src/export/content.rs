//! What goes into a bundle, gathered from one state of the store.

use std::collections::BTreeSet;
use std::io;

use chrono::{DateTime, FixedOffset};
use safety_domain::institution::Level;
use safety_domain::record::Attachment;
use safety_journal::bundle::{self, BlobRef, Kind, LogRange, Manifest, Options, Written};
use safety_journal::checkpoint::{Checkpoint, SignedCheckpoint};
use safety_journal::seal::Recipient;
use safety_journal::{Hash, entry};
use safety_store::Reader;
use safety_store::blobs::BlobState;
use safety_store::journal::{Pos, parse_entry_name};
use serde::Deserialize;

use super::{CERTIFICATES, Outgoing, manifest};
use crate::enrol::SignedCertificate;
use crate::peers::{self, Device};
use crate::plan::Range;
use crate::{DeviceKeys, Error, Result, Step, stored};

/// Entries between two tellings of progress.
const TELL_EVERY: u64 = 1000;

/// What goes into a bundle, known before the first byte is written because the manifest comes first.
pub(super) struct Content<'a> {
    logs: Vec<(&'a Outgoing, &'a Range, SignedCheckpoint)>,
    pub(super) head: SignedCheckpoint,
    certificates: Vec<String>,
    blobs: Vec<BlobRef>,
    pub(super) blobs_missing: u64,
    /// Bytes of entries and attachments.
    bytes: u64,
    entries: u64,
}

impl<'a> Content<'a> {
    pub(super) fn gather(
        reader: &Reader<'_>,
        keys: &DeviceKeys,
        logs: &'a [Outgoing],
        ranges: &'a [Range],
    ) -> Result<Self> {
        let own = stored::own_log(reader, keys)?;
        let checkpoint = Checkpoint {
            origin: own.origin,
            size: own.size,
            root: own.root,
        };
        let head = checkpoint.sign(keys.signer())?;
        let mut content = Content {
            logs: Vec::new(),
            head,
            certificates: Vec::new(),
            blobs: Vec::new(),
            blobs_missing: 0,
            bytes: 0,
            entries: 0,
        };
        let mut named = BTreeSet::new();
        for range in ranges {
            let Some(outgoing) = logs.iter().find(|outgoing| outgoing.log.origin == range.origin) else {
                continue;
            };
            let signed = match &outgoing.device {
                None => content.head.clone(),
                // A replica without a signed head at its end has nothing that could be passed on.
                Some(device) => match stored::head(reader, &outgoing.log)? {
                    Some(head) => {
                        certify(reader, keys, device, &mut content.certificates)?;
                        head
                    }
                    None => continue,
                },
            };
            content.entries += range.end - range.start;
            content.scan(reader, outgoing, range, &mut named)?;
            content.logs.push((outgoing, range, signed));
        }
        for sha256 in named {
            match reader.blob(&sha256)? {
                Some(blob) if blob.state == BlobState::Present => {
                    content.bytes += blob.size;
                    content.blobs.push(BlobRef {
                        sha256,
                        size: blob.size,
                    });
                }
                _ => content.blobs_missing += 1,
            }
        }
        Ok(content)
    }

    /// Counts the bytes of a range and collects the attachments its entries name, without those that an entry they
    /// correct brought to the receiver already.
    fn scan(
        &mut self,
        reader: &Reader<'_>,
        outgoing: &Outgoing,
        range: &Range,
        named: &mut BTreeSet<Hash>,
    ) -> Result<()> {
        reader.entries(outgoing.log.log_no, range.start, range.end, |stored| {
            self.bytes += stored.line.len() as u64 + 1;
            if stored.pos.seq() < range.blobs_from || !names_files(stored.line) {
                return Ok(());
            }
            let mut files = files_of(stored.line);
            for earlier in previous(stored.line) {
                let Some((origin, seq)) = parse_entry_name(&earlier) else {
                    continue;
                };
                if origin == range.origin && seq < range.blobs_from {
                    let line = reader.line(Pos::new(outgoing.log.log_no, seq))?;
                    let held = files_of(&line);
                    files.retain(|file| !held.contains(file));
                }
            }
            named.extend(files);
            Ok::<_, Error>(())
        })
    }

    pub(super) fn manifest(
        &self,
        keys: &DeviceKeys,
        superior: &Device,
        now: DateTime<FixedOffset>,
    ) -> Manifest {
        let logs = self.logs.iter().zip(0u32..).map(|((_, range, _), n)| LogRange {
            n,
            origin: range.origin.clone(),
            start: range.start,
            end: range.end,
        });
        manifest(
            Kind::Upward,
            keys,
            superior,
            now,
            logs.collect(),
            self.blobs.clone(),
        )
    }

    pub(super) fn write(
        &self,
        reader: &Reader<'_>,
        manifest: &Manifest,
        recipients: &[Recipient],
        out: &mut dyn io::Write,
        progress: &mut dyn FnMut(Step) -> bool,
    ) -> Result<Written> {
        let options = Options {
            size_hint: Some(self.bytes),
            level: None,
        };
        let mut writer = bundle::Writer::new(out, recipients, manifest, options)?;
        for (number, certificate) in self.certificates.iter().enumerate() {
            writer.unknown(&format!("{CERTIFICATES}{number}"), certificate.as_bytes())?;
        }
        for ((_, _, signed), n) in self.logs.iter().zip(0u32..) {
            writer.checkpoint(n, signed.encode().as_bytes())?;
        }
        let mut done = 0;
        for ((outgoing, range, _), n) in self.logs.iter().zip(0u32..) {
            reader.entries(outgoing.log.log_no, range.start, range.end, |stored| {
                writer.entry(n, stored.pos.seq(), stored.line)?;
                done += 1;
                let step = Step {
                    name: "entries",
                    done,
                    total: Some(self.entries),
                };
                if done % TELL_EVERY == 0 && progress(step) {
                    Err(Error::Cancelled)
                } else {
                    Ok(())
                }
            })?;
        }
        for (blob, done) in self.blobs.iter().zip(0u64..) {
            write_blob(reader, &mut writer, blob)?;
            let step = Step {
                name: "blobs",
                done: done + 1,
                total: Some(self.blobs.len() as u64),
            };
            if progress(step) {
                return Err(Error::Cancelled);
            }
        }
        Ok(writer.finish()?.1)
    }
}

/// Adds the certificates by which the receiver comes to believe a device, from this device downwards, each once.
fn certify(reader: &Reader<'_>, keys: &DeviceKeys, device: &Device, into: &mut Vec<String>) -> Result<()> {
    let mut chain = Vec::new();
    let mut certificate = device.certificate.clone();
    // As long as the bank has levels.
    while let Some(text) = certificate.take().filter(|_| chain.len() < Level::ALL.len()) {
        let issuer = SignedCertificate::parse(text.as_bytes())?
            .certificate()
            .issuer
            .clone();
        chain.push(text);
        if issuer != keys.origin() {
            certificate = peers::device(reader, &issuer)?.and_then(|issuer| issuer.certificate);
        }
    }
    for certificate in chain.into_iter().rev() {
        if !into.contains(&certificate) {
            into.push(certificate);
        }
    }
    Ok(())
}
/// The attachment goes from the store's chunks into the bundle without being in memory as a whole: the store writes,
/// the bundle reads, so one of them has to be turned round. Attachments are photos and scans, at most 64 MiB.
fn write_blob<W: io::Write>(
    reader: &Reader<'_>,
    writer: &mut bundle::Writer<W>,
    blob: &BlobRef,
) -> Result<()> {
    let mut bytes = Vec::with_capacity(usize::try_from(blob.size).unwrap_or_default());
    reader.read_blob(&blob.sha256, &mut bytes)?;
    Ok(writer.blob(blob, bytes.as_slice())?)
}
/// Whether a line may name attachments; a cheap look before it is parsed.
fn names_files(line: &[u8]) -> bool {
    memchr::memmem::find(line, b"\"files\":[").is_some()
}

#[derive(Deserialize)]
struct Files {
    #[serde(default)]
    files: Vec<Attachment>,
}

#[derive(Deserialize)]
struct Previous {
    #[serde(default)]
    prev: Vec<String>,
}

/// Attachments a line names; none when its body is withheld or of another shape.
fn files_of(line: &[u8]) -> Vec<Hash> {
    let body = entry::parse_line(line).ok().and_then(|entry| entry.body());
    let files = body.and_then(|body| serde_json::from_str::<Files>(body).ok());
    let files = files.map(|body| body.files).unwrap_or_default();
    files
        .iter()
        .filter_map(|file| Hash::from_hex(&file.sha256).ok())
        .collect()
}

/// Names of the entries that a line's entry replaces.
fn previous(line: &[u8]) -> Vec<String> {
    let parsed = entry::parse_line(line).ok();
    let header = parsed.and_then(|entry| serde_json::from_str::<Previous>(entry.header()).ok());
    header.map(|header| header.prev).unwrap_or_default()
}
