//! Desktop shell: one window, one command, and the two things only a desktop has (file dialogs, opening a
//! printed document). Everything else is the core's command list, reached by name, so that this shell stays
//! replaceable.

use std::process::ExitCode;
use std::sync::Arc;

use safety_api::{App, Environment, Fault, WireError};
use serde_json::Value;
use tauri::{AppHandle, Manager, State};

/// No screen to open a window on (`EX_UNAVAILABLE`).
const NO_DISPLAY: u8 = 69;
/// The window could not be built (`EX_SOFTWARE`).
const NOT_STARTED: u8 = 70;

/// Forwards one call to the core on a thread that may block.
#[tauri::command]
async fn call(core: State<'_, Arc<App>>, name: String, args: Value) -> Result<Value, WireError> {
    let core = Arc::clone(&core);
    tauri::async_runtime::spawn_blocking(move || core.call(&name, args))
        .await
        .unwrap_or_else(|error| {
            eprintln!("outlet-safety: call-interrupted: {error}");
            Err(Fault::new("call-interrupted").wire())
        })
}

/// Opens the window and returns when it is closed.
///
/// Exit codes: 0 closed by the user, 69 no display, 70 the window could not be built.
pub fn run() -> ExitCode {
    if let Err(reason) = display() {
        eprintln!("outlet-safety: no-display: {reason}");
        return ExitCode::from(NO_DISPLAY);
    }
    let core = Arc::new(App::new(Environment::desktop(None)));
    let outcome = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _directory| raise(app),
        ))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(core)
        .invoke_handler(tauri::generate_handler![call])
        .run(tauri::generate_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("outlet-safety: not-started: {error}");
            ExitCode::from(NOT_STARTED)
        }
    }
}

/// A second start brings the first window to the front instead of opening the store twice.
fn raise(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Asks for a display before the window system would panic for want of one.
#[cfg(target_os = "linux")]
fn display() -> Result<(), String> {
    gtk::init().map_err(|error| error.to_string())
}

#[cfg(not(target_os = "linux"))]
fn display() -> Result<(), String> {
    Ok(())
}
