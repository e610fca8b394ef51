//! The rules of an outlet's safety account, free of disk, clock and screen.
//!
//! Time is always handed in; collections are ordered; nothing here can panic on bad input.

pub mod appointment;
pub mod calendar;
pub mod choices;
pub mod condition;
pub mod directory;
pub mod display;
pub mod facts;
pub mod frequency_words;
pub mod institution;
pub mod letter;
pub mod merge;
pub mod obligation;
pub mod period;
pub mod projection;
pub mod record;
pub mod standard;
pub mod text;
pub mod validate;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
pub(crate) mod fixture;
