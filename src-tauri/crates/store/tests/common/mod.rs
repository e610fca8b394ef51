//! A store in a temporary folder with people who write in it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, TimeDelta};
use safety_domain::institution::Level;
use safety_domain::record::{EntryHeader, HEADER_VERSION, RecordBody};
use safety_journal::entry::{self, Payload};
use safety_store::journal::{Appended, NewEntry, NewLog};
use safety_store::{Error, NewStore, Result, RootSecret, Store, StoreKey, Writer};
use serde_json::{Value, json};
use uuid::Uuid;

pub const OUTLET: &str = "330100001";
pub const STANDARD: &str = "default@2026.1";

pub fn key() -> StoreKey {
    RootSecret::generate(&mut |bytes| bytes.fill(0x42)).store_key()
}

pub fn about(institution: &str, device: &str) -> NewStore {
    NewStore {
        institution: institution.to_owned(),
        level: Level::Outlet,
        device: device.to_owned(),
        demo: false,
        created: "2026-11-23T09:00:00+08:00".to_owned(),
    }
}

pub fn at(minute: i64) -> DateTime<FixedOffset> {
    let start: DateTime<FixedOffset> = "2026-11-23T09:00:00+08:00".parse().unwrap();
    start + TimeDelta::minutes(minute)
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_5f00_0000_7000_8000_0000_0000_0000 | number)
}

pub fn standard_json() -> String {
    fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                gather(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/standard");
    let mut files = BTreeMap::new();
    gather(&folder, "", &mut files);
    let standard = safety_domain::standard::assemble(&files).expect("the default standard");
    serde_json::to_string(&standard).unwrap()
}

/// A store with one own log and the default standard.
pub struct World {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
    pub store: Store,
    pub log_no: i64,
}

pub fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("account.osa");
    let store = Store::create(&path, &key(), &about(OUTLET, "1f2e3d4c")).unwrap();
    let log_no = store
        .write(|w| {
            w.add_standard(&standard_json(), None, "2026-11-23T09:00:00+08:00")?;
            begin_log(w, OUTLET, "1f2e3d4c", true)
        })
        .unwrap();
    World {
        folder,
        path,
        store,
        log_no,
    }
}

pub fn begin_log(w: &Writer<'_>, institution: &str, device: &str, own: bool) -> Result<i64> {
    let log = w.add_log(&NewLog {
        origin: origin(institution, device),
        institution: institution.to_owned(),
        device: device.to_owned(),
        audience: "up".to_owned(),
        own,
        vkey: String::new(),
        valid_to: None,
        created: at(0).to_rfc3339(),
    })?;
    Ok(log.log_no)
}

pub fn origin(institution: &str, device: &str) -> String {
    format!("outlet-safety/{institution}/{device}")
}

pub fn header(rec: Uuid, ledger: &str, minute: i64) -> EntryHeader {
    EntryHeader {
        v: HEADER_VERSION,
        rec,
        ledger: ledger.to_owned(),
        inst: OUTLET.to_owned(),
        at: at(minute),
        by: "王𠮷野".to_owned(),
        std: STANDARD.to_owned(),
        prev: Vec::new(),
    }
}

pub fn body(occurred: &str, fields: Value) -> RecordBody {
    serde_json::from_value(json!({"occurred": occurred, "fields": fields})).unwrap()
}

pub fn append(w: &Writer<'_>, log_no: i64, header: &EntryHeader, body: &RecordBody) -> Result<Appended> {
    w.append(
        log_no,
        &NewEntry {
            header,
            body,
            salt: *b"0123456789abcdef",
        },
    )
}

impl World {
    pub fn save(&self, header: &EntryHeader, body: &RecordBody) -> Appended {
        self.store
            .write(|w| append(w, self.log_no, header, body))
            .unwrap()
    }

    /// Closes the store and opens it again.
    pub fn reopen(self) -> Self {
        let Self {
            folder,
            path,
            store,
            log_no,
        } = self;
        drop(store);
        let store = Store::open(&path, &key()).unwrap();
        Self {
            folder,
            path,
            store,
            log_no,
        }
    }

    pub fn titles(&self, typed: &str) -> Vec<String> {
        let page = self.store.read(|r| r.search(typed, 0, 50)).unwrap();
        assert_eq!(page.total as usize, page.rows.len());
        page.rows.into_iter().map(|row| row.title).collect()
    }

    pub fn clean(&self) {
        let report = self.store.verify().unwrap();
        assert_eq!(report.differences, []);
    }
}

pub fn line(header: &EntryHeader, body: &RecordBody) -> Vec<u8> {
    let header = serde_json::to_vec(header).unwrap();
    let body = serde_json::to_vec(body).unwrap();
    entry::encode_line(
        &header,
        Payload::Body {
            salt: *b"0123456789abcdef",
            body: &body,
        },
    )
    .unwrap()
}

/// Imports lines into the log of `origin`, parsing them with the store's rules.
pub fn import(
    w: &Writer<'_>,
    origin: &str,
    start: u64,
    lines: &[Vec<u8>],
) -> Result<safety_store::journal::Imported> {
    let rules = w.rules();
    w.import::<Error>(
        origin,
        start,
        lines.iter().map(|line| rules.read_line(line.clone())),
    )
}
