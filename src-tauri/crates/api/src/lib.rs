//! The use cases of the program behind one command list.
//!
//! Every host (desktop shell, `safetyctl`, test host) is a thin adapter of [`App::call`]; the TypeScript client is
//! generated from the same list, so that a command cannot exist in one place only.

mod access;
mod account;
mod app;
mod commands;
pub mod demo;
mod environment;
mod error;
mod files;
mod jobs;
pub mod messages;
mod names;
mod paper;
mod session;
mod standards;
mod standing;
pub mod types;
pub mod typescript;
mod usecases;

pub use access::Access;
pub use app::App;
pub use commands::{CommandInfo, commands};
pub use environment::{Clock, Environment};
pub use error::{Fault, WireError};
