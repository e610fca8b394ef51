//! The devices believed here, with what each is to this store. Kept in the store's table of trust; the whole card
//! stands in its `detail`.

use safety_store::trust::{Peer, TrustState};
use safety_store::{Reader, Writer};

use crate::Result;
use crate::card::{Card, CardKeys};

/// What a device is to this store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Of the institution above; gives receipts.
    Superior,
    /// Of an institution directly below; sends its log.
    Subordinate,
    /// Further below, known by a certificate of one in between; its log arrives by way of that one.
    Relayed,
}

impl Role {
    const ALL: [Role; 3] = [Role::Superior, Role::Subordinate, Role::Relayed];

    fn name(self) -> &'static str {
        match self {
            Role::Superior => "superior",
            Role::Subordinate => "subordinate",
            Role::Relayed => "relayed",
        }
    }
}

/// A device of another institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What it is to this store.
    pub role: Role,
    /// Its card.
    pub card: Card,
    /// The keys on the card.
    pub keys: CardKeys,
    /// Its state.
    pub state: TrustState,
    /// Certificate under which it is believed: given by this device, by the superior, or by one in between.
    pub certificate: Option<String>,
    /// Since when it is known, RFC 3339.
    pub since: String,
    /// Until when it was believed, RFC 3339.
    pub until: Option<String>,
}

impl Device {
    /// Whether it is believed now.
    pub fn is_active(&self) -> bool {
        self.state == TrustState::Trusted
    }

    /// From the store's row; none for rows of roles this crate does not write.
    fn read(peer: Peer) -> Result<Option<Device>> {
        let Some(role) = Role::ALL.into_iter().find(|role| role.name() == peer.role) else {
            return Ok(None);
        };
        let inconsistent =
            |what: String| safety_store::Error::Inconsistent(format!("trust {}: {what}", peer.origin));
        let card: Card =
            serde_json::from_str(&peer.detail).map_err(|error| inconsistent(error.to_string()))?;
        let keys = card.check().map_err(|error| inconsistent(error.to_string()))?;
        if card.origin != peer.origin || card.verifier_key != peer.vkey {
            return Err(inconsistent("card differs".to_owned()).into());
        }
        Ok(Some(Device {
            role,
            card,
            keys,
            state: peer.state,
            certificate: peer.certificate,
            since: peer.valid_from.unwrap_or(peer.noted),
            until: peer.valid_to,
        }))
    }

    pub(crate) fn write(&self, writer: &Writer<'_>, noted: &str) -> Result<()> {
        let detail = serde_json::to_string(&self.card)
            .map_err(|error| safety_store::Error::Inconsistent(error.to_string()))?;
        let name = self.card.name.get(safety_domain::text::Lang::Zh).to_owned();
        Ok(writer.set_peer(&Peer {
            institution: self.card.institution.clone(),
            name,
            role: self.role.name().to_owned(),
            origin: self.card.origin.clone(),
            vkey: self.card.verifier_key.clone(),
            cosigner: Some(self.card.cosigner_key.clone()),
            recipient: Some(self.card.recipient.clone()),
            certificate: self.certificate.clone(),
            state: self.state,
            valid_from: Some(self.since.clone()),
            valid_to: self.until.clone(),
            noted: noted.to_owned(),
            detail,
        })?)
    }
}

/// All devices known here, in the order they became known.
///
/// # Errors
/// Those of the store.
pub fn devices(reader: &Reader<'_>) -> Result<Vec<Device>> {
    let mut found = Vec::new();
    for peer in reader.peers()? {
        found.extend(Device::read(peer)?);
    }
    Ok(found)
}

/// The device whose log has this origin.
///
/// # Errors
/// Those of the store.
pub fn device(reader: &Reader<'_>, origin: &str) -> Result<Option<Device>> {
    Ok(match reader.peer(origin)? {
        Some(peer) => Device::read(peer)?,
        None => None,
    })
}

/// The active devices of the superior.
///
/// # Errors
/// Those of the store.
pub fn superiors(reader: &Reader<'_>) -> Result<Vec<Device>> {
    let mut found = devices(reader)?;
    found.retain(|device| device.role == Role::Superior && device.is_active());
    Ok(found)
}
