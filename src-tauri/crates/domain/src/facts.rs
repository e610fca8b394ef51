//! Records of the system ledgers and letters as the facts that rules work with. The field names are those a standard
//! must have (its validator refuses one without them).

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

use crate::appointment::{Appointment, Days};
use crate::letter::LetterRecord;
use crate::obligation::{Evidence, Exemption};
use crate::record::{Occurred, RecordBody, local_offset, parse_day};

fn text<'a>(body: &'a RecordBody, field: &str) -> Option<&'a str> {
    body.fields
        .get(field)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn day(body: &RecordBody, field: &str) -> Option<NaiveDate> {
    text(body, field).and_then(parse_day)
}

fn occurred(body: &RecordBody) -> Option<NaiveDate> {
    Occurred::parse(&body.occurred).map(Occurred::day)
}

/// An appointment from its record (fields `person`, `post`, `institution`, `until`; the act's date is the first day).
/// None if it was withdrawn or a needed value is missing.
pub fn appointment(body: &RecordBody) -> Option<Appointment> {
    if body.withdrawn {
        return None;
    }
    Some(Appointment {
        institution: text(body, "institution")?.to_owned(),
        post: text(body, "post")?.to_owned(),
        person: text(body, "person")?.to_owned(),
        from: occurred(body)?,
        until: day(body, "until"),
    })
}

/// A duty declared not applicable, from its record (fields `duty`, `period`, `target`, `approver`). None if it was
/// withdrawn, incomplete or has no approver.
pub fn exemption(record: Uuid, institution: &str, body: &RecordBody) -> Option<Exemption> {
    if body.withdrawn {
        return None;
    }
    text(body, "approver")?;
    Some(Exemption {
        record,
        institution: institution.to_owned(),
        duty: text(body, "duty")?.to_owned(),
        period: Some(text(body, "period")?.to_owned()),
        days: None,
        target: text(body, "target").map(str::to_owned),
    })
}

/// A letter from its record (fields `party_b`, `post`, `institution`, `valid_from`, `valid_until`, `state`,
/// `signed_at`). A letter in another state than `prepared` without a day of signature was signed on its act's date.
pub fn letter(record: &str, body: &RecordBody) -> Option<LetterRecord> {
    if body.withdrawn {
        return None;
    }
    let prepared = text(body, "state")? == "prepared";
    Some(LetterRecord {
        record: record.to_owned(),
        institution: text(body, "institution")?.to_owned(),
        person: text(body, "party_b")?.to_owned(),
        post: text(body, "post")?.to_owned(),
        period: Days::new(day(body, "valid_from")?, day(body, "valid_until")?),
        signed: if prepared {
            None
        } else {
            day(body, "signed_at").or_else(|| occurred(body))
        },
    })
}

/// A record as proof of an act. `first_entry` is the entry time of its first version: a correction does not make it
/// late. None if it was withdrawn or its date cannot be read.
pub fn evidence(
    record: Uuid,
    ledger: &str,
    institution: &str,
    first_entry: DateTime<FixedOffset>,
    body: &RecordBody,
) -> Option<Evidence> {
    if body.withdrawn {
        return None;
    }
    Some(Evidence {
        record,
        ledger: ledger.to_owned(),
        institution: institution.to_owned(),
        occurred: occurred(body)?,
        recorded: first_entry.with_timezone(&local_offset()).date_naive(),
        late: body.late.is_some(),
        fields: body.fields.clone(),
    })
}
