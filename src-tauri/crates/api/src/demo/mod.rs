//! The demo world (演示数据): a superior, its enrolled outlets, a year of records, letters, bundles and receipts, built
//! with a simulated clock. Its stores are marked as such for ever; the mark stands in every log's origin.

mod actor;
mod cast;
mod occasions;
mod script;
mod superior;
mod window;
mod world;
mod year;

pub use world::{DemoSummary, build};

pub(crate) use window::for_window;
