//! A letter of responsibility (责任书) on paper.

use safety_domain::letter::{LetterContent, Signatory};
use safety_domain::text::Lang;
use safety_print::{Block, Document, KeyValue, PageStyle, SignatureCell, Text};

use super::Imprint;
use crate::messages::{word, words};

/// The letter.
pub fn letter(imprint: &Imprint, content: &LetterContent) -> Document {
    let lang = content.lang;
    let mut document = imprint.document(PageStyle::Letter, &content.title, &content.number);
    document.meta.subject = content.number.clone();
    let mut blocks = vec![
        Block::Masthead {
            issuer: content.a.institution.clone(),
            number: content.number.clone(),
        },
        Block::Title {
            text: content.title.clone(),
            subtitle: String::new(),
        },
        Block::KeyValue {
            across: 1,
            rows: vec![
                KeyValue::new(word(lang, "print.letter.party_a"), party(lang, &content.a)),
                KeyValue::new(word(lang, "print.letter.party_b"), party(lang, &content.b)),
            ],
        },
    ];
    for (index, section) in content.sections.iter().enumerate() {
        blocks.push(Block::Heading {
            level: 1,
            text: heading(lang, index, &section.heading),
        });
        let single = section.clauses.len() == 1;
        for clause in &section.clauses {
            blocks.push(if single {
                Block::Paragraph {
                    text: clause.text.clone().into(),
                    indent: lang == Lang::Zh,
                    align: Default::default(),
                    size: Default::default(),
                }
            } else {
                Block::Clause {
                    level: 1,
                    number: words(
                        lang,
                        "print.letter.clause",
                        &[("n".to_owned(), clause.number.to_string())].into(),
                    ),
                    text: Text::from(clause.text.clone()),
                }
            });
        }
    }
    let standard = [("standard".to_owned(), content.standard.clone())].into();
    blocks.push(Block::Signature {
        cells: vec![
            cell(lang, "print.letter.sign_a", &content.a, true),
            cell(lang, "print.letter.sign_b", &content.b, false),
        ],
    });
    document.footer.left = words(lang, "print.standard", &standard);
    document.footer.right = content.number.clone();
    document.blocks = blocks;
    document
}

fn party(lang: Lang, party: &Signatory) -> String {
    let fields = [
        ("institution".to_owned(), party.institution.clone()),
        ("title".to_owned(), party.title.clone()),
        ("name".to_owned(), party.name.clone()),
    ];
    words(lang, "print.letter.party", &fields.into())
}

fn cell(lang: Lang, label: &str, party: &Signatory, seal: bool) -> SignatureCell {
    SignatureCell {
        party: words(
            lang,
            label,
            &[("institution".to_owned(), party.institution.clone())].into(),
        ),
        lines: vec![words(
            lang,
            "print.letter.sign_line",
            &[("title".to_owned(), party.title.clone())].into(),
        )],
        seal: if seal {
            word(lang, "print.letter.seal")
        } else {
            String::new()
        },
        date: word(lang, "print.letter.date"),
    }
}

/// Headings count 一、二、三… in Chinese, 1. 2. 3. in English.
fn heading(lang: Lang, index: usize, text: &str) -> String {
    const DIGITS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    match (lang, DIGITS.get(index)) {
        (Lang::Zh, Some(digit)) => format!("{digit}、{text}"),
        _ => format!("{}. {text}", index + 1),
    }
}
