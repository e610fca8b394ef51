//! Entry lines: the bytes received are the bytes hashed, and every departure is named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;
use safety_journal::entry::{Content, EntryError, MAX_LINE, Payload, encode_line, parse_line};
use safety_journal::{Hash, tree};
use serde_json::json;

const HEADER: &str =
    r#"{"v":1,"rec":"0193b0a0-0000-7000-8000-000000000001","ledger":"L12","inst":"330100001"}"#;
const BODY: &str = r#"{"occurred":"2026-11-23","fields":{"检查人":"𠮷田䶮","note":"㛃 — 已整改"}}"#;

fn sample() -> Vec<u8> {
    encode_line(
        HEADER.as_bytes(),
        Payload::Body {
            salt: [7; 16],
            body: BODY.as_bytes(),
        },
    )
    .unwrap()
}

#[test]
fn a_line_is_header_salt_body_and_gives_back_the_very_bytes() {
    let line = sample();
    let text = std::str::from_utf8(&line).unwrap();
    assert_eq!(
        text,
        format!(r#"{{"header":{HEADER},"salt":"BwcHBwcHBwcHBwcHBwcHBw","body":{BODY}}}"#)
    );
    let entry = parse_line(&line).unwrap();
    assert_eq!(entry.header(), HEADER);
    assert_eq!(entry.body(), Some(BODY));
    assert_eq!(
        entry.content(),
        Content::Body {
            salt: [7; 16],
            body: BODY
        }
    );
}

#[test]
fn commitment_and_leaf_are_as_the_format_page_says() {
    let line = sample();
    let entry = parse_line(&line).unwrap();
    let mut salted = vec![7u8; 16];
    salted.extend_from_slice(BODY.as_bytes());
    assert_eq!(entry.commitment(), Hash::of(&salted));
    let leaf = format!("{HEADER}\n{}", Hash::of(&salted));
    assert_eq!(entry.leaf_bytes(), leaf.as_bytes());
    assert_eq!(entry.leaf(), tree::leaf_hash(leaf.as_bytes()));
}

#[test]
fn withholding_the_body_keeps_the_leaf() {
    let line = sample();
    let entry = parse_line(&line).unwrap();
    let withheld = entry.withheld_line();
    let other = parse_line(&withheld).unwrap();
    assert_eq!(other.body(), None);
    assert_eq!(other.header(), entry.header());
    assert_eq!(other.leaf(), entry.leaf());
    assert_eq!(other.withheld_line(), withheld);
    let encoded = encode_line(
        HEADER.as_bytes(),
        Payload::Withheld {
            commitment: entry.commitment(),
        },
    );
    assert_eq!(encoded.unwrap(), withheld);
}

#[test]
fn the_longest_line_passes_and_one_byte_more_does_not() {
    let empty = encode_line(
        b"{}",
        Payload::Body {
            salt: [0; 16],
            body: br#"{"x":""}"#,
        },
    )
    .unwrap()
    .len();
    let body = |fill: usize| format!(r#"{{"x":"{}"}}"#, "a".repeat(fill));
    let fill = MAX_LINE - empty;
    let payload = |body: &str| {
        encode_line(
            b"{}",
            Payload::Body {
                salt: [0; 16],
                body: body.as_bytes(),
            },
        )
    };
    assert_eq!(payload(&body(fill)).unwrap().len(), MAX_LINE);
    assert_eq!(
        payload(&body(fill + 1)),
        Err(EntryError::TooLong { len: MAX_LINE + 1 })
    );
}

#[test]
fn what_cannot_be_read_is_not_written() {
    let body = |body: &'static [u8]| Payload::Body { salt: [0; 16], body };
    assert!(matches!(
        encode_line(b"{}", body(b"[]")),
        Err(EntryError::NotAnObject { key: "body" })
    ));
    assert!(matches!(
        encode_line(b"1", body(b"{}")),
        Err(EntryError::NotAnObject { key: "header" })
    ));
    assert!(matches!(encode_line(b"{", body(b"{}")), Err(EntryError::NotJson)));
    assert!(matches!(
        encode_line(b"{}", body(b"{}x")),
        Err(EntryError::NotJson)
    ));
    assert!(matches!(
        encode_line(b"{\n}", body(b"{}")),
        Err(EntryError::ControlCharacter { at: 11 })
    ));
    // A header that closes early and smuggles in a key of its own.
    assert!(matches!(
        encode_line(br#"{},"x":{}"#, body(b"{}")),
        Err(EntryError::UnknownKey { .. })
    ));
}

#[test]
fn every_malformed_vector_is_refused_with_the_fault_it_is_named_for() {
    let mut count = 0;
    for file in std::fs::read_dir("tests/vectors/entry").unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let code = name.split('.').next().unwrap();
        let error = parse_line(&std::fs::read(&path).unwrap()).expect_err(&name);
        assert_eq!(error.code(), code, "{name}: {error}");
        count += 1;
    }
    assert!(count >= 20, "{count} vectors");
}

proptest! {
    #[test]
    fn any_object_survives_byte_by_byte(
        text in "\\PC{0,60}", number in any::<i64>(), salt in any::<[u8; 16]>(), spaces in "[ ]{0,3}"
    ) {
        let header = format!("{{{spaces}\"h\":{}}}", json!(text));
        let body = format!("{{{spaces}\"b\"{spaces}:{}, \"n\":{number}}}", json!([text]));
        let line = encode_line(header.as_bytes(), Payload::Body { salt, body: body.as_bytes() }).unwrap();
        let entry = parse_line(&line).unwrap();
        prop_assert_eq!(entry.header(), header);
        prop_assert_eq!(entry.content(), Content::Body { salt, body: &body });
        let withheld = entry.withheld_line();
        prop_assert_eq!(parse_line(&withheld).unwrap().leaf(), entry.leaf());
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(parse_line(&bytes).is_err());
    }

    #[test]
    fn a_changed_byte_is_refused_or_changes_the_leaf(at in any::<prop::sample::Index>(), flip in 1u8..) {
        let line = sample();
        let mut changed = line.clone();
        let at = at.index(changed.len());
        changed[at] ^= flip;
        if let Ok(entry) = parse_line(&changed) {
            prop_assert_ne!(entry.leaf(), parse_line(&line).unwrap().leaf());
        }
    }
}
