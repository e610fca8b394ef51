//! The contract of `safetyctl` that other people's scripts rely on, tried on a real demo world: exit codes, JSON on
//! both sides, bundles that open with the ordinary programs, and bundles that must be refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

const PASSWORD: &str = "demo-2026";

/// One demo world for all tests; each works on copies of its stores.
fn world() -> &'static Path {
    static WORLD: OnceLock<PathBuf> = OnceLock::new();
    WORLD.get_or_init(|| {
        let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("contract-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        let made = safetyctl(
            &["demo", "--dir", dir.to_str().unwrap(), "--outlets", "2", "--json"],
            "",
            &[],
        );
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let summary: Value = serde_json::from_slice(&made.stdout).unwrap();
        assert_eq!(summary["demo"], true);
        assert_eq!(summary["outlets"].as_array().unwrap().len(), 2);
        dir
    })
}

fn safetyctl(args: &[&str], input: &str, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_safetyctl"));
    command
        .args(args)
        .env_remove("SAFETY_PASSWORD")
        .envs(environment.iter().copied());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A copy of a store of the world, with its key slots, that a test may change.
fn copy_of(code: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let stores = world().join("stores");
    for ending in ["db", "db.keys"] {
        fs::copy(
            stores.join(format!("{code}.{ending}")),
            dir.path().join(format!("{code}.{ending}")),
        )
        .unwrap();
    }
    let store = dir.path().join(format!("{code}.db"));
    (dir, store)
}

fn try_call(store: &Path, command: &str, args: &Value) -> Result<Value, Value> {
    let store = store.to_str().unwrap();
    let output = safetyctl(
        &["--store", store, "--user", "head", "call", command],
        &args.to_string(),
        &[
            ("SAFETY_PASSWORD", PASSWORD),
            (
                "XDG_CONFIG_HOME",
                Path::new(store).parent().unwrap().to_str().unwrap(),
            ),
        ],
    );
    match output.status.code() {
        Some(0) => Ok(serde_json::from_slice(&output.stdout).unwrap()),
        Some(1) => Err(serde_json::from_slice(&output.stderr).unwrap()),
        other => panic!("{command}: {other:?} {}", String::from_utf8_lossy(&output.stderr)),
    }
}

fn call(store: &Path, command: &str, args: &Value) -> Value {
    try_call(store, command, args).unwrap_or_else(|error| panic!("{command}: {error}"))
}

fn bundles(beginning: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(world().join("exchange"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(beginning))
        .collect();
    found.sort();
    found
}

#[test]
fn every_command_is_listed_with_its_types() {
    let output = safetyctl(&["commands", "--json"], "", &[]);
    assert_eq!(output.status.code(), Some(0));
    let commands: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(commands.len() > 40);
    for command in &commands {
        for key in ["name", "about", "access", "args", "result"] {
            assert!(
                command[key].as_str().is_some_and(|text| !text.is_empty()),
                "{command}"
            );
        }
    }
}

#[test]
fn wrong_usage_is_2_and_a_refusal_is_1_with_a_code() {
    assert_eq!(safetyctl(&["no-such-thing"], "", &[]).status.code(), Some(2));
    assert_eq!(safetyctl(&["call"], "", &[]).status.code(), Some(2));
    let (_dir, store) = copy_of("330100001");
    let store = store.to_str().unwrap();
    for (args, input, password, code) in [
        (vec!["call", "no_such_command"], "{}", PASSWORD, "command-unknown"),
        (vec!["call", "today_page"], "{}", PASSWORD, "user-missing"),
        (
            vec!["--user", "head", "call", "today_page"],
            "{}",
            "wrong",
            "wrong-password",
        ),
        (
            vec!["--user", "head", "call", "record_get"],
            "{",
            PASSWORD,
            "arguments-wrong",
        ),
        (
            vec!["--user", "head", "call", "record_get"],
            "{\"id\":7}",
            PASSWORD,
            "arguments-wrong",
        ),
    ] {
        let args = [vec!["--store", store], args].concat();
        // After a wrong password the program slows down; that is not what this table is about.
        std::thread::sleep(std::time::Duration::from_millis(if code == "arguments-wrong" {
            1100
        } else {
            0
        }));
        let output = safetyctl(&args, input, &[("SAFETY_PASSWORD", password)]);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let error: Value = serde_json::from_slice(&output.stderr).unwrap();
        assert_eq!(error["code"], code);
        assert_eq!(error["next"], format!("errors.{code}.next"));
        assert!(error["fields"].is_object());
    }
}

#[test]
fn a_year_of_every_ledger_is_there_and_every_store_verifies() {
    for (code, superior) in [("330100001", false), ("330100002", false), ("330100", true)] {
        let (_dir, store) = copy_of(code);
        let report = call(&store, "verify", &json!({}));
        assert_eq!(report["differences"], json!([]), "{code}");
        assert_eq!(
            report["logs"].as_array().unwrap().len(),
            if superior { 3 } else { 1 }
        );
        if !superior {
            let ledgers = call(&store, "ledgers_list", &json!({}));
            for number in 1..=21 {
                let id = format!("L{number:02}");
                let ledger = ledgers
                    .as_array()
                    .unwrap()
                    .iter()
                    .find(|ledger| ledger["id"] == id.as_str());
                assert!(ledger.unwrap()["count"].as_u64().unwrap() > 0, "{code} {id}");
            }
            let late = call(
                &store,
                "records_list",
                &json!({ "late": true, "fields": {}, "ledgers": [] }),
            );
            assert!(late["total"].as_u64().unwrap() > 0);
            let open = call(
                &store,
                "records_list",
                &json!({ "ledgers": ["L09"], "open": true }),
            );
            assert!(open["total"].as_u64().unwrap() > 0);
            assert_eq!(open["rows"][0]["files"], 1);
            let date = call(&store, "today_page", &json!({}))["date"].clone();
            let overdue = json!({ "ledgers": ["L09"], "due_before": date });
            let overdue = call(&store, "records_list", &overdue)["total"].as_u64().unwrap();
            assert!(
                overdue < open["total"].as_u64().unwrap(),
                "{code}: not everything is overdue"
            );
            assert_eq!(overdue > 0, code == "330100001");
            let opening =
                json!({ "ledgers": ["L07"], "fields": { "phase": "opening" }, "late": false, "limit": 500 });
            for row in call(&store, "records_list", &opening)["rows"].as_array().unwrap() {
                let time = |name: &str| row[name].as_str().unwrap()[11..16].to_owned();
                assert!(("08:15".."08:31").contains(&time("occurred").as_str()), "{row}");
                assert!(("08:15".."08:41").contains(&time("recorded").as_str()), "{row}");
            }
            let status = call(&store, "app_status", &json!({}));
            assert_eq!(status["phase"], "locked");
        }
    }
}

#[test]
fn a_saved_record_moves_its_obligation_and_is_found_by_two_characters() {
    let (_dir, store) = copy_of("330100002");
    let today = call(&store, "today_page", &json!({}));
    let date = today["date"].as_str().unwrap();
    let args = json!({
        "ledger": "L17",
        "body": { "occurred": date, "fields": {
            "kind": "appraisal", "guard": "郑𠮷野", "appraisal": "excellent", "comment": "夜间巡查发现卷帘门异响",
        } },
    });
    let saved = call(&store, "record_save", &args);
    let key = format!("D26:330100002:{}", &date[..7]);
    assert!(
        saved["moved"].as_array().unwrap().contains(&Value::from(key)),
        "{saved}"
    );
    for text in ["卷帘", "𠮷野", "异响"] {
        let found = call(
            &store,
            "records_list",
            &json!({ "ledgers": ["L17"], "text": text }),
        );
        assert_eq!(found["rows"][0]["id"], saved["id"], "{text}");
    }
    let detail = call(&store, "record_get", &json!({ "id": saved["id"] }));
    assert_eq!(detail["row"]["exchange"], "saved");
    let mut body = detail["body"].clone();
    body["fields"]["appraisal"] = "competent".into();
    body["change"] = "评价录错".into();
    call(
        &store,
        "record_save",
        &json!({ "ledger": "L17", "id": saved["id"], "base": [saved["reference"]], "body": body }),
    );
    let detail = call(&store, "record_get", &json!({ "id": saved["id"] }));
    assert_eq!(detail["versions"].as_array().unwrap().len(), 2);
    assert_eq!(detail["versions"][1]["body"]["fields"]["appraisal"], "excellent");
    // Two people corrected the same version: the second one is told.
    let stale = json!({ "ledger": "L17", "id": saved["id"], "base": [saved["reference"]], "body": body });
    assert_eq!(
        try_call(&store, "record_save", &stale).unwrap_err()["code"],
        "record-changed"
    );
}

#[test]
fn a_form_with_several_faults_is_refused_with_all_of_them() {
    let (_dir, store) = copy_of("330100002");
    let args =
        json!({ "ledger": "L11", "body": { "occurred": "2026-02-30", "fields": { "kind": "sometimes" } } });
    let error = try_call(&store, "record_save", &args).unwrap_err();
    assert_eq!(error["code"], "form-refused");
    let paths: Vec<&str> = error["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["path"].as_str().unwrap())
        .collect();
    for path in [
        "occurred",
        "fields.kind",
        "fields.zones",
        "fields.operator",
        "fields.result",
    ] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
}

#[test]
fn bundles_that_are_not_right_change_nothing_and_say_what_is_wrong() {
    let good = bundles("330100001-").pop().unwrap();
    let bytes = fs::read(&good).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let half = file("half.osbundle", &bytes[..bytes.len() / 2]);
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let flipped = file("flipped.osbundle", &flipped);
    let foreign = bundles("330100-").pop().unwrap();
    let nothing = file("nothing.osbundle", b"not a bundle at all");
    for (path, outcome, code) in [
        (&half, "refused", "bundle-truncated"),
        (&flipped, "refused", "bundle-corrupted"),
        (&foreign, "refused", "bundle-wrong-receiver"),
        (&nothing, "refused", "bundle-not-a-bundle"),
        (&good, "repeated", ""),
    ] {
        let (_store_dir, store) = copy_of("330100");
        let before = call(&store, "verify", &json!({}));
        let args = json!({ "path": path, "reply_dir": dir.path() });
        let imported = call(&store, "bundle_import", &args);
        assert_eq!(imported["outcomes"][0]["outcome"], outcome, "{imported}");
        assert_eq!(imported["outcomes"][0]["code"].as_str().unwrap_or_default(), code);
        assert_eq!(call(&store, "verify", &json!({})), before);
    }
}

#[test]
fn a_demo_bundle_opens_with_the_ordinary_programs() {
    for program in ["age", "zstd", "tar"] {
        if Command::new(program).arg("--version").output().is_err() {
            eprintln!("not tried: {program} is not installed");
            return;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let bundle = bundles("330100001-").remove(0);
    let key = world().join("keys/330100.age");
    let script = format!(
        "set -e; age -d -i '{}' '{}' | zstd -d -q | tar x -C '{}'",
        key.display(),
        bundle.display(),
        dir.path().display()
    );
    let status = Command::new("sh").args(["-c", &script]).status().unwrap();
    assert!(status.success());
    let manifest: Value =
        serde_json::from_slice(&fs::read(dir.path().join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["demo"], true);
    assert_eq!(manifest["to"]["institution"], "330100");
    assert!(dir.path().join("entries").is_dir());
}

#[test]
fn letters_are_readable_chinese_with_rare_names() {
    let letters: Vec<PathBuf> = fs::read_dir(world().join("letters"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(letters.len() >= 40);
    assert!(
        letters
            .iter()
            .all(|path| path.extension().is_some_and(|ending| ending == "pdf"))
    );
    let rare = letters
        .iter()
        .find(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("330100001-") && name.contains("𠮷野")
        })
        .unwrap();
    let Ok(output) = Command::new("pdftotext")
        .args([rare.to_str().unwrap(), "-"])
        .output()
    else {
        eprintln!("not tried: pdftotext is not installed");
        return;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    for words in ["责任书", "𠮷野", "武林门网点", "安全员", "责任内容", "演示数据"] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn a_demo_is_never_built_over_something() {
    let output = safetyctl(&["demo", "--dir", world().to_str().unwrap()], "", &[]);
    assert_eq!(output.status.code(), Some(1));
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["code"], "demo-dir-not-empty");
}

#[test]
fn a_real_outlet_is_set_up_from_the_shell() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("account.db");
    let setup = json!({
        "lang": "zh", "level": "outlet", "code": "440300123", "name_zh": "南山网点", "person_name": "王䶮",
        "post": "P09", "user": "wangyan", "password": "correct horse",
    });
    let args = ["--store", store.to_str().unwrap()];
    let made = safetyctl(
        &[&args[..], &["call", "setup_create"]].concat(),
        &setup.to_string(),
        &[],
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let done: Value = serde_json::from_slice(&made.stdout).unwrap();
    let code = done["recovery_code"].as_str().unwrap();
    assert_eq!(code.split('-').count(), 9);
    // A second set-up never overwrites the first.
    let again = safetyctl(
        &[&args[..], &["call", "setup_create"]].concat(),
        &setup.to_string(),
        &[],
    );
    assert_eq!(again.status.code(), Some(1));
    // The slots are lost, the code still opens the account.
    fs::remove_file(dir.path().join("account.db.keys")).unwrap();
    let recover = json!({ "code": code.to_lowercase().replace('-', " "), "user": "wangyan", "new_password": "battery staple" });
    let recovered = safetyctl(
        &[&args[..], &["call", "unlock_with_recovery"]].concat(),
        &recover.to_string(),
        &[],
    );
    assert!(
        recovered.status.success(),
        "{}",
        String::from_utf8_lossy(&recovered.stderr)
    );
    let status: Value = serde_json::from_slice(&recovered.stdout).unwrap();
    assert_eq!(status["institution"]["name"]["zh"], "南山网点");
    assert_eq!(status["demo"], false);
    let posts = safetyctl(
        &[&args[..], &["--user", "wangyan", "call", "posts_list"]].concat(),
        "{}",
        &[("SAFETY_PASSWORD", "battery staple")],
    );
    let posts: Value = serde_json::from_slice(&posts.stdout).unwrap();
    let head = posts
        .as_array()
        .unwrap()
        .iter()
        .find(|post| post["post"] == "P09")
        .unwrap();
    assert_eq!(head["holders"][0]["name"], "王䶮");
}
