//! Choices behind a select field: named lists, and the standard's own lists by `@` names.

use crate::standard::{CheckItem, Choice, Field, Ledger, Standard};
use crate::text::Text;

/// A choice's label; none if the list does not know it.
pub fn label<'a>(standard: &'a Standard, ledger: &Ledger, list: &str, id: &str) -> Option<&'a Text> {
    match list {
        "@classes" => standard
            .facility(id)
            .filter(|class| ledger.facility_group.is_none_or(|group| class.group == group))
            .map(|class| &class.title),
        "@drills" => standard.drills.iter().find(|d| d.id == id).map(|d| &d.title),
        "@training" => standard.training.iter().find(|t| t.id == id).map(|t| &t.title),
        "@duties" => standard.duty(id).map(|d| &d.title),
        "@letters" => standard.letters.iter().find(|l| l.id == id).map(|l| &l.title),
        _ => choice(standard, list, id).map(|c| &c.label),
    }
}

/// All choices of a list in order, as identifier and label.
pub fn all<'a>(standard: &'a Standard, ledger: &Ledger, list: &str) -> Vec<(&'a str, &'a Text)> {
    match list {
        "@classes" => standard
            .facilities
            .iter()
            .filter(|class| ledger.facility_group.is_none_or(|group| class.group == group))
            .map(|class| (class.id.as_str(), &class.title))
            .collect(),
        "@drills" => standard
            .drills
            .iter()
            .map(|d| (d.id.as_str(), &d.title))
            .collect(),
        "@training" => standard
            .training
            .iter()
            .map(|t| (t.id.as_str(), &t.title))
            .collect(),
        "@duties" => standard
            .duties
            .iter()
            .map(|d| (d.id.as_str(), &d.title))
            .collect(),
        "@letters" => standard
            .letters
            .iter()
            .map(|l| (l.id.as_str(), &l.title))
            .collect(),
        _ => standard
            .choice_list(list)
            .map(|l| l.choices.iter().map(|c| (c.id.as_str(), &c.label)).collect())
            .unwrap_or_default(),
    }
}

/// A choice of a named list.
pub fn choice<'a>(standard: &'a Standard, list: &str, id: &str) -> Option<&'a Choice> {
    standard.choice_list(list)?.choices.iter().find(|c| c.id == id)
}

/// The items a checklist field asks for, in its order; the whole checklist when it names none.
pub fn check_items<'a>(standard: &'a Standard, field: &Field) -> Vec<&'a CheckItem> {
    let every = || standard.checklist.iter().flat_map(|section| &section.items);
    if field.items.is_empty() {
        return every().collect();
    }
    field
        .items
        .iter()
        .filter_map(|id| every().find(|item| item.id == *id))
        .collect()
}
