//! Users of one PC: passwords, roles, recovery, and two programs on one store.

use safety_api::{Access, App, commands};
use serde_json::{Value, json};

use crate::site::{PASSWORD, Site, environment, record};

#[test]
fn a_wrong_password_slows_down_and_says_for_how_long() {
    let site = Site::outlet();
    site.call("lock", json!({}));
    let wrong = json!({ "user": "head", "password": "wrong password" });
    assert_eq!(site.refused("unlock", wrong.clone()).code, "wrong-password");
    // On a slow machine the first pauses are over before the answer is there.
    let error = (0..6)
        .map(|_| site.refused("unlock", wrong.clone()))
        .find(|error| error.code == "slow-down")
        .unwrap();
    assert_eq!(
        site.refused("unlock", json!({ "user": "head", "password": PASSWORD }))
            .code,
        "slow-down"
    );
    let seconds: u64 = error.fields["seconds"].parse().unwrap();
    assert!((1..=32).contains(&seconds));
    std::thread::sleep(std::time::Duration::from_millis(seconds * 1000 + 50));
    site.call("unlock", json!({ "user": " head ", "password": PASSWORD }));
    // A name that nobody has is answered the same way.
    let error = site.refused("unlock", json!({ "user": "nobody", "password": PASSWORD }));
    assert_eq!(error.code, "wrong-password");
}

#[test]
fn every_command_asks_for_its_role() {
    let site = Site::outlet();
    for role in ["officer", "staff", "reader"] {
        site.user(role, role);
    }
    let may = |role: &str, access: Access| match role {
        "head" => true,
        "officer" => access <= Access::Officer,
        "staff" => access <= Access::Staff,
        _ => access <= Access::Reader,
    };
    for role in ["officer", "staff", "reader", "head"] {
        site.sign_in(role);
        for command in commands()
            .iter()
            .filter(|command| command.access != Access::Anyone)
        {
            // Arguments that fit no command: whoever may not call it hears that first or the arguments are named.
            if may(role, command.access) {
                continue;
            }
            let error = site.refused(command.name, sample(command.name));
            assert_eq!(error.code, "role-not-allowed", "{role} {}", command.name);
            assert_eq!(error.fields["user"], role);
        }
    }
    site.call("lock", json!({}));
    for command in commands()
        .iter()
        .filter(|command| command.access != Access::Anyone)
    {
        assert_eq!(
            site.refused(command.name, sample(command.name)).code,
            "locked",
            "{}",
            command.name
        );
    }
}

/// Arguments that a command can read.
fn sample(command: &str) -> Value {
    let id = "019ab000-0000-7000-8000-000000000000";
    let mut args = json!({
        "id": id, "path": "/nowhere/x", "dir": "/nowhere", "fingerprint": "x", "name": "x", "password": PASSWORD,
        "role": "reader", "lang": "zh", "lock_after_minutes": 10, "offset": 0, "limit": 10, "reason": "x",
        "ledger": "L18", "body": { "occurred": "2026-01-01", "fields": {} }, "content": {}, "year": 2026,
        "template": "x", "appointments": ["x"], "letter": id, "date": "2026-01-01", "from": "2026-01-01",
        "until": "2026-01-02", "institution": "330100001", "kind": "person", "text": "", "sha256": "x",
        "media_type": "image/png", "base64": "AA==", "old": "x", "new": "long enough", "query": {},
    });
    if ["bundle_export", "records_list"].contains(&command) {
        args["from"] = Value::Null;
    }
    args
}

#[test]
fn staff_write_books_but_not_who_holds_which_post() {
    let site = Site::outlet();
    site.user("teller", "staff");
    site.user("officer", "officer");
    site.sign_in("teller");
    let today = site.day(0);
    let visitor = json!({ "name": "张三", "company": "电梯公司", "purpose": "检修" });
    site.save("L14", &format!("{today}T00:00"), visitor);
    let head = site.call("lookup", json!({ "kind": "person", "text": "欧阳" }))[0]["id"].clone();
    for (ledger, fields) in [
        (
            "person",
            json!({ "name": "李四", "employee_no": "2", "status": "active" }),
        ),
        (
            "appointment",
            json!({ "person": head, "post": "P10", "institution": site.code }),
        ),
        (
            "exemption",
            json!({ "duty": "D26", "period": "2026-11", "reason": "无保安", "approver": head }),
        ),
    ] {
        let error = site.refused("record_save", record(ledger, &today, fields.clone()));
        assert_eq!(error.code, "role-not-allowed", "{ledger}");
        site.sign_in("officer");
        site.save(ledger, &today, fields);
        site.sign_in("teller");
    }
}

#[test]
fn only_the_head_changes_when_the_program_locks_itself() {
    let site = Site::outlet();
    site.user("reader", "reader");
    for minutes in [0, 241, 4_000_000] {
        let error = site.refused(
            "settings_set",
            json!({ "lang": "zh", "lock_after_minutes": minutes }),
        );
        assert_eq!(error.code, "lock-minutes-wrong");
    }
    site.call("settings_set", json!({ "lang": "zh", "lock_after_minutes": 5 }));
    site.sign_in("reader");
    let settings = site.call("settings_set", json!({ "lang": "en", "lock_after_minutes": 5 }));
    assert_eq!(settings["lang"], "en");
    let error = site.refused("settings_set", json!({ "lang": "en", "lock_after_minutes": 240 }));
    assert_eq!(error.code, "role-not-allowed");
    assert_eq!(site.call("app_status", json!({}))["lock_after_minutes"], 5);
}

#[test]
fn passwords_change_and_removed_users_stay_out() {
    let site = Site::outlet();
    site.user("㛃", "staff");
    assert_eq!(
        site.refused(
            "user_add",
            json!({ "name": " 㛃 ", "password": PASSWORD, "role": "head" })
        )
        .code,
        "user-exists"
    );
    let args = json!({ "name": "x", "password": PASSWORD, "role": "staff", "person": "nobody" });
    assert_eq!(site.refused("user_add", args).code, "person-unknown");
    site.sign_in("㛃");
    let old = std::fs::read(site.path("account.db.keys")).unwrap();
    let change = |old: &str, new: &str| json!({ "old": old, "new": new });
    assert_eq!(
        site.refused("password_change", change(PASSWORD, "short")).code,
        "password-too-short"
    );
    assert_eq!(
        site.refused("password_change", change("not the old one", "another long one"))
            .code,
        "wrong-password"
    );
    std::thread::sleep(std::time::Duration::from_millis(1100));
    site.call("password_change", change(PASSWORD, "another long one"));
    site.call("lock", json!({}));
    let again = json!({ "user": "㛃", "password": PASSWORD });
    assert_eq!(site.refused("unlock", again.clone()).code, "wrong-password");
    site.sign_in("head");
    for oneself in ["head", " head "] {
        assert_eq!(
            site.refused("user_remove", json!({ "name": oneself })).code,
            "user-is-oneself"
        );
    }
    assert_eq!(
        site.refused("user_remove", json!({ "name": "nobody" })).code,
        "user-unknown"
    );
    site.call("user_remove", json!({ "name": " 㛃 " }));
    let users = site.call("users_list", json!({}));
    assert_eq!(users.as_array().unwrap().len(), 1);
    // Not even with the key slots of before.
    std::fs::write(site.path("account.db.keys"), old).unwrap();
    site.call("lock", json!({}));
    assert_eq!(site.refused("unlock", again).code, "user-unknown");
    site.sign_in("head");
    let activity = site.call("activity_list", json!({}));
    let actions: Vec<&str> = activity
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].as_str().unwrap())
        .collect();
    for action in ["user-add", "password-change", "user-remove", "unlock", "setup"] {
        assert!(actions.contains(&action), "{action} in {actions:?}");
    }
}

#[test]
fn the_recovery_code_opens_what_a_lost_password_and_damaged_slots_do_not() {
    let site = Site::outlet();
    site.call("lock", json!({}));
    let recover = |code: &str, user: &str, password: &str| {
        site.try_call(
            "unlock_with_recovery",
            json!({ "code": code, "user": user, "new_password": password }),
        )
        .map_err(|error| error.code)
    };
    let code = site.recovery_code.clone();
    let other = Site::sub_branch().recovery_code.clone();
    assert_eq!(
        recover("nonsense", "head", "new password").unwrap_err(),
        "recovery-code-invalid"
    );
    assert_eq!(
        recover(&other, "head", "new password").unwrap_err(),
        "store-key-refused"
    );
    assert_eq!(
        recover(&code, "nobody", "new password").unwrap_err(),
        "user-unknown"
    );
    assert_eq!(recover(&code, "head", "short").unwrap_err(), "password-too-short");
    assert_eq!(site.call("app_status", json!({}))["phase"], "locked");
    std::fs::write(site.path("account.db.keys"), b"{\"version\":1,\"sl").unwrap();
    assert_eq!(
        site.refused("unlock", json!({ "user": "head", "password": PASSWORD }))
            .code,
        "key-slots-damaged"
    );
    let status = recover(&code.to_lowercase().replace('-', " "), " head ", "new password").unwrap();
    assert_eq!(status["phase"], "unlocked");
    site.call("lock", json!({}));
    site.call("unlock", json!({ "user": "head", "password": "new password" }));
}

#[test]
fn a_lost_store_is_not_taken_for_a_wrong_password() {
    let site = Site::outlet();
    site.call("lock", json!({}));
    let unlock = json!({ "user": "head", "password": PASSWORD });
    let bytes = std::fs::read(site.store()).unwrap();
    let mut damaged = bytes.clone();
    damaged[..4096].fill(7);
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", site.store().display()));
    }
    std::fs::write(site.store(), damaged).unwrap();
    let error = site.refused("unlock", unlock.clone());
    assert!(
        ["store-damaged", "store-key-refused"].contains(&error.code.as_str()),
        "{error:?}"
    );
    // It is never deleted, and the right file opens again.
    assert!(site.store().exists());
    std::fs::write(site.store(), bytes).unwrap();
    site.call("unlock", unlock);
}

#[test]
fn two_programs_on_one_store_lose_nothing_of_each_other() {
    let site = Site::outlet();
    let second = App::new(environment(&site.store()));
    second
        .call("unlock", json!({ "user": "head", "password": PASSWORD }))
        .unwrap();
    let occurred = site.day(0);
    let write = |app: &App, who: &str| {
        for number in 0..8 {
            let fields = json!({ "kind": "outlet_meeting", "agenda": format!("{who} {number}") });
            app.call("record_save", record("L18", &occurred, fields)).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| write(&site.app, "甲"));
        scope.spawn(|| write(&second, "乙"));
    });
    for app in [&site.app, &second] {
        let found = app.call("records_list", json!({ "ledgers": ["L18"] })).unwrap();
        assert_eq!(found["total"], 16);
        assert_eq!(app.call("verify", json!({})).unwrap()["differences"], json!([]));
    }
}
