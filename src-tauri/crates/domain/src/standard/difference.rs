//! What one version of a standard changes against another, shown before a new one is taken on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::Standard;

/// Part of a standard that a change concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Title, issuer, date.
    Head,
    /// Posts.
    Posts,
    /// Duties.
    Duties,
    /// Facility classes, and the attributes all of them share.
    Facilities,
    /// Ledgers, and the fields all of them share.
    Ledgers,
    /// Lists of choices.
    Choices,
    /// Drills.
    Drills,
    /// Training topics.
    Training,
    /// Checklist items.
    Checklist,
    /// Letters.
    Letters,
    /// Deadlines.
    Deadlines,
    /// Retention, by ledger.
    Retention,
    /// Calendar, by year.
    Calendar,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Change {
    /// Part of the standard.
    pub area: Area,
    /// Identifier of the item in its part, such as `D17`; for deadlines and the head the name of the key.
    pub id: String,
    /// What happened.
    pub kind: ChangeKind,
    /// For a changed item, the keys of it that differ.
    pub keys: Vec<String>,
}

/// What `new` adds, removes and changes against `old`, ordered by area and identifier.
pub fn difference(old: &Standard, new: &Standard) -> Vec<Change> {
    let (old, new) = (items(old), items(new));
    let mut changes: Vec<Change> = Vec::new();
    for (key, before) in &old {
        match new.get(key) {
            None => changes.push(change(key, ChangeKind::Removed, Vec::new())),
            Some(after) if after != before => {
                changes.push(change(key, ChangeKind::Changed, differing(before, after)));
            }
            Some(_) => {}
        }
    }
    let added = new.keys().filter(|key| !old.contains_key(*key));
    changes.extend(added.map(|key| change(key, ChangeKind::Added, Vec::new())));
    changes.sort();
    changes
}

type Items = BTreeMap<(Area, String), Value>;

fn change((area, id): &(Area, String), kind: ChangeKind, keys: Vec<String>) -> Change {
    Change {
        area: *area,
        id: id.clone(),
        kind,
        keys,
    }
}

/// Keys whose values differ between two objects, those of either side.
fn differing(before: &Value, after: &Value) -> Vec<String> {
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return Vec::new();
    };
    let mut keys: Vec<String> = before
        .keys()
        .chain(after.keys())
        .filter(|k| before.get(*k) != after.get(*k))
        .cloned()
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The items of a standard by area and identifier.
fn items(standard: &Standard) -> Items {
    let mut into = Items::new();
    let mut put = |area: Area, id: String, value: Option<Value>| {
        into.insert((area, id), value.unwrap_or_default());
    };
    put(Area::Head, "title".to_owned(), value(&standard.title));
    put(Area::Head, "issuer".to_owned(), value(&standard.issuer));
    put(
        Area::Head,
        "effective_from".to_owned(),
        value(&standard.effective_from),
    );
    for x in &standard.posts {
        put(Area::Posts, x.id.clone(), value(x));
    }
    for x in &standard.duties {
        put(Area::Duties, x.id.clone(), value(x));
    }
    for x in &standard.facilities {
        put(Area::Facilities, x.id.clone(), value(x));
    }
    for x in &standard.facility_fields {
        put(Area::Facilities, format!("*/{}", x.id), value(x));
    }
    for x in &standard.ledgers {
        put(Area::Ledgers, x.id.clone(), value(x));
    }
    for x in &standard.common_fields {
        put(Area::Ledgers, format!("*/{}", x.id), value(x));
    }
    for x in &standard.choices {
        put(Area::Choices, x.id.clone(), value(x));
    }
    for x in &standard.drills {
        put(Area::Drills, x.id.clone(), value(x));
    }
    for x in &standard.training {
        put(Area::Training, x.id.clone(), value(x));
    }
    for x in standard.checklist.iter().flat_map(|section| &section.items) {
        put(Area::Checklist, x.id.clone(), value(x));
    }
    for x in &standard.letters {
        put(Area::Letters, x.id.clone(), value(x));
    }
    if let Some(Value::Object(deadlines)) = value(&standard.deadlines) {
        for (key, value) in deadlines {
            put(Area::Deadlines, key, Some(value));
        }
    }
    for rule in &standard.retention {
        for ledger in &rule.ledgers {
            put(Area::Retention, ledger.clone(), value(&rule.years));
        }
    }
    for x in &standard.calendar.years {
        put(Area::Calendar, x.year.to_string(), value(x));
    }
    into
}

fn value(of: &impl Serialize) -> Option<Value> {
    serde_json::to_value(of).ok()
}
