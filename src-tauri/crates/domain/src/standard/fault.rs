//! What is wrong with a standard, as data: people read the sentence for the code in their own language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One fault of a standard, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Fault {
    /// Place: file, `#`, then a pointer by identifiers, such as `duties.json#/D17/evidence/ledger`.
    pub path: String,
    /// Stable code, such as `standard-unknown-reference`; all begin with `standard-`.
    pub code: String,
    /// What the sentence for the code names.
    pub fields: BTreeMap<String, String>,
}

impl Fault {
    /// A fault at a place; `fields` are the pairs that the sentence names.
    pub fn new(path: impl Into<String>, code: &str, fields: &[(&str, &str)]) -> Self {
        Self {
            path: path.into(),
            code: code.to_owned(),
            fields: fields
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        }
    }
}
