//! Who may call a command.

use serde::{Deserialize, Serialize};

/// Who may call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Anybody, also while the store is locked.
    Anyone,
    /// Any user who unlocked the store.
    Reader,
    /// Users who may write.
    Staff,
    /// Security officers and heads.
    Officer,
    /// The head.
    Head,
}
