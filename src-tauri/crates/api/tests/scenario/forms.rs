//! Fills any form of the standard the way a person would, from its definition alone.

use safety_domain::choices;
use safety_domain::condition;
use safety_domain::standard::{Field, FieldKind, Ledger, Precision, Standard};
use serde_json::{Map, Value, json};

use crate::site::Site;

/// How much of a form is filled in.
#[derive(Clone, Copy, PartialEq)]
pub enum Extent {
    /// Only what must be.
    Required,
    /// Everything that is asked for.
    All,
}

pub struct Filled {
    pub fields: Map<String, Value>,
    pub files: Vec<Value>,
}

/// The moment of an act a minute ago, as the ledger dates it.
pub fn just_now(site: &Site, ledger: &Ledger) -> String {
    let moment = site.now() - chrono::Duration::minutes(1);
    match ledger.occurred {
        Precision::Date => moment.date_naive().to_string(),
        Precision::DateTime => moment.format("%Y-%m-%dT%H:%M").to_string(),
    }
}

/// Fills a form that starts with some values.
pub fn fill(site: &Site, ledger: &Ledger, start: Map<String, Value>, extent: Extent) -> Filled {
    let mut filled = Filled {
        fields: start,
        files: Vec::new(),
    };
    // The class of a facility decides which fields there are.
    if ledger.facility_group.is_some() && !filled.fields.contains_key("class") {
        let class = choices::all(&site.standard, ledger, "@classes")[0].0;
        filled.fields.insert("class".to_owned(), class.into());
    }
    let class = filled
        .fields
        .get("class")
        .and_then(Value::as_str)
        .map(str::to_owned);
    for field in site.standard.fields(ledger, class.as_deref()) {
        let asked = field
            .when
            .as_ref()
            .is_none_or(|when| condition::holds(when, &filled.fields));
        if !asked || filled.fields.contains_key(&field.id) || (extent == Extent::Required && !field.required)
        {
            continue;
        }
        let value = value(site, ledger, field, &mut filled.files, extent);
        filled.fields.insert(field.id.clone(), value);
    }
    filled
}

fn value(site: &Site, ledger: &Ledger, field: &Field, files: &mut Vec<Value>, extent: Extent) -> Value {
    let standard: &Standard = &site.standard;
    let list = || choices::all(standard, ledger, field.choices.as_deref().unwrap_or_default());
    match field.kind {
        FieldKind::Text => {
            let long = field.limits.max_length.unwrap_or(200).min(8) as usize;
            if ledger.id == "institution" && field.id == "code" {
                return site.code.clone().into();
            }
            "𠮷㛃䶮值班登记五六".chars().take(long).collect::<String>().into()
        }
        FieldKind::Multiline => "卷帘门异响，\n已报修。".into(),
        FieldKind::Integer | FieldKind::Decimal => {
            let least = field.limits.min.unwrap_or(0.0);
            json!((least.ceil() as i64 + 1).min(field.limits.max.unwrap_or(1e6) as i64))
        }
        FieldKind::Date => site.day(0).into(),
        FieldKind::Time => "08:20".into(),
        FieldKind::DateTime => (site.now() - chrono::Duration::minutes(1)).to_rfc3339().into(),
        FieldKind::SelectOne => list()[0].0.into(),
        FieldKind::SelectMultiple => json!([list()[0].0]),
        FieldKind::Person => site.head().into(),
        FieldKind::People => json!([site.head()]),
        FieldKind::Post => standard.posts[0].id.clone().into(),
        FieldKind::Institution => site.code.clone().into(),
        FieldKind::Facility => site.facility().into(),
        FieldKind::Record => site.linked(field).into(),
        FieldKind::Image | FieldKind::File => {
            let mut file = site.photo(&format!("{}-{}.jpg", ledger.id, field.id));
            file["field"] = field.id.clone().into();
            let hash = file["sha256"].clone();
            files.push(file);
            json!([hash])
        }
        FieldKind::Checklist => choices::check_items(standard, field)
            .into_iter()
            .map(|item| (item.id.clone(), json!({ "verdict": "pass" })))
            .collect::<Map<_, _>>()
            .into(),
        FieldKind::Repeat => {
            let row: Map<String, Value> = field
                .fields
                .iter()
                .filter(|part| part.required || extent == Extent::All)
                .map(|part| (part.id.clone(), value(site, ledger, part, files, extent)))
                .collect();
            json!([row])
        }
    }
}

impl Site {
    /// A record that a field may link to, put on record at the first call.
    pub fn linked(&self, field: &Field) -> String {
        let ledger = &field.ledgers[0];
        let found = self.call("records_list", json!({ "ledgers": [ledger] }));
        match found["rows"][0]["id"].as_str() {
            Some(id) => id.to_owned(),
            // Not yet there, or kept elsewhere: a link to what this store does not hold is allowed.
            None => "019ab000-0000-7000-8000-000000000002".to_owned(),
        }
    }

    /// A fire extinguisher, put on record at the first call.
    pub fn facility(&self) -> String {
        let found = self.call(
            "records_list",
            json!({ "ledgers": ["L06"], "fields": { "class": "X01" } }),
        );
        if let Some(id) = found["rows"][0]["id"].as_str() {
            return id.to_owned();
        }
        if self
            .standard
            .ledger("L06")
            .unwrap()
            .levels
            .iter()
            .all(|level| json!(level) != "outlet")
            || self.call("app_status", json!({}))["institution"]["level"] != "outlet"
        {
            // A superior keeps no archive; it names the outlet's.
            return "019ab000-0000-7000-8000-000000000001".to_owned();
        }
        let fields = json!({ "entry": "file", "class": "X01", "state": "in_use", "code": "X01-01", "location": "营业大厅" });
        self.save("L06", &self.day(0), fields)
    }
}
