//! The thread that reads: opens, unpacks, parses and hashes, and hands over in small pieces, so that a bundle of any size
//! takes little memory. It decides nothing.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use safety_journal::bundle::{BlobRef, BundleError, Limits, Manifest, Part, Reader};
use safety_journal::seal::Identity;
use safety_store::Rules;
use safety_store::journal::Received;

use super::Refusal;
use super::refusal::Fault;
use crate::export::CERTIFICATES;

/// Lines handed over at once.
const BATCH: usize = 256;
/// Pieces that may wait for the writer.
const WAITING: usize = 16;
const PIECE: usize = 256 * 1024;

/// A piece of a bundle, in the order of its parts.
pub(super) enum Piece {
    Manifest(Box<Manifest>),
    Certificate(Vec<u8>),
    Checkpoint { n: u32, note: Vec<u8> },
    Lines { log: u32, lines: Vec<Received> },
    Blob(BlobRef),
    BlobBytes(Vec<u8>),
    BlobEnd,
    Receipt(Vec<u8>),
    End,
}

/// The writer has gone: it refused the bundle, so there is nothing left to do.
struct Gone;

enum Stop {
    Gone,
    Refused(Refusal),
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Stop {
        Stop::Gone
    }
}

impl From<BundleError> for Stop {
    fn from(error: BundleError) -> Stop {
        Stop::Refused(Refusal::Bundle(error))
    }
}

/// Starts reading a file.
pub(super) fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    path: &Path,
    identity: &Identity,
    rules: Rules,
) -> Incoming {
    let (to, from) = sync_channel(WAITING);
    let (path, identity) = (path.to_owned(), identity.clone());
    scope.spawn(move || {
        if let Err(Stop::Refused(refusal)) = read(&path, identity, &rules, &to) {
            // When the writer has gone it knows already.
            let _ = to.send(Err(refusal));
        }
    });
    Incoming { from, pending: None }
}

fn read(
    path: &Path,
    identity: Identity,
    rules: &Rules,
    to: &SyncSender<Result<Piece, Refusal>>,
) -> Result<(), Stop> {
    let send = |piece| to.send(Ok(piece)).map_err(|_| Gone);
    let file = File::open(path).map_err(|error| Stop::Refused(Refusal::unreadable(&error)))?;
    let mut bundle = Reader::open(file, &[identity], Limits::default())?;
    send(Piece::Manifest(Box::new(bundle.manifest().clone())))?;
    while let Some(part) = bundle.next_part()? {
        match part {
            Part::Unknown { name, bytes } if name.starts_with(CERTIFICATES) => {
                send(Piece::Certificate(bytes))?
            }
            Part::Checkpoint { n, bytes } => send(Piece::Checkpoint { n, note: bytes })?,
            Part::Entries(chunk) => {
                let mut lines = Vec::with_capacity(BATCH);
                for (_, line) in chunk.lines() {
                    let received = rules.read_line(line.to_vec());
                    lines.push(received.map_err(|error| Stop::Refused(Refusal::of_line(&error)))?);
                    if lines.len() == BATCH {
                        send(Piece::Lines {
                            log: chunk.log,
                            lines: std::mem::take(&mut lines),
                        })?;
                    }
                }
                if !lines.is_empty() {
                    send(Piece::Lines {
                        log: chunk.log,
                        lines,
                    })?;
                }
            }
            Part::Blob(blob) => {
                send(Piece::Blob(blob))?;
                let mut pieces = Pieces {
                    to,
                    buffer: Vec::with_capacity(PIECE),
                };
                let copied = bundle.copy_blob(&mut pieces);
                match copied {
                    Err(BundleError::Io {
                        kind: io::ErrorKind::BrokenPipe,
                        ..
                    }) => return Err(Stop::Gone),
                    other => other?,
                }
                pieces.pass_on().map_err(|_| Gone)?;
                send(Piece::BlobEnd)?;
            }
            Part::Receipt { bytes, .. } => send(Piece::Receipt(bytes))?,
            // Of a newer program, or for people only.
            Part::Notice { .. } | Part::Unknown { .. } => {}
        }
    }
    send(Piece::End)?;
    Ok(())
}

/// Hands an attachment over in pieces.
struct Pieces<'a> {
    to: &'a SyncSender<Result<Piece, Refusal>>,
    buffer: Vec<u8>,
}

impl Pieces<'_> {
    fn pass_on(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = Piece::BlobBytes(std::mem::take(&mut self.buffer));
        self.to
            .send(Ok(piece))
            .map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl io::Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.pass_on()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The pieces as they come.
pub(super) struct Incoming {
    from: Receiver<Result<Piece, Refusal>>,
    pending: Option<Piece>,
}

impl Incoming {
    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Piece, Fault> {
        if let Some(piece) = self.pending.take() {
            return Ok(piece);
        }
        match self.from.recv() {
            Ok(piece) => Ok(piece?),
            Err(_) => Err(safety_store::Error::Inconsistent("reader of bundle stopped".to_owned()).into()),
        }
    }

    /// Puts a piece back.
    pub(super) fn give_back(&mut self, piece: Piece) {
        self.pending = Some(piece);
    }
}

/// The bytes of an attachment, read from the pieces.
pub(super) struct BlobBytes<'a> {
    incoming: &'a mut Incoming,
    piece: io::Cursor<Vec<u8>>,
    ended: bool,
    /// Why reading stopped, since an `io::Error` cannot say it.
    pub(super) fault: Option<Fault>,
}

impl<'a> BlobBytes<'a> {
    pub(super) fn new(incoming: &'a mut Incoming) -> BlobBytes<'a> {
        BlobBytes {
            incoming,
            piece: io::Cursor::default(),
            ended: false,
            fault: None,
        }
    }
}

impl io::Read for BlobBytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.piece.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.ended {
                return Ok(read);
            }
            match self.incoming.next() {
                Ok(Piece::BlobBytes(bytes)) => self.piece = io::Cursor::new(bytes),
                Ok(Piece::BlobEnd) => self.ended = true,
                Ok(other) => {
                    self.incoming.give_back(other);
                    self.ended = true;
                }
                Err(fault) => {
                    self.fault = Some(fault);
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        }
    }
}
