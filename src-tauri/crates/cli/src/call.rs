//! Running one command of the list.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use safety_api::{Access, App, Environment, Fault, WireError, commands};
use serde_json::{Value, json};

/// Arguments are a form, an attachment in base64 at most.
const INPUT_LIMIT: u64 = 128 * 1024 * 1024;

/// Runs a command with the JSON on standard input.
pub fn call(store: Option<PathBuf>, user: Option<String>, command: &str) -> Result<ExitCode, WireError> {
    let known = commands().into_iter().find(|known| known.name == command);
    let Some(known) = known else {
        return Err(Fault::new("command-unknown").with("command", command).wire());
    };
    let args = arguments()?;
    let app = App::new(Environment::desktop(store));
    if known.access != Access::Anyone {
        unlock(&app, user)?;
    }
    print(&app.call(command, args)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the commands, a line each, or as JSON with their types.
pub fn list(as_json: bool) -> Result<ExitCode, WireError> {
    let commands = commands();
    if as_json {
        print(&serde_json::to_value(&commands).map_err(unreadable)?)?;
    } else {
        for command in commands {
            line(&format!("{:24} {}", command.name, command.about));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Verifies a store; differences are the exit code 1.
pub fn verify(store: Option<PathBuf>, user: Option<String>) -> Result<ExitCode, WireError> {
    let app = App::new(Environment::desktop(store));
    unlock(&app, user)?;
    let report = app.call("verify", json!({}))?;
    let sound = report["differences"].as_array().is_some_and(Vec::is_empty);
    print(&report)?;
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn unlock(app: &App, user: Option<String>) -> Result<(), WireError> {
    let user = user.ok_or_else(|| Fault::new("user-missing").wire())?;
    let password = match std::env::var("SAFETY_PASSWORD") {
        Ok(password) => password,
        Err(_) if std::io::stderr().is_terminal() => rpassword::prompt_password(format!("{user}: "))
            .map_err(|error| Fault::new("password-missing").with("detail", error).wire())?,
        Err(_) => return Err(Fault::new("password-missing").wire()),
    };
    app.call("unlock", json!({ "user": user, "password": password }))
        .map(drop)
}

/// The arguments; nothing at all, or a terminal, stands for no arguments.
fn arguments() -> Result<Value, WireError> {
    let input = std::io::stdin();
    if input.is_terminal() {
        return Ok(json!({}));
    }
    let mut text = String::new();
    input
        .take(INPUT_LIMIT)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    if text.trim().is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_str(&text).map_err(unreadable)
}

fn unreadable(error: impl std::fmt::Display) -> WireError {
    Fault::new("arguments-wrong").with("detail", error).wire()
}

/// Prints JSON.
pub fn print(value: &Value) -> Result<(), WireError> {
    line(&serde_json::to_string_pretty(value).map_err(unreadable)?);
    Ok(())
}

/// Prints a line; a closed pipe at the other end is not an error of ours.
pub fn line(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{text}");
}
