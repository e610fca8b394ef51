//! What a device shows of itself: institution, origin of its log and public keys. Enrolment is the comparison of a
//! card's fingerprint by voice; everything believed later goes back to a card.

use std::collections::BTreeMap;

use safety_domain::institution::Level;
use safety_domain::text::Text;
use safety_journal::checkpoint::DEMO_PREFIX;
use safety_journal::note::{KeyType, VerifierKey};
use safety_journal::seal::Recipient;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// First part of every origin.
pub const ORIGIN_PREFIX: &str = "outlet-safety";
/// What the name of a device's cosigner key adds to its origin.
pub const COSIGNER_SUFFIX: &str = "/receipts";
/// Longest institution code, bytes.
pub const MAX_CODE: usize = 32;
/// Longest name of an institution, characters per language.
pub const MAX_NAME: usize = 120;

/// The public half of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Code of the institution (机构号).
    pub institution: String,
    /// Name of the institution, at least one language.
    pub name: Text,
    /// Its level.
    pub level: Level,
    /// Origin of the device's log.
    pub origin: String,
    /// Key that signs checkpoints of that log (C2SP vkey); its name is the origin.
    pub verifier_key: String,
    /// Key that cosigns checkpoints of others (C2SP vkey); its name is the origin with `/receipts`.
    pub cosigner_key: String,
    /// age recipient to which bundles for this device are sealed.
    pub recipient: String,
}

/// The keys of a checked card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardKeys {
    /// Signs checkpoints.
    pub verifier: VerifierKey,
    /// Cosigns.
    pub cosigner: VerifierKey,
    /// Opens bundles.
    pub recipient: Recipient,
}

/// Why a card is none: the member that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("card: {member} is malformed")]
pub struct CardError {
    /// Member of the card, such as `origin`.
    pub member: &'static str,
}

impl CardError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        "card-malformed"
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        [("member".to_owned(), self.member.to_owned())].into()
    }
}

impl Card {
    /// Holds the card to its form and reads its keys.
    ///
    /// # Errors
    /// [`CardError`] naming the first member that is wrong.
    pub fn check(&self) -> Result<CardKeys, CardError> {
        let wrong = |member| CardError { member };
        if !valid_code(&self.institution) {
            return Err(wrong("institution"));
        }
        if !valid_name(&self.name) {
            return Err(wrong("name"));
        }
        let verifier = VerifierKey::parse(&self.verifier_key).map_err(|_| wrong("verifier_key"))?;
        if verifier.kind() != KeyType::Ed25519 || verifier.name() != self.origin {
            return Err(wrong("verifier_key"));
        }
        if self.origin != origin(&self.institution, &device_id(verifier.public()), self.is_demo()) {
            return Err(wrong("origin"));
        }
        let cosigner = VerifierKey::parse(&self.cosigner_key).map_err(|_| wrong("cosigner_key"))?;
        let own_name = cosigner.name().strip_suffix(COSIGNER_SUFFIX) == Some(self.origin.as_str());
        // One key in two roles could be made to say one thing while the other was meant.
        let distinct = cosigner.public() != verifier.public();
        if cosigner.kind() != KeyType::CosignatureV1 || !own_name || !distinct {
            return Err(wrong("cosigner_key"));
        }
        let recipient = Recipient::parse(&self.recipient).map_err(|_| wrong("recipient"))?;
        if recipient.to_string() != self.recipient {
            return Err(wrong("recipient"));
        }
        Ok(CardKeys {
            verifier,
            cosigner,
            recipient,
        })
    }

    /// Whether the device belongs to a demo world.
    pub fn is_demo(&self) -> bool {
        self.origin.starts_with(DEMO_PREFIX)
    }

    /// 8 hexadecimal digits that name the device, the last part of its origin.
    pub fn device(&self) -> &str {
        self.origin.rsplit('/').next().unwrap_or_default()
    }

    /// The one text of this card that is fingerprinted: one member a line. The name is left out, so that the
    /// fingerprint outlives a change of name; the file's signature by the fingerprinted key covers it.
    pub fn canonical(&self) -> String {
        let level = level_name(self.level);
        let members = [
            "outlet-safety/card/v1",
            &self.institution,
            level,
            &self.origin,
            &self.verifier_key,
            &self.cosigner_key,
            &self.recipient,
        ];
        let mut text = String::new();
        for member in members {
            text.push_str(member);
            text.push('\n');
        }
        text
    }

    /// The code two people read to each other: five groups of four digits.
    pub fn fingerprint(&self) -> String {
        safety_journal::fingerprint::fingerprint(self.canonical().as_bytes())
    }
}

/// 8 hexadecimal digits of SHA-256 of a device's Ed25519 public key.
pub fn device_id(public: &[u8; 32]) -> String {
    let digest: [u8; 32] = Sha256::digest(public).into();
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Origin of a device's log.
pub fn origin(institution: &str, device: &str, demo: bool) -> String {
    let demo = if demo { DEMO_PREFIX } else { "" };
    format!("{demo}{ORIGIN_PREFIX}/{institution}/{device}")
}

/// Whether a text can be an institution's code: it becomes part of origins and file names.
pub fn valid_code(code: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_CODE).contains(&code.len()) && code.bytes().all(plain)
}

fn valid_name(name: &Text) -> bool {
    let fits = |text: &str| text.chars().count() <= MAX_NAME && !text.chars().any(char::is_control);
    fits(&name.zh) && fits(&name.en) && !(name.zh.is_empty() && name.en.is_empty())
}

/// The name of a level as JSON has it.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::HeadOffice => "head_office",
        Level::Branch => "branch",
        Level::SubBranch => "sub_branch",
        Level::Outlet => "outlet",
    }
}
