//! The way of records between institutions, with named actors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod circuit;
mod enrolment;
mod forks;
mod kill;
mod levels;
mod measure;
mod refusals;
mod schedules;
mod world;
