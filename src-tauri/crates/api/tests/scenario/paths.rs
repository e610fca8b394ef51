//! Paths from a careless or hostile hand.

use serde_json::json;

use crate::site::{PASSWORD, Site, files};

#[test]
fn nothing_is_ever_written_over_the_account() {
    let site = Site::outlet();
    let id = site.save(
        "L18",
        &site.day(0),
        json!({ "kind": "outlet_meeting", "agenda": "议程" }),
    );
    let file = site.photo("x.jpg");
    std::os::unix::fs::symlink(site.dir.path(), site.path("link")).unwrap();
    for name in [
        "account.db",
        "account.db.keys",
        "account.db-wal",
        "account.db-shm",
        "./account.db",
        "machine/../account.db",
        "link/account.db",
    ] {
        let path = format!("{}/{name}", site.dir.path().display());
        let _ = std::fs::create_dir(site.path("machine"));
        for (command, args) in [
            ("record_print", json!({ "id": id, "path": path })),
            (
                "ledger_print",
                json!({ "query": { "ledgers": ["L18"] }, "path": path }),
            ),
            (
                "attachment_export",
                json!({ "sha256": file["sha256"], "path": path }),
            ),
            (
                "recovery_print",
                json!({ "code": site.recovery_code, "path": path }),
            ),
        ] {
            assert_eq!(
                site.refused(command, args).code,
                "path-is-the-store",
                "{command} {name}"
            );
        }
    }
    site.call("lock", json!({}));
    site.call("unlock", json!({ "user": "head", "password": PASSWORD }));
    assert_eq!(site.call("verify", json!({}))["differences"], json!([]));
}

#[test]
fn places_that_cannot_be_written_are_told_and_keep_no_halves() {
    let site = Site::outlet();
    let id = site.save(
        "L18",
        &site.day(0),
        json!({ "kind": "outlet_meeting", "agenda": "议程" }),
    );
    std::fs::write(site.path("file"), "x").unwrap();
    std::fs::create_dir(site.path("folder")).unwrap();
    let before = files(site.dir.path());
    for (path, codes) in [
        ("", vec!["path-not-a-file"]),
        ("/", vec!["path-not-a-file"]),
        (
            &format!("{}/file/x.pdf", site.dir.path().display()),
            vec!["file-failed", "file-not-found"],
        ),
        (
            &format!("{}/folder", site.dir.path().display()),
            vec!["file-failed", "path-not-a-file"],
        ),
        (
            "/proc/nowhere/x.pdf",
            vec!["file-not-found", "file-failed", "file-not-allowed"],
        ),
        (
            &format!("{}/a\u{0}b.pdf", site.dir.path().display()),
            vec!["file-failed"],
        ),
        (
            &format!("{}/{}.pdf", site.dir.path().display(), "长".repeat(300)),
            vec!["file-failed"],
        ),
    ] {
        let error = site.refused("record_print", json!({ "id": id, "path": path }));
        assert!(codes.contains(&error.code.as_str()), "{path:?}: {error:?}");
    }
    assert_eq!(files(site.dir.path()), before);
    for dir in ["/proc/nowhere", &format!("{}/file", site.dir.path().display())] {
        for command in ["backup", "enrol_request"] {
            let error = site.refused(command, json!({ "dir": dir }));
            assert!(
                error.code.starts_with("file-") || error.code.starts_with("place-"),
                "{command} {dir}: {error:?}"
            );
        }
    }
    assert_eq!(files(site.dir.path()), before);
}

#[test]
fn a_backup_opens_with_the_same_passwords() {
    let site = Site::outlet();
    site.save(
        "L18",
        &site.day(0),
        json!({ "kind": "outlet_meeting", "agenda": "议程" }),
    );
    let written = site.call("backup", json!({ "dir": site.path("backup") }));
    let copy = safety_api::App::new(crate::site::environment(std::path::Path::new(
        written["path"].as_str().unwrap(),
    )));
    copy.call("unlock", json!({ "user": "head", "password": PASSWORD }))
        .unwrap();
    let found = copy.call("records_list", json!({ "ledgers": ["L18"] })).unwrap();
    assert_eq!(found["total"], 1);
}

#[test]
fn a_pipe_does_not_hang_the_program() {
    let site = Site::outlet();
    let pipe = site.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    assert_eq!(
        site.refused("attachment_add", json!({ "path": pipe })).code,
        "path-not-a-file"
    );
    for (command, code) in [
        ("enrol_review", "path-not-a-file"),
        ("standard_check", "file-failed"),
    ] {
        assert_eq!(
            site.refused(command, json!({ "path": pipe })).code,
            code,
            "{command}"
        );
    }
    let outcome = site.try_call("bundle_import", json!({ "path": pipe }));
    match outcome {
        Ok(imported) => assert_eq!(imported["outcomes"][0]["outcome"], "refused"),
        Err(error) => assert_eq!(error.code, "path-not-a-file"),
    }
}
