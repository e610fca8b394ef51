//! Whole documents against what is kept of them under `tests/golden/print`: the layout as text, the pages
//! as small pictures, the text as a reader program extracts it. `UPDATE_GOLDEN=1` writes them anew; look at
//! the pictures before committing them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod breaks;
mod documents;
mod files;
mod pictures;
mod source;

use std::path::PathBuf;
use std::sync::LazyLock;

use safety_print::{Document, FontSet, layout, render};

static FONTS: LazyLock<FontSet> =
    LazyLock::new(|| FontSet::find(&[]).expect("Noto Serif CJK SC is installed"));

fn golden_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/print")
}

fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

/// Layout, text, validity and looks of one document.
fn check(name: &str, document: &Document, pages: usize) {
    let laid_out = layout(document, &FONTS).unwrap();
    assert_eq!(laid_out.len(), pages, "pages of {name}");
    let dump = laid_out.dump();
    let path = golden_dir().join(format!("{name}.txt"));
    if updating() {
        std::fs::create_dir_all(golden_dir()).unwrap();
        std::fs::write(&path, &dump).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (old, new))) = kept
        .lines()
        .zip(dump.lines())
        .enumerate()
        .find(|(_, (old, new))| old != new)
    {
        panic!(
            "layout of {name} differs in line {}:\nkept {old}\nnow  {new}",
            line + 1
        );
    }
    assert_eq!(kept.lines().count(), dump.lines().count(), "items of {name}");

    let pdf = render(document, &FONTS).unwrap();
    assert_eq!(pdf.pages, pages);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(format!("{name}.pdf"));
    std::fs::write(&file, &pdf.bytes).unwrap();
    files::assert_valid(&file);
    source::assert_text(&file, document);
    pictures::assert_look(&file, name, pages);
}

#[test]
fn chinese_letter() {
    check("letter-zh", &documents::letter_zh("龚䶮㛃"), 3);
}

#[test]
fn english_letter() {
    check("letter-en", &documents::letter_en(), 2);
}

#[test]
fn record_sheet() {
    check("record-sheet", &documents::record_sheet(), 1);
}

#[test]
fn ledger_of_sixty_rows() {
    check("ledger", &documents::ledger(), 4);
}

#[test]
fn recovery_sheet() {
    check("recovery", &documents::recovery(), 1);
}

#[test]
fn binder_with_contents() {
    check("binder", &documents::binder(), 4);
}
