//! Who works where, and what hangs on the walls: people, posts, profile, construction and facilities at the start.

use chrono::{Days, NaiveDate};
use safety_domain::record::Attachment;
use safety_domain::standard::{Field, FieldKind};
use serde_json::{Map, Value, json};

use super::actor::{Actor, Entry};
use super::script::Script;
use crate::error::Fault;
use crate::session::Session;
use crate::types::AttachBytesArgs;
use crate::usecases::attachments;

/// Posts of an outlet besides the head, and how many hold them.
const OUTLET_POSTS: [(&str, usize); 7] = [
    ("P10", 1),
    ("P11", 1),
    ("P12", 1),
    ("P13", 3),
    ("P14", 1),
    ("P15", 1),
    ("P16", 2),
];
/// Posts of the superior besides its first user.
const SUPERIOR_POSTS: [(&str, usize); 2] = [("P07", 1), ("P08", 2)];

/// The picture that stands for plans and photos.
pub(super) fn photo(session: &Session) -> Result<Option<Attachment>, Fault> {
    use base64::Engine as _;
    let Some(bytes) = Script::photo() else {
        return Ok(None);
    };
    let args = AttachBytesArgs {
        name: "plan.png".to_owned(),
        media_type: "image/png".to_owned(),
        base64: base64::engine::general_purpose::STANDARD.encode(bytes),
    };
    attachments::attach_bytes(session, args).map(Some)
}

impl Actor {
    /// People of the superior.
    pub fn staff_superior(&mut self, day: NaiveDate) -> Result<(), Fault> {
        self.staff(&SUPERIOR_POSTS, day)
    }

    /// People, profile, construction and facilities of an outlet.
    pub fn staff_outlet(&mut self, superior: &str, president: &str, day: NaiveDate) -> Result<(), Fault> {
        self.staff(&OUTLET_POSTS, day)?;
        // The other side of the outlet head's letter, so that it can be told who signs with whom.
        let fields = json!({ "name": president, "employee_no": "330100001", "status": "active",
            "title": self.script.text("titles.P06") });
        let person = self.write("person", &day.to_string(), fields)?;
        self.appoint("P06", &person, superior, day)?;
        self.profile(day)?;
        self.equip(day)
    }

    fn staff(&mut self, posts: &[(&str, usize)], day: NaiveDate) -> Result<(), Fault> {
        let mut number = 10;
        for (post, count) in posts {
            for _ in 0..*count {
                // The first holders bear the rare names.
                let rare = if number < 13 { number - 10 } else { number };
                self.hire(post, rare, day)?;
                number += 1;
            }
        }
        Ok(())
    }

    fn profile(&mut self, day: NaiveDate) -> Result<(), Fault> {
        let mut files = Vec::new();
        if let Some(mut plan) = photo(&self.session)? {
            plan.field = Some("plan".to_owned());
            files.push(plan);
        }
        let plan: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
        let address = self.script.pick("streets", &mut self.chance);
        let fields = json!({
            "code": self.code, "address": address, "fire_class": "general", "crowded": "no", "risk_class": "two",
            "area": 420, "floor": "1-2", "staff": 12, "counters": 5, "cash_counters": 3, "machines": 4,
            "hours": self.script.text("hours"), "police_station": self.script.text("police.0"),
            "police_phone": self.script.text("police.1"), "fire_station": self.script.text("fire.0"),
            "fire_phone": self.script.text("fire.1"), "alarm_centre": self.script.text("centre"),
            "neighbours": self.script.text("neighbours"), "plan": plan,
        });
        let entry = Entry {
            ledger: "L01".to_owned(),
            occurred: day.to_string(),
            fields,
            files,
        };
        self.session.store.try_write(|writer| self.put(writer, &entry))?;
        for (index, accepted) in [1500_u64, 700].into_iter().enumerate() {
            let accepted = day - Days::new(accepted);
            let fields = json!({
                "project": self.script.text(&format!("project.{index}")), "kind": "refit", "state": "accepted",
                "builder": self.script.text("contractor"), "approval_no": format!("2021-{}", 100 + index),
                "accepted": accepted.to_string(), "certificate_no": format!("HG-{}-{index}", self.code),
                "certificate_from": accepted.to_string(),
                "certificate_until": (accepted + Days::new(5 * 365)).to_string(),
            });
            self.write("L02", &day.to_string(), fields)?;
        }
        Ok(())
    }

    /// One facility of every class of the catalogue, in one transaction.
    fn equip(&mut self, day: NaiveDate) -> Result<(), Fault> {
        let standard = self.standard.clone();
        let keeper = self.holder("P15");
        let mut entries = Vec::new();
        for (index, class) in standard.facilities.iter().enumerate() {
            let Some(ledger) = standard
                .ledgers
                .iter()
                .find(|l| l.facility_group == Some(class.group))
            else {
                continue;
            };
            let installed = day - Days::new(300 + 37 * (index as u64 % 40));
            let mut fields = Map::new();
            for field in standard.fields(ledger, Some(&class.id)) {
                if let Some(value) = self.attribute(field, installed, day) {
                    fields.insert(field.id.clone(), value);
                }
            }
            fields.remove("certificate");
            fields.insert("class".to_owned(), class.id.clone().into());
            fields.insert("state".to_owned(), "in_use".into());
            if fields.contains_key("entry") || ledger.fields.iter().any(|field| field.id == "entry") {
                fields.insert("entry".to_owned(), "file".into());
            }
            fields.insert("code".to_owned(), format!("{}-01", class.id).into());
            fields.insert(
                "location".to_owned(),
                self.script.pick("places", &mut self.chance),
            );
            fields.insert("keeper".to_owned(), keeper.clone().into());
            fields.insert("remark".to_owned(), self.script.text("filed").into());
            entries.push((
                class.id.clone(),
                Entry {
                    ledger: ledger.id.clone(),
                    occurred: day.to_string(),
                    fields: Value::Object(fields),
                    files: Vec::new(),
                },
            ));
        }
        let ids = self.session.store.try_write(|writer| {
            entries
                .iter()
                .map(|(class, entry)| Ok((class.clone(), self.put(writer, entry)?)))
                .collect::<Result<Vec<_>, Fault>>()
        })?;
        self.facilities = ids
            .into_iter()
            .map(|(class, id)| (class, id.to_string()))
            .collect();
        Ok(())
    }

    /// A plausible attribute; none for those that nobody fills in at once.
    fn attribute(&mut self, field: &Field, installed: NaiveDate, day: NaiveDate) -> Option<Value> {
        Some(match (field.kind, field.id.as_str()) {
            (FieldKind::Integer, "quantity") => (1 + self.chance.below(4)).into(),
            (FieldKind::Integer, "days_kept") => 90.into(),
            (FieldKind::Integer, _) => (8 + self.chance.below(24)).into(),
            (FieldKind::Decimal, "drift_seconds") => 3.into(),
            (FieldKind::Decimal, _) => (10 + self.chance.below(20)).into(),
            (FieldKind::Text, "model") => format!("AF-{}", 100 + self.chance.below(800)).into(),
            (FieldKind::Text, "supplier" | "contractor") => self.script.text("contractor").into(),
            (FieldKind::Text, "guard_name") => self.script.person_name(99, &mut self.chance).into(),
            (FieldKind::Text, "guard_company") => self.script.text("company").into(),
            (FieldKind::Text, "zone") => format!("{:02}", 1 + self.chance.below(16)).into(),
            (FieldKind::Date, id) if field.expires || id.ends_with("_until") || id.ends_with("_by") => (day
                + Days::new(90 + 23 * (self.chance.below(40) as u64)))
            .to_string()
            .into(),
            (FieldKind::Date, _) => installed.to_string().into(),
            (FieldKind::Person, _) => self.holder("P10").into(),
            (FieldKind::SelectOne, _) => {
                let list = field.choices.as_deref().filter(|list| !list.starts_with('@'))?;
                self.standard
                    .choice_list(list)?
                    .choices
                    .first()?
                    .id
                    .clone()
                    .into()
            }
            _ => return None,
        })
    }
}
