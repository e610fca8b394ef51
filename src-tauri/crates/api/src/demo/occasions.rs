//! What the head of an outlet does in the demo's year: self-checks, hazards, meetings, training, drills, handovers.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Value, json};

use super::actor::{Actor, Entry, stamp};
use super::year::{Waiting, entry};
use crate::error::Fault;

/// What becomes of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Rectified, rechecked and closed in time.
    Closed,
    /// Still open at the end of the year.
    Open,
}

impl Actor {
    /// What the head of the outlet does.
    pub(super) fn head(
        &mut self,
        day: NaiveDate,
        waiting: &mut Waiting,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Fault> {
        let head = self.holder("P09");
        if day.weekday() == Weekday::Thu {
            let found = self.chance.percent(25);
            let verdicts: serde_json::Map<String, Value> = self
                .standard
                .checklist
                .iter()
                .flat_map(|section| &section.items)
                .map(|item| (item.id.clone(), json!({ "verdict": "pass" })))
                .collect();
            let fields = json!({
                "level": "self_check", "method": "on_site", "inspected": self.code, "inspectors": [head],
                "items": verdicts, "finding_count": u8::from(found), "findings": self.script.text("self_check_ok"),
            });
            entries.push(entry("L08", day.to_string(), fields));
            if found {
                self.hazard(day, waiting, Ending::Closed)?;
            }
        }
        let (month, date) = (day.month(), day.day());
        match date {
            7 => entries.push(entry(
                "L18",
                day.to_string(),
                json!({
                    "kind": "outlet_meeting", "agenda": self.script.text("meeting"), "chair": head,
                    "decision": self.script.text("decision"),
                }),
            )),
            14 => self.training(day, waiting, entries),
            24 => entries.push(entry(
                "L17",
                day.to_string(),
                json!({
                    "kind": "appraisal", "guard": self.script.text("titles.P16"), "appraisal": "competent",
                    "company": self.script.text("company"), "comment": self.script.text("guard_comment"),
                }),
            )),
            26 if month % 3 == 1 => self.drill(day, waiting, entries),
            _ => {}
        }
        if date == 1 && month % 3 == 1 {
            self.handover(day, entries);
        }
        if date == 19 && month == 5 {
            let people = [self.holder("P14")];
            let mut fields = self.script.at("incident").clone();
            fields["kind"] = "fraud".into();
            fields["state"] = "concluded".into();
            fields["people"] = json!(people);
            entries.push(entry("L21", stamp(day, 15, 10), fields));
            let mut fields = self.script.at("reward").clone();
            fields["kind"] = "reward".into();
            fields["person"] = self.holder("P14").into();
            fields["state"] = "closed".into();
            fields["measure"] = "praise".into();
            entries.push(entry("L20", day.to_string(), fields));
        }
        if date == 29 && month == 12 {
            entries.push(entry(
                "L08",
                day.to_string(),
                json!({
                    "level": "self_evaluation", "method": "on_site", "inspected": self.code, "score": 94,
                }),
            ));
        }
        if date == 23 && month == 8 {
            entries.push(entry("exemption", day.to_string(), json!({
                "duty": "D26", "period": format!("{}-08", day.year()), "reason": self.script.text("exemption"),
                "approver": self.holder("P06"),
            })));
        }
        Ok(())
    }

    /// A hazard is found, with a photo, and goes its way to the end that is meant.
    pub fn hazard(&mut self, day: NaiveDate, waiting: &mut Waiting, ending: Ending) -> Result<(), Fault> {
        let hazard = self
            .script
            .at("hazards")
            .get(waiting.hazards % 6)
            .cloned()
            .unwrap_or_default();
        waiting.hazards += 1;
        let grade = hazard["grade"].as_str().unwrap_or("general").to_owned();
        let days = self
            .standard
            .deadlines
            .hazard_days
            .get(&grade)
            .copied()
            .unwrap_or(30);
        let fields = json!({
            "number": format!("YH-{}-{:03}", day.year(), waiting.hazards), "description": hazard["description"],
            "grade": grade, "deadline": (day + Days::new(u64::from(days))).to_string(), "owner": self.holder("P15"),
            "state": "notified", "source": "inspection", "found_by": self.holder("P09"),
            "interim": hazard["interim"], "facility": self.facility(hazard["facility"].as_str().unwrap_or_default()),
        });
        let mut found = entry("L09", day.to_string(), fields);
        if let Some(mut photo) = super::cast::photo(&self.session)? {
            photo.field = Some("before_photo".to_owned());
            found.fields["before_photo"] = json!([photo.sha256]);
            found.files.push(photo);
        }
        let id = self
            .session
            .store
            .try_write(|writer| self.put(writer, &found))?
            .to_string();
        if ending == Ending::Closed {
            let done = day + Days::new(u64::from(days) * 2 / 3);
            waiting.steps.push((
                done,
                id.clone(),
                json!({
                    "state": "rectified", "measure": hazard["measure"], "rectified_at": done.to_string(),
                }),
            ));
            let closed = done + Days::new(2);
            waiting.steps.push((
                closed,
                id,
                json!({
                    "state": "closed", "rechecker": self.holder("P12"), "recheck_result": "pass",
                    "rechecked_at": closed.to_string(), "closed_at": closed.to_string(),
                }),
            ));
        }
        Ok(())
    }

    fn training(&mut self, day: NaiveDate, waiting: &mut Waiting, entries: &mut Vec<Entry>) {
        let topics = self.standard.training.len().max(1);
        let topic = self
            .standard
            .training
            .get(waiting.lessons % topics)
            .map(|topic| topic.id.clone())
            .unwrap_or_default();
        waiting.lessons += 1;
        let staff: Vec<String> = ["P10", "P11", "P12", "P13", "P14", "P15"]
            .iter()
            .flat_map(|post| self.people.get(*post).cloned().unwrap_or_default())
            .collect();
        let mut attendance = Vec::new();
        for person in &staff {
            let present = !self.chance.percent(8);
            let score = 80 + self.chance.below(20);
            attendance.push(match present {
                true => json!({ "person": person, "attended": "present", "score": score }),
                false => json!({ "person": person, "attended": "absent" }),
            });
        }
        let present = attendance
            .iter()
            .filter(|row| row["attended"] == "present")
            .count();
        entries.push(entry(
            "L13",
            day.to_string(),
            json!({
                "topic": topic, "hours": 1, "trainer": self.script.text("training_trainer"), "form": "class",
                "expected": staff.len(), "present": present, "attendance": attendance, "test": "written",
            }),
        ));
    }

    fn drill(&mut self, day: NaiveDate, waiting: &mut Waiting, entries: &mut Vec<Entry>) {
        let drills = self.standard.drills.len().max(1);
        let scenario = self
            .standard
            .drills
            .get(waiting.drills % drills)
            .map(|drill| drill.id.clone())
            .unwrap_or_default();
        waiting.drills += 1;
        let posts = ["P09", "P10", "P11", "P13", "P14", "P15"];
        let present: Vec<String> = posts.iter().map(|post| self.holder(post)).collect();
        let roles: Vec<Value> = (0..4)
            .map(|index| {
                json!({
                    "role": self.script.text(&format!("drill.roles.{index}")),
                    "person": present.get(index).cloned().unwrap_or_default(),
                })
            })
            .collect();
        let steps: Vec<Value> = (0..4)
            .map(|index| json!({ "at": format!("16:{:02}", index * 3), "action": self.script.text(&format!("drill.steps.{index}")) }))
            .collect();
        entries.push(entry("L12", stamp(day, 16, 0), json!({
            "scenario": scenario, "present": present, "expected": present.len(), "commander": self.holder("P09"),
            "form": "live", "plan": self.script.text("drill.plan"), "minutes": 14, "roles": roles, "steps": steps,
            "problems": self.script.text("drill.problem"), "improvement": self.script.text("drill.improvement"),
            "grade": "good",
        })));
    }

    fn handover(&mut self, day: NaiveDate, entries: &mut Vec<Entry>) {
        let first = (day.month0() / 3).is_multiple_of(2);
        let (giver, receiver) = if first { ("P11", "P10") } else { ("P10", "P11") };
        let items: Vec<Value> = (0..4)
            .map(|index| json!({ "item": self.script.text(&format!("handover_items.{index}")), "quantity": 1 }))
            .collect();
        entries.push(entry("L16", stamp(day, 17, 30), json!({
            "kind": "rotation", "giver": self.holder(giver), "receiver": self.holder(receiver),
            "supervisor": self.holder("P09"), "items": items, "codes_changed": "yes", "alarm_test": "pass",
            "door_test": "pass", "video_test": "pass", "extinguisher_test": "pass",
            "equipment_state": self.script.text("equipment_state"),
        })));
    }
}
