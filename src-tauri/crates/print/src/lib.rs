//! Paper: a typed document, its layout in lines and pages, and the PDF file.
//!
//! Three steps that know nothing of each other's matters: [`Document`] holds words, layout turns it into
//! positioned items with the metrics of a [`FontSet`], and the renderer writes those items. Records,
//! ledgers and languages are the callers' business.

mod doc;
mod error;
mod fonts;
mod layout;
mod render;

pub use doc::{
    Align, Block, Column, Document, KeyValue, Meta, PageStyle, RunningLine, SignatureCell, Span, Text,
    TextSize,
};
pub use error::PrintError;
pub use fonts::FontSet;
pub use layout::{Pages, layout};
pub use render::{Flow, Pdf, Progress, Stage, render, render_batch, render_merged};
