//! How a field's value reads on paper: the domain's words, and those kinds that need more than one line.

use std::collections::BTreeMap;

use safety_domain::directory::Directory;
use safety_domain::display::Words;
use safety_domain::standard::{Field, FieldKind, Ledger, Standard};
use safety_domain::text::Lang;
use serde_json::Value;

use crate::messages::word;

/// Names behind identifiers, collected when the record was read.
struct Known<'a>(&'a BTreeMap<String, String>);

impl Directory for Known<'_> {
    fn person(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned()
    }

    fn record(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned()
    }

    fn institution(&self, code: &str) -> Option<String> {
        self.0.get(code).cloned()
    }

    fn complete(&self) -> bool {
        false
    }
}

/// Says values of one ledger's fields.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    /// Labels of choices, posts, duties.
    pub standard: &'a Standard,
    /// Names of people, facilities and institutions by identifier.
    pub names: &'a BTreeMap<String, String>,
    /// Language.
    pub lang: Lang,
}

impl Speaker<'_> {
    /// The value of a field in words; empty when there is none. Sensitive values are masked.
    pub fn say(&self, ledger: &Ledger, field: &Field, value: &Value) -> String {
        match (field.kind, value) {
            (FieldKind::Image | FieldKind::File, Value::Array(files)) if !files.is_empty() => {
                format!("{} {}", files.len(), word(self.lang, "print.files"))
            }
            (FieldKind::DateTime, Value::String(text)) => when(text),
            (FieldKind::Checklist, Value::Object(items)) => self.checklist(items),
            (FieldKind::Repeat, Value::Array(rows)) => self.rows(ledger, field, rows),
            (FieldKind::Checklist | FieldKind::Repeat, _) => String::new(),
            _ => {
                let directory = Known(self.names);
                let words = Words {
                    standard: self.standard,
                    ledger,
                    directory: &directory,
                    lang: self.lang,
                };
                words.show_masked(field, value)
            }
        }
    }

    fn checklist(&self, items: &serde_json::Map<String, Value>) -> String {
        let mut lines = Vec::new();
        for item in self.standard.checklist.iter().flat_map(|section| &section.items) {
            let Some(answer) = items.get(&item.id) else {
                continue;
            };
            let verdict = answer.get("verdict").and_then(Value::as_str).unwrap_or_default();
            let mut line = format!(
                "{} {}: {}",
                item.id,
                item.text.get(self.lang),
                word(self.lang, &format!("print.verdict.{verdict}"))
            );
            if let Some(remark) = answer
                .get("remark")
                .and_then(Value::as_str)
                .filter(|remark| !remark.is_empty())
            {
                line.push_str(&format!(" ({remark})"));
            }
            lines.push(line);
        }
        lines.join("\n")
    }

    fn rows(&self, ledger: &Ledger, field: &Field, rows: &[Value]) -> String {
        let mut lines = Vec::new();
        for row in rows {
            let parts: Vec<String> = field
                .fields
                .iter()
                .filter_map(|part| Some((part, row.get(&part.id)?)))
                .map(|(part, value)| {
                    format!("{} {}", part.label.get(self.lang), self.say(ledger, part, value))
                })
                .collect();
            lines.push(parts.join(&word(self.lang, "print.separator")));
        }
        lines.join("\n")
    }
}

/// A time as people write it: `2026-11-23 09:30`. Anything else stays as it is.
pub fn when(text: &str) -> String {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(time) => time
            .with_timezone(&safety_domain::record::local_offset())
            .format("%Y-%m-%d %H:%M")
            .to_string(),
        Err(_) => text.replacen('T', " ", 1),
    }
}
