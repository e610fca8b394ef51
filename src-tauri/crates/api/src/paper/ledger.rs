//! A ledger as a table on paper, in the form that banks keep it: across the page, heading repeated, signature line.

use safety_domain::standard::{Field, Ledger, Precision};
use safety_print::{Align, Block, Column, Document, PageStyle, Text};

use super::Imprint;
use super::value::{Speaker, when};
use crate::messages::{word, words};
use crate::types::RecordRow;

/// Widths of the columns that every book has, in the units of the standard's columns, so that a date or a time stays
/// on one line.
const NUMBER: f32 = 4.0;
const DAY: f32 = 11.0;
const TIME: f32 = 16.0;
const NAME: f32 = 9.0;

/// The list. Rows are numbered; late entries (补录) are labelled beside their entry time.
pub fn list(
    imprint: &Imprint,
    speaker: Speaker<'_>,
    ledger: &Ledger,
    rows: &[RecordRow],
    span: &str,
) -> Document {
    let lang = imprint.lang;
    let title = ledger.title.get(lang);
    let mut document = imprint.document(PageStyle::LedgerList, title, &format!("{} {span}", ledger.id));
    document.header.left = imprint.institution.clone();
    document.header.right = format!("{} {title}", ledger.id);
    document.footer.left = imprint.printed();
    document.footer.right = words(
        lang,
        "print.list.total",
        &[("n".to_owned(), rows.len().to_string())].into(),
    );
    let shown: Vec<&Field> = speaker
        .standard
        .fields(ledger, None)
        .into_iter()
        .filter(|field| field.column.is_some())
        .collect();
    let mut columns = vec![
        Column::new(word(lang, "print.list.no"), NUMBER).aligned(Align::Right),
        Column::new(
            word(lang, "print.record.occurred"),
            match ledger.occurred {
                Precision::Date => DAY,
                Precision::DateTime => TIME,
            },
        ),
    ];
    columns.extend(shown.iter().map(|field| {
        let width = field.column.map_or(10, |column| column.print.max(1));
        Column::new(
            field.label.get(lang),
            f32::from(u16::try_from(width).unwrap_or(u16::MAX)),
        )
    }));
    columns.push(Column::new(word(lang, "print.record.recorded"), TIME));
    columns.push(Column::new(word(lang, "print.record.author"), NAME));
    let rows = rows.iter().enumerate().map(|(index, row)| {
        let mut cells = vec![(index + 1).to_string(), when(&row.occurred)];
        cells.extend(shown.iter().map(|field| {
            row.fields
                .get(&field.id)
                .map(|value| speaker.say(ledger, field, value))
                .unwrap_or_default()
        }));
        let mut recorded = when(&row.recorded);
        if row.late {
            recorded.push_str(&format!(" {}", word(lang, "print.list.late")));
        }
        cells.extend([recorded, row.author.clone()]);
        cells.into_iter().map(Text::from).collect()
    });
    let rows = rows.collect();
    document.blocks = vec![
        Block::Title {
            text: title.to_owned(),
            subtitle: span.to_owned(),
        },
        Block::Table { columns, rows },
        Block::SignLine {
            labels: ledger
                .signatures
                .iter()
                .map(|label| label.get(lang).to_owned())
                .collect(),
        },
    ];
    document
}
