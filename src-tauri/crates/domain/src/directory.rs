//! Names behind identifiers: what rules need to know about people, facilities and institutions on record.

/// Looks up names. The store answers from its projection; a test from a map.
pub trait Directory {
    /// Name of the person with this UUID.
    fn person(&self, id: &str) -> Option<String>;
    /// Title line of the record (a facility, say) with this UUID.
    fn record(&self, id: &str) -> Option<String>;
    /// Name of the institution with this code.
    fn institution(&self, code: &str) -> Option<String>;
    /// Whether somebody it does not know does not exist. A superior that holds only part of the records says no.
    fn complete(&self) -> bool {
        true
    }
}

/// Knows nobody and says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoDirectory;

impl Directory for NoDirectory {
    fn person(&self, _: &str) -> Option<String> {
        None
    }
    fn record(&self, _: &str) -> Option<String> {
        None
    }
    fn institution(&self, _: &str) -> Option<String> {
        None
    }
    fn complete(&self) -> bool {
        false
    }
}
