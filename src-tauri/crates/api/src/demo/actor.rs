//! One institution of the demo world with its store, its people and a clock that the world moves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime, TimeZone};
use safety_domain::institution::Level;
use safety_domain::record::{Late, local_offset};
use safety_domain::standard::Standard;
use safety_domain::text::Lang;
use safety_domain::validate::{is_act, is_late};
use safety_store::Writer;
use safety_store::slots::Slots;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

use super::script::{Chance, Script};
use crate::app::App;
use crate::environment::{Clock, Environment};
use crate::error::Fault;
use crate::session::{Session, body};
use crate::standards;
use crate::types::*;
use crate::usecases::{records, session as sessions, setup};

/// Password of every demo user. Demo stores hold nothing that is worth a better one.
pub const PASSWORD: &str = "demo-2026";

/// An institution at work.
#[derive(Debug)]
pub struct Actor {
    pub session: Session,
    pub code: String,
    pub level: Level,
    pub standard: Arc<Standard>,
    pub script: Script,
    pub chance: Chance,
    /// Person records by post.
    pub people: BTreeMap<String, Vec<String>>,
    /// Facility records by class.
    pub facilities: BTreeMap<String, String>,
    pub store: PathBuf,
}

/// Who is to be set up.
pub struct Founding<'a> {
    pub dir: &'a Path,
    pub code: String,
    pub name: [String; 2],
    pub level: Level,
    /// Post of the first user.
    pub post: &'a str,
    pub seed: u64,
    pub day: NaiveDate,
    pub lang: Lang,
}

impl Actor {
    /// Sets an institution up with its first user `head`.
    pub fn found(founding: &Founding<'_>) -> Result<Self, Fault> {
        let clock = Clock::simulated(moment(founding.day, 8, 0));
        let store = founding.dir.join("stores").join(format!("{}.db", founding.code));
        let environment = Environment {
            store: store.clone(),
            machine_dir: founding.dir.join("machines").join(&founding.code),
            font_dirs: Vec::new(),
            clock,
            system_lang: founding.lang,
            quick_keys: true,
        };
        let script = Script::read(founding.lang)?;
        let mut chance = Chance::new(founding.seed);
        let app = App::new(environment.clone());
        let [name_zh, name_en] = founding.name.clone();
        let args = SetupArgs {
            lang: founding.lang,
            level: founding.level,
            code: founding.code.clone(),
            name_zh,
            name_en,
            opened: Some((founding.day - chrono::Days::new(2000)).to_string()),
            person_name: script.person_name(usize::try_from(founding.seed).unwrap_or_default(), &mut chance),
            post: None,
            user: "head".to_owned(),
            password: PASSWORD.into(),
        };
        setup::create_store(&app, args, true)?;
        app.end_session();
        let root =
            Slots::load(&store, environment.key_cost())?.unlock("head", PASSWORD, environment.clock.now())?;
        let session = sessions::open(&app, root, "head")?;
        let person = session.user.person.clone().unwrap_or_default();
        let mut actor = Self {
            session,
            code: founding.code.clone(),
            level: founding.level,
            standard: standards::default()?,
            script,
            chance,
            people: BTreeMap::new(),
            facilities: BTreeMap::new(),
            store,
        };
        actor.appoint(founding.post, &person, &founding.code.clone(), founding.day)?;
        Ok(actor)
    }

    /// Moves the clock; it never goes back.
    pub fn at(&self, day: NaiveDate, hour: u32, minute: u32) {
        self.not_before(moment(day, hour, minute));
    }

    /// Moves the clock to a moment, unless it is later already.
    pub fn not_before(&self, moment: chrono::DateTime<chrono::FixedOffset>) {
        if moment > self.session.now() {
            self.session.environment.clock.set(moment);
        }
    }

    /// The first holder of a post.
    pub fn holder(&self, post: &str) -> String {
        self.people
            .get(post)
            .and_then(|people| people.first())
            .cloned()
            .unwrap_or_default()
    }

    /// Lets a person write the next records, as if signed in.
    pub fn acts_as(&mut self, post: &str) {
        let person = self.holder(post);
        if !person.is_empty() {
            self.session.user.person = Some(person);
        }
    }

    /// Puts a person on record and into a post.
    pub fn hire(&mut self, post: &str, number: usize, day: NaiveDate) -> Result<String, Fault> {
        let name = self.script.person_name(number, &mut self.chance);
        let title = self.script.text(&format!("titles.{post}"));
        let employee = format!(
            "{}{:03}",
            self.code.get(self.code.len().saturating_sub(3)..).unwrap_or("0"),
            number
        );
        let fields = json!({ "name": name, "employee_no": employee, "status": "active", "title": title });
        let person = self.write("person", &day.to_string(), fields)?;
        self.appoint(post, &person, &self.code.clone(), day)?;
        Ok(person)
    }

    /// Puts a person into a post of this institution or of one above.
    pub fn appoint(
        &mut self,
        post: &str,
        person: &str,
        institution: &str,
        day: NaiveDate,
    ) -> Result<(), Fault> {
        let fields = json!({ "person": person, "post": post, "institution": institution });
        self.write("appointment", &day.to_string(), fields)?;
        self.people
            .entry(post.to_owned())
            .or_default()
            .push(person.to_owned());
        Ok(())
    }

    /// Writes one record of its own transaction.
    pub fn write(&mut self, ledger: &str, occurred: &str, fields: Value) -> Result<String, Fault> {
        let entry = Entry {
            ledger: ledger.to_owned(),
            occurred: occurred.to_owned(),
            fields,
            files: Vec::new(),
        };
        self.session
            .store
            .try_write(|writer| self.put(writer, &entry))
            .map(|id| id.to_string())
    }

    /// Writes a record in the world's transaction; a late one says why.
    pub fn put(&self, writer: &Writer<'_>, entry: &Entry) -> Result<Uuid, Fault> {
        let mut content = body(&entry.occurred, entry.fields.clone());
        content.files = entry.files.clone();
        let act = self
            .standard
            .ledger(&entry.ledger)
            .is_some_and(|ledger| is_act(&self.standard, ledger, &content));
        if act && is_late(&self.standard.deadlines, &entry.occurred, self.session.now()) {
            let reason = self.script.text("late_reasons.0");
            content.late = Some(Late { reason });
        }
        let save = SaveArgs {
            ledger: entry.ledger.clone(),
            id: None,
            base: Vec::new(),
            body: content,
            draft: None,
        };
        records::save_in(&self.session, writer, &save)
            .map(|(id, _)| id)
            .map_err(|fault| fault.with("ledger", &entry.ledger))
    }

    /// Corrects a record: a new version with some fields changed.
    pub fn correct(&self, id: &str, change: &str, fields: Value) -> Result<(), Fault> {
        self.session.store.try_write(|writer| {
            let unknown = || Fault::new("record-unknown").with("id", id);
            let row = writer.record(records::record_id(id)?)?.ok_or_else(unknown)?;
            let mut content = row.body.ok_or_else(unknown)?;
            content.change = Some(change.to_owned());
            if let Value::Object(fields) = fields {
                content.fields.extend(fields);
            }
            let save = SaveArgs {
                ledger: row.ledger,
                id: Some(id.to_owned()),
                base: Vec::new(),
                body: content,
                draft: None,
            };
            records::save_in(&self.session, writer, &save).map(drop)
        })
    }
}

/// A record of the demo world.
#[derive(Debug, Clone)]
pub struct Entry {
    pub ledger: String,
    pub occurred: String,
    pub fields: Value,
    pub files: Vec<safety_domain::record::Attachment>,
}

/// A moment in local time.
pub fn moment(day: NaiveDate, hour: u32, minute: u32) -> chrono::DateTime<chrono::FixedOffset> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    local_offset()
        .from_local_datetime(&day.and_time(time))
        .single()
        .unwrap_or_default()
}

/// The same as text.
pub fn stamp(day: NaiveDate, hour: u32, minute: u32) -> String {
    moment(day, hour, minute).to_rfc3339()
}
