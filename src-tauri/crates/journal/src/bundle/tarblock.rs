//! The 512-byte header blocks of tar. Only plain files with short names are written and read: everything
//! else tar can hold (links, devices, long names, sparse files) has no place in a bundle.

use super::BundleError;
use super::layout::MAX_NAME;

/// Size of a tar block.
pub(super) const BLOCK: usize = 512;

/// Header of a plain file. Times and owners are zero: the same content gives the same bytes.
pub(super) fn header(name: &str, size: u64) -> Result<[u8; BLOCK], BundleError> {
    let mut header = tar::Header::new_ustar();
    header
        .set_path(name)
        .map_err(|_| BundleError::malformed("part name"))?;
    header.set_size(size);
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    Ok(*header.as_bytes())
}

/// Bytes that fill the last block of a file of `size` bytes.
pub(super) fn padding(size: u64) -> usize {
    (BLOCK - (size % BLOCK as u64) as usize) % BLOCK
}

/// Reads a header block: name and size; `None` for the zero block that ends an archive.
pub(super) fn parse(block: &[u8; BLOCK]) -> Result<Option<(String, u64)>, BundleError> {
    if block.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let bad = |reason: &str| BundleError::malformed(format!("tar header: {reason}"));
    let header = tar::Header::from_byte_slice(block);
    let sum: u32 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            if (148..156).contains(&at) {
                32
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    if header.cksum().map_err(|_| bad("checksum"))? != sum {
        return Err(bad("checksum"));
    }
    if !header.entry_type().is_file() {
        return Err(bad("not a plain file"));
    }
    let size = header.entry_size().map_err(|_| bad("size"))?;
    let name = header.path_bytes();
    let name = std::str::from_utf8(&name).map_err(|_| bad("name"))?;
    if name.is_empty() || name.len() > MAX_NAME {
        return Err(bad("name"));
    }
    Ok(Some((name.to_owned(), size)))
}
