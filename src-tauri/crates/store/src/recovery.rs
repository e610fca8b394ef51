//! The recovery code: the root secret itself, written for paper. It opens the store even when the file of key
//! slots is lost, so it is as good as every password together and has to be kept in the safe.
//!
//! Crockford's base 32 (no I, L, O, U), in groups of four: 160 bits are 32 characters, followed by one group of
//! four check characters (the first 20 bits of SHA-256 over the secret). Reading is tolerant of lower case, of
//! O and 0, of I, L and 1, and of blanks and dashes anywhere.

use sha2::{Digest, Sha256};

use crate::key::{ROOT_LEN, RootSecret};
use crate::{Error, Result};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of the secret and of the check.
const SECRET_CHARS: usize = 32;
const CHECK_CHARS: usize = 4;
const GROUP: usize = 4;

/// The recovery code of a root secret: nine groups of four joined by dashes.
pub fn encode(root: &RootSecret) -> zeroize::Zeroizing<String> {
    let mut text = zeroize::Zeroizing::new(String::with_capacity(48));
    for (at, value) in digits(&root.0).chain(check(root)).enumerate() {
        if at > 0 && at % GROUP == 0 {
            text.push('-');
        }
        text.push(ALPHABET.get(usize::from(value)).copied().unwrap_or(b'0').into());
    }
    text
}

/// Reads a recovery code as typed by a person.
///
/// # Errors
/// [`Error::RecoveryCode`] with the group in which the fault was noticed.
pub fn decode(text: &str) -> Result<RootSecret> {
    let mut values = zeroize::Zeroizing::new(Vec::with_capacity(SECRET_CHARS + CHECK_CHARS));
    for character in text.chars() {
        if character.is_whitespace() || matches!(character, '-' | '–' | '—' | '－' | '_' | '.') {
            continue;
        }
        let group = values.len() / GROUP + 1;
        values.push(value(character).ok_or(Error::RecoveryCode {
            fault: "character",
            group,
        })?);
    }
    if values.len() != SECRET_CHARS + CHECK_CHARS {
        let group = values.len() / GROUP + 1;
        return Err(Error::RecoveryCode {
            fault: "length",
            group,
        });
    }
    let mut root = RootSecret([0; ROOT_LEN]);
    let (secret, given) = values.split_at(SECRET_CHARS);
    for (bytes, eight) in root.0.chunks_exact_mut(5).zip(secret.chunks_exact(8)) {
        let bits = eight
            .iter()
            .fold(0u64, |bits, value| bits << 5 | u64::from(*value));
        bytes.copy_from_slice(bits.to_be_bytes().get(3..).unwrap_or(&[0; 5]));
    }
    if check(&root).ne(given.iter().copied()) {
        return Err(Error::RecoveryCode {
            fault: "check",
            group: 0,
        });
    }
    Ok(root)
}

/// The secret in base 32, most significant bits first.
fn digits(bytes: &[u8; ROOT_LEN]) -> impl Iterator<Item = u8> {
    bytes.chunks_exact(5).flat_map(|five| {
        let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8).rev().map(move |at| (bits >> (5 * at) & 31) as u8)
    })
}

fn check(root: &RootSecret) -> impl Iterator<Item = u8> + use<> {
    let hash: [u8; 32] = Sha256::digest(root.0).into();
    let bits = hash
        .iter()
        .take(4)
        .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
        >> 12;
    (0..CHECK_CHARS)
        .rev()
        .map(move |at| (bits >> (5 * at) & 31) as u8)
}

fn value(character: char) -> Option<u8> {
    // Full-width letters and digits (！ to ～) are what a Chinese input method leaves behind.
    let code = u32::from(character);
    let narrow = if (0xFF01..=0xFF5E).contains(&code) {
        char::from_u32(code - 0xFEE0)?
    } else {
        character
    };
    let upper = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == upper)?;
    u8::try_from(at).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_was_typed() {
        let root = RootSecret::generate(&mut |bytes| {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = (at * 37 + 11) as u8;
            }
        });
        let code = encode(&root);
        assert_eq!(code.len(), 9 * 4 + 8);
        for typed in [
            code.to_string(),
            code.to_lowercase(),
            code.replace('-', " "),
            code.replace('-', ""),
            code.replace('0', "O").replace('1', "l"),
            format!("  {} \n", code.replace('1', "I")),
            code.replace('A', "Ａ").replace('-', "－"),
        ] {
            assert_eq!(decode(&typed).unwrap(), root, "{typed}");
        }
    }

    #[test]
    fn every_single_typing_error_is_noticed() {
        let root = RootSecret([0x5a; ROOT_LEN]);
        let code: Vec<char> = encode(&root).chars().filter(|c| *c != '-').collect();
        for at in 0..code.len() {
            for other in ALPHABET.iter().map(|c| char::from(*c)).filter(|c| *c != code[at]) {
                let mut typed = code.clone();
                typed[at] = other;
                let typed: String = typed.into_iter().collect();
                assert_eq!(
                    decode(&typed).unwrap_err().code(),
                    "recovery-code-invalid",
                    "{typed}"
                );
            }
        }
        let short: String = code.iter().take(35).collect();
        assert!(matches!(
            decode(&short),
            Err(Error::RecoveryCode {
                fault: "length",
                group: 9
            })
        ));
        assert!(matches!(
            decode("ABCD-EFGU"),
            Err(Error::RecoveryCode {
                fault: "character",
                group: 2
            })
        ));
    }
}
