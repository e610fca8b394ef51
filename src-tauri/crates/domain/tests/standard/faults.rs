//! One broken standard per fault. Each is the default standard with one thing spoilt and must be told by exactly the
//! faults named, no more and no fewer.

use std::collections::BTreeSet;

use safety_domain::standard::{FAULT_CODES, assemble};
use serde_json::{Value, json};

use super::{Files, default_files};

/// A spoilt standard and the faults (code and place) it must be told by.
struct Case {
    file: &'static str,
    spoil: fn(&mut Value),
    wanted: &'static [(&'static str, &'static str)],
}

/// The item of a list with this identifier.
fn at<'v>(list: &'v mut Value, id: &str) -> &'v mut Value {
    list.as_array_mut()
        .unwrap()
        .iter_mut()
        .find(|x| x["id"] == id)
        .unwrap()
}

fn drop(list: &mut Value, id: &str) {
    list.as_array_mut().unwrap().retain(|x| x["id"] != id);
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().unwrap().push(item);
}

fn spoilt(case: &Case) -> Files {
    let mut files = default_files();
    let mut value: Value = serde_json::from_slice(&files[case.file]).unwrap();
    (case.spoil)(&mut value);
    files.insert(case.file.to_owned(), serde_json::to_vec(&value).unwrap());
    files
}

const CASES: &[Case] = &[
    Case {
        file: "standard.json",
        spoil: |v| v["format"] = json!(2),
        wanted: &[("standard-format-unknown", "standard.json#/format")],
    },
    Case {
        file: "standard.json",
        spoil: |v| v["version"] = json!("2026@1"),
        wanted: &[("standard-id-malformed", "standard.json#/version")],
    },
    Case {
        file: "standard.json",
        spoil: |v| v["title"]["zh"] = json!("  "),
        wanted: &[("standard-text-missing", "standard.json#/title/zh")],
    },
    Case {
        file: "posts.json",
        spoil: |v| at(v, "P09")["duties"] = json!([]),
        wanted: &[("standard-list-empty", "posts.json#/P09/duties")],
    },
    Case {
        file: "posts.json",
        spoil: |v| at(v, "P09")["levels"] = json!(["outlet", "outlet"]),
        wanted: &[("standard-id-duplicate", "posts.json#/P09/levels")],
    },
    Case {
        file: "posts.json",
        spoil: |v| {
            let copy = at(v, "P09").clone();
            push(v, copy);
        },
        wanted: &[("standard-id-duplicate", "posts.json#/P09")],
    },
    Case {
        file: "posts.json",
        spoil: |v| at(v, "P09")["holders"] = json!(0),
        wanted: &[("standard-holders-zero", "posts.json#/P09/holders")],
    },
    Case {
        file: "posts.json",
        spoil: |v| at(v, "P13")["answers_to"] = json!("P99"),
        wanted: &[("standard-unknown-post", "posts.json#/P13/answers_to")],
    },
    Case {
        file: "posts.json",
        spoil: |v| at(v, "P06")["answers_to"] = json!("P09"),
        wanted: &[
            ("standard-answers-to-below", "posts.json#/P06/answers_to"),
            ("standard-post-cycle", "posts.json#/P06/answers_to"),
            ("standard-post-cycle", "posts.json#/P09/answers_to"),
        ],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["posts"] = json!(["P10", "P77"]),
        wanted: &[("standard-unknown-post", "duties.json#/D17/posts")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["frequency"]["times"] = json!(0),
        wanted: &[("standard-times-zero", "duties.json#/D17/frequency/times")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D29")["frequency"]["days"] = json!(0),
        wanted: &[("standard-days-zero", "duties.json#/D29/frequency/days")],
    },
    Case {
        file: "duties.json",
        spoil: |v| {
            let first = at(v, "D22")["overrides"][0].clone();
            push(&mut at(v, "D22")["overrides"], first);
        },
        wanted: &[("standard-override-unreachable", "duties.json#/D22/overrides/2")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D22")["overrides"][0]["when"]["field"] = json!("crowd"),
        wanted: &[(
            "standard-unknown-field",
            "duties.json#/D22/overrides/0/when/field",
        )],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D22")["overrides"][0]["when"]["is"] = json!([]),
        wanted: &[("standard-list-empty", "duties.json#/D22/overrides/0/when/is")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["evidence"]["ledger"] = json!("L99"),
        wanted: &[("standard-unknown-ledger", "duties.json#/D17/evidence/ledger")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["evidence"]["conditions"][0]["is"] = json!(["rutine"]),
        wanted: &[(
            "standard-unknown-choice",
            "duties.json#/D17/evidence/conditions/0/is",
        )],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["evidence"]["conditions"][0]["field"] = json!("operator"),
        wanted: &[(
            "standard-condition-kind",
            "duties.json#/D17/evidence/conditions/0/field",
        )],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D17")["levels"] = json!(["outlet", "branch"]),
        wanted: &[("standard-evidence-level", "duties.json#/D17/evidence/ledger")],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D09")["evidence"]["target_field"] = json!("level"),
        wanted: &[(
            "standard-target-field-kind",
            "duties.json#/D09/evidence/target_field",
        )],
    },
    Case {
        file: "duties.json",
        spoil: |v| at(v, "D29")["evidence"]["target_field"] = json!("party_c"),
        wanted: &[("standard-unknown-field", "duties.json#/D29/evidence/target_field")],
    },
    Case {
        file: "duties.json",
        spoil: |v| {
            at(v, "D29")["evidence"]
                .as_object_mut()
                .unwrap()
                .remove("target_field");
        },
        wanted: &[(
            "standard-target-field-missing",
            "duties.json#/D29/evidence/target_field",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "form")["choices"] = json!("drill_forms"),
        wanted: &[(
            "standard-unknown-choice-list",
            "ledgers/L12.json#/fields/form/choices",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| {
            at(&mut v["fields"], "form")
                .as_object_mut()
                .unwrap()
                .remove("choices");
        },
        wanted: &[(
            "standard-choices-missing",
            "ledgers/L12.json#/fields/form/choices",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "plan")["choices"] = json!("drill_form"),
        wanted: &[(
            "standard-choices-misplaced",
            "ledgers/L12.json#/fields/plan/choices",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "plan")["id"] = json!("Plan"),
        wanted: &[("standard-id-malformed", "ledgers/L12.json#/fields/Plan")],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "plan")["id"] = json!("remark"),
        wanted: &[("standard-id-duplicate", "ledgers/L12.json#/fields/remark")],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["limits"] = json!({"min": 10, "max": 1}),
        wanted: &[(
            "standard-limits-inverted",
            "ledgers/L12.json#/fields/minutes/limits",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["limits"] = json!({"max_length": 10}),
        wanted: &[(
            "standard-limits-misplaced",
            "ledgers/L12.json#/fields/minutes/limits",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["column"] = json!({"width": 80, "print": 0}),
        wanted: &[("standard-column-zero", "ledgers/L12.json#/fields/minutes/column")],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["expires"] = json!(true),
        wanted: &[(
            "standard-expires-misplaced",
            "ledgers/L12.json#/fields/minutes/expires",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["items"] = json!(["C01"]),
        wanted: &[(
            "standard-items-misplaced",
            "ledgers/L12.json#/fields/minutes/items",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "minutes")["ledgers"] = json!(["L09"]),
        wanted: &[(
            "standard-field-ledgers",
            "ledgers/L12.json#/fields/minutes/ledgers",
        )],
    },
    Case {
        file: "ledgers/L09.json",
        spoil: |v| at(&mut v["fields"], "inspection")["ledgers"] = json!(["L08", "L99"]),
        wanted: &[(
            "standard-field-ledgers",
            "ledgers/L09.json#/fields/inspection/ledgers",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "steps")["fields"] = json!([]),
        wanted: &[("standard-repeat-fields", "ledgers/L12.json#/fields/steps/fields")],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| at(&mut v["fields"], "grade")["default"] = json!("splendid"),
        wanted: &[(
            "standard-default-invalid",
            "ledgers/L12.json#/fields/grade/default",
        )],
    },
    Case {
        file: "ledgers/L02.json",
        spoil: |v| at(&mut v["fields"], "accepted")["default"] = json!("2026-01-01"),
        wanted: &[(
            "standard-default-invalid",
            "ledgers/L02.json#/fields/accepted/default",
        )],
    },
    Case {
        file: "ledgers/L12.json",
        spoil: |v| push(&mut v["summary"], json!("scenary")),
        wanted: &[("standard-unknown-field", "ledgers/L12.json#/summary")],
    },
    Case {
        file: "ledgers/L07.json",
        spoil: |v| push(&mut at(&mut v["fields"], "checks_opening")["items"], json!("C99")),
        wanted: &[(
            "standard-unknown-check-item",
            "ledgers/L07.json#/fields/checks_opening/items",
        )],
    },
    Case {
        file: "ledgers/L07.json",
        spoil: |v| at(&mut v["fields"], "armed_at")["when"]["is"] = json!(["close"]),
        wanted: &[(
            "standard-unknown-choice",
            "ledgers/L07.json#/fields/armed_at/when/is",
        )],
    },
    Case {
        file: "ledgers/L10.json",
        spoil: |v| v["state_field"] = json!("symptom"),
        wanted: &[("standard-state-field-kind", "ledgers/L10.json#/state_field")],
    },
    Case {
        file: "ledgers/L10.json",
        spoil: |v| v["state_field"] = json!("kind"),
        wanted: &[("standard-state-never-open", "ledgers/L10.json#/state_field")],
    },
    Case {
        file: "ledgers/L09.json",
        spoil: |v| v["due_field"] = json!("owner"),
        wanted: &[("standard-due-field-kind", "ledgers/L09.json#/due_field")],
    },
    Case {
        file: "ledgers/L05.json",
        spoil: |v| v["facility_group"] = json!("fire"),
        wanted: &[
            ("standard-facility-ledger-missing", "ledgers#"),
            (
                "standard-facility-ledger-duplicate",
                "ledgers/L06.json#/facility_group",
            ),
        ],
    },
    Case {
        file: "ledgers/L05.json",
        spoil: |v| at(&mut v["fields"], "class")["choices"] = json!("facility_state"),
        wanted: &[("standard-facility-field-missing", "ledgers/L05.json#/fields")],
    },
    Case {
        file: "ledgers/L16.json",
        spoil: |v| v["role"] = json!("hazard"),
        wanted: &[("standard-system-ledger-duplicate", "ledgers/L16.json#/role")],
    },
    Case {
        file: "ledgers/exemption.json",
        spoil: |v| {
            v.as_object_mut().unwrap().remove("role");
        },
        wanted: &[("standard-system-ledger-missing", "ledgers#")],
    },
    Case {
        file: "ledgers/person.json",
        spoil: |v| drop(&mut v["fields"], "status"),
        wanted: &[
            (
                "standard-unknown-field",
                "ledgers/person.json#/fields/left/when/field",
            ),
            ("standard-system-field-missing", "ledgers/person.json#/fields"),
        ],
    },
    Case {
        file: "ledgers/L19.json",
        spoil: |v| at(&mut v["fields"], "year")["kind"] = json!("decimal"),
        wanted: &[("standard-system-field-kind", "ledgers/L19.json#/fields/year/kind")],
    },
    Case {
        file: "choices.json",
        spoil: |v| at(&mut at(v, "letter_state")["choices"], "prepared")["id"] = json!("draft"),
        wanted: &[
            (
                "standard-default-invalid",
                "ledgers/L19.json#/fields/state/default",
            ),
            ("standard-system-choice-missing", "choices.json#/letter_state"),
        ],
    },
    Case {
        file: "choices.json",
        spoil: |v| at(v, "sex")["choices"] = json!([]),
        wanted: &[("standard-list-empty", "choices.json#/sex")],
    },
    Case {
        file: "facilities/technical.json",
        spoil: |v| at(&mut at(v, "J07")["fields"], "zone")["id"] = json!("location"),
        wanted: &[(
            "standard-id-duplicate",
            "facilities/technical.json#/J07/fields/location",
        )],
    },
    Case {
        file: "checklist.json",
        spoil: |v| at(&mut at(v, "fire")["items"], "C41")["facilities"] = json!(["X99"]),
        wanted: &[(
            "standard-unknown-facility-class",
            "checklist.json#/fire/C41/facilities",
        )],
    },
    Case {
        file: "checklist.json",
        spoil: |v| at(&mut at(v, "fire")["items"], "C50")["id"] = json!("C01"),
        wanted: &[
            (
                "standard-unknown-check-item",
                "ledgers/L07.json#/fields/checks_closing/items",
            ),
            ("standard-id-duplicate", "checklist.json#/C01"),
        ],
    },
    Case {
        file: "letters.json",
        spoil: |v| at(v, "fire")["copies"] = json!(0),
        wanted: &[("standard-copies-zero", "letters.json#/fire/copies")],
    },
    Case {
        file: "letters.json",
        spoil: |v| at(v, "fire")["targets"][0]["zh"] = json!("不发生{year}年火灾。"),
        wanted: &[("standard-placeholder-unknown", "letters.json#/fire/targets")],
    },
    Case {
        file: "deadlines.json",
        spoil: |v| v["first_period_percent"] = json!(101),
        wanted: &[("standard-percent-range", "deadlines.json#/first_period_percent")],
    },
    Case {
        file: "deadlines.json",
        spoil: |v| v["hazard_days"] = json!({"major": 7, "serious": 15}),
        wanted: &[("standard-grade-without-days", "deadlines.json#/hazard_days")],
    },
    Case {
        file: "retention.json",
        spoil: |v| push(&mut v[0]["ledgers"], json!("L08")),
        wanted: &[("standard-retention-duplicate", "retention.json#/1/ledgers")],
    },
    Case {
        file: "retention.json",
        spoil: |v| v[0]["ledgers"] = json!(["L07"]),
        wanted: &[("standard-retention-missing", "retention.json#")],
    },
    Case {
        file: "calendar.json",
        spoil: |v| v["years"][0]["holidays"][1]["until"] = json!("2025-01-27"),
        wanted: &[(
            "standard-holiday-inverted",
            "calendar.json#/years/2025/holidays/1",
        )],
    },
    Case {
        file: "calendar.json",
        spoil: |v| v["years"][0]["holidays"][1]["until"] = json!("2025-04-04"),
        wanted: &[
            // The Saturday worked after the festival would lie in it.
            (
                "standard-working-day-in-holiday",
                "calendar.json#/years/2025/working_weekends/2025-02-08",
            ),
            ("standard-holiday-overlap", "calendar.json#/years/2025/holidays/2"),
        ],
    },
    Case {
        file: "calendar.json",
        spoil: |v| v["years"][0]["year"] = json!(2024),
        wanted: &[(
            "standard-holiday-other-year",
            "calendar.json#/years/2024/holidays/0",
        )],
    },
    Case {
        file: "calendar.json",
        spoil: |v| v["years"][1]["working_weekends"][0] = json!("2026-01-05"),
        wanted: &[(
            "standard-working-day-not-weekend",
            "calendar.json#/years/2026/working_weekends/2026-01-05",
        )],
    },
];

#[test]
fn every_spoilt_standard_is_told_by_its_fault() {
    let mut wrong = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let found = assemble(&spoilt(case)).err().unwrap_or_default();
        let mut found: Vec<(String, String)> = found.into_iter().map(|f| (f.code, f.path)).collect();
        // What happens once per day of a year is one fault for this table.
        found.dedup_by(|a, b| a.0 == b.0 && a.0 == "standard-holiday-other-year");
        let found: Vec<(&str, &str)> = found.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
        if found != case.wanted {
            wrong.push(format!(
                "case {number} ({})\n  wanted {:?}\n  found  {found:?}",
                case.file, case.wanted
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Faults of files as such; `reading.rs` has a test for each.
const OF_FILES: [&str; 9] = [
    "standard-file-missing",
    "standard-file-name",
    "standard-json-syntax",
    "standard-missing-key",
    "standard-not-utf8",
    "standard-unknown-file",
    "standard-unknown-key",
    "standard-unknown-value",
    "standard-wrong-type",
];

#[test]
fn every_code_has_a_case() {
    let told: BTreeSet<&str> = CASES
        .iter()
        .flat_map(|c| c.wanted)
        .map(|(code, _)| *code)
        .chain(OF_FILES)
        .collect();
    let all: BTreeSet<&str> = FAULT_CODES.into_iter().collect();
    assert_eq!(told, all);
}
