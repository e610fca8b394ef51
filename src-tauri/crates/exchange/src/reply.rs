//! Receipts: what this device holds of others, countersigned with the time, and written back to them.

use chrono::{DateTime, FixedOffset};
use safety_journal::bundle::{self, Kind, Options};
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::seal::Recipient;
use safety_store::receipts::{ExchangeEvent, Receipt};
use safety_store::{Reader, Store, Writer};

use crate::enrol::SignedCertificate;
use crate::export;
use crate::peers::{self, Device, Role};
use crate::place::{Place, Put};
use crate::{DeviceKeys, Error, Result, moment, posix, stored};

/// What stands between sender and receiver in the name of a reply.
pub(crate) const REPLY_TO: &str = "-to-";

/// A reply that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    /// The file.
    pub file: Put,
    /// Institution it is for.
    pub to: String,
    /// Logs with the number of entries for which it carries a receipt.
    pub receipts: Vec<(String, u64)>,
}

/// Countersigns the head of every replica that has no receipt of this device yet. The entries are durable: it works on
/// what was committed before.
///
/// # Errors
/// Those of the store.
pub(crate) fn cosign(store: &Store, keys: &DeviceKeys, now: DateTime<FixedOffset>) -> Result<()> {
    store.try_write(|writer| {
        for device in peers::devices(writer)?
            .iter()
            .filter(|device| device.role != Role::Superior)
        {
            cosign_one(writer, keys, device, now)?;
        }
        Ok(())
    })
}

fn cosign_one(
    writer: &Writer<'_>,
    keys: &DeviceKeys,
    device: &Device,
    now: DateTime<FixedOffset>,
) -> Result<()> {
    let Some(log) = writer.log(&device.card.origin)? else {
        return Ok(());
    };
    let signer = keys.cosigner().verifier().name();
    let given = writer.last_receipt(log.log_no, Some(signer))?;
    if given.is_some_and(|receipt| receipt.size == log.size) || !device.is_active() {
        return Ok(());
    }
    let Some(head) = stored::head(writer, &log)? else {
        return Ok(());
    };
    // The author's line and ours: what others added to it is not ours to pass on.
    let receipt = head.with_cosignature(keys.cosigner(), posix(now))?;
    writer.add_receipt(&Receipt {
        log_no: log.log_no,
        signer: signer.to_owned(),
        size: log.size,
        time: posix(now),
        note: receipt.encode(),
    })?;
    Ok(())
}

/// Writes the receipts for all logs of an institution, and for those it passed on, sealed to its devices. The same
/// again gives the same receipts again.
///
/// # Errors
/// [`Error::NoPeer`] when it has no active device here; [`Error::Place`], [`Error::Store`].
pub fn reply(
    store: &Store,
    keys: &DeviceKeys,
    institution: &str,
    place: &dyn Place,
    now: DateTime<FixedOffset>,
) -> Result<Replied> {
    cosign(store, keys, now)?;
    let replied = store.try_read(|reader| {
        let devices = peers::devices(reader)?;
        let to: Vec<&Device> = devices
            .iter()
            .filter(|device| device.card.institution == institution)
            .filter(|device| device.role == Role::Subordinate && device.is_active())
            .collect();
        let first = *to.first().ok_or_else(|| Error::NoPeer {
            institution: institution.to_owned(),
        })?;
        let recipients: Vec<Recipient> = to.iter().map(|device| device.keys.recipient.clone()).collect();
        let receipts = receipts(reader, keys, &devices, institution)?;
        let manifest = export::manifest(Kind::Reply, keys, first, now, Vec::new(), Vec::new());
        let stem = format!("{}{REPLY_TO}{institution}", export::stem(keys));
        let (file, ()) = export::put(place, &stem, &mut |out| {
            let options = Options {
                size_hint: Some(4096),
                level: None,
            };
            let mut writer = bundle::Writer::new(out, &recipients, &manifest, options)?;
            for ((_, _, note), n) in receipts.iter().zip(0u32..) {
                writer.receipt(n, note.as_bytes())?;
            }
            writer.finish()?;
            Ok(())
        })?;
        let receipts = receipts
            .into_iter()
            .map(|(origin, size, _)| (origin, size))
            .collect();
        Ok::<_, Error>(Replied {
            file,
            to: institution.to_owned(),
            receipts,
        })
    })?;
    store.write(|writer| {
        writer.note_exchange(&ExchangeEvent {
            at: moment(now),
            direction: "out".to_owned(),
            peer: institution.to_owned(),
            file: replied.file.name.clone(),
            sha256: replied.file.sha256.to_hex(),
            bytes: replied.file.bytes,
            origin: String::new(),
            first: 0,
            end: 0,
            outcome: "replied".to_owned(),
            detail: String::new(),
        })
    })?;
    Ok(replied)
}

/// The newest receipt of this device for each log of an institution or passed on by it.
fn receipts(
    reader: &Reader<'_>,
    keys: &DeviceKeys,
    devices: &[Device],
    institution: &str,
) -> Result<Vec<(String, u64, String)>> {
    let signer = keys.cosigner().verifier().name();
    let mut found = Vec::new();
    for device in devices
        .iter()
        .filter(|device| device.is_active() && came_from(devices, device, institution))
    {
        let Some(log) = reader.log(&device.card.origin)?.filter(|log| !log.own) else {
            continue;
        };
        if let Some(receipt) = reader.last_receipt(log.log_no, Some(signer))? {
            // Held to its form once more: this leaves the house.
            SignedCheckpoint::parse(receipt.note.as_bytes())?;
            found.push((log.origin, receipt.size, receipt.note));
        }
    }
    Ok(found)
}

/// Whether a device's log comes from an institution: it is its own, or was passed on by it.
fn came_from(devices: &[Device], device: &Device, institution: &str) -> bool {
    let mut device = device;
    // A chain of certificates is as long as the bank has levels.
    for _ in 0..safety_domain::institution::Level::ALL.len() {
        if device.role == Role::Superior {
            return false;
        }
        if device.card.institution == institution {
            return true;
        }
        let certificate = device
            .certificate
            .as_deref()
            .map(str::as_bytes)
            .map(SignedCertificate::parse);
        let Some(Ok(signed)) = certificate else {
            return false;
        };
        let issuer = &signed.certificate().issuer;
        match devices.iter().find(|other| other.card.origin == *issuer) {
            Some(issuer) => device = issuer,
            None => return false,
        }
    }
    false
}
