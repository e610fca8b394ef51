//! A year of an outlet, day by day: what the standard demands, done mostly in time, sometimes late, rarely not at all.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use safety_domain::calendar::WorkCalendar;
use serde_json::{Value, json};

use super::actor::{Actor, Entry, stamp};
use crate::error::Fault;

/// Times in a hundred that a daily act is entered late, and that it is forgotten for good.
const LATE: usize = 2;
const FORGOTTEN: usize = 1;

/// What waits for a later day.
#[derive(Debug, Default)]
pub struct Waiting {
    /// Entries to be made late.
    pub(super) late: Vec<(NaiveDate, Entry)>,
    /// Steps of hazards: when, record, what changes.
    pub(super) steps: Vec<(NaiveDate, String, Value)>,
    /// Hazards found so far, for texts and numbers.
    pub(super) hazards: usize,
    pub(super) failures: usize,
    pub(super) visits: usize,
    pub(super) drills: usize,
    pub(super) lessons: usize,
}

impl Actor {
    /// One day of an outlet.
    pub fn outlet_day(
        &mut self,
        calendar: &WorkCalendar,
        day: NaiveDate,
        waiting: &mut Waiting,
    ) -> Result<(), Fault> {
        // Quarter by quarter A and B take turns.
        let officer = if (day.month0() / 3).is_multiple_of(2) {
            "P10"
        } else {
            "P11"
        };
        let business = calendar.is_business_day(day);
        self.at(day, 8, 5);
        self.acts_as(officer);
        let mut entries = Vec::new();
        if business {
            self.daily(day, officer, "opening", waiting, &mut entries);
        }
        self.patrol(calendar, day, officer, waiting, &mut entries);
        self.tests(calendar, day, officer, &mut entries);
        self.visits(day, &mut entries, waiting);
        self.store_all(&mut entries)?;
        self.steps(day, waiting)?;
        self.at(day, 17, 5);
        let mut entries = Vec::new();
        self.failures(day, waiting, &mut entries);
        if business {
            self.daily(day, officer, "closing", waiting, &mut entries);
        }
        entries.extend(self.due_late(day, waiting));
        self.store_all(&mut entries)?;
        self.at(day, 17, 50);
        self.acts_as("P09");
        let mut entries = Vec::new();
        self.head(day, waiting, &mut entries)?;
        self.store_all(&mut entries)
    }

    /// Writes in the order of the acts, each a few minutes after it.
    pub(super) fn store_all(&mut self, entries: &mut [Entry]) -> Result<(), Fault> {
        if entries.is_empty() {
            return Ok(());
        }
        // Acts of a day without a time come last, when the day's work is written up.
        entries.sort_by_key(|entry| (!entry.occurred.contains('T'), entry.occurred.clone()));
        let pauses: Vec<usize> = entries.iter().map(|_| 2 + self.chance.below(6)).collect();
        self.session.store.try_write(|writer| {
            for (entry, pause) in entries.iter().zip(pauses) {
                if let Ok(act) = chrono::DateTime::parse_from_rfc3339(&entry.occurred) {
                    let minutes = i64::try_from(pause).unwrap_or_default();
                    self.not_before(act + chrono::Duration::minutes(minutes));
                }
                self.put(writer, entry)?;
            }
            Ok(())
        })
    }

    /// Enters an act now, later, or never.
    fn usually(&mut self, day: NaiveDate, entry: Entry, waiting: &mut Waiting, entries: &mut Vec<Entry>) {
        if self.chance.percent(FORGOTTEN) {
        } else if self.chance.percent(LATE) {
            waiting.late.push((day + Days::new(3), entry));
        } else {
            entries.push(entry);
        }
    }

    fn due_late(&self, day: NaiveDate, waiting: &mut Waiting) -> Vec<Entry> {
        let (now, later) = std::mem::take(&mut waiting.late)
            .into_iter()
            .partition(|(when, _)| *when <= day);
        waiting.late = later;
        let now: Vec<(NaiveDate, Entry)> = now;
        now.into_iter().map(|(_, entry)| entry).collect()
    }

    fn daily(
        &mut self,
        day: NaiveDate,
        officer: &str,
        phase: &str,
        waiting: &mut Waiting,
        entries: &mut Vec<Entry>,
    ) {
        let (hour, minute) = if phase == "opening" {
            (8, 15 + self.chance.below(15))
        } else {
            (17, 20 + self.chance.below(20))
        };
        let minute = u32::try_from(minute).unwrap_or_default();
        let time = format!("{hour:02}:{minute:02}");
        let list = format!("checks_{phase}");
        let items = self
            .standard
            .ledger("L07")
            .and_then(|ledger| ledger.fields.iter().find(|field| field.id == list));
        let verdicts: serde_json::Map<String, Value> = items
            .map(|field| {
                field
                    .items
                    .iter()
                    .map(|item| (item.clone(), json!({ "verdict": "pass" })))
                    .collect()
            })
            .unwrap_or_default();
        let armed = if phase == "opening" {
            "disarmed_at"
        } else {
            "armed_at"
        };
        let mut fields =
            json!({ "phase": phase, "result": "normal", "officer": self.holder(officer), armed: time });
        fields[list] = Value::Object(verdicts);
        self.usually(
            day,
            entry("L07", stamp(day, hour, minute), fields),
            waiting,
            entries,
        );
    }

    /// Fire patrol and self-service area every day; the weekly and monthly looks along with it.
    fn patrol(
        &mut self,
        calendar: &WorkCalendar,
        day: NaiveDate,
        officer: &str,
        waiting: &mut Waiting,
        entries: &mut Vec<Entry>,
    ) {
        let mut covers = vec!["fire_patrol", "self_service"];
        if day.weekday() == Weekday::Tue {
            covers.push("playback");
        }
        if day == calendar.business_day_from(day.with_day(5).unwrap_or(day)) {
            covers.extend(["clock", "interlock", "gear"]);
        }
        let mut fields = json!({
            "phase": "during", "result": "normal", "covers": covers, "officer": self.holder(officer),
            "remark": self.script.text("patrol"),
        });
        if covers.contains(&"playback") {
            fields["days_kept"] = (90 + self.chance.below(5)).into();
        }
        if covers.contains(&"clock") {
            fields["clock_drift"] = (1 + self.chance.below(8)).into();
        }
        self.usually(day, entry("L07", stamp(day, 9, 10), fields), waiting, entries);
    }

    fn tests(&mut self, calendar: &WorkCalendar, day: NaiveDate, officer: &str, entries: &mut Vec<Entry>) {
        let soon = calendar
            .holidays(day, day + Days::new(3))
            .next()
            .map(|holiday| holiday.from);
        let before_holiday = soon.is_some_and(|first| first == day + Days::new(3));
        let full = day.day() == 16 && day.month() % 3 == 2;
        if day.day() == 12 || before_holiday || full {
            let points: Vec<Value> = (1..=3)
                .map(|zone| json!({ "point": format!("{zone:02}"), "result": "pass", "seconds": 6 + self.chance.below(12) }))
                .collect();
            let fields = json!({
                "kind": if full { "full" } else { "routine" }, "zones": "01、02、03",
                "operator": format!("{:04}", 1000 + self.chance.below(200)), "result": "pass",
                "triggered_at": "08:40", "received_at": "08:40", "call_back": "yes", "sounder": "pass",
                "video_link": "pass", "two_paths": "pass", "facilities": points, "tester": self.holder(officer),
            });
            entries.push(entry("L11", stamp(day, 8, 40), fields));
        }
        if day.day() == 18 {
            let fields = json!({
                "entry": "check", "class": "X01", "state": "in_use", "code": "X01-01",
                "location": self.script.text("places.0"), "quantity": 6, "remark": self.script.text("fire_check"),
            });
            entries.push(entry("L06", day.to_string(), fields));
        }
        if day.day() == 21 && day.month().is_multiple_of(3) {
            for (kind, item) in [("test", "UPS"), ("service", "CCTV")] {
                let fields = json!({
                    "kind": kind, "item": item, "state": "restored", "contractor": self.script.text("contractor"),
                    "minutes": 30 + self.chance.below(30),
                });
                entries.push(entry("L10", day.to_string(), fields));
            }
        }
    }

    fn visits(&mut self, day: NaiveDate, entries: &mut Vec<Entry>, waiting: &mut Waiting) {
        if day.weekday() == Weekday::Wed {
            waiting.visits += 1;
            let visitor = self
                .script
                .at("visitors")
                .get(waiting.visits % 4)
                .cloned()
                .unwrap_or_default();
            let fields = json!({
                "name": visitor[0], "company": visitor[1], "purpose": visitor[2], "area": visitor[3],
                "identity_kind": "identity_card", "identity": format!("33010219850{}4213", 100 + waiting.visits),
                "escort": self.holder("P10"), "approver": self.holder("P09"),
            });
            entries.push(entry("L14", stamp(day, 10, 15), fields));
        }
        if day.day() == 22 {
            let letter = self
                .script
                .text("video.letter")
                .replace("%N", &(day.month() * 3).to_string());
            let mut fields = self.script.at("video").clone();
            fields["letter"] = Value::Null;
            fields["approver"] = self.holder("P09").into();
            fields["action"] = "viewed".into();
            fields["letter_no"] = letter.into();
            if let Some(fields) = fields.as_object_mut() {
                fields.remove("letter");
            }
            entries.push(entry("L15", stamp(day, 14, 20), fields));
        }
    }

    /// A failure of the morning, written up when it is repaired.
    fn failures(&mut self, day: NaiveDate, waiting: &mut Waiting, entries: &mut Vec<Entry>) {
        if day.day() == 9 && day.month().is_multiple_of(2) {
            let failure = self
                .script
                .at("failures")
                .get(waiting.failures % 3)
                .cloned()
                .unwrap_or_default();
            waiting.failures += 1;
            let mut fields = failure;
            fields["kind"] = "failure".into();
            fields["state"] = "restored".into();
            fields["contractor"] = self.script.text("contractor").into();
            fields["reported_at"] = stamp(day, 9, 5).into();
            fields["arrived_at"] = stamp(day, 10, 40).into();
            fields["restored_at"] = stamp(day, 11, 55).into();
            fields["facility"] = self.facility(fields["facility"].as_str().unwrap_or_default());
            entries.push(entry("L10", day.to_string(), fields));
        }
    }

    pub(super) fn facility(&self, class: &str) -> Value {
        self.facilities
            .get(class)
            .cloned()
            .map_or(Value::Null, Value::from)
    }

    /// Further steps of hazards whose day has come.
    fn steps(&mut self, day: NaiveDate, waiting: &mut Waiting) -> Result<(), Fault> {
        let (now, later): (Vec<_>, Vec<_>) = std::mem::take(&mut waiting.steps)
            .into_iter()
            .partition(|step| step.0 <= day);
        waiting.steps = later;
        for (_, id, fields) in now {
            self.correct(&id, &self.script.text("close_change"), fields)?;
        }
        Ok(())
    }
}

/// A record in the making; empty fields are left out.
pub(super) fn entry(ledger: &str, occurred: String, mut fields: Value) -> Entry {
    if let Some(fields) = fields.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    Entry {
        ledger: ledger.to_owned(),
        occurred,
        fields,
        files: Vec::new(),
    }
}
