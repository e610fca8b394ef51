//! The encrypted SQLite file that holds an institution's safety account.
//!
//! The journal (the logs' entry lines, as written or received) is the truth. Everything else that can be asked
//! for, the table of current records first of all, is a projection of it, kept in the same transaction and
//! rebuilt from it at will. What must be atomic takes a [`Writer`], which only exists inside
//! [`Store::write`]; reading takes a [`Reader`], which a writer also is.
//!
//! | module | what |
//! |---|---|
//! | [`slots`], [`recovery`] | the key of the file: wrapped per user, printed as a recovery code |
//! | [`Store`] | creating and opening the file, transactions |
//! | [`journal`] | logs, appending own entries, importing received ones, reading ranges |
//! | [`records`] | lists, search, one record, its history, evidence for obligations |
//! | [`standards`] | versions of the standard, and the rules of projection made from them |
//! | [`blobs`], [`drafts`], [`users`], [`trust`], [`receipts`], [`settings`] | what else the file keeps |
//! | [`verify`] | recomputing everything from the bytes |
//! | [`outside`], [`backup`] | what is kept outside the file |

mod atomic;
pub mod backup;
pub mod blobs;
pub mod drafts;
mod error;
pub mod journal;
mod key;
mod meta;
mod open;
pub mod outside;
mod project;
pub mod receipts;
pub mod records;
pub mod recovery;
mod rules;
mod schema;
pub mod settings;
pub mod slots;
pub mod standards;
mod text;
pub mod trust;
mod tx;
pub mod users;
pub mod verify;

pub use error::{Error, Result};
pub use key::{RootSecret, StoreKey};
pub use meta::Meta;
pub use open::{NewStore, Store};
pub use rules::Rules;
pub use schema::SCHEMA_VERSION;
pub use tx::{Reader, Writer};
