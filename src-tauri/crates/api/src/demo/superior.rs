//! What the leaders of the superior do in the demo's year.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::actor::{Actor, stamp};
use super::year::entry;
use crate::error::Fault;

impl Actor {
    /// What the superior's leaders do.
    pub fn superior_day(&mut self, outlets: &[String], day: NaiveDate) -> Result<(), Fault> {
        self.at(day, 17, 0);
        let mut entries = Vec::new();
        let inspection = |level: &str, outlet: &String, inspector: String| {
            json!({
                "level": level, "method": "on_site", "inspected": outlet, "inspectors": [inspector], "score": 95,
            })
        };
        match day.day() {
            11 => {
                self.acts_as("P08");
                for outlet in outlets {
                    entries.push(entry(
                        "L08",
                        day.to_string(),
                        inspection("cadre", outlet, self.holder("P08")),
                    ));
                }
            }
            17 => {
                let outlet = outlets
                    .get(self.chance.below(outlets.len()))
                    .cloned()
                    .unwrap_or_default();
                self.acts_as("P07");
                entries.push(entry(
                    "L08",
                    day.to_string(),
                    inspection("vice_president", &outlet, self.holder("P07")),
                ));
            }
            20 if day.month() % 3 == 2 => {
                let outlet = outlets
                    .get(self.chance.below(outlets.len()))
                    .cloned()
                    .unwrap_or_default();
                self.acts_as("P06");
                entries.push(entry(
                    "L08",
                    day.to_string(),
                    inspection("sub_branch_president", &outlet, self.holder("P06")),
                ));
            }
            5 if day.month().is_multiple_of(2) => {
                self.acts_as("P08");
                let fields = json!({
                    "topic": self.standard.training.first().map(|topic| topic.id.clone()), "hours": 1,
                    "trainer": self.script.text("training_trainer"), "form": "class", "expected": 3, "present": 3,
                });
                entries.push(entry("L13", day.to_string(), fields));
            }
            14 if day.month() % 6 == 5 => {
                self.acts_as("P07");
                let present = ["P06", "P07", "P08"].map(|post| self.holder(post));
                let fields = json!({
                    "scenario": self.standard.drills.first().map(|drill| drill.id.clone()), "present": present,
                    "expected": 3, "commander": self.holder("P06"), "form": "live", "minutes": 20, "grade": "good",
                    "plan": self.script.text("drill.plan"),
                });
                entries.push(entry("L12", stamp(day, 16, 0), fields));
            }
            8 if day.month() % 6 == 3 => {
                self.acts_as("P06");
                entries.push(entry(
                    "L18",
                    day.to_string(),
                    json!({
                        "kind": "study", "agenda": self.script.text("study"), "chair": self.holder("P06"),
                    }),
                ));
            }
            _ => {}
        }
        self.store_all(&mut entries)
    }
}
