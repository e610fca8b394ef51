//! Faces at run time: found by family name, reduced to the two tables layout needs, opened again only
//! for cutting subsets.
//!
//! A collection of 25 MB is mapped, never read whole; what stays in memory is a character table and the
//! advance widths (about 0.3 MB a face). The Chinese faces bring well-matched Latin letters, but their
//! quotes and dashes are full-width; the `pwid` substitution of the font names the proportional forms, and
//! only where it does not is a separate Latin family taken.

mod table;

use std::path::PathBuf;
use std::sync::Arc;

use fontdb::{Database, ID, Style};

use crate::PrintError;
pub(crate) use table::FaceTable;

/// Chinese serif families in order of preference; the last ones are found on Windows only.
const SERIF: [&str; 6] = [
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "Source Han Serif CN",
    "SimSun",
    "NSimSun",
];
/// Chinese sans families (黑体), for first-level headings.
const SANS: [&str; 6] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
];
/// Latin families for a Chinese family without proportional punctuation.
const LATIN: [&str; 5] = [
    "Source Serif 4",
    "Noto Serif",
    "Liberation Serif",
    "DejaVu Serif",
    "Times New Roman",
];

/// Families with signs and rare ideographs that the Chinese families lack.
const FURTHER: [&str; 8] = [
    "Noto Sans Symbols2",
    "Noto Sans Symbols 2",
    "DejaVu Sans",
    "Segoe UI Symbol",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "BabelStone Han",
    "HanaMinB",
];

/// Weight and kind of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Body text.
    Body,
    /// Emphasis, titles, table heads.
    Bold,
    /// First-level headings.
    Display,
}

/// Index of a face in its [`FontSet`].
pub(crate) type FaceIndex = u8;

/// A glyph as layout sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    /// Face that has it.
    pub face: FaceIndex,
    /// Advance in em.
    pub advance: f32,
}

/// Faces found on this machine, shared by all documents of a run. Cheap to clone.
#[derive(Clone)]
pub struct FontSet {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    faces: Vec<Face>,
    /// Chinese and Latin face of each role, in the order of [`Role`].
    roles: [(FaceIndex, FaceIndex); 3],
}

/// One face with its tables.
pub(crate) struct Face {
    id: ID,
    /// PostScript name, without blanks.
    pub name: String,
    /// Characters and metrics.
    pub table: FaceTable,
}

impl std::fmt::Debug for FontSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.inner.faces.iter().map(|face| &face.name))
            .finish()
    }
}

impl FontSet {
    /// Looks in `dirs` first (the program's own resources), then among the system's fonts.
    ///
    /// # Errors
    /// `fonts-missing` when no Chinese serif face is found, `font-unreadable` when one is damaged.
    pub fn find(dirs: &[PathBuf]) -> Result<Self, PrintError> {
        let mut db = Database::new();
        for dir in dirs {
            db.load_fonts_dir(dir);
        }
        let own = Wanted::look(&db);
        db.load_system_fonts();
        let found = own.or(Wanted::look(&db));
        let body = found
            .body
            .or(found.bold)
            .or(found.display)
            .ok_or_else(|| PrintError::FontsMissing {
                wanted: SERIF.join(", "),
            })?;
        let bold = found.bold.unwrap_or(body);
        let display = found.display.unwrap_or(bold);

        let mut faces: Vec<Face> = Vec::new();
        let body = add_pair(&mut faces, &db, body)?;
        let bold = if faces_has(&faces, bold) {
            body
        } else {
            add_pair(&mut faces, &db, bold)?
        };
        let display = match faces.iter().position(|face| face.id == display) {
            Some(at) if at == usize::from(bold.0) => bold,
            Some(_) => body,
            None => add_pair(&mut faces, &db, display)?,
        };
        for family in FURTHER {
            if let Some(id) = pick(&db, &[family], 350..=450) {
                faces.extend(load(&db, id, FaceTable::full));
            }
        }
        Ok(Self {
            inner: Arc::new(Inner {
                db,
                faces,
                roles: [body, bold, display],
            }),
        })
    }

    /// Names of the faces in use, for the diagnosis page.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.inner.faces.iter().map(|face| face.name.clone()).collect()
    }

    /// The glyph of `ch`: from the Latin or Chinese face of the role, else from any face that has it.
    pub(crate) fn glyph(&self, role: Role, latin: bool, ch: char) -> Option<Glyph> {
        let (han, roman) = self.inner.roles.get(role as usize).copied().unwrap_or((0, 0));
        let first = if latin { [roman, han] } else { [han, roman] };
        first
            .into_iter()
            .chain(0..u8::try_from(self.inner.faces.len()).unwrap_or(u8::MAX))
            .find_map(|face| {
                self.face(face)?
                    .table
                    .advance(ch)
                    .map(|advance| Glyph { face, advance })
            })
    }

    /// The face at an index handed out by [`Self::glyph`].
    pub(crate) fn face(&self, index: FaceIndex) -> Option<&Face> {
        self.inner.faces.get(usize::from(index))
    }

    /// Calls `use_it` with the mapped file of a face and its index in the collection.
    pub(crate) fn with_file<T>(
        &self,
        index: FaceIndex,
        use_it: impl FnOnce(&[u8], u32) -> T,
    ) -> Result<T, PrintError> {
        let face = self.face(index);
        face.and_then(|face| self.inner.db.with_face_data(face.id, use_it))
            .ok_or_else(|| PrintError::FontUnreadable {
                font: face.map(|face| face.name.clone()).unwrap_or_default(),
            })
    }
}

#[derive(Default)]
struct Wanted {
    body: Option<ID>,
    bold: Option<ID>,
    display: Option<ID>,
}

impl Wanted {
    fn look(db: &Database) -> Self {
        Self {
            body: pick(db, &SERIF, 350..=450),
            bold: pick(db, &SERIF, 600..=900),
            display: pick(db, &SANS, 600..=900),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            body: self.body.or(other.body),
            bold: self.bold.or(other.bold),
            display: self.display.or(other.display),
        }
    }
}

fn pick(db: &Database, families: &[&str], weights: std::ops::RangeInclusive<u16>) -> Option<ID> {
    families.iter().find_map(|family| {
        db.faces()
            .filter(|face| {
                face.style == Style::Normal
                    && weights.contains(&face.weight.0)
                    && face.families.iter().any(|(name, _)| name == family)
            })
            .min_by_key(|face| {
                face.weight
                    .0
                    .abs_diff(if weights.contains(&400) { 400 } else { 700 })
            })
            .map(|face| face.id)
    })
}

fn faces_has(faces: &[Face], id: ID) -> bool {
    faces.iter().any(|face| face.id == id)
}

/// Adds a Chinese face and the Latin face that goes with it.
fn add_pair(faces: &mut Vec<Face>, db: &Database, id: ID) -> Result<(FaceIndex, FaceIndex), PrintError> {
    let han = load(db, id, FaceTable::full)?;
    let mut roman = load(db, id, FaceTable::proportional)?;
    let full_width = |face: &Face| face.table.advance('\u{2019}').is_none_or(|advance| advance > 0.7);
    if full_width(&roman) {
        let bold = db.face(id).is_some_and(|face| face.weight.0 >= 600);
        if let Some(other) = pick(db, &LATIN, if bold { 600..=900 } else { 350..=450 }) {
            roman = load(db, other, FaceTable::proportional)?;
        }
    }
    let first = u8::try_from(faces.len()).unwrap_or(u8::MAX);
    faces.push(han);
    faces.push(roman);
    Ok((first, first.saturating_add(1)))
}

fn load(
    db: &Database,
    id: ID,
    build: impl FnOnce(&ttf_parser::Face<'_>) -> Option<FaceTable>,
) -> Result<Face, PrintError> {
    let name = db
        .face(id)
        .map(|face| {
            face.post_script_name
                .chars()
                .filter(char::is_ascii_graphic)
                .collect::<String>()
        })
        .unwrap_or_default();
    db.with_face_data(id, |data, index| {
        ttf_parser::Face::parse(data, index)
            .ok()
            .and_then(|face| build(&face))
    })
    .flatten()
    .map(|table| Face {
        id,
        name: name.clone(),
        table,
    })
    .ok_or(PrintError::FontUnreadable { font: name })
}
