//! Ledgers, records, drafts, attachments, people.

use safety_domain::record::RecordBody;
use safety_domain::standard::Group;
use safety_domain::text::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

/// A ledger on the shelf with what it holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerBrief {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Shelf.
    pub group: Group,
    /// Current records.
    pub count: u64,
    /// Of these still open.
    pub open: u64,
    /// Drafts waiting.
    pub drafts: u64,
}

/// What a list shows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct RecordsQuery {
    /// Ledgers; empty = all.
    #[serde(default)]
    pub ledgers: Vec<String>,
    /// Institutions; empty = all in this store.
    #[serde(default)]
    pub institutions: Vec<String>,
    /// Only open or only closed ones.
    #[serde(default)]
    pub open: Option<bool>,
    /// Only late entries (补录).
    #[serde(default)]
    pub late: Option<bool>,
    /// Only open ones whose deadline lies before this day.
    #[serde(default)]
    pub due_before: Option<String>,
    /// Acts from this day on.
    #[serde(default)]
    pub from: Option<String>,
    /// Acts up to this day.
    #[serde(default)]
    pub until: Option<String>,
    /// Full text.
    #[serde(default)]
    pub text: Option<String>,
    /// Field values that must match, by field identifier.
    #[serde(default)]
    #[ts(type = "{ [field: string]: string }")]
    pub fields: std::collections::BTreeMap<String, String>,
    /// Only those whose newest version stands like this in the exchange.
    #[serde(default)]
    pub exchange: Option<ExchangeState>,
    /// Exactly these records.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Withdrawn ones too.
    #[serde(default)]
    pub withdrawn: bool,
    /// Sort key: `occurred`, `recorded`, `title`, `due` or a field identifier; `-` in front for descending.
    #[serde(default)]
    pub sort: Option<String>,
    /// Rows to skip.
    #[serde(default)]
    pub offset: u32,
    /// Rows wanted, at most 500; 50 when 0.
    #[serde(default)]
    pub limit: u32,
}

/// A record as a list shows it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordRow {
    /// Record.
    pub id: String,
    /// Ledger.
    pub ledger: String,
    /// Institution code.
    pub institution: String,
    /// Time of the act.
    pub occurred: String,
    /// Time of the first entry.
    pub recorded: String,
    /// Author's name.
    pub author: String,
    /// What it is about, from the summary fields.
    pub title: String,
    /// Still open.
    pub open: bool,
    /// Deadline.
    pub due: Option<String>,
    /// Entered late (补录).
    pub late: bool,
    /// Withdrawn.
    pub withdrawn: bool,
    /// Number of versions.
    pub versions: u32,
    /// Two versions written without knowing each other wait for a decision.
    pub conflict: bool,
    /// Attachments.
    pub files: u32,
    /// State of the exchange.
    pub exchange: ExchangeState,
    /// Field values (sensitive ones masked).
    #[ts(type = "{ [field: string]: unknown }")]
    pub fields: Map<String, Value>,
}

/// How far a record's newest version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeState {
    /// Saved here (已保存).
    Saved,
    /// In a bundle (已打包).
    Bundled,
    /// The superior holds it (上级已收).
    Receipted,
    /// Came from another institution's log.
    Received,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordsPage {
    /// Rows.
    pub rows: Vec<RecordRow>,
    /// How many match in all.
    pub total: u64,
    /// Names of people, facilities and institutions that the rows refer to.
    pub names: std::collections::BTreeMap<String, String>,
}

/// One version in a record's history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordVersion {
    /// Log origin and sequence number, `origin#seq`.
    pub reference: String,
    /// Entry time.
    pub at: String,
    /// Author's name.
    pub author: String,
    /// Standard it was written under.
    pub standard: String,
    /// What it says.
    pub body: RecordBody,
    /// Leaf hash, hex.
    pub leaf: String,
    /// Time of the superior's countersignature that covers it, RFC 3339: not written later than this.
    pub not_after: Option<String>,
    /// Time of the newest countersignature that this device had received before: not written earlier than this.
    pub not_before: Option<String>,
}

/// A record with all its versions, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordDetail {
    /// As a list shows it.
    pub row: RecordRow,
    /// What the newest version says.
    pub body: RecordBody,
    /// All versions, newest first.
    pub versions: Vec<RecordVersion>,
    /// Names of people, facilities and institutions that it refers to.
    pub names: std::collections::BTreeMap<String, String>,
    /// Whether this device may correct it (it belongs to this institution).
    pub editable: bool,
}

/// Saving a record: a new one, or a correction.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SaveArgs {
    /// Ledger.
    pub ledger: String,
    /// Record that is corrected; none = a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Versions the correction was made from; the newest when empty.
    #[serde(default)]
    pub base: Vec<String>,
    /// What is written down.
    pub body: RecordBody,
    /// Draft that is finished by this.
    #[serde(default)]
    pub draft: Option<String>,
}

/// A saved record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Saved {
    /// Record.
    pub id: String,
    /// Log origin and sequence number.
    pub reference: String,
    /// Obligations that this act moved, by key.
    pub moved: Vec<String>,
    /// The next thing to do.
    pub next: Option<super::ObligationView>,
}

/// Checking without saving.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckArgs {
    /// Ledger.
    pub ledger: String,
    /// What would be written down.
    pub body: RecordBody,
    /// Whether it corrects an existing record.
    #[serde(default)]
    pub correction: bool,
}

/// A fault of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldFaultView {
    /// Field, with row for repeats: `steps/2/time`.
    pub path: String,
    /// Code; sentences in the message files.
    pub code: String,
    /// Values for the sentence.
    pub fields: std::collections::BTreeMap<String, String>,
}

/// Faults of a form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Checked {
    /// All faults in one pass; empty = may be saved.
    pub faults: Vec<FieldFaultView>,
    /// Whether the entry will be marked late (补录) and needs a reason.
    pub late: bool,
}

/// Withdrawing a record (作废); its versions stay.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WithdrawArgs {
    /// Record.
    pub id: String,
    /// Why.
    pub reason: String,
}

/// A draft, saved on every change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct DraftSaveArgs {
    /// Draft; none = a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Ledger.
    pub ledger: String,
    /// Record that is being corrected.
    #[serde(default)]
    pub record: Option<String>,
    /// Whatever is in the form.
    #[ts(type = "unknown")]
    pub content: Value,
}

/// A waiting draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftView {
    /// Draft.
    pub id: String,
    /// Ledger.
    pub ledger: String,
    /// Record that is being corrected.
    pub record: Option<String>,
    /// Last change, RFC 3339.
    pub updated: String,
    /// Whatever was in the form.
    #[ts(type = "unknown")]
    pub content: Value,
}

/// A file brought in as an attachment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachPathArgs {
    /// File on this machine.
    pub path: String,
}

/// Bytes brought in as an attachment (drag or paste).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachBytesArgs {
    /// File name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Base64 of the bytes.
    pub base64: String,
}

/// An attachment by hash.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachmentArgs {
    /// SHA-256, hex.
    pub sha256: String,
}

/// An attachment to be written to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachmentExportArgs {
    /// SHA-256, hex.
    pub sha256: String,
    /// File to write.
    pub path: String,
}

/// An attachment's bytes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachmentBytes {
    /// Media type.
    pub media_type: String,
    /// Base64 of the bytes.
    pub base64: String,
}

/// Kind of thing to look up by a few letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LookupKind {
    /// People.
    Person,
    /// Facilities.
    Facility,
    /// Institutions.
    Institution,
    /// Records of given ledgers.
    Record,
}

/// Looking something up for a form.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LookupArgs {
    /// What.
    pub kind: LookupKind,
    /// A few letters; empty = the first ones.
    #[serde(default)]
    pub text: String,
    /// Institution; none = this one.
    #[serde(default)]
    pub institution: Option<String>,
    /// As a record: the ledgers it may be of.
    #[serde(default)]
    pub ledgers: Option<Vec<String>>,
}

/// Something found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LookupRow {
    /// UUID, or code of an institution.
    pub id: String,
    /// Name.
    pub label: String,
    /// Post, place or level that tells it from others of the same name.
    pub detail: String,
}

/// A record on paper.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordPrintArgs {
    /// Record.
    pub id: String,
    /// File to write.
    pub path: String,
}

/// A list on paper.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LedgerPrintArgs {
    /// What to print; one ledger; offset and limit do not count.
    pub query: RecordsQuery,
    /// File to write.
    pub path: String,
}

/// Who holds which post on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct PostsArgs {
    /// Institution; none = this one.
    #[serde(default)]
    pub institution: Option<String>,
    /// Day; none = today.
    #[serde(default)]
    pub on: Option<String>,
}

/// A post of an institution with its holders.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PostView {
    /// Post.
    pub post: String,
    /// Title.
    pub title: Text,
    /// The duty in one line.
    pub summary: Text,
    /// Leading post.
    pub leading: bool,
    /// Holders on that day.
    pub holders: Vec<HolderView>,
    /// Earlier holders, newest first.
    pub former: Vec<HolderView>,
    /// Nobody holds it.
    pub vacant: bool,
    /// Duties of the standard for this post.
    pub duties: Vec<String>,
}

/// Somebody who holds or held a post.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HolderView {
    /// Appointment record.
    pub appointment: String,
    /// Person record.
    pub person: String,
    /// Name.
    pub name: String,
    /// Since when.
    pub from: String,
    /// Until when.
    pub until: Option<String>,
    /// Scope of responsibility.
    pub scope: String,
}
