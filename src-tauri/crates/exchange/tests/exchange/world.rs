//! Actors with a store each, folders between them, and a clock that moves when told to.

use std::cell::Cell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, FixedOffset};
use safety_domain::institution::Level;
use safety_domain::record::{Attachment, EntryHeader, RecordBody};
use safety_domain::text::Text;
use safety_exchange::enrol::{self, Approved, Decision};
use safety_exchange::export::Request;
use safety_exchange::status::Status;
use safety_exchange::{
    DeviceKeys, DeviceSecrets, Error, Exported, Folder, Outcome, OutcomeKind, Replied, SECRET_BYTES,
};
use safety_journal::Hash;
use safety_store::journal::NewEntry;
use safety_store::{Meta, Store, StoreKey};
use serde_json::{Map, json};
use tempfile::TempDir;
use uuid::Uuid;

pub struct World {
    pub dir: PathBuf,
    /// Takes the folder away in the end; a killed child leaves that to its parent.
    _guard: Option<TempDir>,
    clock: Cell<i64>,
    actors: Cell<u8>,
}

pub struct Actor {
    pub name: Text,
    pub path: PathBuf,
    pub outside: PathBuf,
    pub store: Store,
    pub keys: DeviceKeys,
    number: u8,
    written: Cell<u64>,
}

pub fn key() -> StoreKey {
    StoreKey::from_bytes([7; 32])
}

pub fn never(_: safety_exchange::Step) -> bool {
    false
}

pub fn secrets(number: u8) -> DeviceSecrets {
    let mut random = [number; SECRET_BYTES];
    random[32..64].fill(number ^ 0x55);
    random[64..].fill(number ^ 0xaa);
    DeviceSecrets::from_random(&random)
}

impl World {
    pub fn new() -> World {
        let guard = TempDir::new().unwrap();
        let world = World::at(guard.path());
        World {
            _guard: Some(guard),
            ..world
        }
    }

    /// A world that somebody else made.
    pub fn at(dir: &Path) -> World {
        World {
            dir: dir.to_owned(),
            _guard: None,
            clock: Cell::new(0),
            actors: Cell::new(1),
        }
    }

    pub fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-23T09:31:05+08:00").unwrap()
            + Duration::minutes(self.clock.get())
    }

    pub fn pass(&self, minutes: i64) {
        self.clock.set(self.clock.get() + minutes);
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        let path = self.dir.join(name);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    pub fn actor(&self, name: &str, code: &str, level: Level) -> Actor {
        self.actor_in(name, code, level, false)
    }

    pub fn actor_in(&self, name: &str, code: &str, level: Level, demo: bool) -> Actor {
        let number = self.actors.get();
        self.actors.set(number + 1);
        let secrets = secrets(number);
        let about = Meta {
            institution: code.to_owned(),
            level,
            device: secrets.device_id().unwrap(),
            demo,
            created: self.now().to_rfc3339(),
        };
        let path = self.folder(&format!("actor-{number}")).join("account.db");
        let store = Store::create(&path, &key(), &about).unwrap();
        let keys = store
            .try_write(|writer| secrets.install(writer, self.now()))
            .unwrap();
        Actor {
            name: Text::new(name, ""),
            outside: path.with_file_name("seen.json"),
            path,
            store,
            keys,
            number,
            written: Cell::new(0),
        }
    }

    /// 支行 with 网点A enrolled below it.
    pub fn pair(&self) -> (Actor, Actor) {
        let sub = self.actor("支行", "330100", Level::SubBranch);
        let outlet = self.actor("网点A", "330100001", Level::Outlet);
        self.enrol(&outlet, &sub);
        (outlet, sub)
    }

    pub fn enrol(&self, lower: &Actor, upper: &Actor) {
        self.enrol_as(lower, upper, false).unwrap();
    }

    pub fn enrol_as(&self, lower: &Actor, upper: &Actor, additional: bool) -> Result<Approved, Error> {
        let request = self.request(lower);
        let spoken = lower.fingerprint();
        let approved = self.approve(upper, &request, &spoken, additional)?;
        let approval = std::fs::read(self.folder("enrol").join(&approved.file.name)).unwrap();
        enrol::accept(
            &lower.store,
            &lower.keys,
            &approval,
            &approved.fingerprint,
            self.now(),
        )?;
        Ok(approved)
    }

    pub fn request(&self, lower: &Actor) -> Vec<u8> {
        let dir = self.folder("enrol");
        let place = Folder::new(&dir, lower.keys.origin());
        let (file, _) = enrol::request(&lower.store, &lower.keys, &lower.name, &place, self.now()).unwrap();
        std::fs::read(dir.join(file.name)).unwrap()
    }

    pub fn approve(
        &self,
        upper: &Actor,
        request: &[u8],
        spoken: &str,
        additional: bool,
    ) -> Result<Approved, Error> {
        let place = Folder::new(self.folder("enrol"), upper.keys.origin());
        let decision = Decision {
            name: &upper.name,
            spoken,
            additional,
        };
        enrol::approve(&upper.store, &upper.keys, request, decision, &place, self.now())
    }

    pub fn export(&self, from: &Actor) -> PathBuf {
        self.export_from(from, None).unwrap().0
    }

    pub fn export_from(&self, actor: &Actor, from: Option<u64>) -> Result<(PathBuf, Exported), Error> {
        let dir = self.folder("exchange");
        let place = Folder::new(&dir, actor.keys.origin());
        let what = Request {
            from,
            outside: Some(&actor.outside),
        };
        let exported =
            safety_exchange::export(&actor.store, &actor.keys, &place, what, self.now(), &mut never)?;
        Ok((dir.join(&exported.file.name), exported))
    }

    pub fn import(&self, at: &Actor, file: &Path) -> Outcome {
        safety_exchange::import(
            &at.store,
            &at.keys,
            file,
            Some(&at.outside),
            self.now(),
            &mut never,
        )
        .unwrap()
    }

    pub fn import_many(&self, at: &Actor, files: &[PathBuf]) -> Vec<Outcome> {
        safety_exchange::import_many(
            &at.store,
            &at.keys,
            files,
            Some(&at.outside),
            self.now(),
            &mut never,
        )
        .unwrap()
    }

    pub fn reply(&self, from: &Actor, to: &Actor) -> (PathBuf, Replied) {
        let dir = self.folder("exchange");
        let place = Folder::new(&dir, from.keys.origin());
        let replied =
            safety_exchange::reply(&from.store, &from.keys, to.keys.institution(), &place, self.now())
                .unwrap();
        (dir.join(&replied.file.name), replied)
    }

    /// Export, import, reply, receipts.
    pub fn round(&self, lower: &Actor, upper: &Actor) {
        let bundle = self.export(lower);
        let outcome = self.import(upper, &bundle);
        assert!(outcome.refusal.is_none(), "{outcome:?}");
        let (reply, _) = self.reply(upper, lower);
        let outcome = self.import(lower, &reply);
        assert!(outcome.refusal.is_none(), "{outcome:?}");
    }
}

impl Actor {
    /// The actor whose store lies at `path`.
    pub fn at(name: &str, number: u8, path: &Path) -> Actor {
        let store = Store::open(path, &key()).unwrap();
        let keys = DeviceKeys::load(&store).unwrap();
        let size = store
            .read(|reader| reader.log(keys.origin()))
            .unwrap()
            .unwrap()
            .size;
        Actor {
            name: Text::new(name, ""),
            outside: path.with_file_name("seen.json"),
            path: path.to_owned(),
            store,
            keys,
            number,
            written: Cell::new(size),
        }
    }

    pub fn fingerprint(&self) -> String {
        self.keys.card(&self.name).fingerprint()
    }

    pub fn origin(&self) -> &str {
        self.keys.origin()
    }

    /// Writes entries.
    pub fn write(&self, count: u64) {
        self.write_for(self.keys.institution(), count, &[]);
    }

    pub fn write_for(&self, institution: &str, count: u64, files: &[Vec<u8>]) {
        self.store
            .write(|writer| {
                let log = writer.log(self.origin())?.unwrap();
                let mut attachments = Vec::new();
                for bytes in files {
                    let blob = writer.add_blob(&mut bytes.as_slice(), "image/jpeg", None)?;
                    attachments.push(Attachment {
                        sha256: blob.sha256.to_hex(),
                        name: "照片.jpg".to_owned(),
                        media_type: blob.media_type,
                        size: blob.size,
                        field: None,
                    });
                }
                for _ in 0..count {
                    let number = self.written.get();
                    self.written.set(number + 1);
                    let fields = json!({"place": format!("营业厅第{number}区"), "by": "王𠮷", "note": "灭火器压力正常䶮"});
                    let body = RecordBody {
                        occurred: "2026-11-23".to_owned(),
                        fields: fields.as_object().cloned().unwrap_or_else(Map::new),
                        late: None,
                        change: None,
                        files: attachments.clone(),
                        withdrawn: false,
                    };
                    let id = u128::from(self.number) << 100 | 7 << 76 | 2 << 62 | u128::from(number);
                    let header = EntryHeader {
                        v: 1,
                        rec: Uuid::from_u128(id),
                        ledger: "L12".to_owned(),
                        inst: institution.to_owned(),
                        at: DateTime::parse_from_rfc3339("2026-11-23T09:31:05+08:00").unwrap(),
                        by: "laowang".to_owned(),
                        std: "default@1".to_owned(),
                        prev: Vec::new(),
                    };
                    let mut salt = [self.number; 16];
                    salt[..8].copy_from_slice(&number.to_be_bytes());
                    writer.append(log.log_no, &NewEntry { header: &header, body: &body, salt })?;
                }
                Ok(())
            })
            .unwrap();
    }

    /// From now on what is written differs from what was written under the same number before.
    pub fn take_another_turn(&self) {
        self.written.set(self.written.get() + 1_000_000);
    }

    pub fn size(&self, origin: &str) -> u64 {
        self.log(origin).0
    }

    pub fn log(&self, origin: &str) -> (u64, Hash) {
        let log = self.store.read(|reader| reader.log(origin)).unwrap().unwrap();
        (log.size, log.root)
    }

    pub fn status(&self) -> Status {
        self.store
            .try_read(|reader| safety_exchange::status(reader, &self.keys))
            .unwrap()
    }

    /// Closes the store and opens what lies at its path now.
    pub fn reopen(self) -> Actor {
        let Actor {
            name,
            path,
            outside,
            store,
            number,
            written,
            ..
        } = self;
        drop(store);
        let store = Store::open(&path, &key()).unwrap();
        let keys = DeviceKeys::load(&store).unwrap();
        Actor {
            name,
            path,
            outside,
            store,
            keys,
            number,
            written,
        }
    }

    /// A copy of the store as it is.
    pub fn backup(&self) -> Vec<u8> {
        self.store.checkpoint().unwrap();
        std::fs::read(&self.path).unwrap()
    }

    /// Puts a copy in the store's place.
    pub fn restore(self, copy: &[u8]) -> Actor {
        self.store.checkpoint().unwrap();
        let path = self.path.clone();
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(PathBuf::from(format!("{}{suffix}", path.display())));
        }
        std::fs::write(&path, copy).unwrap();
        self.reopen()
    }

    /// Every row of every table but the history, as text.
    pub fn dump(&self) -> String {
        self.dump_without(&["exchange_history", "sqlite_sequence"])
    }

    pub fn dump_without(&self, left_out: &[&str]) -> String {
        self.store
            .read(|reader| {
                let mut tables: Vec<String> = Vec::new();
                let mut query = reader.prepare(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
                )?;
                for name in query.query_map([], |row| row.get(0))? {
                    tables.push(name?);
                }
                let mut text = String::new();
                for table in tables.iter().filter(|table| !left_out.contains(&table.as_str())) {
                    let mut query = reader.prepare(&format!("SELECT * FROM {table}"))?;
                    let columns = query.column_count();
                    let mut rows = query.query([])?;
                    let mut lines = Vec::new();
                    while let Some(row) = rows.next()? {
                        let mut line = format!("{table}:");
                        for column in 0..columns {
                            write!(line, " {:?}", row.get::<_, rusqlite::types::Value>(column)?).unwrap();
                        }
                        lines.push(line);
                    }
                    lines.sort();
                    text.push_str(&lines.join("\n"));
                    text.push('\n');
                }
                Ok(text)
            })
            .unwrap()
    }

    pub fn history(&self) -> Vec<String> {
        let events = self
            .store
            .try_read(|reader| safety_exchange::status::history(reader, None, 0, 10_000))
            .unwrap();
        events
            .into_iter()
            .map(|event| format!("{} {}", event.direction, event.outcome))
            .collect()
    }

    /// Recomputes everything in the store.
    pub fn verify(&self) {
        let report = self
            .store
            .verify_with(std::slice::from_ref(self.keys.cosigner().verifier()))
            .unwrap();
        assert_eq!(report.differences, [], "{:?}", self.name);
    }
}

/// The code with which a file was refused or kept aside.
pub fn code(outcome: &Outcome) -> &'static str {
    assert!(
        matches!(outcome.kind, OutcomeKind::Refused | OutcomeKind::KeptAside),
        "{outcome:?}"
    );
    outcome.refusal.as_ref().unwrap().code()
}
