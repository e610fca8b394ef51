//! The text of a document in reading order, and as a reader program takes it from the file.

use std::path::Path;

use safety_print::{Block, Document};

use crate::files::run;

/// Everything a person can read in the body, without blanks: justification may widen or drop them.
fn source(document: &Document) -> String {
    let mut out = String::new();
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Masthead { issuer, number } => out += &format!("{issuer}{number}"),
            Block::Title { text, subtitle } => out += &format!("{text}{subtitle}"),
            Block::Heading { text, .. } => out += text,
            Block::Paragraph { text, .. } => out += &text.plain(),
            Block::Clause { number, text, .. } => out += &format!("{number}{}", text.plain()),
            Block::KeyValue { rows, .. } => {
                rows.iter()
                    .for_each(|row| out += &format!("{}{}", row.label, row.value.plain()));
            }
            Block::Table { rows, .. } => {
                out += &head(block);
                rows.iter().flatten().for_each(|cell| out += &cell.plain());
            }
            Block::Signature { cells } => {
                for cell in cells {
                    out += &format!("{}{}{}{}", cell.party, cell.lines.concat(), cell.seal, cell.date);
                }
            }
            Block::SignLine { labels } => out += &labels.concat(),
            Block::Image { caption, .. } => out += caption,
            Block::Qr { caption, .. } => out += &caption.plain(),
            Block::Code { groups } => out += &groups.concat(),
            Block::Contents { title, .. } => {
                out += title;
                for block in &document.blocks[index..] {
                    if let Block::Heading { text, .. } = block {
                        out += text;
                    }
                }
            }
            Block::PageBreak | Block::Spacer { .. } => {}
        }
    }
    squeeze(&out)
}

fn head(table: &Block) -> String {
    match table {
        Block::Table { columns, .. } => columns.iter().map(|column| column.title.as_str()).collect(),
        _ => String::new(),
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_whitespace()).collect()
}

/// Header, footer and mark of a page in the order they are drawn.
fn running(document: &Document, page: usize, pages: usize) -> String {
    let (header, footer) = (&document.header, &document.footer);
    let parts = [
        &header.left,
        &header.center,
        &header.right,
        &footer.left,
        &footer.center,
        &footer.right,
    ];
    let line: String = parts.into_iter().map(String::as_str).collect();
    let mark = document.mark.as_deref().unwrap_or_default();
    squeeze(
        &line
            .replace("{page}", &page.to_string())
            .replace("{pages}", &pages.to_string()),
    ) + &squeeze(mark)
}

/// The file's text equals the document's, character by character.
pub fn assert_text(file: &Path, document: &Document) {
    let Some(text) = run(
        "pdftotext",
        &["-raw", "-enc", "UTF-8", file.to_str().unwrap(), "-"],
    ) else {
        return;
    };
    let sheets: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    let heads: Vec<String> = document
        .blocks
        .iter()
        .map(|block| squeeze(&head(block)))
        .collect();
    let mut body = String::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let sheet = squeeze(sheet);
        let running = running(document, index + 1, sheets.len());
        let sheet = sheet
            .strip_suffix(&running)
            .unwrap_or_else(|| panic!("page {} does not end with {running}: {sheet}", index + 1));
        let repeated = heads
            .iter()
            .find(|head| index > 0 && !head.is_empty() && sheet.starts_with(*head));
        body += sheet.strip_prefix(repeated.map_or("", String::as_str)).unwrap();
    }
    // Page numbers of the contents are the layout's own.
    let contents = document
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Contents { .. }));
    let (mut expected, mut found) = (source(document), body);
    if contents {
        let digits = |text: &str| text.chars().filter(|ch| !ch.is_ascii_digit()).collect::<String>();
        (expected, found) = (digits(&expected), digits(&found));
    }
    assert_eq!(found, expected);
}
