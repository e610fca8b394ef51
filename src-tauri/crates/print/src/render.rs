//! From pages to files: one document, many with shared fonts, or many in one file.

mod content;
mod finish;
mod subset;

use crate::layout::{Pages, layout};
use crate::{Document, FontSet, Meta, PrintError};
use subset::Subsets;

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
}

/// How far a batch has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Documents finished in this stage.
    pub done: usize,
    /// Documents in all.
    pub total: usize,
    /// What is being done.
    pub stage: Stage,
}

/// Stages of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Breaking text into lines and pages.
    Layout,
    /// Making the files.
    Write,
}

/// Answer of the progress function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Stop; the call returns `print-cancelled`.
    Cancel,
}

/// Makes the file of one document. Identical input gives identical bytes.
///
/// # Errors
/// `glyph-missing`, `image-invalid`, `qr-too-long`, `print-time-invalid`, `pdf-write-failed`.
pub fn render(document: &Document, fonts: &FontSet) -> Result<Pdf, PrintError> {
    let pages = layout(document, fonts)?;
    let mut subsets = Subsets::cut([&pages], fonts)?;
    write(&pages, &document.meta, &mut subsets)
}

/// Files of a batch that share their embedded fonts. Each further file adds the characters of a name, or of another
/// post's duties, to all of them: few enough that a letter stays below 130 kB; 300 would make it three quarters larger.
const SHARED: usize = 8;

/// Makes one file for each document; neighbours share their embedded fonts, which more than halves the time.
///
/// # Errors
/// As [`render`], and `print-cancelled`.
pub fn render_batch(
    documents: &[Document],
    fonts: &FontSet,
    progress: &mut dyn FnMut(Progress) -> Flow,
) -> Result<Vec<Pdf>, PrintError> {
    let laid_out = layout_all(documents, fonts, progress)?;
    let mut files = Vec::with_capacity(laid_out.len());
    for (pages, documents) in laid_out.chunks(SHARED).zip(documents.chunks(SHARED)) {
        let mut subsets = Subsets::cut(pages, fonts)?;
        for (pages, document) in pages.iter().zip(documents) {
            files.push(write(pages, &document.meta, &mut subsets)?);
            report(progress, Stage::Write, files.len(), laid_out.len())?;
        }
    }
    Ok(files)
}

/// Makes one file of all documents for the printer; each document is an entry of the outline and keeps
/// its own page numbers.
///
/// # Errors
/// As [`render`], and `print-cancelled`.
pub fn render_merged(
    documents: &[Document],
    meta: &Meta,
    fonts: &FontSet,
    progress: &mut dyn FnMut(Progress) -> Flow,
) -> Result<Pdf, PrintError> {
    let mut all = Pages::default();
    for (pages, document) in layout_all(documents, fonts, progress)?.into_iter().zip(documents) {
        all.append(pages, &document.meta.title);
    }
    let mut subsets = Subsets::cut([&all], fonts)?;
    let file = write(&all, meta, &mut subsets)?;
    report(progress, Stage::Write, documents.len(), documents.len())?;
    Ok(file)
}

fn layout_all(
    documents: &[Document],
    fonts: &FontSet,
    progress: &mut dyn FnMut(Progress) -> Flow,
) -> Result<Vec<Pages>, PrintError> {
    let mut laid_out = Vec::with_capacity(documents.len());
    for document in documents {
        laid_out.push(layout(document, fonts)?);
        report(progress, Stage::Layout, laid_out.len(), documents.len())?;
    }
    Ok(laid_out)
}

fn report(
    progress: &mut dyn FnMut(Progress) -> Flow,
    stage: Stage,
    done: usize,
    total: usize,
) -> Result<(), PrintError> {
    match progress(Progress { done, total, stage }) {
        Flow::Continue => Ok(()),
        Flow::Cancel => Err(PrintError::Cancelled),
    }
}

fn write(pages: &Pages, meta: &Meta, subsets: &mut Subsets) -> Result<Pdf, PrintError> {
    let document = content::document(pages, subsets);
    let bytes = finish::save(document, pages, meta, subsets)?;
    Ok(Pdf {
        bytes,
        pages: pages.len(),
    })
}
