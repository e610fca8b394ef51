//! The sealed stream: everything this project uses of the `age` crate stands behind the two functions
//! `seal` and `open` here, so that another crate or algorithm can take its place.
//!
//! `seal` is the one impure function of this crate: the file key comes from the system's random source
//! inside the `age` crate. Key pairs are made from bytes the caller gives.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use age::secrecy::ExposeSecret as _;
use bech32::{Bech32, Hrp};
use zeroize::{Zeroize as _, Zeroizing};

/// First line of every age file.
pub const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// A sealed bundle's length modulo [`LENGTH_UNIT`]. No multiple of a disk sector has this remainder, so a
/// file cut off where a copy usually breaks is recognised as cut off and not taken for a damaged one.
pub const LENGTH_REMAINDER: u64 = 13;
/// See [`LENGTH_REMAINDER`].
pub const LENGTH_UNIT: u64 = 64;
/// Most bytes of an age header that are read before giving up.
const MAX_HEADER: u64 = 64 * 1024;
const CHUNK: u64 = 64 * 1024;
const TAG: u64 = 16;

/// Why a text is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not an `AGE-SECRET-KEY-1…` text.
    #[error("not an age X25519 identity")]
    BadIdentity,
    /// Not an `age1…` X25519 recipient.
    #[error("not an age X25519 recipient")]
    BadRecipient,
}

impl SealError {
    /// Stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            SealError::BadIdentity => "seal-bad-identity",
            SealError::BadRecipient => "seal-bad-recipient",
        }
    }

    /// Values for the message of this error (none).
    pub fn fields(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// The secret key that opens bundles sent to an institution. Wiped when dropped; never printed.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.recipient())
    }
}

impl Identity {
    /// The identity whose X25519 secret is these 32 (random) bytes, which stay the caller's to wipe.
    ///
    /// # Errors
    /// [`SealError::BadIdentity`] should the age crate refuse them; it accepts every 32 bytes today.
    pub fn from_secret(secret: &[u8; 32]) -> Result<Identity, SealError> {
        let hrp = Hrp::parse("age-secret-key-").map_err(|_| SealError::BadIdentity)?;
        let mut text = bech32::encode_upper::<Bech32>(hrp, secret).map_err(|_| SealError::BadIdentity)?;
        let identity = Identity::parse(&text);
        text.zeroize();
        identity
    }

    /// Reads `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`SealError::BadIdentity`].
    pub fn parse(text: &str) -> Result<Identity, SealError> {
        text.trim()
            .parse()
            .map(Identity)
            .map_err(|_| SealError::BadIdentity)
    }

    /// The text form `AGE-SECRET-KEY-1…`, wiped when dropped.
    pub fn to_secret_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The public half.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

/// The public key a bundle is sealed to. Text form (`Display`): `age1…`.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(age::x25519::Recipient);

impl Recipient {
    /// Reads `age1…`.
    ///
    /// # Errors
    /// [`SealError::BadRecipient`].
    pub fn parse(text: &str) -> Result<Recipient, SealError> {
        text.trim()
            .parse()
            .map(Recipient)
            .map_err(|_| SealError::BadRecipient)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for Recipient {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Recipient, SealError> {
        Recipient::parse(text)
    }
}

/// What can be wrong with a sealed stream; travels inside `io::Error` through the decompressor.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Fault {
    #[error("not a sealed file")]
    NotSealed,
    #[error("not sealed to this receiver")]
    WrongReceiver,
    #[error("sealed file ends early")]
    Truncated,
    #[error("sealed file is damaged")]
    Corrupted,
    #[error("sealed file longer than {limit} bytes")]
    TooLong { limit: u64 },
    #[error("reading failed: {message}")]
    Io { kind: io::ErrorKind, message: String },
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> io::Error {
        io::Error::other(fault)
    }
}

impl Fault {
    /// The fault that an error carries, if it is one of ours.
    pub(crate) fn of(error: &io::Error) -> Option<Fault> {
        error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Fault>())
            .cloned()
    }
}

/// Starts a stream sealed to `to` (at least one).
pub(crate) fn seal<W: Write>(to: &[Recipient], out: W) -> io::Result<SealWriter<W>> {
    let recipients = to.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients)
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "no usable recipient"))?;
    let count = Arc::new(AtomicU64::new(0));
    let inner = encryptor.wrap_output(CountingWriter {
        out,
        count: count.clone(),
    })?;
    // The header is written by now; the 16 bytes of nonce belong to it.
    let header = count.load(Ordering::Relaxed);
    Ok(SealWriter {
        inner,
        count,
        header,
        plain: 0,
    })
}

/// Takes plain bytes, writes sealed ones.
pub(crate) struct SealWriter<W: Write> {
    inner: age::stream::StreamWriter<CountingWriter<W>>,
    count: Arc<AtomicU64>,
    header: u64,
    plain: u64,
}

impl<W: Write> SealWriter<W> {
    /// Number of plain bytes to add (at least `least`) so that the sealed length has its remainder.
    pub(crate) fn padding(&self, least: u64) -> u64 {
        let length = |padding: u64| {
            let plain = self.plain + padding;
            self.header + plain + TAG * plain.div_ceil(CHUNK).max(1)
        };
        let fits = |padding: &u64| length(*padding) % LENGTH_UNIT == LENGTH_REMAINDER;
        (least..least + 4 * LENGTH_UNIT).find(fits).unwrap_or(least)
    }

    /// Writes the last chunk; the stream cannot be opened without it. Returns the sealed length, too.
    pub(crate) fn finish(self) -> io::Result<(W, u64)> {
        let inner = self.inner.finish()?;
        Ok((inner.out, self.count.load(Ordering::Relaxed)))
    }
}

impl<W: Write> Write for SealWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.plain += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

struct CountingWriter<W> {
    out: W,
    count: Arc<AtomicU64>,
}

impl<W: Write> Write for CountingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.count.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Opens a sealed stream with any of the identities, reading at most `limit` bytes of it.
pub(crate) fn open<R: Read>(input: R, with: &[Identity], limit: u64) -> Result<Opened<R>, Fault> {
    let meter = Arc::new(Meter {
        limit: AtomicU64::new(limit.min(MAX_HEADER)),
        ..Meter::default()
    });
    let mut input = BufReader::new(Metered {
        input,
        meter: meter.clone(),
    });
    check_magic(&mut input)?;
    let chained = io::Cursor::new(MAGIC).chain(input);
    let decryptor = age::Decryptor::new_buffered(chained).map_err(|error| header_fault(error, &meter))?;
    let identities = with.iter().map(|identity| &identity.0 as &dyn age::Identity);
    let inner = decryptor
        .decrypt(identities)
        .map_err(|error| header_fault(error, &meter))?;
    meter.limit.store(limit, Ordering::Relaxed);
    Ok(Opened { inner, meter })
}

fn check_magic(input: &mut impl Read) -> Result<(), Fault> {
    let mut start = [0u8; MAGIC.len()];
    let mut have = 0;
    while let Some(rest) = start.get_mut(have..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(0) => break,
            Ok(n) => have += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fault::of(&error).unwrap_or(Fault::NotSealed)),
        }
    }
    let found = start.get(..have).unwrap_or_default();
    if found == MAGIC {
        Ok(())
    } else if MAGIC.starts_with(found) {
        Err(Fault::Truncated)
    } else {
        Err(Fault::NotSealed)
    }
}

fn header_fault(error: age::DecryptError, meter: &Meter) -> Fault {
    match error {
        age::DecryptError::NoMatchingKeys => Fault::WrongReceiver,
        age::DecryptError::Io(error) => stream_fault(&error, meter),
        _ => Fault::Corrupted,
    }
}

/// An age chunk that fails does not say whether the file ends early or is damaged; its length does.
fn stream_fault(error: &io::Error, meter: &Meter) -> Fault {
    if let Some(fault) = Fault::of(error) {
        return match fault {
            // More header than any age file has: not a matter of length.
            Fault::TooLong { limit: MAX_HEADER } => Fault::Corrupted,
            other => other,
        };
    }
    let length = meter.read.load(Ordering::Relaxed);
    let whole = length % LENGTH_UNIT == LENGTH_REMAINDER;
    let ended = meter.ended.load(Ordering::Relaxed);
    if error.kind() == io::ErrorKind::UnexpectedEof || (ended && !whole) {
        Fault::Truncated
    } else {
        Fault::Corrupted
    }
}

#[derive(Default)]
struct Meter {
    limit: AtomicU64,
    read: AtomicU64,
    ended: AtomicBool,
}

struct Metered<R> {
    input: R,
    meter: Arc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let limit = self.meter.limit.load(Ordering::Relaxed);
        let left = limit.saturating_sub(self.meter.read.load(Ordering::Relaxed));
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 && !buffer.is_empty() {
            // At the limit: only the end of the file may follow.
            let mut probe = [0u8; 1];
            return match self.input.read(&mut probe).map_err(as_fault)? {
                0 => Ok(self.at_end()),
                _ => Err(Fault::TooLong { limit }.into()),
            };
        }
        let read = self
            .input
            .read(buffer.get_mut(..most).unwrap_or_default())
            .map_err(as_fault)?;
        if read == 0 && most > 0 {
            return Ok(self.at_end());
        }
        self.meter.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R> Metered<R> {
    fn at_end(&self) -> usize {
        self.meter.ended.store(true, Ordering::Relaxed);
        0
    }
}

fn as_fault(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    Fault::Io {
        kind: error.kind(),
        message: error.to_string(),
    }
    .into()
}

type Input<R> = io::Chain<io::Cursor<&'static [u8]>, BufReader<Metered<R>>>;

/// Takes sealed bytes, gives plain ones; every error is a [`Fault`].
pub(crate) struct Opened<R> {
    inner: age::stream::StreamReader<Input<R>>,
    meter: Arc<Meter>,
}

impl<R: Read> Opened<R> {
    /// Sealed bytes read so far.
    pub(crate) fn sealed_len(&self) -> u64 {
        self.meter.read.load(Ordering::Relaxed)
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner
            .read(buffer)
            .map_err(|error| stream_fault(&error, &self.meter).into())
    }
}
