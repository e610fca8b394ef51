//! Every word that the core itself puts on paper or on record stands in the message files, in both languages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use safety_api::messages::word;
use safety_domain::text::Lang;

/// Parts of the message files that the core takes its words from.
const PARTS: [&str; 3] = ["core.", "demo.", "print."];

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

/// Literals of the sources that name a message; those that a name is put into (`print.verdict.{…}`) are left out.
fn keys() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("../cli/src"), &mut files);
    let mut keys = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for literal in text.split('"').skip(1).step_by(2) {
            let plain = literal
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '.' || c == '_');
            if plain && PARTS.iter().any(|part| literal.starts_with(part)) {
                keys.insert(literal.to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_word_of_the_core_is_there_in_both_languages() {
    let keys = keys();
    assert!(keys.len() > 30, "{keys:?}");
    for key in keys {
        for lang in [Lang::Zh, Lang::En] {
            assert_ne!(word(lang, &key), key, "{lang:?}");
        }
    }
}
