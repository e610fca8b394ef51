//! A record version as it is written into a log: header (what may be known to everyone who keeps the log) and
//! body (what was written down, which can lawfully be withheld or erased).

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

/// Version of the header's shape.
pub const HEADER_VERSION: u32 = 1;

/// The header of an entry: who wrote which version of which record when, under which standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryHeader {
    /// Shape of this header, [`HEADER_VERSION`].
    pub v: u32,
    /// The record, a UUIDv7 given when it was first written.
    pub rec: Uuid,
    /// Ledger (台账) identifier in the standard, such as `L12`.
    pub ledger: String,
    /// Code of the institution (机构号) the record belongs to.
    pub inst: String,
    /// Entry time (录入时间): the device's clock when the version was written; a claim, bounded by receipts.
    pub at: DateTime<FixedOffset>,
    /// Who wrote it: the person record's UUID, or a user name before people are on record.
    pub by: String,
    /// The standard it was written under, `id@version`.
    pub std: String,
    /// Versions this one replaces, as `origin#seq`; empty for a new record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prev: Vec<String>,
}

/// The body of a record version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordBody {
    /// When the act took place (发生时间): `YYYY-MM-DD` or RFC 3339 with offset.
    pub occurred: String,
    /// Values by field identifier of the ledger.
    #[ts(type = "{ [field: string]: unknown }")]
    pub fields: Map<String, Value>,
    /// Present when the entry was made after the standard's days (补录).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    /// Why this version corrects an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<String>,
    /// Attachments named by hash; their bytes travel outside the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// Set when this version withdraws the record (作废); the reason is in `change`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// A late entry's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Late {
    /// Why it was entered late, in the author's words.
    pub reason: String,
}

/// An attachment of a record: photo, scan or document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attachment {
    /// SHA-256 of the bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// File name given by the user.
    pub name: String,
    /// Media type, such as `image/jpeg`.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// The field it belongs to, when it was attached to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// When an act took place, as its text in [`RecordBody::occurred`] was read. Local time is +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occurred {
    /// A day.
    Day(NaiveDate),
    /// A day and a time.
    Moment(NaiveDateTime),
}

/// Offset of local time: +08:00.
pub fn local_offset() -> FixedOffset {
    // Eight hours are within a day; the other arm cannot be reached.
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix())
}

impl Occurred {
    /// Reads `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM[:SS]` (local) or RFC 3339 with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            return parse_day(text).map(Self::Day);
        }
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Moment(moment.with_timezone(&local_offset()).naive_local()));
        }
        ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .map(Self::Moment)
    }

    /// The local day.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment) => moment.date(),
        }
    }
}

/// Reads `YYYY-MM-DD`, exactly so.
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    shape
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
}
