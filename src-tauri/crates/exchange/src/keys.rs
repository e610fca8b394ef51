//! The secret half of a device. Drawn once at set-up, kept in the encrypted store, wiped from memory after use.

use std::fmt;

use safety_domain::institution::Level;
use safety_domain::text::Text;
use safety_journal::note::{KeyType, Signer};
use safety_journal::seal::Identity;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

use crate::card::{COSIGNER_SUFFIX, Card, device_id};
use crate::{Error, Result};

/// Random bytes a device is made from.
pub const SECRET_BYTES: usize = 96;

/// What a device's keys are derived from: seed of its log key, seed of its cosigner key, secret of its age
/// identity. Wiped when dropped; never printed.
#[derive(Clone, ZeroizeOnDrop)]
pub struct DeviceSecrets {
    log: [u8; 32],
    cosigner: [u8; 32],
    identity: [u8; 32],
}

impl fmt::Debug for DeviceSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceSecrets(..)")
    }
}

impl DeviceSecrets {
    /// A device from 96 random bytes, which stay the caller's to wipe.
    pub fn from_random(random: &[u8; SECRET_BYTES]) -> DeviceSecrets {
        let mut secrets = DeviceSecrets {
            log: [0; 32],
            cosigner: [0; 32],
            identity: [0; 32],
        };
        let parts = [&mut secrets.log, &mut secrets.cosigner, &mut secrets.identity];
        for (part, bytes) in parts.into_iter().zip(random.chunks_exact(32)) {
            part.copy_from_slice(bytes);
        }
        secrets
    }

    /// The 8 hexadecimal digits that name the device, needed to create its store.
    ///
    /// # Errors
    /// [`Error::Note`], which no 32 bytes give.
    pub fn device_id(&self) -> Result<String> {
        let signer = Signer::from_seed("device", KeyType::Ed25519, &self.log)?;
        Ok(device_id(signer.verifier().public()))
    }

    /// The bytes as they lie in the store.
    pub(crate) fn to_bytes(&self) -> zeroize::Zeroizing<Vec<u8>> {
        zeroize::Zeroizing::new([self.log, self.cosigner, self.identity].concat())
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<DeviceSecrets> {
        let mut random: [u8; SECRET_BYTES] = bytes.try_into().ok()?;
        let secrets = DeviceSecrets::from_random(&random);
        random.zeroize();
        Some(secrets)
    }
}

/// The keys of this device, ready to sign and open. The keys in it wipe themselves when dropped.
pub struct DeviceKeys {
    signer: Signer,
    cosigner: Signer,
    identity: Identity,
    institution: String,
    level: Level,
    demo: bool,
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceKeys")
            .field("origin", &self.origin())
            .finish_non_exhaustive()
    }
}

impl DeviceKeys {
    /// The keys of a device of the institution that `about` names.
    ///
    /// # Errors
    /// [`Error::Note`] for an institution code that cannot be part of an origin; [`Error::OtherKeys`] when the
    /// store was made for another device.
    pub fn new(secrets: &DeviceSecrets, about: &safety_store::Meta) -> Result<DeviceKeys> {
        let origin = about.origin();
        let signer = Signer::from_seed(&origin, KeyType::Ed25519, &secrets.log)?;
        if device_id(signer.verifier().public()) != about.device {
            return Err(Error::OtherKeys {
                device: about.device.clone(),
            });
        }
        let name = format!("{origin}{COSIGNER_SUFFIX}");
        Ok(DeviceKeys {
            signer,
            cosigner: Signer::from_seed(&name, KeyType::CosignatureV1, &secrets.cosigner)?,
            identity: Identity::from_secret(&secrets.identity)?,
            institution: about.institution.clone(),
            level: about.level,
            demo: about.demo,
        })
    }

    /// Origin of this device's log.
    pub fn origin(&self) -> &str {
        self.signer.verifier().name()
    }

    /// Code of the institution.
    pub fn institution(&self) -> &str {
        &self.institution
    }

    /// Level of the institution.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether the device belongs to a demo world.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// Signs checkpoints of this device's log.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Cosigns checkpoints of others: receipts.
    pub fn cosigner(&self) -> &Signer {
        &self.cosigner
    }

    /// Opens bundles sealed to this device.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What this device shows of itself, with the institution's present name.
    pub fn card(&self, name: &Text) -> Card {
        Card {
            institution: self.institution.clone(),
            name: name.clone(),
            level: self.level,
            origin: self.origin().to_owned(),
            verifier_key: self.signer.verifier().to_string(),
            cosigner_key: self.cosigner.verifier().to_string(),
            recipient: self.identity.recipient().to_string(),
        }
    }
}
