//! Recomputing everything from the bytes: each log's leaves and root, its signed heads and receipts, the projection,
//! and the attachments. Nothing is repaired here; each difference is told.

mod projection;

use std::collections::BTreeMap;

use safety_journal::Hash;
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::entry;
use safety_journal::note::VerifierKey;
use safety_journal::tree::Frontier;
use serde::{Deserialize, Serialize};

use crate::journal::{Log, LogState, Pos};
use crate::receipts::Receipt;
use crate::{Reader, Result, Store};

/// Something that is not as the bytes say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Stable code: `leaf`, `entry`, `entry-missing`, `log-head`, `checkpoint-root`, `checkpoint-signature`,
    /// `checkpoint-ahead`, `receipt-signature`, `receipt-unknown-signer`, `projection`, `index`, `blob`.
    pub code: String,
    /// What it concerns: origin with `#seq` or `@size`, record, table or hash.
    pub subject: String,
    /// What was found, for the log.
    pub detail: String,
}

impl Difference {
    /// Stable code of this difference.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Values for the message of this difference.
    pub fn fields(&self) -> BTreeMap<String, String> {
        [("subject", &self.subject), ("detail", &self.detail)]
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .into()
    }
}

/// A log as it was recomputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedLog {
    /// Its origin.
    pub origin: String,
    /// Number of entries hashed.
    pub size: u64,
    /// Root over them, base64 as in checkpoints.
    pub root: String,
    /// Number of entries below the largest receipt that was verified.
    pub receipted: u64,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Logs recomputed.
    pub logs: Vec<VerifiedLog>,
    /// Entries hashed.
    pub entries: u64,
    /// Signed heads compared and verified.
    pub checkpoints: u64,
    /// Receipts verified.
    pub receipts: u64,
    /// Records compared with a fresh projection.
    pub records: u64,
    /// Attachments hashed.
    pub blobs: u64,
    /// What is not as it should be; empty when all is well.
    pub differences: Vec<Difference>,
}

impl Report {
    fn tell(&mut self, code: &str, subject: impl Into<String>, detail: impl Into<String>) {
        self.differences.push(Difference {
            code: code.to_owned(),
            subject: subject.into(),
            detail: detail.into(),
        });
    }
}

/// [`Store::verify`].
///
/// # Errors
/// Only when the file itself cannot be read.
pub fn verify(store: &Store) -> Result<Report> {
    store.verify()
}

impl Store {
    /// Recomputes every log, signature, attachment and the projection, and tells each difference. The projection is
    /// built a second time in memory; the store is not written to.
    ///
    /// # Errors
    /// Only when the file itself cannot be read.
    pub fn verify(&self) -> Result<Report> {
        self.verify_with(&[])
    }

    /// [`Store::verify`] with more verifier keys, such as that of this device's own countersignatures.
    ///
    /// # Errors
    /// Only when the file itself cannot be read.
    pub fn verify_with(&self, more: &[VerifierKey]) -> Result<Report> {
        let mut report = Report::default();
        self.read(|reader| {
            let keys = keys(reader, more)?;
            for log in reader.logs()? {
                verify_log(reader, &log, &keys, &mut report)?;
            }
            verify_blobs(reader, &mut report)
        })?;
        self.verify_projection(&mut report)?;
        Ok(report)
    }
}

/// Verifier keys by name.
type Keys = BTreeMap<String, Vec<VerifierKey>>;

/// Verifier keys of every log and device known here.
fn keys(reader: &Reader<'_>, more: &[VerifierKey]) -> Result<Keys> {
    let mut keys = Keys::new();
    let mut texts: Vec<String> = reader.logs()?.into_iter().map(|log| log.vkey).collect();
    for peer in reader.peers()? {
        texts.push(peer.vkey);
        texts.extend(peer.cosigner);
    }
    let parsed = texts.iter().filter_map(|text| VerifierKey::parse(text).ok());
    for key in parsed.chain(more.iter().cloned()) {
        let known = keys.entry(key.name().to_owned()).or_default();
        if !known.contains(&key) {
            known.push(key);
        }
    }
    Ok(keys)
}

fn verify_log(reader: &Reader<'_>, log: &Log, keys: &Keys, report: &mut Report) -> Result<()> {
    let checkpoints = reader.checkpoints(log.log_no)?;
    let mut roots: BTreeMap<u64, Option<Hash>> = checkpoints.iter().map(|head| (head.size, None)).collect();
    for receipt in reader.receipts(log.log_no)? {
        roots.insert(receipt.size, None);
    }
    let mut frontier = Frontier::new();
    let note_root = |frontier: &Frontier, roots: &mut BTreeMap<u64, Option<Hash>>| {
        if let Some(root) = roots.get_mut(&frontier.size()) {
            *root = Some(frontier.root());
        }
    };
    note_root(&frontier, &mut roots);
    let walked = reader.entries::<crate::Error>(log.log_no, 0, log.size, |stored| {
        report.entries += 1;
        let subject = || format!("{}#{}", log.origin, stored.pos.seq());
        match entry::parse_line(stored.line) {
            Ok(parsed) => {
                let leaf = parsed.leaf();
                if leaf != stored.leaf {
                    report.tell(
                        "leaf",
                        subject(),
                        format!("stored {}, computed {leaf}", stored.leaf),
                    );
                }
                frontier.append(leaf);
            }
            Err(error) => {
                report.tell("entry", subject(), error.to_string());
                frontier.append(stored.leaf);
            }
        }
        note_root(&frontier, &mut roots);
        Ok(())
    });
    if let Err(error) = walked {
        report.tell("entry-missing", log.origin.clone(), error.to_string());
    }
    let behind: i64 = reader.query_row(
        "SELECT count(*) FROM journal WHERE pos >= ?1 AND pos < ?2",
        (Pos::new(log.log_no, log.size).0, Pos::new(log.log_no + 1, 0).0),
        |row| row.get(0),
    )?;
    if behind > 0 {
        report.tell(
            "log-head",
            log.origin.clone(),
            format!("{behind} entries behind the head"),
        );
    }
    if reader.frontier(log.log_no).ok().as_ref() != Some(&frontier) || log.root != frontier.root() {
        report.tell(
            "log-head",
            log.origin.clone(),
            format!("computed {} {}", frontier.size(), frontier.root()),
        );
    }
    for head in checkpoints {
        report.checkpoints += 1;
        let subject = format!("{}@{}", log.origin, head.size);
        match roots.get(&head.size).copied().flatten() {
            // A log that is known to be forked keeps the other branch's heads as evidence.
            Some(root) if root != head.root && log.state != LogState::Forked => {
                report.tell(
                    "checkpoint-root",
                    subject.clone(),
                    format!("signed {}, computed {root}", head.root),
                );
            }
            None if log.state != LogState::Forked => report.tell(
                "checkpoint-ahead",
                subject.clone(),
                format!("log has {} entries", log.size),
            ),
            _ => {}
        }
        let own_keys = keys.get(&log.origin).map(Vec::as_slice).unwrap_or_default();
        match SignedCheckpoint::open(head.note.as_bytes(), own_keys) {
            Ok(signed) if signed.checkpoint().size == head.size && signed.checkpoint().root == head.root => {}
            Ok(_) => report.tell("checkpoint-signature", subject, "the note says otherwise"),
            Err(error) => report.tell("checkpoint-signature", subject, error.to_string()),
        }
    }
    let mut receipted = 0;
    for receipt in reader.receipts(log.log_no)? {
        report.receipts += 1;
        let subject = format!("{}@{} {}", log.origin, receipt.size, receipt.signer);
        let told = report.differences.len();
        verify_receipt(
            log,
            &receipt,
            roots.get(&receipt.size).copied().flatten(),
            keys,
            &subject,
            report,
        );
        if report.differences.len() == told {
            receipted = receipt.size.max(receipted);
        }
    }
    report.logs.push(VerifiedLog {
        origin: log.origin.clone(),
        size: frontier.size(),
        root: frontier.root().to_base64(),
        receipted,
    });
    Ok(())
}

fn verify_receipt(
    log: &Log,
    receipt: &Receipt,
    root: Option<Hash>,
    keys: &Keys,
    subject: &str,
    report: &mut Report,
) {
    let signed = match SignedCheckpoint::parse(receipt.note.as_bytes()) {
        Ok(signed) => signed,
        Err(error) => return report.tell("receipt-signature", subject, error.to_string()),
    };
    let claim = signed.checkpoint();
    match root {
        Some(root) if claim.root == root && claim.size == receipt.size && claim.origin == log.origin => {}
        Some(root) => {
            report.tell(
                "checkpoint-root",
                subject,
                format!("receipt {}, computed {root}", claim.root),
            );
        }
        None => report.tell(
            "checkpoint-ahead",
            subject,
            format!("log has {} entries", log.size),
        ),
    }
    let Some(known) = keys.get(&receipt.signer) else {
        return report.tell("receipt-unknown-signer", subject, "");
    };
    let times: Vec<_> = known.iter().map(|key| signed.cosigned_at(key)).collect();
    if !times
        .iter()
        .any(|time| matches!(time, Ok(Some(time)) if *time >= receipt.time))
    {
        report.tell("receipt-signature", subject, format!("{times:?}"));
    }
}

fn verify_blobs(reader: &Reader<'_>, report: &mut Report) -> Result<()> {
    let mut query = reader.prepare("SELECT sha256 FROM blobs WHERE state = 'present'")?;
    let hashes = query
        .query_map([], |row| Ok(Hash(row.get(0)?)))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for sha256 in hashes {
        report.blobs += 1;
        if let Err(error) = reader.read_blob(&sha256, &mut std::io::sink()) {
            report.tell("blob", sha256.to_hex(), error.to_string());
        }
    }
    Ok(())
}
