//! Rules of projection: the standards in the store, ready to derive a record's columns from its entry. A value of
//! its own, so that the thread that parses received lines can use it while the writer writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use safety_domain::directory::{Directory, NoDirectory};
use safety_domain::projection::{Projection, Titles, occurred_day, project, titles};
use safety_domain::record::{EntryHeader, Occurred, RecordBody};
use safety_domain::standard::Standard;
use safety_journal::entry;

use crate::journal::Received;
use crate::project::Derived;
use crate::{Error, Result, text};

/// The standards in the store. Cheap to clone, may be sent to other threads.
#[derive(Clone)]
pub struct Rules(Arc<Inner>);

struct Inner {
    /// Number of the newest row they were loaded with.
    stamp: i64,
    by_reference: BTreeMap<String, Arc<Standard>>,
    /// By first day in force, newest first.
    newest_first: Vec<Arc<Standard>>,
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Rules")
            .field(&self.0.by_reference.keys().collect::<Vec<_>>())
            .finish()
    }
}

impl Rules {
    /// Rules from standards in hand, for work without a store such as previews and benches.
    pub fn from_standards(standards: impl IntoIterator<Item = Standard>) -> Self {
        Self::build(-1, standards)
    }

    fn build(stamp: i64, standards: impl IntoIterator<Item = Standard>) -> Self {
        let by_reference: BTreeMap<String, Arc<Standard>> = standards
            .into_iter()
            .map(|standard| (standard.reference(), Arc::new(standard)))
            .collect();
        let mut newest_first: Vec<_> = by_reference.values().cloned().collect();
        newest_first
            .sort_by_key(|standard| std::cmp::Reverse((standard.effective_from, standard.version.clone())));
        Self(Arc::new(Inner {
            stamp,
            by_reference,
            newest_first,
        }))
    }

    pub(crate) fn load(db: &Connection) -> Result<Self> {
        let stamp = Self::stamp_of(db)?;
        let mut query = db.prepare_cached("SELECT json FROM standards ORDER BY no")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut standards = Vec::new();
        for json in rows {
            let standard: Standard = serde_json::from_str(&json?)
                .map_err(|error| Error::Inconsistent(format!("standard: {error}")))?;
            standards.push(standard);
        }
        Ok(Self::build(stamp, standards))
    }

    pub(crate) fn stamp_of(db: &Connection) -> Result<i64> {
        let mut query = db.prepare_cached("SELECT coalesce(max(no), 0) FROM standards")?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    pub(crate) fn stamp(&self) -> i64 {
        self.0.stamp
    }

    /// The standard with this reference (`id@version`).
    pub fn standard(&self, reference: &str) -> Option<Arc<Standard>> {
        self.0.by_reference.get(reference).cloned()
    }

    /// The newest standard in force on `day`, else the newest of all.
    pub fn in_force(&self, day: chrono::NaiveDate) -> Option<Arc<Standard>> {
        let standards = &self.0.newest_first;
        standards
            .iter()
            .find(|standard| standard.effective_from <= day)
            .or(standards.first())
            .cloned()
    }

    /// All standards, newest first.
    pub fn standards(&self) -> &[Arc<Standard>] {
        &self.0.newest_first
    }

    /// The standard an entry is shown by: its own, else the newest that knows its ledger; and whether its own
    /// is there and knows the ledger.
    fn for_entry(&self, reference: &str, ledger: &str) -> (Option<&Arc<Standard>>, bool) {
        if let Some(own) = self.0.by_reference.get(reference)
            && own.ledger(ledger).is_some()
        {
            return (Some(own), true);
        }
        let knows = |standard: &&Arc<Standard>| standard.ledger(ledger).is_some();
        let other = self.0.newest_first.iter().find(knows);
        (other.or(self.0.newest_first.first()), false)
    }

    /// Parses and hashes a received line and derives its columns. Needs no store: meant for the thread that reads
    /// a bundle.
    ///
    /// # Errors
    /// [`Error::Entry`], [`Error::Header`].
    pub fn read_line(&self, line: Vec<u8>) -> Result<Received> {
        let parsed = entry::parse_line(&line)?;
        let leaf = parsed.leaf();
        let header = read_header(parsed.header())?;
        let derived = self.derive(&header, parsed.body());
        Ok(Received {
            leaf,
            header,
            derived,
            line,
        })
    }

    /// Columns of an entry, from its bytes alone, so that every store derives the same in whatever order entries
    /// arrive. A body that is withheld, or of a shape not known here, leaves them empty.
    pub(crate) fn derive(&self, header: &EntryHeader, body: Option<&str>) -> Derived {
        let Some(body) = body.and_then(|body| serde_json::from_str::<RecordBody>(body).ok()) else {
            return Derived {
                known: body.is_none(),
                ..Derived::default()
            };
        };
        let (projection, known) = self.project(header, &body, &NoDirectory);
        let mut words = text::words(&projection.search);
        text::add_identifiers(&mut words, body.fields.values());
        Derived {
            title: projection.title,
            occurred: occurred_text(&body.occurred),
            state: projection.state,
            due: projection.due.map(|day| day.to_string()),
            open: projection.open && !body.withdrawn,
            bad: projection.bad,
            late: body.late.is_some(),
            withdrawn: body.withdrawn,
            known,
            words,
            files: body.files,
        }
    }

    /// Title lines of a record version, with the names that `directory` knows.
    pub fn titles(&self, header: &EntryHeader, body: &RecordBody, directory: &dyn Directory) -> Titles {
        match self.for_entry(&header.std, &header.ledger) {
            (Some(standard), _) => titles(standard, &header.ledger, body, directory),
            (None, _) => Titles::default(),
        }
    }

    /// Title, state and search text of a record version, with the names that `directory` knows.
    pub fn project(
        &self,
        header: &EntryHeader,
        body: &RecordBody,
        directory: &dyn Directory,
    ) -> (Projection, bool) {
        match self.for_entry(&header.std, &header.ledger) {
            (Some(standard), known) => (project(standard, &header.ledger, body, directory), known),
            // Without any standard nobody has said which values are sensitive: only the day is shown.
            (None, _) => {
                let occurred = occurred_day(&body.occurred);
                (
                    Projection {
                        occurred,
                        ..Projection::default()
                    },
                    false,
                )
            }
        }
    }
}

/// Reads a header; fields that a newer program added are ignored here and stay in the bytes.
pub(crate) fn read_header(header: &str) -> Result<EntryHeader> {
    serde_json::from_str(header).map_err(|error| Error::Header(error.to_string()))
}

/// The act's day, or day and minute, in local time, in the form that sorts.
fn occurred_text(occurred: &str) -> String {
    match Occurred::parse(occurred) {
        Some(Occurred::Day(day)) => day.to_string(),
        Some(Occurred::Moment(moment)) => moment.format("%Y-%m-%dT%H:%M").to_string(),
        None => String::new(),
    }
}
