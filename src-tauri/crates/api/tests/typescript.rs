//! The TypeScript types in the UI are those of the Rust code. `UPDATE_TYPES=1` writes them anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

#[test]
fn generated_types_have_not_drifted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/generated/core.ts");
    let wanted = safety_api::typescript::file();
    if std::env::var_os("UPDATE_TYPES").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "ui/src/generated/core.ts is not what the Rust types say: run `make types`"
    );
}
