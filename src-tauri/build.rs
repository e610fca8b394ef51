//! Generates the shell's context. Tauri writes its schemas to the package root; they are moved beside the shell.
fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .windows_attributes(tauri_build::WindowsAttributes::new().window_icon_path("assets/icons/icon.ico"));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
    let _ = std::fs::remove_dir_all("src-tauri/gen");
    let _ = std::fs::rename("gen", "src-tauri/gen");
}
