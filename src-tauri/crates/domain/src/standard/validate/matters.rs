//! Facilities, programmes, checklist, letters, deadlines and retention.

use std::collections::BTreeMap;

use super::{Check, fields};
use crate::standard::{FacilityGroup, Field, LetterTemplate, ProgrammeItem, SystemRole};
use crate::text::Text;

pub(super) fn check(check: &mut Check<'_>) {
    facilities(check);
    let standard = check.standard;
    programme(check, "drills.json#", &standard.drills);
    programme(check, "training.json#", &standard.training);
    checklist(check);
    letters(check);
    deadlines(check);
    retention(check);
}

fn facilities(check: &mut Check<'_>) {
    let standard = check.standard;
    check.filled("facilities#", &standard.facilities);
    check.ids("facilities#", standard.facilities.iter().map(|f| f.id.as_str()));
    for class in &standard.facilities {
        let file = match class.group {
            FacilityGroup::People => "people",
            FacilityGroup::Physical => "physical",
            FacilityGroup::Technical => "technical",
            FacilityGroup::Fire => "fire",
        };
        let place = format!("facilities/{file}.json#/{}", class.id);
        check.text(&format!("{place}/title"), &class.title);
        check.text(&format!("{place}/basis/source"), &class.basis.source);
        // The class's attributes stand in one form with the archive's own and the shared ones.
        let archive = standard
            .ledgers
            .iter()
            .find(|l| l.facility_group == Some(class.group));
        let around: Vec<&Field> = match archive {
            Some(ledger) => standard.fields(ledger, None),
            None => standard.facility_fields.iter().collect(),
        };
        fields::check(check, &format!("{place}/fields"), &class.fields, &around);
    }
}

fn programme(check: &mut Check<'_>, file: &str, items: &[ProgrammeItem]) {
    check.filled(file, items);
    check.ids(file, items.iter().map(|i| i.id.as_str()));
    for item in items {
        check.text(&format!("{file}/{}/title", item.id), &item.title);
        check.text(&format!("{file}/{}/content", item.id), &item.content);
        check.text(&format!("{file}/{}/basis/source", item.id), &item.basis.source);
    }
}

fn checklist(check: &mut Check<'_>) {
    const FILE: &str = "checklist.json#";
    let standard = check.standard;
    check.filled(FILE, &standard.checklist);
    check.ids(FILE, standard.checklist.iter().map(|s| s.id.as_str()));
    // Verdicts name items without their section, so items are unique over all sections.
    check.ids(
        FILE,
        standard
            .checklist
            .iter()
            .flat_map(|s| &s.items)
            .map(|i| i.id.as_str()),
    );
    for section in &standard.checklist {
        let place = format!("{FILE}/{}", section.id);
        check.text(&format!("{place}/title"), &section.title);
        check.filled(&format!("{place}/items"), &section.items);
        for item in &section.items {
            let place = format!("{place}/{}", item.id);
            check.text(&format!("{place}/text"), &item.text);
            check.text(&format!("{place}/basis/source"), &item.basis.source);
            for class in &item.facilities {
                let known = standard.facility(class).is_some();
                check.known(
                    &format!("{place}/facilities"),
                    "standard-unknown-facility-class",
                    class,
                    known,
                );
            }
        }
    }
}

fn letters(check: &mut Check<'_>) {
    const FILE: &str = "letters.json#";
    let standard = check.standard;
    check.filled(FILE, &standard.letters);
    check.ids(FILE, standard.letters.iter().map(|l| l.id.as_str()));
    for letter in &standard.letters {
        let place = format!("{FILE}/{}", letter.id);
        check.text(&format!("{place}/title"), &letter.title);
        check.text(&format!("{place}/basis/source"), &letter.basis.source);
        check.levels(&format!("{place}/levels"), &letter.levels);
        if letter.copies == 0 {
            check.fault(&format!("{place}/copies"), "standard-copies-zero", &[]);
        }
        for (heading, clauses) in headings(letter) {
            let path = format!("{place}/{heading}");
            check.filled(&path, clauses);
            check.texts(&path, clauses);
            for name in clauses
                .iter()
                .flat_map(|c| [&c.zh, &c.en])
                .flat_map(|words| placeholders(words))
            {
                if name != "copies" {
                    check.fault(&path, "standard-placeholder-unknown", &[("name", name)]);
                }
            }
        }
    }
}

fn headings(letter: &LetterTemplate) -> [(&'static str, &[Text]); 8] {
    [
        ("grounds", &letter.grounds),
        ("targets", &letter.targets),
        ("rights", &letter.rights),
        ("assessment", &letter.assessment),
        ("reward", &letter.reward),
        ("punishment", &letter.punishment),
        ("change", &letter.change),
        ("miscellaneous", &letter.miscellaneous),
    ]
}

/// Names in braces.
fn placeholders(words: &str) -> Vec<&str> {
    words
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or(rest))
        .collect()
}

fn deadlines(check: &mut Check<'_>) {
    const FILE: &str = "deadlines.json#";
    let standard = check.standard;
    let deadlines = &standard.deadlines;
    check.text(&format!("{FILE}/basis/source"), &deadlines.basis.source);
    for (key, days) in [
        ("letter_working_days", deadlines.letter_working_days),
        ("silent_after_days", deadlines.silent_after_days),
        ("before_holiday_days", deadlines.before_holiday_days),
    ] {
        if days == 0 {
            check.fault(&format!("{FILE}/{key}"), "standard-days-zero", &[("key", key)]);
        }
    }
    if deadlines.first_period_percent > 100 {
        let percent = deadlines.first_period_percent.to_string();
        check.fault(
            &format!("{FILE}/first_period_percent"),
            "standard-percent-range",
            &[("percent", &percent)],
        );
    }
    let grades = standard
        .system_ledger(SystemRole::Hazard)
        .and_then(|l| l.fields.iter().find(|f| f.id == "grade"))
        .and_then(|f| fields::choice_ids(standard, f.choices.as_deref()?));
    let Some(grades) = grades else { return };
    let place = format!("{FILE}/hazard_days");
    for (grade, days) in &deadlines.hazard_days {
        check.known(
            &format!("{place}/{grade}"),
            "standard-unknown-choice",
            grade,
            grades.contains(&grade.as_str()),
        );
        if *days == 0 {
            check.fault(
                &format!("{place}/{grade}"),
                "standard-days-zero",
                &[("key", grade)],
            );
        }
    }
    for grade in grades
        .iter()
        .filter(|grade| !deadlines.hazard_days.contains_key(**grade))
    {
        check.fault(&place, "standard-grade-without-days", &[("grade", grade)]);
    }
}

/// Every ledger has exactly one time of keeping.
fn retention(check: &mut Check<'_>) {
    const FILE: &str = "retention.json#";
    let standard = check.standard;
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, rule) in standard.retention.iter().enumerate() {
        let place = format!("{FILE}/{index}");
        check.text(&format!("{place}/basis/source"), &rule.basis.source);
        check.filled(&format!("{place}/ledgers"), &rule.ledgers);
        if rule.years == Some(0) {
            check.fault(
                &format!("{place}/years"),
                "standard-days-zero",
                &[("key", "years")],
            );
        }
        for ledger in &rule.ledgers {
            check.known(
                &format!("{place}/ledgers"),
                "standard-unknown-ledger",
                ledger,
                standard.ledger(ledger).is_some(),
            );
            if kept.insert(ledger, index).is_some() {
                check.fault(
                    &format!("{place}/ledgers"),
                    "standard-retention-duplicate",
                    &[("ledger", ledger)],
                );
            }
        }
    }
    for ledger in standard
        .ledgers
        .iter()
        .filter(|l| !kept.contains_key(l.id.as_str()))
    {
        check.fault(FILE, "standard-retention-missing", &[("ledger", &ledger.id)]);
    }
}
