//! Words for paper and for the shell, from the same message files as the window's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use safety_domain::text::{Lang, Text};
use serde_json::Value;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/messages");
static WORDS: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
    ["zh-CN", "en"]
        .into_iter()
        .map(|lang| (lang, merged(lang)))
        .collect()
});

/// All files of one language as one tree; files are read in the order of their names.
fn merged(lang: &str) -> Value {
    let mut files: Vec<_> = FILES
        .files()
        .filter(|file| {
            let name = file.path().to_string_lossy();
            name == format!("{lang}.json") || name.ends_with(&format!(".{lang}.json"))
        })
        .collect();
    files.sort_by_key(|file| file.path());
    let mut tree = Value::Object(serde_json::Map::new());
    for file in files {
        if let Ok(more) = serde_json::from_slice::<Value>(file.contents()) {
            merge(&mut tree, more);
        }
    }
    tree
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

/// The words under a dotted key with `{name}` replaced; the key itself when there are none, so that a hole is seen.
pub fn words(lang: Lang, key: &str, fields: &BTreeMap<String, String>) -> String {
    let tree = WORDS.get(match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    });
    let found = tree.and_then(|tree| key.split('.').try_fold(tree, |node, part| node.get(part)));
    let Some(text) = found.and_then(Value::as_str) else {
        return key.to_owned();
    };
    fields.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// The words under a key without values.
pub fn word(lang: Lang, key: &str) -> String {
    words(lang, key, &BTreeMap::new())
}

/// The words under a key in both languages.
pub fn both(key: &str) -> Text {
    Text::new(word(Lang::Zh, key), word(Lang::En, key))
}

/// The sentence of an error with what to do next.
pub fn error_sentence(lang: Lang, error: &crate::WireError) -> String {
    let mut sentence = words(lang, &format!("errors.{}.text", error.code), &error.fields);
    let next = words(lang, &error.next, &error.fields);
    if next != error.next {
        sentence.push(' ');
        sentence.push_str(&next);
    }
    sentence
}
