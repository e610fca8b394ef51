//! Institutions (机构): any unit of the bank, from head office to outlet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Level of an institution in the tree, from the top down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Head office (总行).
    HeadOffice,
    /// Branch (分行).
    Branch,
    /// Sub-branch (支行).
    SubBranch,
    /// Outlet (网点), a customer-facing unit at the bottom.
    Outlet,
}

impl Level {
    /// All levels, from the top down.
    pub const ALL: [Level; 4] = [Level::HeadOffice, Level::Branch, Level::SubBranch, Level::Outlet];

    /// Whether units of this level have others below them.
    pub fn is_superior(self) -> bool {
        self != Level::Outlet
    }
}
