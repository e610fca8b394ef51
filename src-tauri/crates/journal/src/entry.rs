//! One record version as one line of bytes.
//!
//! A line is stored, hashed and exchanged as the very bytes its author wrote; nothing is parsed and
//! written again. The header stays readable to everyone who holds the log; the body can lawfully be
//! erased or withheld later, because the leaf only holds a salted hash of it:
//!
//! ```text
//! {"header":{…},"salt":"<22 characters>","body":{…}}
//! {"header":{…},"commitment":"<64 hex digits>"}
//! commitment = SHA-256(salt ‖ body)
//! leaf       = header ‖ LF ‖ commitment as 64 lower-case hex digits
//! ```
//!
//! Only this one spelling is accepted (these keys, this order, no blanks between them), so that two
//! machines can never hold different bytes for the same leaf without one of them noticing.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Hash;
use crate::tree;

/// Longest entry line in bytes, without its line feed. (An entry of a C2SP tlog-tiles bundle has a
/// 16-bit length; keeping below it leaves that way open.)
pub const MAX_LINE: usize = 65_535;
/// Length of the salt in bytes.
pub const SALT_LEN: usize = 16;
const SALT_TEXT_LEN: usize = 22;

const HEADER: &str = "{\"header\":";
const SALT: &str = ",\"salt\":\"";
const BODY: &str = "\",\"body\":";
const COMMITMENT: &str = ",\"commitment\":\"";

/// What follows the header when a line is written.
#[derive(Debug, Clone, Copy)]
pub enum Payload<'a> {
    /// The body with the salt that hides it from guessing. The caller draws the salt at random.
    Body {
        /// 16 random bytes, new for every entry.
        salt: [u8; SALT_LEN],
        /// JSON object, exactly as it is to be kept.
        body: &'a [u8],
    },
    /// The body is withheld or erased; only its commitment stays.
    Withheld {
        /// SHA-256 of salt and body.
        commitment: Hash,
    },
}

/// A parsed line, borrowing the received bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    header: &'a str,
    content: Content<'a>,
}

/// What a parsed line carries beside its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// The body is there.
    Body {
        /// The salt of the commitment.
        salt: [u8; SALT_LEN],
        /// The JSON object, exactly as received.
        body: &'a str,
    },
    /// The body is withheld or erased.
    Withheld {
        /// The commitment in its place.
        commitment: Hash,
    },
}

/// Why a line is not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Longer than [`MAX_LINE`].
    #[error("entry line of {len} bytes, at most {MAX_LINE}")]
    TooLong {
        /// Length found, bytes.
        len: usize,
    },
    /// A line feed or another control character inside.
    #[error("control character at byte {at}")]
    ControlCharacter {
        /// Byte offset in the line.
        at: usize,
    },
    /// Not UTF-8.
    #[error("not UTF-8 at byte {at}")]
    NotUtf8 {
        /// Byte offset in the line.
        at: usize,
    },
    /// Not a JSON object.
    #[error("not a JSON object")]
    NotJson,
    /// A key occurs twice.
    #[error("key {key:?} twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// A key that an entry does not have.
    #[error("unknown key {key:?}")]
    UnknownKey {
        /// The key, shortened.
        key: String,
    },
    /// `header` or `salt` is missing.
    #[error("key {key:?} missing")]
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// Both a body (or salt) and a commitment.
    #[error("both body and commitment")]
    BodyAndCommitment,
    /// Neither a body nor a commitment.
    #[error("neither body nor commitment")]
    NeitherBodyNorCommitment,
    /// The header or body is not a JSON object.
    #[error("{key:?} is not a JSON object")]
    NotAnObject {
        /// `header` or `body`.
        key: &'static str,
    },
    /// The salt is not 22 characters of base64url for 16 bytes.
    #[error("salt is not 16 bytes of base64url")]
    BadSalt,
    /// The commitment is not 64 lower-case hexadecimal digits.
    #[error("commitment is not 64 hex digits")]
    BadCommitment,
    /// Right content, but other order or blanks than the one spelling.
    #[error("not in the one spelling of entry lines")]
    NotCanonical,
}

impl EntryError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            EntryError::TooLong { .. } => "entry-too-long",
            EntryError::ControlCharacter { .. } => "entry-control-character",
            EntryError::NotUtf8 { .. } => "entry-not-utf8",
            EntryError::NotJson => "entry-not-json",
            EntryError::DuplicateKey { .. } => "entry-duplicate-key",
            EntryError::UnknownKey { .. } => "entry-unknown-key",
            EntryError::MissingKey { .. } => "entry-missing-key",
            EntryError::BodyAndCommitment => "entry-body-and-commitment",
            EntryError::NeitherBodyNorCommitment => "entry-neither-body-nor-commitment",
            EntryError::NotAnObject { .. } => "entry-not-an-object",
            EntryError::BadSalt => "entry-bad-salt",
            EntryError::BadCommitment => "entry-bad-commitment",
            EntryError::NotCanonical => "entry-not-canonical",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pair = match self {
            EntryError::TooLong { len } => {
                return [("len", len.to_string()), ("limit", MAX_LINE.to_string())]
                    .map(|(k, v)| (k.to_owned(), v))
                    .into();
            }
            EntryError::ControlCharacter { at } | EntryError::NotUtf8 { at } => ("at", at.to_string()),
            EntryError::DuplicateKey { key } | EntryError::UnknownKey { key } => ("key", key.clone()),
            EntryError::MissingKey { key } | EntryError::NotAnObject { key } => ("key", (*key).to_owned()),
            _ => return BTreeMap::new(),
        };
        [(pair.0.to_owned(), pair.1)].into()
    }
}

/// Writes an entry line (without line feed) from the bytes of the header (a JSON object) and the payload.
///
/// # Errors
/// Whatever would make [`parse_line`] refuse the line: what was written can always be read.
pub fn encode_line(header: &[u8], payload: Payload<'_>) -> Result<Vec<u8>, EntryError> {
    let mut line = Vec::with_capacity(header.len() + 128);
    line.extend_from_slice(HEADER.as_bytes());
    line.extend_from_slice(header);
    match payload {
        Payload::Body { salt, body } => {
            line.reserve(body.len());
            line.extend_from_slice(SALT.as_bytes());
            line.extend_from_slice(URL_SAFE_NO_PAD.encode(salt).as_bytes());
            line.extend_from_slice(BODY.as_bytes());
            line.extend_from_slice(body);
            line.push(b'}');
        }
        Payload::Withheld { commitment } => {
            line.extend_from_slice(COMMITMENT.as_bytes());
            line.extend_from_slice(&commitment.hex_digits());
            line.extend_from_slice(b"\"}");
        }
    }
    parse_line(&line)?;
    Ok(line)
}

/// Reads one entry line (without its line feed), borrowing from it.
///
/// # Errors
/// [`EntryError`], naming the first fault found.
pub fn parse_line(line: &[u8]) -> Result<Entry<'_>, EntryError> {
    if line.len() > MAX_LINE {
        return Err(EntryError::TooLong { len: line.len() });
    }
    // A fold instead of `any`: without the early exit the compiler checks many bytes at once.
    if line.iter().fold(false, |found, byte| found | (*byte < 0x20)) {
        let at = line.iter().position(|byte| *byte < 0x20).unwrap_or_default();
        return Err(EntryError::ControlCharacter { at });
    }
    let text = std::str::from_utf8(line).map_err(|error| EntryError::NotUtf8 {
        at: error.valid_up_to(),
    })?;
    parse_canonical(text).ok_or_else(|| diagnose(text))
}

fn parse_canonical(text: &str) -> Option<Entry<'_>> {
    let (header, rest) = take_object(text.strip_prefix(HEADER)?)?;
    if let Some(rest) = rest.strip_prefix(SALT) {
        let (salt, rest) = rest.split_at_checked(SALT_TEXT_LEN)?;
        let salt = decode_salt(salt)?;
        let (body, rest) = take_object(rest.strip_prefix(BODY)?)?;
        (rest == "}").then_some(Entry {
            header,
            content: Content::Body { salt, body },
        })
    } else {
        let digits = rest.strip_prefix(COMMITMENT)?.strip_suffix("\"}")?;
        let commitment = Hash::from_hex(digits).ok()?;
        Some(Entry {
            header,
            content: Content::Withheld { commitment },
        })
    }
}

fn decode_salt(text: &str) -> Option<[u8; SALT_LEN]> {
    let mut salt = [0u8; SALT_LEN];
    (URL_SAFE_NO_PAD.decode_slice(text, &mut salt) == Ok(SALT_LEN)).then_some(salt)
}

/// Splits a complete JSON object off the front of `text`.
fn take_object(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let value = values.next()?.ok()?.get();
    Some((value, text.get(value.len()..)?))
}

/// The slow way, only for lines that are not as they should be: says what is wrong.
fn diagnose(text: &str) -> EntryError {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let Ok(pairs) = deserializer.deserialize_map(Pairs) else {
        return EntryError::NotJson;
    };
    if deserializer.end().is_err() {
        return EntryError::NotJson;
    }
    let mut found: BTreeMap<&str, &RawValue> = BTreeMap::new();
    for (key, value) in &pairs {
        if !["header", "salt", "body", "commitment"].contains(&key.as_str()) {
            return EntryError::UnknownKey {
                key: key.chars().take(40).collect(),
            };
        }
        if found.insert(key, value).is_some() {
            return EntryError::DuplicateKey { key: key.clone() };
        }
    }
    let get = |key: &str| found.get(key).map(|value| value.get());
    let Some(header) = get("header") else {
        return EntryError::MissingKey { key: "header" };
    };
    if !header.starts_with('{') {
        return EntryError::NotAnObject { key: "header" };
    }
    match (get("salt"), get("body"), get("commitment")) {
        (None, None, None) => EntryError::NeitherBodyNorCommitment,
        (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => EntryError::BodyAndCommitment,
        (None, Some(_), None) => EntryError::MissingKey { key: "salt" },
        (Some(_), None, None) => EntryError::MissingKey { key: "body" },
        (Some(salt), Some(body), None) => {
            let salt = salt.strip_prefix('"').and_then(|salt| salt.strip_suffix('"'));
            if salt.and_then(decode_salt).is_none() {
                EntryError::BadSalt
            } else if !body.starts_with('{') {
                EntryError::NotAnObject { key: "body" }
            } else {
                EntryError::NotCanonical
            }
        }
        (None, None, Some(commitment)) => {
            let digits = commitment
                .strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'));
            match digits.map(Hash::from_hex) {
                Some(Ok(_)) => EntryError::NotCanonical,
                _ => EntryError::BadCommitment,
            }
        }
    }
}

/// All pairs of an object, repeated keys included.
struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

impl<'a> Entry<'a> {
    /// The header, exactly as received (a JSON object).
    pub fn header(&self) -> &'a str {
        self.header
    }

    /// Body or commitment.
    pub fn content(&self) -> Content<'a> {
        self.content
    }

    /// The body, exactly as received (a JSON object); `None` when withheld or erased.
    pub fn body(&self) -> Option<&'a str> {
        match self.content {
            Content::Body { body, .. } => Some(body),
            Content::Withheld { .. } => None,
        }
    }

    /// SHA-256 of salt and body: computed when the body is there, else as received.
    pub fn commitment(&self) -> Hash {
        match self.content {
            Content::Body { salt, body } => Hash::of_parts(&[&salt, body.as_bytes()]),
            Content::Withheld { commitment } => commitment,
        }
    }

    /// The leaf bytes: header, line feed, commitment in hex.
    pub fn leaf_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.header.len() + 65);
        out.extend_from_slice(self.header.as_bytes());
        out.push(b'\n');
        out.extend_from_slice(&self.commitment().hex_digits());
        out
    }

    /// The RFC 6962 leaf hash: SHA-256(0x00 ‖ leaf bytes).
    pub fn leaf(&self) -> Hash {
        let digits = self.commitment().hex_digits();
        Hash::of_parts(&[&[tree::LEAF_PREFIX], self.header.as_bytes(), b"\n", &digits])
    }

    /// The same entry as a line without its body; leaf and log stay the same.
    pub fn withheld_line(&self) -> Vec<u8> {
        let mut line = Vec::with_capacity(self.header.len() + 96);
        line.extend_from_slice(HEADER.as_bytes());
        line.extend_from_slice(self.header.as_bytes());
        line.extend_from_slice(COMMITMENT.as_bytes());
        line.extend_from_slice(&self.commitment().hex_digits());
        line.extend_from_slice(b"\"}");
        line
    }
}
