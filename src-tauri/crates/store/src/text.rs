//! Cutting texts into the words of the index, and what a person typed into a query of it.
//!
//! Chinese has no blanks between words, so every two neighbouring characters make one word of the index, and the
//! last character of a run one more: `灭火器` becomes `灭火 火器 器`. A word of two characters is then found exactly,
//! a single one as the beginning of a word, a longer one as all its pairs, which is checked again on the text.
//! Latin letters and digits make one word per run, found by their beginning.

use serde_json::Value;
use uuid::Uuid;

/// The words of a text, joined by blanks, each once, in the order they first occur.
pub(crate) fn words(text: &str) -> String {
    // Three bytes an ideograph, and as many words as ideographs.
    let mut seen = Seen::with_capacity_and_hasher(text.len() / 3, foldhash::fast::RandomState::default());
    let mut out = String::with_capacity(text.len() * 2);
    let folded = fold(text);
    for run in runs(&folded) {
        if run.plain {
            push(&mut out, &mut seen, run.text);
            continue;
        }
        let mut starts = run.text.char_indices().map(|(at, _)| at).skip(2);
        for (start, _) in run.text.char_indices() {
            let until = starts.next().unwrap_or(run.text.len());
            push(
                &mut out,
                &mut seen,
                run.text.get(start..until).unwrap_or_default(),
            );
        }
    }
    out
}

/// A line holds hundreds of words of a few bytes each. The hash is seeded at random: the texts come from outside.
type Seen<'t> = std::collections::HashSet<&'t str, foldhash::fast::RandomState>;

fn push<'t>(out: &mut String, seen: &mut Seen<'t>, word: &'t str) {
    if seen.insert(word) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Adds the identifiers of people, facilities and other records among `values` to the words, so that a record is
/// found by the name of a person in it, whatever that person is called today.
pub(crate) fn add_identifiers<'v>(words: &mut String, values: impl Iterator<Item = &'v Value>) {
    for value in values {
        match value {
            Value::String(text) if text.len() == 36 => {
                if let Ok(id) = Uuid::try_parse(text) {
                    words.push(' ');
                    words.push_str(&id.simple().to_string());
                }
            }
            Value::Array(items) => add_identifiers(words, items.iter()),
            Value::Object(pairs) => add_identifiers(words, pairs.values()),
            _ => {}
        }
    }
}

/// One blank-separated part of what a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// Folded, as it is looked for in the text.
    pub text: String,
    /// The index's side of it, in FTS5 syntax; `None` when it holds nothing that the index knows.
    pub query: Option<String>,
    /// The index can name too many: check the text.
    pub check: bool,
}

/// Splits what a person typed into terms, all of which have to occur.
pub(crate) fn terms(typed: &str) -> Vec<Term> {
    fold(typed).split_whitespace().take(16).map(term).collect()
}

fn term(text: &str) -> Term {
    let mut parts = Vec::new();
    let mut runs_found = 0;
    let mut check = false;
    for run in runs(text) {
        runs_found += 1;
        let characters: Vec<char> = run.text.chars().collect();
        if run.plain || characters.len() == 1 {
            parts.push(format!("\"{}\"*", run.text));
        } else {
            check |= characters.len() > 2;
            parts.extend(
                characters
                    .windows(2)
                    .map(|pair| format!("\"{}\"", pair.iter().collect::<String>())),
            );
        }
    }
    let query = (!parts.is_empty()).then(|| parts.join(" AND "));
    Term {
        text: text.to_owned(),
        query,
        check: check || runs_found != 1,
    }
}

/// Lower case, and full-width letters, digits and punctuation as their narrow ones.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let code = u32::from(character);
        if ideographic(code) {
            out.push(character);
            continue;
        }
        let narrow = match code {
            0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
            0x3000 => ' ',
            _ => character,
        };
        if narrow.is_ascii() {
            out.push(narrow.to_ascii_lowercase());
        } else {
            out.extend(narrow.to_lowercase());
        }
    }
    out
}

/// Unified ideographs of the basic plane: nearly all there is in a text, with nothing to fold and no punctuation, so
/// that the tables of Unicode need not be asked for them.
fn ideographic(code: u32) -> bool {
    (0x4E00..=0x9FFF).contains(&code)
}

struct Run<'t> {
    text: &'t str,
    /// ASCII letters and digits.
    plain: bool,
}

/// Runs of letters and digits, ASCII ones apart from all others.
fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let class = |character: char| match character {
        c if c.is_ascii_alphanumeric() => Some(true),
        c if c.is_ascii() => None,
        c if ideographic(u32::from(c)) => Some(false),
        c if c.is_alphanumeric() => Some(false),
        _ => None,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(|c| class(c).is_some())?;
        rest = rest.get(start..)?;
        let plain = class(rest.chars().next()?)?;
        let end = rest.find(|c| class(c) != Some(plain)).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(Run { text: run, plain })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_pairs_and_plain_words() {
        for (text, expected) in [
            ("灭火器", "灭火 火器 器"),
            ("𠮷野", "𠮷野 野"),
            ("ＡＢＣ柜，A柜", "abc 柜 a"),
            ("2026年11月 Fire-Drill", "2026 年 11 月 fire drill"),
            ("，。", ""),
            ("消防消防", "消防 防消 防"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn typed_terms_become_queries() {
        for (typed, query, check) in [
            ("灭火", Some("\"灭火\""), false),
            ("灭", Some("\"灭\"*"), false),
            ("灭火器", Some("\"灭火\" AND \"火器\""), true),
            ("AB柜", Some("\"ab\"* AND \"柜\"*"), true),
            ("\"*", None, true),
        ] {
            let terms = terms(typed);
            assert_eq!(terms.len(), 1);
            assert_eq!(terms[0].query.as_deref(), query, "{typed}");
            assert_eq!(terms[0].check, check, "{typed}");
        }
    }
}
