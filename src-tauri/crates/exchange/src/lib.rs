//! Who is believed for what, and the way of records between institutions.
//!
//! | module | what |
//! |---|---|
//! | [`card`], [`keys`] | the public and the secret half of a device |
//! | [`enrol`] | request, approval, certificate: how two institutions come to believe each other's keys |
//! | [`peers`] | the devices believed here |
//! | [`plan`] | what to send, what to take: decided from numbers alone |
//! | [`mod@export`] | writing a bundle for the superior |
//! | [`mod@import`] | reading bundles and replies; refusing what is not to be believed |
//! | [`mod@reply`] | receipts for what is held, written back |
//! | [`place`] | folders and other places where files are handed over |
//! | [`mod@status`] | who holds what since when |
//!
//! Nothing is called sent that has no receipt, and no receipt is given before the commit. Time is passed in; the only
//! randomness drawn here is that of the `age` crate.

pub mod card;
pub mod enrol;
mod error;
pub mod export;
pub mod import;
pub mod keys;
pub mod peers;
pub mod place;
pub mod plan;
pub mod reply;
pub mod status;
mod stored;

pub use card::Card;
pub use enrol::EnrolError;
pub use error::{Error, Result};
pub use export::{Exported, export};
pub use import::{Outcome, OutcomeKind, Refusal, import, import_many};
pub use keys::{DeviceKeys, DeviceSecrets, SECRET_BYTES};
pub use peers::{Device, Role};
pub use place::{Folder, Place, PlaceError};
pub use reply::{Replied, reply};
pub use status::{Status, status};

/// Tells how far a long action is; answers whether it should stop. `total` is none while it is not known.
pub type Progress<'a> = &'a mut dyn FnMut(Step) -> bool;

/// How far a long action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is being done: `entries`, `blobs`, `files`.
    pub name: &'static str,
    /// How many are done.
    pub done: u64,
    /// Of how many.
    pub total: Option<u64>,
}

/// Name and version of this program, as files say who made them.
pub(crate) const PROGRAM: &str = concat!("outlet-safety ", env!("CARGO_PKG_VERSION"));

/// The one spelling of a moment in the store and in files: RFC 3339, seconds, offset.
pub(crate) fn moment(now: chrono::DateTime<chrono::FixedOffset>) -> String {
    now.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// POSIX seconds; a clock before 1970 counts as 1970.
pub(crate) fn posix(now: chrono::DateTime<chrono::FixedOffset>) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or_default()
}
