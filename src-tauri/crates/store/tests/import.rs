//! Importing: twice, overlapping, with a gap, forked, in any order; the outcome is the same or it is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use proptest::prelude::*;
use safety_store::journal::entry_name;
use safety_store::records::ListQuery;
use safety_store::{Error, Store};
use serde_json::json;

const A: &str = "aaaa0000";
const B: &str = "bbbb0000";

fn superior() -> World {
    let world = world();
    world
        .store
        .write(|w| {
            begin_log(w, OUTLET, A, false)?;
            begin_log(w, OUTLET, B, false)
        })
        .unwrap();
    world
}

fn lines(count: u128) -> Vec<Vec<u8>> {
    (0..count)
        .map(|number| {
            line(
                &header(id(number + 1), "person", 0),
                &body("2026-11-23", json!({"name": format!("甲{number}")})),
            )
        })
        .collect()
}

#[test]
fn ranges_twice_overlapping_gapped_and_forked() {
    let world = superior();
    let origin = origin(OUTLET, A);
    let lines = lines(10);
    let run = |start: u64, part: &[Vec<u8>]| world.store.write(|w| import(w, &origin, start, part));
    let first = run(0, &lines[..6]).unwrap();
    assert_eq!((first.added, first.repeated, first.size), (6, 0, 6));
    let twice = run(0, &lines[..6]).unwrap();
    assert_eq!((twice.added, twice.repeated, twice.root), (0, 6, first.root));
    let overlap = run(4, &lines[4..8]).unwrap();
    assert_eq!((overlap.added, overlap.repeated, overlap.size), (2, 2, 8));
    assert!(matches!(
        run(9, &lines[9..]),
        Err(Error::Gap {
            expected: 8,
            got: 9,
            ..
        })
    ));
    let mut forked = lines.clone();
    forked[7] = line(
        &header(id(99), "person", 0),
        &body("2026-11-23", json!({"name": "另一条"})),
    );
    assert!(matches!(run(5, &forked[5..]), Err(Error::Fork { seq: 7, .. })));
    assert_eq!(world.store.read(|r| r.log(&origin)).unwrap().unwrap().size, 8);
    assert_eq!(
        world
            .store
            .write(|w| import(w, "none", 0, &lines))
            .unwrap_err()
            .code(),
        "not-found"
    );
    let mut cut = lines.clone();
    cut[9].truncate(50);
    assert_eq!(run(8, &cut[8..]).unwrap_err().code(), "entry-not-json");
    let end = run(8, &lines[8..]).unwrap();
    assert_eq!(end.size, 10);
    assert_eq!(
        world
            .store
            .read(|r| r.count(&ListQuery::of_ledger("person", 1)))
            .unwrap(),
        10
    );
    world.clean();
}

#[test]
fn a_failed_bundle_in_a_group_leaves_the_others() {
    let world = superior();
    let lines = lines(4);
    let outcome = world.store.write(|w| {
        w.savepoint(|w| import(w, &origin(OUTLET, A), 0, &lines[..2]))?;
        let failed = w.savepoint(|w| {
            import(w, &origin(OUTLET, B), 0, &lines[2..])?;
            import(w, &origin(OUTLET, B), 7, &lines)
        });
        assert_eq!(failed.unwrap_err().code(), "gap");
        w.savepoint(|w| import(w, &origin(OUTLET, A), 2, &lines[2..]))
    });
    assert_eq!(outcome.unwrap().size, 4);
    assert_eq!(
        world
            .store
            .read(|r| r.log(&origin(OUTLET, B)))
            .unwrap()
            .unwrap()
            .size,
        0
    );
    world.clean();
}

#[test]
fn two_versions_that_do_not_know_each_other_are_both_kept_until_decided() {
    let world = superior();
    let (a, b) = (origin(OUTLET, A), origin(OUTLET, B));
    let version = |minute, name: &str, prev: Vec<String>| {
        let mut header = header(id(1), "person", minute);
        header.prev = prev;
        line(&header, &body("2026-11-23", json!({"name": name})))
    };
    let first = version(0, "甲", vec![]);
    let one = version(5, "乙", vec![entry_name(&a, 0)]);
    let other = version(3, "丙", vec![entry_name(&a, 0)]);
    world.store.write(|w| import(w, &a, 0, &[first, one])).unwrap();
    world.store.write(|w| import(w, &b, 0, &[other])).unwrap();
    let row = world.store.read(|r| r.record(id(1))).unwrap().unwrap();
    assert!(row.conflict && row.title.starts_with('乙'), "{row:?}");
    let heads = world.store.read(|r| r.heads(id(1))).unwrap();
    assert_eq!(
        heads.iter().map(|v| v.name.clone()).collect::<Vec<_>>(),
        [entry_name(&b, 0), entry_name(&a, 1)]
    );
    assert_eq!(
        world
            .store
            .read(|r| r.count(&ListQuery {
                conflict: Some(true),
                limit: 0,
                ..ListQuery::default()
            }))
            .unwrap(),
        1
    );
    world.clean();
    let decision = version(9, "丁", vec![entry_name(&b, 0), entry_name(&a, 1)]);
    world.store.write(|w| import(w, &b, 1, &[decision])).unwrap();
    let row = world.store.read(|r| r.record(id(1))).unwrap().unwrap();
    assert!(!row.conflict && row.title.starts_with('丁') && row.versions == 4);
    world.clean();
}

/// What a store shows, without what depends on the order of arrival (positions).
fn shown(store: &Store) -> Vec<String> {
    store
        .read(|r| {
            let mut out = Vec::new();
            let rows = r
                .list(&ListQuery {
                    withdrawn: true,
                    limit: 1000,
                    ..ListQuery::default()
                })?
                .rows;
            for row in rows {
                let history = r.history(row.id)?;
                let versions: Vec<_> = history
                    .iter()
                    .map(|v| format!("{}{}{}", v.name, v.shown, v.head))
                    .collect();
                out.push(format!(
                    "{} {} {} {} {} {} {} {versions:?}",
                    row.id, row.title, row.created, row.recorded, row.conflict, row.versions, row.withdrawn
                ));
            }
            out.extend(
                r.tally(None, "", "9999")?
                    .iter()
                    .map(|tally| format!("{tally:?}")),
            );
            out.extend(r.last_done(None)?.iter().map(|last| format!("{last:?}")));
            Ok(out)
        })
        .unwrap()
}

/// Entries of two logs over a few records; each may replace any earlier entries of the same record.
fn entries() -> impl Strategy<Value = Vec<(usize, u128, i64, Vec<prop::sample::Index>, bool)>> {
    let entry = (
        0..2usize,
        1..5u128,
        0..60i64,
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::bool::weighted(0.1),
    );
    prop::collection::vec(entry, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_cut_and_any_repetition_give_the_same_records(
        entries in entries(),
        cuts in prop::collection::vec((0..2usize, 1..6usize, 0..3u64), 0..40),
    ) {
        let origins = [origin(OUTLET, A), origin(OUTLET, B)];
        let mut logs: [Vec<Vec<u8>>; 2] = Default::default();
        let mut names: std::collections::BTreeMap<u128, Vec<String>> = Default::default();
        for (log, record, minute, replaces, withdrawn) in entries {
            let mut header = header(id(record), "person", minute);
            let known = names.entry(record).or_default();
            if !known.is_empty() {
                header.prev = replaces.iter().map(|index| index.get(known).clone()).collect();
                header.prev.sort();
                header.prev.dedup();
            }
            known.push(entry_name(&origins[log], logs[log].len() as u64));
            let mut body = body(&format!("2026-{:02}-01", 1 + minute % 12), json!({"name": format!("甲{minute}")}));
            body.withdrawn = withdrawn;
            logs[log].push(line(&header, &body));
        }
        let straight = superior();
        for (origin, lines) in origins.iter().zip(&logs) {
            straight.store.write(|w| import(w, origin, 0, lines)).unwrap();
        }
        let crooked = superior();
        let mut done = [0usize; 2];
        for (log, length, back) in cuts {
            let start = done[log].saturating_sub(back as usize);
            let end = (start + length).min(logs[log].len());
            if start < end {
                crooked.store.write(|w| import(w, &origins[log], start as u64, &logs[log][start..end])).unwrap();
                done[log] = done[log].max(end);
            }
        }
        for log in [1, 0] {
            crooked.store.write(|w| import(w, &origins[log], 0, &logs[log])).unwrap();
        }
        let expected = shown(&straight.store);
        prop_assert_eq!(&expected, &shown(&crooked.store));
        crooked.clean();
        crooked.store.write(|w| w.reproject()).unwrap();
        prop_assert_eq!(&expected, &shown(&crooked.store));
        crooked.clean();
    }
}
