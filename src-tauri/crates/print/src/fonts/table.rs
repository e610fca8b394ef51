//! Character table and metrics of one face, copied out of the file once.

use ttf_parser::{GlyphId, Tag, gsub::SingleSubstitution, gsub::SubstitutionSubtable};

/// Characters taken from the Latin face: Latin letters, general punctuation, currency, letter-like signs.
const LATIN: [std::ops::RangeInclusive<u32>; 5] = [
    0x20..=0x7e,
    0xa0..=0x24f,
    0x2010..=0x205e,
    0x20a0..=0x20bf,
    0x2116..=0x2122,
];

/// What layout and the font descriptor need to know of a face.
pub(crate) struct FaceTable {
    /// First glyph number of each block of 256 characters in `glyphs`, or [`NONE`].
    blocks: Vec<u16>,
    glyphs: Vec<u16>,
    /// Advance of each glyph in thousandths of an em, cut off as the PDF's width table does.
    advances: Vec<u16>,
    /// Advance of each glyph in font units.
    pub raw_advances: Vec<u16>,
    /// Font units of an em.
    pub units_per_em: u16,
    /// Ascent and descent in font units.
    pub vertical: (i16, i16),
    /// Bounding box of all glyphs in font units: x min, y min, x max, y max.
    pub bbox: [i16; 4],
    /// Weight from 100 to 900.
    pub weight: u16,
    /// Outlines are CFF.
    pub cff: bool,
}

const NONE: u16 = u16::MAX;
const BLOCKS: usize = 0x1100;

impl FaceTable {
    /// All characters of the face.
    pub fn full(face: &ttf_parser::Face<'_>) -> Option<Self> {
        let mut table = Self::metrics(face)?;
        for subtable in face.tables().cmap?.subtables {
            if subtable.is_unicode() {
                subtable.codepoints(|code| {
                    if let Some(glyph) = subtable.glyph_index(code)
                        && table.lookup(code).is_none()
                    {
                        table.set(code, glyph.0);
                    }
                });
            }
        }
        Some(table)
    }

    /// The Latin characters of the face, with proportional punctuation where it has any.
    pub fn proportional(face: &ttf_parser::Face<'_>) -> Option<Self> {
        let mut table = Self::metrics(face)?;
        for code in LATIN.into_iter().flatten() {
            if let Some(glyph) = char::from_u32(code).and_then(|ch| face.glyph_index(ch)) {
                let glyph = if code > 0x7e {
                    substitute(face, *b"pwid", glyph)
                } else {
                    None
                }
                .unwrap_or(glyph);
                table.set(code, glyph.0);
            }
        }
        Some(table)
    }

    fn metrics(face: &ttf_parser::Face<'_>) -> Option<Self> {
        let units_per_em = face.units_per_em();
        let raw_advances: Vec<u16> = (0..face.number_of_glyphs())
            .map(|glyph| face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0))
            .collect();
        let advances = raw_advances
            .iter()
            .map(|width| {
                u16::try_from(u32::from(*width) * 1000 / u32::from(units_per_em)).unwrap_or(u16::MAX)
            })
            .collect();
        let bounds = face.global_bounding_box();
        (units_per_em > 0).then(|| Self {
            blocks: vec![NONE; BLOCKS],
            glyphs: Vec::new(),
            advances,
            raw_advances,
            units_per_em,
            vertical: (face.ascender(), face.descender()),
            bbox: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            weight: face.weight().to_number(),
            cff: face.tables().cff.is_some(),
        })
    }

    fn set(&mut self, code: u32, glyph: u16) {
        let Some(block) = self.blocks.get_mut((code >> 8) as usize) else {
            return;
        };
        if *block == NONE {
            *block = u16::try_from(self.glyphs.len() >> 8).unwrap_or(NONE);
            self.glyphs.resize(self.glyphs.len() + 256, 0);
        }
        let at = (usize::from(*block) << 8) | (code & 0xff) as usize;
        if let Some(slot) = self.glyphs.get_mut(at) {
            *slot = glyph;
        }
    }

    fn lookup(&self, code: u32) -> Option<u16> {
        let block = *self.blocks.get((code >> 8) as usize)?;
        if block == NONE {
            return None;
        }
        let glyph = *self
            .glyphs
            .get((usize::from(block) << 8) | (code & 0xff) as usize)?;
        (glyph != 0).then_some(glyph)
    }

    /// Glyph of a character.
    pub fn glyph(&self, ch: char) -> Option<u16> {
        self.lookup(u32::from(ch))
    }

    /// Advance of a character in em.
    pub fn advance(&self, ch: char) -> Option<f32> {
        let glyph = self.glyph(ch)?;
        self.advances
            .get(usize::from(glyph))
            .map(|width| f32::from(*width) / 1000.0)
    }
}

/// The glyph that a single-substitution feature puts in the place of another.
fn substitute(face: &ttf_parser::Face<'_>, feature: [u8; 4], glyph: GlyphId) -> Option<GlyphId> {
    let gsub = face.tables().gsub?;
    let feature = gsub.features.find(Tag::from_bytes(&feature))?;
    feature.lookup_indices.into_iter().find_map(|index| {
        let lookup = gsub.lookups.get(index)?;
        lookup
            .subtables
            .into_iter::<SubstitutionSubtable<'_>>()
            .find_map(|subtable| match subtable {
                SubstitutionSubtable::Single(SingleSubstitution::Format1 { coverage, delta }) => {
                    coverage.get(glyph)?;
                    Some(GlyphId(glyph.0.wrapping_add_signed(delta)))
                }
                SubstitutionSubtable::Single(SingleSubstitution::Format2 {
                    coverage,
                    substitutes,
                }) => substitutes.get(coverage.get(glyph)?),
                _ => None,
            })
    })
}
