//! The standard that ships with the program is complete and free of faults, and every fault one can make in a
//! standard is found and told with its place.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod complete;
mod difference;
mod faults;
mod reading;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use safety_domain::standard::{Standard, assemble};

/// Files by relative path.
type Files = BTreeMap<String, Vec<u8>>;

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets")
}

fn gather(dir: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

fn default_files() -> Files {
    let mut files = Files::new();
    gather(&assets().join("standard"), "", &mut files);
    files
}

fn default_standard() -> Standard {
    assemble(&default_files()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}
