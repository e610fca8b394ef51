//! Where pages may end: checked for every height of the text before.

use safety_print::{
    Align, Block, Column, Document, PageStyle, RunningLine, SignatureCell, Text, TextSize, layout,
};

use crate::{FONTS, documents};

const LINE: &str = "检查人对自己看过的项目负责";

fn paragraph(lines: usize) -> Block {
    let text = Text::from(vec![LINE; lines].join("\n"));
    Block::Paragraph {
        text,
        indent: false,
        align: Align::Left,
        size: TextSize::Normal,
    }
}

/// Texts of the pages of a document, line by line.
fn pages(style: PageStyle, blocks: Vec<Block>) -> Vec<Vec<String>> {
    let document = Document {
        style,
        blocks,
        header: RunningLine::default(),
        footer: RunningLine::default(),
        mark: None,
        ..documents::letter_zh("龚䶮㛃")
    };
    let dump = layout(&document, &FONTS).unwrap().dump();
    let mut pages = Vec::new();
    for line in dump.lines() {
        if line.starts_with("== page") {
            pages.push(Vec::new());
        } else if let (Some((_, text)), Some(page)) = (line.split_once(" f0 "), pages.last_mut()) {
            page.push(text.to_owned());
        } else if let (Some((_, text)), Some(page)) = (line.split_once(" f4 "), pages.last_mut()) {
            page.push(text.to_owned());
        }
    }
    pages
}

#[test]
fn heading_never_ends_a_page_and_no_line_stands_alone() {
    for before in 14..24 {
        let heading = Block::Heading {
            level: 1,
            text: "一、责任目标".to_owned(),
        };
        let pages = pages(PageStyle::Letter, vec![paragraph(before), heading, paragraph(4)]);
        for page in &pages {
            assert_ne!(
                page.last().map(String::as_str),
                Some("一、责任目标"),
                "{before} lines before"
            );
            assert!(page.len() >= 2, "{before} lines before: {page:?}");
        }
        assert_eq!(pages.concat().len(), before + 5);
    }
}

#[test]
fn signature_is_whole_and_never_without_text_above() {
    for before in 8..24 {
        let cell = |party: &str| SignatureCell {
            party: party.to_owned(),
            lines: vec!["签字：".to_owned()],
            seal: "（公章）".to_owned(),
            date: "年 月 日".to_owned(),
        };
        let cells = vec![cell("甲方"), cell("乙方")];
        let pages = pages(
            PageStyle::Letter,
            vec![paragraph(before), Block::Signature { cells }],
        );
        let last = pages.last().unwrap();
        assert!(
            last.iter().filter(|line| *line == LINE).count() >= 2,
            "{before} lines before: {last:?}"
        );
        assert_eq!(
            last.iter().filter(|line| line.starts_with("签字")).count(),
            2,
            "{before} lines before"
        );
    }
}

#[test]
fn row_taller_than_a_page_goes_on_with_its_head_repeated() {
    let columns = vec![Column::new("序号", 1.0), Column::new("经过", 3.0)];
    let long = Text::from(vec![LINE; 120].join("\n"));
    let rows = vec![
        vec!["1".into(), "正常".into()],
        vec!["2".into(), long],
        vec!["3".into(), "正常".into()],
    ];
    let pages = pages(PageStyle::LedgerList, vec![Block::Table { columns, rows }]);
    assert!(pages.len() >= 4, "{}", pages.len());
    assert_eq!(pages.concat().iter().filter(|line| *line == LINE).count(), 120);
}

#[test]
fn odd_documents_are_laid_out_too() {
    for blocks in [
        vec![],
        vec![Block::PageBreak, Block::PageBreak],
        vec![Block::Spacer { height: 5000.0 }, paragraph(1)],
        vec![Block::Table {
            columns: vec![],
            rows: vec![vec!["a".into()]],
        }],
        vec![Block::KeyValue {
            across: 9,
            rows: vec![],
        }],
        vec![
            Block::Signature { cells: vec![] },
            Block::SignLine { labels: vec![] },
            Block::Code { groups: vec![] },
        ],
        vec![Block::Contents {
            title: "目录".to_owned(),
            max_level: 9,
        }],
        vec![Block::Title {
            text: String::new(),
            subtitle: String::new(),
        }],
        vec![Block::Masthead {
            issuer: "很长的名称".repeat(12),
            number: String::new(),
        }],
    ] {
        for style in [
            PageStyle::Letter,
            PageStyle::RecordSheet,
            PageStyle::LedgerList,
            PageStyle::RecoverySheet,
        ] {
            assert!(!pages(style, blocks.clone()).is_empty());
        }
    }
}
