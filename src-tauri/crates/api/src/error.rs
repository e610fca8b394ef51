//! Errors as people's programs see them: a code, values for the sentence, and the key of what to do next.
//! The sentences themselves live in the message files only.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WireError {
    /// Stable code; the sentence stands under `errors.<code>.text` in the message files.
    pub code: String,
    /// Values for the sentence.
    pub fields: BTreeMap<String, String>,
    /// Key of what to do next; the sentence stands under `errors.<code>.next`.
    pub next: String,
    /// Faults of single fields, when a form was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<crate::types::FieldFaultView>,
}

/// An error inside the use cases, on its way to the wire.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{code} {fields:?}")]
pub struct Fault {
    /// Stable code.
    pub code: String,
    /// Values for the sentence.
    pub fields: BTreeMap<String, String>,
    /// Faults of single fields.
    pub faults: Vec<crate::types::FieldFaultView>,
}

impl Fault {
    /// A fault without values.
    pub fn new(code: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            fields: BTreeMap::new(),
            faults: Vec::new(),
        }
    }

    /// The same with a value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.fields.insert(name.to_owned(), value.to_string());
        self
    }

    /// A fault from a lower layer's code and fields.
    pub fn from_parts(code: &str, fields: BTreeMap<String, String>) -> Self {
        Self {
            code: code.to_owned(),
            fields,
            faults: Vec::new(),
        }
    }

    /// As it crosses the wire.
    pub fn wire(self) -> WireError {
        let next = format!("errors.{}.next", self.code);
        WireError {
            code: self.code,
            fields: self.fields,
            next,
            faults: self.faults,
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => "file-not-found",
            std::io::ErrorKind::PermissionDenied => "file-not-allowed",
            std::io::ErrorKind::StorageFull => "disk-full",
            _ => "file-failed",
        };
        Self::new(code).with("detail", error)
    }
}
