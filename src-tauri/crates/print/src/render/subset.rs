//! Cuts of the faces that hold only the glyphs used, one set for a file or a whole batch.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontId, FontMetrics, FontType, ParsedFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::PrintError;
use crate::fonts::{FaceIndex, FontSet};
use crate::layout::{Item, Pages};

/// The faces of a file, cut down.
pub(crate) struct Subsets {
    faces: BTreeMap<FaceIndex, Subset>,
    /// Font programs already deflated, by font name: the same for every file of a batch.
    pub deflated: BTreeMap<Vec<u8>, lopdf::Stream>,
}

/// One face, cut down.
pub(crate) struct Subset {
    pub font: ParsedFont,
    /// Characters written as another one with the same glyph, so that text read back is unambiguous.
    alias: BTreeMap<char, char>,
}

impl Subsets {
    /// Cuts every face used on the pages.
    pub fn cut<'a>(pages: impl IntoIterator<Item = &'a Pages>, fonts: &FontSet) -> Result<Self, PrintError> {
        let mut used: BTreeMap<FaceIndex, BTreeSet<char>> = BTreeMap::new();
        for page in pages.into_iter().flat_map(|pages| &pages.pages) {
            for item in &page.items {
                if let Item::Text(run) = item {
                    used.entry(run.face).or_default().extend(run.text.chars());
                }
            }
        }
        let mut faces = BTreeMap::new();
        for (face, chars) in used {
            faces.insert(face, Subset::cut(face, &chars, fonts)?);
        }
        Ok(Self {
            faces,
            deflated: BTreeMap::new(),
        })
    }

    /// The cut faces with their resource names.
    pub fn faces(&self) -> impl Iterator<Item = (FontId, &Subset)> {
        self.faces.iter().map(|(face, subset)| (font_id(*face), subset))
    }

    /// The text as it is to be written in a face.
    pub fn spelled(&self, face: FaceIndex, text: &str) -> String {
        match self.faces.get(&face) {
            Some(subset) if !subset.alias.is_empty() => text
                .chars()
                .map(|ch| subset.alias.get(&ch).copied().unwrap_or(ch))
                .collect(),
            _ => text.to_owned(),
        }
    }
}

/// Resource name of a face.
pub(crate) fn font_id(face: FaceIndex) -> FontId {
    FontId(format!("T{face}"))
}

impl Subset {
    fn cut(index: FaceIndex, chars: &BTreeSet<char>, fonts: &FontSet) -> Result<Self, PrintError> {
        let face = fonts.face(index).ok_or_else(|| PrintError::Write {
            reason: format!("no face {index}"),
        })?;
        // Of two characters with one glyph the plain ideograph, else the lower code point, stands for both.
        let mut owner: BTreeMap<u16, char> = BTreeMap::new();
        for ch in chars.iter().copied() {
            if let Some(glyph) = face.table.glyph(ch) {
                let held = owner.entry(glyph).or_insert(ch);
                if is_plain(ch) && !is_plain(*held) {
                    *held = ch;
                }
            }
        }
        let alias = chars
            .iter()
            .filter_map(|ch| {
                let owner = *owner.get(&face.table.glyph(*ch)?)?;
                (owner != *ch).then_some((*ch, owner))
            })
            .collect();
        let glyphs: Vec<u16> = owner.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let bytes = fonts
            .with_file(index, |data, index| subsetter::subset(data, index, &remapper))?
            .map_err(|_| PrintError::FontUnreadable {
                font: face.name.clone(),
            })?;

        let mut codes = BTreeMap::new();
        let mut widths = BTreeMap::new();
        for (glyph, ch) in &owner {
            let new = remapper.get(*glyph).unwrap_or(0);
            codes.insert(u32::from(*ch), new);
            widths.insert(
                new,
                face.table
                    .raw_advances
                    .get(usize::from(*glyph))
                    .copied()
                    .unwrap_or(0),
            );
        }
        let (ascent, descent) = face.table.vertical;
        let name = format!("{}+{}", tag(&face.name, &glyphs), face.name);
        let metrics = FontMetrics { ascent, descent };
        let mut font = ParsedFont::with_glyph_data(
            bytes,
            0,
            Some(name),
            codes,
            widths,
            face.table.units_per_em,
            metrics,
        );
        if face.table.cff {
            font.font_type = FontType::OpenTypeCFF(());
        }
        let bounds = &mut font.pdf_font_metrics;
        [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max] = face.table.bbox;
        bounds.us_weight_class = face.table.weight;
        Ok(Self { font, alias })
    }
}

fn is_plain(ch: char) -> bool {
    matches!(u32::from(ch), 0x20..=0x7e | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff)
}

/// Six capitals that tell one cut of a face from another (ISO 32000-1, 9.6.4).
fn tag(name: &str, glyphs: &[u16]) -> String {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    for glyph in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
