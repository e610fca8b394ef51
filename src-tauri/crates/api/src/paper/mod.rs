//! Turns what the account says into documents for printing. Layout and fonts are the print crate's business; words
//! come from the message files and the standard.

pub mod ledger;
pub mod letter;
pub mod record;
pub mod recovery;
pub mod value;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use safety_domain::text::Lang;
use safety_print::{Document, Meta, PageStyle, RunningLine};
use safety_print::{FontSet, Pdf, PrintError, render};

use crate::error::Fault;
use crate::messages::{word, words};
use crate::types::WrittenFile;

/// What every page says about where it comes from.
#[derive(Debug, Clone)]
pub struct Imprint {
    /// Language of the paper.
    pub lang: Lang,
    /// Name of the institution.
    pub institution: String,
    /// From a demo world.
    pub demo: bool,
    /// When it was made.
    pub now: DateTime<FixedOffset>,
}

impl Imprint {
    /// An empty document of this imprint: properties, running lines and the mark of demo data.
    pub fn document(&self, style: PageStyle, title: &str, id_seed: &str) -> Document {
        let lang = self.lang;
        Document {
            meta: Meta {
                title: title.to_owned(),
                author: self.institution.clone(),
                subject: title.to_owned(),
                creator: format!("Outlet Safety Account {}", env!("CARGO_PKG_VERSION")),
                lang: if lang == Lang::En { "en" } else { "zh-CN" }.to_owned(),
                created: self.now.to_rfc3339(),
                id_seed: id_seed.to_owned(),
            },
            style,
            header: RunningLine::default(),
            footer: RunningLine::centered(word(lang, "print.page")),
            mark: self.demo.then(|| word(lang, "print.demo")),
            blocks: Vec::new(),
        }
    }

    /// Date and time of printing, for the foot of ledgers and records.
    pub fn printed(&self) -> String {
        let time = self.now.format("%Y-%m-%d %H:%M").to_string();
        words(self.lang, "print.printed", &[("time".to_owned(), time)].into())
    }
}

/// The fonts of this machine, looked for once.
#[derive(Debug, Default)]
pub struct Fonts(OnceLock<FontSet>);

impl Fonts {
    /// The fonts, found at the first call.
    pub fn get(&self, dirs: &[PathBuf]) -> Result<&FontSet, Fault> {
        if let Some(found) = self.0.get() {
            return Ok(found);
        }
        let found = FontSet::find(dirs)?;
        Ok(self.0.get_or_init(|| found))
    }
}

/// Renders a document into a file that appears only when it is whole.
pub fn print(document: &Document, fonts: &FontSet, path: &Path) -> Result<WrittenFile, Fault> {
    write(&render(document, fonts)?, path)
}

/// Writes a PDF beside its place and renames it.
pub fn write(pdf: &Pdf, path: &Path) -> Result<WrittenFile, Fault> {
    crate::files::write_whole(path, &pdf.bytes)?;
    Ok(WrittenFile {
        path: path.display().to_string(),
        bytes: pdf.bytes.len() as u64,
        pages: u32::try_from(pdf.pages).ok(),
    })
}

impl From<PrintError> for Fault {
    fn from(error: PrintError) -> Self {
        Self::from_parts(error.code(), error.fields())
    }
}
