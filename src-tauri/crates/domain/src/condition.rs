//! Reads values of records for conditions: the same rule for `when` of a form, for evidence and for frequencies.

use serde_json::{Map, Value};

use crate::standard::Condition;

/// Whether the value stands for `wanted`: the text itself, a number or truth value by its JSON text, or a list that
/// contains it.
pub fn says(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Number(number) => number.to_string() == wanted,
        Value::Bool(truth) => (if *truth { "true" } else { "false" }) == wanted,
        Value::Array(items) => items.iter().any(|item| says(item, wanted)),
        Value::Null | Value::Object(_) => false,
    }
}

/// Whether the condition holds for these values.
pub fn holds(condition: &Condition, values: &Map<String, Value>) -> bool {
    values
        .get(&condition.field)
        .is_some_and(|value| condition.is.iter().any(|wanted| says(value, wanted)))
}

/// Whether nothing was entered: null, a blank text, an empty list or object.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
