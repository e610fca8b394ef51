//! Letters of responsibility from plan to signature.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::site::{Site, dense, files, text_of};

/// 网点A with its superior's president on record, an officer and two tellers of one name.
fn staffed() -> Site {
    let site = Site::outlet();
    let president = site.person("李㛃");
    let fields = json!({ "person": president, "post": "P06", "institution": "330100" });
    site.save("appointment", "2020-03-02", fields);
    let mut body = institution(&site);
    body["fields"]["superior"] = "330100".into();
    let id = site.call("records_list", json!({ "ledgers": ["institution"] }))["rows"][0]["id"].clone();
    site.call(
        "record_save",
        json!({ "ledger": "institution", "id": id, "body": body }),
    );
    for (name, post) in [("王䶮", "P10"), ("张伟", "P13"), ("张伟", "P13")] {
        site.appointed(name, post, "2020-03-02");
    }
    site
}

fn institution(site: &Site) -> Value {
    let row = site.call("records_list", json!({ "ledgers": ["institution"] }))["rows"][0].clone();
    site.call("record_get", json!({ "id": row["id"] }))["body"].clone()
}

fn plan(site: &Site) -> Vec<Value> {
    let plan = site.call("letters_plan", json!({}));
    plan["rows"].as_array().unwrap().clone()
}

fn of<'a>(rows: &'a [Value], post: &str) -> &'a Value {
    rows.iter().find(|row| row["post"] == post).unwrap()
}

fn args(site: &Site, appointments: &[&Value], lang: &str, merged: bool) -> Value {
    let plan = site.call("letters_plan", json!({}));
    json!({
        "year": plan["year"], "template": plan["templates"][0]["id"], "appointments": appointments, "lang": lang,
        "dir": site.path("letters"), "merged": merged,
    })
}

fn print(site: &Site, appointments: &[&Value], lang: &str, merged: bool) -> Value {
    site.call("letters_print", args(site, appointments, lang, merged))
}

#[test]
fn who_signs_with_whom_and_who_cannot_yet() {
    let site = staffed();
    let rows = plan(&site);
    for (post, a) in [("P09", "李㛃"), ("P10", "欧阳𠮷"), ("P13", "欧阳𠮷")] {
        assert_eq!(of(&rows, post)["party_a"], a, "{post}");
        assert_eq!(of(&rows, post)["state"], "missing");
    }
    // Nobody above on record: the letter is wanted, and printing says what is missing.
    let alone = Site::outlet();
    let rows = plan(&alone);
    assert_eq!(of(&rows, "P09")["party_a"], Value::Null);
    let wanted = of(&rows, "P09")["appointment"].clone();
    let error = alone.refused("letters_print", args(&alone, &[&wanted], "zh", false));
    assert_eq!(error.code, "letter-no-party-a");
    assert_eq!(error.fields["name"], "欧阳𠮷");
    assert_eq!(files(&alone.path("letters")), [""; 0]);
    assert_eq!(
        alone.call("records_list", json!({ "ledgers": ["L19"] }))["total"],
        0
    );
}

#[test]
fn printed_again_a_letter_keeps_its_number_and_equal_names_have_files_of_their_own() {
    let site = staffed();
    let rows = plan(&site);
    let all: Vec<&Value> = rows.iter().map(|row| &row["appointment"]).collect();
    let printed = print(&site, &all, "zh", false);
    let paths: BTreeSet<&str> = printed["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), all.len());
    assert_eq!(files(&site.path("letters")).len(), all.len());
    let numbers = |rows: &[Value]| -> Vec<String> {
        rows.iter()
            .map(|row| row["number"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = numbers(&plan(&site));
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), all.len());
    // In the other language, named twice: the same records, the same numbers.
    let twice: Vec<&Value> = all.iter().chain(&all).copied().collect();
    let again = print(&site, &twice, "en", false);
    assert_eq!(again["letters"], printed["letters"]);
    assert_eq!(numbers(&plan(&site)), before);
    assert_eq!(
        site.call("records_list", json!({ "ledgers": ["L19"] }))["total"],
        all.len()
    );
    let merged = print(&site, &all, "zh", true);
    assert_eq!(merged["files"].as_array().unwrap().len(), 1);
    // The number of a letter that was withdrawn is never given again.
    let last = plan(&site)
        .iter()
        .max_by_key(|row| row["number"].as_str().unwrap().to_owned())
        .unwrap()
        .clone();
    site.call(
        "record_withdraw",
        json!({ "id": last["letter"], "reason": "印坏" }),
    );
    print(&site, &[&last["appointment"]], "zh", false);
    let rows = plan(&site);
    let new = rows
        .iter()
        .find(|row| row["appointment"] == last["appointment"])
        .unwrap();
    assert_ne!(new["number"], last["number"]);
}

#[test]
fn a_letter_says_each_thing_once_and_reads_well_in_both_languages() {
    let site = staffed();
    for (post, lang) in [
        ("P09", "zh"),
        ("P09", "en"),
        ("P10", "zh"),
        ("P10", "en"),
        ("P13", "zh"),
    ] {
        let rows = plan(&site);
        let printed = print(&site, &[&of(&rows, post)["appointment"]], lang, false);
        let Some(text) = text_of(printed["files"][0]["path"].as_str().unwrap()) else {
            return;
        };
        let text = dense(&text);
        let words: &[&str] = match (post, lang) {
            ("P09", "zh") => &["每周", "全面自查", "每季度", "应急演练", "欧阳𠮷", "李㛃", "一式"],
            ("P09", "en") => &["self-check", "drill", "欧阳𠮷"],
            ("P10", "zh") => &["班前检查", "班后清场", "每月", "王䶮"],
            ("P10", "en") => &["opening", "王䶮"],
            _ => &["张伟", "柜员"],
        };
        for word in words {
            assert!(
                text.to_lowercase().contains(&word.to_lowercase()),
                "{post} {lang}: {word} in {text}"
            );
        }
        // What comes back at a frequency is said by the duty alone.
        for once in match (post, lang) {
            ("P09", "zh") => vec!["全面自查", "安全例会", "应急演练"],
            ("P10", "zh") => vec!["班前", "班后", "存储天数", "时钟校核", "联动门"],
            ("P09", "en") => vec!["self-check"],
            ("P10", "en") => vec!["interlock"],
            _ => vec![],
        } {
            assert!(
                text.matches(once).count() <= 1,
                "{post} {lang}: {once} twice in {text}"
            );
        }
    }
}

#[test]
fn a_signature_is_recorded_with_day_place_and_scan_and_no_sooner_than_it_was_printed() {
    let site = staffed();
    let missing = |site: &Site| {
        site.call("today_page", json!({}))["letters_missing"]
            .as_u64()
            .unwrap()
    };
    let before = missing(&site);
    assert_eq!(before, plan(&site).len() as u64);
    let rows = plan(&site);
    let printed = print(&site, &[&of(&rows, "P10")["appointment"]], "zh", false);
    let letter = printed["letters"][0].clone();
    assert_eq!(missing(&site), before);
    assert_eq!(of(&plan(&site), "P10")["state"], "prepared");
    assert_eq!(of(&plan(&site), "P10")["overdue"], of(&rows, "P10")["overdue"]);
    let tomorrow = (site.today() + chrono::Days::new(1)).to_string();
    for (date, code) in [
        (tomorrow.as_str(), "date-in-future"),
        ("2026-02-30", "date-wrong"),
        ("", "date-wrong"),
    ] {
        let error = site.refused("letter_signed", json!({ "letter": letter, "date": date }));
        assert_eq!(error.code, code);
    }
    let nobody = json!({ "letter": "019ab000-0000-7000-8000-000000000000", "date": site.day(0) });
    assert_eq!(site.refused("letter_signed", nobody).code, "letter-unknown");
    let scan = site.photo("签字页.jpg");
    let sign = json!({ "letter": letter, "date": site.day(0), "place": " 会议室 ", "scan": scan });
    let mut foreign = sign.clone();
    foreign["scan"]["sha256"] = "0".repeat(64).into();
    assert_eq!(site.refused("letter_signed", foreign).code, "form-refused");
    let saved = site.call("letter_signed", sign.clone());
    let moved = saved["moved"].as_array().unwrap();
    assert!(
        moved.iter().any(|key| key.as_str().unwrap().starts_with("D29")),
        "{saved}"
    );
    assert_eq!(of(&plan(&site), "P10")["state"], "signed");
    assert_eq!(missing(&site), before - 1);
    let detail = site.call("record_get", json!({ "id": letter }));
    assert_eq!(detail["body"]["fields"]["place"], "会议室");
    assert_eq!(detail["body"]["fields"]["scan"], json!([scan["sha256"]]));
    assert_eq!(detail["row"]["late"], false);
    assert_eq!(site.refused("letter_signed", sign).code, "letter-not-prepared");
    let error = site.refused(
        "letters_print",
        args(&site, &[&of(&plan(&site), "P10")["appointment"]], "zh", false),
    );
    assert_eq!(error.code, "letter-signed");
    // Signed a while ago and recorded now: late, with a reason.
    let printed = print(&site, &[&of(&plan(&site), "P09")["appointment"]], "zh", false);
    let mut late = json!({ "letter": printed["letters"][0], "date": site.day(20) });
    assert_eq!(
        site.refused("letter_signed", late.clone()).code,
        "late-reason-missing"
    );
    late["late_reason"] = "行长出差".into();
    site.call("letter_signed", late);
    let detail = site.call("record_get", json!({ "id": printed["letters"][0] }));
    assert_eq!(detail["row"]["late"], true);
}

#[test]
fn a_transfer_ends_the_letter_and_a_new_one_is_due() {
    let site = staffed();
    let rows = plan(&site);
    let row = of(&rows, "P10").clone();
    let printed = print(&site, &[&row["appointment"]], "zh", false);
    site.call(
        "letter_signed",
        json!({ "letter": printed["letters"][0], "date": site.day(0) }),
    );
    let mut body = site.call("record_get", json!({ "id": row["appointment"] }))["body"].clone();
    body["fields"]["until"] = site.day(1).into();
    body["change"] = "轮岗".into();
    let correction = json!({ "ledger": "appointment", "id": row["appointment"], "body": body });
    site.call("record_save", correction);
    let fields = json!({ "person": row["person"], "post": "P12", "institution": site.code });
    site.save("appointment", &site.day(0), fields);
    let rows = plan(&site);
    assert_eq!(of(&rows, "P10")["state"], "ended");
    let new = of(&rows, "P12");
    assert_eq!(new["state"], "missing");
    assert!(new["due"].as_str().unwrap() > site.day(0).as_str());
    assert_eq!(new["overdue"], false);
    let plan = site.call("letters_plan", json!({}));
    assert_eq!(plan["signed"], 0);
    assert_eq!(plan["wanted"].as_u64().unwrap(), rows.len() as u64 - 1);
    let printed = print(&site, &[&new["appointment"]], "zh", false);
    assert!(Path::new(printed["files"][0]["path"].as_str().unwrap()).exists());
}

#[test]
fn what_cannot_be_printed_is_told_and_leaves_no_file_and_no_record() {
    let site = staffed();
    let rows = plan(&site);
    let wanted = &of(&rows, "P10")["appointment"];
    let with = |name: &str, value: Value| {
        let mut args = args(&site, &[wanted], "zh", false);
        args[name] = value;
        site.refused("letters_print", args).code
    };
    assert_eq!(with("appointments", json!([])), "letters-none-chosen");
    assert_eq!(with("appointments", json!(["nobody"])), "letter-not-due");
    assert_eq!(
        with("appointments", json!(vec!["x"; 2001])),
        "letters-none-chosen"
    );
    assert_eq!(with("template", json!("no_such")), "letter-template-unknown");
    assert_eq!(with("year", json!(i32::MAX)), "letter-not-due");
    std::fs::write(site.path("file"), "x").unwrap();
    let code = with("dir", json!(site.path("file")));
    assert!(code.starts_with("file-"), "{code}");
    assert_eq!(files(&site.path("letters")), [""; 0]);
    assert_eq!(
        site.call("records_list", json!({ "ledgers": ["L19"] }))["total"],
        0
    );
}
