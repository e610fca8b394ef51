//! A SHA-256 value, with the two text forms the formats use (hex in file names and entry lines,
//! base64 in checkpoints and proofs).

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// A SHA-256 value (32 bytes). Text form (`Display`, serde): 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

/// Why a text is not a [`struct@Hash`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Not exactly 64 lower-case hexadecimal digits.
    #[error("not 64 lower-case hexadecimal digits")]
    NotHex,
    /// Not the standard base64 of 32 bytes.
    #[error("not the base64 of 32 bytes")]
    NotBase64,
    /// Not 32 bytes.
    #[error("not 32 bytes")]
    WrongLength,
}

impl HashError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            HashError::NotHex => "hash-not-hex",
            HashError::NotBase64 => "hash-not-base64",
            HashError::WrongLength => "hash-wrong-length",
        }
    }

    /// Values for the message of this error (none).
    pub fn fields(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

impl Hash {
    /// SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    /// SHA-256 of the parts written one after another.
    pub fn of_parts(parts: &[&[u8]]) -> Hash {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part);
        }
        Hash(digest.finalize().into())
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash from exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Hash, HashError> {
        bytes.try_into().map(Hash).map_err(|_| HashError::WrongLength)
    }

    /// 64 lower-case hexadecimal digits.
    pub fn to_hex(&self) -> String {
        String::from_utf8_lossy(&self.hex_digits()).into_owned()
    }

    /// The same digits as ASCII bytes, without allocating.
    pub(crate) fn hex_digits(&self) -> [u8; 64] {
        let mut out = [0u8; 64];
        for (pair, byte) in out.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        out
    }

    /// Reads exactly 64 lower-case hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Hash, HashError> {
        if text.len() != 64 {
            return Err(HashError::NotHex);
        }
        let mut out = [0u8; 32];
        for (byte, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = pair else {
                return Err(HashError::NotHex);
            };
            *byte = value(*high)? << 4 | value(*low)?;
        }
        Ok(Hash(out))
    }

    /// Standard base64 with padding (44 characters), as checkpoints and proofs carry it.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads the standard base64 of 32 bytes; only the one canonical spelling is accepted.
    pub fn from_base64(text: &str) -> Result<Hash, HashError> {
        let bytes = STANDARD.decode(text).map_err(|_| HashError::NotBase64)?;
        bytes.try_into().map(Hash).map_err(|_| HashError::NotBase64)
    }
}

fn digit(nibble: u8) -> u8 {
    if nibble < 10 {
        b'0' + nibble
    } else {
        b'a' + (nibble - 10)
    }
}

fn value(digit: u8) -> Result<u8, HashError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(HashError::NotHex),
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl std::str::FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Hash, HashError> {
        Hash::from_hex(text)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Hash::from_hex(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn both_text_forms_round_trip_and_only_the_canonical_spelling_is_read() {
        let hash = Hash::of(b"abc");
        assert_eq!(
            hash.to_hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(Hash::from_hex(&hash.to_hex()), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        assert_eq!(
            Hash::from_hex(&hash.to_hex().to_uppercase()),
            Err(HashError::NotHex)
        );
        assert_eq!(Hash::from_hex("ba78"), Err(HashError::NotHex));
        // The last base64 digit before the padding carries two unused bits; they must be zero.
        let loose = hash.to_base64().replace("Fa0=", "Fa1=");
        assert_ne!(loose, hash.to_base64());
        assert_eq!(Hash::from_base64(&loose), Err(HashError::NotBase64));
        assert_eq!(Hash::of_parts(&[b"a", b"", b"bc"]), hash);
        assert_eq!(serde_json::to_string(&hash).unwrap(), format!("\"{hash}\""));
    }
}
