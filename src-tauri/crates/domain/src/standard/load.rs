//! Reads a standard from its folder of JSON files.
//!
//! The folder is split so that a person of the bank finds what to change: one file per matter, one per ledger. Every
//! item of a list is read on its own, so that one slip does not hide the next.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::{FacilityClass, Fault, Field, Ledger, Standard, validate};
use crate::text::Text;

/// The head file.
const HEAD: &str = "standard.json";
/// Fields shared by all ledgers and by all facilities.
const FIELDS: &str = "fields.json";
/// Name under which a standard in one document is reported.
const WHOLE: &str = "standard.json";
/// Folder with one file per ledger.
const LEDGERS: &str = "ledgers/";
/// Folder with one file per group of facilities.
const FACILITIES: &str = "facilities/";

/// What `standard.json` holds.
#[derive(Deserialize)]
struct Head {
    format: u32,
    id: String,
    version: String,
    effective_from: NaiveDate,
    title: Text,
    issuer: Text,
}

/// What `fields.json` holds.
#[derive(Deserialize)]
struct SharedFields {
    common: Vec<Field>,
    facility: Vec<Field>,
}

/// Whether a fault may only follow from an item that could not be read; such faults wait until that one is mended.
fn consequence(fault: &Fault) -> bool {
    let starts = ["standard-unknown-", "standard-system-", "standard-facility-"];
    starts.iter().any(|start| fault.code.starts_with(start))
        || fault.code == "standard-list-empty" && fault.path.ends_with('#')
}

/// Puts a standard together from its files (relative path, with `/`, to contents) and checks it.
///
/// # Errors
/// All faults found, in the order of files and places; never empty.
pub fn assemble<B: AsRef<[u8]>>(files: &BTreeMap<String, B>) -> Result<Standard, Vec<Fault>> {
    let mut reader = Reader {
        files,
        seen: Vec::new(),
        faults: Vec::new(),
        unread: false,
    };
    let head: Option<Head> = reader.object(HEAD);
    let shared: Option<SharedFields> = reader.object(FIELDS);
    let posts = reader.list("posts.json");
    let duties = reader.list("duties.json");
    let mut facilities: Vec<FacilityClass> = Vec::new();
    for path in reader.under(FACILITIES) {
        facilities.extend(reader.list(&path));
    }
    facilities.sort_by_key(|f| f.group);
    let mut ledgers: Vec<Ledger> = Vec::new();
    for path in reader.under(LEDGERS) {
        if let Some(ledger) = reader.object::<Ledger>(&path) {
            reader.named_after(&path, &ledger.id);
            ledgers.push(ledger);
        }
    }
    let choices = reader.list("choices.json");
    let drills = reader.list("drills.json");
    let training = reader.list("training.json");
    let checklist = reader.list("checklist.json");
    let letters = reader.list("letters.json");
    let deadlines = reader.object("deadlines.json");
    let retention = reader.list("retention.json");
    let calendar = reader.object("calendar.json");
    reader.report_unknown_files();

    let Reader {
        mut faults, unread, ..
    } = reader;
    let (Some(head), Some(shared), Some(deadlines), Some(calendar)) = (head, shared, deadlines, calendar)
    else {
        return Err(faults);
    };
    let standard = Standard {
        format: head.format,
        id: head.id,
        version: head.version,
        effective_from: head.effective_from,
        title: head.title,
        issuer: head.issuer,
        posts,
        duties,
        facility_fields: shared.facility,
        facilities,
        common_fields: shared.common,
        ledgers,
        choices,
        drills,
        training,
        checklist,
        letters,
        deadlines,
        retention,
        calendar,
    };
    faults.extend(
        validate(&standard)
            .into_iter()
            .filter(|f| !unread || !consequence(f)),
    );
    if faults.is_empty() {
        Ok(standard)
    } else {
        Err(faults)
    }
}

/// Reads a standard that stands in one JSON document, as it travels and as it is stored, and checks it.
///
/// # Errors
/// All faults found; never empty. Places begin with the name of the file in which the part would stand in a folder.
pub fn from_json(bytes: &[u8]) -> Result<Standard, Vec<Fault>> {
    let files = BTreeMap::from([(WHOLE.to_owned(), bytes)]);
    let mut reader = Reader {
        files: &files,
        seen: Vec::new(),
        faults: Vec::new(),
        unread: false,
    };
    let standard: Option<Standard> = reader.object(WHOLE);
    let mut faults = reader.faults;
    let Some(standard) = standard else {
        return Err(faults);
    };
    faults.extend(validate(&standard));
    if faults.is_empty() {
        Ok(standard)
    } else {
        Err(faults)
    }
}

/// Reads files and gathers what is wrong with them.
struct Reader<'a, B> {
    files: &'a BTreeMap<String, B>,
    seen: Vec<String>,
    faults: Vec<Fault>,
    /// Whether some item could not be read at all.
    unread: bool,
}

impl<'a, B: AsRef<[u8]>> Reader<'a, B> {
    /// Paths of the JSON files below a folder.
    fn under(&self, folder: &str) -> Vec<String> {
        self.files
            .keys()
            .filter(|p| p.starts_with(folder) && p.ends_with(".json"))
            .cloned()
            .collect()
    }

    /// The text of a file.
    fn text(&mut self, path: &str) -> Option<&'a str> {
        self.seen.push(path.to_owned());
        let files = self.files;
        let Some(bytes) = files.get(path) else {
            self.lost(Fault::new(path, "standard-file-missing", &[("file", path)]));
            return None;
        };
        match std::str::from_utf8(bytes.as_ref()) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(_) => {
                self.lost(Fault::new(path, "standard-not-utf8", &[("file", path)]));
                None
            }
        }
    }

    /// A file that holds one object.
    fn object<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        let text = self.text(path)?;
        self.item(path, text, text, "")
    }

    /// A file that holds a list; items that cannot be read are reported and left out.
    fn list<T: DeserializeOwned>(&mut self, path: &str) -> Vec<T> {
        let Some(text) = self.text(path) else {
            return Vec::new();
        };
        let raw: Vec<&RawValue> = match serde_json::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                self.lost(read_fault(path, "", &error, (0, 0)));
                return Vec::new();
            }
        };
        raw.iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let name = named(item.get()).unwrap_or_else(|| index.to_string());
                self.item(path, text, item.get(), &format!("/{name}"))
            })
            .collect()
    }

    /// One item: `part` is the slice of `text` that holds it, `place` its pointer in the file.
    fn item<T: DeserializeOwned>(&mut self, path: &str, text: &str, part: &str, place: &str) -> Option<T> {
        let mut unknown = Vec::new();
        let mut deserializer = serde_json::Deserializer::from_str(part);
        let read = serde_ignored::deserialize(&mut deserializer, |key| unknown.push(key.to_string()))
            .and_then(|value| deserializer.end().map(|()| value));
        let start = offset(text, part);
        match read {
            Ok(value) => {
                for key in unknown {
                    let pointer = key.replace('.', "/");
                    let name = key.rsplit('.').next().unwrap_or_default();
                    self.faults.push(Fault::new(
                        format!("{path}#{place}/{pointer}"),
                        "standard-unknown-key",
                        &[("file", path), ("key", name)],
                    ));
                }
                Some(value)
            }
            Err(error) => {
                self.lost(read_fault(path, place, &error, start));
                None
            }
        }
    }

    /// A ledger's file bears its name, since places of faults are told by it.
    fn named_after(&mut self, path: &str, id: &str) {
        if path != format!("{LEDGERS}{id}.json") {
            self.faults.push(Fault::new(
                path,
                "standard-file-name",
                &[("file", path), ("id", id)],
            ));
        }
    }

    /// Files that belong to no part of a standard, most likely misspelt.
    fn report_unknown_files(&mut self) {
        for path in self.files.keys() {
            if path.ends_with(".json") && !self.seen.contains(path) {
                self.faults
                    .push(Fault::new(path, "standard-unknown-file", &[("file", path)]));
            }
        }
    }

    /// Notes a fault that makes a part unreadable.
    fn lost(&mut self, fault: Fault) {
        self.unread = true;
        self.faults.push(fault);
    }
}

/// The identifier an item gives itself, read leniently.
fn named(part: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    serde_json::from_str::<Named>(part).ok().map(|n| n.id)
}

/// Lines before, and characters before on the same line, where `part` starts in `text`.
fn offset(text: &str, part: &str) -> (usize, usize) {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.get(..start).unwrap_or_default();
    (
        before.matches('\n').count(),
        before.len() - before.rfind('\n').map_or(0, |at| at + 1),
    )
}

/// A reading error as a fault with its line and column in the file, both from 1.
fn read_fault(path: &str, place: &str, error: &serde_json::Error, start: (usize, usize)) -> Fault {
    let line = start.0 + error.line();
    let column = if error.line() <= 1 {
        start.1 + error.column()
    } else {
        error.column()
    };
    let detail = error.to_string();
    let word = detail.split('`').nth(1).unwrap_or_default();
    let (code, key) = match error.classify() {
        serde_json::error::Category::Data if detail.starts_with("missing field") => {
            ("standard-missing-key", "key")
        }
        serde_json::error::Category::Data if detail.starts_with("unknown field") => {
            ("standard-unknown-key", "key")
        }
        serde_json::error::Category::Data if detail.starts_with("unknown variant") => {
            ("standard-unknown-value", "value")
        }
        serde_json::error::Category::Data => ("standard-wrong-type", "detail"),
        _ => ("standard-json-syntax", "detail"),
    };
    let value = if key == "detail" { detail.as_str() } else { word };
    Fault::new(
        format!("{path}#{place}"),
        code,
        &[
            ("file", path),
            ("line", &line.to_string()),
            ("column", &column.to_string()),
            (key, value),
        ],
    )
}
