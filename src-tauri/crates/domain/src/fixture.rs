//! A small standard for tests: what each test needs is added to it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::appointment::{Appointment, Days};
use crate::obligation::{Evidence, Subject, Timeline};
use crate::standard::{Duty, Standard};

pub(crate) fn day(text: &str) -> NaiveDate {
    crate::record::parse_day(text).expect("a date")
}

pub(crate) fn days(from: &str, until: &str) -> Days {
    Days::new(day(from), day(until))
}

pub(crate) fn basis() -> Value {
    json!({"certainty": "proposal", "source": {"zh": "建议", "en": "Proposal"}})
}

pub(crate) fn text(zh: &str, en: &str) -> Value {
    json!({"zh": zh, "en": en})
}

pub(crate) fn post(id: &str, levels: &[&str], answers_to: Option<&str>, holders: Option<u32>) -> Value {
    json!({"id": id, "title": text(&format!("岗位{id}"), &format!("Post {id}")), "summary": text("", ""),
        "duties": [text("服从管理。", "Is to obey.")], "scope": text("", ""), "levels": levels, "leading": false,
        "holders": holders, "answers_to": answers_to, "basis": basis()})
}

/// A duty of post P1 at outlets, proved by ledger L1.
pub(crate) fn duty(id: &str, frequency: Value) -> Duty {
    serde_json::from_value(
        json!({"id": id, "title": text("职责", "Duty"), "clause": text("开展检查。", "is to check."),
        "posts": ["P1"], "levels": ["outlet"], "frequency": frequency, "evidence": {"ledger": "L1"},
        "lead_days": 5, "grace_days": 3, "basis": basis()}),
    )
    .expect("a duty")
}

pub(crate) fn monthly(times: u32) -> Value {
    json!({"type": "periodic", "every": "month", "times": times})
}

/// In force from 2026-01-01, with the holidays of 2026 around National Day.
pub(crate) fn standard(duties: Vec<Duty>) -> Standard {
    let mut standard: Standard = serde_json::from_value(json!({
        "format": 1, "id": "test", "version": "1", "effective_from": "2026-01-01",
        "title": text("标准", "Standard"), "issuer": text("上级行", "Superior"),
        "posts": [post("P1", &["outlet"], Some("P6"), Some(1)), post("P2", &["outlet"], Some("P1"), None),
            post("P6", &["sub_branch"], Some("P0"), Some(1)), post("P0", &["branch", "head_office"], Some("P0"), Some(1))],
        "duties": [], "facility_fields": [], "facilities": [], "common_fields": [], "ledgers": [], "choices": [],
        "drills": [], "training": [], "checklist": [], "letters": [],
        "deadlines": {"late_after_days": 1, "letter_working_days": 10, "hazard_days": {}, "silent_after_days": 7,
            "expiry_lead_days": 60, "before_holiday_days": 5, "first_period_percent": 50, "basis": basis()},
        "retention": [],
        "calendar": {"years": [{"year": 2026, "confirmed": true, "working_weekends": ["2026-09-20", "2026-10-10"],
            "holidays": [
                {"name": text("元旦", "New Year"), "from": "2026-01-01", "until": "2026-01-03"},
                {"name": text("中秋节", "Mid-Autumn"), "from": "2026-09-25", "until": "2026-09-27"},
                {"name": text("国庆节", "National Day"), "from": "2026-10-01", "until": "2026-10-07"}]}],
            "basis": basis()}
    }))
    .expect("a standard");
    standard.duties = duties;
    standard
}

pub(crate) fn timeline(duties: Vec<Duty>) -> Timeline {
    Timeline::new([Arc::new(standard(duties))])
}

pub(crate) const OUTLET: &str = "330100001";

pub(crate) fn subject() -> Subject {
    Subject {
        institution: OUTLET.to_owned(),
        level: crate::institution::Level::Outlet,
        opened: None,
        closed: None,
        profile: Map::new(),
        outlets: Vec::new(),
        appointments: Vec::new(),
        superiors: Vec::new(),
        events: Vec::new(),
    }
}

pub(crate) fn appointment(
    institution: &str,
    post: &str,
    person: &str,
    from: &str,
    until: Option<&str>,
) -> Appointment {
    Appointment {
        institution: institution.to_owned(),
        post: post.to_owned(),
        person: person.to_owned(),
        from: day(from),
        until: until.map(day),
    }
}

/// Proof number `n`, entered on the day of the act.
pub(crate) fn act(n: u128, occurred: &str) -> Evidence {
    Evidence {
        record: Uuid::from_u128(n),
        ledger: "L1".to_owned(),
        institution: OUTLET.to_owned(),
        occurred: day(occurred),
        recorded: day(occurred),
        late: false,
        fields: Map::new(),
    }
}

impl Evidence {
    pub(crate) fn entered(mut self, recorded: &str) -> Self {
        self.recorded = day(recorded);
        self
    }

    pub(crate) fn with(mut self, field: &str, value: Value) -> Self {
        self.fields.insert(field.to_owned(), value);
        self
    }
}

fn field(id: &str, kind: &str, more: Value) -> Value {
    let mut field = json!({"id": id, "kind": kind, "label": text(&format!("字段{id}"), id)});
    if let (Some(field), Value::Object(more)) = (field.as_object_mut(), more) {
        field.extend(more);
    }
    field
}

fn ledger(id: &str, group: &str, more: Value) -> Value {
    let mut ledger = json!({"id": id, "title": text(id, id), "purpose": text("", ""), "group": group,
        "levels": ["outlet"], "fields": [], "summary": [], "basis": basis()});
    if let (Some(ledger), Value::Object(more)) = (ledger.as_object_mut(), more) {
        ledger.extend(more);
    }
    ledger
}

/// A standard with a ledger `all` that has a field of every kind, a hazard ledger, a facility ledger and letters.
pub(crate) fn ledgered() -> Standard {
    let mut checked = standard(vec![duty("D1", monthly(1))]);
    let choice = |id: &str, zh: &str, more: Value| {
        let mut choice = json!({"id": id, "label": text(zh, id)});
        if let (Some(choice), Value::Object(more)) = (choice.as_object_mut(), more) {
            choice.extend(more);
        }
        choice
    };
    checked.choices = serde_json::from_value(json!([
        {"id": "result", "choices": [choice("normal", "正常", json!({})), choice("abnormal", "异常", json!({"bad": true}))]},
        {"id": "state", "choices": [choice("open", "整改中", json!({"open": true})),
            choice("failed", "复查不合格", json!({"open": true, "bad": true})), choice("closed", "已销号", json!({}))]},
    ]))
    .expect("choices");
    checked.checklist =
        serde_json::from_value(json!([{"id": "fire", "title": text("消防", "Fire"), "items": [
        {"id": "C41", "text": text("灭火器压力正常", "Extinguisher pressure"), "basis": basis()},
        {"id": "C42", "text": text("消火栓完好", "Hydrant ready"), "basis": basis()},
        {"id": "C43", "text": text("通道畅通", "Exits clear"), "basis": basis()}]}]))
        .expect("a checklist");
    checked.drills = serde_json::from_value(json!([
        {"id": "E03", "title": text("火灾疏散", "Fire evacuation"), "content": text("", ""), "basis": basis()}]))
    .expect("drills");
    checked.facilities = serde_json::from_value(json!([
        {"id": "X01", "group": "fire", "title": text("灭火器", "Extinguisher"), "basis": basis(),
            "fields": [field("scrap_by", "date", json!({"expires": true}))]},
        {"id": "J01", "group": "technical", "title": text("摄像机", "Camera"), "fields": [], "basis": basis()}]))
    .expect("facilities");
    checked.facility_fields =
        serde_json::from_value(json!([field("code", "text", json!({"required": true}))])).expect("fields");
    checked.ledgers = serde_json::from_value(json!([
        ledger("all", "daily", json!({"occurred": "dateTime", "summary": ["title", "drill", "who"], "fields": [
            field("title", "text", json!({"required": true, "limits": {"max_length": 6}})),
            field("notes", "multiline", json!({})),
            field("count", "integer", json!({"limits": {"min": 0.0, "max": 10.0}})),
            field("size", "decimal", json!({"limits": {"min": 0.5}})),
            field("on", "date", json!({"limits": {"not_future": true}})),
            field("until", "date", json!({})),
            field("at", "time", json!({})),
            field("moment", "dateTime", json!({"limits": {"not_future": true}})),
            field("result", "select_one", json!({"choices": "result"})),
            field("fault", "text", json!({"required": true, "when": {"field": "result", "is": ["abnormal"]}})),
            field("covers", "select_multiple", json!({"choices": "result", "limits": {"max_items": 1}})),
            field("drill", "select_one", json!({"choices": "@drills"})),
            field("photo", "image", json!({})),
            field("who", "person", json!({})),
            field("team", "people", json!({})),
            field("post", "post", json!({})),
            field("item", "facility", json!({})),
            field("place", "institution", json!({})),
            field("identity", "text", json!({"sensitive": true})),
            field("items", "checklist", json!({"required": true, "items": ["C42", "C41"]})),
            field("steps", "repeat", json!({"limits": {"max_items": 2}, "fields": [
                field("what", "text", json!({"required": true})), field("minutes", "integer", json!({})),
                field("secret", "text", json!({"sensitive": true}))]})),
        ]})),
        ledger("L09", "events", json!({"summary": ["what"], "state_field": "state", "due_field": "deadline", "fields": [
            field("what", "text", json!({})), field("state", "select_one", json!({"choices": "state"})),
            field("deadline", "date", json!({}))]})),
        ledger("L06", "archive", json!({"facility_group": "fire", "summary": ["class", "code"], "fields": [
            field("class", "select_one", json!({"choices": "@classes", "required": true}))]})),
    ]))
    .expect("ledgers");
    checked.letters = serde_json::from_value(json!([{"id": "fire", "title": text("消防安全责任书", "Fire letter"),
        "levels": ["outlet"], "grounds": [text("消防法", "Fire law")], "targets": [text("不发生火灾。", "No fire.")],
        "rights": [], "assessment": [text("年度考核。", "Yearly.")], "reward": [], "punishment": [], "change": [],
        "miscellaneous": [text("本责任书一式{copies}份。", "In {copies} copies.")], "copies": 2, "basis": basis()}]))
    .expect("letters");
    checked
}

/// Knows 张𠮷 (`p1`), 李㛃 (`p2`), a facility `f1` and the outlet.
pub(crate) struct Names;

impl crate::directory::Directory for Names {
    fn person(&self, id: &str) -> Option<String> {
        match id {
            "p1" => Some("张𠮷".to_owned()),
            "p2" => Some("李㛃".to_owned()),
            _ => None,
        }
    }
    fn record(&self, id: &str) -> Option<String> {
        (id == "f1").then(|| "灭火器 · X-01".to_owned())
    }
    fn institution(&self, code: &str) -> Option<String> {
        (code == OUTLET).then(|| "城东支行营业部".to_owned())
    }
}
