//! Every kind of field, every code.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::fixture::{Names, OUTLET, ledgered};

const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T17:00:00+08:00").unwrap()
}

fn context() -> Context<'static> {
    Context {
        now: now(),
        first_entry: None,
        directory: &Names,
    }
}

fn good() -> Value {
    json!({"title": "演练", "items": {"C41": {"verdict": "pass"}, "C42": {"verdict": "na", "remark": "无"}}})
}

fn body(occurred: &str, fields: Value) -> RecordBody {
    serde_json::from_value(json!({"occurred": occurred, "fields": fields,
        "files": [{"sha256": HASH, "name": "现场.jpg", "type": "image/jpeg", "size": 9}]}))
    .unwrap()
}

fn faults(body: &RecordBody) -> Vec<(String, String)> {
    validate_record(&ledgered(), "all", body, context())
        .into_iter()
        .map(|f| (f.path, f.code))
        .collect()
}

/// Faults of a record that is good but for one field.
fn with(field: &str, value: Value) -> Vec<(String, String)> {
    let mut fields = good();
    fields[field] = value;
    faults(&body("2026-11-23T09:30", fields))
}

#[test]
fn a_good_record_has_no_faults() {
    let mut fields = good();
    for (name, value) in [
        ("notes", json!("第一行\n第二行 䶮")),
        ("count", json!(10)),
        ("size", json!(0.5)),
        ("on", json!("2026-11-23")),
        ("until", json!("2030-01-01")),
        ("at", json!("09:05")),
        ("moment", json!("2026-11-23T09:00:00+08:00")),
        ("result", json!("abnormal")),
        ("fault", json!("无信号")),
        ("covers", json!(["normal"])),
        ("drill", json!("E03")),
        ("photo", json!([HASH])),
        ("who", json!("p1")),
        ("team", json!(["p1", "p2"])),
        ("post", json!("P1")),
        ("item", json!("f1")),
        ("place", json!(OUTLET)),
        ("identity", json!("330106199001011234")),
        ("steps", json!([{"what": "报警", "minutes": 2}, {"what": "疏散"}])),
    ] {
        fields[name] = value;
    }
    assert_eq!(faults(&body("2026-11-23T09:30:00+08:00", fields)), []);
}

#[test]
fn every_kind_tells_its_faults() {
    let table = [
        ("title", json!(""), "fields.title", "required-missing"),
        ("title", json!("  "), "fields.title", "required-missing"),
        ("title", json!(5), "fields.title", "wrong-type"),
        ("title", json!("一二三四五六𠮷"), "fields.title", "text-too-long"),
        (
            "title",
            json!("一\u{0}"),
            "fields.title",
            "text-control-character",
        ),
        ("count", json!("3"), "fields.count", "wrong-type"),
        ("count", json!(2.5), "fields.count", "wrong-type"),
        ("count", json!(-1), "fields.count", "number-too-small"),
        ("count", json!(11), "fields.count", "number-too-large"),
        ("size", json!(0.4), "fields.size", "number-too-small"),
        ("on", json!("2026-02-30"), "fields.on", "date-invalid"),
        ("on", json!("2026-11-24"), "fields.on", "date-in-future"),
        ("until", json!("2026.1.5"), "fields.until", "date-invalid"),
        ("at", json!("9:05"), "fields.at", "time-invalid"),
        ("at", json!("24:00"), "fields.at", "time-invalid"),
        (
            "moment",
            json!("2026-11-23T09:00"),
            "fields.moment",
            "date-time-invalid",
        ),
        (
            "moment",
            json!("2026-11-23T17:11:00+08:00"),
            "fields.moment",
            "date-in-future",
        ),
        ("result", json!("maybe"), "fields.result", "choice-unknown"),
        ("result", json!(["normal"]), "fields.result", "wrong-type"),
        (
            "covers",
            json!(["normal", "normal"]),
            "fields.covers",
            "too-many-items",
        ),
        ("covers", json!("normal"), "fields.covers", "wrong-type"),
        ("drill", json!("E99"), "fields.drill", "choice-unknown"),
        (
            "photo",
            json!(["f".repeat(64)]),
            "fields.photo[0]",
            "file-missing",
        ),
        ("who", json!("p9"), "fields.who", "person-unknown"),
        ("team", json!(["p1", "p9"]), "fields.team[1]", "person-unknown"),
        ("post", json!("P9"), "fields.post", "post-unknown"),
        ("item", json!("f9"), "fields.item", "facility-unknown"),
        ("place", json!("0"), "fields.place", "institution-unknown"),
        ("items", json!({}), "fields.items", "required-missing"),
        (
            "items",
            json!({"C41": {"verdict": "pass"}}),
            "fields.items.C42.verdict",
            "verdict-missing",
        ),
        (
            "items",
            json!({"C41": {"verdict": "pass"}, "C42": {"verdict": "ok"}}),
            "fields.items.C42.verdict",
            "verdict-unknown",
        ),
        (
            "items",
            json!({"C41": {"verdict": "pass"}, "C42": {}}),
            "fields.items.C42.verdict",
            "verdict-missing",
        ),
        (
            "items",
            json!({"C41": {"verdict": "pass"}, "C42": {"verdict": "pass"}, "C43": {"verdict": "pass"}}),
            "fields.items.C43",
            "checklist-item-unknown",
        ),
        ("items", json!(["C41"]), "fields.items", "wrong-type"),
        (
            "steps",
            json!([{"minutes": 2}]),
            "fields.steps[0].what",
            "required-missing",
        ),
        (
            "steps",
            json!([{"what": "甲"}, {"what": "乙", "minutes": "二"}]),
            "fields.steps[1].minutes",
            "wrong-type",
        ),
        ("steps", json!(["甲"]), "fields.steps[0]", "wrong-type"),
        (
            "steps",
            json!([{"what": "1"}, {"what": "2"}, {"what": "3"}]),
            "fields.steps",
            "too-many-items",
        ),
        ("fault", json!("不用填"), "fields.fault", "not-asked"),
        ("stranger", json!(1), "fields.stranger", "field-unknown"),
    ];
    for (field, value, path, code) in table {
        let found = with(field, value.clone());
        assert!(
            found.contains(&(path.to_owned(), code.to_owned())),
            "{field} = {value}: {found:?}"
        );
        assert!(found.len() <= 2, "{field} = {value}: {found:?}");
    }
    // Asked for only when another field says so.
    assert_eq!(
        with("result", json!("abnormal")),
        [("fields.fault".into(), "required-missing".into())]
    );
    assert_eq!(
        with("team", json!(["p1", "p1"])),
        [("fields.team[1]".into(), "item-repeated".into())]
    );
}

#[test]
fn warnings_do_not_refuse() {
    let mut fields = good();
    fields["stranger"] = json!(1);
    fields["fault"] = json!("不用填");
    let found = validate_record(&ledgered(), "all", &body("2026-11-23T09:30", fields), context());
    assert!(found.len() == 2 && found.iter().all(|f| f.severity == Severity::Warning));
}

#[test]
fn all_faults_come_in_one_pass_in_the_order_of_the_form() {
    let found = faults(&body("昨天", json!({"until": "x", "count": "x"})));
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "occurred",
            "fields.title",
            "fields.count",
            "fields.until",
            "fields.items"
        ]
    );
}

#[test]
fn the_date_of_the_act() {
    for (occurred, expected) in [
        ("2026-11-23T17:09", None),
        ("2026-11-23T17:11", Some("occurred-in-future")),
        ("2026-11-24T00:30", Some("occurred-in-future")),
        ("2026-11-23", Some("occurred-time-missing")),
        ("2026-11-23T09:30:00Z", Some("occurred-in-future")),
        ("2026-13-01", Some("date-invalid")),
        ("", Some("required-missing")),
        ("2026.11.23", Some("date-invalid")),
    ] {
        let found = faults(&body(occurred, good()));
        let codes: Vec<&str> = found.iter().map(|(_, code)| code.as_str()).collect();
        assert_eq!(codes, expected.into_iter().collect::<Vec<_>>(), "{occurred}");
    }
}

#[test]
fn a_late_entry_needs_a_reason() {
    let mut late = body("2026-11-21T09:30", good());
    assert_eq!(
        faults(&late),
        [("late.reason".into(), "late-reason-missing".into())]
    );
    late.late = Some(crate::record::Late { reason: " ".into() });
    assert_eq!(
        faults(&late),
        [("late.reason".into(), "late-reason-missing".into())]
    );
    late.late = Some(crate::record::Late {
        reason: "停电".into(),
    });
    assert_eq!(faults(&late), []);
    assert_eq!(faults(&body("2026-11-22T00:01", good())), []);
    // A correction of what was entered in time is not late.
    late.late = None;
    let first_entry = DateTime::parse_from_rfc3339("2026-11-22T23:59:00+08:00").ok();
    assert_eq!(
        validate_record(
            &ledgered(),
            "all",
            &late,
            Context {
                first_entry,
                ..context()
            }
        ),
        []
    );
}

#[test]
fn the_archive_describes_a_state_unless_a_duty_takes_it_as_proof() {
    let mut standard = ledgered();
    let old: RecordBody =
        serde_json::from_value(json!({"occurred": "2019-05-01", "fields": {"class": "X01", "code": "X-01"}}))
            .unwrap();
    assert_eq!(validate_record(&standard, "L06", &old, context()), []);
    standard.duties[0].evidence.ledger = "L06".into();
    assert_eq!(
        validate_record(&standard, "L06", &old, context())[0].code,
        "late-reason-missing"
    );
    // Classes of another group do not belong into this ledger.
    let camera: RecordBody =
        serde_json::from_value(json!({"occurred": "2026-11-23", "fields": {"class": "J01", "code": "J-01"}}))
            .unwrap();
    assert_eq!(
        validate_record(&standard, "L06", &camera, context())[0].code,
        "choice-unknown"
    );
}

#[test]
fn what_is_not_known_here_may_be_known_elsewhere() {
    let mut fields = good();
    fields["who"] = json!("p9");
    let context = Context {
        directory: &crate::directory::NoDirectory,
        ..context()
    };
    assert_eq!(
        validate_record(&ledgered(), "all", &body("2026-11-23T09:30", fields), context),
        []
    );
}

#[test]
fn files_and_withdrawals() {
    let mut body = body("2026-11-23T09:30", good());
    body.files.push(body.files[0].clone());
    body.files.push(crate::record::Attachment {
        sha256: "XYZ".into(),
        name: String::new(),
        ..body.files[0].clone()
    });
    body.withdrawn = true;
    let codes: Vec<String> = faults(&body).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        codes,
        [
            "file-repeated",
            "file-hash-invalid",
            "file-name-missing",
            "withdrawal-reason-missing"
        ]
    );
    assert_eq!(
        validate_record(&ledgered(), "L99", &body, context())[0].code,
        "ledger-unknown"
    );
}

#[test]
fn typing_is_read_as_it_is_meant() {
    let typed = body(
        "2026.11.23 9：30",
        json!({"title": "　演练 ", "count": "１０", "size": " 1.5 ", "on": "2026年1月5日", "until": "2026/1/5", "at": "9:05",
            "moment": "2026-11-23 09：00", "notes": "\n一\r\n二  ", "who": "", "result": null, "fault": "  ",
            "steps": [{"what": " 甲 ", "minutes": "2"}, {"what": ""}], "stranger": " 留 "}),
    );
    let read = normalise(&ledgered(), "all", &typed);
    assert_eq!(read.occurred, "2026-11-23T09:30");
    assert_eq!(
        Value::Object(read.fields.clone()),
        json!({"title": "演练", "count": 10, "size": 1.5, "on": "2026-01-05", "until": "2026-01-05", "at": "09:05",
            "moment": "2026-11-23T09:00:00+08:00", "notes": "一\n二", "steps": [{"what": "甲", "minutes": 2}],
            "stranger": " 留 "})
    );
    assert_eq!(normalise(&ledgered(), "all", &read), read);
    // What cannot be read stays for its author to see.
    assert_eq!(
        normalise(&ledgered(), "all", &body("昨天", json!({"on": "五月"}))).fields["on"],
        json!("五月")
    );
}

#[test]
fn dates_and_times_as_typed() {
    for (typed, read) in [
        ("2026-1-5", Some("2026-01-05")),
        ("２０２６．０１．０５", Some("2026-01-05")),
        ("2026。1。5", Some("2026-01-05")),
        ("20260105", Some("2026-01-05")),
        ("2026年1月5号", Some("2026-01-05")),
        ("2026.2.30", None),
        ("26.1.5", None),
        ("1.5.2026", None),
        ("2026.1", None),
        ("2026.1.5.6", None),
        ("", None),
        ("𠮷", None),
    ] {
        assert_eq!(
            read_date(typed).map(|d| d.to_string()).as_deref(),
            read,
            "{typed}"
        );
    }
    for (typed, read) in [
        ("9:05", Some("09:05")),
        ("0905", Some("09:05")),
        ("9时5分", Some("09:05")),
        ("24:00", None),
        ("9:60", None),
        ("９：０５", Some("09:05")),
        ("九点", None),
        ("一二", None),
    ] {
        assert_eq!(read_time(typed).as_deref(), read, "{typed}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[0-9０-９:：.年月日T -]{0,14}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("C41|C42|verdict|what|minutes|[a-z]{1,3}", inner, 0..4)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_breaks_the_rules_and_reading_twice_is_reading_once(
        occurred in "\\PC{0,20}",
        values in prop::collection::vec(any_json(), 21),
    ) {
        let standard = ledgered();
        let names: Vec<String> = standard.ledgers[0].fields.iter().map(|f| f.id.clone()).collect();
        let fields: Value = names.into_iter().zip(values).collect::<serde_json::Map<_, _>>().into();
        let body = body(&occurred, fields);
        let _ = validate_record(&standard, "all", &body, context());
        let read = normalise(&standard, "all", &body);
        prop_assert_eq!(normalise(&standard, "all", &read), read.clone());
        let _ = crate::projection::project(&standard, "all", &read, &Names);
    }
}
