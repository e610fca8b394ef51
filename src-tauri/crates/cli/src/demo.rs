//! The demo world from the shell.

use std::path::Path;
use std::process::ExitCode;

use safety_api::{WireError, messages};
use safety_domain::text::Lang;

/// Builds a demo world in `dir` and says what lies where.
pub fn demo(dir: &Path, outlets: u32, lang: Lang, json: bool) -> Result<ExitCode, WireError> {
    let summary = safety_api::demo::build(dir, outlets, lang)?;
    if json {
        super::call::print(&summary.json)?;
    } else {
        let fields = [("dir".to_owned(), dir.display().to_string())].into();
        super::call::line(&messages::words(lang, "demo.done", &fields));
    }
    Ok(ExitCode::SUCCESS)
}
