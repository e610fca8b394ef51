//! Asking for records: lists, one record, its history, evidence for obligations, names.

mod directory;
mod evidence;
mod list;
mod query;
mod record;
mod sql;

pub use directory::StoreDirectory;
pub use evidence::{Evidence, LastDone, Tally};
pub use list::{CHECKED, Page, Row};
pub use query::{FieldFilter, ListQuery, Positions, Sort, SortBy, StateFilter, Test};
pub use record::Version;
