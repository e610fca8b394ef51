//! Creating and opening the file. A file that cannot be opened is left exactly as it is: it may be the only copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::{Error, Meta, Reader, Result, Rules, StoreKey, Writer, atomic, schema};

/// Bytes per page of the file. 8 KiB is the compromise between bulk writing and point reads.
pub(crate) const PAGE: u64 = 8192;
/// How long to wait for another program's write before answering `store-in-use`.
const BUSY: Duration = Duration::from_secs(5);
/// Idle reading connections kept.
const IDLE_READERS: usize = 4;
/// Pages written before the log is folded back into the file: normally, and while importing.
const CHECKPOINT_PAGES: u32 = 1000;
const CHECKPOINT_PAGES_IMPORT: u32 = 20_000;

/// What a new store is told about itself.
pub type NewStore = Meta;

/// An open store. Shared between threads by reference; any number read while one writes.
pub struct Store {
    path: PathBuf,
    key: StoreKey,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    rules: Mutex<Rules>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Creates a store at `path`, which appears there only once it is complete.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is any file at `path`; [`Error::Io`], [`Error::DiskFull`].
    pub fn create(path: &Path, key: &StoreKey, about: &NewStore) -> Result<Self> {
        if path.exists() {
            return Err(Error::Exists);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // Left over from an attempt that was cut off; nothing was ever confirmed about it.
        let unfinished = atomic::beside(path, ".new");
        for suffix in ["", "-wal", "-shm"] {
            match fs::remove_file(atomic::beside(&unfinished, suffix)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        let mut db = connect(&unfinished, key, OpenFlags::SQLITE_OPEN_CREATE)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::migrate(&tx)?;
        about.write(&tx)?;
        tx.commit()?;
        db.close().map_err(|(_, error)| Error::from(error))?;
        atomic::sync_file(&unfinished)?;
        if path.exists() {
            return Err(Error::Exists);
        }
        fs::rename(&unfinished, path)?;
        atomic::sync_folder(path)?;
        Self::open(path, key)
    }

    /// Opens the store at `path`, and brings its tables up to date.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::WrongKey`], [`Error::Damaged`], [`Error::TooNew`], [`Error::InUse`]. The file
    /// is unchanged after each of them.
    pub fn open(path: &Path, key: &StoreKey) -> Result<Self> {
        let length = match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::Missing),
            other => other?.len(),
        };
        if length == 0 || length % PAGE != 0 {
            return Err(Error::Damaged(format!(
                "{length} bytes, not whole pages of {PAGE}"
            )));
        }
        let mut db = connect(path, key, OpenFlags::empty())?;
        if !schema::is_current(&db)? {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if schema::migrate(&tx)? {
                let writer = Writer::new(&tx, Rules::load(&tx)?);
                writer.reproject()?;
            }
            tx.commit()?;
        }
        let rules = Rules::load(&db)?;
        Ok(Self {
            path: path.to_owned(),
            key: key.clone(),
            writer: Mutex::new(db),
            readers: Mutex::new(Vec::new()),
            rules: Mutex::new(rules),
        })
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn key(&self) -> &StoreKey {
        &self.key
    }

    /// Reads one consistent state. May be called from several threads, and while another writes.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::InUse`], [`Error::Damaged`].
    pub fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.try_read(work)
    }

    /// [`Store::read`] for work with an error of its own.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::InUse`], [`Error::Damaged`].
    pub fn try_read<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = lock(&self.readers).pop();
        let mut db = match idle {
            Some(db) => db,
            None => self.connect_reader()?,
        };
        let outcome = {
            let tx = db
                .transaction_with_behavior(TransactionBehavior::Deferred)
                .map_err(Error::from)?;
            let rules = self.current_rules(&tx)?;
            work(&Reader::new(&tx, rules))
        };
        let mut readers = lock(&self.readers);
        if readers.len() < IDLE_READERS {
            readers.push(db);
        }
        outcome
    }

    /// Runs `work` in the one writing transaction: committed and durable when this returns `Ok`, undone otherwise.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::InUse`], [`Error::DiskFull`], [`Error::Damaged`].
    pub fn write<T>(&self, work: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        self.try_write(work)
    }

    /// [`Store::write`] for work with an error of its own.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::InUse`], [`Error::DiskFull`], [`Error::Damaged`].
    pub fn try_write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut db = lock(&self.writer);
        self.transact(&mut db, work)
    }

    /// [`Store::try_write`] for bulk work such as imports: the file is brought up to date once, at the end.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::InUse`], [`Error::DiskFull`], [`Error::Damaged`].
    pub fn try_write_bulk<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut db = lock(&self.writer);
        let limit = |db: &Connection, pages: u32| {
            db.pragma_update(None, "wal_autocheckpoint", pages)
                .map_err(Error::from)
        };
        limit(&db, CHECKPOINT_PAGES_IMPORT)?;
        let outcome = self.transact(&mut db, work);
        limit(&db, CHECKPOINT_PAGES)?;
        if outcome.is_ok() {
            // Already committed and durable; a reader in the way only means that the log is folded back later.
            let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        outcome
    }

    fn transact<T, E: From<Error>>(
        &self,
        db: &mut Connection,
        work: impl FnOnce(&Writer<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let writer = Writer::new(&tx, self.current_rules(&tx)?);
        let value = work(&writer)?;
        let rules = writer.rules();
        drop(writer);
        tx.commit().map_err(Error::from)?;
        *lock(&self.rules) = rules;
        Ok(value)
    }

    /// The rules, loaded anew when another connection or program has added a standard.
    fn current_rules(&self, db: &Connection) -> Result<Rules> {
        let known = lock(&self.rules).clone();
        if known.stamp() == Rules::stamp_of(db)? {
            return Ok(known);
        }
        let rules = Rules::load(db)?;
        *lock(&self.rules) = rules.clone();
        Ok(rules)
    }

    pub(crate) fn connect_reader(&self) -> Result<Connection> {
        let db = connect(&self.path, &self.key, OpenFlags::empty())?;
        db.pragma_update(None, "query_only", true)?;
        Ok(db)
    }

    /// Folds the write-ahead log back into the file, so that the one file holds everything (before it is copied by
    /// hand, say).
    ///
    /// # Errors
    /// [`Error::InUse`], [`Error::DiskFull`].
    pub fn checkpoint(&self) -> Result<()> {
        Ok(lock(&self.writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }
}

/// A thread that panicked while holding the lock left its transaction rolled back, so the connection is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts SQLCipher, once per process. SQLite calls itself ready before SQLCipher is, so that two threads opening their
/// first files at the same moment could find it without encryption and fail.
pub(crate) fn start() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        // If this cannot be had, neither can the file; that open says why.
        let _ = Connection::open_in_memory();
    });
}

/// Opens a connection and makes sure that the key fits.
pub(crate) fn connect(path: &Path, key: &StoreKey, extra: OpenFlags) -> Result<Connection> {
    start();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | extra;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(BUSY)?;
    let literal = key.literal();
    let sql = zeroize::Zeroizing::new(format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA cipher_default_page_size = {PAGE}; PRAGMA key = \"{}\";",
        literal.as_str()
    ));
    db.execute_batch(&sql)?;
    // The first read decrypts page 1: a key that does not fit is noticed here, before anything is set.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA cache_size = -65536;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = FAST;
         PRAGMA trusted_schema = OFF;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}
