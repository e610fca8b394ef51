//! Checks a standard as a whole: every fault in one pass, each with its place, so that whoever edits a standard mends
//! it in one sitting. Nothing is assumed to be right because something else is.

mod calendar;
mod duties;
mod fields;
mod ledgers;
mod matters;
mod posts;
mod roles;

use std::collections::BTreeSet;

use super::{Fault, Standard};
use crate::institution::Level;
use crate::text::Text;

/// The only shape of a standard's document that this program reads.
pub const FORMAT: u32 = 1;

/// All codes that reading or checking a standard can report; the message files have a sentence for each.
pub const FAULT_CODES: [&str; 63] = [
    "standard-answers-to-below",
    "standard-choices-misplaced",
    "standard-choices-missing",
    "standard-column-zero",
    "standard-condition-kind",
    "standard-copies-zero",
    "standard-days-zero",
    "standard-default-invalid",
    "standard-due-field-kind",
    "standard-evidence-level",
    "standard-expires-misplaced",
    "standard-facility-field-missing",
    "standard-facility-ledger-duplicate",
    "standard-facility-ledger-missing",
    "standard-field-ledgers",
    "standard-file-missing",
    "standard-file-name",
    "standard-format-unknown",
    "standard-grade-without-days",
    "standard-holders-zero",
    "standard-holiday-inverted",
    "standard-holiday-other-year",
    "standard-holiday-overlap",
    "standard-id-duplicate",
    "standard-id-malformed",
    "standard-items-misplaced",
    "standard-json-syntax",
    "standard-limits-inverted",
    "standard-limits-misplaced",
    "standard-list-empty",
    "standard-missing-key",
    "standard-not-utf8",
    "standard-override-unreachable",
    "standard-percent-range",
    "standard-placeholder-unknown",
    "standard-post-cycle",
    "standard-repeat-fields",
    "standard-retention-duplicate",
    "standard-retention-missing",
    "standard-state-field-kind",
    "standard-state-never-open",
    "standard-system-choice-missing",
    "standard-system-field-kind",
    "standard-system-field-missing",
    "standard-system-ledger-duplicate",
    "standard-system-ledger-missing",
    "standard-target-field-kind",
    "standard-target-field-missing",
    "standard-text-missing",
    "standard-times-zero",
    "standard-unknown-check-item",
    "standard-unknown-choice",
    "standard-unknown-choice-list",
    "standard-unknown-facility-class",
    "standard-unknown-field",
    "standard-unknown-file",
    "standard-unknown-key",
    "standard-unknown-ledger",
    "standard-unknown-post",
    "standard-unknown-value",
    "standard-working-day-in-holiday",
    "standard-working-day-not-weekend",
    "standard-wrong-type",
];

/// All faults of a standard, in one pass, ordered by place; none when it can be used.
pub fn validate(standard: &Standard) -> Vec<Fault> {
    let mut check = Check {
        standard,
        faults: Vec::new(),
    };
    check.head();
    posts::check(&mut check);
    duties::check(&mut check);
    ledgers::check(&mut check);
    roles::check(&mut check);
    matters::check(&mut check);
    calendar::check(&mut check);
    check.faults
}

/// The standard under check and what was found so far.
struct Check<'a> {
    standard: &'a Standard,
    faults: Vec<Fault>,
}

impl<'a> Check<'a> {
    /// Notes a fault.
    fn fault(&mut self, path: &str, code: &str, fields: &[(&str, &str)]) {
        self.faults.push(Fault::new(path, code, fields));
    }

    /// Identity, version and wording of the document itself.
    fn head(&mut self) {
        let standard = self.standard;
        let place = |key: &str| format!("standard.json#/{key}");
        if standard.format != FORMAT {
            let format = standard.format.to_string();
            self.fault(
                &place("format"),
                "standard-format-unknown",
                &[("format", &format)],
            );
        }
        // Entries name a standard as `id@version` for ever, so neither part may hold an `@` or a blank.
        self.id(&place("id"), &standard.id, |c| {
            c.is_ascii_alphanumeric() || c == '-' || c == '_'
        });
        self.id(&place("version"), &standard.version, |c| {
            c.is_ascii_alphanumeric() || c == '-' || c == '.'
        });
        self.text(&place("title"), &standard.title);
        self.text(&place("issuer"), &standard.issuer);
    }

    /// Both languages are there.
    fn text(&mut self, path: &str, text: &Text) {
        for (lang, words) in [("zh", &text.zh), ("en", &text.en)] {
            if words.trim().is_empty() {
                self.fault(
                    &format!("{path}/{lang}"),
                    "standard-text-missing",
                    &[("lang", lang)],
                );
            }
        }
    }

    /// Both languages of every phrase of a list.
    fn texts(&mut self, path: &str, texts: &[Text]) {
        for (index, text) in texts.iter().enumerate() {
            self.text(&format!("{path}/{index}"), text);
        }
    }

    /// An identifier of 1 to 40 allowed characters that begins with a letter or digit.
    fn id(&mut self, path: &str, id: &str, allowed: fn(char) -> bool) {
        let begins = id.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        if !begins || id.len() > 40 || !id.chars().all(allowed) {
            self.fault(path, "standard-id-malformed", &[("id", id)]);
        }
    }

    /// Identifiers of a list: well formed and each given once. `place` is the file and pointer of the list.
    fn ids<'i>(&mut self, place: &str, ids: impl IntoIterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            let path = format!("{place}/{id}");
            self.id(&path, id, word);
            if !seen.insert(id) {
                self.fault(&path, "standard-id-duplicate", &[("id", id)]);
            }
        }
    }

    /// A reference that must lead somewhere; `code` says to what.
    fn known(&mut self, path: &str, code: &str, id: &str, known: bool) {
        if !known {
            self.fault(path, code, &[("id", id)]);
        }
    }

    /// A list that must hold something.
    fn filled<T>(&mut self, path: &str, list: &[T]) {
        if list.is_empty() {
            self.fault(path, "standard-list-empty", &[]);
        }
    }

    /// Levels: some, each once.
    fn levels(&mut self, path: &str, levels: &[Level]) {
        self.filled(path, levels);
        let mut seen = BTreeSet::new();
        for level in levels {
            if !seen.insert(level) {
                self.fault(path, "standard-id-duplicate", &[("id", level_id(*level))]);
            }
        }
    }
}

/// Characters of an identifier.
fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Characters of a field's identifier.
fn lower_word(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

/// A level as it stands in the file.
fn level_id(level: Level) -> &'static str {
    match level {
        Level::HeadOffice => "head_office",
        Level::Branch => "branch",
        Level::SubBranch => "sub_branch",
        Level::Outlet => "outlet",
    }
}
