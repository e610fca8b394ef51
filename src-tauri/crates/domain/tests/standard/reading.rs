//! Reading the files: what is not JSON, not of the right type or misspelt is told with file, line and column.

use safety_domain::standard::{Fault, assemble, from_json};

use super::{Files, default_files, default_standard};

fn replaced(path: &str, from: &str, to: &str) -> Files {
    let mut files = default_files();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path} holds no {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    files
}

fn faults(files: &Files) -> Vec<Fault> {
    assemble(files).unwrap_err()
}

/// Line and column, both from 1, at which `text` ends in the file.
fn ends(files: &Files, path: &str, text: &str) -> (String, String) {
    let whole = String::from_utf8(files[path].clone()).unwrap();
    let end = whole.find(text).unwrap() + text.len();
    let line = whole[..end].matches('\n').count() + 1;
    let column = end - whole[..end].rfind('\n').map_or(0, |at| at + 1);
    (line.to_string(), column.to_string())
}

#[test]
fn json_cut_off_in_the_middle() {
    let mut files = default_files();
    let bytes = files["duties.json"].clone();
    files.insert(
        "duties.json".to_owned(),
        bytes[..bytes.iter().rposition(|b| *b == b'"').unwrap()].to_vec(),
    );
    let found = faults(&files);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].code.as_str(), found[0].fields["file"].as_str()),
        ("standard-json-syntax", "duties.json")
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_its_line_and_column() {
    let files = replaced("duties.json", "\"lead_days\": 45", "\"lead_days\": \"45\"");
    let found = faults(&files);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (line, column) = ends(&files, "duties.json", "\"lead_days\": \"45\"");
    assert_eq!(found[0].code, "standard-wrong-type");
    assert_eq!(found[0].path, "duties.json#/D05");
    assert_eq!(
        (&found[0].fields["line"], &found[0].fields["column"]),
        (&line, &column)
    );
}

#[test]
fn an_unknown_frequency_names_the_value() {
    let found = faults(&replaced("duties.json", "\"half_year\"", "\"halfyear\""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, "standard-unknown-value");
    assert_eq!(found[0].fields["value"], "halfyear");
    assert_eq!(found[0].path, "duties.json#/D01");
}

#[test]
fn a_misspelt_key_is_told_deep_inside() {
    let found = faults(&replaced(
        "ledgers/L14.json",
        "\"sensitive\": true",
        "\"sensitve\": true",
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, "standard-unknown-key");
    assert_eq!(found[0].path, "ledgers/L14.json#/fields/4/sensitve");
    assert_eq!(found[0].fields["key"], "sensitve");
}

#[test]
fn a_misspelt_key_inside_a_frequency() {
    let found = faults(&replaced(
        "duties.json",
        "\"before_holidays\"",
        "\"before_holiday\"",
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].code.as_str(), found[0].path.as_str()),
        ("standard-unknown-key", "duties.json#/D17")
    );
    assert_eq!(found[0].fields["key"], "before_holiday");
}

#[test]
fn a_missing_key_is_named() {
    let found = faults(&replaced("posts.json", "\"leading\": true,", ""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].code.as_str(), found[0].fields["key"].as_str()),
        ("standard-missing-key", "leading")
    );
    assert_eq!(found[0].path, "posts.json#/P01");
}

#[test]
fn files_missing_unknown_misnamed_or_in_another_encoding() {
    let mut files = default_files();
    files.remove("drills.json");
    files.insert("drils.json".to_owned(), b"[]".to_vec());
    let head = files["training.json"].clone();
    files.insert("training.json".to_owned(), [&[0xff, 0xfe][..], &head].concat());
    let ledger = files.remove("ledgers/L20.json").unwrap();
    files.insert("ledgers/L22.json".to_owned(), ledger);
    let mut found: Vec<(String, String)> = faults(&files).into_iter().map(|f| (f.code, f.path)).collect();
    found.retain(|(code, _)| code != "standard-list-empty");
    let wanted = [
        ("standard-file-name", "ledgers/L22.json"),
        ("standard-file-missing", "drills.json"),
        ("standard-not-utf8", "training.json"),
        ("standard-unknown-file", "drils.json"),
    ];
    let found: Vec<(&str, &str)> = found.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let mut files = default_files();
    let head = files["standard.json"].clone();
    files.insert(
        "standard.json".to_owned(),
        [&[0xef, 0xbb, 0xbf][..], &head].concat(),
    );
    assert!(assemble(&files).is_ok());
}

#[test]
fn several_faults_are_told_at_once() {
    let mut files = default_files();
    for (path, from, to) in [
        ("duties.json", "\"lead_days\": 45", "\"lead_days\": \"45\""),
        ("duties.json", "\"half_year\"", "\"halfyear\""),
        ("posts.json", "\"holders\": 1", "\"holders\": 0"),
        ("ledgers/L12.json", "\"required\": true", "\"requird\": true"),
        ("calendar.json", "\"2025-01-26\"", "\"2025-01-27\""),
        ("choices.json", "\"en\": \"Key fire unit\"", "\"en\": \"\""),
    ] {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} holds no {from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    let found = faults(&files);
    let codes: Vec<&str> = found.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "standard-unknown-value",
            "standard-wrong-type",
            "standard-unknown-key",
            "standard-holders-zero",
            "standard-text-missing",
            "standard-working-day-not-weekend",
        ],
        "{found:#?}"
    );
}

#[test]
fn one_document_reads_like_the_folder() {
    let standard = default_standard();
    let bytes = serde_json::to_vec(&standard).unwrap();
    assert_eq!(from_json(&bytes).unwrap(), standard);
    let misspelt = String::from_utf8(bytes)
        .unwrap()
        .replacen("\"issuer\"", "\"isuer\"", 1);
    assert_eq!(
        from_json(misspelt.as_bytes()).unwrap_err()[0].code,
        "standard-missing-key"
    );
}

#[test]
fn no_bytes_make_it_panic() {
    use proptest::prelude::*;
    let files = default_files();
    proptest!(ProptestConfig::with_cases(64), |(
        path in proptest::sample::select(files.keys().cloned().collect::<Vec<_>>()),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    )| {
        let mut files = files.clone();
        let bytes = files.get_mut(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = assemble(&files);
    });
}
