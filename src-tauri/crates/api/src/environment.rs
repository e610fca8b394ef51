//! What the program is given from outside: where it may write, what time it is, where chance comes from.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use safety_domain::record::local_offset;
use safety_store::slots::Cost;
use uuid::Uuid;

/// Where "now" comes from. Only a demo world can hold a simulated one.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Simulated(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of this machine.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock for demo worlds; starts at `start` and stands still until it is moved.
    pub(crate) fn simulated(start: DateTime<FixedOffset>) -> Self {
        Self(Source::Simulated(Arc::new(AtomicI64::new(
            start.timestamp_millis(),
        ))))
    }

    /// Moves a simulated clock; a system clock stays as it is.
    pub(crate) fn set(&self, to: DateTime<FixedOffset>) {
        if let Source::Simulated(millis) = &self.0 {
            millis.store(to.timestamp_millis(), Ordering::SeqCst);
        }
    }

    /// Whether this clock is simulated.
    pub fn is_simulated(&self) -> bool {
        matches!(self.0, Source::Simulated(_))
    }

    /// Now, in the fixed zone +08:00.
    pub fn now(&self) -> DateTime<FixedOffset> {
        let utc = match &self.0 {
            Source::System => Utc::now(),
            Source::Simulated(millis) => Utc
                .timestamp_millis_opt(millis.load(Ordering::SeqCst))
                .single()
                .unwrap_or_default(),
        };
        utc.with_timezone(&local_offset())
    }

    /// Today in the fixed zone +08:00.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// What the program is given from outside.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The store's file; its key slots lie beside it.
    pub store: PathBuf,
    /// Folder of this machine, outside the store, in which the last exported head and receipt are noted.
    pub machine_dir: PathBuf,
    /// Folders in which fonts are looked for before the system's.
    pub font_dirs: Vec<PathBuf>,
    /// The clock.
    pub clock: Clock,
    /// Language suggested by the system.
    pub system_lang: safety_domain::text::Lang,
    /// Weaker key derivation for tests and demo worlds, whose password is known anyway.
    pub(crate) quick_keys: bool,
}

impl Environment {
    /// The environment of a user's machine: the store in the user's data folder unless named.
    pub fn desktop(store: Option<PathBuf>) -> Self {
        let data = dirs::data_dir()
            .unwrap_or_else(|| PathBuf::from("."))
            .join("outlet-safety");
        let machine_dir = dirs::config_dir()
            .unwrap_or_else(|| PathBuf::from("."))
            .join("outlet-safety");
        Self {
            store: store.unwrap_or_else(|| data.join("account.db")),
            machine_dir,
            font_dirs: Vec::new(),
            clock: Clock::system(),
            system_lang: system_lang(),
            quick_keys: false,
        }
    }

    /// How hard passwords are to guess: derivation cost of key slots.
    pub(crate) fn key_cost(&self) -> Cost {
        if self.quick_keys {
            Cost {
                memory_kib: 64,
                iterations: 1,
                lanes: 1,
            }
        } else {
            Cost::default()
        }
    }

    /// Refuses to write over the store, its log or its key slots: a slip in a file dialogue must not cost the account.
    pub(crate) fn may_write(&self, path: &Path) -> Result<(), crate::Fault> {
        let folder = |path: &Path| {
            let parent = path.parent().filter(|dir| !dir.as_os_str().is_empty());
            std::fs::canonicalize(parent.unwrap_or(Path::new("."))).ok()
        };
        let (Some(name), Some(own)) = (path.file_name(), self.store.file_name()) else {
            return Ok(());
        };
        let taken = ["", "-wal", "-shm", "-journal", ".keys"].iter().any(|ending| {
            let mut own = own.to_os_string();
            own.push(ending);
            own == name
        });
        if taken && folder(path) == folder(&self.store) {
            return Err(crate::Fault::new("path-is-the-store").with("path", path.display()));
        }
        Ok(())
    }

    /// A new identifier: UUIDv7 of now.
    pub(crate) fn new_id(&self) -> Result<Uuid, crate::Fault> {
        let mut random = [0; 10];
        self.fill_random(&mut random)?;
        let millis = u64::try_from(self.clock.now().timestamp_millis()).unwrap_or_default();
        Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// Runs `act` with a source of random bytes; if the system's source fails, what was made is thrown away.
    pub(crate) fn with_random<T>(
        &self,
        act: impl FnOnce(&mut dyn FnMut(&mut [u8])) -> T,
    ) -> Result<T, crate::Fault> {
        let mut failed = false;
        let made = act(&mut |buffer| failed |= getrandom::fill(buffer).is_err());
        if failed {
            Err(crate::Fault::new("randomness-missing"))
        } else {
            Ok(made)
        }
    }

    /// Fills `buffer` from the operating system's source of randomness.
    pub fn fill_random(&self, buffer: &mut [u8]) -> Result<(), crate::Fault> {
        getrandom::fill(buffer).map_err(|_| crate::Fault::new("randomness-missing"))
    }
}

/// Chinese unless the system says English.
fn system_lang() -> safety_domain::text::Lang {
    let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match wanted {
        Some(value) if value.starts_with("en") => safety_domain::text::Lang::En,
        _ => safety_domain::text::Lang::Zh,
    }
}
