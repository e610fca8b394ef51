//! How fast importing is, compared with inserting the same rows into the same tables as fast as SQLite takes them.
//! Run by hand: `cargo test --release -p safety-store --lib speed -- --ignored --nocapture`.

use std::time::Instant;

use safety_domain::record::EntryHeader;
use safety_journal::entry::{Payload, encode_line};
use serde_json::json;
use uuid::Uuid;

use super::{NewLog, Pos, Received, entry_name};
use crate::{Error, NewStore, RootSecret, Rules, Store};

const ENTRIES: u64 = 20_000;
const ORIGIN: &str = "outlet-safety/330100001/aaaa0000";

fn standard() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/standard");
    let mut files = std::collections::BTreeMap::new();
    for part in ["", "ledgers", "facilities"] {
        for entry in std::fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path
                    .strip_prefix(&folder)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    serde_json::to_string(&safety_domain::standard::assemble(&files).unwrap()).unwrap()
}

/// Entries of about 700 bytes with varied Chinese text; three in ten correct an earlier one.
fn lines() -> Vec<Vec<u8>> {
    let places = [
        "营业大厅",
        "现金柜台",
        "自助银行",
        "监控室",
        "守库室",
        "配电间",
        "消防通道",
        "办公区",
    ];
    let acts = [
        "检查灭火器压力",
        "测试110联网报警",
        "查看监控回放",
        "核对防弹玻璃",
        "清理疏散通道",
        "试验应急照明",
    ];
    let mut state = 7u64;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..ENTRIES)
        .map(|number| {
            let correction = number > 10 && next(10) < 3;
            let of = if correction {
                number - 1 - next(10) as u64
            } else {
                number
            };
            let header = EntryHeader {
                v: 1,
                rec: Uuid::from_u128(0x0193_5f00_0000_7000_8000_0000_0000_0000 | u128::from(of)),
                ledger: format!("L{:02}", 3 + of % 18),
                inst: "330100001".to_owned(),
                at: "2026-11-23T09:31:05+08:00".parse().unwrap(),
                by: "01935f00-0000-7000-8000-000000000001".to_owned(),
                std: "default@2026.1".to_owned(),
                prev: if correction {
                    vec![entry_name(ORIGIN, of)]
                } else {
                    Vec::new()
                },
            };
            let mut remark = String::new();
            for _ in 0..6 {
                remark.push_str(places[next(places.len())]);
                remark.push_str(acts[next(acts.len())]);
                remark.push_str("，情况正常；");
            }
            let body = json!({
                "occurred": format!("2026-{:02}-{:02}", 1 + of % 12, 1 + of % 28),
                "fields": {"place": places[next(places.len())], "remark": remark, "number": number},
            });
            let header = serde_json::to_vec(&header).unwrap();
            let body = body.to_string();
            encode_line(
                &header,
                Payload::Body {
                    salt: [7; 16],
                    body: body.as_bytes(),
                },
            )
            .unwrap()
        })
        .collect()
}

fn store(folder: &std::path::Path, name: &str, json: &str) -> Store {
    let key = RootSecret::generate(&mut |bytes| bytes.fill(0x42)).store_key();
    let about = NewStore {
        institution: "330100".to_owned(),
        level: safety_domain::institution::Level::Branch,
        device: "00000000".to_owned(),
        demo: false,
        created: "2026-11-23T09:00:00+08:00".to_owned(),
    };
    let store = Store::create(&folder.join(name), &key, &about).unwrap();
    let log = NewLog {
        origin: ORIGIN.to_owned(),
        institution: "330100001".to_owned(),
        device: "aaaa0000".to_owned(),
        audience: "up".to_owned(),
        own: false,
        vkey: String::new(),
        valid_to: None,
        created: "2026-11-23T09:00:00+08:00".to_owned(),
    };
    store
        .write(|w| {
            w.add_standard(json, None, "2026-11-23T09:00:00+08:00")
                .and_then(|_| w.add_log(&log))
        })
        .unwrap();
    store
}

/// The same rows, already worked out, in one transaction with prepared statements.
fn raw(store: &Store, received: &[Received]) {
    store
        .try_write_bulk::<_, Error>(|w| {
            let mut journal = w.prepare("INSERT INTO journal (pos, leaf, line) VALUES (?1, ?2, ?3)")?;
            let mut records = w.prepare(
                "INSERT INTO records (id, ledger, inst, occurred, created, recorded, author, title, state, due,
                   open, bad, late, withdrawn, conflict, known, versions, pos)
                 VALUES (?1, ?2, ?3, ?4, 0, 0, ?5, ?6, ?7, ?8, ?9, ?10, 0, 0, 0, 1, 1, ?11)
                 ON CONFLICT (id) DO UPDATE SET occurred = excluded.occurred, author = excluded.author,
                   title = excluded.title, state = excluded.state, due = excluded.due, open = excluded.open,
                   versions = versions + 1, pos = excluded.pos RETURNING no, versions",
            )?;
            let mut words = w.prepare("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
            let mut unword = w.prepare("DELETE FROM words WHERE rowid = ?1")?;
            let mut version = w.prepare("INSERT INTO versions (no, pos) VALUES (?1, ?2)")?;
            for (seq, entry) in received.iter().enumerate() {
                let pos = Pos::new(1, seq as u64).0;
                journal.execute((pos, entry.leaf.as_bytes(), &entry.line))?;
                let (header, derived) = (&entry.header, &entry.derived);
                let (no, versions): (i64, i64) = records.query_row(
                    rusqlite::params![
                        header.rec.as_bytes(),
                        header.ledger,
                        header.inst,
                        derived.occurred,
                        header.by,
                        derived.title,
                        derived.state,
                        derived.due,
                        derived.open,
                        derived.bad,
                        pos
                    ],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )?;
                if versions > 1 {
                    unword.execute([no])?;
                    version.execute((no, pos - 1))?;
                }
                words.execute((no, &derived.words))?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
#[ignore = "measures; run by hand in release"]
fn speed() {
    let folder = tempfile::tempdir().unwrap();
    let json = standard();
    let rules = Rules::from_standards([serde_json::from_str(&json).unwrap()]);
    let lines = lines();
    let bytes: usize = lines.iter().map(Vec::len).sum();
    println!("{ENTRIES} entries of {} bytes", bytes / lines.len());
    for round in 0..3 {
        let begun = Instant::now();
        let received: Vec<_> = lines
            .iter()
            .map(|line| rules.read_line(line.clone()).unwrap())
            .collect();
        let parse = begun.elapsed();
        let limit = store(folder.path(), &format!("limit-{round}.osa"), &json);
        let begun = Instant::now();
        raw(&limit, &received);
        let limit = begun.elapsed();

        let target = store(folder.path(), &format!("ready-{round}.osa"), &json);
        let begun = Instant::now();
        let ready = received.into_iter().map(Ok);
        target
            .try_write_bulk::<_, Error>(|w| w.import(ORIGIN, 0, ready))
            .unwrap();
        let writer = begun.elapsed();

        let target = store(folder.path(), &format!("threads-{round}.osa"), &json);
        let (send, receive) = std::sync::mpsc::sync_channel(256);
        let begun = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for line in &lines {
                    if send.send(rules.read_line(line.clone())).is_err() {
                        break;
                    }
                }
                drop(send);
            });
            target
                .try_write_bulk::<_, Error>(|w| w.import(ORIGIN, 0, receive.iter().take(lines.len())))
                .unwrap();
        });
        let threads = begun.elapsed();
        let rate = |time: std::time::Duration| ENTRIES as f64 / time.as_secs_f64();
        println!(
            "parse {:.0}/s, limit {:.0}/s, writer {:.0}/s ({:.2} × limit), two threads {:.0}/s ({:.2} × limit)",
            rate(parse),
            rate(limit),
            rate(writer),
            limit.as_secs_f64() / writer.as_secs_f64(),
            rate(threads),
            limit.as_secs_f64() / threads.as_secs_f64(),
        );
    }
}
