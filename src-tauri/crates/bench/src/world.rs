//! Stores to measure on: a demo outlet with a year of records behind the command list, and real ones of an outlet and
//! its superior, enrolled, the outlet's log holding the entries that are exported and imported.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use safety_api::{App, Environment};
use safety_domain::institution::Level;
use safety_domain::text::{Lang, Text};
use safety_exchange::enrol::{self, Decision};
use safety_exchange::export::Request;
use safety_exchange::{DeviceKeys, DeviceSecrets, Folder, SECRET_BYTES};
use safety_store::journal::NewEntry;
use safety_store::slots::{Cost, Slots};
use safety_store::{Meta, Store, StoreKey};
use serde_json::json;
use tempfile::TempDir;

use crate::material::{Chance, Maker, Material};
use crate::measure::{Outcome, wire};

/// Entries of the large bundle.
pub const ENTRIES: u64 = 20_000;
pub const OUTLET: &str = "330100001";
pub const SUPERIOR: &str = "330100";
/// Of demo stores.
const PASSWORD: &str = "demo-2026";
const USER: &str = "head";

/// Everything the parts measure on.
pub struct World {
    pub dir: TempDir,
    pub material: Material,
    /// Store of a demo outlet with a year of records.
    pub demo: PathBuf,
    pub outlet: Actor,
    /// The superior's store before anything was imported.
    pub superior: Actor,
    /// Seconds the demo world took.
    pub demo_seconds: f64,
}

/// An institution with a store of its own.
pub struct Actor {
    pub name: Text,
    pub path: PathBuf,
    pub store: Store,
    pub keys: DeviceKeys,
}

/// The key of every store made here.
pub fn key() -> StoreKey {
    StoreKey::from_bytes([7; 32])
}

/// Goes on whatever is told.
pub fn go_on(_: safety_exchange::Step) -> bool {
    false
}

pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-23T09:31:05+08:00").unwrap_or_default()
}

impl World {
    pub fn build() -> Outcome<Self> {
        let dir = tempfile::Builder::new().prefix("safety-bench-").tempdir()?;
        let demo_dir = dir.path().join("demo");
        let (demo_seconds, summary) =
            crate::measure::time(|| safety_api::demo::build(&demo_dir, 1, Lang::Zh).map_err(wire))?;
        let demo = summary
            .json
            .pointer("/outlets/0/store")
            .and_then(|path| path.as_str());
        let demo = PathBuf::from(demo.ok_or("demo world without an outlet")?);
        let material = material(&demo)?;
        let outlet = Actor::new(dir.path(), OUTLET, Level::Outlet, 1)?;
        let superior = Actor::new(dir.path(), SUPERIOR, Level::SubBranch, 2)?;
        for actor in [&outlet, &superior] {
            actor.know(&material)?;
        }
        enrol(dir.path(), &outlet, &superior)?;
        let mut maker = material.maker(OUTLET, outlet.keys.origin(), 11);
        outlet.write(&mut maker, ENTRIES)?;
        superior.store.checkpoint()?;
        outlet.store.checkpoint()?;
        Ok(Self {
            dir,
            material,
            demo,
            outlet,
            superior,
            demo_seconds,
        })
    }

    /// An empty folder.
    pub fn folder(&self, name: &str) -> Outcome<PathBuf> {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(&path)?;
        Ok(path)
    }

    /// A copy of the superior's store that has taken nothing yet.
    pub fn fresh_superior(&self, name: &str) -> Outcome<Actor> {
        self.superior.copy(&self.folder(name)?)
    }

    /// The demo outlet's store behind the command list, unlocked.
    pub fn demo_app(&self) -> Outcome<App> {
        let app = app_at(&self.demo, &self.folder("machine")?);
        app.call("unlock", json!({ "user": USER, "password": PASSWORD }))
            .map_err(wire)?;
        Ok(app)
    }
}

/// The program at a store.
pub fn app_at(store: &Path, machine: &Path) -> App {
    let mut environment = Environment::desktop(Some(store.to_owned()));
    environment.machine_dir = machine.to_owned();
    App::new(environment)
}

/// Opens a store by its user's password, beside the program that may have it open too.
pub fn open(path: &Path, user: &str, password: &str) -> Outcome<Store> {
    let root = Slots::load(path, Cost::default())?.unlock(user, password, now())?;
    Ok(Store::open(path, &root.store_key())?)
}

fn material(demo: &Path) -> Outcome<Material> {
    let store = open(demo, USER, PASSWORD)?;
    let mut lines = Vec::new();
    let (reference, standard) = store.read(|reader| {
        for log in reader.logs()?.into_iter().filter(|log| log.own) {
            reader.entries(log.log_no, 0, log.size, |stored| {
                lines.push(stored.line.to_vec());
                Ok::<_, safety_store::Error>(())
            })?;
        }
        let Some(standard) = reader.rules().standards().first().cloned() else {
            return Ok((String::new(), None));
        };
        let json = reader.standard_json(&standard.id, &standard.version)?;
        Ok((standard.reference(), json))
    })?;
    let standard = standard.ok_or("demo store without a standard")?;
    Material::from_lines(lines.iter(), reference, standard)
}

impl Actor {
    /// Creates an institution's store in a folder.
    pub fn new(dir: &Path, code: &str, level: Level, seed: u64) -> Outcome<Self> {
        let mut random = [0; SECRET_BYTES];
        Chance::new(seed).fill(&mut random);
        let secrets = DeviceSecrets::from_random(&random);
        let about = Meta {
            institution: code.to_owned(),
            level,
            device: secrets.device_id()?,
            demo: false,
            created: now().to_rfc3339(),
        };
        let path = dir.join(format!("{code}.db"));
        let store = Store::create(&path, &key(), &about)?;
        let keys = store.try_write(|writer| secrets.install(writer, now()))?;
        Ok(Self {
            name: Text::new(code, code),
            path,
            store,
            keys,
        })
    }

    /// Takes the standard in.
    pub fn know(&self, material: &Material) -> Outcome<()> {
        let now = now().to_rfc3339();
        self.store
            .write(|writer| writer.add_standard(&material.standard, None, &now))?;
        Ok(())
    }

    /// Opens a store that was made before.
    pub fn at(path: &Path) -> Outcome<Self> {
        let store = Store::open(path, &key())?;
        let keys = DeviceKeys::load(&store)?;
        let code = keys.institution().to_owned();
        Ok(Self {
            name: Text::new(&code, &code),
            path: path.to_owned(),
            store,
            keys,
        })
    }

    /// The same institution at a copy of its store, in an empty folder.
    pub fn copy(&self, dir: &Path) -> Outcome<Self> {
        self.store.checkpoint()?;
        let path = dir.join("account.db");
        std::fs::copy(&self.path, &path)?;
        // Written back now, not while something is measured.
        std::fs::File::open(&path)?.sync_all()?;
        Self::at(&path)
    }

    /// Writes entries in one transaction.
    pub fn write(&self, maker: &mut Maker<'_>, count: u64) -> Outcome<()> {
        let origin = self.keys.origin();
        self.store.try_write_bulk::<_, safety_store::Error>(|writer| {
            let log = writer.log(origin)?.ok_or_else(|| missing(origin))?;
            for _ in 0..count {
                let made = maker.next_entry();
                writer.append(
                    log.log_no,
                    &NewEntry {
                        header: &made.header,
                        body: &made.body,
                        salt: made.salt,
                    },
                )?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Writes a bundle of the own entries from `from` on into a folder.
    pub fn export(&self, dir: &Path, from: u64) -> Outcome<PathBuf> {
        let place = Folder::new(dir, self.keys.origin());
        let what = Request {
            from: Some(from),
            outside: None,
        };
        let exported = safety_exchange::export(&self.store, &self.keys, &place, what, now(), &mut go_on)?;
        Ok(dir.join(&exported.file.name))
    }

    /// Imports a bundle; how many entries were new.
    pub fn import(&self, file: &Path) -> Outcome<u64> {
        let outcome = safety_exchange::import(&self.store, &self.keys, file, None, now(), &mut go_on)?;
        match outcome.refusal {
            None => Ok(outcome.added()),
            Some(refusal) => Err(format!("bundle refused: {refusal}").into()),
        }
    }
}

fn missing(origin: &str) -> safety_store::Error {
    safety_store::Error::NotFound {
        what: "log",
        id: origin.to_owned(),
    }
}

/// Enrols one institution at another, as two people would do it on the telephone.
pub fn enrol(dir: &Path, lower: &Actor, upper: &Actor) -> Outcome<()> {
    let dir = dir.join("enrol");
    std::fs::create_dir_all(&dir)?;
    let place = Folder::new(&dir, lower.keys.origin());
    let (file, _) = enrol::request(&lower.store, &lower.keys, &lower.name, &place, now())?;
    let request = std::fs::read(dir.join(file.name))?;
    let decision = Decision {
        name: &upper.name,
        spoken: &lower.keys.card(&lower.name).fingerprint(),
        additional: false,
    };
    let place = Folder::new(&dir, upper.keys.origin());
    let approved = enrol::approve(&upper.store, &upper.keys, &request, decision, &place, now())?;
    let approval = std::fs::read(dir.join(&approved.file.name))?;
    enrol::accept(&lower.store, &lower.keys, &approval, &approved.fingerprint, now())?;
    Ok(())
}
