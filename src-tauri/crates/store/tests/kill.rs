//! Killed at any moment while saving, drafting and importing: what was confirmed is there, nothing is half there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::*;
use safety_journal::Hash;
use safety_store::drafts::Draft;
use safety_store::records::ListQuery;
use safety_store::{Error, Store};
use serde_json::json;

const WHERE: &str = "SAFETY_STORE_KILL_TEST";
const REPLICA: &str = "aaaa0000";
const BUNDLE: u64 = 20;
const KILLS: u32 = 56;

/// What a life of the writer confirmed on its standard output.
#[derive(Default, Debug)]
struct Confirmed {
    saved: u64,
    imported: u64,
    drafted: u64,
    blobs: u64,
}

fn replica_line(seq: u64) -> Vec<u8> {
    let header = header(id(1_000_000 + u128::from(seq)), "person", 0);
    line(
        &header,
        &body(
            "2026-11-23",
            json!({"name": format!("导入{seq}"), "remark": "消防通道".repeat(40)}),
        ),
    )
}

fn photo(number: u64) -> Vec<u8> {
    format!("照片{number}").repeat(30_000).into_bytes()
}

/// The writer; does nothing unless it was started by the test below.
#[test]
fn writer_that_is_killed() {
    let Some(path) = std::env::var_os(WHERE).map(PathBuf::from) else {
        return;
    };
    let store = Store::open(&path, &key()).unwrap();
    let own = store.read(|r| r.own_log("up")).unwrap().unwrap();
    let replica = origin(OUTLET, REPLICA);
    let say = |what: &str, number: u64| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "CONFIRMED {what} {number}").unwrap();
        out.flush().unwrap();
    };
    let (mut saved, mut imported) = (own.size, store.read(|r| r.log(&replica)).unwrap().unwrap().size);
    for turn in 0.. {
        let draft = Draft {
            id: id(5),
            user: "李娜".into(),
            ledger: "L12".into(),
            record: None,
            content: json!({"turn": turn, "saved": saved}),
            created: at(0).to_rfc3339(),
            updated: at(turn).to_rfc3339(),
        };
        store.write(|w| w.save_draft(&draft)).unwrap();
        say("drafted", saved);
        let entry = header(id(1 + u128::from(saved)), "person", 0);
        let text = body("2026-11-23", json!({"name": format!("王𠮷野{saved}")}));
        store.write(|w| append(w, own.log_no, &entry, &text)).unwrap();
        saved += 1;
        say("saved", saved);
        let lines: Vec<_> = (imported..imported + BUNDLE).map(replica_line).collect();
        store
            .try_write_bulk::<_, Error>(|w| import(w, &replica, imported, &lines))
            .unwrap();
        imported += BUNDLE;
        say("imported", imported);
        if turn % 4 == 3 {
            let number = saved;
            store
                .write(|w| w.add_blob(&mut photo(number).as_slice(), "image/jpeg", None))
                .unwrap();
            say("blobs", number);
        }
    }
}

/// Runs a writer and kills it after so many confirmations (1 or more) and a part of a step. `step` is how long a
/// step takes on this machine, learned from life to life, so that the kills fall between the steps on any machine.
fn live_and_die(path: &Path, confirmations: u32, part: f64, step: &mut Duration) -> Confirmed {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer_that_is_killed", "--nocapture"])
        .env(WHERE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let mut confirmed = Confirmed::default();
    let mut note = |line: String| {
        let words: Vec<&str> = line.split(' ').collect();
        if let ["CONFIRMED", what, number] = words[..] {
            let number = number.parse().unwrap();
            match what {
                "saved" => confirmed.saved = number,
                "imported" => confirmed.imported = number,
                "drafted" => confirmed.drafted = number,
                _ => confirmed.blobs = number,
            }
            return true;
        }
        false
    };
    while !note(lines.next().expect("the writer lives")) {}
    let begun = Instant::now();
    let mut heard = 1;
    while heard < confirmations {
        heard += u32::from(note(lines.next().expect("the writer lives")));
    }
    if heard > 1 {
        *step = begun.elapsed() / (heard - 1);
    }
    // Read on in a thread of its own would race with the kill; the pipe holds what little is said meanwhile.
    std::thread::sleep(step.mul_f64(part));
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines {
        note(line);
    }
    assert!(begun.elapsed() < Duration::from_secs(60));
    confirmed
}

fn look(path: &Path, confirmed: &Confirmed, whole: bool) {
    let store = Store::open(path, &key()).unwrap();
    store
        .read(|r| {
            let own = r.own_log("up")?.unwrap();
            let replica = r.log(&origin(OUTLET, REPLICA))?.unwrap();
            assert!(own.size >= confirmed.saved, "{confirmed:?} {}", own.size);
            assert!(
                replica.size >= confirmed.imported,
                "{confirmed:?} {}",
                replica.size
            );
            // At most the one that was under way is there without having been confirmed.
            assert!(confirmed.saved == 0 || own.size <= confirmed.saved + 1);
            assert!(confirmed.imported == 0 || replica.size <= confirmed.imported + BUNDLE);
            assert_eq!(replica.size % BUNDLE, 0, "a bundle is half there");
            let records = r.count(&ListQuery::default())?;
            assert_eq!(records, own.size + replica.size);
            let entries: i64 = r.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
            assert_eq!(entries.unsigned_abs(), records);
            if confirmed.saved > 0 {
                let last = r.record(id(u128::from(confirmed.saved)))?.unwrap();
                assert!(last.title.contains(&format!("王𠮷野{}", confirmed.saved - 1)));
            }
            let draft = r.draft(id(5))?.unwrap();
            assert!(draft.content["saved"].as_u64().unwrap() >= confirmed.drafted);
            if confirmed.blobs > 0 {
                r.read_blob(&Hash::of(&photo(confirmed.blobs)), &mut std::io::sink())?;
            }
            Ok(())
        })
        .unwrap();
    if whole {
        assert_eq!(store.verify().unwrap().differences, []);
    }
}

#[test]
fn nothing_confirmed_is_lost_and_nothing_is_half_there() {
    let world = world();
    world
        .store
        .write(|w| begin_log(w, OUTLET, REPLICA, false))
        .unwrap();
    let World {
        folder: _folder,
        path,
        store,
        ..
    } = world;
    drop(store);
    let mut state = 0x2026_1123u64;
    let mut reached = [0; 2];
    let mut step = Duration::from_millis(10);
    for kill in 0..KILLS {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let part = (state >> 33) as f64 / f64::from(1u32 << 31);
        // Drafted, saved, imported and drafted again; every eighth life comes to an attachment.
        let confirmations = if kill % 8 == 7 { 13 } else { 1 + kill % 4 };
        let confirmed = live_and_die(&path, confirmations, part * 1.5, &mut step);
        reached[0] += u32::from(confirmed.saved > 0);
        reached[1] += u32::from(confirmed.imported > 0);
        look(&path, &confirmed, kill % 14 == 13);
    }
    // The kills did fall into the middle of work.
    assert!(reached.iter().all(|lives| *lives > KILLS / 4), "{reached:?}");
}
