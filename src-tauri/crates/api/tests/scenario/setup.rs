//! First run: every wrong answer is refused before anything is written.

use safety_api::App;
use serde_json::{Value, json};

use crate::site::{Site, environment, files, form};

fn good() -> Value {
    form("outlet", "330100001", "武林门网点", "欧阳𠮷", "P09")
}

fn with(changes: &[(&str, Value)]) -> Value {
    let mut form = good();
    for (name, value) in changes {
        form[*name] = value.clone();
    }
    form
}

#[test]
fn wrong_answers_are_refused_and_leave_nothing_behind() {
    let long = "长".repeat(30_000);
    let cases: &[(&str, Value, &str)] = &[
        ("code", json!(""), "institution-code-wrong"),
        ("code", json!("   "), "institution-code-wrong"),
        ("code", json!("../../etc"), "institution-code-wrong"),
        ("code", json!("-330"), "institution-code-wrong"),
        ("code", json!("3301/1"), "institution-code-wrong"),
        ("code", json!("网点一"), "institution-code-wrong"),
        ("code", json!("1".repeat(33)), "institution-code-wrong"),
        ("name_zh", json!(" \u{3000} "), "field-required"),
        ("name_zh", json!("武林\u{0}门"), "form-refused"),
        ("name_zh", json!("武林\u{1b}[31m门"), "form-refused"),
        ("name_zh", json!(long), "form-refused"),
        ("name_en", json!("Wulin\nmen"), "form-refused"),
        ("person_name", json!(""), "field-required"),
        ("person_name", json!("欧阳\u{7}"), "form-refused"),
        ("person_name", json!(long), "form-refused"),
        ("post", json!("P06"), "post-unknown"),
        ("post", json!("P99"), "post-unknown"),
        ("user", json!(""), "user-name-wrong"),
        ("user", json!("he\u{0}ad"), "user-name-wrong"),
        ("user", json!("x".repeat(41)), "user-name-wrong"),
        ("password", json!("short"), "password-too-short"),
        ("opened", json!("2026-02-30"), "date-wrong"),
        ("opened", json!("yesterday"), "date-wrong"),
        ("opened", json!("+12026-01-01"), "date-wrong"),
        ("level", json!("kiosk"), "arguments-wrong"),
        ("lang", json!("tlh"), "arguments-wrong"),
        ("code", json!(7), "arguments-wrong"),
    ];
    for (name, value, code) in cases {
        let dir = tempfile::tempdir().unwrap();
        let app = App::new(environment(&dir.path().join("account.db")));
        let error = app
            .call("setup_create", with(&[(name, value.clone())]))
            .unwrap_err();
        let shown: String = value.to_string().chars().take(40).collect();
        assert_eq!(error.code, *code, "{name} {shown}");
        assert_eq!(files(dir.path()), [""; 0], "{name} {shown}");
        assert_eq!(app.call("app_status", json!({})).unwrap()["phase"], "setup");
        // The same assistant goes on with right answers.
        if *code == "form-refused" {
            app.call("setup_create", good()).unwrap();
        }
    }
}

#[test]
fn typed_dates_and_blanks_are_read_as_they_are_meant() {
    let site = Site::with(&with(&[
        ("code", json!(" 330100001 ")),
        ("name_zh", json!(" 武林门网点 ")),
        ("opened", json!("2021.3.5")),
        ("user", json!(" head ")),
    ]));
    let found = site.call("records_list", json!({ "ledgers": ["institution"] }));
    let fields = &found["rows"][0]["fields"];
    assert_eq!(fields["code"], "330100001");
    assert_eq!(fields["name_zh"], "武林门网点");
    assert_eq!(fields["opened"], "2021-03-05");
}

#[test]
fn rare_names_are_kept_found_and_shown() {
    for name in ["欧阳𠮷", "李㛃", "王䶮", "𠮷㛃䶮"] {
        let site = Site::new("outlet", "330100001", "网点A", name, "P09");
        let status = site.call("app_status", json!({}));
        assert_eq!(status["user"]["display"], name);
        let last: String = name.chars().last().unwrap().into();
        let found = site.call("lookup", json!({ "kind": "person", "text": last }));
        assert_eq!(found[0]["label"], name);
    }
}

#[test]
fn a_second_set_up_and_one_without_a_folder_are_refused() {
    let site = Site::outlet();
    assert_eq!(site.refused("setup_create", good()).code, "store-exists");
    assert_eq!(
        site.refused("setup_demo", json!({ "lang": "zh", "superior": false }))
            .code,
        "store-exists"
    );
    // A folder that cannot be made, because a file stands in its place.
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("data"), "a file").unwrap();
    let app = App::new(environment(&dir.path().join("data/account.db")));
    let error = app.call("setup_create", good()).unwrap_err();
    assert!(
        ["file-failed", "file-not-allowed"].contains(&error.code.as_str()),
        "{error:?}"
    );
    assert_eq!(files(dir.path()), ["data"]);
}

#[test]
fn a_post_may_wait() {
    let site = Site::with(&with(&[("post", Value::Null)]));
    let posts = site.call("posts_list", json!({}));
    assert!(
        posts
            .as_array()
            .unwrap()
            .iter()
            .all(|post| post["vacant"] == true)
    );
}

#[test]
fn the_recovery_sheet_is_printed_and_a_mistyped_code_is_not() {
    let site = Site::outlet();
    let path = site.path("sheet.pdf");
    let written = site.call(
        "recovery_print",
        json!({ "code": site.recovery_code, "path": path }),
    );
    if let Some(text) = crate::site::text_of(written["path"].as_str().unwrap()) {
        let groups: Vec<&str> = site.recovery_code.split('-').collect();
        assert!(groups.iter().all(|group| text.contains(group)), "{text}");
    }
    let mut wrong = site.recovery_code.clone();
    let first = if wrong.starts_with('0') { "1" } else { "0" };
    wrong.replace_range(..1, first);
    let error = site.refused("recovery_print", json!({ "code": wrong, "path": path }));
    assert_eq!(error.code, "recovery-code-invalid");
}

#[test]
fn a_demo_given_up_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    // Somebody's own folder beside the store stays.
    std::fs::create_dir(dir.path().join("demo-world")).unwrap();
    std::fs::write(dir.path().join("demo-world/mine.txt"), "mine").unwrap();
    let app = App::new(environment(&dir.path().join("account.db")));
    std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            app.call(
                "setup_demo",
                json!({ "lang": "zh", "superior": false, "job": "demo" }),
            )
        });
        loop {
            let progress = app.call("job_progress", json!({ "job": "demo" })).unwrap();
            if progress["done"].as_u64().unwrap() > 0 {
                assert_eq!(progress["step"], "days");
                break;
            }
            assert!(!running.is_finished(), "{:?}", running.join());
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        app.call("job_cancel", json!({ "job": "demo" })).unwrap();
        assert_eq!(running.join().unwrap().unwrap_err().code, "cancelled");
    });
    assert_eq!(files(dir.path()), ["demo-world"]);
    assert_eq!(files(&dir.path().join("demo-world")), ["mine.txt"]);
    assert_eq!(app.call("app_status", json!({})).unwrap()["phase"], "setup");
}
