//! The document model: what callers fill in and the only thing they need to know about paper.
//!
//! Nothing here knows PDF, fonts or positions, so a document can be kept, compared and shown on a
//! screen as well as printed. Every word that reaches the paper stands in the model; the program's own
//! words (page labels, captions) come in as template strings from the message files.

use serde::{Deserialize, Serialize};

/// One printable document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Title, author and the like; written into the file's properties.
    pub meta: Meta,
    /// Paper, margins and type sizes.
    pub style: PageStyle,
    /// Line above the text of each page.
    #[serde(default)]
    pub header: RunningLine,
    /// Line below the text of each page.
    #[serde(default)]
    pub footer: RunningLine,
    /// Short mark in a small frame at the top of each page, for demo data ("演示数据 Demo data").
    #[serde(default)]
    pub mark: Option<String>,
    /// The content from top to bottom.
    pub blocks: Vec<Block>,
}

/// Properties of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Title of the document, shown by viewers.
    pub title: String,
    /// Institution or person that issues it.
    #[serde(default)]
    pub author: String,
    /// Subject line.
    #[serde(default)]
    pub subject: String,
    /// Name and version of the program.
    #[serde(default)]
    pub creator: String,
    /// BCP 47 tag; a tag beginning with `en` selects Latin punctuation and English type sizes.
    pub lang: String,
    /// Time of making, RFC 3339 with offset, for example `2026-11-23T09:31:05+08:00`.
    pub created: String,
    /// Anything that tells this printing from another; goes into the file identifier.
    #[serde(default)]
    pub id_seed: String,
}

impl Meta {
    /// Whether the document is set by the rules for English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.lang
            .get(..2)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("en"))
    }
}

/// Paper, margins and type sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageStyle {
    /// A4 upright in the manner of official documents (公文): 16 pt on 28 pt, 22 lines of 28 characters.
    Letter,
    /// A4 upright, form-like print of one record.
    RecordSheet,
    /// A4 across, a ledger (台账) as a table with a repeated heading.
    LedgerList,
    /// A4 upright, generous type, for the recovery code.
    RecoverySheet,
}

/// Header or footer: three templates, each of which may hold `{page}` and `{pages}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunningLine {
    /// At the left margin.
    #[serde(default)]
    pub left: String,
    /// In the middle.
    #[serde(default)]
    pub center: String,
    /// At the right margin.
    #[serde(default)]
    pub right: String,
}

impl RunningLine {
    /// A line with a middle part only.
    #[must_use]
    pub fn centered(text: impl Into<String>) -> Self {
        Self {
            center: text.into(),
            ..Self::default()
        }
    }
}

/// Text with emphasis. A line feed inside forces a new line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

/// A stretch of text in one weight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The characters.
    pub text: String,
    /// Bold face.
    #[serde(default)]
    pub bold: bool,
}

impl Text {
    /// Text in the bold face throughout.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self(vec![Span {
            text: text.into(),
            bold: true,
        }])
    }

    /// Adds a stretch of text.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, bold: bool) -> Self {
        self.0.push(Span {
            text: text.into(),
            bold,
        });
        self
    }

    /// The characters without emphasis.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(vec![Span {
            text: text.to_owned(),
            bold: false,
        }])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(vec![Span { text, bold: false }])
    }
}

/// Where text stands between the margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Flush left, ragged right.
    Left,
    /// In the middle.
    Center,
    /// Flush right.
    Right,
    /// Both edges flush except in the last line.
    #[default]
    Justify,
}

/// Type size of a paragraph relative to the page style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextSize {
    /// Notes and remarks.
    Small,
    /// The style's own size.
    #[default]
    Normal,
    /// A little larger.
    Large,
}

/// One part of the content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Block {
    /// Red head of an official document (红头): issuer in large red type over a red rule.
    Masthead {
        /// Name of the issuing institution; made smaller until it fits on one line.
        issuer: String,
        /// Document number (发文字号), may be empty.
        #[serde(default)]
        number: String,
    },
    /// Centred title of the document; also the first entry of the outline.
    Title {
        /// The title; broken into lines when long.
        text: String,
        /// Smaller line below, may be empty.
        #[serde(default)]
        subtitle: String,
    },
    /// Heading; goes into the outline and the contents.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// The heading with its number.
        text: String,
    },
    /// Running text.
    Paragraph {
        /// The text.
        text: Text,
        /// First line indented by two characters.
        #[serde(default)]
        indent: bool,
        /// Position between the margins.
        #[serde(default)]
        align: Align,
        /// Type size.
        #[serde(default)]
        size: TextSize,
    },
    /// Numbered clause. In Chinese the number runs in with the text, in English it hangs in the margin.
    Clause {
        /// 1 is the highest; each further level stands further in (English) or is set alike (Chinese).
        level: u8,
        /// `（一）`, `3.`, `第三条`…
        number: String,
        /// The clause.
        text: Text,
    },
    /// Ruled grid of labels and values.
    KeyValue {
        /// Label and value pairs side by side in one row: 1 or 2.
        #[serde(default = "one")]
        across: u8,
        /// The pairs in reading order.
        rows: Vec<KeyValue>,
    },
    /// Ruled table; its head is repeated on each page.
    Table {
        /// Columns from left to right.
        columns: Vec<Column>,
        /// Rows of cells in the order of the columns; missing cells are blank.
        rows: Vec<Vec<Text>>,
    },
    /// Blocks for signing, side by side; never broken over pages.
    Signature {
        /// One cell for each party, at most two in a row.
        cells: Vec<SignatureCell>,
    },
    /// One line of labelled blanks across the page, for signing a list.
    SignLine {
        /// The labels, each followed by a rule to write on.
        labels: Vec<String>,
    },
    /// Photograph; the JPEG bytes go into the file unchanged.
    Image {
        /// A baseline or progressive JPEG file.
        #[serde(with = "base64_bytes")]
        jpeg: Vec<u8>,
        /// Width on paper in millimetres; limited by the margins and the page height.
        width_mm: f32,
        /// Line below, may be empty.
        #[serde(default)]
        caption: String,
    },
    /// QR code with its text beside it.
    Qr {
        /// Content of the code.
        text: String,
        /// Edge in millimetres.
        size_mm: f32,
        /// Words to the right of the code, may be empty.
        #[serde(default)]
        caption: Text,
    },
    /// Framed code in large letters, for reading out or typing over.
    Code {
        /// Groups, kept whole and set with wide gaps.
        groups: Vec<String>,
    },
    /// Table of contents made from the headings.
    Contents {
        /// Heading above it, may be empty.
        #[serde(default)]
        title: String,
        /// Deepest level listed.
        max_level: u8,
    },
    /// Goes on to a new page.
    PageBreak,
    /// Blank space.
    Spacer {
        /// Height in points.
        height: f32,
    },
}

/// One pair of a [`Block::KeyValue`] grid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyValue {
    /// Name of the field.
    pub label: String,
    /// Its value.
    pub value: Text,
    /// Takes a whole row.
    #[serde(default)]
    pub wide: bool,
}

impl KeyValue {
    /// A pair that shares its row.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            wide: false,
        }
    }

    /// A pair that takes a whole row.
    #[must_use]
    pub fn wide(label: impl Into<String>, value: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            wide: true,
        }
    }
}

/// Column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Share of the width, relative to the other columns.
    pub width: f32,
    /// Position of the cells' text; headings are centred.
    #[serde(default)]
    pub align: Align,
}

impl Column {
    /// A column with text flush left.
    #[must_use]
    pub fn new(title: impl Into<String>, width: f32) -> Self {
        Self {
            title: title.into(),
            width,
            align: Align::Left,
        }
    }

    /// The same column with another position of its text.
    #[must_use]
    pub fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
}

/// Place for one party to sign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureCell {
    /// Party, for example `甲方：杭州分行`.
    pub party: String,
    /// Labels of the lines to write on, for example `负责人（签字）：`.
    pub lines: Vec<String>,
    /// Words in the space left for the seal, for example `（公章）`; empty for no seal.
    #[serde(default)]
    pub seal: String,
    /// Date line with its blanks, set flush right, for example `年    月    日`; where a date is written on
    /// a rule as in English, give `Date:` as one of `lines` instead.
    #[serde(default)]
    pub date: String,
}

fn one() -> u8 {
    1
}

/// Photographs as base64 strings on the wire, since a JSON array of numbers would be four times the size.
mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD
            .decode(String::deserialize(deserializer)?)
            .map_err(D::Error::custom)
    }
}
