//! Ledger definitions: which books exist, with which fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{Basis, FacilityGroup};
use crate::institution::Level;
use crate::text::Text;

/// Shelf on which a ledger stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Daily books.
    Daily,
    /// Periodic books.
    Periodic,
    /// Events.
    Events,
    /// People.
    People,
    /// Archive of the outlet and its facilities (档案).
    Archive,
    /// Institutions, people and appointments, on which workflows rely.
    System,
}

/// The part that a workflow relies on; a standard without such a ledger is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemRole {
    /// The institution itself.
    Institution,
    /// People (人员).
    Person,
    /// Who holds which post since when (任职).
    Appointment,
    /// Basic profile of the outlet; its fields are the attributes that frequencies may depend on.
    Profile,
    /// Letters of responsibility.
    Letter,
    /// Hazards.
    Hazard,
    /// A duty declared not applicable in one period, with reason and approver (不适用).
    Exemption,
}

/// Whether an act is dated to the day or to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Precision {
    /// A day.
    #[default]
    Date,
    /// A day and a time.
    DateTime,
}

/// One kind of record book (台账).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Ledger {
    /// Identifier, such as `L12` or `person`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it is for, one sentence; shown when it is empty.
    pub purpose: Text,
    /// Shelf.
    pub group: Group,
    /// Levels that keep this book.
    pub levels: Vec<Level>,
    /// Workflow that relies on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<SystemRole>,
    /// Group of facilities it archives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility_group: Option<FacilityGroup>,
    /// At most one current record per institution (such as the basic profile).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// Precision of the act's date.
    #[serde(default)]
    pub occurred: Precision,
    /// Label of the act's date; a general one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_label: Option<Text>,
    /// Its own fields, in the order of the form.
    pub fields: Vec<Field>,
    /// Whether the standard's common fields are offered too.
    #[serde(default)]
    pub with_common_fields: bool,
    /// Fields whose values name a record in lists and searches.
    pub summary: Vec<String>,
    /// Field (select_one) whose choice tells whether the record is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_field: Option<String>,
    /// Date field that says until when an open record has to be dealt with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_field: Option<String>,
    /// Labels of the signature cells under a printed list, such as doer and head.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Text>,
    /// Source of the rule that the book is kept.
    pub basis: Basis,
}

/// Type of a field; names follow XLSForm, plus the domain's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub enum FieldKind {
    /// A line of text.
    #[serde(rename = "text")]
    Text,
    /// Several lines of text.
    #[serde(rename = "multiline")]
    Multiline,
    /// A whole number.
    #[serde(rename = "integer")]
    Integer,
    /// A decimal number.
    #[serde(rename = "decimal")]
    Decimal,
    /// A date, `YYYY-MM-DD`.
    #[serde(rename = "date")]
    Date,
    /// A time of day, `HH:MM`.
    #[serde(rename = "time")]
    Time,
    /// Date and time, RFC 3339 with offset.
    #[serde(rename = "dateTime")]
    DateTime,
    /// One of a list: the choice's identifier.
    #[serde(rename = "select_one")]
    SelectOne,
    /// Several of a list: array of identifiers.
    #[serde(rename = "select_multiple")]
    SelectMultiple,
    /// Photos: array of SHA-256 named in the body's `files`.
    #[serde(rename = "image")]
    Image,
    /// Files: array of SHA-256 named in the body's `files`.
    #[serde(rename = "file")]
    File,
    /// One person: UUID of a person record.
    #[serde(rename = "person")]
    Person,
    /// Several people: array of UUIDs.
    #[serde(rename = "people")]
    People,
    /// One post of the standard: its identifier.
    #[serde(rename = "post")]
    Post,
    /// A facility: UUID of a record in a facility ledger.
    #[serde(rename = "facility")]
    Facility,
    /// Another record: its UUID; [`Field::ledgers`] says of which ledgers.
    #[serde(rename = "record")]
    Record,
    /// An institution: its code.
    #[serde(rename = "institution")]
    Institution,
    /// Verdicts by checklist item: object of item id to `{verdict: pass|fail|na, remark?}`.
    #[serde(rename = "checklist")]
    Checklist,
    /// Rows of sub-fields: array of objects.
    #[serde(rename = "repeat")]
    Repeat,
}

/// One field of a ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Field {
    /// Identifier, unique in its ledger, `[a-z][a-z0-9_]*`.
    pub id: String,
    /// Type.
    pub kind: FieldKind,
    /// Label.
    pub label: Text,
    /// A word of help under the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Heading of the form under which it stands; required ones come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Text>,
    /// Has to be filled in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// List of choices for select fields; `@classes` (in a facility ledger only those of its group), `@drills`,
    /// `@training`, `@duties`, `@letters` name the standard's own lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<String>,
    /// Limits of its value.
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
    /// Shown as a column of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// Personal or secret: masked in lists and on paper, not sent upward by default.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// Value offered in a new form. Never used for dates of acts nor for verdicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// As a date: what it belongs to has to be renewed before it (certificate, warranty, service); shown
    /// [`super::Deadlines::expiry_lead_days`] ahead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub expires: bool,
    /// As a checklist: the items asked for, in this order; the whole checklist when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// As a record: the ledgers it may be of; at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ledgers: Vec<String>,
    /// Only asked for when another field has one of these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<super::Condition>,
    /// Sub-fields of a repeat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// Limits of a field's value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
pub struct Limits {
    /// Smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Most characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Most items of a list or repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u32>,
    /// A date must not lie after the act's entry (no future dates).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_future: bool,
}

impl Limits {
    /// Whether nothing is limited.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// How a field stands in a list and on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Column {
    /// Width on screen in pixels.
    pub width: u32,
    /// Share of the width on paper, in arbitrary units.
    pub print: u32,
}

/// A named list of choices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChoiceList {
    /// Identifier.
    pub id: String,
    /// The choices in order.
    pub choices: Vec<Choice>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Identifier, stored in records.
    pub id: String,
    /// Label.
    pub label: Text,
    /// As a state: the record is still open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open: bool,
    /// As a state: shown in red (failed, faulty).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bad: bool,
}
