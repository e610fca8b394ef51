//! `safetyctl`: the command list from a shell, without a window. Other people's scripts rely on its contract:
//! JSON in on standard input, JSON out on standard output; exit 0 done, 1 refused (`{code, fields, next}` on
//! standard error), 2 wrong usage.

mod call;
mod demo;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use safety_api::WireError;
use safety_domain::text::Lang;

/// As in the desktop program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Refused: the error stands on standard error as JSON.
const REFUSED: u8 = 1;

#[derive(Debug, Parser)]
#[command(name = "safetyctl", version, about = "Outlet Safety Account from the shell")]
struct Options {
    /// The store's file; the desktop program's own when absent.
    #[arg(long, global = true, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Login name of the user; the password comes from SAFETY_PASSWORD or a prompt.
    #[arg(long, global = true, value_name = "NAME")]
    user: Option<String>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Run a command of the command list; arguments as JSON on standard input, result as JSON.
    Call {
        /// Name of the command, as `safetyctl commands` lists it.
        command: String,
    },
    /// List the commands.
    Commands {
        /// As JSON, with the types of arguments and results.
        #[arg(long)]
        json: bool,
    },
    /// Build a whole demo world with its own simulated clock.
    Demo {
        /// Folder for the demo world; must not exist yet or be empty.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Number of outlets.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=200))]
        outlets: u32,
        /// Language of the demo's texts and letters.
        #[arg(long, value_enum, default_value = "zh")]
        lang: DemoLang,
        /// Print the summary as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Recompute every log from its bytes and report each difference.
    Verify,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DemoLang {
    Zh,
    En,
}

impl From<DemoLang> for Lang {
    fn from(lang: DemoLang) -> Self {
        match lang {
            DemoLang::Zh => Lang::Zh,
            DemoLang::En => Lang::En,
        }
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    let outcome = match options.action {
        Action::Call { command } => call::call(options.store, options.user, &command),
        Action::Commands { json } => call::list(json),
        Action::Demo {
            dir,
            outlets,
            lang,
            json,
        } => demo::demo(&dir, outlets, lang.into(), json),
        Action::Verify => call::verify(options.store, options.user),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => refused(&error),
    }
}

/// Writes the error as JSON to standard error.
fn refused(error: &WireError) -> ExitCode {
    match serde_json::to_string(error) {
        Ok(json) => eprintln!("{json}"),
        Err(_) => eprintln!("{{\"code\":\"{}\"}}", error.code),
    }
    ExitCode::from(REFUSED)
}
