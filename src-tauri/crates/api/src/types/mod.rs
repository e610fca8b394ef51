//! What crosses the wire: arguments and results of the commands. Written once here, in TypeScript by generation.

mod exchange;
mod letters;
mod overview;
mod records;
mod secret;
mod session;
mod today;

pub use exchange::*;
pub use letters::*;
pub use overview::*;
pub use records::*;
pub use secret::Secret;
pub use session::*;
pub use today::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// No arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A finished action without further result.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Done {}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenFile {
    /// Absolute path.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Pages, for PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
}

/// A path on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PathArgs {
    /// Absolute path of a file or folder.
    pub path: String,
}

/// A record by its identifier.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IdArgs {
    /// UUID.
    pub id: String,
}

/// Progress of a long action, polled while it runs.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Stable key of the step, such as `reading`, `checking`, `writing`.
    pub step: String,
    /// Items done.
    pub done: u64,
    /// Items in all, when known.
    pub total: Option<u64>,
    /// Whether the action has ended.
    pub finished: bool,
    /// Whether cancelling was asked for.
    pub cancelled: bool,
}

/// A long action by the name its caller gave it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JobArgs {
    /// Name chosen by the caller when it started the action.
    pub job: String,
}
