//! Enrolment: how a superior and an institution below it come to believe each other's keys.
//!
//! The one below writes a **request** (its card, signed by its own key, which proves that it holds the key). The
//! superior reads it, the two people compare the fingerprint by voice, and the superior writes an **approval**: its own
//! card and a **certificate**, its signature over the card of the one below. That one compares the superior's
//! fingerprint by voice and accepts. Both are signed notes around a JSON text that people can read.

mod certificate;
mod error;
mod file;
mod steps;

pub use certificate::{Certificate, SignedCertificate};
pub use error::EnrolError;
pub use file::{Approval, MAX_FILE, Request, Review, ReviewKind, approval_name, request_name, review};
pub use steps::{Approved, Decision, accept, approve, request, revoke};
pub(crate) use steps::{REQUESTED, begin_replica};
