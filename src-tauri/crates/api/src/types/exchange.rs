//! Enrolment, bundles, receipts.

use safety_domain::text::Text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far the superior holds this institution's entries. Nothing is called sent that has no receipt.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct HeldState {
    /// A superior is enrolled.
    pub enrolled: bool,
    /// Name of the superior.
    pub superior: Option<Text>,
    /// Entries in this device's log.
    pub size: u64,
    /// Entries in bundles that were written.
    pub bundled: u64,
    /// The superior holds entries up to this number.
    pub receipted: u64,
    /// Time of the newest receipt.
    pub receipt_time: Option<String>,
    /// Entries the superior does not hold yet.
    pub not_receipted: u64,
    /// Records whose newest version is only saved here; the list with `exchange: saved` has as many.
    pub records_saved: u64,
    /// Records whose newest version is in a bundle without a receipt; the list with `exchange: bundled` has as many.
    pub records_bundled: u64,
}

/// The room of exchange.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExchangeStatus {
    /// With the superior.
    pub up: HeldState,
    /// This device's origin.
    pub origin: String,
    /// This device's verifier key, to be checked by anyone.
    pub verifier_key: String,
    /// Fingerprint of this device, for reading over the telephone.
    pub fingerprint: String,
    /// A request waits for the superior's approval.
    pub request_pending: bool,
    /// Devices below that are enrolled.
    pub below: Vec<PeerView>,
}

/// An enrolled device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PeerView {
    /// Origin of its log.
    pub origin: String,
    /// Institution code.
    pub institution: String,
    /// Name.
    pub name: Text,
    /// Fingerprint.
    pub fingerprint: String,
    /// State: `active`, `revoked`.
    pub state: String,
    /// Since when.
    pub since: String,
    /// Entries held.
    pub held: u64,
    /// Last bundle.
    pub last_bundle: Option<String>,
}

/// Where to put a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DirArgs {
    /// Folder.
    pub dir: String,
}

/// An enrolment request or approval that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolFile {
    /// File.
    pub path: String,
    /// Fingerprint to be compared by voice.
    pub fingerprint: String,
}

/// What an enrolment file says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolReview {
    /// `request` or `approval`.
    pub kind: String,
    /// Institution code of the one who made it.
    pub institution: String,
    /// Name.
    pub name: Text,
    /// Level.
    pub level: safety_domain::institution::Level,
    /// Fingerprint to be compared by voice.
    pub fingerprint: String,
    /// When it was made.
    pub created: String,
    /// From a demo world.
    pub demo: bool,
}

/// Approving a request after the fingerprint was compared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolApproveArgs {
    /// Request file.
    pub path: String,
    /// Fingerprint as read over the telephone; must be the file's.
    pub fingerprint: String,
    /// Folder for the approval file.
    pub dir: String,
}

/// Accepting an approval after the superior's fingerprint was compared.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolAcceptArgs {
    /// Approval file.
    pub path: String,
    /// The superior's fingerprint as read over the telephone.
    pub fingerprint: String,
}

/// Writing a bundle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ExportArgs {
    /// Folder.
    pub dir: String,
    /// From this number on, instead of from the last receipt (a re-sent range).
    #[serde(default)]
    pub from: Option<u64>,
    /// Name under which progress is told.
    #[serde(default)]
    pub job: Option<String>,
}

/// A bundle that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exported {
    /// File.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// First entry (inclusive).
    pub start: u64,
    /// Last entry (exclusive).
    pub end: u64,
    /// Attachments in it.
    pub blobs: u32,
}

/// Reading a bundle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ImportArgs {
    /// Bundle file, or folder whose bundles are all read.
    pub path: String,
    /// Folder for the reply with receipts; none = beside the bundle.
    #[serde(default)]
    pub reply_dir: Option<String>,
    /// Name under which progress is told.
    #[serde(default)]
    pub job: Option<String>,
}

/// What became of one bundle.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportOutcome {
    /// File.
    pub path: String,
    /// `imported`, `repeated` (nothing new), `receipts` (a reply), `refused`, `kept-aside` (a gap).
    pub outcome: String,
    /// Code of the refusal or gap.
    pub code: Option<String>,
    /// Values for the sentence.
    pub fields: std::collections::BTreeMap<String, String>,
    /// Next step's key.
    pub next: Option<String>,
    /// Institution it came from.
    pub institution: Option<String>,
    /// Its name.
    pub name: Option<Text>,
    /// New entries.
    pub new_entries: u64,
    /// Entries held after it.
    pub held: u64,
}

/// What became of all bundles that were read.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Imported {
    /// One by one.
    pub outcomes: Vec<ImportOutcome>,
    /// Replies with receipts that were written.
    pub replies: Vec<String>,
}

/// A line of the exchange's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExchangeEvent {
    /// When.
    pub at: String,
    /// `export`, `import`, `receipt` (taken), `reply` (given), `refusal`, `enrol`.
    pub kind: String,
    /// Institution at the other end.
    pub institution: String,
    /// File name.
    pub file: String,
    /// First entry.
    pub start: u64,
    /// Last entry (exclusive).
    pub end: u64,
    /// Bytes.
    pub bytes: u64,
    /// Code of a refusal.
    pub code: Option<String>,
    /// Values for the sentence.
    pub fields: std::collections::BTreeMap<String, String>,
    /// SHA-256 of the file, hex.
    pub sha256: String,
}
