//! Writing a bundle for the superior: one consistent state of the store, signed, sealed, and put whole.
//!
//! The order matters. What leaves is the state of one snapshot that is durable already; the head is remembered outside
//! the store before it leaves, so that an older store put in its place is noticed; only what has arrived under its name
//! is written down as sent.

mod content;

use std::io;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use safety_journal::bundle::{self, BlobRef, BundleError, Kind, LogRange, Manifest, Party};
use safety_journal::checkpoint::{Checkpoint, SignedCheckpoint};
use safety_journal::seal::Recipient;
use safety_store::journal::Log;
use safety_store::outside::{Seen, SeenLog};
use safety_store::receipts::{ExchangeEvent, StoredCheckpoint};
use safety_store::{Reader, Store};

use crate::peers::{self, Device, Role};
use crate::place::{Place, PlaceError, Put};
use crate::plan::{LogStand, Range, plan_export};
use crate::stored;
use crate::{DeviceKeys, Error, PROGRAM, Progress, Result, moment};
use content::Content;

/// Name under which a certificate travels, with its number: a part of its own before the checkpoints.
pub(crate) const CERTIFICATES: &str = "certificates/";

/// What to write, and where this machine keeps its memory of the store.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// Own entries from this index on; none: from the last receipt.
    pub from: Option<u64>,
    /// File outside the store in which the last head that left is remembered (`safety_store::outside`).
    pub outside: Option<&'a Path>,
}

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub file: Put,
    /// Institution it is sealed to.
    pub to: String,
    /// Index of the first own entry in it.
    pub start: u64,
    /// Index behind the last own entry in it: the size of the head it carries.
    pub end: u64,
    /// All ranges in it, own first.
    pub ranges: Vec<Range>,
    /// Number of attachments in it.
    pub blobs: u64,
    /// Attachments that entries in it name and that are not here either.
    pub blobs_missing: u64,
}

/// Writes a bundle for the superior.
///
/// # Errors
/// [`Error::NoSuperior`]; [`Error::Store`] with `rolled-back` or `fork` when the store is behind what this machine has
/// seen of it; [`Error::StartBehindEnd`]; [`Error::Place`] with the reason, and nothing is there; [`Error::Cancelled`].
pub fn export(
    store: &Store,
    keys: &DeviceKeys,
    place: &dyn Place,
    what: Request<'_>,
    now: DateTime<FixedOffset>,
    progress: Progress<'_>,
) -> Result<Exported> {
    let (exported, head) = store.try_read(|reader| {
        stored::check_outside(reader, what.outside)?;
        let superiors = peers::superiors(reader)?;
        let superior = superiors.first().ok_or(Error::NoSuperior)?;
        let to = superior.card.institution.clone();
        let logs = logs(reader, keys, &superiors)?;
        let ranges = plan_export(&stands(&logs), what.from)?;
        let content = Content::gather(reader, keys, &logs, &ranges)?;
        remember(&content.head, what.outside)?;
        let manifest = content.manifest(keys, superior, now);
        let recipients: Vec<Recipient> = superiors
            .iter()
            .map(|device| device.keys.recipient.clone())
            .collect();
        let (start, end) = ranges.first().map_or((0, 0), |range| (range.start, range.end));
        let stem = format!("{}-{start}-{end}", stem(keys));
        let (file, written) = put(place, &stem, &mut |out| {
            content.write(reader, &manifest, &recipients, out, progress)
        })?;
        let exported = Exported {
            file,
            to,
            start,
            end,
            ranges: ranges.clone(),
            blobs: written.blobs,
            blobs_missing: content.blobs_missing,
        };
        Ok::<_, Error>((exported, content.head))
    })?;
    store.try_write(|writer| {
        let own = stored::own_log(writer, keys)?;
        writer.add_checkpoint(&StoredCheckpoint {
            log_no: own.log_no,
            size: head.checkpoint().size,
            root: head.checkpoint().root,
            own: true,
            note: head.encode(),
            noted: moment(now),
        })?;
        Ok::<_, Error>(writer.note_exchange(&ExchangeEvent {
            at: moment(now),
            direction: "out".to_owned(),
            peer: exported.to.clone(),
            file: exported.file.name.clone(),
            sha256: exported.file.sha256.to_hex(),
            bytes: exported.file.bytes,
            origin: keys.origin().to_owned(),
            first: exported.start,
            end: exported.end,
            outcome: "exported".to_owned(),
            detail: String::new(),
        })?)
    })?;
    Ok(exported)
}

/// The logs that go up: the own one, and replicas of those below, each with its receipts and, for a replica, its device.
struct Outgoing {
    log: Log,
    device: Option<Device>,
    receipted: u64,
}

fn logs(reader: &Reader<'_>, keys: &DeviceKeys, superiors: &[Device]) -> Result<Vec<Outgoing>> {
    let mut found = Vec::new();
    for log in reader.logs()? {
        let device = match log.own {
            true if log.origin == keys.origin() => None,
            true => continue,
            false => match peers::device(reader, &log.origin)? {
                // What a superior wrote does not go back up.
                Some(device) if device.role != Role::Superior => Some(device),
                _ => continue,
            },
        };
        let (receipted, _) = stored::receipted(reader, &log, superiors)?;
        found.push(Outgoing {
            log,
            device,
            receipted,
        });
    }
    Ok(found)
}

fn stands(logs: &[Outgoing]) -> Vec<LogStand> {
    let stand = |outgoing: &Outgoing| LogStand {
        origin: outgoing.log.origin.clone(),
        size: outgoing.log.size,
        receipted: outgoing.receipted,
        own: outgoing.device.is_none(),
    };
    logs.iter().map(stand).collect()
}

/// Remembers a head outside the store before it leaves.
fn remember(head: &SignedCheckpoint, outside: Option<&Path>) -> Result<()> {
    let Some(path) = outside else { return Ok(()) };
    let mut seen = Seen::load(path)?;
    let Checkpoint { origin, size, root } = head.checkpoint();
    let log = seen.logs.entry(origin.clone()).or_default();
    let before = log.clone();
    *log = SeenLog {
        size: *size,
        root: root.to_hex(),
        receipted: log.receipted,
    };
    if *log != before {
        seen.save(path)?;
    }
    Ok(())
}

pub(crate) fn manifest(
    kind: Kind,
    keys: &DeviceKeys,
    to: &Device,
    now: DateTime<FixedOffset>,
    logs: Vec<LogRange>,
    blobs: Vec<BlobRef>,
) -> Manifest {
    Manifest {
        format: bundle::FORMAT.to_owned(),
        v: bundle::VERSION,
        kind,
        from: Party {
            institution: keys.institution().to_owned(),
            device: keys.origin().to_owned(),
            ..Party::default()
        },
        to: Party {
            institution: to.card.institution.clone(),
            ..Party::default()
        },
        created: moment(now),
        demo: keys.is_demo(),
        logs,
        blobs,
        program: PROGRAM.to_owned(),
        other: Default::default(),
    }
}

/// With what the names of this device's bundles begin: `<institution>-<device>`.
pub(crate) fn stem(keys: &DeviceKeys) -> String {
    let device = keys.origin().rsplit('/').next().unwrap_or_default();
    format!("{}-{device}", keys.institution())
}

/// Puts a bundle under its content-addressed name, keeping apart why filling it failed.
pub(crate) fn put<T>(
    place: &dyn Place,
    stem: &str,
    fill: &mut dyn FnMut(&mut dyn io::Write) -> Result<T>,
) -> Result<(Put, T)> {
    let mut filled = None;
    let put = place.put(
        &mut |out| match fill(out) {
            Ok(value) => {
                filled = Some(Ok(value));
                Ok(())
            }
            Err(error) => {
                let io = match &error {
                    Error::Bundle(BundleError::Io { kind, message }) => {
                        io::Error::new(*kind, message.clone())
                    }
                    other => io::Error::other(other.to_string()),
                };
                filled = Some(Err(error));
                Err(io)
            }
        },
        &|sha256| {
            let hash = sha256.to_hex();
            let short = hash.get(..16).unwrap_or_default();
            format!("{stem}-{short}.{}", bundle::EXTENSION)
        },
    );
    match (put, filled) {
        (Ok(put), Some(Ok(value))) => Ok((put, value)),
        // The medium failed: the place says it best.
        (Err(error), Some(Err(Error::Bundle(BundleError::Io { .. })))) => Err(error.into()),
        (_, Some(Err(error))) => Err(error),
        (Err(error), _) => Err(error.into()),
        (Ok(put), None) => Err(PlaceError::ReadBackDiffers { name: put.name }.into()),
    }
}
