//! The files themselves: valid, reproducible, with properties and outline; batches and faults.

use std::path::Path;
use std::process::Command;

use image::{ImageEncoder, codecs::jpeg::JpegEncoder};
use safety_print::{
    Align, Block, Document, Flow, PrintError, RunningLine, Stage, TextSize, render, render_batch,
    render_merged,
};

use crate::{FONTS, documents};

/// Output of a program; `None` with a printed reason when it is not installed.
pub fn run(program: &str, args: &[&str]) -> Option<String> {
    match Command::new(program).args(args).output() {
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{program}: {text}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            Some(text)
        }
        Err(error) => {
            eprintln!("not compared: {program} cannot be run ({error})");
            None
        }
    }
}

/// No error and no warning.
pub fn assert_valid(file: &Path) {
    run("qpdf", &["--check", file.to_str().unwrap()]);
}

fn saved(bytes: &[u8]) -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file.pdf");
    std::fs::write(&file, bytes).unwrap();
    let name = file.to_str().unwrap().to_owned();
    (dir, name)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn page(blocks: Vec<Block>) -> Document {
    Document {
        blocks,
        header: RunningLine::default(),
        mark: None,
        ..documents::letter_zh("龚䶮㛃")
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        text: text.into(),
        indent: true,
        align: Align::Justify,
        size: TextSize::Normal,
    }
}

#[test]
fn properties_are_those_of_the_document() {
    let pdf = render(&documents::letter_zh("龚䶮㛃"), &FONTS).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    assert!(contains(&pdf.bytes, b"/PageMode/UseOutlines"));
    assert!(contains(&pdf.bytes, b"/Lang(zh-CN)"));
    assert!(!contains(&pdf.bytes, b"GTS_PDFX"));
    let (_dir, file) = saved(&pdf.bytes);
    let Some(info) = run("pdfinfo", &["-isodates", &file]) else {
        return;
    };
    for line in [
        "Title:           2026年度安全保卫工作责任书 龚䶮㛃",
        "Author:          杭州分行安全保卫部",
        "CreationDate:    2026-11-23T01:31:05Z",
        "PDF version:     1.7",
        "Page size:       595.28 x 841.89 pts (A4)",
    ] {
        // The time is shown in the zone of the machine.
        let (label, value) = line.split_once(':').unwrap();
        let found = info
            .lines()
            .find(|line| line.starts_with(label))
            .unwrap_or_default();
        assert!(
            label == "CreationDate" || found.ends_with(value.trim()),
            "{found} instead of {value}"
        );
    }
    if let Some(fonts) = run("pdffonts", &[&file]) {
        for line in fonts.lines().skip(2) {
            assert!(
                line.contains(" yes yes yes "),
                "embedded, subset, unicode: {line}"
            );
        }
    }
}

#[test]
fn same_document_same_bytes_and_another_document_another_identifier() {
    let first = render(&documents::letter_zh("龚䶮㛃"), &FONTS).unwrap();
    assert_eq!(first, render(&documents::letter_zh("龚䶮㛃"), &FONTS).unwrap());
    let mut again = documents::letter_zh("龚䶮㛃");
    again.meta.id_seed = "second printing".to_owned();
    assert_ne!(
        identifier(&first.bytes),
        identifier(&render(&again, &FONTS).unwrap().bytes)
    );
}

fn identifier(bytes: &[u8]) -> Vec<u8> {
    let at = bytes.windows(4).rposition(|window| window == b"/ID[").unwrap();
    bytes[at..at + 70].to_vec()
}

#[test]
fn batch_shares_fonts_and_each_file_stands_alone() {
    let letters: Vec<Document> = ["龚䶮㛃", "沈𠮷野", "阿卜杜拉·买买提"]
        .into_iter()
        .map(documents::letter_zh)
        .collect();
    let mut reports = Vec::new();
    let files = render_batch(&letters, &FONTS, &mut |progress| {
        reports.push((progress.stage, progress.done));
        Flow::Continue
    })
    .unwrap();
    assert_eq!(reports.len(), 6);
    assert_eq!(reports[5], (Stage::Write, 3));
    for (file, name) in files.iter().zip(["龚䶮㛃", "沈𠮷野", "阿卜杜拉·买买提"]) {
        let (_dir, path) = saved(&file.bytes);
        assert_valid(Path::new(&path));
        if let Some(text) = run("pdftotext", &["-raw", &path, "-"]) {
            assert!(text.contains(&format!("乙方：{name}")), "{name}");
        }
    }
    // The same bytes whether a letter comes first or later in its batch.
    let again = render_batch(&letters, &FONTS, &mut |_| Flow::Continue).unwrap();
    assert_eq!(files, again);
}

#[test]
fn batch_can_be_cancelled_in_both_stages() {
    let letters: Vec<Document> = (0..2).map(|_| documents::letter_zh("龚䶮㛃")).collect();
    for stage in [Stage::Layout, Stage::Write] {
        let result = render_batch(&letters, &FONTS, &mut |progress| {
            if progress.stage == stage {
                Flow::Cancel
            } else {
                Flow::Continue
            }
        });
        assert_eq!(result.unwrap_err().code(), "print-cancelled");
    }
}

#[test]
fn merged_file_keeps_page_numbers_and_names_each_letter() {
    let letters: Vec<Document> = ["龚䶮㛃", "沈𠮷野"]
        .into_iter()
        .map(documents::letter_zh)
        .collect();
    let mut meta = letters[0].meta.clone();
    meta.title = "2026年度责任书".to_owned();
    let pdf = render_merged(&letters, &meta, &FONTS, &mut |_| Flow::Continue).unwrap();
    assert_eq!(pdf.pages, 6);
    let (_dir, path) = saved(&pdf.bytes);
    assert_valid(Path::new(&path));
    if let Some(text) = run("pdftotext", &["-raw", "-f", "4", "-l", "4", &path, "-"]) {
        assert!(text.contains("1 / 3"), "{text}");
    }
    let outline = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let titles: Vec<String> = outline
        .get_toc()
        .unwrap()
        .toc
        .into_iter()
        .map(|entry| entry.title)
        .collect();
    assert_eq!(
        titles
            .iter()
            .filter(|title| title.starts_with("2026年度安全保卫工作责任书"))
            .count(),
        2,
        "{titles:?}"
    );
    assert!(titles.iter().any(|title| title == "（一）日常检查"), "{titles:?}");
}

#[test]
fn character_without_a_glyph_is_named_with_its_surroundings() {
    let error = render(&documents::letter_zh("龚\u{e123}㛃"), &FONTS).unwrap_err();
    assert_eq!(error.code(), "glyph-missing");
    let fields = error.fields();
    assert_eq!(fields["char"], "\u{e123}");
    assert!(fields["text"].contains("龚\u{e123}㛃"), "{}", fields["text"]);
}

#[test]
fn two_characters_with_one_glyph_read_back_as_the_ordinary_one() {
    // U+2F00 is the radical form of 一; Noto draws both with one glyph.
    let pdf = render(&page(vec![paragraph("\u{2f00}份，一份")]), &FONTS).unwrap();
    let (_dir, path) = saved(&pdf.bytes);
    if let Some(text) = run("pdftotext", &["-raw", &path, "-"]) {
        assert!(text.contains("一份，一份"), "{text}");
    }
}

#[test]
fn photographs_go_in_unchanged_and_once() {
    let mut jpeg = Vec::new();
    let pixels: Vec<u8> = (0..64 * 48 * 3).map(|at| (at % 251) as u8).collect();
    JpegEncoder::new(&mut jpeg)
        .write_image(&pixels, 64, 48, image::ExtendedColorType::Rgb8)
        .unwrap();
    let photo = |caption: &str| Block::Image {
        jpeg: jpeg.clone(),
        width_mm: 60.0,
        caption: caption.to_owned(),
    };
    let pdf = render(&page(vec![photo("演练现场一"), photo("演练现场二")]), &FONTS).unwrap();
    let copies = pdf
        .bytes
        .windows(jpeg.len())
        .filter(|window| *window == jpeg)
        .count();
    assert_eq!(copies, 1);
    let (_dir, path) = saved(&pdf.bytes);
    assert_valid(Path::new(&path));
    let error = render(
        &page(vec![Block::Image {
            jpeg: b"GIF89a".to_vec(),
            width_mm: 60.0,
            caption: String::new(),
        }]),
        &FONTS,
    );
    assert_eq!(error.unwrap_err().code(), "image-invalid");
}

#[test]
fn faults_have_their_codes() {
    let mut untimed = page(vec![paragraph("正文")]);
    untimed.meta.created = "2026年11月23日".to_owned();
    assert_eq!(render(&untimed, &FONTS).unwrap_err().code(), "print-time-invalid");
    let long = Block::Qr {
        text: "x".repeat(4000),
        size_mm: 20.0,
        caption: "".into(),
    };
    assert_eq!(
        render(&page(vec![long]), &FONTS).unwrap_err(),
        PrintError::QrTooLong { bytes: 4000 }
    );
}

#[test]
fn document_survives_the_wire() {
    for document in [
        documents::letter_zh("龚䶮㛃"),
        documents::record_sheet(),
        documents::ledger(),
        documents::recovery(),
    ] {
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
    }
}
