//! Scenarios with named actors on real stores: what users, curious colleagues and attackers can ask of the command
//! list, and what must come of it. One program, so that the core is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod circuit;
mod forms;
mod letters;
mod obligations;
mod paths;
mod records;
mod setup;
mod site;
mod users;
