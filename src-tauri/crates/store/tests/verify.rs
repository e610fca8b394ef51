//! `verify` tells what was changed behind the program's back, and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use safety_journal::checkpoint::Checkpoint;
use safety_journal::note::{KeyType, Signer};
use safety_store::journal::NewLog;
use safety_store::receipts::{Receipt, StoredCheckpoint};
use safety_store::trust::{Peer, TrustState};
use safety_store::verify::Report;
use safety_store::{Result, Store};
use serde_json::json;

const REPLICA: &str = "outlet-safety/330100001/aaaa0000";
const SUPERIOR: &str = "outlet-safety/330100/cccc0000";

/// A store with ten entries, a signed head and a receipt over six and one over all of them.
fn signed() -> World {
    let world = world();
    let device = Signer::from_seed(REPLICA, KeyType::Ed25519, &[1; 32]).unwrap();
    let superior = Signer::from_seed(SUPERIOR, KeyType::CosignatureV1, &[2; 32]).unwrap();
    world
        .store
        .write(|w| {
            let log = w.add_log(&NewLog {
                origin: REPLICA.into(),
                institution: OUTLET.into(),
                device: "aaaa0000".into(),
                audience: "up".into(),
                own: true,
                vkey: device.verifier().to_string(),
                valid_to: None,
                created: at(0).to_rfc3339(),
            })?;
            w.set_peer(&Peer {
                institution: "330100".into(),
                name: "杭州分行".into(),
                role: "superior".into(),
                origin: SUPERIOR.into(),
                vkey: String::new(),
                cosigner: Some(superior.verifier().to_string()),
                recipient: None,
                certificate: None,
                state: TrustState::Trusted,
                valid_from: None,
                valid_to: None,
                noted: at(0).to_rfc3339(),
                detail: String::new(),
            })?;
            for number in 0..10u64 {
                let fields = json!({"name": format!("王𠮷野{number}")});
                append(
                    w,
                    log.log_no,
                    &header(id(1 + u128::from(number)), "person", 0),
                    &body("2026-11-23", fields),
                )?;
                if number == 5 || number == 9 {
                    sign(w, log.log_no, &device, &superior)?;
                }
            }
            Ok(())
        })
        .unwrap();
    world
}

fn sign(w: &safety_store::Writer<'_>, log_no: i64, device: &Signer, superior: &Signer) -> Result<()> {
    let log = w.log_by_no(log_no)?;
    let head = Checkpoint {
        origin: log.origin,
        size: log.size,
        root: log.root,
    };
    let signed = head.sign(device).unwrap();
    w.add_checkpoint(&StoredCheckpoint {
        log_no,
        size: log.size,
        root: log.root,
        own: true,
        note: signed.encode(),
        noted: at(1).to_rfc3339(),
    })?;
    w.add_receipt(&Receipt {
        log_no,
        signer: SUPERIOR.into(),
        size: log.size,
        time: 1_795_400_000,
        note: signed.with_cosignature(superior, 1_795_400_000).unwrap().encode(),
    })
}

fn report(store: &Store) -> Report {
    store.verify().unwrap()
}

#[test]
fn a_sound_store_is_sound() {
    let world = signed();
    let report = report(&world.store);
    assert_eq!(report.differences, []);
    assert_eq!(
        (
            report.entries,
            report.checkpoints,
            report.receipts,
            report.records
        ),
        (10, 2, 2, 10)
    );
    let log = report.logs.iter().find(|log| log.origin == REPLICA).unwrap();
    assert_eq!((log.size, log.receipted), (10, 10));
    let receipt = world
        .store
        .read(|r| r.receipt_of(safety_store::journal::Pos::new(2, 5)))
        .unwrap()
        .unwrap();
    assert_eq!(receipt.size, 6);
}

#[test]
fn every_change_behind_the_back_is_told() {
    for (fault, sql, expected) in [
        (
            "line-changed",
            "UPDATE journal SET line = CAST(replace(CAST(line AS TEXT), '野3', '野4') AS BLOB) WHERE pos & 255 = 3",
            vec![
                "leaf",
                "log-head",
                "projection",
                "projection",
                "checkpoint-root",
                "checkpoint-root",
                "checkpoint-root",
                "checkpoint-root",
            ],
        ),
        (
            "line-not-json",
            "UPDATE journal SET line = x'7b' WHERE pos & 255 = 3",
            vec!["entry"],
        ),
        (
            "leaf-changed",
            "UPDATE journal SET leaf = zeroblob(32) WHERE pos & 255 = 3",
            vec!["leaf"],
        ),
        (
            "entry-removed",
            "DELETE FROM journal WHERE pos & 255 = 3",
            vec!["entry-missing"],
        ),
        (
            "entry-behind-the-head",
            "INSERT INTO journal SELECT pos + 1, leaf, line FROM journal WHERE pos & 255 = 9",
            vec!["log-head"],
        ),
        (
            "root-changed",
            "UPDATE logs SET root = zeroblob(32) WHERE log_no = 2",
            vec!["log-head"],
        ),
        (
            "frontier-changed",
            "UPDATE logs SET frontier = zeroblob(8) WHERE log_no = 2",
            vec!["log-head"],
        ),
        (
            "head-of-other-root",
            "UPDATE checkpoints SET root = zeroblob(32) WHERE size = 6",
            vec!["checkpoint-root", "checkpoint-signature"],
        ),
        (
            "head-with-other-text",
            "UPDATE checkpoints SET note = replace(note, 'outlet', 'outled') WHERE size = 6",
            vec!["checkpoint-signature"],
        ),
        (
            "head-ahead-of-the-log",
            "UPDATE checkpoints SET size = 99 WHERE size = 10",
            vec!["checkpoint-ahead", "checkpoint-signature"],
        ),
        (
            "receipt-of-an-unknown-key",
            "UPDATE trust SET cosigner = NULL",
            vec!["receipt-unknown-signer", "receipt-unknown-signer"],
        ),
        (
            "receipt-without-countersignature",
            "UPDATE receipts SET note = (SELECT note FROM checkpoints c WHERE c.size = receipts.size) WHERE size = 6",
            vec!["receipt-signature"],
        ),
        (
            "receipt-of-another-size",
            "UPDATE receipts SET size = 7 WHERE size = 6",
            vec!["checkpoint-root"],
        ),
        (
            "receipt-of-a-later-time",
            "UPDATE receipts SET time = time + 1 WHERE size = 6",
            vec!["receipt-signature"],
        ),
        (
            "title-changed",
            "UPDATE records SET title = '甲' WHERE versions = 1 AND title LIKE '%野3%'",
            vec!["projection", "projection"],
        ),
        (
            "record-removed",
            "DELETE FROM records WHERE title LIKE '%野3%'",
            vec!["index", "projection", "projection"],
        ),
        (
            "count-changed",
            "UPDATE tally SET late = late + 1",
            vec!["projection", "projection"],
        ),
        (
            "version-invented",
            "INSERT INTO versions SELECT no, pos FROM records WHERE title LIKE '%野3%'",
            vec!["projection"],
        ),
        (
            "index-changed",
            "DELETE FROM words WHERE rowid = 3",
            vec!["projection"],
        ),
    ] {
        let world = signed();
        let changed = world.store.write(|w| Ok(w.execute(sql, [])?)).unwrap();
        assert!(changed > 0, "{fault} changed nothing");
        let mut found: Vec<_> = report(&world.store)
            .differences
            .into_iter()
            .map(|d| d.code)
            .collect();
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        if fault == "entry-removed" || fault == "line-not-json" {
            assert!(found.iter().any(|code| code == expected[0]), "{fault}: {found:?}");
        } else {
            assert_eq!(found, expected, "{fault}");
        }
    }
}

#[test]
fn building_the_projection_again_mends_what_is_wrong_in_it() {
    let world = signed();
    world
        .store
        .write(|w| {
            w.execute_batch(
                "UPDATE records SET title = '甲'; DELETE FROM tally; DELETE FROM words WHERE rowid = 1;",
            )?;
            Ok(())
        })
        .unwrap();
    assert!(!report(&world.store).differences.is_empty());
    assert_eq!(world.store.write(|w| w.reproject()).unwrap(), 10);
    assert_eq!(report(&world.store).differences, []);
}
