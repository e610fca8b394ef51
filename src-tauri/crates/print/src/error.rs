//! What can go wrong between a document and its file, as codes; the sentences stand in the message files.

use std::collections::BTreeMap;

/// Failure of printing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// No Chinese serif face was found in the given directories or on the system.
    #[error("no face found of the families {wanted}")]
    FontsMissing {
        /// Families looked for, comma separated.
        wanted: String,
    },
    /// A font file was found but cannot be read.
    #[error("font {font} is unreadable")]
    FontUnreadable {
        /// Family name.
        font: String,
    },
    /// No face has a glyph for a character; printing a box in a name would be worse than not printing.
    #[error("no glyph for {ch:?} in {text:?}")]
    GlyphMissing {
        /// The run of text with the character.
        text: String,
        /// The character.
        ch: char,
    },
    /// An image is no JPEG that can be embedded.
    #[error("image is not an embeddable JPEG: {reason}")]
    ImageInvalid {
        /// Terse technical reason.
        reason: String,
    },
    /// The text of a QR code is longer than a code can hold.
    #[error("QR text of {bytes} bytes is too long")]
    QrTooLong {
        /// Length of the text in bytes.
        bytes: usize,
    },
    /// The time of making is no RFC 3339 time.
    #[error("not an RFC 3339 time: {value:?}")]
    TimeInvalid {
        /// The value given.
        value: String,
    },
    /// The caller's progress function asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// The file could not be made.
    #[error("cannot write PDF: {reason}")]
    Write {
        /// Terse technical reason.
        reason: String,
    },
}

impl PrintError {
    /// Stable code of the failure.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FontsMissing { .. } => "fonts-missing",
            Self::FontUnreadable { .. } => "font-unreadable",
            Self::GlyphMissing { .. } => "glyph-missing",
            Self::ImageInvalid { .. } => "image-invalid",
            Self::QrTooLong { .. } => "qr-too-long",
            Self::TimeInvalid { .. } => "print-time-invalid",
            Self::Cancelled => "print-cancelled",
            Self::Write { .. } => "pdf-write-failed",
        }
    }

    /// Values for the placeholders of the message.
    #[must_use]
    pub fn fields(&self) -> BTreeMap<String, String> {
        let pairs: Vec<(&str, String)> = match self {
            Self::FontsMissing { wanted } => vec![("wanted", wanted.clone())],
            Self::FontUnreadable { font } => vec![("font", font.clone())],
            Self::GlyphMissing { text, ch } => vec![("text", text.clone()), ("char", ch.to_string())],
            Self::ImageInvalid { reason } | Self::Write { reason } => vec![("reason", reason.clone())],
            Self::QrTooLong { bytes } => vec![("bytes", bytes.to_string())],
            Self::TimeInvalid { value } => vec![("value", value.clone())],
            Self::Cancelled => vec![],
        };
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}
