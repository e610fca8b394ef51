//! Standard, prefilled form and rules fit together: every duty is met by saving the form that Today offers for it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use safety_domain::standard::Precision;
use serde_json::{Map, Value, json};

use crate::forms::{Extent, fill};
use crate::site::Site;

fn obligations(site: &Site, args: Value) -> Vec<Value> {
    let mut all = json!({ "from": site.day(40), "until": site.day(0) });
    all.as_object_mut()
        .unwrap()
        .extend(args.as_object().unwrap().clone());
    let page = site.call("obligations_list", all);
    page["obligations"].as_array().unwrap().clone()
}

fn by_key(site: &Site, key: &str) -> Option<Value> {
    let page = json!({ "from": site.day(400), "until": site.day(0) });
    let page = site.call("obligations_list", page);
    let all = page["obligations"].as_array().unwrap();
    all.iter().find(|o| o["key"] == key).cloned()
}

/// Saves the form an obligation offers, on a day of its period.
fn meet(site: &Site, obligation: &Value) -> Value {
    let ledger = site
        .standard
        .ledger(obligation["ledger"].as_str().unwrap())
        .unwrap()
        .clone();
    let day = |name: &str| -> NaiveDate { obligation[name].as_str().unwrap().parse().unwrap() };
    let on = day("due").min(site.today()).max(day("from").min(site.today()));
    let prefill: Map<String, Value> = obligation["prefill"].as_object().unwrap().clone();
    let filled = fill(site, &ledger, prefill, Extent::Required);
    let occurred = match ledger.occurred {
        Precision::DateTime if on == site.today() => crate::forms::just_now(site, &ledger),
        Precision::DateTime => format!("{on}T08:20"),
        Precision::Date => on.to_string(),
    };
    let mut body = json!({ "occurred": occurred, "fields": filled.fields, "files": filled.files });
    body["late"] = json!({ "reason": "系统检修，次日补录" });
    site.call("record_save", json!({ "ledger": ledger.id, "body": body }))
}

fn met_all(site: &Site, level: &str) -> BTreeSet<String> {
    let mut met = BTreeSet::new();
    let open = ["overdue", "due", "due_soon"];
    for duty in site.standard.duties.clone() {
        if !duty.levels.iter().any(|l| json!(l) == level) || duty.id == "D29" || duty.id == "D28" {
            continue;
        }
        let found = obligations(site, json!({ "duty": duty.id, "states": open }));
        let Some(first) = found.last() else {
            panic!("{}: nothing is owed", duty.id);
        };
        let key = first["key"].as_str().unwrap();
        let mut left = first["needed"].as_u64().unwrap() - first["done"].as_u64().unwrap();
        let mut saved = Value::Null;
        while left > 0 {
            saved = meet(site, first);
            left -= 1;
        }
        assert!(
            saved["moved"]
                .as_array()
                .unwrap()
                .iter()
                .any(|moved| moved == key),
            "{} {key} not moved by {saved}",
            duty.id
        );
        let after = by_key(site, key).unwrap();
        assert!(
            ["done", "done_late"].contains(&after["state"].as_str().unwrap()),
            "{}: {after}",
            duty.id
        );
        assert!(after["evidence"].as_array().unwrap().contains(&saved["id"]));
        // Withdrawn, it is owed again.
        site.call("record_withdraw", json!({ "id": saved["id"], "reason": "录错" }));
        let again = by_key(site, key).unwrap();
        assert!(
            ["overdue", "due", "due_soon", "missed"].contains(&again["state"].as_str().unwrap()),
            "{}: {again}",
            duty.id
        );
        met.insert(duty.id.clone());
    }
    met
}

#[test]
fn every_duty_of_an_outlet_is_met_by_its_prefilled_form() {
    let site = Site::outlet();
    let met = met_all(&site, "outlet");
    for number in (10..=27).chain([30]) {
        assert!(met.contains(&format!("D{number:02}")), "D{number:02}");
    }
    site.call("today_page", json!({}));
}

#[test]
fn every_duty_of_the_superiors_is_met_by_its_prefilled_form() {
    for (level, code, post, duties) in [
        ("sub_branch", "330100", "P06", vec!["D01", "D07", "D08", "D09"]),
        (
            "branch",
            "3301",
            "P01",
            vec!["D01", "D02", "D03", "D04", "D05", "D06"],
        ),
        (
            "head_office",
            "33",
            "P01",
            vec!["D01", "D02", "D03", "D04", "D05", "D06"],
        ),
    ] {
        let site = Site::new(level, code, "上级行", "李㛃", post);
        // Below a branch lies an outlet, so that what is owed for each outlet is owed at all.
        let outlet = Site::outlet();
        crate::circuit::enrol(&site, &outlet);
        let met = met_all(&site, level);
        for duty in duties {
            assert!(met.contains(duty), "{level} {duty}");
        }
    }
}

#[test]
fn a_handover_meets_the_rotation_it_belongs_to() {
    let site = Site::outlet();
    let (_, first) = site.appointed("甲", "P10", &site.day(30));
    let found = obligations(&site, json!({ "duty": "D28" }));
    let before = found.len();
    // A's post passes from one person to another.
    let mut body = site.call("record_get", json!({ "id": first }))["body"].clone();
    body["fields"]["until"] = site.day(1).into();
    body["change"] = "调离".into();
    site.call(
        "record_save",
        json!({ "ledger": "appointment", "id": first, "body": body }),
    );
    site.appointed("乙", "P10", &site.day(0));
    let found = obligations(&site, json!({ "duty": "D28" }));
    let Some(owed) = found.iter().find(|o| o["state"] != "done") else {
        // The standard's rotation is an event of the rotation plan, which the account may not yet know.
        assert_eq!(found.len(), before);
        return;
    };
    let saved = meet(&site, owed);
    assert!(
        saved["moved"].as_array().unwrap().contains(&owed["key"]),
        "{owed} {saved}"
    );
}

#[test]
fn what_does_not_apply_is_said_with_reason_and_approver() {
    let site = Site::outlet();
    let owed = obligations(
        &site,
        json!({ "duty": "D26", "states": ["overdue", "due", "due_soon"] }),
    );
    let owed = owed.last().unwrap();
    let fields = json!({ "duty": "D26", "period": owed["period"], "reason": "无驻点保安" });
    let error = site.refused(
        "record_save",
        crate::site::record("exemption", &site.day(0), fields.clone()),
    );
    assert!(error.faults.iter().any(|fault| fault.path == "fields.approver"));
    let mut fields = fields;
    fields["approver"] = site.head().into();
    let id = site.save("exemption", &site.day(0), fields);
    let key = owed["key"].as_str().unwrap();
    assert_eq!(by_key(&site, key).unwrap()["state"], "not_applicable");
    site.call("record_withdraw", json!({ "id": id, "reason": "误报" }));
    assert_ne!(by_key(&site, key).unwrap()["state"], "not_applicable");
}

#[test]
fn a_new_outlet_owes_nothing_from_before_it_opened() {
    let mut form = crate::site::form("outlet", "330100001", "网点A", "欧阳𠮷", "P09");
    let opened = {
        let probe = Site::outlet();
        probe.day(3)
    };
    form["opened"] = opened.clone().into();
    let site = Site::with(&form);
    let found = obligations(&site, json!({}));
    assert!(!found.is_empty());
    for obligation in &found {
        assert!(
            obligation["due"].as_str().unwrap() >= opened.as_str(),
            "{obligation}"
        );
    }
    let page = site.call(
        "obligations_list",
        json!({ "from": site.day(40), "until": site.day(4) }),
    );
    for obligation in page["obligations"].as_array().unwrap() {
        assert!(
            obligation["due"].as_str().unwrap() >= opened.as_str(),
            "{obligation}"
        );
    }
}

#[test]
fn business_days_are_owed_and_holidays_are_not() {
    let site = Site::outlet();
    // 2026-10-01 to 07 is the holiday; the Sunday before is a working weekend or not as the calendar says.
    let page = site.call(
        "obligations_list",
        json!({ "from": "2026-10-01", "until": "2026-10-07", "duty": "D12" }),
    );
    assert_eq!(page["obligations"], json!([]));
    let page = site.call(
        "obligations_list",
        json!({ "from": "2026-11-02", "until": "2026-11-06", "duty": "D12" }),
    );
    assert_eq!(page["obligations"].as_array().unwrap().len(), 5);
    // The patrol of the self-service area knows no holiday.
    let page = site.call(
        "obligations_list",
        json!({ "from": "2026-10-01", "until": "2026-10-07", "duty": "D15" }),
    );
    assert_eq!(page["obligations"].as_array().unwrap().len(), 7);
    for (from, until, code) in [
        ("2026-13-01", "2026-12-01", "date-wrong"),
        ("2020-01-01", "2026-01-01", "span-too-long"),
        ("2026-01-02", "2026-01-01", "date-wrong"),
        ("-9999-01-01", "9999-01-01", "date-wrong"),
    ] {
        let error = site.refused("obligations_list", json!({ "from": from, "until": until }));
        assert_eq!(error.code, code, "{from} {until}");
    }
    let elsewhere = json!({ "from": "2026-01-01", "until": "2026-01-02", "institution": "000" });
    assert_eq!(
        site.refused("obligations_list", elsewhere).code,
        "institution-unknown"
    );
}

#[test]
fn who_left_answers_for_nothing_after() {
    let site = Site::outlet();
    let start = (site.today() - Days::new(60)).to_string();
    let (_, appointment) = site.appointed("王䶮", "P10", &start);
    let holders = |day: String| {
        let page = site.call(
            "obligations_list",
            json!({ "from": day, "until": day, "duty": "D15" }),
        );
        page["obligations"][0]["holders"].clone()
    };
    assert_eq!(holders(site.day(10)), json!(["王䶮"]));
    let mut body = site.call("record_get", json!({ "id": appointment }))["body"].clone();
    body["fields"]["until"] = site.day(5).into();
    body["change"] = "调离".into();
    site.call(
        "record_save",
        json!({ "ledger": "appointment", "id": appointment, "body": body }),
    );
    assert_eq!(holders(site.day(10)), json!(["王䶮"]));
    assert_eq!(holders(site.day(2)), json!([]));
    let posts = site.call("posts_list", json!({}));
    let a = posts
        .as_array()
        .unwrap()
        .iter()
        .find(|post| post["post"] == "P10")
        .unwrap();
    assert_eq!(a["vacant"], true);
    assert_eq!(a["former"][0]["name"], "王䶮");
}
