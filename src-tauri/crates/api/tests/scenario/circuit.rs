//! 网点A and 支行: enrolled, bundles up, receipts back, and the same numbers wherever they are shown.

use serde_json::{Value, json};

use crate::site::{Site, files};

/// Request, comparison by voice, approval, acceptance.
pub fn enrol(superior: &Site, outlet: &Site) {
    let dir = superior.path("enrolment");
    // A stick that is not plugged in is not made up.
    assert_eq!(
        outlet.refused("enrol_request", json!({ "dir": dir })).code,
        "place-gone"
    );
    std::fs::create_dir(&dir).unwrap();
    let request = outlet.call("enrol_request", json!({ "dir": dir }));
    let review = superior.call("enrol_review", json!({ "path": request["path"] }));
    assert_eq!(review["kind"], "request");
    assert_eq!(review["fingerprint"], request["fingerprint"]);
    let approve =
        |fingerprint: &Value| json!({ "path": request["path"], "fingerprint": fingerprint, "dir": dir });
    let error = superior.refused("enrol_approve", approve(&json!("00000 00000 00000")));
    assert_eq!(error.code, "enrol-fingerprint-differs");
    let approval = superior.call("enrol_approve", approve(&request["fingerprint"]));
    let accept = |fingerprint: &Value| json!({ "path": approval["path"], "fingerprint": fingerprint });
    let error = outlet.refused("enrol_accept", accept(&request["fingerprint"]));
    assert_eq!(error.code, "enrol-fingerprint-differs");
    let status = outlet.call("enrol_accept", accept(&approval["fingerprint"]));
    assert_eq!(status["up"]["enrolled"], true);
    assert_eq!(status["up"]["receipted"], 0);
}

fn export(outlet: &Site, dir: &std::path::Path) -> Value {
    outlet.call("bundle_export", json!({ "dir": dir }))
}

fn import(site: &Site, path: &Value) -> Value {
    site.call("bundle_import", json!({ "path": path }))
}

/// The sentence about what the superior holds counts what the lists show.
fn held_equals_lists(site: &Site) -> Value {
    let held = site.call("exchange_status", json!({}))["up"].clone();
    let count = |state: &str| {
        let page = site.call("records_list", json!({ "exchange": state, "limit": 500 }));
        for row in page["rows"].as_array().unwrap() {
            assert_eq!(row["exchange"], state);
        }
        assert_eq!(page["total"], page["rows"].as_array().unwrap().len());
        page["total"].as_u64().unwrap()
    };
    assert_eq!(held["records_saved"], count("saved"));
    assert_eq!(held["records_bundled"], count("bundled"));
    let all = site.call("records_list", json!({}))["total"].as_u64().unwrap();
    assert_eq!(
        all,
        count("saved") + count("bundled") + count("receipted") + count("received")
    );
    let size = held["size"].as_u64().unwrap();
    assert_eq!(held["not_receipted"], size - held["receipted"].as_u64().unwrap());
    assert_eq!(site.call("today_page", json!({}))["exchange"], held);
    held
}

fn meeting(site: &Site, agenda: &str) -> String {
    site.save(
        "L18",
        &site.day(0),
        json!({ "kind": "outlet_meeting", "agenda": agenda }),
    )
}

#[test]
fn bundles_go_up_receipts_come_back_and_nothing_is_called_sent_before() {
    let (superior, outlet) = (Site::sub_branch(), Site::outlet());
    std::fs::create_dir(outlet.path("stick")).unwrap();
    let error = outlet.refused("bundle_export", json!({ "dir": outlet.path("stick") }));
    assert_eq!(error.code, "superior-missing");
    enrol(&superior, &outlet);
    // The tree is known on both sides.
    let own = outlet.call("records_list", json!({ "ledgers": ["institution"] }));
    assert_eq!(own["rows"][0]["fields"]["superior"], "330100");
    let id = meeting(&outlet, "第一次");
    let held = held_equals_lists(&outlet);
    assert_eq!(
        (&held["bundled"], &held["records_bundled"]),
        (&json!(0), &json!(0))
    );

    let stick = outlet.path("stick");
    let bundle = export(&outlet, &stick);
    let held = held_equals_lists(&outlet);
    assert_eq!(held["bundled"], bundle["end"]);
    assert_eq!(held["receipted"], 0);
    let state = |id: &str| outlet.call("record_get", json!({ "id": id }))["row"]["exchange"].clone();
    assert_eq!(state(&id), "bundled");

    let imported = import(&superior, &bundle["path"]);
    assert_eq!(imported["outcomes"][0]["outcome"], "imported", "{imported}");
    assert_eq!(imported["outcomes"][0]["held"], bundle["end"]);
    let again = import(&superior, &bundle["path"]);
    assert_eq!(again["outcomes"][0]["outcome"], "repeated");
    assert_eq!(again["outcomes"][0]["new_entries"], 0);
    assert_eq!(state(&id), "bundled");

    // A whole folder, with the outlet's own bundle in it, at the outlet.
    let back = import(&outlet, &json!(stick));
    let outcomes: Vec<&str> = back["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| outcome["outcome"].as_str().unwrap())
        .collect();
    assert!(
        outcomes.contains(&"receipts") && !outcomes.contains(&"refused"),
        "{back}"
    );
    assert_eq!(back["replies"], json!([]));
    // Read once more, nothing is new and nobody is answered.
    assert_eq!(import(&outlet, &json!(stick))["replies"], json!([]));
    assert_eq!(state(&id), "receipted");
    let held = held_equals_lists(&outlet);
    assert_eq!(held["not_receipted"], 0);
    assert_eq!(held["records_saved"], 0);

    // Corrected, the record is no longer all there at the superior.
    let mut body = outlet.call("record_get", json!({ "id": id }))["body"].clone();
    body["change"] = "更正".into();
    outlet.call("record_save", json!({ "ledger": "L18", "id": id, "body": body }));
    assert_eq!(state(&id), "saved");
    assert_eq!(held_equals_lists(&outlet)["records_saved"], 1);

    let kinds = |site: &Site| -> Vec<String> {
        let history = site.call("exchange_history", json!({}));
        let rows = history.as_array().unwrap().iter();
        rows.map(|row| row["kind"].as_str().unwrap().to_owned()).collect()
    };
    for (site, wanted) in [
        (&outlet, ["export", "receipt", "enrol"]),
        (&superior, ["import", "reply", "enrol"]),
    ] {
        let kinds = kinds(site);
        for kind in wanted {
            assert!(kinds.iter().any(|found| found == kind), "{kind} in {kinds:?}");
        }
        assert!(!kinds.iter().any(|kind| kind == "refusal"), "{kinds:?}");
        held_equals_lists(site);
    }
    // The superior corrects nobody's records.
    let theirs = superior.call("record_get", json!({ "id": id }));
    assert_eq!(theirs["row"]["exchange"], "received");
    assert_eq!(theirs["editable"], false);
    let mut body = theirs["body"].clone();
    body["change"] = "代改".into();
    let error = superior.refused("record_save", json!({ "ledger": "L18", "id": id, "body": body }));
    assert_eq!(error.code, "record-of-other-institution");
    let error = superior.refused("record_withdraw", json!({ "id": id, "reason": "x" }));
    assert_eq!(error.code, "record-of-other-institution");
}

#[test]
fn an_export_without_news_a_resent_range_and_a_wrong_start() {
    let (superior, outlet) = (Site::sub_branch(), Site::outlet());
    enrol(&superior, &outlet);
    let stick = outlet.path("stick");
    std::fs::create_dir(&stick).unwrap();
    let first = export(&outlet, &stick);
    import(&superior, &first["path"]);
    import(&outlet, &json!(stick));
    let again = outlet.call("bundle_export", json!({ "dir": stick, "from": 0 }));
    assert_eq!(again["start"], 0);
    assert_eq!(
        import(&superior, &again["path"])["outcomes"][0]["outcome"],
        "repeated"
    );
    let error = outlet.refused("bundle_export", json!({ "dir": stick, "from": 1_000_000 }));
    assert_eq!(error.code, "export-start-behind-end");
    // A bundle for the superior is nobody else's.
    let stranger = Site::new("sub_branch", "330200", "城西支行", "王五", "P06");
    let refused = import(&stranger, &first["path"]);
    assert_eq!(refused["outcomes"][0]["outcome"], "refused");
    assert_eq!(refused["replies"], json!([]));
    let history = stranger.call("exchange_history", json!({}));
    assert_eq!(history[0]["kind"], "refusal");
    assert_eq!(history[0]["code"], refused["outcomes"][0]["code"]);
    let empty = superior.path("empty");
    std::fs::create_dir(&empty).unwrap();
    assert_eq!(
        superior.refused("bundle_import", json!({ "path": empty })).code,
        "no-bundles"
    );
    let nothing = superior.path("nothing");
    assert_eq!(
        superior.refused("bundle_import", json!({ "path": nothing })).code,
        "file-not-found"
    );
    assert!(files(&stick).iter().all(|name| !name.ends_with(".part")));
}

#[test]
fn numbers_of_the_overview_are_those_of_the_lists_behind_them() {
    let (superior, outlet) = (Site::sub_branch(), Site::outlet());
    enrol(&superior, &outlet);
    // The outlet names its superior's president; the superior knows better who that is.
    let president = outlet.person("李㛃");
    let fields = json!({ "person": president, "post": "P06", "institution": "330100" });
    outlet.save("appointment", "2020-03-02", fields);
    outlet.appointed("王䶮", "P10", "2020-03-02");
    let owner = outlet.head();
    let ahead = (outlet.today() + chrono::Days::new(9)).to_string();
    for (deadline, state) in [
        (outlet.day(3), "notified"),
        (outlet.day(0), "notified"),
        (ahead, "notified"),
        (outlet.day(9), "closed"),
    ] {
        let fields = json!({
            "description": "灭火器压力不足", "grade": "general", "deadline": deadline, "owner": owner, "state": state,
        });
        outlet.save("L09", &outlet.day(0), fields);
    }
    std::fs::create_dir(outlet.path("stick")).unwrap();
    let bundle = export(&outlet, &outlet.path("stick"));
    import(&superior, &bundle["path"]);

    for span in [
        json!({}),
        json!({ "from": superior.day(20), "until": superior.day(0) }),
    ] {
        let overview = superior.call("overview", span.clone());
        let rows = overview["outlets"].as_array().unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        let of = json!(["330100001"]);
        let count = |query: Value| {
            let mut args = json!({ "ledgers": ["L09"], "institutions": of });
            args.as_object_mut()
                .unwrap()
                .extend(query.as_object().unwrap().clone());
            superior.call("records_list", args)["total"].clone()
        };
        assert_eq!(row["hazards_open"], 3);
        assert_eq!(row["hazards_open"], count(json!({ "open": true })));
        assert_eq!(row["hazards_overdue"], 1);
        assert_eq!(
            row["hazards_overdue"],
            count(json!({ "due_before": superior.day(0) }))
        );
        let from = overview["from"].as_str().unwrap();
        let until = span["until"]
            .as_str()
            .unwrap_or(overview["date"].as_str().unwrap());
        let owed = |states: &[&str]| {
            let page = superior.call(
                "obligations_list",
                json!({ "from": from, "until": until, "institution": "330100001", "states": states }),
            );
            page["obligations"].as_array().unwrap().len()
        };
        assert_eq!(row["overdue"], owed(&["overdue"]));
        assert_eq!(row["missing_duties"], owed(&["overdue", "missed"]));
        assert_eq!(row["done"], owed(&["done"]));
        assert_eq!(row["late"], owed(&["done_late"]));
        let plan = superior.call("letters_plan", json!({ "institution": "330100001" }));
        assert_eq!(row["letters_wanted"], plan["wanted"]);
        assert_eq!(row["letters_signed"], plan["signed"]);
        let mut args = span.clone();
        args["institution"] = "330100001".into();
        let detail = superior.call("overview_outlet", args);
        assert_eq!(detail["overdue"].as_array().unwrap().len(), owed(&["overdue"]));
        assert_eq!(&detail["row"], row);
        for ledger in detail["ledgers"].as_array().unwrap() {
            let query = json!({ "ledgers": [ledger["id"]], "institutions": of });
            assert_eq!(
                superior.call("records_list", query)["total"],
                ledger["count"],
                "{ledger}"
            );
        }
    }
    let today = superior.call("today_page", json!({}));
    assert_eq!(today["hazards_open"], 3);
    let posts = superior.call("posts_list", json!({}));
    let head = posts
        .as_array()
        .unwrap()
        .iter()
        .find(|post| post["post"] == "P06")
        .unwrap();
    assert_eq!(head["holders"].as_array().unwrap().len(), 1, "{head}");
    let error = superior.refused("overview_outlet", json!({ "institution": "000" }));
    assert_eq!(error.code, "institution-unknown");
    for bad in ["2026-02-30", "x"] {
        assert_eq!(
            superior.refused("overview", json!({ "from": bad })).code,
            "date-wrong"
        );
    }
}

#[test]
fn nobody_speaks_for_another_institution() {
    let outlet = Site::outlet();
    let row = outlet.call("records_list", json!({ "ledgers": ["institution"] }))["rows"][0].clone();
    let mut body = outlet.call("record_get", json!({ "id": row["id"] }))["body"].clone();
    body["fields"]["code"] = "330100".into();
    body["change"] = "冒名".into();
    let args = json!({ "ledger": "institution", "id": row["id"], "body": body });
    let error = outlet.refused("record_save", args);
    assert_eq!(error.faults[0].code, "institution-code-fixed");
}
