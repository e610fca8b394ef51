//! Signed notes (C2SP signed-note): a text people can read, with one signature line per key.
//!
//! The algorithm is named by one byte in the key, so another one (SM2, ML-DSA) can join without a new
//! format: signature lines of unknown keys are kept and ignored. Only Ed25519 is known today, checked
//! with the strict rules that leave no second valid form of a signature.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

use crate::Hash;

/// Longest note read, bytes.
pub const MAX_NOTE: usize = 128 * 1024;
/// Most signature lines read. (The specification asks for at least 16.)
pub const MAX_SIGNATURES: usize = 100;
/// Longest key name, bytes.
pub const MAX_NAME: usize = 255;

/// What a key signs, by the signature type byte of C2SP signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// `0x01`: plain Ed25519 over the note text; signs checkpoints of its own log.
    Ed25519,
    /// `0x04`: Ed25519 `cosignature/v1` with time; countersigns checkpoints of other logs.
    CosignatureV1,
}

impl KeyType {
    /// The signature type byte.
    pub fn byte(self) -> u8 {
        match self {
            KeyType::Ed25519 => 0x01,
            KeyType::CosignatureV1 => 0x04,
        }
    }

    fn from_byte(byte: u8) -> Option<KeyType> {
        [KeyType::Ed25519, KeyType::CosignatureV1]
            .into_iter()
            .find(|kind| kind.byte() == byte)
    }
}

/// Why a note, key or signature is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`MAX_NOTE`].
    #[error("note of {len} bytes, at most {MAX_NOTE}")]
    TooLong {
        /// Length found, bytes.
        len: usize,
    },
    /// More than [`MAX_SIGNATURES`] signature lines.
    #[error("more than {MAX_SIGNATURES} signature lines")]
    TooManySignatures,
    /// Not UTF-8, or a control character other than line feed.
    #[error("note is not plain UTF-8 text")]
    NotText,
    /// No text, no blank line, or no signature line.
    #[error("note has no signature part")]
    NoSignatures,
    /// A line of the signature part that is not a signature line.
    #[error("signature line {line} is malformed")]
    BadSignatureLine {
        /// Number of the line within the signature part, from 1.
        line: usize,
    },
    /// Empty, too long, or with a blank or plus sign.
    #[error("key name is malformed")]
    BadName,
    /// A verifier key that is not `name+hexid+base64`, or whose id does not fit.
    #[error("verifier key is malformed")]
    BadKey,
    /// A well-formed verifier key of an algorithm this program does not know.
    #[error("verifier key of unknown type {byte}")]
    UnknownKeyType {
        /// Signature type byte.
        byte: u8,
    },
    /// A key of one type used where the other is needed.
    #[error("key type {found} cannot be used here")]
    WrongKeyType {
        /// Signature type byte of the key.
        found: u8,
    },
    /// A signature line of a known key that does not verify.
    #[error("signature of {name} does not verify")]
    BadSignature {
        /// Name of the key.
        name: String,
    },
    /// No signature line of any known key.
    #[error("no signature of a known key")]
    UnknownSigner,
}

impl NoteError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            NoteError::TooLong { .. } => "note-too-long",
            NoteError::TooManySignatures => "note-too-many-signatures",
            NoteError::NotText => "note-not-text",
            NoteError::NoSignatures => "note-no-signatures",
            NoteError::BadSignatureLine { .. } => "note-bad-signature-line",
            NoteError::BadName => "note-bad-name",
            NoteError::BadKey => "note-bad-key",
            NoteError::UnknownKeyType { .. } => "note-unknown-key-type",
            NoteError::WrongKeyType { .. } => "note-wrong-key-type",
            NoteError::BadSignature { .. } => "note-bad-signature",
            NoteError::UnknownSigner => "note-unknown-signer",
        }
    }

    /// Values for the message of this error.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pair = match self {
            NoteError::TooLong { len } => ("len", len.to_string()),
            NoteError::BadSignatureLine { line } => ("line", line.to_string()),
            NoteError::UnknownKeyType { byte } => ("type", byte.to_string()),
            NoteError::WrongKeyType { found } => ("type", found.to_string()),
            NoteError::BadSignature { name } => ("name", name.clone()),
            _ => return BTreeMap::new(),
        };
        [(pair.0.to_owned(), pair.1)].into()
    }
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > MAX_NAME || name.contains(bad) {
        Err(NoteError::BadName)
    } else {
        Ok(())
    }
}

fn key_id(name: &str, kind: KeyType, public: &[u8; 32]) -> u32 {
    let hash = Hash::of_parts(&[name.as_bytes(), b"\n", &[kind.byte()], public]);
    hash.0
        .iter()
        .take(4)
        .fold(0, |id, byte| id << 8 | u32::from(*byte))
}

/// A public key with its name: what somebody must hold to check signatures.
/// Text form (`Display`, [`VerifierKey::parse`]): `name+hexid+base64(type ‖ public key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyType,
    id: u32,
    public: VerifyingKey,
}

impl VerifierKey {
    /// A verifier key from its parts.
    ///
    /// # Errors
    /// [`NoteError::BadName`]; [`NoteError::BadKey`] when the bytes are no usable Ed25519 key.
    pub fn new(name: &str, kind: KeyType, public: &[u8; 32]) -> Result<VerifierKey, NoteError> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(public).map_err(|_| NoteError::BadKey)?;
        if key.is_weak() {
            return Err(NoteError::BadKey);
        }
        Ok(VerifierKey {
            name: name.to_owned(),
            kind,
            id: key_id(name, kind, public),
            public: key,
        })
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`NoteError::BadKey`], [`NoteError::BadName`], [`NoteError::UnknownKeyType`].
    pub fn parse(text: &str) -> Result<VerifierKey, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::BadKey);
        };
        check_name(name)?;
        let hex_digit = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
        if id.len() != 8 || !id.bytes().all(hex_digit) {
            return Err(NoteError::BadKey);
        }
        let id = u32::from_str_radix(id, 16).map_err(|_| NoteError::BadKey)?;
        let bytes = STANDARD.decode(key).map_err(|_| NoteError::BadKey)?;
        let (byte, public) = bytes.split_first().ok_or(NoteError::BadKey)?;
        let kind = KeyType::from_byte(*byte).ok_or(NoteError::UnknownKeyType { byte: *byte })?;
        let public: &[u8; 32] = public.try_into().map_err(|_| NoteError::BadKey)?;
        let key = VerifierKey::new(name, kind, public)?;
        if key.id == id {
            Ok(key)
        } else {
            Err(NoteError::BadKey)
        }
    }

    /// Name of the key; for a log's own key, the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the key signs.
    pub fn kind(&self) -> KeyType {
        self.kind
    }

    /// First four bytes of SHA-256(name ‖ LF ‖ type ‖ public key), big-endian.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The 32-byte Ed25519 public key.
    pub fn public(&self) -> &[u8; 32] {
        self.public.as_bytes()
    }

    /// Whether a signature line claims to be of this key.
    pub fn signed(&self, signature: &Signature) -> bool {
        signature.id == self.id && signature.name == self.name
    }

    /// Strictly checks 64 signature bytes over `message`.
    pub(crate) fn check(&self, message: &[u8], signature: &[u8]) -> Result<(), NoteError> {
        let bad = || NoteError::BadSignature {
            name: self.name.clone(),
        };
        let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| bad())?;
        self.public.verify_strict(message, &signature).map_err(|_| bad())
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.public.as_bytes());
        write!(f, "{}+{:08x}+{}", self.name, self.id, STANDARD.encode(bytes))
    }
}

impl std::str::FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<VerifierKey, NoteError> {
        VerifierKey::parse(text)
    }
}

/// A secret key with its name. Wiped from memory when dropped; never printed.
pub struct Signer {
    secret: SigningKey,
    verifier: VerifierKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

impl Signer {
    /// A signer from a name, a type and the 32-byte Ed25519 seed, which stays the caller's to wipe.
    ///
    /// # Errors
    /// [`NoteError::BadName`].
    pub fn from_seed(name: &str, kind: KeyType, seed: &[u8; 32]) -> Result<Signer, NoteError> {
        let secret = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, kind, secret.verifying_key().as_bytes())?;
        Ok(Signer { secret, verifier })
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Signs a note text (ending in a line feed) with a key of type [`KeyType::Ed25519`].
    ///
    /// # Errors
    /// [`NoteError::WrongKeyType`].
    pub fn sign(&self, text: &str) -> Result<Signature, NoteError> {
        self.needs(KeyType::Ed25519)?;
        Ok(self.signature(self.raw(text.as_bytes()).to_vec()))
    }

    pub(crate) fn needs(&self, kind: KeyType) -> Result<(), NoteError> {
        let found = self.verifier.kind;
        if found == kind {
            Ok(())
        } else {
            Err(NoteError::WrongKeyType { found: found.byte() })
        }
    }

    pub(crate) fn raw(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }

    pub(crate) fn signature(&self, bytes: Vec<u8>) -> Signature {
        Signature {
            name: self.verifier.name.clone(),
            id: self.verifier.id,
            bytes,
        }
    }
}

/// One signature line: `— name base64(key id ‖ bytes)`. Nothing is verified yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    /// Name of the key.
    pub name: String,
    /// Key id.
    pub id: u32,
    /// Signature bytes after the key id; their form depends on the key.
    pub bytes: Vec<u8>,
}

impl Signature {
    /// The line, without line feed.
    pub fn to_line(&self) -> String {
        let mut bytes = self.id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.bytes);
        format!("— {} {}", self.name, STANDARD.encode(bytes))
    }

    fn parse(line: &str) -> Option<Signature> {
        let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
        check_name(name).ok()?;
        let bytes = STANDARD.decode(base64).ok()?;
        let (id, rest) = bytes.split_first_chunk::<4>()?;
        if rest.is_empty() {
            return None;
        }
        Some(Signature {
            name: name.to_owned(),
            id: u32::from_be_bytes(*id),
            bytes: rest.to_vec(),
        })
    }
}

/// A text with its signature lines. The text means nothing before [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The signed text, ending in a line feed.
    pub text: String,
    /// The signature lines in their order, of known and unknown keys.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// Reads a note; every limit of this module holds afterwards.
    ///
    /// # Errors
    /// [`NoteError`] for every departure from the form; signatures are not verified here.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MAX_NOTE {
            return Err(NoteError::TooLong { len: bytes.len() });
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::NotText)?;
        if all.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteError::NotText);
        }
        let split = all.rfind("\n\n").ok_or(NoteError::NoSignatures)? + 1;
        let (text, rest) = all.split_at_checked(split).ok_or(NoteError::NoSignatures)?;
        let lines = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n'));
        let lines = lines.ok_or(NoteError::NoSignatures)?;
        let mut signatures = Vec::new();
        for (number, line) in lines.split('\n').enumerate() {
            if number == MAX_SIGNATURES {
                return Err(NoteError::TooManySignatures);
            }
            let signature = Signature::parse(line);
            signatures.push(signature.ok_or(NoteError::BadSignatureLine { line: number + 1 })?);
        }
        Ok(Note {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The bytes of the note.
    pub fn encode(&self) -> String {
        let mut out = self.text.clone();
        out.push('\n');
        for signature in &self.signatures {
            out.push_str(&signature.to_line());
            out.push('\n');
        }
        out
    }

    /// Verifies every line of a known [`KeyType::Ed25519`] key and returns the keys that signed, in the
    /// order given. Lines of other keys are ignored.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] if a line of a known key fails; [`NoteError::UnknownSigner`] if there
    /// is none.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signed = Vec::new();
        for key in keys.iter().filter(|key| key.kind == KeyType::Ed25519) {
            let mut found = false;
            for signature in self.signatures.iter().filter(|signature| key.signed(signature)) {
                key.check(self.text.as_bytes(), &signature.bytes)?;
                found = true;
            }
            if found {
                signed.push(key);
            }
        }
        if signed.is_empty() {
            Err(NoteError::UnknownSigner)
        } else {
            Ok(signed)
        }
    }
}
