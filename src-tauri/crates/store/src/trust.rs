//! Devices of other institutions: whose logs are believed, to whom bundles are sealed. What each may do is decided by
//! `exchange`; this is where it is written down.

use rusqlite::{OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use crate::{Error, Reader, Result, Writer};

/// How far a device is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrustState {
    /// Asked for, not yet approved.
    Pending,
    /// Approved.
    Trusted,
    /// Gave way to another key in good order.
    Replaced,
    /// Not believed any more from `valid_to` on.
    Revoked,
}

impl TrustState {
    const ALL: [Self; 4] = [Self::Pending, Self::Trusted, Self::Replaced, Self::Revoked];

    fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Trusted => "trusted",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
        }
    }
}

/// A device of another institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Code of its institution.
    pub institution: String,
    /// Name of its institution, as enrolled.
    pub name: String,
    /// What it is to this store: `superior`, `subordinate` or `self` (another device of the same institution).
    pub role: String,
    /// Origin of its log; the device's identity.
    pub origin: String,
    /// Verifier key of its checkpoints (C2SP vkey).
    pub vkey: String,
    /// Verifier key of its cosignatures (C2SP vkey).
    pub cosigner: Option<String>,
    /// age recipient to which bundles for it are sealed.
    pub recipient: Option<String>,
    /// Certificate under which it was enrolled.
    pub certificate: Option<String>,
    /// How far it is trusted.
    pub state: TrustState,
    /// Since when, RFC 3339.
    pub valid_from: Option<String>,
    /// Until when, RFC 3339.
    pub valid_to: Option<String>,
    /// When this was written down, RFC 3339.
    pub noted: String,
    /// More, as JSON; empty when there is nothing to say.
    pub detail: String,
}

const COLUMNS: &str = "institution, name, role, origin, vkey, cosigner, recipient, certificate, state, valid_from, \
     valid_to, noted, detail";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Result<Peer>> {
    let state: String = row.get(8)?;
    let Some(state) = TrustState::ALL.into_iter().find(|known| known.name() == state) else {
        return Ok(Err(Error::Inconsistent(format!("trust state {state}"))));
    };
    Ok(Ok(Peer {
        institution: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        origin: row.get(3)?,
        vkey: row.get(4)?,
        cosigner: row.get(5)?,
        recipient: row.get(6)?,
        certificate: row.get(7)?,
        state,
        valid_from: row.get(9)?,
        valid_to: row.get(10)?,
        noted: row.get(11)?,
        detail: row.get(12)?,
    }))
}

impl Reader<'_> {
    /// All known devices, in the order they became known.
    pub fn peers(&self) -> Result<Vec<Peer>> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM trust ORDER BY trust_no"))?;
        let rows = query.query_map([], from_row)?;
        rows.map(|row| row?).collect()
    }

    /// The device whose log has this origin.
    pub fn peer(&self, origin: &str) -> Result<Option<Peer>> {
        let mut query = self.prepare_cached(&format!("SELECT {COLUMNS} FROM trust WHERE origin = ?1"))?;
        query.query_row([origin], from_row).optional()?.transpose()
    }
}

impl Writer<'_> {
    /// Writes down a device, new or changed; `origin` says which.
    pub fn set_peer(&self, peer: &Peer) -> Result<()> {
        let mut insert = self.prepare_cached(&format!(
            "INSERT INTO trust ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (origin) DO UPDATE SET institution = excluded.institution, name = excluded.name,
               role = excluded.role, vkey = excluded.vkey, cosigner = excluded.cosigner,
               recipient = excluded.recipient, certificate = excluded.certificate, state = excluded.state,
               valid_from = excluded.valid_from, valid_to = excluded.valid_to, noted = excluded.noted,
               detail = excluded.detail"
        ))?;
        insert.execute(rusqlite::params![
            peer.institution,
            peer.name,
            peer.role,
            peer.origin,
            peer.vkey,
            peer.cosigner,
            peer.recipient,
            peer.certificate,
            peer.state.name(),
            peer.valid_from,
            peer.valid_to,
            peer.noted,
            peer.detail,
        ])?;
        Ok(())
    }
}
