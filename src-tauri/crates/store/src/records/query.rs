//! What a list is asked for.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::journal::Pos;

/// A list to show. Everything left empty does not restrict.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Ledgers.
    pub ledgers: Vec<String>,
    /// Codes of institutions.
    pub institutions: Vec<String>,
    /// First day of the act, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day of the act, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// Open, overdue and the like.
    pub state: StateFilter,
    /// Values of the state field.
    pub states: Vec<String>,
    /// Until when it has to be dealt with, at the latest: `YYYY-MM-DD`.
    pub due_to: Option<String>,
    /// Only late (补录) or only timely ones.
    pub late: Option<bool>,
    /// Only red or only not red ones.
    pub bad: Option<bool>,
    /// Only those with, or without, versions that contradict each other.
    pub conflict: Option<bool>,
    /// Also withdrawn ones; otherwise they are left out.
    pub withdrawn: bool,
    /// Author of the version shown.
    pub author: Option<String>,
    /// Fields of the body.
    pub fields: Vec<FieldFilter>,
    /// Where the version shown has to lie, or must not lie.
    pub positions: Option<Positions>,
    /// Words that all have to occur, as typed.
    pub text: String,
    /// Only these records.
    pub ids: Vec<Uuid>,
    /// Order; newest act first when empty.
    pub sort: Vec<Sort>,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to return; 0 for the count alone.
    pub limit: u32,
}

impl ListQuery {
    /// The newest `limit` records of a ledger.
    pub fn of_ledger(ledger: &str, limit: u32) -> Self {
        Self {
            ledgers: vec![ledger.to_owned()],
            limit,
            ..Self::default()
        }
    }
}

/// A range of positions in the journal, or everything outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Positions {
    /// First position.
    pub from: Pos,
    /// First position behind.
    pub until: Pos,
    /// Everything but the range.
    pub outside: bool,
}

impl Positions {
    /// The positions of a range, its end excluded.
    pub fn inside(from: Pos, until: Pos) -> Self {
        Self {
            from,
            until,
            outside: false,
        }
    }

    /// The positions before and behind a range.
    pub fn outside(from: Pos, until: Pos) -> Self {
        Self {
            from,
            until,
            outside: true,
        }
    }
}

/// Filter by what still has to be dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateFilter {
    /// All.
    #[default]
    Any,
    /// Open ones.
    Open,
    /// Those that are not open.
    Closed,
    /// Open ones due before this day, `YYYY-MM-DD`.
    Overdue(String),
}

/// Filter by a field of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldFilter {
    /// Identifier of the field.
    pub field: String,
    /// What its value has to be.
    #[serde(flatten)]
    pub test: Test,
}

/// What the value of a field has to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// One of these values; of a list, any item.
    In(Vec<Value>),
    /// At least this (number, or text that sorts such as a date).
    Min(Value),
    /// At most this.
    Max(Value),
    /// Present and not empty, or the contrary.
    Present(bool),
    /// Text containing this.
    Contains(String),
}

/// One key of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// What to order by.
    pub by: SortBy,
    /// Largest first.
    #[serde(default)]
    pub descending: bool,
}

/// What to order by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortBy {
    /// When it took place.
    Occurred,
    /// When the version shown was written.
    Recorded,
    /// When the first version was written.
    Created,
    /// Until when it has to be dealt with.
    Due,
    /// Ledger.
    Ledger,
    /// Institution.
    Institution,
    /// Title.
    Title,
    /// State.
    State,
    /// Author.
    Author,
    /// A field of the body.
    Field(String),
}
