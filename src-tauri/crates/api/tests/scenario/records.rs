//! Every ledger of the standard through its whole life: saved, found, corrected, printed, withdrawn.

use safety_domain::standard::FieldKind;
use serde_json::{Map, Value, json};

use crate::forms::{Extent, fill, just_now};
use crate::site::{Site, base64_of, dense, record, text_of};

/// Saves a filled form and gives the answer.
fn save(site: &Site, ledger: &str, extent: Extent) -> Value {
    let definition = site.standard.ledger(ledger).unwrap();
    let filled = fill(site, definition, Map::new(), extent);
    let args = json!({
        "ledger": ledger,
        "body": { "occurred": just_now(site, definition), "fields": filled.fields, "files": filled.files },
    });
    let checked = site.call("record_check", args.clone());
    assert_eq!(checked["faults"], json!([]), "{ledger}");
    site.call("record_save", args)
}

/// Ledgers that this institution may add to.
fn books(site: &Site, level: &str) -> Vec<String> {
    site.standard
        .ledgers
        .iter()
        .filter(|ledger| ledger.levels.iter().any(|l| json!(l) == level))
        .filter(|ledger| ledger.id != "institution")
        .map(|ledger| ledger.id.clone())
        .collect()
}

#[test]
fn every_book_is_saved_with_what_it_must_have_and_with_everything() {
    for (site, level) in [(Site::outlet(), "outlet"), (Site::sub_branch(), "sub_branch")] {
        for ledger in books(&site, level) {
            let single = site.standard.ledger(&ledger).unwrap().single;
            let short = save(&site, &ledger, Extent::Required);
            if single {
                site.call("record_withdraw", json!({ "id": short["id"], "reason": "重建" }));
            }
            let long = save(&site, &ledger, Extent::All);
            let detail = site.call("record_get", json!({ "id": long["id"] }));
            assert_eq!(detail["row"]["exchange"], "saved", "{ledger}");
            if single {
                let definition = site.standard.ledger(&ledger).unwrap();
                let filled = fill(&site, definition, Map::new(), Extent::Required);
                let again = record(
                    &ledger,
                    &just_now(&site, definition),
                    Value::Object(filled.fields),
                );
                assert_eq!(
                    site.refused("record_save", again).code,
                    "ledger-single",
                    "{ledger}"
                );
            }
            life_of(&site, &ledger, long["id"].as_str().unwrap());
        }
        let verified = site.call("verify", json!({}));
        assert_eq!(verified["differences"], json!([]));
    }
}

/// Listed, sorted, filtered, corrected, conflicting, withdrawn.
fn life_of(site: &Site, ledger: &str, id: &str) {
    let definition = site.standard.ledger(ledger).unwrap();
    let list = |query: Value| {
        let mut args = json!({ "ledgers": [ledger] });
        args.as_object_mut()
            .unwrap()
            .extend(query.as_object().unwrap().clone());
        site.call("records_list", args)
    };
    let has = |page: &Value| page["rows"].as_array().unwrap().iter().any(|row| row["id"] == id);
    let detail = site.call("record_get", json!({ "id": id }));
    let class = detail["body"]["fields"]["class"].as_str().map(str::to_owned);
    let fields = site.standard.fields(definition, class.as_deref());
    let total = list(json!({}))["total"].clone();
    for key in [
        "occurred",
        "recorded",
        "title",
        "due",
        "author",
        "institution",
        "ledger",
    ]
    .into_iter()
    .chain(
        fields
            .iter()
            .filter(|field| field.column.is_some())
            .map(|field| field.id.as_str()),
    ) {
        for sort in [key.to_owned(), format!("-{key}")] {
            let page = list(json!({ "sort": sort }));
            assert_eq!(page["total"], total, "{ledger} by {sort}");
            assert!(has(&page), "{ledger} by {sort}");
        }
    }
    for field in &fields {
        let value = &detail["body"]["fields"][&field.id];
        let wanted = match field.kind {
            FieldKind::SelectOne => value.as_str(),
            FieldKind::SelectMultiple => value[0].as_str(),
            _ => continue,
        };
        let Some(wanted) = wanted else { continue };
        let page = list(json!({ "fields": { field.id.as_str(): wanted } }));
        assert!(has(&page), "{ledger} {} {wanted}", field.id);
        let page = list(json!({ "fields": { field.id.as_str(): "no-such-choice" } }));
        assert_eq!(page["total"], 0, "{ledger} {}", field.id);
    }
    // Sensitive values are in no list and are not found.
    for field in fields.iter().filter(|field| field.sensitive) {
        let value = detail["body"]["fields"][&field.id].as_str().unwrap();
        let page = list(json!({ "ids": [id] }));
        let shown = page["rows"][0]["fields"][&field.id].as_str().unwrap();
        assert!(
            shown != value && shown.contains('*'),
            "{ledger} {}: {shown}",
            field.id
        );
    }
    let mut body = detail["body"].clone();
    body["change"] = "更正".into();
    let first = detail["versions"][0]["reference"].clone();
    let correction = json!({ "ledger": ledger, "id": id, "base": [first], "body": body });
    site.call("record_save", correction.clone());
    let error = site.refused("record_save", correction);
    assert_eq!(error.code, "record-changed", "{ledger}");
    assert!(
        !error.fields["author"].is_empty() && error.fields.contains_key("at"),
        "{ledger}"
    );
    let detail = site.call("record_get", json!({ "id": id }));
    assert_eq!(detail["versions"].as_array().unwrap().len(), 2, "{ledger}");
    if definition.role.is_none() && !definition.single {
        assert_eq!(
            site.refused("record_withdraw", json!({ "id": id, "reason": "  " }))
                .code,
            "reason-missing"
        );
        site.call("record_withdraw", json!({ "id": id, "reason": "录错" }));
        assert!(!has(&list(json!({}))), "{ledger}");
        assert!(has(&list(json!({ "withdrawn": true }))), "{ledger}");
        let error = site.refused("record_withdraw", json!({ "id": id, "reason": "录错" }));
        assert_eq!(error.code, "record-withdrawn");
    }
}

#[test]
fn every_book_is_printed_in_both_languages() {
    let site = Site::outlet();
    for ledger in books(&site, "outlet") {
        let definition = site.standard.ledger(&ledger).unwrap().clone();
        let saved = save(&site, &ledger, Extent::All);
        for lang in ["zh", "en"] {
            site.call("settings_set", json!({ "lang": lang, "lock_after_minutes": 10 }));
            let sheet = site.path(&format!("{ledger}-{lang}.pdf"));
            site.call("record_print", json!({ "id": saved["id"], "path": sheet }));
            let book = site.path(&format!("{ledger}-{lang}-book.pdf"));
            let query = json!({ "ledgers": [ledger] });
            site.call("ledger_print", json!({ "query": query, "path": book }));
            let title = if lang == "zh" {
                &definition.title.zh
            } else {
                &definition.title.en
            };
            for path in [&sheet, &book] {
                let Some(text) = text_of(path.to_str().unwrap()) else {
                    return;
                };
                let text = dense(&text);
                assert!(text.contains(&dense(title)), "{ledger} {title} in {text}");
                assert!(text.contains("欧阳𠮷"), "{ledger} {lang}");
                for hole in ["print.", "null", "undefined", "{"] {
                    assert!(!text.contains(hole), "{ledger} {lang} {hole} in {text}");
                }
                for field in definition.fields.iter().filter(|field| field.sensitive) {
                    let secret = "𠮷㛃䶮值班登记五";
                    let shown = text.matches(secret).count();
                    let plain = definition
                        .fields
                        .iter()
                        .filter(|f| f.kind == FieldKind::Text && !f.sensitive)
                        .count();
                    assert!(shown <= plain * 2 + 4, "{ledger} {}", field.id);
                }
            }
        }
    }
}

#[test]
fn an_identity_number_is_masked_in_lists_search_and_on_paper() {
    let site = Site::outlet();
    let number = "330106199001011234";
    let fields = json!({ "name": "张三", "company": "电梯公司", "purpose": "检修", "identity": number });
    let occurred = just_now(&site, site.standard.ledger("L14").unwrap());
    let id = site.save("L14", &occurred, fields);
    let page = site.call("records_list", json!({ "ledgers": ["L14"] }));
    assert!(!page.to_string().contains(number));
    assert!(
        page["rows"][0]["fields"]["identity"]
            .as_str()
            .unwrap()
            .starts_with("330***")
    );
    for text in [number, "19900101", "1234"] {
        let page = site.call("records_list", json!({ "ledgers": [], "text": text }));
        assert_eq!(page["total"], 0, "{text}");
    }
    let (sheet, book) = (site.path("a.pdf"), site.path("b.pdf"));
    site.call("record_print", json!({ "id": id, "path": sheet }));
    site.call(
        "ledger_print",
        json!({ "query": { "ledgers": ["L14"] }, "path": book }),
    );
    for path in [sheet, book] {
        if let Some(text) = text_of(path.to_str().unwrap()) {
            assert!(!text.contains("19900101"), "{text}");
        }
    }
}

#[test]
fn a_late_entry_says_why_and_keeps_its_label() {
    let site = Site::outlet();
    let occurred = site.day(5);
    let fields = json!({ "kind": "outlet_meeting", "agenda": "节前部署" });
    let error = site.refused("record_save", record("L18", &occurred, fields.clone()));
    assert_eq!(error.code, "form-refused");
    assert_eq!(error.faults[0].code, "late-reason-missing");
    let mut args = record("L18", &occurred, fields);
    args["body"]["late"] = json!({ "reason": "  " });
    assert_eq!(site.refused("record_save", args.clone()).code, "form-refused");
    args["body"]["late"] = json!({ "reason": "停电" });
    let saved = site.call("record_save", args.clone());
    let late = site.call("records_list", json!({ "ledgers": ["L18"], "late": true }));
    assert_eq!(late["total"], 1);
    assert_eq!(late["rows"][0]["late"], true);
    // A correction does not take the label away.
    let mut body = site.call("record_get", json!({ "id": saved["id"] }))["body"].clone();
    body["late"] = Value::Null;
    body["change"] = "更正".into();
    let correction = json!({ "ledger": "L18", "id": saved["id"], "body": body });
    assert_eq!(site.refused("record_save", correction).code, "form-refused");
    // In time there is nothing to excuse.
    args["body"]["occurred"] = site.day(0).into();
    let saved = site.call("record_save", args);
    let detail = site.call("record_get", json!({ "id": saved["id"] }));
    assert_eq!(detail["row"]["late"], false);
    let path = site.path("late.pdf");
    site.call(
        "ledger_print",
        json!({ "query": { "ledgers": ["L18"] }, "path": path }),
    );
    if let Some(text) = text_of(path.to_str().unwrap()) {
        let text = dense(&text);
        assert_eq!(text.matches("补录").count(), 1, "{text}");
        // Dates are not broken in two.
        assert!(text.contains(&occurred), "{text}");
    }
}

#[test]
fn odd_contents_are_refused_with_their_place() {
    let site = Site::outlet();
    let today = site.day(0);
    for (fields, path, code) in [
        (
            json!({ "kind": "outlet_meeting", "agenda": "\u{0}" }),
            "fields.agenda",
            "text-control-character",
        ),
        (
            json!({ "kind": "outlet_meeting", "agenda": "长".repeat(100_000) }),
            "fields.agenda",
            "text-too-long",
        ),
        (
            json!({ "kind": "outlet_meeting", "agenda": 7 }),
            "fields.agenda",
            "wrong-type",
        ),
        (
            json!({ "kind": ["outlet_meeting"], "agenda": "议程" }),
            "fields.kind",
            "wrong-type",
        ),
        (
            json!({ "kind": "no_such", "agenda": "议程" }),
            "fields.kind",
            "choice-unknown",
        ),
        (json!({ "agenda": "议程" }), "fields.kind", "required-missing"),
        (
            json!({ "kind": "outlet_meeting", "agenda": "   " }),
            "fields.agenda",
            "required-missing",
        ),
    ] {
        let error = site.refused("record_save", record("L18", &today, fields));
        assert_eq!(error.code, "form-refused");
        assert!(
            error
                .faults
                .iter()
                .any(|fault| fault.path == path && fault.code == code),
            "{path} {code} in {:?}",
            error.faults
        );
    }
    // Unknown fields are kept, but not without end.
    let flood = json!({ "kind": "outlet_meeting", "agenda": "议程", "x": "x".repeat(70_000) });
    assert_eq!(
        site.refused("record_save", record("L18", &today, flood)).code,
        "entry-too-long"
    );
    let tomorrow = (site.today() + chrono::Days::new(1)).to_string();
    let fine = json!({ "kind": "outlet_meeting", "agenda": "议程" });
    for occurred in [tomorrow.as_str(), "2026-02-30", "", "'; DROP TABLE records; --"] {
        let error = site.refused("record_save", record("L18", occurred, fine.clone()));
        assert_eq!(error.faults[0].path, "occurred", "{occurred}");
    }
    for (ledger, code) in [
        ("L99", "ledger-unknown"),
        ("", "ledger-unknown"),
        ("../L18", "ledger-unknown"),
    ] {
        assert_eq!(
            site.refused("record_save", record(ledger, &today, fine.clone()))
                .code,
            code
        );
    }
    let superior = Site::sub_branch();
    let daily = record(
        "L07",
        &format!("{today}T00:00"),
        json!({ "phase": "opening", "result": "normal" }),
    );
    assert_eq!(
        superior.refused("record_save", daily).code,
        "ledger-of-other-level"
    );
    assert_eq!(
        site.call("records_list", json!({ "ledgers": ["L18"] }))["total"],
        0
    );
}

#[test]
fn odd_questions_of_a_list_are_answered_or_refused() {
    let site = Site::outlet();
    site.save(
        "L18",
        &site.day(0),
        json!({ "kind": "outlet_meeting", "agenda": "防火、防盗 100%_" }),
    );
    let list = |query: Value| site.try_call("records_list", query).map_err(|error| error.code);
    for (query, code) in [
        (json!({ "from": "2026-13-01" }), "date-wrong"),
        (json!({ "until": "yesterday" }), "date-wrong"),
        (json!({ "due_before": "1" }), "date-wrong"),
        (json!({ "sort": "'; DROP TABLE records" }), "query-invalid"),
        (json!({ "fields": { "a'b": "x" } }), "query-invalid"),
        (json!({ "ids": ["x"] }), "record-unknown"),
        (json!({ "exchange": "sent" }), "arguments-wrong"),
        (json!({ "limit": -1 }), "arguments-wrong"),
    ] {
        assert_eq!(list(query.clone()).unwrap_err(), code, "{query}");
    }
    for text in [
        "防火",
        "防盗",
        "100%_",
        "火",
        "%",
        "_",
        "\"",
        "*",
        "' OR 1=1 --",
        "\u{0}",
        "NEAR(",
        "𠮷",
    ] {
        let page = list(json!({ "ledgers": ["L18"], "text": text })).unwrap();
        let expected = u64::from(["防火", "防盗", "100%_", "火"].contains(&text));
        assert!(page["total"].as_u64().unwrap() >= expected, "{text}");
    }
    assert_eq!(
        list(json!({ "text": "安".repeat(100_000) })).unwrap_err(),
        "text-too-long"
    );
    assert_eq!(list(json!({ "text": "安全".repeat(100) })).unwrap()["total"], 0);
    let far = list(json!({ "offset": u32::MAX, "limit": u32::MAX })).unwrap();
    assert_eq!(far["rows"], json!([]));
}

#[test]
fn drafts_belong_to_whoever_typed_them() {
    let site = Site::outlet();
    site.user("b", "staff");
    let content = json!({ "occurred": "", "fields": { "agenda": "半句" } });
    let draft = site.call("draft_save", json!({ "ledger": "L18", "content": content }));
    let again = json!({ "id": draft["id"], "ledger": "L18", "content": { "fields": { "agenda": "一句" } } });
    site.call("draft_save", again.clone());
    let drafts = site.call("drafts_list", json!({}));
    assert_eq!(drafts.as_array().unwrap().len(), 1);
    assert_eq!(drafts[0]["content"]["fields"]["agenda"], "一句");
    assert_eq!(
        site.call("today_page", json!({}))["drafts"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    site.sign_in("b");
    assert_eq!(site.call("drafts_list", json!({})), json!([]));
    assert_eq!(site.refused("draft_save", again).code, "draft-of-other-user");
    let id = json!({ "id": draft["id"] });
    assert_eq!(
        site.refused("draft_discard", id.clone()).code,
        "draft-of-other-user"
    );
    let fine = json!({ "kind": "outlet_meeting", "agenda": "议程" });
    let mut args = record("L18", &site.day(0), fine);
    args["draft"] = draft["id"].clone();
    assert_eq!(
        site.refused("record_save", args.clone()).code,
        "draft-of-other-user"
    );
    assert_eq!(
        site.call("records_list", json!({ "ledgers": ["L18"] }))["total"],
        0
    );
    site.sign_in("head");
    site.call("record_save", args);
    assert_eq!(site.call("drafts_list", json!({})), json!([]));
    site.call("draft_discard", id);
    let large = json!({ "ledger": "L18", "content": "x".repeat(2_000_000) });
    assert_eq!(site.refused("draft_save", large).code, "draft-too-large");
}

#[test]
fn attachments_come_back_byte_by_byte_under_a_plain_name() {
    let site = Site::outlet();
    let bytes: Vec<u8> = (0..300_000u32).map(|n| (n * 31 % 251) as u8).collect();
    let path = site.path("现场 𠮷.JPG");
    std::fs::write(&path, &bytes).unwrap();
    let file = site.call("attachment_add", json!({ "path": path }));
    assert_eq!(file["name"], "现场 𠮷.JPG");
    assert_eq!(file["type"], "image/jpeg");
    assert_eq!(file["size"], 300_000);
    let fields = json!({ "kind": "outlet_meeting", "agenda": "议程" });
    let mut args = record("L18", &site.day(0), fields);
    args["body"]["files"] = json!([file]);
    let saved = site.call("record_save", args.clone());
    let detail = site.call("record_get", json!({ "id": saved["id"] }));
    assert_eq!(detail["row"]["files"], 1);
    let copy = site.path("copy.jpg");
    let export = |path: &std::path::Path| json!({ "sha256": file["sha256"], "path": path });
    site.call("attachment_export", export(&copy));
    assert_eq!(std::fs::read(&copy).unwrap(), bytes);
    assert_eq!(
        site.call("attachment_get", json!({ "sha256": file["sha256"] }))["base64"],
        base64_of(&bytes)
    );
    // What is not in the store cannot be named in a record.
    args["body"]["files"][0]["sha256"] = "0".repeat(64).into();
    assert_eq!(
        site.refused("record_save", args).faults[0].code,
        "attachment-missing"
    );
    for sha in ["0".repeat(64).as_str(), "x", ""] {
        assert_eq!(
            site.refused("attachment_get", json!({ "sha256": sha })).code,
            "attachment-missing"
        );
    }
    let add = |name: &str, base64: &str| {
        site.try_call(
            "attachment_add_bytes",
            json!({ "name": name, "media_type": "text/html", "base64": base64 }),
        )
    };
    assert_eq!(add("x.txt", "").unwrap_err().code, "attachment-empty");
    assert_eq!(add("x.txt", "no base64!").unwrap_err().code, "arguments-wrong");
    for (name, plain) in [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\照片.png", "照片.png"),
        (".bashrc", "bashrc"),
        ("a\u{0}b\n.pdf", "ab.pdf"),
        ("..", "file"),
        ("", "file"),
    ] {
        assert_eq!(add(name, "AA==").unwrap()["name"], plain, "{name:?}");
    }
    let long = add(&format!("{}.pdf", "长".repeat(5000)), "AA==").unwrap();
    assert!(long["name"].as_str().unwrap().chars().count() <= 80);
    assert_eq!(long["type"], "application/pdf");
    std::fs::write(site.path("empty.pdf"), "").unwrap();
    for (name, code) in [
        ("empty.pdf", "attachment-empty"),
        ("nothing.pdf", "file-not-found"),
        (".", "path-not-a-file"),
    ] {
        let error = site.refused("attachment_add", json!({ "path": site.path(name) }));
        assert_eq!(error.code, code, "{name}");
    }
}

#[test]
fn facilities_are_named_in_the_language_of_the_window() {
    let site = Site::outlet();
    let facility = site.facility();
    let fields = json!({
        "description": "压力不足", "grade": "general", "deadline": site.day(20), "owner": site.head(),
        "state": "registered", "facility": facility,
    });
    let hazard = site.save("L09", &site.day(0), fields);
    for (lang, name) in [("zh", "灭火器"), ("en", "Extinguisher")] {
        let mut settings = site.call("settings_get", json!({}));
        settings["lang"] = lang.into();
        site.call("settings_set", settings);
        let detail = site.call("record_get", json!({ "id": hazard }));
        let found = site.call("lookup", json!({ "kind": "facility", "text": "X01" }));
        for told in [&detail["names"][&facility], &found[0]["label"]] {
            assert!(told.as_str().unwrap().contains(name), "{lang}: {told}");
        }
    }
}
