//! The two secrets behind the file. The root secret is what people keep (wrapped by a password, or printed as
//! the recovery code); the key of the file is derived from it, so that a file can be opened from paper alone.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Length of the root secret in bytes: 160 bits, which fit on one line of paper.
pub const ROOT_LEN: usize = 20;

const KEY_INFO: &[u8] = b"outlet-safety store key v1";

/// The secret from which the key of the file is derived.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RootSecret(pub(crate) [u8; ROOT_LEN]);

impl RootSecret {
    /// A new root secret; `fill` fills the given bytes from the system's random source.
    pub fn generate(fill: &mut dyn FnMut(&mut [u8])) -> Self {
        let mut bytes = [0; ROOT_LEN];
        fill(&mut bytes);
        Self(bytes)
    }

    /// The key of the file: HKDF-SHA256 of the root secret.
    pub fn store_key(&self) -> StoreKey {
        let mut key = StoreKey([0; 32]);
        // Fails only for outputs beyond 255 hashes; this one is a single hash long.
        let _ = Hkdf::<Sha256>::new(None, &self.0).expand(KEY_INFO, &mut key.0);
        key
    }
}

impl fmt::Debug for RootSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootSecret(…)")
    }
}

/// The raw key of the SQLCipher file (32 bytes).
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct StoreKey(pub(crate) [u8; 32]);

impl StoreKey {
    /// A key from its 32 bytes, as the operating system's key store gives it back.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes, for the operating system's key store.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The form that SQLCipher takes as a raw key: `x'<64 hex>'`.
    pub(crate) fn literal(&self) -> zeroize::Zeroizing<String> {
        let mut text = zeroize::Zeroizing::new(String::with_capacity(68));
        text.push_str("x'");
        for byte in self.0 {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        text.push('\'');
        text
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_follows_from_the_root_alone_and_neither_shows_in_debug_output() {
        let root = RootSecret::generate(&mut |bytes| bytes.fill(7));
        assert_eq!(root.store_key(), RootSecret([7; ROOT_LEN]).store_key());
        assert_ne!(root.store_key(), RootSecret([8; ROOT_LEN]).store_key());
        assert_eq!(
            format!("{root:?} {:?}", root.store_key()),
            "RootSecret(…) StoreKey(…)"
        );
        assert_eq!(root.store_key().literal().len(), 67);
    }
}
