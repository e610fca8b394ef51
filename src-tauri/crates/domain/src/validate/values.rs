//! Checks of single values by their kind.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::{Faults, read_time};
use crate::choices;
use crate::record::{local_offset, parse_day};
use crate::standard::{Field, FieldKind};

/// Checks a value that is not blank and no repeat.
pub(super) fn check(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    match field.kind {
        FieldKind::Text | FieldKind::Multiline => text(faults, field, value, path),
        FieldKind::Integer | FieldKind::Decimal => number(faults, field, value, path),
        FieldKind::Date | FieldKind::DateTime | FieldKind::Time => moment(faults, field, value, path),
        FieldKind::SelectOne
        | FieldKind::Post
        | FieldKind::Person
        | FieldKind::Facility
        | FieldKind::Record
        | FieldKind::Institution => match value.as_str() {
            Some(id) => reference(faults, field, id, path),
            None => wrong_type(faults, field, path),
        },
        FieldKind::SelectMultiple | FieldKind::People | FieldKind::Image | FieldKind::File => {
            list(faults, field, value, path);
        }
        FieldKind::Checklist => checklist(faults, field, value, path),
        FieldKind::Repeat => wrong_type(faults, field, path),
    }
}

fn wrong_type(faults: &mut Faults<'_>, field: &Field, path: &str) {
    let kind = serde_json::to_value(field.kind).ok();
    faults.error(
        path,
        "wrong-type",
        &[("kind", kind.as_ref().and_then(Value::as_str).unwrap_or_default())],
    );
}

fn text(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    let Some(text) = value.as_str() else {
        return wrong_type(faults, field, path);
    };
    let length = text.chars().count();
    if let Some(max) = field.limits.max_length
        && length > max as usize
    {
        faults.error(
            path,
            "text-too-long",
            &[("max", &max.to_string()), ("length", &length.to_string())],
        );
    }
    if text
        .chars()
        .any(|c| c.is_control() && !(matches!(c, '\n' | '\t') && field.kind == FieldKind::Multiline))
    {
        faults.error(path, "text-control-character", &[]);
    }
}

fn number(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    let Some(number) = value.as_f64().filter(|n| n.is_finite()) else {
        return wrong_type(faults, field, path);
    };
    if field.kind == FieldKind::Integer && number.fract() != 0.0 {
        return wrong_type(faults, field, path);
    }
    if let Some(min) = field.limits.min
        && number < min
    {
        faults.error(path, "number-too-small", &[("min", &min.to_string())]);
    }
    if let Some(max) = field.limits.max
        && number > max
    {
        faults.error(path, "number-too-large", &[("max", &max.to_string())]);
    }
}

fn moment(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    let Some(text) = value.as_str() else {
        return wrong_type(faults, field, path);
    };
    let now = faults.context.now;
    let ahead = match field.kind {
        FieldKind::Date => match parse_day(text) {
            Some(day) => ahead_of(day, now.with_timezone(&local_offset()).date_naive()),
            None => return faults.error(path, "date-invalid", &[("value", text)]),
        },
        FieldKind::DateTime => match DateTime::parse_from_rfc3339(text) {
            Ok(moment) => moment > now + chrono::Duration::minutes(super::FUTURE_TOLERANCE),
            Err(_) => return faults.error(path, "date-time-invalid", &[("value", text)]),
        },
        _ => {
            // Only the form in which it is stored counts here; typing was read before.
            if read_time(text).as_deref() != Some(text) {
                faults.error(path, "time-invalid", &[("value", text)]);
            }
            false
        }
    };
    if ahead && field.limits.not_future {
        faults.error(path, "date-in-future", &[("value", text)]);
    }
}

fn ahead_of(day: NaiveDate, today: NaiveDate) -> bool {
    day > today
}

/// One identifier of something the standard or the records know.
fn reference(faults: &mut Faults<'_>, field: &Field, id: &str, path: &str) {
    let directory = faults.context.directory;
    let complete = directory.complete();
    let unknown = match field.kind {
        FieldKind::SelectOne | FieldKind::SelectMultiple => {
            match field
                .choices
                .as_deref()
                .map(|list| choices::label(faults.standard, faults.ledger, list, id))
            {
                Some(Some(_)) => None,
                Some(None) | None => Some("choice-unknown"),
            }
        }
        FieldKind::Post => faults.standard.post(id).is_none().then_some("post-unknown"),
        FieldKind::Person | FieldKind::People => {
            (complete && directory.person(id).is_none()).then_some("person-unknown")
        }
        FieldKind::Facility => (complete && directory.record(id).is_none()).then_some("facility-unknown"),
        FieldKind::Record => (complete && directory.record(id).is_none()).then_some("linked-record-unknown"),
        FieldKind::Institution => {
            (complete && directory.institution(id).is_none()).then_some("institution-unknown")
        }
        FieldKind::Image | FieldKind::File => {
            (!faults.body.files.iter().any(|file| file.sha256 == id)).then_some("file-missing")
        }
        _ => None,
    };
    if let Some(code) = unknown {
        faults.error(path, code, &[("value", id)]);
    }
}

fn list(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    let Some(items) = value.as_array() else {
        return wrong_type(faults, field, path);
    };
    item_count(faults, field, items.len(), path);
    let mut seen = BTreeSet::new();
    for (i, item) in items.iter().enumerate() {
        let path = format!("{path}[{i}]");
        match item.as_str() {
            None => wrong_type(faults, field, &path),
            Some(id) if !seen.insert(id) => faults.error(path, "item-repeated", &[("value", id)]),
            Some(id) => reference(faults, field, id, &path),
        }
    }
}

/// Reports a list with more items than allowed.
pub(super) fn item_count(faults: &mut Faults<'_>, field: &Field, count: usize, path: &str) {
    if let Some(max) = field.limits.max_items
        && count > max as usize
    {
        faults.error(
            path,
            "too-many-items",
            &[("max", &max.to_string()), ("count", &count.to_string())],
        );
    }
}

fn checklist(faults: &mut Faults<'_>, field: &Field, value: &Value, path: &str) {
    let Some(verdicts) = value.as_object() else {
        return wrong_type(faults, field, path);
    };
    let asked = choices::check_items(faults.standard, field);
    for (item, given) in verdicts {
        let path = format!("{path}.{item}");
        if !asked.iter().any(|i| i.id == *item) {
            faults.error(&*path, "checklist-item-unknown", &[("item", item)]);
        }
        let Some(given) = given.as_object() else {
            wrong_type(faults, field, &path);
            continue;
        };
        match given.get("verdict").and_then(Value::as_str) {
            Some("pass" | "fail" | "na") => {}
            Some(verdict) => faults.error(
                format!("{path}.verdict"),
                "verdict-unknown",
                &[("value", verdict)],
            ),
            None => faults.error(format!("{path}.verdict"), "verdict-missing", &[("item", item)]),
        }
        if given
            .get("remark")
            .is_some_and(|remark| !remark.is_string() && !remark.is_null())
        {
            faults.error(format!("{path}.remark"), "wrong-type", &[("kind", "text")]);
        }
    }
    // A verdict is never assumed: what was asked for and not looked at has to be said as not applicable.
    if field.required {
        for item in asked.iter().filter(|i| !verdicts.contains_key(&i.id)) {
            faults.error(
                format!("{path}.{}.verdict", item.id),
                "verdict-missing",
                &[("item", &item.id)],
            );
        }
    }
}

/// Whether it is 64 lower-case hex digits.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
