//! Fields of ledgers, facilities and shared lists.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Check, lower_word};
use crate::standard::{Condition, Field, FieldKind, Standard};

/// Checks the fields of one form. `around` are fields of the same form defined elsewhere, `path` the list's place.
pub(super) fn check(check: &mut Check<'_>, path: &str, fields: &[Field], around: &[&Field]) {
    let mut seen: BTreeSet<&str> = around.iter().map(|f| f.id.as_str()).collect();
    for field in fields {
        let place = format!("{path}/{}", field.id);
        check.id(&place, &field.id, lower_word);
        if field.id.starts_with(|c: char| c.is_ascii_digit()) {
            check.fault(&place, "standard-id-malformed", &[("id", &field.id)]);
        }
        if !seen.insert(&field.id) {
            check.fault(&place, "standard-id-duplicate", &[("id", &field.id)]);
        }
        one(check, &place, field);
        if let Some(condition) = &field.when {
            let form: Vec<&Field> = fields.iter().chain(around.iter().copied()).collect();
            self::condition(check, &format!("{place}/when"), condition, &form);
        }
    }
}

/// What can be said of a field alone.
fn one(check: &mut Check<'_>, place: &str, field: &Field) {
    check.text(&format!("{place}/label"), &field.label);
    for (key, text) in [("hint", &field.hint), ("section", &field.section)] {
        if let Some(text) = text {
            check.text(&format!("{place}/{key}"), text);
        }
    }
    choices(check, place, field);
    limits(check, place, field);
    if let Some(column) = field.column
        && (column.width == 0 || column.print == 0)
    {
        check.fault(
            &format!("{place}/column"),
            "standard-column-zero",
            &[("field", &field.id)],
        );
    }
    if field.expires && field.kind != FieldKind::Date {
        check.fault(
            &format!("{place}/expires"),
            "standard-expires-misplaced",
            &[("field", &field.id)],
        );
    }
    if !field.items.is_empty() && field.kind != FieldKind::Checklist {
        check.fault(
            &format!("{place}/items"),
            "standard-items-misplaced",
            &[("field", &field.id)],
        );
    }
    let known = |id: &String| check.standard.ledger(id).is_some();
    let links = field.kind == FieldKind::Record;
    if links == field.ledgers.is_empty() || !field.ledgers.iter().all(known) {
        check.fault(
            &format!("{place}/ledgers"),
            "standard-field-ledgers",
            &[("field", &field.id)],
        );
    }
    for item in &field.items {
        let known = check
            .standard
            .checklist
            .iter()
            .flat_map(|s| &s.items)
            .any(|i| i.id == *item);
        check.known(
            &format!("{place}/items"),
            "standard-unknown-check-item",
            item,
            known,
        );
    }
    // A repeat without columns cannot be filled in, one within another cannot be shown.
    let repeat = field.kind == FieldKind::Repeat;
    if repeat == field.fields.is_empty() || field.fields.iter().any(|f| f.kind == FieldKind::Repeat) {
        check.fault(
            &format!("{place}/fields"),
            "standard-repeat-fields",
            &[("field", &field.id)],
        );
    }
    self::check(check, &format!("{place}/fields"), &field.fields, &[]);
    if let Some(value) = &field.default
        && !fits(check.standard, field, value)
    {
        check.fault(
            &format!("{place}/default"),
            "standard-default-invalid",
            &[("field", &field.id)],
        );
    }
}

fn is_select(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::SelectOne | FieldKind::SelectMultiple)
}

fn choices(check: &mut Check<'_>, place: &str, field: &Field) {
    let path = format!("{place}/choices");
    match &field.choices {
        None if is_select(field.kind) => {
            check.fault(&path, "standard-choices-missing", &[("field", &field.id)]);
        }
        Some(_) if !is_select(field.kind) => {
            check.fault(&path, "standard-choices-misplaced", &[("field", &field.id)]);
        }
        Some(list) if choice_ids(check.standard, list).is_none() => {
            check.known(&path, "standard-unknown-choice-list", list, false);
        }
        _ => {}
    }
}

/// Identifiers of a list of choices, named or the standard's own; none when there is no such list.
pub(super) fn choice_ids<'a>(standard: &'a Standard, list: &str) -> Option<Vec<&'a str>> {
    Some(match list {
        "@classes" => standard.facilities.iter().map(|x| x.id.as_str()).collect(),
        "@drills" => standard.drills.iter().map(|x| x.id.as_str()).collect(),
        "@training" => standard.training.iter().map(|x| x.id.as_str()).collect(),
        "@duties" => standard.duties.iter().map(|x| x.id.as_str()).collect(),
        "@letters" => standard.letters.iter().map(|x| x.id.as_str()).collect(),
        _ => standard
            .choice_list(list)?
            .choices
            .iter()
            .map(|x| x.id.as_str())
            .collect(),
    })
}

fn limits(check: &mut Check<'_>, place: &str, field: &Field) {
    use FieldKind as K;
    let path = format!("{place}/limits");
    let limits = &field.limits;
    let number = matches!(field.kind, K::Integer | K::Decimal);
    let text = matches!(field.kind, K::Text | K::Multiline);
    let list = matches!(
        field.kind,
        K::SelectMultiple | K::Image | K::File | K::People | K::Repeat
    );
    let day = matches!(field.kind, K::Date | K::DateTime);
    let misplaced = (limits.min.is_some() || limits.max.is_some()) && !number
        || limits.max_length.is_some() && !text
        || limits.max_items.is_some() && !list
        || limits.not_future && !day;
    if misplaced {
        check.fault(&path, "standard-limits-misplaced", &[("field", &field.id)]);
    }
    let inverted = matches!((limits.min, limits.max), (Some(min), Some(max)) if min > max)
        || limits.max_length == Some(0)
        || limits.max_items == Some(0);
    if inverted {
        check.fault(&path, "standard-limits-inverted", &[("field", &field.id)]);
    }
}

/// Whether a value may be offered in a new form. Dates and verdicts are written by the act alone.
fn fits(standard: &Standard, field: &Field, value: &Value) -> bool {
    use FieldKind as K;
    let within =
        |n: f64| field.limits.min.is_none_or(|min| n >= min) && field.limits.max.is_none_or(|max| n <= max);
    let choice = |value: &Value| {
        let ids = field
            .choices
            .as_deref()
            .and_then(|list| choice_ids(standard, list));
        value
            .as_str()
            .is_some_and(|id| ids.is_some_and(|ids| ids.contains(&id)))
    };
    match field.kind {
        K::Text | K::Multiline => value.as_str().is_some_and(|text| {
            field
                .limits
                .max_length
                .is_none_or(|most| text.chars().count() <= most as usize)
        }),
        K::Integer => value.is_i64() && value.as_f64().is_some_and(within),
        K::Decimal => value.as_f64().is_some_and(within),
        K::SelectOne => choice(value),
        K::SelectMultiple => value.as_array().is_some_and(|all| all.iter().all(choice)),
        K::Post => value.as_str().is_some_and(|id| standard.post(id).is_some()),
        _ => false,
    }
}

/// A condition names a field with choices, and choices of that field.
pub(super) fn condition(check: &mut Check<'_>, path: &str, condition: &Condition, form: &[&Field]) {
    check.filled(&format!("{path}/is"), &condition.is);
    let Some(field) = form.iter().find(|f| f.id == condition.field) else {
        check.known(
            &format!("{path}/field"),
            "standard-unknown-field",
            &condition.field,
            false,
        );
        return;
    };
    let standard = check.standard;
    let ids: Vec<&str> = match field.kind {
        FieldKind::Post => standard.posts.iter().map(|p| p.id.as_str()).collect(),
        kind if is_select(kind) => {
            match field
                .choices
                .as_deref()
                .and_then(|list| choice_ids(standard, list))
            {
                Some(ids) => ids,
                // The missing list itself is reported at the field.
                None => return,
            }
        }
        _ => {
            check.fault(
                &format!("{path}/field"),
                "standard-condition-kind",
                &[("field", &condition.field)],
            );
            return;
        }
    };
    for value in &condition.is {
        check.known(
            &format!("{path}/is"),
            "standard-unknown-choice",
            value,
            ids.contains(&value.as_str()),
        );
    }
}
