//! Two versions of a record written without knowing each other (互不知情的两个版本).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::record::{Attachment, RecordBody};

/// Result of putting two versions together.
#[derive(Debug, Clone, PartialEq)]
pub enum Merge {
    /// They touch different fields; this is both. The caller still validates it: two changes that are each in order
    /// may not be so together.
    Merged(Box<RecordBody>),
    /// They disagree; a person decides.
    Conflict(Vec<Disagreement>),
}

/// One place where two versions disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Disagreement {
    /// Place: `occurred`, `fields.plan`, `late`, `withdrawn`.
    pub path: String,
    /// Value of the version both started from; none if it was not there.
    #[ts(type = "unknown")]
    pub base: Option<Value>,
    /// Value in the first.
    #[ts(type = "unknown")]
    pub a: Option<Value>,
    /// Value in the second.
    #[ts(type = "unknown")]
    pub b: Option<Value>,
}

/// Puts two versions together that both replace `base`. The same for both orders, but for the names of the sides.
///
/// Attachments are put together one by one. Whoever withdraws a record that the other goes on writing disagrees with
/// them, though no field is touched twice.
pub fn merge(base: &RecordBody, a: &RecordBody, b: &RecordBody) -> Merge {
    let mut conflicts = Vec::new();
    let mut settle =
        |path: String, base: Option<Value>, a: Option<Value>, b: Option<Value>| -> Option<Value> {
            if a == b || b == base {
                a
            } else if a == base {
                b
            } else {
                conflicts.push(Disagreement {
                    path,
                    base: base.clone(),
                    a,
                    b,
                });
                base
            }
        };

    let day = |body: &RecordBody| Some(Value::String(body.occurred.clone()));
    let occurred = settle("occurred".to_owned(), day(base), day(a), day(b));
    let names: BTreeSet<&String> = [base, a, b].iter().flat_map(|body| body.fields.keys()).collect();
    let mut fields = Map::new();
    for name in names {
        let of = |body: &RecordBody| body.fields.get(name).cloned();
        if let Some(value) = settle(format!("fields.{name}"), of(base), of(a), of(b)) {
            fields.insert(name.clone(), value);
        }
    }
    let late = |body: &RecordBody| body.late.as_ref().map(|late| Value::String(late.reason.clone()));
    let late = settle("late".to_owned(), late(base), late(a), late(b));

    let other = if a.withdrawn { b } else { a };
    if !base.withdrawn && a.withdrawn != b.withdrawn && !same_contents(base, other) {
        let flag = |body: &RecordBody| Some(Value::Bool(body.withdrawn));
        conflicts.push(Disagreement {
            path: "withdrawn".to_owned(),
            base: flag(base),
            a: flag(a),
            b: flag(b),
        });
    }
    if !conflicts.is_empty() {
        return Merge::Conflict(conflicts);
    }
    let text = |value: Option<Value>| match value {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    Merge::Merged(Box::new(RecordBody {
        occurred: text(occurred).unwrap_or_default(),
        fields,
        late: text(late).map(|reason| crate::record::Late { reason }),
        change: reasons(base, a, b),
        files: files(base, a, b),
        withdrawn: if a.withdrawn == b.withdrawn {
            a.withdrawn
        } else {
            !base.withdrawn
        },
    }))
}

fn same_contents(x: &RecordBody, y: &RecordBody) -> bool {
    x.occurred == y.occurred && x.fields == y.fields && x.late == y.late && x.files == y.files
}

/// Both reasons for the change, in one order for both sides.
fn reasons(base: &RecordBody, a: &RecordBody, b: &RecordBody) -> Option<String> {
    let reasons: BTreeSet<&str> = [a, b]
        .iter()
        .filter(|body| **body != base)
        .filter_map(|body| body.change.as_deref())
        .collect();
    (!reasons.is_empty()).then(|| reasons.into_iter().collect::<Vec<_>>().join("\n"))
}

/// What either added, without what either took away, ordered as in the base and then by hash.
fn files(base: &RecordBody, a: &RecordBody, b: &RecordBody) -> Vec<Attachment> {
    let has = |body: &RecordBody, file: &Attachment| body.files.iter().any(|f| f.sha256 == file.sha256);
    let mut files: Vec<Attachment> = base
        .files
        .iter()
        .filter(|f| has(a, f) && has(b, f))
        .cloned()
        .collect();
    let mut added: Vec<Attachment> = [a, b]
        .iter()
        .flat_map(|x| &x.files)
        .filter(|f| !has(base, f))
        .cloned()
        .collect();
    added.sort_by(|x, y| (&x.sha256, &x.name).cmp(&(&y.sha256, &y.name)));
    added.dedup_by(|x, y| x.sha256 == y.sha256);
    files.extend(added);
    files
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn body(fields: Value) -> RecordBody {
        serde_json::from_value(json!({"occurred": "2026-11-23", "fields": fields})).unwrap()
    }

    fn merged(base: &RecordBody, a: &RecordBody, b: &RecordBody) -> RecordBody {
        match merge(base, a, b) {
            Merge::Merged(body) => *body,
            Merge::Conflict(list) => panic!("conflict: {list:?}"),
        }
    }

    fn paths(base: &RecordBody, a: &RecordBody, b: &RecordBody) -> Vec<String> {
        match merge(base, a, b) {
            Merge::Merged(body) => panic!("merged: {body:?}"),
            Merge::Conflict(list) => list.into_iter().map(|d| d.path).collect(),
        }
    }

    #[test]
    fn different_fields_come_together() {
        let base = body(json!({"owner": "张𠮷", "measure": "", "old": 1}));
        let a = body(json!({"owner": "李㛃", "measure": "", "old": 1}));
        let b = body(json!({"owner": "张𠮷", "measure": "更换", "new": 2}));
        assert_eq!(
            merged(&base, &a, &b).fields,
            body(json!({"owner": "李㛃", "measure": "更换", "new": 2})).fields
        );
    }

    #[test]
    fn the_same_field_is_for_a_person_to_decide() {
        let base = body(json!({"owner": "张"}));
        let a = body(json!({"owner": "李"}));
        let b = body(json!({}));
        let Merge::Conflict(list) = merge(&base, &a, &b) else {
            panic!("no conflict")
        };
        assert_eq!(
            list,
            [Disagreement {
                path: "fields.owner".into(),
                base: Some(json!("张")),
                a: Some(json!("李")),
                b: None
            }]
        );
        // Both changed it to the same: nothing to decide.
        assert_eq!(merged(&base, &a, &a.clone()).fields, a.fields);
    }

    #[test]
    fn withdrawing_and_writing_on_disagree() {
        let base = body(json!({"owner": "张"}));
        let mut gone = base.clone();
        gone.withdrawn = true;
        gone.change = Some("重复".into());
        let edited = body(json!({"owner": "李"}));
        assert_eq!(paths(&base, &gone, &edited), ["withdrawn"]);
        assert_eq!(paths(&base, &edited, &gone), ["withdrawn"]);
        assert!(merged(&base, &gone, &base).withdrawn);
        assert!(!merged(&gone, &base, &gone).withdrawn);
    }

    #[test]
    fn attachments_come_together_one_by_one() {
        let file =
            |digit: &str| json!({"sha256": digit.repeat(64), "name": digit, "type": "image/jpeg", "size": 1});
        let with = |files: Value| -> RecordBody {
            serde_json::from_value(json!({"occurred": "2026-11-23", "fields": {}, "files": files})).unwrap()
        };
        let base = with(json!([file("1"), file("2")]));
        let a = with(json!([file("2"), file("4")]));
        let b = with(json!([file("1"), file("2"), file("3")]));
        let names: Vec<String> = merged(&base, &a, &b).files.into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["2", "3", "4"]);
    }

    fn any_body() -> impl Strategy<Value = RecordBody> {
        (
            prop::collection::btree_map("[a-d]", 0..3i32, 0..4),
            any::<bool>(),
            prop::option::of("[xy]"),
            1..3u32,
        )
            .prop_map(|(fields, withdrawn, change, date)| RecordBody {
                occurred: format!("2026-11-0{date}"),
                fields: fields.into_iter().map(|(k, v)| (k, json!(v))).collect(),
                late: None,
                change,
                files: vec![],
                withdrawn,
            })
    }

    proptest! {
        #[test]
        fn both_orders_agree(base in any_body(), a in any_body(), b in any_body()) {
            match (merge(&base, &a, &b), merge(&base, &b, &a)) {
                (Merge::Merged(x), Merge::Merged(y)) => prop_assert_eq!(x, y),
                (Merge::Conflict(x), Merge::Conflict(y)) => {
                    let turned: Vec<_> =
                        y.into_iter().map(|d| Disagreement { a: d.b, b: d.a, ..d }).collect();
                    prop_assert_eq!(x, turned);
                }
                _ => prop_assert!(false, "one order merges, the other does not"),
            }
        }

        #[test]
        fn what_only_one_changed_is_that_version(base in any_body(), a in any_body()) {
            let mut expected = a.clone();
            if a == base {
                expected.change = None;
            }
            let merged = merged(&base, &a, &base);
            prop_assert_eq!(merged, expected);
        }
    }
}
