//! Reading what a page needs to know of a JPEG: measures, channels, and which way is up.
//!
//! The picture goes into the file byte for byte, so the turn that a telephone notes in its Exif data has
//! to be made by the page.

use super::items::Picture;
use crate::PrintError;

/// Reads the measures of a JPEG from its frame header.
pub(crate) fn jpeg(bytes: &[u8]) -> Result<Picture, PrintError> {
    let fault = |reason: &str| PrintError::ImageInvalid {
        reason: reason.to_owned(),
    };
    if bytes.get(..2) != Some(&[0xff, 0xd8]) {
        return Err(fault("no JPEG signature"));
    }
    let mut at = 2;
    let mut orientation = 1;
    loop {
        let marker = match bytes.get(at..at + 2) {
            // Fill bytes before a marker are allowed.
            Some([0xff, 0xff]) => {
                at += 1;
                continue;
            }
            Some([0xff, marker]) => *marker,
            Some(_) => return Err(fault("no marker where one is due")),
            None => return Err(fault("ends before its frame header")),
        };
        let Some(&[high, low]) = bytes.get(at + 2..at + 4) else {
            return Err(fault("ends before its frame header"));
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        match marker {
            0xc0..=0xc2 => {
                let Some(&[depth, h1, h0, w1, w0, channels]) = bytes.get(at + 4..at + 10) else {
                    return Err(fault("ends within its frame header"));
                };
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                if depth != 8 || width == 0 || height == 0 || !matches!(channels, 1 | 3 | 4) {
                    return Err(fault("unsupported depth, size or channels"));
                }
                let (width, height) = (u32::from(width), u32::from(height));
                return Ok(Picture {
                    bytes: bytes.to_vec(),
                    width,
                    height,
                    channels,
                    orientation,
                });
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Err(fault("unsupported coding")),
            0xd9 | 0xda => return Err(fault("no frame header before the picture data")),
            0xe1 => {
                let segment = bytes.get(at + 4..at + 2 + length.max(2)).unwrap_or_default();
                orientation = exif_orientation(segment).unwrap_or(orientation);
                at += 2 + length.max(2);
            }
            _ if length < 2 => return Err(fault("segment without length")),
            _ => at += 2 + length,
        }
    }
}

/// Orientation (1 to 8) from an Exif segment; `None` when there is none or it is damaged.
fn exif_orientation(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        })
    };
    let long = |at: usize| -> Option<usize> {
        let four: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        })
        .ok()
    };
    let directory = long(4)?;
    (0..usize::from(short(directory)?))
        .filter_map(|entry| directory.checked_add(2 + entry * 12))
        .find(|at| short(*at) == Some(0x0112))
        .and_then(|at| short(at.checked_add(8)?))
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (1..=8).contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_are_none_are_named() {
        for (bytes, reason) in [
            (&b"\x89PNG"[..], "signature"),
            (b"\xff\xd8", "ends before"),
            (b"\xff\xd8\xff\xe0\x00\x00", "without length"),
            (b"\xff\xd8\xff\xda\x00\x02", "no frame header"),
            (b"\xff\xd8\xff\xc0\x00\x11\x08\x00", "ends within"),
            (b"\xff\xd8\x00\x00\x00\x00", "no marker"),
        ] {
            let error = jpeg(bytes)
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default();
            assert!(error.contains(reason), "{error} lacks {reason}");
        }
        let exif = b"\xff\xd8\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03";
        assert_eq!(
            jpeg(exif)
                .ok()
                .map(|picture| (picture.orientation, picture.shown_size())),
            Some((6, (16, 32)))
        );
        for cut in 0..exif.len() {
            let _ = jpeg(&exif[..cut]);
        }
        let good = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x10\x00\x20\x03";
        let picture = jpeg(good)
            .ok()
            .map(|picture| (picture.width, picture.height, picture.channels));
        assert_eq!(picture, Some((32, 16, 3)));
    }
}
