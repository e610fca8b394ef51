//! One record on paper: what it says, when it was written, and its history.

use safety_domain::standard::Ledger;
use safety_print::{Align, Block, Column, Document, KeyValue, PageStyle, Text, TextSize};

use super::Imprint;
use super::value::{Speaker, when};
use crate::messages::{word, words};
use crate::types::RecordDetail;

/// The sheet of a record.
pub fn sheet(imprint: &Imprint, speaker: Speaker<'_>, ledger: &Ledger, record: &RecordDetail) -> Document {
    let lang = imprint.lang;
    let title = ledger.title.get(lang);
    let mut document = imprint.document(PageStyle::RecordSheet, title, &record.row.id);
    document.header.left = imprint.institution.clone();
    document.header.right = format!("{} {}", ledger.id, title);
    document.footer.left = imprint.printed();
    let class = record.body.fields.get("class").and_then(|value| value.as_str());
    let mut rows = vec![
        KeyValue::new(word(lang, "print.record.occurred"), when(&record.body.occurred)),
        KeyValue::new(word(lang, "print.record.recorded"), when(&record.row.recorded)),
        KeyValue::new(word(lang, "print.record.author"), record.row.author.clone()),
        KeyValue::new(word(lang, "print.record.id"), record.row.id.clone()),
    ];
    if let Some(late) = &record.body.late {
        rows.push(KeyValue::wide(
            word(lang, "print.record.late"),
            late.reason.clone(),
        ));
    }
    for field in speaker.standard.fields(ledger, class) {
        let Some(value) = record.body.fields.get(&field.id) else {
            continue;
        };
        let said = speaker.say(ledger, field, value);
        if said.is_empty() {
            continue;
        }
        let label = field.label.get(lang);
        let wide = said.chars().count() > 18 || said.contains('\n');
        rows.push(if wide {
            KeyValue::wide(label, said)
        } else {
            KeyValue::new(label, said)
        });
    }
    for file in &record.body.files {
        let digest = file.sha256.get(..16).unwrap_or_default();
        rows.push(KeyValue::wide(
            word(lang, "print.record.file"),
            format!("{} (SHA-256 {digest}…)", file.name),
        ));
    }
    document.blocks = vec![
        Block::Title {
            text: title.to_owned(),
            subtitle: record.row.title.clone(),
        },
        Block::KeyValue { across: 2, rows },
    ];
    if record.versions.len() > 1 {
        document.blocks.push(Block::Heading {
            level: 2,
            text: word(lang, "print.record.history"),
        });
        document.blocks.push(history(imprint, record));
    }
    document.blocks.push(Block::Paragraph {
        text: proof(imprint, record).into(),
        indent: false,
        align: Align::Left,
        size: TextSize::Small,
    });
    let labels: Vec<String> = ledger
        .signatures
        .iter()
        .map(|label| label.get(lang).to_owned())
        .collect();
    if !labels.is_empty() {
        document.blocks.push(Block::SignLine { labels });
    }
    document
}

fn history(imprint: &Imprint, record: &RecordDetail) -> Block {
    let lang = imprint.lang;
    let column = |key: &str, width| Column::new(word(lang, key), width);
    Block::Table {
        columns: vec![
            column("print.record.recorded", 3.0),
            column("print.record.author", 2.0),
            column("print.record.change", 6.0),
            column("print.record.reference", 5.0),
        ],
        rows: record
            .versions
            .iter()
            .map(|version| {
                [
                    when(&version.at),
                    version.author.clone(),
                    version.body.change.clone().unwrap_or_default(),
                    version.reference.clone(),
                ]
                .map(Text::from)
                .to_vec()
            })
            .collect(),
    }
}

/// What is proved about the time of the newest version, in words.
fn proof(imprint: &Imprint, record: &RecordDetail) -> String {
    let Some(newest) = record.versions.first() else {
        return String::new();
    };
    let key = match (&newest.not_before, &newest.not_after) {
        (Some(_), Some(_)) => "print.record.between",
        (None, Some(_)) => "print.record.not_after",
        _ => "print.record.unproved",
    };
    let time = |value: &Option<String>| value.as_deref().map(when).unwrap_or_default();
    let fields = [
        ("from".to_owned(), time(&newest.not_before)),
        ("until".to_owned(), time(&newest.not_after)),
        ("reference".to_owned(), newest.reference.clone()),
        (
            "leaf".to_owned(),
            newest.leaf.get(..16).unwrap_or_default().to_owned(),
        ),
    ];
    words(imprint.lang, key, &fields.into())
}
