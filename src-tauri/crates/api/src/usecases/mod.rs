//! What users do, one function an action. Each is one transaction and returns what changed.

pub mod attachments;
mod drafts;
pub mod exchange;
pub mod jobs;
pub mod letters;
mod lists;
pub mod overview;
pub mod people;
mod printing;
pub mod records;
pub mod session;
pub mod settings;
pub mod setup;
pub mod today;
mod view;
