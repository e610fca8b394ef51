//! An unlocked store with the user who works in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate};
use safety_domain::obligation::Timeline;
use safety_domain::record::{EntryHeader, HEADER_VERSION, RecordBody};
use safety_domain::standard::{Standard, SystemRole};
use safety_exchange::DeviceKeys;
use safety_store::journal::{Appended, NewEntry, entry_name};
use safety_store::settings::Activity;
use safety_store::slots::Slots;
use safety_store::{Meta, Reader, RootSecret, Store, Writer};
use uuid::Uuid;

use crate::access::Access;
use crate::environment::Environment;
use crate::error::Fault;
use crate::jobs::Jobs;
use crate::paper::Fonts;
use crate::types::{Role, UserView};

/// Minutes after which a program left alone locks itself, unless the settings say otherwise.
pub const LOCK_AFTER_MINUTES: u32 = 10;

/// An unlocked store with the user who works in it.
#[derive(Debug)]
pub struct Session {
    pub(crate) store: Store,
    pub(crate) environment: Environment,
    pub(crate) jobs: Jobs,
    pub(crate) fonts: Fonts,
    pub(crate) meta: Meta,
    pub(crate) user: UserView,
    /// Needed to wrap the key for further users; held only while unlocked.
    pub(crate) root: RootSecret,
    pub(crate) keys: DeviceKeys,
    pub(crate) lock_after_minutes: AtomicU32,
    last_call: AtomicI64,
}

/// The parts from which a session is made.
pub(crate) struct Unlocked {
    pub store: Store,
    pub environment: Environment,
    pub jobs: Jobs,
    pub meta: Meta,
    pub user: UserView,
    pub root: RootSecret,
    pub keys: DeviceKeys,
    pub lock_after_minutes: u32,
}

impl Session {
    pub(crate) fn new(parts: Unlocked) -> Self {
        let last_call = AtomicI64::new(parts.environment.clock.now().timestamp());
        Self {
            store: parts.store,
            environment: parts.environment,
            jobs: parts.jobs,
            fonts: Fonts::default(),
            meta: parts.meta,
            user: parts.user,
            root: parts.root,
            keys: parts.keys,
            lock_after_minutes: AtomicU32::new(parts.lock_after_minutes),
            last_call,
        }
    }

    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        self.environment.clock.now()
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.environment.clock.today()
    }

    /// Whether nobody has worked for longer than the settings allow. A demo world's clock says nothing about that.
    pub(crate) fn idle_too_long(&self) -> bool {
        let minutes = i64::from(self.lock_after_minutes.load(Ordering::Relaxed));
        let idle = self
            .now()
            .timestamp()
            .saturating_sub(self.last_call.load(Ordering::Relaxed));
        !self.environment.clock.is_simulated() && idle > minutes.saturating_mul(60)
    }

    /// Somebody is working.
    pub(crate) fn touch(&self) {
        self.last_call.store(self.now().timestamp(), Ordering::Relaxed);
    }

    pub(crate) fn may(&self, access: Access) -> bool {
        let needed = match access {
            Access::Anyone | Access::Reader => Role::Reader,
            Access::Staff => Role::Staff,
            Access::Officer => Role::Officer,
            Access::Head => Role::Head,
        };
        self.user.role <= needed
    }

    /// Refuses what the user's role does not allow.
    pub(crate) fn require(&self, access: Access) -> Result<(), Fault> {
        if self.may(access) {
            Ok(())
        } else {
            Err(Fault::new("role-not-allowed").with("user", self.user_name()))
        }
    }

    pub(crate) fn user_name(&self) -> &str {
        &self.user.name
    }

    /// Key slots beside the store.
    pub(crate) fn slots(&self) -> Result<Slots, Fault> {
        Ok(Slots::load(&self.store_path(), self.environment.key_cost())?)
    }

    pub(crate) fn store_path(&self) -> std::path::PathBuf {
        self.environment.store.clone()
    }

    /// Versions of the standard by the day from which they are in force.
    pub(crate) fn timeline(&self, reader: &Reader<'_>) -> Timeline {
        Timeline::new(reader.rules().standards().iter().cloned())
    }

    /// The standard in force on a day; the oldest one before the first.
    pub(crate) fn standard_on(&self, reader: &Reader<'_>, day: NaiveDate) -> Result<Arc<Standard>, Fault> {
        let timeline = self.timeline(reader);
        let found = timeline.on(day).or_else(|| timeline.versions().next()).cloned();
        found.ok_or_else(|| Fault::new("standard-missing"))
    }

    /// The ledger of a system role in the standard in force.
    pub(crate) fn role_ledger(standard: &Standard, role: SystemRole) -> Result<String, Fault> {
        let ledger = standard.system_ledger(role).map(|ledger| ledger.id.clone());
        ledger.ok_or_else(|| Fault::new("standard-system-ledger-missing").with("role", format!("{role:?}")))
    }

    /// The name under which this user's entries are written: the person behind the user, else the user.
    pub(crate) fn author(&self) -> String {
        self.user.person.clone().unwrap_or_else(|| self.user.name.clone())
    }

    /// Appends a record version to this device's log.
    pub(crate) fn append(
        &self,
        writer: &Writer<'_>,
        version: Version<'_>,
    ) -> Result<(Appended, String), Fault> {
        let log = writer.own_log(UPWARD)?.ok_or_else(|| Fault::new("log-missing"))?;
        let now = self.now();
        let header = EntryHeader {
            v: HEADER_VERSION,
            rec: version.id,
            ledger: version.ledger.to_owned(),
            inst: self.meta.institution.clone(),
            at: now,
            by: self.author(),
            std: self.standard_on(writer, now.date_naive())?.reference(),
            prev: version.previous,
        };
        let mut salt = [0; 16];
        self.environment.fill_random(&mut salt)?;
        let appended = writer.append(
            log.log_no,
            &NewEntry {
                header: &header,
                body: version.body,
                salt,
            },
        )?;
        let name = entry_name(&log.origin, appended.pos.seq());
        Ok((appended, name))
    }

    /// A new identifier: UUIDv7 of now.
    pub(crate) fn new_id(&self) -> Result<Uuid, Fault> {
        self.environment.new_id()
    }

    /// Notes who did what.
    pub(crate) fn note(&self, writer: &Writer<'_>, action: &str, subject: &str) -> Result<(), Fault> {
        Ok(writer.note_activity(&Activity {
            at: self.now().to_rfc3339(),
            user: self.user.name.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: String::new(),
        })?)
    }
}

/// Audience of the log that goes to the superior.
pub const UPWARD: &str = "up";

/// A record version to be appended.
pub(crate) struct Version<'a> {
    pub id: Uuid,
    pub ledger: &'a str,
    pub body: &'a RecordBody,
    /// Versions it replaces, as `origin#seq`.
    pub previous: Vec<String>,
}

/// A body with the given fields and nothing else.
pub(crate) fn body(occurred: impl ToString, fields: serde_json::Value) -> RecordBody {
    let fields = match fields {
        serde_json::Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    };
    RecordBody {
        occurred: occurred.to_string(),
        fields,
        late: None,
        change: None,
        files: Vec::new(),
        withdrawn: false,
    }
}

impl From<safety_exchange::Error> for Fault {
    fn from(error: safety_exchange::Error) -> Self {
        Self::from_parts(error.code(), error.fields())
    }
}

impl From<safety_store::Error> for Fault {
    fn from(error: safety_store::Error) -> Self {
        Self::from_parts(error.code(), error.fields())
    }
}
