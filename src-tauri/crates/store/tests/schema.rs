//! Stores of every earlier schema open, keep what they held, and end up with the tables of a new store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::*;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use safety_store::{SCHEMA_VERSION, Store};
use serde_json::json;

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")
}

fn raw(path: &Path) -> Connection {
    let hex: String = key()
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let db = Connection::open(path).unwrap();
    let sql = format!(
        "PRAGMA cipher_default_page_size = 8192; PRAGMA key = \"x'{hex}'\"; PRAGMA journal_mode = WAL;"
    );
    db.execute_batch(&sql).unwrap();
    db
}

/// Every table with its columns and indexes, however they came to be.
fn shape(db: &Connection) -> Vec<String> {
    let mut out = Vec::new();
    let mut query = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = query
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut pragma = |sql: String| {
        let mut query = db.prepare(&sql).unwrap();
        let count = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..count)
                .map(|at| format!("{:?}", row.get_ref(at).unwrap()))
                .collect();
            out.push(format!("{sql}: {}", values.join(" ")));
        }
    };
    for table in tables {
        pragma(format!(
            "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo('{table}') ORDER BY name"
        ));
        pragma(format!(
            "SELECT l.name, l.\"unique\", l.partial, x.seqno, x.name, x.desc FROM pragma_index_list('{table}') l,
             pragma_index_xinfo(l.name) x WHERE l.origin = 'c' ORDER BY l.name, x.seqno"
        ));
        pragma(format!(
            "SELECT name, strict, wr FROM pragma_table_list('{table}')"
        ));
    }
    out
}

#[test]
fn every_old_schema_becomes_the_new_one_and_keeps_its_records() {
    let fresh = world();
    let expected = shape(&raw(&fresh.path));
    let mut seen = 0;
    for entry in fs::read_dir(schemas()).unwrap() {
        let sql = fs::read_to_string(entry.unwrap().path()).unwrap();
        let path = fresh.folder.path().join(format!("old-{seen}.osa"));
        let old = raw(&path);
        old.execute_batch(&sql).unwrap();
        drop(old);
        let store = Store::open(&path, &key()).unwrap();
        assert_eq!(store.verify().unwrap().differences, []);
        assert_eq!(store.read(|r| r.meta()).unwrap().institution, OUTLET);
        store
            .write(|w| w.add_standard(&standard_json(), None, "2026-11-23T09:00:00+08:00"))
            .unwrap();
        assert_eq!(store.read(|r| r.search("王𠮷野", 0, 10)).unwrap().total, 1);
        drop(store);
        assert_eq!(shape(&raw(&path)), expected);
        seen += 1;
    }
    assert!(
        seen >= SCHEMA_VERSION,
        "no frozen store of schema {SCHEMA_VERSION}"
    );
}

#[test]
fn a_newer_store_is_refused_only_when_it_says_so() {
    let World {
        folder: _folder,
        path,
        store,
        ..
    } = world();
    drop(store);
    let set = |oldest: u32| {
        let db = raw(&path);
        db.pragma_update(None, "user_version", SCHEMA_VERSION + 5)
            .unwrap();
        db.execute(
            "UPDATE meta SET value = ?1 WHERE key = 'oldest_writer'",
            [oldest.to_string()],
        )
        .unwrap();
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS later (x INTEGER) STRICT; PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .unwrap();
    };
    set(SCHEMA_VERSION);
    Store::open(&path, &key()).unwrap();
    set(SCHEMA_VERSION + 1);
    let before = fs::read(&path).unwrap();
    assert_eq!(Store::open(&path, &key()).unwrap_err().code(), "store-too-new");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_changed_projection_is_built_again_when_the_store_is_opened() {
    let world = world();
    world.save(
        &header(id(1), "person", 0),
        &body("2026-11-23", json!({"name": "王𠮷野"})),
    );
    let World {
        folder: _folder,
        path,
        store,
        ..
    } = world;
    drop(store);
    let db = raw(&path);
    db.execute_batch("DROP TABLE tally; UPDATE records SET title = ''; UPDATE meta SET value = '0' WHERE key = 'projection'")
        .unwrap();
    drop(db);
    let store = Store::open(&path, &key()).unwrap();
    assert_eq!(
        store.read(|r| r.search("王𠮷野", 0, 10)).unwrap().rows[0].versions,
        1
    );
    assert_eq!(store.verify().unwrap().differences, []);
}

/// Freezes a store of the present schema: `cargo test -p safety-store --test schema -- --ignored`.
#[test]
#[ignore = "run once per schema, before it is shipped"]
fn freeze_the_present_schema() {
    let world = world();
    world.save(
        &header(id(1), "person", 0),
        &body("2026-11-23", json!({"name": "王𠮷野"})),
    );
    drop(world.store);
    let db = raw(&world.path);
    db.execute("DELETE FROM standards", []).unwrap();
    let projection = [
        "records",
        "versions",
        "heads",
        "pending",
        "words",
        "tally",
        "last_done",
    ];
    let mut sql = format!("PRAGMA user_version = {SCHEMA_VERSION};\n");
    let mut query = db
        .prepare("SELECT name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        .unwrap();
    let mut tables = Vec::new();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (name, table, text): (String, String, String) =
            (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        if table.starts_with("sqlite_")
            || projection
                .iter()
                .any(|p| table == *p || table.starts_with(&format!("{p}_")))
        {
            continue;
        }
        sql.push_str(&format!("{text};\n"));
        if name == table {
            tables.push(name);
        }
    }
    for table in tables {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_names().collect::<Vec<_>>().join(", ");
        let count = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let value = |at| match row.get_ref(at).unwrap() {
                ValueRef::Null => "NULL".to_owned(),
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Real(value) => value.to_string(),
                ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text).replace('\'', "''")),
                ValueRef::Blob(bytes) => format!(
                    "x'{}'",
                    bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()
                ),
            };
            let values: Vec<_> = (0..count).map(value).collect();
            if values[0] != "'projection'" {
                sql.push_str(&format!(
                    "INSERT INTO {table} ({columns}) VALUES ({});\n",
                    values.join(", ")
                ));
            }
        }
    }
    fs::create_dir_all(schemas()).unwrap();
    fs::write(schemas().join(format!("{SCHEMA_VERSION:03}.sql")), sql).unwrap();
}
