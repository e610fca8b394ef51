//! Names behind the identifiers in a record: people, facilities, institutions, in repeats as well.

use std::collections::BTreeMap;

use safety_domain::directory::Directory;
use safety_domain::standard::{Field, FieldKind, Ledger, Standard};
use safety_domain::text::Lang;
use safety_store::Reader;
use safety_store::records::StoreDirectory;
use serde_json::{Map, Value};

/// Collects names, each looked up once.
pub(crate) struct Names<'r, 'a> {
    directory: StoreDirectory<'r, 'a>,
    found: BTreeMap<String, String>,
}

impl<'r, 'a> Names<'r, 'a> {
    pub(crate) fn new(reader: &'r Reader<'a>, lang: Lang) -> Self {
        Self {
            directory: StoreDirectory::partial(reader).in_language(lang),
            found: BTreeMap::new(),
        }
    }

    /// The name of a person, or the identifier itself (a user name, say).
    pub(crate) fn person(&mut self, id: &str) -> String {
        let name = self.directory.person(id).unwrap_or_else(|| id.to_owned());
        self.found.insert(id.to_owned(), name.clone());
        name
    }

    /// The name of an institution, or its code.
    pub(crate) fn institution(&mut self, code: &str) -> String {
        let name = self
            .directory
            .institution(code)
            .unwrap_or_else(|| code.to_owned());
        self.found.insert(code.to_owned(), name.clone());
        name
    }

    /// Names of everything that the fields of a record refer to.
    pub(crate) fn record(&mut self, standard: &Standard, ledger: &Ledger, values: &Map<String, Value>) {
        let class = values.get("class").and_then(Value::as_str);
        self.fields(&standard.fields(ledger, class), values);
    }

    fn fields(&mut self, fields: &[&Field], values: &Map<String, Value>) {
        for field in fields {
            match (field.kind, values.get(&field.id)) {
                (FieldKind::Person | FieldKind::Facility | FieldKind::Record, Some(Value::String(id))) => {
                    self.person(id);
                }
                (FieldKind::Institution, Some(Value::String(code))) => {
                    self.institution(code);
                }
                (FieldKind::People, Some(Value::Array(ids))) => {
                    for id in ids.iter().filter_map(Value::as_str) {
                        self.person(id);
                    }
                }
                (FieldKind::Repeat, Some(Value::Array(rows))) => {
                    let parts: Vec<&Field> = field.fields.iter().collect();
                    for row in rows.iter().filter_map(Value::as_object) {
                        self.fields(&parts, row);
                    }
                }
                _ => {}
            }
        }
    }

    /// All names collected.
    pub(crate) fn into_map(self) -> BTreeMap<String, String> {
        self.found
    }
}
