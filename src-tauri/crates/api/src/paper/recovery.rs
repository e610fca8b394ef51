//! The sheet with the recovery code (恢复码), to be kept in the safe.

use safety_print::{Align, Block, Document, PageStyle, Text, TextSize};

use super::Imprint;
use crate::messages::word;

/// The sheet.
pub fn sheet(imprint: &Imprint, code: &str) -> Document {
    let lang = imprint.lang;
    let title = word(lang, "print.recovery.title");
    let mut document = imprint.document(PageStyle::RecoverySheet, &title, "recovery");
    let paragraph = |key: &str| Block::Paragraph {
        text: word(lang, key).into(),
        indent: false,
        align: Align::Left,
        size: TextSize::Normal,
    };
    document.blocks = vec![
        Block::Title {
            text: title,
            subtitle: imprint.institution.clone(),
        },
        paragraph("print.recovery.what"),
        Block::Code {
            groups: code
                .split(['-', ' '])
                .filter(|group| !group.is_empty())
                .map(str::to_owned)
                .collect(),
        },
        paragraph("print.recovery.keep"),
        paragraph("print.recovery.use"),
        Block::Paragraph {
            text: Text::from(imprint.printed()),
            indent: false,
            align: Align::Left,
            size: TextSize::Small,
        },
        Block::SignLine {
            labels: vec![
                word(lang, "print.recovery.keeper"),
                word(lang, "print.recovery.date"),
            ],
        },
    ];
    document
}
