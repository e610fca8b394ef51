//! The layers below the parts: sealed stream, decompression, tar blocks, each with its limit.

use std::io::{self, BufReader, Read};

use super::{BundleError, Limits, tarblock};
use crate::seal::{self, Identity, Opened};

/// Zero bytes that ordinary tar programs may put behind the end of an archive.
const MAX_TRAILER: usize = 20 * tarblock::BLOCK;

pub(super) struct Unpack<R: Read> {
    input: zstd::Decoder<'static, BufReader<Opened<R>>>,
    raw: u64,
    parts: u64,
    limits: Limits,
}

impl<R: Read> Unpack<R> {
    pub(super) fn open(input: R, identities: &[Identity], limits: Limits) -> Result<Unpack<R>, BundleError> {
        let opened = seal::open(input, identities, limits.sealed);
        let opened = opened.map_err(|fault| BundleError::unsealing(fault, 0))?;
        let decoder = zstd::Decoder::new(opened).and_then(|mut decoder| {
            decoder.window_log_max(limits.window_log)?;
            Ok(decoder)
        });
        let input = decoder.map_err(|_| BundleError::malformed("decompressor"))?;
        Ok(Unpack {
            input,
            raw: 0,
            parts: 0,
            limits,
        })
    }

    /// Sealed bytes read so far.
    pub(super) fn sealed(&self) -> u64 {
        self.input.get_ref().get_ref().sealed_len()
    }

    /// Name and size of the next file; `None` at the end of the archive, once everything behind it is
    /// read and the seal has confirmed that nothing is missing.
    pub(super) fn header(&mut self) -> Result<Option<(String, u64)>, BundleError> {
        let mut block = [0u8; tarblock::BLOCK];
        self.exactly(&mut block)?;
        match tarblock::parse(&block)? {
            Some((name, size)) => {
                self.parts += 1;
                if self.parts > self.limits.parts {
                    return Err(BundleError::TooLarge {
                        what: "parts",
                        limit: self.limits.parts,
                    });
                }
                Ok(Some((name, size)))
            }
            None => self.trailer().map(|()| None),
        }
    }

    /// The whole content of a file whose header was read, refused before reading when above `limit`.
    pub(super) fn content(
        &mut self,
        what: &'static str,
        size: u64,
        limit: u64,
    ) -> Result<Vec<u8>, BundleError> {
        let too_large = BundleError::TooLarge { what, limit };
        if size > limit {
            return Err(too_large);
        }
        let mut bytes = vec![0u8; usize::try_from(size).map_err(|_| too_large)?];
        self.exactly(&mut bytes)?;
        self.fill(size)?;
        Ok(bytes)
    }

    /// Reads the bytes that fill the last block of a file of `size` bytes.
    pub(super) fn fill(&mut self, size: u64) -> Result<(), BundleError> {
        let mut block = [0u8; tarblock::BLOCK];
        self.exactly(block.get_mut(..tarblock::padding(size)).unwrap_or_default())
    }

    pub(super) fn exactly(&mut self, buffer: &mut [u8]) -> Result<(), BundleError> {
        self.raw = self.raw.saturating_add(buffer.len() as u64);
        if self.raw > self.limits.raw {
            return Err(BundleError::TooLarge {
                what: "content",
                limit: self.limits.raw,
            });
        }
        let mut have = 0;
        while let Some(rest) = buffer.get_mut(have..).filter(|rest| !rest.is_empty()) {
            match self.some(rest)? {
                0 => return Err(BundleError::malformed("archive ends early")),
                read => have += read,
            }
        }
        Ok(())
    }

    fn some(&mut self, buffer: &mut [u8]) -> Result<usize, BundleError> {
        loop {
            match self.input.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(BundleError::reading(&error, self.sealed())),
                Ok(read) => return Ok(read),
            }
        }
    }

    fn trailer(&mut self) -> Result<(), BundleError> {
        let mut block = [0u8; tarblock::BLOCK];
        self.exactly(&mut block)?;
        let mut found = 0;
        let mut zero = block.iter().all(|byte| *byte == 0);
        while zero && found <= MAX_TRAILER {
            let read = self.some(&mut block)?;
            if read == 0 {
                return Ok(());
            }
            found += read;
            zero = block.iter().take(read).all(|byte| *byte == 0);
        }
        Err(BundleError::malformed("something behind the end of the archive"))
    }
}
