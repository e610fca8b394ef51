//! Checks a record against its ledger's definition, all faults in one pass, each with its place.
//!
//! A record that came from another institution is never refused for its contents (it is evidence as it stands); these
//! rules are for whoever is writing one.

mod normal;
mod values;

pub use normal::{normalise, read_date, read_time};

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::condition;
use crate::directory::Directory;
use crate::record::{Occurred, RecordBody, local_offset};
use crate::standard::{Deadlines, Duty, Field, FieldKind, Group, Ledger, Precision, Standard};

/// How far an act may lie after its entry without being called future: clocks differ, people round up. Minutes.
const FUTURE_TOLERANCE: i64 = 10;

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The record is not accepted from an author.
    Error,
    /// Shown to the author, who may save all the same.
    Warning,
}

/// One fault of a record and where it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct FieldFault {
    /// Place: `occurred`, `fields.plan`, `fields.steps[2].minutes`, `fields.items.C31.verdict`, `late`, `files[0]`.
    pub path: String,
    /// Stable code in kebab-case, such as `required-missing`.
    pub code: String,
    /// Values for the sentence, such as `max`.
    pub fields: BTreeMap<String, String>,
    /// How grave it is.
    pub severity: Severity,
}

/// What is known besides the record.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Time of this entry.
    pub now: DateTime<FixedOffset>,
    /// Time of the record's first entry, when this one corrects it: a correction does not make an entry late.
    pub first_entry: Option<DateTime<FixedOffset>>,
    /// Who and what is on record.
    pub directory: &'a dyn Directory,
}

/// Gathers faults.
pub(crate) struct Faults<'a> {
    pub standard: &'a Standard,
    pub ledger: &'a Ledger,
    pub body: &'a RecordBody,
    pub context: Context<'a>,
    list: Vec<FieldFault>,
}

impl Faults<'_> {
    pub fn error(&mut self, path: impl Into<String>, code: &str, fields: &[(&str, &str)]) {
        self.add(path.into(), code, fields, Severity::Error);
    }

    pub fn warn(&mut self, path: impl Into<String>, code: &str, fields: &[(&str, &str)]) {
        self.add(path.into(), code, fields, Severity::Warning);
    }

    fn add(&mut self, path: String, code: &str, fields: &[(&str, &str)], severity: Severity) {
        let fields = fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        self.list.push(FieldFault {
            path,
            code: code.to_owned(),
            fields,
            severity,
        });
    }
}

/// All faults of a record: first its date, then field by field in the order of the form, then files and reasons.
/// It may be saved when none of them is an error.
pub fn validate_record(
    standard: &Standard,
    ledger: &str,
    body: &RecordBody,
    context: Context<'_>,
) -> Vec<FieldFault> {
    let Some(definition) = standard.ledger(ledger) else {
        return vec![FieldFault {
            path: "ledger".to_owned(),
            code: "ledger-unknown".to_owned(),
            fields: BTreeMap::from([("ledger".to_owned(), ledger.to_owned())]),
            severity: Severity::Error,
        }];
    };
    let mut faults = Faults {
        standard,
        ledger: definition,
        body,
        context,
        list: Vec::new(),
    };
    occurred(&mut faults);
    let fields = standard.fields(definition, class_of(body));
    form(&mut faults, &fields, &body.fields, "fields");
    files(&mut faults);
    reasons(&mut faults);
    faults.list
}

/// The facility class a body chose.
pub(crate) fn class_of(body: &RecordBody) -> Option<&str> {
    body.fields.get("class").and_then(Value::as_str)
}

fn occurred(faults: &mut Faults<'_>) {
    let text = &faults.body.occurred;
    let Some(occurred) = Occurred::parse(text) else {
        let code = if text.trim().is_empty() {
            "required-missing"
        } else {
            "date-invalid"
        };
        return faults.error("occurred", code, &[("value", text)]);
    };
    let now = faults.context.now.with_timezone(&local_offset()).naive_local();
    // An appointment may be entered before it takes effect; an act may not.
    let may_be_ahead = faults.ledger.group == Group::System;
    let ahead = match occurred {
        Occurred::Day(day) => day > now.date(),
        Occurred::Moment(moment) => moment > now + Duration::minutes(FUTURE_TOLERANCE),
    };
    if ahead && !may_be_ahead {
        faults.error("occurred", "occurred-in-future", &[("value", text)]);
    }
    if faults.ledger.occurred == Precision::DateTime && matches!(occurred, Occurred::Day(_)) {
        faults.error("occurred", "occurred-time-missing", &[("value", text)]);
    }
}

/// Checks one form, or one row of a repeat, whose values lie under `at`.
fn form(faults: &mut Faults<'_>, fields: &[&Field], values: &Map<String, Value>, at: &str) {
    let mut known = BTreeSet::new();
    for field in fields {
        if !known.insert(field.id.as_str()) {
            continue;
        }
        let path = format!("{at}.{}", field.id);
        let asked = field
            .when
            .as_ref()
            .is_none_or(|when| condition::holds(when, values));
        let value = values.get(&field.id).filter(|value| !condition::is_blank(value));
        match value {
            None if asked && field.required => faults.error(path, "required-missing", &[]),
            None => {}
            Some(value) => {
                if !asked {
                    faults.warn(&*path, "not-asked", &[]);
                }
                self::value(faults, field, value, &path);
            }
        }
    }
    for name in values.keys().filter(|name| !known.contains(name.as_str())) {
        faults.warn(format!("{at}.{name}"), "field-unknown", &[("field", name)]);
    }
}

fn value(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    match (field.kind, value) {
        (FieldKind::Repeat, Value::Array(rows)) => {
            values::item_count(faults, field, rows.len(), path);
            let fields: Vec<&Field> = field.fields.iter().collect();
            for (i, row) in rows.iter().enumerate() {
                let path = format!("{path}[{i}]");
                match row {
                    Value::Object(values) => form(faults, &fields, values, &path),
                    _ => faults.error(path, "wrong-type", &[("kind", "repeat")]),
                }
            }
        }
        _ => values::check(faults, field, value, path),
    }
}

fn files(faults: &mut Faults<'_>) {
    let mut seen = BTreeSet::new();
    let body = faults.body;
    for (i, file) in body.files.iter().enumerate() {
        let path = format!("files[{i}]");
        if !values::is_sha256(&file.sha256) {
            faults.error(&*path, "file-hash-invalid", &[("name", &file.name)]);
        } else if !seen.insert(&file.sha256) {
            faults.error(&*path, "file-repeated", &[("name", &file.name)]);
        }
        if file.name.trim().is_empty() {
            faults.error(path, "file-name-missing", &[]);
        }
    }
}

fn reasons(faults: &mut Faults<'_>) {
    let body = faults.body;
    let entered = faults.context.first_entry.unwrap_or(faults.context.now);
    let reason = body
        .late
        .as_ref()
        .is_some_and(|late| !late.reason.trim().is_empty());
    let late = is_act(faults.standard, faults.ledger, body)
        && is_late(&faults.standard.deadlines, &body.occurred, entered);
    if (late || body.late.is_some()) && !reason {
        let days = faults.standard.deadlines.late_after_days.to_string();
        faults.error("late.reason", "late-reason-missing", &[("days", &days)]);
    }
    if body.withdrawn && body.change.as_ref().is_none_or(|change| change.trim().is_empty()) {
        faults.error("change", "withdrawal-reason-missing", &[]);
    }
}

/// Whether the record is an act, whose entry can be late. What is put into the archive or into the lists of people and
/// posts describes a state and may be much older than its entry, unless a duty takes it as its proof (such as the
/// check of an extinguisher).
pub fn is_act(standard: &Standard, ledger: &Ledger, body: &RecordBody) -> bool {
    let proves = |duty: &Duty| {
        duty.evidence.ledger == ledger.id
            && duty
                .evidence
                .conditions
                .iter()
                .all(|c| condition::holds(c, &body.fields))
    };
    !matches!(ledger.group, Group::Archive | Group::System) || standard.duties.iter().any(proves)
}

/// Whether an entry is a late one (补录): made more than the standard's days after its act. An unreadable `occurred`
/// is not late but faulty.
pub fn is_late(deadlines: &Deadlines, occurred: &str, recorded: DateTime<FixedOffset>) -> bool {
    Occurred::parse(occurred).is_some_and(|occurred| {
        let entered = recorded.with_timezone(&local_offset()).date_naive();
        (entered - occurred.day()).num_days() > i64::from(deadlines.late_after_days)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
