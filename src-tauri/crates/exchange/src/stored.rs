//! What this crate keeps in the store beside trust: the device's keys, its own log, signed heads.

use chrono::{DateTime, FixedOffset};
use safety_journal::Hash;
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::tree;
use safety_store::journal::{Log, NewLog};
use safety_store::outside::Seen;
use safety_store::{Reader, Store, Writer};
use std::path::Path;

use crate::peers::Device;
use crate::{DeviceKeys, DeviceSecrets, Error, Result, moment};

/// Audience of the log that goes to the superior.
pub(crate) const UP: &str = "up";
const SECRET: &str = "device";

impl DeviceSecrets {
    /// Puts the keys into a new store and begins the device's own log.
    ///
    /// # Errors
    /// [`Error::OtherKeys`] when the store was made for another device; [`Error::Store`].
    pub fn install(&self, writer: &Writer<'_>, now: DateTime<FixedOffset>) -> Result<DeviceKeys> {
        let meta = writer.meta()?;
        let keys = DeviceKeys::new(self, &meta)?;
        writer.set_secret(SECRET, &self.to_bytes())?;
        if writer.log(keys.origin())?.is_none() {
            writer.add_log(&NewLog {
                origin: keys.origin().to_owned(),
                institution: meta.institution.clone(),
                device: meta.device.clone(),
                audience: UP.to_owned(),
                own: true,
                vkey: keys.signer().verifier().to_string(),
                valid_to: None,
                created: moment(now),
            })?;
        }
        Ok(keys)
    }
}

impl DeviceKeys {
    /// The keys of the device whose store this is.
    ///
    /// # Errors
    /// [`Error::NoKeys`], [`Error::OtherKeys`], [`Error::Store`].
    pub fn load(store: &Store) -> Result<DeviceKeys> {
        store.try_read(|reader| {
            let bytes = reader.secret(SECRET)?.ok_or(Error::NoKeys)?;
            let secrets = DeviceSecrets::from_bytes(&bytes).ok_or(Error::NoKeys)?;
            DeviceKeys::new(&secrets, &reader.meta()?)
        })
    }
}

/// This device's own log.
pub(crate) fn own_log(reader: &Reader<'_>, keys: &DeviceKeys) -> Result<Log> {
    reader
        .log(keys.origin())?
        .filter(|log| log.own)
        .ok_or(Error::NoKeys)
}

/// The signed head of a replica at its present end, as its author signed it. None before the first bundle.
pub(crate) fn head(reader: &Reader<'_>, log: &Log) -> Result<Option<SignedCheckpoint>> {
    signed_at(reader, log, log.size, &log.root)
}

/// The signed head of this size and root.
pub(crate) fn signed_at(
    reader: &Reader<'_>,
    log: &Log,
    size: u64,
    root: &Hash,
) -> Result<Option<SignedCheckpoint>> {
    let found = reader
        .checkpoints(log.log_no)?
        .into_iter()
        .find(|head| head.size == size && head.root == *root);
    Ok(found
        .map(|head| SignedCheckpoint::parse(head.note.as_bytes()))
        .transpose()?)
}

/// Root of the first `size` entries of a log that has at least as many.
pub(crate) fn root_at(reader: &Reader<'_>, log: &Log, size: u64) -> Result<Hash> {
    if size == log.size {
        return Ok(log.root);
    }
    tree::root(&reader.leaves(log.log_no), size).map_err(|error| match error {
        safety_store::journal::ProofError::Store(error) => error.into(),
        safety_store::journal::ProofError::Tree(error) => {
            safety_store::Error::Inconsistent(error.to_string()).into()
        }
    })
}

/// Number of entries of a log for which one of `devices` gave a receipt, with the newest such receipt's time.
pub(crate) fn receipted(reader: &Reader<'_>, log: &Log, devices: &[Device]) -> Result<(u64, Option<u64>)> {
    let mut best = (0, None);
    for device in devices {
        if let Some(receipt) = reader.last_receipt(log.log_no, Some(device.keys.cosigner.name()))? {
            best = best.max((receipt.size, Some(receipt.time)));
        }
    }
    Ok(best)
}

/// Makes sure that the store is not behind what this machine has seen of it: signing an older head would fork the log.
///
/// # Errors
/// [`safety_store::Error::RolledBack`], [`safety_store::Error::Fork`].
pub(crate) fn check_outside(reader: &Reader<'_>, outside: Option<&Path>) -> Result<()> {
    match outside {
        Some(path) => Ok(reader.check_seen(&Seen::load(path)?)?),
        None => Ok(()),
    }
}

/// Remembers outside what is in the store now.
pub(crate) fn remember_outside(reader: &Reader<'_>, outside: Option<&Path>) -> Result<()> {
    if let Some(path) = outside {
        let before = Seen::load(path)?;
        let seen = reader.seen(&before)?;
        if seen != before {
            seen.save(path)?;
        }
    }
    Ok(())
}
