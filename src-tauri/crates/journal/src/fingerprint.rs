//! A short code two people can read to each other over the telephone to be sure that they hold the
//! same key. Decimal digits, because they survive any language, font and accent.

use sha2::{Digest, Sha256};

/// Five groups of four decimal digits from SHA-256 of `bytes`, such as `1234 5678 9012 3456 7890`.
///
/// The code is the first 16 bytes of the hash as a big-endian number, modulo 10^20 (about 66 bits):
/// enough against somebody who looks for a second key with the same code.
pub fn fingerprint(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let mut number = digest
        .iter()
        .take(16)
        .fold(0u128, |sum, byte| sum << 8 | u128::from(*byte));
    number %= 100_000_000_000_000_000_000;
    let digits = format!("{number:020}");
    let mut out = String::with_capacity(24);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && position % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Whether two spoken or typed codes are the same, whatever the spacing and dashes between the groups;
/// full-width digits, as a Chinese input method types them, count as digits.
pub fn same_fingerprint(left: &str, right: &str) -> bool {
    let digits = |text: &str| -> Option<String> {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '0'..='9' => out.push(c),
                '０'..='９' => out.push(char::from_u32(u32::from(c) - u32::from('０') + u32::from('0'))?),
                c if c.is_whitespace() || c == '-' || c == '－' => {}
                _ => return None,
            }
        }
        (out.len() == 20).then_some(out)
    };
    matches!((digits(left), digits(right)), (Some(l), Some(r)) if l == r)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_groups_of_four_digits_that_depend_on_every_byte() {
        let code = fingerprint(b"outlet 330100001");
        assert_eq!(code.len(), 24);
        assert!(
            code.split(' ')
                .all(|group| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit()))
        );
        assert_ne!(code, fingerprint(b"outlet 330100002"));
        // sha256("") begins e3b0c44298fc1c149afbf4c8996fb924; taken modulo 10^20 by hand.
        let number = 0xe3b0_c442_98fc_1c14_9afb_f4c8_996f_b924_u128 % 100_000_000_000_000_000_000;
        assert_eq!(fingerprint(b"").replace(' ', ""), format!("{number:020}"));
    }

    #[test]
    fn compares_as_people_type() {
        let code = fingerprint(b"x");
        let wide: String = code
            .chars()
            .map(|c| {
                if c == ' ' {
                    '－'
                } else {
                    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
                }
            })
            .collect();
        assert!(same_fingerprint(&code, &wide));
        assert!(same_fingerprint(&code, &code.replace(' ', "")));
        assert!(!same_fingerprint(&code, &fingerprint(b"y")));
        assert!(!same_fingerprint("", ""));
    }
}
