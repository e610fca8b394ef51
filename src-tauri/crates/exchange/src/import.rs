//! Reading bundles and replies, trusting nothing in them.
//!
//! Length and hash → opened with our key → manifest → known, active device → signature of the checkpoint → entries,
//! whose root has to be the signed one → attachments → one commit → receipts. Whatever is refused is undone as a whole
//! and leaves one line in the history; the same bundle twice changes nothing. Reading, unpacking and hashing run on a
//! thread of their own; the thread that called writes.

mod fork;
mod outcome;
mod reading;
mod refusal;
mod taking;

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use safety_journal::{Hash, bundle};
use safety_store::outside::Seen;
use safety_store::receipts::ExchangeEvent;
use safety_store::{Store, Writer};

pub use outcome::{LogOutcome, Outcome, OutcomeKind, ReceiptTaken, Sender};
pub use refusal::Refusal;

use crate::place::{Folder, Place as _, hash_of};
use crate::reply::REPLY_TO;
use crate::{DeviceKeys, Error, Progress, Result, Step, export, moment, reply, stored};
use outcome::Taken;
use refusal::Fault;

/// Most bundles in one transaction. Receipts wait for its commit, so more would only make people wait.
pub const GROUP: usize = 50;

/// The bundles of a folder that may be for this device, by name: neither its own nor replies to somebody else.
///
/// # Errors
/// [`Error::Place`].
pub fn inbox(place: &Folder, keys: &DeviceKeys) -> Result<Vec<PathBuf>> {
    let ending = format!(".{}", bundle::EXTENSION);
    let own = format!("{}-", export::stem(keys));
    let ours = |name: &str| match name.split_once(REPLY_TO) {
        Some((_, rest)) => rest
            .rsplit_once('-')
            .is_none_or(|(to, _)| to == keys.institution()),
        None => true,
    };
    let mut items = place.list()?;
    items.retain(|item| item.name.ends_with(&ending) && !item.name.starts_with(&own) && ours(&item.name));
    Ok(items.into_iter().map(|item| place.path(&item.name)).collect())
}

/// Reads one bundle or reply; see [`import_many`].
///
/// # Errors
/// As [`import_many`].
pub fn import(
    store: &Store,
    keys: &DeviceKeys,
    file: &Path,
    outside: Option<&Path>,
    now: DateTime<FixedOffset>,
    progress: Progress<'_>,
) -> Result<Outcome> {
    let mut outcomes = import_many(store, keys, &[file.to_owned()], outside, now, progress)?;
    outcomes.pop().ok_or(Error::Cancelled)
}

/// Reads bundles and replies, in any order: one that another of them has to precede waits for it. Answers one outcome
/// per file, in the order of `files`. `outside` is the file in which this machine remembers its store.
///
/// # Errors
/// Only when this side fails (store, disk) or is told to stop; then nothing of the group of [`GROUP`] files at hand is
/// kept, and doing it again does the rest.
pub fn import_many(
    store: &Store,
    keys: &DeviceKeys,
    files: &[PathBuf],
    outside: Option<&Path>,
    now: DateTime<FixedOffset>,
    progress: Progress<'_>,
) -> Result<Vec<Outcome>> {
    let mut outcomes: Vec<Option<Outcome>> = files.iter().map(|_| None).collect();
    let mut open: Vec<usize> = (0..files.len()).collect();
    loop {
        let mut waiting = Vec::new();
        let mut moved = false;
        for group in open.chunks(GROUP) {
            let done = (files.len() - open.len()) as u64;
            if progress(Step {
                name: "files",
                done,
                total: Some(files.len() as u64),
            }) {
                return Err(Error::Cancelled);
            }
            let group: Vec<(usize, &Path)> = group
                .iter()
                .filter_map(|number| Some((*number, files.get(*number)?.as_path())))
                .collect();
            for (number, outcome) in import_group(store, keys, &group, now, progress)? {
                match outcome.kind {
                    OutcomeKind::KeptAside => waiting.push(number),
                    OutcomeKind::Imported => moved = true,
                    _ => {}
                }
                if let Some(place) = outcomes.get_mut(number) {
                    *place = Some(outcome);
                }
            }
        }
        if waiting.is_empty() || !moved {
            break;
        }
        open = waiting;
    }
    let outcomes: Vec<Outcome> = outcomes.into_iter().flatten().collect();
    note_waiting(store, &outcomes, now)?;
    remember(store, outside, &outcomes)?;
    Ok(outcomes)
}

/// One transaction for a group of files, then the receipts.
fn import_group(
    store: &Store,
    keys: &DeviceKeys,
    group: &[(usize, &Path)],
    now: DateTime<FixedOffset>,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Vec<(usize, Outcome)>> {
    let outcomes = store.try_write_bulk(|writer| {
        let mut outcomes = Vec::with_capacity(group.len());
        for (number, path) in group {
            outcomes.push((*number, import_one(writer, keys, path, now, progress)?));
        }
        Ok::<_, Error>(outcomes)
    })?;
    if outcomes.iter().any(|(_, outcome)| !outcome.logs.is_empty()) {
        // Only now is everything durable.
        reply::cosign(store, keys, now)?;
    }
    Ok(outcomes)
}

fn import_one(
    writer: &Writer<'_>,
    keys: &DeviceKeys,
    path: &Path,
    now: DateTime<FixedOffset>,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<Outcome> {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let mut outcome = Outcome::new(path, name);
    match File::open(path).and_then(|mut file| hash_of(&mut file)) {
        Ok((sha256, bytes)) => (outcome.sha256, outcome.bytes) = (Some(sha256), bytes),
        Err(error) => outcome.refuse(Refusal::unreadable(&error)),
    }
    if outcome.refusal.is_none() {
        let mut taken = Taken::default();
        let result = writer.savepoint(|writer| taking::take(writer, keys, path, now, &mut taken, progress));
        match result {
            Ok(()) => outcome.take(taken),
            Err(Fault::Failed(error)) => return Err(*error),
            Err(Fault::Refused(refusal)) => {
                let refusal = refusal.in_the_light_of(name, outcome.sha256.as_ref(), outcome.bytes);
                let refusal = fork::examine(writer, keys, path, refusal, &taken, now)?;
                outcome.from = taken.from;
                outcome.refuse(refusal);
            }
        }
    }
    if outcome.kind != OutcomeKind::KeptAside {
        writer.note_exchange(&event(&outcome, now))?;
    }
    Ok(outcome)
}

/// Bundles that wait for others are written down once all others have been read.
fn note_waiting(store: &Store, outcomes: &[Outcome], now: DateTime<FixedOffset>) -> Result<()> {
    let waiting: Vec<&Outcome> = outcomes
        .iter()
        .filter(|outcome| outcome.kind == OutcomeKind::KeptAside)
        .collect();
    if waiting.is_empty() {
        return Ok(());
    }
    Ok(store.write(|writer| {
        waiting
            .iter()
            .try_for_each(|outcome| writer.note_exchange(&event(outcome, now)))
    })?)
}

fn event(outcome: &Outcome, now: DateTime<FixedOffset>) -> ExchangeEvent {
    let log = outcome.logs.first();
    let receipt = outcome.receipts.first();
    let gap = outcome.refusal.as_ref().and_then(Refusal::range);
    let (origin, first, end) = match (log, receipt, gap) {
        (Some(log), _, _) => (log.origin.clone(), log.start, log.end),
        (None, Some(receipt), _) => (receipt.origin.clone(), 0, receipt.size),
        (None, None, Some((origin, start, end))) => (origin.to_owned(), start, end),
        (None, None, None) => (String::new(), 0, 0),
    };
    let detail = outcome.refusal.as_ref().map(|refusal| {
        let mut fields = refusal.fields();
        if outcome.kind == OutcomeKind::KeptAside {
            fields.insert("path".to_owned(), outcome.path.display().to_string());
        }
        serde_json::json!(fields).to_string()
    });
    ExchangeEvent {
        at: moment(now),
        direction: "in".to_owned(),
        peer: outcome
            .from
            .as_ref()
            .map(|from| from.institution.clone())
            .unwrap_or_default(),
        file: outcome.file.clone(),
        sha256: outcome.sha256.as_ref().map(Hash::to_hex).unwrap_or_default(),
        bytes: outcome.bytes,
        origin,
        first,
        end,
        outcome: match &outcome.refusal {
            Some(refusal) => refusal.code().to_owned(),
            None if outcome.kind == OutcomeKind::Receipts => "receipt".to_owned(),
            None => outcome.kind.name().to_owned(),
        },
        detail: detail.unwrap_or_default(),
    }
}

/// Remembers outside the store what the receipts say, above all when they say that the store is behind.
fn remember(store: &Store, outside: Option<&Path>, outcomes: &[Outcome]) -> Result<()> {
    let Some(path) = outside else { return Ok(()) };
    if outcomes.iter().any(|outcome| !outcome.receipts.is_empty()) {
        store.try_read(|reader| stored::remember_outside(reader, outside))?;
    }
    for outcome in outcomes {
        if let Some(Refusal::RolledBack {
            origin, receipted, ..
        }) = &outcome.refusal
        {
            let mut seen = Seen::load(path)?;
            let log = seen.logs.entry(origin.clone()).or_default();
            log.receipted = log.receipted.max(*receipted);
            seen.save(path)?;
        }
    }
    Ok(())
}
