//! Taking one bundle into the open transaction, piece by piece as the reading thread hands them over. Whatever does not
//! fit ends it with a refusal, and the caller undoes what was done.

use std::io::Read as _;
use std::path::Path;
use std::vec::IntoIter;

use chrono::{DateTime, FixedOffset};
use safety_domain::institution::Level;
use safety_journal::bundle::{BlobRef, BundleError, Kind, LogRange, Manifest};
use safety_journal::checkpoint::{DEMO_PREFIX, SignedCheckpoint};
use safety_store::Writer;
use safety_store::blobs::BlobState;
use safety_store::journal::{Log, Received};
use safety_store::receipts::{Receipt, StoredCheckpoint};
use safety_store::trust::TrustState;

use super::Refusal;
use super::outcome::{LogOutcome, ReceiptTaken, Sender, Taken};
use super::reading::{self, BlobBytes, Incoming, Piece};
use super::refusal::Fault;
use crate::enrol::{SignedCertificate, begin_replica};
use crate::peers::{self, Device, Role};
use crate::plan::{Fit, plan_apply};
use crate::{DeviceKeys, Step, moment, stored};

/// Entries between two tellings of progress.
const TELL_EVERY: u64 = 1000;

/// Takes the bundle at `path`. What was found out is in `taken` even when it is refused.
pub(super) fn take(
    writer: &Writer<'_>,
    keys: &DeviceKeys,
    path: &Path,
    now: DateTime<FixedOffset>,
    taken: &mut Taken,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Result<(), Fault> {
    std::thread::scope(|scope| {
        let mut incoming = reading::start(scope, path, keys.identity(), writer.rules());
        let Piece::Manifest(manifest) = incoming.next()? else {
            return Err(out_of_order());
        };
        let sender = sender(writer, keys, &manifest)?;
        taken.from = Some(Sender {
            institution: sender.card.institution.clone(),
            name: sender.card.name.clone(),
            origin: sender.card.origin.clone(),
        });
        let total = manifest.entries();
        let mut taking = Taking {
            writer,
            keys,
            now: moment(now),
            manifest: *manifest,
            logs: Vec::new(),
            taken,
            passed_over: None,
            done: 0,
            total,
        };
        while taking.piece(&mut incoming, progress)? {}
        Ok(())
    })
}

fn out_of_order() -> Fault {
    Refusal::Bundle(BundleError::Malformed {
        reason: "parts out of order".to_owned(),
    })
    .into()
}

/// Who sent it, when that is somebody who may send such a bundle to us.
fn sender(writer: &Writer<'_>, keys: &DeviceKeys, manifest: &Manifest) -> Result<Device, Fault> {
    let origin = &manifest.from.device;
    let demo = |origin: &str| origin.starts_with(DEMO_PREFIX);
    let origins = manifest
        .logs
        .iter()
        .map(|log| log.origin.as_str())
        .chain([origin.as_str()]);
    if manifest.demo != keys.is_demo() || origins.into_iter().any(|origin| demo(origin) != keys.is_demo()) {
        return Err(Refusal::DemoMismatch.into());
    }
    if manifest.to.institution != keys.institution() {
        return Err(BundleError::WrongReceiver.into());
    }
    let device = active(writer, origin)?;
    if device.card.institution != manifest.from.institution {
        return Err(Refusal::UnknownSender {
            origin: origin.clone(),
        }
        .into());
    }
    let fits = match manifest.kind {
        Kind::Upward => device.role == Role::Subordinate,
        Kind::Downward | Kind::Reply => device.role == Role::Superior,
    };
    if !fits {
        return Err(Refusal::WrongDirection {
            origin: origin.clone(),
        }
        .into());
    }
    if manifest.kind == Kind::Upward && manifest.logs.first().map(|log| &log.origin) != Some(origin) {
        let reason = "sender's own log does not come first".to_owned();
        return Err(BundleError::MalformedManifest { reason }.into());
    }
    Ok(device)
}

/// The device of this origin, when it is believed now.
fn active(writer: &Writer<'_>, origin: &str) -> Result<Device, Fault> {
    let origin = origin.to_owned();
    match peers::device(writer, &origin)? {
        Some(device) if device.is_active() => Ok(device),
        Some(device) if device.state == TrustState::Revoked => Err(Refusal::RevokedSender { origin }.into()),
        Some(device) if device.state == TrustState::Replaced => {
            Err(Refusal::ReplacedSender { origin }.into())
        }
        _ => Err(Refusal::UnknownSender { origin }.into()),
    }
}

/// A log whose checkpoint was verified.
struct Coming {
    range: LogRange,
    log: Log,
    device: Device,
    signed: SignedCheckpoint,
}

struct Taking<'t, 'w> {
    writer: &'t Writer<'w>,
    keys: &'t DeviceKeys,
    now: String,
    manifest: Manifest,
    logs: Vec<Coming>,
    taken: &'t mut Taken,
    /// Log of a receipt that was none of ours.
    passed_over: Option<String>,
    done: u64,
    total: u64,
}

impl Taking<'_, '_> {
    /// Takes the next piece; false at the end.
    fn piece(
        &mut self,
        incoming: &mut Incoming,
        progress: &mut dyn FnMut(Step) -> bool,
    ) -> Result<bool, Fault> {
        match incoming.next()? {
            Piece::End => return self.end().map(|()| false),
            Piece::Certificate(bytes) => self.certificate(&bytes)?,
            Piece::Checkpoint { n, note } => self.checkpoint(n, &note)?,
            Piece::Lines { log, lines } => self.lines(log, lines, incoming, progress)?,
            Piece::Blob(blob) => self.blob(&blob, incoming)?,
            Piece::Receipt(note) => self.receipt(&note)?,
            Piece::Manifest(_) | Piece::BlobBytes(_) | Piece::BlobEnd => return Err(out_of_order()),
        }
        Ok(true)
    }

    fn end(&mut self) -> Result<(), Fault> {
        match self.passed_over.take() {
            Some(origin) if self.taken.receipts.is_empty() => Err(Refusal::ReceiptNotOurs { origin }.into()),
            _ => Ok(()),
        }
    }

    /// A device further below becomes known by the word of one that is known.
    fn certificate(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let wrong = |origin: &str, detail: &str| Refusal::SignatureWrong {
            what: "certificate",
            origin: origin.to_owned(),
            detail: detail.to_owned(),
        };
        let signed = SignedCertificate::parse(bytes).map_err(|error| wrong("", &error.to_string()))?;
        let card = &signed.certificate().card;
        let issuer = active(self.writer, &signed.certificate().issuer)?;
        signed
            .verify(&issuer.keys.verifier)
            .map_err(|error| wrong(&card.origin, &error.to_string()))?;
        if issuer.role == Role::Superior || issuer.card.level >= card.level {
            return Err(wrong(&card.origin, "issuer is not above").into());
        }
        if card.is_demo() != self.keys.is_demo() {
            return Err(Refusal::DemoMismatch.into());
        }
        if card.origin == self.keys.origin() || peers::device(self.writer, &card.origin)?.is_some() {
            return Ok(());
        }
        let keys = card
            .check()
            .map_err(|error| wrong(&card.origin, &error.to_string()))?;
        let device = Device {
            role: Role::Relayed,
            card: card.clone(),
            keys,
            state: TrustState::Trusted,
            certificate: Some(signed.encode()),
            since: self.now.clone(),
            until: None,
        };
        Ok(device.write(self.writer, &self.now)?)
    }

    fn checkpoint(&mut self, n: u32, note: &[u8]) -> Result<(), Fault> {
        let range = self
            .manifest
            .logs
            .iter()
            .find(|log| log.n == n)
            .cloned()
            .ok_or_else(out_of_order)?;
        let device = active(self.writer, &range.origin)?;
        let upward = self.manifest.kind == Kind::Upward;
        if upward == (device.role == Role::Superior) {
            return Err(Refusal::WrongDirection { origin: range.origin }.into());
        }
        let wrong = |detail: String| Refusal::SignatureWrong {
            what: "checkpoint",
            origin: range.origin.clone(),
            detail,
        };
        let signed = SignedCheckpoint::open(note, std::slice::from_ref(&device.keys.verifier))
            .map_err(|error| wrong(error.to_string()))?;
        let claim = signed.checkpoint();
        if claim.origin != range.origin || claim.size != range.end {
            return Err(wrong(format!("is of {} at {}", claim.origin, claim.size)).into());
        }
        begin_replica(self.writer, &device.card, &self.now)?;
        let log = self
            .writer
            .log(&range.origin)?
            .filter(|log| !log.own)
            .ok_or_else(out_of_order)?;
        if log.vkey != device.card.verifier_key {
            return Err(wrong("key is not the log's".to_owned()).into());
        }
        self.taken.heads.push((range.start, signed.clone()));
        if let Fit::Gap { from, to } = plan_apply(range.start, range.end, log.size) {
            let LogRange {
                origin, start, end, ..
            } = range;
            return Err(Refusal::Gap {
                origin,
                from,
                to,
                start,
                end,
            }
            .into());
        }
        // What is held already can be judged at once.
        if range.end <= log.size && stored::root_at(self.writer, &log, range.end)? != signed.checkpoint().root
        {
            return Err(Refusal::RootDiffers {
                origin: range.origin,
                size: range.end,
            }
            .into());
        }
        let coming = Coming {
            range,
            log,
            device,
            signed,
        };
        if coming.range.start == coming.range.end {
            self.keep(&coming, 0, coming.log.size)?;
        }
        self.logs.push(coming);
        Ok(())
    }

    /// All lines of a log, of which the first have come.
    fn lines(
        &mut self,
        n: u32,
        first: Vec<Received>,
        incoming: &mut Incoming,
        progress: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), Fault> {
        let position = self
            .logs
            .iter()
            .position(|coming| coming.range.n == n)
            .ok_or_else(out_of_order)?;
        let coming = self.logs.swap_remove(position);
        let outlet =
            (coming.device.card.level == Level::Outlet).then(|| coming.device.card.institution.clone());
        let lines = LinesOf {
            n,
            origin: &coming.range.origin,
            seq: coming.range.start,
            outlet: outlet.as_deref(),
            batch: first.into_iter(),
            incoming,
            done: &mut self.done,
            total: self.total,
            progress,
        };
        let imported = self
            .writer
            .import::<Fault>(&coming.range.origin, coming.range.start, lines)?;
        let held = imported.size;
        if coming.range.end > coming.log.size
            && (held != coming.range.end || imported.root != coming.signed.checkpoint().root)
        {
            return Err(Refusal::RootDiffers {
                origin: coming.range.origin,
                size: coming.range.end,
            }
            .into());
        }
        self.keep(&coming, imported.added, held)
    }

    /// Keeps the signed head of a log that fits.
    fn keep(&mut self, coming: &Coming, added: u64, held: u64) -> Result<(), Fault> {
        let known = self.writer.checkpoints(coming.log.log_no)?;
        let claim = coming.signed.checkpoint();
        if !known
            .iter()
            .any(|head| head.size == claim.size && head.root == claim.root)
        {
            self.writer.add_checkpoint(&StoredCheckpoint {
                log_no: coming.log.log_no,
                size: claim.size,
                root: claim.root,
                own: false,
                note: coming.signed.encode(),
                noted: self.now.clone(),
            })?;
        }
        self.taken.logs.push(LogOutcome {
            origin: coming.range.origin.clone(),
            institution: coming.device.card.institution.clone(),
            start: coming.range.start,
            end: coming.range.end,
            added,
            held,
        });
        Ok(())
    }

    /// Takes an attachment that some entry names and that is not here; others are passed over.
    fn blob(&mut self, blob: &BlobRef, incoming: &mut Incoming) -> Result<(), Fault> {
        let known = self.writer.blob(&blob.sha256)?;
        let mut bytes = BlobBytes::new(incoming);
        match known.filter(|known| known.state == BlobState::Wanted) {
            Some(wanted) => {
                let added = self
                    .writer
                    .add_blob(&mut bytes, &wanted.media_type, Some(&blob.sha256));
                match (added, bytes.fault) {
                    (_, Some(fault)) => return Err(fault),
                    (Err(safety_store::Error::BlobHash { .. }), None) => {
                        return Err(BundleError::BlobMismatch { sha256: blob.sha256 }.into());
                    }
                    (added, None) => added?,
                };
                self.taken.blobs += 1;
            }
            None => {
                let mut buffer = vec![0; 64 * 1024];
                while bytes.read(&mut buffer).unwrap_or_default() > 0 {}
                if let Some(fault) = bytes.fault {
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    /// A receipt for a log of ours, or for one we passed on.
    fn receipt(&mut self, note: &[u8]) -> Result<(), Fault> {
        let wrong = |origin: &str, detail: String| Refusal::SignatureWrong {
            what: "receipt",
            origin: origin.to_owned(),
            detail,
        };
        let signed = SignedCheckpoint::parse(note).map_err(|error| wrong("", error.to_string()))?;
        let claim = signed.checkpoint().clone();
        let log = self.writer.log(&claim.origin)?;
        let Some(log) = log else {
            // One reply serves all computers of an institution.
            self.passed_over.get_or_insert(claim.origin);
            return Ok(());
        };
        let author = safety_journal::note::VerifierKey::parse(&log.vkey)
            .map_err(|error| wrong(&claim.origin, error.to_string()))?;
        signed
            .verify(&[author])
            .map_err(|error| wrong(&claim.origin, error.to_string()))?;
        let (signer, time) = self.cosigner(&signed)?;
        if claim.size > log.size {
            return Err(Refusal::RolledBack {
                origin: claim.origin,
                size: log.size,
                receipted: claim.size,
            }
            .into());
        }
        if stored::root_at(self.writer, &log, claim.size)? != claim.root {
            return Err(Refusal::Forked {
                origin: claim.origin,
                seq: None,
                size: claim.size,
            }
            .into());
        }
        let receipt = Receipt {
            log_no: log.log_no,
            signer,
            size: claim.size,
            time,
            note: signed.encode(),
        };
        let known = self.writer.receipts(log.log_no)?;
        let same = |other: &Receipt| {
            (&other.signer, other.size, other.time) == (&receipt.signer, receipt.size, receipt.time)
        };
        let new = !known.iter().any(same);
        self.writer.add_receipt(&receipt)?;
        self.taken.receipts.push(ReceiptTaken {
            origin: claim.origin,
            size: claim.size,
            time,
            new,
        });
        Ok(())
    }

    /// Who countersigned, and when: an active device of the sender's institution.
    fn cosigner(&self, signed: &SignedCheckpoint) -> Result<(String, u64), Fault> {
        let origin = &signed.checkpoint().origin;
        let from = &self.manifest.from.institution;
        let devices = peers::devices(self.writer)?;
        let mut found = None;
        for device in devices
            .iter()
            .filter(|device| device.is_active() && device.card.institution == *from)
        {
            let time =
                signed
                    .cosigned_at(&device.keys.cosigner)
                    .map_err(|error| Refusal::SignatureWrong {
                        what: "receipt",
                        origin: origin.clone(),
                        detail: error.to_string(),
                    })?;
            found = found.max(time.map(|time| (time, device.keys.cosigner.name().to_owned())));
        }
        let (time, name) = found.ok_or_else(|| Refusal::ReceiptUnknownSigner {
            origin: origin.clone(),
        })?;
        Ok((name, time))
    }
}

/// The lines of one log, across the pieces in which they come.
struct LinesOf<'a> {
    n: u32,
    origin: &'a str,
    seq: u64,
    /// The one institution an outlet may write for.
    outlet: Option<&'a str>,
    batch: IntoIter<Received>,
    incoming: &'a mut Incoming,
    done: &'a mut u64,
    total: u64,
    progress: &'a mut dyn FnMut(Step) -> bool,
}

impl LinesOf<'_> {
    fn check(&mut self, received: Received) -> Result<Received, Fault> {
        let institution = &received.header().inst;
        if self.outlet.is_some_and(|outlet| outlet != institution) {
            return Err(Refusal::ForeignInstitution {
                origin: self.origin.to_owned(),
                seq: self.seq,
                institution: institution.clone(),
            }
            .into());
        }
        self.seq += 1;
        *self.done += 1;
        let step = Step {
            name: "entries",
            done: *self.done,
            total: Some(self.total),
        };
        if self.done.is_multiple_of(TELL_EVERY) && (self.progress)(step) {
            return Err(crate::Error::Cancelled.into());
        }
        Ok(received)
    }
}

impl Iterator for LinesOf<'_> {
    type Item = Result<Received, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(received) = self.batch.next() {
                return Some(self.check(received));
            }
            match self.incoming.next() {
                Ok(Piece::Lines { log, lines }) if log == self.n => self.batch = lines.into_iter(),
                Ok(other) => {
                    self.incoming.give_back(other);
                    return None;
                }
                Err(fault) => return Some(Err(fault)),
            }
        }
    }
}
