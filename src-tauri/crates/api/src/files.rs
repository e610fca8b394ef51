//! Files appear whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Fault;

/// Writes `bytes` under a passing name, makes them durable, and renames them into place.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    if name.is_empty() {
        return Err(Fault::new("path-not-a-file").with("path", path.display()));
    }
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        fs::create_dir_all(dir)?;
    }
    name.push(".part");
    let part = path.with_file_name(name);
    let written = (|| {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    Ok(written?)
}

/// A name for a file made of words of the account: nothing that a file system or a shell minds.
pub fn file_name(words: &[&str], ending: &str) -> PathBuf {
    let joined = words
        .iter()
        .filter(|word| !word.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("_");
    let safe: String = joined
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '·' | '（' | '）') {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    PathBuf::from(format!("{safe}.{ending}"))
}
