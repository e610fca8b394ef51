//! The file itself: who can open it, what happens to one that cannot be opened, copies, what is seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::*;
use safety_journal::Hash;
use safety_store::blobs::BlobState;
use safety_store::drafts::Draft;
use safety_store::journal::LogState;
use safety_store::outside::Seen;
use safety_store::receipts::StoredCheckpoint;
use safety_store::settings::Activity;
use safety_store::slots::{Cost, Slots};
use safety_store::trust::{Peer, TrustState};
use safety_store::users::User;
use safety_store::{Error, RootSecret, Store, recovery};
use serde_json::json;

const CHEAP: Cost = Cost {
    memory_kib: 64,
    iterations: 1,
    lanes: 1,
};

fn filled() -> World {
    let world = world();
    world
        .store
        .write(|w| {
            for number in 0..200 {
                let fields = json!({"name": format!("王𠮷野{number}"), "remark": "消防".repeat(200)});
                append(
                    w,
                    world.log_no,
                    &header(id(number + 1), "person", 0),
                    &body("2026-11-23", fields),
                )?;
            }
            Ok(())
        })
        .unwrap();
    world.store.checkpoint().unwrap();
    world
}

#[test]
fn a_file_that_cannot_be_opened_stays_as_it_is() {
    let World {
        folder, path, store, ..
    } = filled();
    drop(store);
    let good = fs::read(&path).unwrap();
    assert!(!good.starts_with(b"SQLite format 3"));
    let other = RootSecret::generate(&mut |bytes| bytes.fill(1)).store_key();
    let whole_pages = good.len() / 8192 / 2 * 8192;
    let mut header_flipped = good.clone();
    header_flipped[100] ^= 1;
    for (fault, bytes, wanted) in [
        ("empty", Vec::new(), "store-damaged"),
        (
            "cut-inside-a-page",
            good[..good.len() - 100].to_vec(),
            "store-damaged",
        ),
        (
            "cut-to-half-its-pages",
            good[..whole_pages].to_vec(),
            "store-damaged",
        ),
        ("first-page-flipped", header_flipped, "store-key-refused"),
        ("another-kind-of-file", vec![0x20; 8192 * 3], "store-key-refused"),
    ] {
        fs::write(&path, &bytes).unwrap();
        assert_eq!(Store::open(&path, &key()).unwrap_err().code(), wanted, "{fault}");
        assert_eq!(fs::read(&path).unwrap(), bytes, "{fault}");
        assert_eq!(
            Store::create(&path, &key(), &about(OUTLET, "0"))
                .unwrap_err()
                .code(),
            "store-exists"
        );
        assert_eq!(fs::read(&path).unwrap(), bytes, "{fault}");
    }
    fs::write(&path, &good).unwrap();
    assert_eq!(
        Store::open(&path, &other).unwrap_err().code(),
        "store-key-refused"
    );
    assert_eq!(fs::read(&path).unwrap(), good);
    assert_eq!(
        Store::open(&folder.path().join("none"), &key())
            .unwrap_err()
            .code(),
        "store-missing"
    );
    assert_eq!(
        Store::open(&path, &key()).unwrap().read(|r| r.meta()).unwrap(),
        about(OUTLET, "1f2e3d4c")
    );
}

#[test]
fn a_flipped_bit_in_any_page_is_told_and_not_read_over() {
    let World {
        folder: _folder,
        path,
        store,
        ..
    } = filled();
    drop(store);
    let good = fs::read(&path).unwrap();
    let mut told = 0;
    let pages = good.len() / 8192;
    for page in (1..pages).step_by(pages / 24) {
        let mut bytes = good.clone();
        bytes[page * 8192 + 4000] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        let outcome = Store::open(&path, &key()).and_then(|store| store.verify());
        match outcome {
            Ok(report) if report.differences.is_empty() => {}
            Ok(_) => told += 1,
            Err(error) => {
                assert_eq!(error.code(), "store-damaged", "{error:?}");
                told += 1;
            }
        }
    }
    // A few pages hold nothing that is read (free pages, pages of indexes).
    assert!(told >= 16, "{told}");
}

#[test]
fn the_store_opens_by_password_by_recovery_code_and_after_the_slots_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账.osa");
    let mut fill = |bytes: &mut [u8]| bytes.fill(9);
    let root = RootSecret::generate(&mut fill);
    let code = recovery::encode(&root);
    Slots::create(&path, CHEAP)
        .unwrap()
        .add(&root, "王𠮷野", "消防通道2026", &mut fill)
        .unwrap();
    drop(Store::create(&path, &root.store_key(), &about(OUTLET, "1f2e3d4c")).unwrap());
    drop(root);
    let root = Slots::load(&path, CHEAP)
        .unwrap()
        .unlock("王𠮷野", "消防通道2026", at(0))
        .unwrap();
    drop(Store::open(&path, &root.store_key()).unwrap());
    fs::remove_file(Slots::path_for(&path)).unwrap();
    let root = recovery::decode(&code.to_lowercase()).unwrap();
    drop(Store::open(&path, &root.store_key()).unwrap());
    Slots::create(&path, CHEAP)
        .unwrap()
        .add(&root, "李娜", "neu", &mut fill)
        .unwrap();
    assert_eq!(
        Slots::load(&path, CHEAP)
            .unwrap()
            .unlock("李娜", "neu", at(0))
            .unwrap(),
        root
    );
}

#[test]
fn a_creation_that_was_cut_off_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.osa");
    fs::write(folder.path().join("account.osa.new"), b"half").unwrap();
    let store = Store::create(&path, &key(), &about(OUTLET, "1f2e3d4c")).unwrap();
    assert_eq!(
        store.read(|r| r.meta()).unwrap().origin(),
        "outlet-safety/330100001/1f2e3d4c"
    );
    assert!(!folder.path().join("account.osa.new").exists());
}

#[test]
fn a_copy_opens_with_the_same_key_and_slots_and_never_replaces_a_file() {
    let world = filled();
    let mut fill = |bytes: &mut [u8]| bytes.fill(3);
    let root = RootSecret::generate(&mut |bytes| bytes.fill(0x42));
    Slots::create(&world.path, CHEAP)
        .unwrap()
        .add(&root, "李娜", "pw", &mut fill)
        .unwrap();
    let copy = world.folder.path().join("备份/account-20261123.osa");
    world.store.backup_to(&copy).unwrap();
    assert_eq!(world.store.backup_to(&copy).unwrap_err().code(), "store-exists");
    let names: Vec<_> = fs::read_dir(copy.parent().unwrap())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let root = Slots::load(&copy, CHEAP)
        .unwrap()
        .unlock("李娜", "pw", at(0))
        .unwrap();
    let store = Store::open(&copy, &root.store_key()).unwrap();
    assert_eq!(store.verify().unwrap().differences, []);
    assert_eq!(store.read(|r| r.search("王𠮷野199", 0, 5)).unwrap().total, 1);
}

#[test]
fn a_store_that_was_rolled_back_or_rewritten_is_noticed_from_outside() {
    let world = world();
    let origin = origin(OUTLET, "1f2e3d4c");
    let old = world.folder.path().join("old.osa");
    world.save(
        &header(id(1), "person", 0),
        &body("2026-11-23", json!({"name": "甲"})),
    );
    world.store.backup_to(&old).unwrap();
    world.save(
        &header(id(2), "person", 1),
        &body("2026-11-23", json!({"name": "乙"})),
    );
    let log = world.store.read(|r| r.log_by_no(world.log_no)).unwrap();
    let head = StoredCheckpoint {
        log_no: log.log_no,
        size: log.size,
        root: log.root,
        own: true,
        note: String::new(),
        noted: at(2).to_rfc3339(),
    };
    world.store.write(|w| w.add_checkpoint(&head)).unwrap();
    let outside = world.folder.path().join("profile/seen.json");
    assert_eq!(Seen::load(&outside).unwrap(), Seen::default());
    let seen = world.store.read(|r| r.seen(&Seen::default())).unwrap();
    seen.save(&outside).unwrap();
    let seen = Seen::load(&outside).unwrap();
    assert_eq!(seen.logs[&origin].size, 2);
    world.store.read(|r| r.check_seen(&seen)).unwrap();

    let restored = Store::open(&old, &key()).unwrap();
    let behind = restored.read(|r| r.check_seen(&seen)).unwrap_err();
    assert!(
        matches!(
            &behind,
            Error::RolledBack {
                seen: 2,
                found: 1,
                ..
            }
        ),
        "{behind:?}"
    );
    // What is remembered does not shrink by looking at the older copy.
    assert_eq!(restored.read(|r| r.seen(&seen)).unwrap(), seen);
    // It goes on writing other entries: a fork, not merely behind.
    let other = header(id(3), "person", 9);
    restored
        .write(|w| {
            append(
                w,
                world.log_no,
                &other,
                &body("2026-11-23", json!({"name": "丙"})),
            )
        })
        .unwrap();
    assert_eq!(restored.read(|r| r.check_seen(&seen)).unwrap_err().code(), "fork");
}

#[test]
fn drafts_settings_users_peers_and_activity_are_kept() {
    let world = world();
    let draft = Draft {
        id: id(1),
        user: "李娜".into(),
        ledger: "L12".into(),
        record: None,
        content: json!({"scenario": "消防"}),
        created: at(0).to_rfc3339(),
        updated: at(0).to_rfc3339(),
    };
    let later = Draft {
        content: json!({"scenario": "消防疏散"}),
        updated: at(1).to_rfc3339(),
        ..draft.clone()
    };
    let user = User {
        name: "李娜".into(),
        role: "officer".into(),
        person: None,
        active: true,
        created: at(0).to_rfc3339(),
    };
    let peer = Peer {
        institution: "330100".into(),
        name: "杭州分行".into(),
        role: "superior".into(),
        origin: "outlet-safety/330100/aabbccdd".into(),
        vkey: "v".into(),
        cosigner: Some("c".into()),
        recipient: Some("age1".into()),
        certificate: None,
        state: TrustState::Pending,
        valid_from: None,
        valid_to: None,
        noted: at(0).to_rfc3339(),
        detail: String::new(),
    };
    world
        .store
        .write(|w| {
            w.save_draft(&draft)?;
            w.save_draft(&later)?;
            w.set_setting("language", "zh-CN")?;
            w.set_setting("lock-minutes", &10)?;
            w.set_secret("device-seed", &[7; 32])?;
            w.set_user(&user)?;
            w.set_peer(&peer)?;
            w.set_peer(&Peer {
                state: TrustState::Trusted,
                ..peer.clone()
            })?;
            w.note_activity(&Activity {
                at: at(0).to_rfc3339(),
                user: "李娜".into(),
                action: "unlocked".into(),
                subject: String::new(),
                detail: String::new(),
            })
        })
        .unwrap();
    let world = world.reopen();
    world
        .store
        .read(|r| {
            assert_eq!(r.drafts("李娜")?, std::slice::from_ref(&later));
            assert_eq!(r.drafts("王")?, []);
            assert_eq!(r.setting::<String>("language")?.as_deref(), Some("zh-CN"));
            assert_eq!(r.setting::<u32>("lock-minutes")?, Some(10));
            assert_eq!(r.secret("device-seed")?.unwrap().as_slice(), [7; 32]);
            assert_eq!(r.users()?, std::slice::from_ref(&user));
            assert_eq!(r.peer(&peer.origin)?.unwrap().state, TrustState::Trusted);
            assert_eq!(r.peers()?.len(), 1);
            assert_eq!(r.activity(0, 10)?.len(), 1);
            Ok(())
        })
        .unwrap();
    assert!(world.store.write(|w| w.remove_draft(id(1))).unwrap());
    assert!(!world.store.write(|w| w.remove_draft(id(1))).unwrap());
}

#[test]
fn attachments_go_in_and_out_in_chunks_and_are_checked() {
    let world = world();
    let photo: Vec<u8> = (0..600_000u32).map(|at| (at * 31 % 251) as u8).collect();
    let sha256 = Hash::of(&photo);
    // A record names it before it comes.
    let mut named = body("2026-11-23", json!({"name": "王𠮷野"}));
    named.files = vec![safety_domain::record::Attachment {
        sha256: sha256.to_hex(),
        name: "现场.jpg".into(),
        media_type: "image/jpeg".into(),
        size: photo.len() as u64,
        field: None,
    }];
    world.save(&header(id(1), "person", 0), &named);
    let wanted = world.store.read(|r| r.wanted_blobs()).unwrap();
    assert_eq!((wanted[0].sha256, wanted[0].state), (sha256, BlobState::Wanted));
    let wrong = world.store.write(|w| {
        let inner = w.savepoint(|w| w.add_blob(&mut &photo[1..], "image/jpeg", Some(&sha256)));
        assert_eq!(inner.unwrap_err().code(), "blob-hash-differs");
        w.add_blob(&mut photo.as_slice(), "image/jpeg", Some(&sha256))
    });
    assert_eq!(wrong.unwrap().state, BlobState::Present);
    let again = world
        .store
        .write(|w| w.add_blob(&mut photo.as_slice(), "image/jpeg", None))
        .unwrap();
    assert_eq!((again.sha256, again.size), (sha256, 600_000));
    world
        .store
        .read(|r| {
            assert_eq!(r.wanted_blobs()?, []);
            let mut out = Vec::new();
            assert_eq!(r.read_blob(&sha256, &mut out)?, 600_000);
            assert_eq!(out, photo);
            let chunks: i64 = r.query_row("SELECT count(*) FROM blob_chunks", [], |row| row.get(0))?;
            assert_eq!(chunks, 3);
            Ok(())
        })
        .unwrap();
    world.clean();
    world.store.write(|w| w.erase_blob(&sha256)).unwrap();
    let gone = world.store.read(|r| r.read_blob(&sha256, &mut std::io::sink()));
    assert_eq!(gone.unwrap_err().code(), "not-found");
    world.clean();
}

#[test]
fn another_program_that_writes_for_long_is_named_and_reading_goes_on() {
    let world = world();
    let other = Store::open(&world.path, &key()).unwrap();
    world
        .store
        .write(|w| {
            w.set_setting("language", "zh-CN")?;
            let refused = other.write(|w| w.set_setting("language", "en"));
            assert_eq!(refused.unwrap_err().code(), "store-in-use");
            assert_eq!(other.read(|r| r.setting::<String>("language"))?, None);
            Ok(())
        })
        .unwrap();
    // What one program wrote, a standard too, the other sees at once.
    assert_eq!(
        other
            .read(|r| r.setting::<String>("language"))
            .unwrap()
            .as_deref(),
        Some("zh-CN")
    );
    let mut standard: serde_json::Value = serde_json::from_str(&standard_json()).unwrap();
    standard["version"] = json!("2027.1");
    world
        .store
        .write(|w| w.add_standard(&standard.to_string(), None, "2026-12-01T09:00:00+08:00"))
        .unwrap();
    assert!(
        other
            .read(|r| Ok(r.rules().standard("default@2027.1").is_some()))
            .unwrap()
    );
    let mut changed = standard.clone();
    changed["title"]["zh"] = json!("另一个");
    let refused = other.write(|w| w.add_standard(&changed.to_string(), None, "2026-12-01T09:00:00+08:00"));
    assert_eq!(refused.unwrap_err().code(), "standard-differs");
}

#[test]
fn closed_and_foreign_logs_are_not_written_to() {
    let world = world();
    let foreign = world
        .store
        .write(|w| begin_log(w, "330100002", "ffff0000", false))
        .unwrap();
    let entry = header(id(1), "person", 0);
    let text = body("2026-11-23", json!({"name": "甲"}));
    let refused = world.store.write(|w| append(w, foreign, &entry, &text));
    assert_eq!(refused.unwrap_err().code(), "log-closed");
    world
        .store
        .write(|w| w.set_log_state(world.log_no, LogState::Closed, None))
        .unwrap();
    let refused = world.store.write(|w| append(w, world.log_no, &entry, &text));
    assert_eq!(refused.unwrap_err().code(), "log-closed");
    assert!(world.store.read(|r| r.own_log("up")).unwrap().is_none());
}
