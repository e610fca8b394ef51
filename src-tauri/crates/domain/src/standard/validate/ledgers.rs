//! Ledgers with their fields, and the lists of choices that fields draw on.

use super::{Check, fields};
use crate::standard::{FacilityGroup, Field, FieldKind, Ledger};

pub(super) fn check(check: &mut Check<'_>) {
    let standard = check.standard;
    check.filled("ledgers#", &standard.ledgers);
    check.ids("ledgers#", standard.ledgers.iter().map(|l| l.id.as_str()));
    fields::check(check, "fields.json#/common", &standard.common_fields, &[]);
    fields::check(check, "fields.json#/facility", &standard.facility_fields, &[]);
    for ledger in &standard.ledgers {
        one(check, &format!("ledgers/{}.json#", ledger.id), ledger);
    }
    facility_ledgers(check);
    choice_lists(check);
}

fn one(check: &mut Check<'_>, place: &str, ledger: &Ledger) {
    let standard = check.standard;
    check.text(&format!("{place}/title"), &ledger.title);
    check.text(&format!("{place}/purpose"), &ledger.purpose);
    check.text(&format!("{place}/basis/source"), &ledger.basis.source);
    if let Some(label) = &ledger.occurred_label {
        check.text(&format!("{place}/occurred_label"), label);
    }
    check.texts(&format!("{place}/signatures"), &ledger.signatures);
    check.levels(&format!("{place}/levels"), &ledger.levels);
    check.filled(&format!("{place}/fields"), &ledger.fields);
    let form = standard.fields(ledger, None);
    let shared: Vec<&Field> = form.iter().skip(ledger.fields.len()).copied().collect();
    fields::check(check, &format!("{place}/fields"), &ledger.fields, &shared);

    check.filled(&format!("{place}/summary"), &ledger.summary);
    for id in &ledger.summary {
        check.known(
            &format!("{place}/summary"),
            "standard-unknown-field",
            id,
            form.iter().any(|f| f.id == *id),
        );
    }
    if let Some(id) = &ledger.state_field {
        state(check, &format!("{place}/state_field"), id, &form);
    }
    if let Some(id) = &ledger.due_field {
        let path = format!("{place}/due_field");
        match form.iter().find(|f| f.id == *id) {
            None => check.known(&path, "standard-unknown-field", id, false),
            Some(field) if field.kind != FieldKind::Date => {
                check.fault(&path, "standard-due-field-kind", &[("field", id)]);
            }
            Some(_) => {}
        }
    }
}

/// The state is one of a list, and some of its choices are open; otherwise nothing would ever wait for anyone.
fn state(check: &mut Check<'_>, path: &str, id: &str, form: &[&Field]) {
    let Some(field) = form.iter().find(|f| f.id == id) else {
        check.known(path, "standard-unknown-field", id, false);
        return;
    };
    if field.kind != FieldKind::SelectOne {
        check.fault(path, "standard-state-field-kind", &[("field", id)]);
        return;
    }
    let list = field
        .choices
        .as_deref()
        .and_then(|list| check.standard.choice_list(list));
    if let Some(list) = list
        && !list.choices.iter().any(|c| c.open)
    {
        check.fault(
            path,
            "standard-state-never-open",
            &[("field", id), ("list", &list.id)],
        );
    }
}

/// Each group of facilities has exactly one archive, which asks for the class.
fn facility_ledgers(check: &mut Check<'_>) {
    let standard = check.standard;
    use FacilityGroup::{Fire, People, Physical, Technical};
    for (group, file) in [
        (People, "people"),
        (Physical, "physical"),
        (Technical, "technical"),
        (Fire, "fire"),
    ] {
        let mut archives = standard
            .ledgers
            .iter()
            .filter(|l| l.facility_group == Some(group));
        let wanted = standard.facilities.iter().any(|f| f.group == group);
        let Some(archive) = archives.next() else {
            if wanted {
                check.fault("ledgers#", "standard-facility-ledger-missing", &[("group", file)]);
            }
            continue;
        };
        let place = format!("ledgers/{}.json#/fields", archive.id);
        let class = archive.fields.iter().find(|f| f.id == "class");
        if !class.is_some_and(|f| f.kind == FieldKind::SelectOne && f.choices.as_deref() == Some("@classes"))
        {
            check.fault(
                &place,
                "standard-facility-field-missing",
                &[("ledger", &archive.id), ("field", "class")],
            );
        }
        for other in archives {
            let path = format!("ledgers/{}.json#/facility_group", other.id);
            check.fault(&path, "standard-facility-ledger-duplicate", &[("group", file)]);
        }
    }
}

fn choice_lists(check: &mut Check<'_>) {
    let standard = check.standard;
    check.ids("choices.json#", standard.choices.iter().map(|c| c.id.as_str()));
    for list in &standard.choices {
        let place = format!("choices.json#/{}", list.id);
        check.filled(&place, &list.choices);
        check.ids(&place, list.choices.iter().map(|c| c.id.as_str()));
        for choice in &list.choices {
            check.text(&format!("{place}/{}/label", choice.id), &choice.label);
        }
    }
}
