//! Whether a contradiction is the signer's. The entries of a bundle are believed only by way of the signed root, so
//! somebody who has one of its heads could put other entries beside it. A fork is laid at the signer's door only when
//! both histories are proven to be signed.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::tree::{Frontier, LeafHashes as _};
use safety_store::Writer;
use safety_store::journal::{Log, LogState};
use safety_store::receipts::StoredCheckpoint;

use super::Refusal;
use super::outcome::Taken;
use super::reading::{self, Piece};
use crate::{DeviceKeys, Result, moment, stored};

/// Looks at a refusal that says that entries or roots differ. When the fork is proven, its head is kept as evidence and
/// the log is marked; the entries here stay as they are.
pub(super) fn examine(
    writer: &Writer<'_>,
    keys: &DeviceKeys,
    path: &Path,
    refusal: Refusal,
    taken: &Taken,
    now: DateTime<FixedOffset>,
) -> Result<Refusal> {
    let (origin, seq) = match &refusal {
        Refusal::Forked { origin, seq, .. } => (origin.clone(), *seq),
        Refusal::RootDiffers { origin, .. } => (origin.clone(), None),
        _ => return Ok(refusal),
    };
    let Some((start, signed)) = taken
        .heads
        .iter()
        .find(|(_, head)| head.checkpoint().origin == origin)
    else {
        return Ok(refusal);
    };
    let Some(log) = writer.log(&origin)? else {
        return Ok(refusal);
    };
    let size = signed.checkpoint().size;
    let proven = if size <= log.size {
        stored::root_at(writer, &log, size)? != signed.checkpoint().root
    } else {
        seq.is_some() && branch_is_signed(writer, keys, path, &log, *start, signed)?
    };
    if !proven {
        return Ok(Refusal::RootDiffers { origin, size });
    }
    writer.add_checkpoint(&StoredCheckpoint {
        log_no: log.log_no,
        size,
        root: signed.checkpoint().root,
        own: false,
        note: signed.encode(),
        noted: moment(now),
    })?;
    if log.state == LogState::Open {
        writer.set_log_state(log.log_no, LogState::Forked, log.valid_to.as_deref())?;
    }
    Ok(Refusal::Forked { origin, seq, size })
}

/// Whether our entries before `start` and the bundle's from there on make up the signed root.
fn branch_is_signed(
    writer: &Writer<'_>,
    keys: &DeviceKeys,
    path: &Path,
    log: &Log,
    start: u64,
    signed: &SignedCheckpoint,
) -> Result<bool> {
    let mut frontier = Frontier::new();
    let leaves = writer.leaves(log.log_no);
    let read = leaves.leaves(0, start, &mut |leaf| frontier.append(leaf));
    if read.is_err() || frontier.size() != start {
        return Ok(false);
    }
    Ok(std::thread::scope(|scope| {
        let mut incoming = reading::start(scope, path, keys.identity(), writer.rules());
        let mut wanted = None;
        loop {
            match incoming.next() {
                Ok(Piece::Manifest(manifest)) => {
                    wanted = manifest
                        .logs
                        .iter()
                        .find(|range| range.origin == log.origin)
                        .map(|range| range.n);
                }
                Ok(Piece::Lines { log, lines }) if Some(log) == wanted => {
                    lines.iter().for_each(|line| frontier.append(line.leaf()));
                }
                Ok(Piece::End) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        frontier.root() == signed.checkpoint().root
    }))
}
