//! Desktop program.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

/// One thread reads what another writes, and most of what is read are small texts: the system's allocator takes longer
/// over that than anything else does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    outlet_safety::run()
}
