//! The standard that ships with the program, and reading others from a file or folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};
use safety_domain::standard::{self, Standard};

use crate::error::Fault;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/standard");
static DEFAULT: LazyLock<Option<Arc<Standard>>> =
    LazyLock::new(|| standard::assemble(&embedded(&FILES)).ok().map(Arc::new));

fn embedded(dir: &Dir<'static>) -> BTreeMap<String, &'static [u8]> {
    let mut files = BTreeMap::new();
    for file in dir.files() {
        files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for below in dir.dirs() {
        files.extend(embedded(below));
    }
    files
}

/// The default standard.
///
/// # Errors
/// `standard-default-broken` if the shipped data do not form a standard (a test of the domain keeps them sound).
pub fn default() -> Result<Arc<Standard>, Fault> {
    DEFAULT
        .clone()
        .ok_or_else(|| Fault::new("standard-default-broken"))
}

/// Reads a standard from a folder of its files, or from one JSON file, and checks it.
///
/// # Errors
/// Faults of reading the disk; faults of the standard itself are the inner error.
pub fn read(path: &Path) -> Result<Result<Standard, Vec<standard::Fault>>, Fault> {
    /// A standard is text; more than this is not one.
    const LIMIT: u64 = 16 * 1024 * 1024;
    let mut files = BTreeMap::new();
    let mut size = 0;
    let mut waiting = vec![(path.to_path_buf(), String::new())];
    if path.is_file() {
        let bytes = limited(path, LIMIT)?;
        return Ok(standard::from_json(&bytes));
    }
    while let Some((dir, prefix)) = waiting.pop() {
        for entry in std::fs::read_dir(&dir)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                waiting.push((entry.path(), format!("{name}/")));
            } else if name.ends_with(".json") {
                size += entry.metadata()?.len();
                if size > LIMIT {
                    return Err(Fault::new("file-too-large")
                        .with("path", path.display())
                        .with("limit", LIMIT));
                }
                files.insert(name, std::fs::read(entry.path())?);
            }
        }
    }
    Ok(standard::assemble(&files))
}

fn limited(path: &Path, limit: u64) -> Result<Vec<u8>, Fault> {
    if std::fs::metadata(path)?.len() > limit {
        return Err(Fault::new("file-too-large")
            .with("path", path.display())
            .with("limit", limit));
    }
    Ok(std::fs::read(path)?)
}
