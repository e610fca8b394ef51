//! Reads what people type the way they mean it.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::class_of;
use crate::condition::is_blank;
use crate::record::{Occurred, RecordBody};
use crate::standard::{Field, FieldKind, Standard};

/// The body as an author's typing is meant: texts trimmed, `2026.1.5` and full-width digits read, blank values left
/// out. Values that cannot be read stay as they are, for [`super::validate_record`] to report; fields that the
/// standard does not know stay untouched.
pub fn normalise(standard: &Standard, ledger: &str, body: &RecordBody) -> RecordBody {
    let mut result = body.clone();
    result.occurred = read_occurred(&body.occurred).unwrap_or_else(|| body.occurred.trim().to_owned());
    if let Some(ledger) = standard.ledger(ledger) {
        let fields = standard.fields(ledger, class_of(body));
        form(&fields, &mut result.fields);
    }
    if let Some(late) = &mut result.late {
        late.reason = late.reason.trim().to_owned();
    }
    result.change = body
        .change
        .as_ref()
        .map(|c| c.trim().to_owned())
        .filter(|c| !c.is_empty());
    result
}

fn form(fields: &[&Field], values: &mut Map<String, Value>) {
    for field in fields {
        let Some(value) = values.get_mut(&field.id) else {
            continue;
        };
        match field.kind {
            FieldKind::Repeat => rows(field, value),
            _ => {
                if let Value::String(text) = value
                    && let Some(read) = read(field.kind, text)
                {
                    *value = read;
                }
            }
        }
        if is_blank(value) {
            values.remove(&field.id);
        }
    }
}

fn rows(field: &Field, value: &mut Value) {
    let Value::Array(rows) = value else { return };
    let fields: Vec<&Field> = field.fields.iter().collect();
    for row in rows.iter_mut() {
        if let Value::Object(values) = row {
            form(&fields, values);
        }
    }
    rows.retain(|row| !is_blank(row));
}

/// A typed text as a value of its kind.
fn read(kind: FieldKind, text: &str) -> Option<Value> {
    match kind {
        FieldKind::Text => Some(Value::String(text.trim().to_owned())),
        // Lines keep their indentation; only what hangs over at the ends goes.
        FieldKind::Multiline => Some(Value::String(
            text.replace("\r\n", "\n")
                .trim_end()
                .trim_start_matches('\n')
                .to_owned(),
        )),
        FieldKind::Integer => half_width(text).parse::<i64>().ok().map(Value::from),
        FieldKind::Decimal => {
            let number = half_width(text).parse::<f64>().ok()?;
            serde_json::Number::from_f64(number).map(Value::Number)
        }
        FieldKind::Date => read_date(text).map(|day| Value::String(day.to_string())),
        FieldKind::Time => read_time(text).map(Value::String),
        FieldKind::DateTime => read_date_time(text).map(Value::String),
        _ => Some(Value::String(text.trim().to_owned())),
    }
}

/// Full-width digits and marks as their ordinary forms, trimmed.
fn half_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '。' => '.',
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

/// A date as typed: `2026-01-05`, `2026.1.5`, `2026/1/5`, `2026年1月5日`, `20260105`, full-width digits.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = half_width(text);
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::parse_from_str(&text, "%Y%m%d").ok();
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(&text);
    let parts: Vec<&str> = text.split(['-', '.', '/', '年', '月']).map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &str, most: usize| -> Option<u32> {
        ((1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())?
    };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(
        i32::try_from(digits(year, 4)?).ok()?,
        digits(month, 2)?,
        digits(day, 2)?,
    )
}

/// A time as typed, as `HH:MM`: `9:05`, `09：05`, `9时5分`, `0905`.
pub fn read_time(text: &str) -> Option<String> {
    let text = half_width(text);
    let text = text.strip_suffix('分').unwrap_or(&text);
    let (hour, minute) = match text.split_once([':', '时', '点']) {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => return None,
    };
    let number = |part: &str, top: u32| -> Option<u32> {
        let fits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok())?.filter(|n| *n < top)
    };
    Some(format!(
        "{:02}:{:02}",
        number(hour.trim(), 24)?,
        number(minute.trim(), 60)?
    ))
}

fn read_date_time(text: &str) -> Option<String> {
    let text = half_width(text);
    if chrono::DateTime::parse_from_rfc3339(&text).is_ok() {
        return Some(text);
    }
    let (day, time) = split_moment(&text)?;
    Some(format!("{day}T{time}:00+08:00"))
}

fn split_moment(text: &str) -> Option<(NaiveDate, String)> {
    let (day, time) = text.split_once([' ', 'T'])?;
    Some((read_date(day)?, read_time(time)?))
}

fn read_occurred(text: &str) -> Option<String> {
    let text = half_width(text);
    if Occurred::parse(&text).is_some() {
        return Some(text);
    }
    if let Some(day) = read_date(&text) {
        return Some(day.to_string());
    }
    split_moment(&text).map(|(day, time)| format!("{day}T{time}"))
}
