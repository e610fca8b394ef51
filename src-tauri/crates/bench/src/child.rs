//! Work done in a process of its own, so that the most memory it ever had is the work's alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::measure::{Outcome, high_water};
use crate::world::Actor;

/// First argument of such a process.
pub const NAME: &str = "--child";

/// Runs `work` on these paths elsewhere; the most memory it had, bytes.
pub fn spawn(work: &str, paths: &[&Path]) -> Outcome<Option<u64>> {
    let output = Command::new(std::env::current_exe()?)
        .args([NAME, work])
        .args(paths)
        .output()?;
    if !output.status.success() {
        return Err(format!("{work}: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

/// The process's side.
pub fn run(args: &[String]) -> Outcome<()> {
    match args {
        [work, store, file] if work == "import" => {
            Actor::at(&PathBuf::from(store))?.import(Path::new(file))?;
        }
        [work, store, dir] if work == "export" => {
            Actor::at(&PathBuf::from(store))?.export(Path::new(dir), 0)?;
        }
        _ => return Err("unknown work".into()),
    }
    if let Some(bytes) = high_water() {
        println!("{bytes}");
    }
    Ok(())
}
