//! Key slots: the root secret, wrapped once per user of this machine, in a small file beside the store
//! (`<store>.keys`). It stands outside the store because it is needed to open it. Losing it loses no data: the
//! recovery code opens the store without it.
//!
//! A slot is `XChaCha20-Poly1305(Argon2id(password, salt), root secret)` with the user's name as associated data,
//! so that slots cannot be swapped. The cost of Argon2id is kept per slot and can rise over the years.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::key::{ROOT_LEN, RootSecret};
use crate::{Error, Result, atomic};

/// Version of the file of key slots.
pub const SLOTS_VERSION: u32 = 1;
/// The longest wait after wrong attempts, seconds.
pub const LONGEST_WAIT: u64 = 60;

const SALT_LEN: usize = 16;
const NONCE_LEN: usize = 24;
const ASSOCIATED: &str = "outlet-safety key slot v1\0";
/// A file from outside must not make this machine work for hours or run out of memory.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_ITERATIONS: u32 = 64;

/// Cost of deriving a key from a password with Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Cost {
    /// 64 MiB, three passes, one lane: about 0.15 s on a branch PC.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            iterations: 3,
            lanes: 1,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SlotFile {
    version: u32,
    slots: Vec<Slot>,
    /// Wrong attempts by user name; the empty name counts those under unknown names.
    #[serde(default)]
    attempts: BTreeMap<String, Attempts>,
}

#[derive(Serialize, Deserialize)]
struct Slot {
    user: String,
    kdf: String,
    cost: Cost,
    salt: String,
    cipher: String,
    nonce: String,
    wrapped: String,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
struct Attempts {
    wrong: u32,
    last: DateTime<FixedOffset>,
}

const KDF: &str = "argon2id";
const CIPHER: &str = "xchacha20poly1305";

/// The key slots of one store.
pub struct Slots {
    path: PathBuf,
    file: SlotFile,
    cost: Cost,
}

impl std::fmt::Debug for Slots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slots")
            .field("path", &self.path)
            .field("users", &self.users())
            .finish_non_exhaustive()
    }
}

impl Slots {
    /// Where the key slots of the store at `store` are kept.
    pub fn path_for(store: &Path) -> PathBuf {
        atomic::beside(store, ".keys")
    }

    /// Whether the store at `store` has its file of key slots.
    pub fn exist(store: &Path) -> bool {
        Self::path_for(store).exists()
    }

    /// Key slots for a new store, or anew for one whose slots were lost; nothing is written before the first
    /// user is added. New slots get the given cost.
    ///
    /// # Errors
    /// [`Error::Exists`] when there are slots already.
    pub fn create(store: &Path, cost: Cost) -> Result<Self> {
        let path = Self::path_for(store);
        if path.exists() {
            return Err(Error::Exists);
        }
        let file = SlotFile {
            version: SLOTS_VERSION,
            slots: Vec::new(),
            attempts: BTreeMap::new(),
        };
        Ok(Self { path, file, cost })
    }

    /// Reads the key slots of the store at `store`. New slots get the given cost.
    ///
    /// # Errors
    /// [`Error::SlotsMissing`], [`Error::SlotsDamaged`], [`Error::SlotsTooNew`], [`Error::Io`].
    pub fn load(store: &Path, cost: Cost) -> Result<Self> {
        let path = Self::path_for(store);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::SlotsMissing,
            _ => Error::Io(error),
        })?;
        #[derive(Deserialize)]
        struct VersionOnly {
            version: u32,
        }
        let damaged = |error: serde_json::Error| Error::SlotsDamaged(error.to_string());
        let VersionOnly { version } = serde_json::from_slice(&bytes).map_err(damaged)?;
        if version > SLOTS_VERSION {
            return Err(Error::SlotsTooNew {
                found: version,
                known: SLOTS_VERSION,
            });
        }
        let file = serde_json::from_slice(&bytes).map_err(damaged)?;
        Ok(Self { path, file, cost })
    }

    /// Names that have a slot, in the order they were added.
    pub fn users(&self) -> Vec<&str> {
        self.file.slots.iter().map(|slot| slot.user.as_str()).collect()
    }

    /// Unwraps the root secret. A wrong attempt is written down before it is answered, and each further one has to
    /// wait longer: 1, 2, 4 … at most [`LONGEST_WAIT`] seconds.
    ///
    /// # Errors
    /// [`Error::WrongPassword`], [`Error::SlowDown`], [`Error::SlotsDamaged`], [`Error::Io`].
    pub fn unlock(&mut self, user: &str, password: &str, now: DateTime<FixedOffset>) -> Result<RootSecret> {
        let user = user.trim();
        let counted = if self.find(user).is_some() { user } else { "" };
        if let Some(seconds) = self
            .file
            .attempts
            .get(counted)
            .and_then(|attempts| attempts.wait(now))
        {
            return Err(Error::SlowDown { seconds });
        }
        let opened = match self.find(user) {
            Some(slot) => slot.open(password)?,
            None => None,
        };
        if let Some(root) = opened {
            if self.file.attempts.remove(user).is_some() {
                self.save()?;
            }
            return Ok(root);
        }
        let attempts = self
            .file
            .attempts
            .entry(counted.to_owned())
            .or_insert(Attempts { wrong: 0, last: now });
        *attempts = Attempts {
            wrong: attempts.wrong.saturating_add(1),
            last: now,
        };
        self.save()?;
        Err(Error::WrongPassword)
    }

    /// Seconds to wait before `user` may try again; 0 when now.
    pub fn wait(&self, user: &str, now: DateTime<FixedOffset>) -> u64 {
        let user = user.trim();
        let counted = if self.find(user).is_some() { user } else { "" };
        self.file
            .attempts
            .get(counted)
            .and_then(|attempts| attempts.wait(now))
            .unwrap_or(0)
    }

    /// Adds a slot for `user`. `fill` fills bytes from the system's random source.
    ///
    /// # Errors
    /// [`Error::UserExists`], [`Error::Io`].
    pub fn add(
        &mut self,
        root: &RootSecret,
        user: &str,
        password: &str,
        fill: &mut dyn FnMut(&mut [u8]),
    ) -> Result<()> {
        let user = user.trim();
        if self.find(user).is_some() {
            return Err(Error::UserExists(user.to_owned()));
        }
        let slot = Slot::seal(root, user, password, self.cost, fill)?;
        self.file.slots.push(slot);
        self.save()
    }

    /// Replaces the password of `user`, and forgets wrong attempts.
    ///
    /// # Errors
    /// [`Error::UserUnknown`], [`Error::Io`].
    pub fn change_password(
        &mut self,
        root: &RootSecret,
        user: &str,
        password: &str,
        fill: &mut dyn FnMut(&mut [u8]),
    ) -> Result<()> {
        let user = user.trim();
        let cost = self.cost;
        let slot = self.file.slots.iter_mut().find(|slot| slot.user == user);
        let slot = slot.ok_or_else(|| Error::UserUnknown(user.to_owned()))?;
        *slot = Slot::seal(root, user, password, cost, fill)?;
        self.file.attempts.remove(user);
        self.save()
    }

    /// Removes the slot of `user`; the key of the file stays the same.
    ///
    /// # Errors
    /// [`Error::UserUnknown`], [`Error::LastSlot`], [`Error::Io`].
    pub fn remove(&mut self, user: &str) -> Result<()> {
        let user = user.trim();
        if self.find(user).is_none() {
            return Err(Error::UserUnknown(user.to_owned()));
        }
        if self.file.slots.len() == 1 {
            return Err(Error::LastSlot);
        }
        self.file.slots.retain(|slot| slot.user != user);
        self.file.attempts.remove(user);
        self.save()
    }

    fn find(&self, user: &str) -> Option<&Slot> {
        self.file.slots.iter().find(|slot| slot.user == user)
    }

    fn save(&self) -> Result<()> {
        let text = serde_json::to_vec_pretty(&self.file).map_err(|e| Error::SlotsDamaged(e.to_string()))?;
        Ok(atomic::replace(&self.path, &text)?)
    }
}

impl Attempts {
    /// Seconds still to wait. A clock that was set back does not lock anybody out for longer than the longest wait.
    fn wait(self, now: DateTime<FixedOffset>) -> Option<u64> {
        let pause = 1u64
            .checked_shl(self.wrong.checked_sub(1)?)
            .unwrap_or(LONGEST_WAIT)
            .clamp(1, LONGEST_WAIT);
        let until = self.last + TimeDelta::seconds(i64::try_from(pause).unwrap_or(0));
        let left = (until - now).num_milliseconds();
        if left <= 0 {
            return None;
        }
        Some(u64::try_from(left).unwrap_or(0).div_ceil(1000).min(LONGEST_WAIT))
    }
}

impl Slot {
    fn seal(
        root: &RootSecret,
        user: &str,
        password: &str,
        cost: Cost,
        fill: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Self> {
        let mut salt = [0; SALT_LEN];
        let mut nonce = [0; NONCE_LEN];
        fill(&mut salt);
        fill(&mut nonce);
        let cipher = cipher(password, &salt, cost)?;
        let associated = format!("{ASSOCIATED}{user}");
        let wrapped = cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &root.0,
                    aad: associated.as_bytes(),
                },
            )
            .map_err(|_| Error::SlotsDamaged("sealing".to_owned()))?;
        Ok(Self {
            user: user.to_owned(),
            kdf: KDF.to_owned(),
            cost,
            salt: STANDARD.encode(salt),
            cipher: CIPHER.to_owned(),
            nonce: STANDARD.encode(nonce),
            wrapped: STANDARD.encode(wrapped),
        })
    }

    /// The root secret, or `None` when the password is another.
    fn open(&self, password: &str) -> Result<Option<RootSecret>> {
        if self.kdf != KDF || self.cipher != CIPHER {
            return Err(Error::SlotsDamaged(format!("{} {}", self.kdf, self.cipher)));
        }
        let salt = decode(&self.salt)?;
        let nonce: [u8; NONCE_LEN] = decode(&self.nonce)?
            .try_into()
            .map_err(|_| Error::SlotsDamaged("nonce".to_owned()))?;
        let wrapped = decode(&self.wrapped)?;
        let cipher = cipher(password, &salt, self.cost)?;
        let associated = format!("{ASSOCIATED}{}", self.user);
        let payload = Payload {
            msg: wrapped.as_slice(),
            aad: associated.as_bytes(),
        };
        let Ok(plain) = cipher.decrypt(&XNonce::from(nonce), payload) else {
            return Ok(None);
        };
        let plain = Zeroizing::new(plain);
        let root: [u8; ROOT_LEN] = plain
            .as_slice()
            .try_into()
            .map_err(|_| Error::SlotsDamaged("length".to_owned()))?;
        Ok(Some(RootSecret(root)))
    }
}

fn decode(text: &str) -> Result<Vec<u8>> {
    STANDARD
        .decode(text)
        .map_err(|error| Error::SlotsDamaged(error.to_string()))
}

fn cipher(password: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305> {
    let damaged = |detail: String| Error::SlotsDamaged(detail);
    if cost.memory_kib > MOST_MEMORY_KIB || cost.iterations > MOST_ITERATIONS {
        return Err(damaged(format!(
            "cost {} KiB × {}",
            cost.memory_kib, cost.iterations
        )));
    }
    let params = Params::new(cost.memory_kib, cost.iterations, cost.lanes, Some(32))
        .map_err(|error| damaged(error.to_string()))?;
    let mut key = [0u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut key)
        .map_err(|error| damaged(error.to_string()))?;
    let cipher = XChaCha20Poly1305::new(&key.into());
    key.zeroize();
    Ok(cipher)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
