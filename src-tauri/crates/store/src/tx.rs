//! What a piece of work on the store holds in its hands: a [`Reader`] (one consistent state), or a [`Writer`]
//! (the one transaction that is open for writing). A function that needs a writer cannot run outside of one.

use std::cell::RefCell;
use std::ops::Deref;

use rusqlite::Connection;

use crate::{Error, Result, Rules};

/// One consistent state of the store, for reading. All queries are its methods.
pub struct Reader<'a> {
    db: &'a Connection,
    rules: RefCell<Rules>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(db: &'a Connection, rules: Rules) -> Self {
        Self {
            db,
            rules: RefCell::new(rules),
        }
    }

    /// The standards in this state of the store, as rules of projection; cheap to clone and to send to the thread
    /// that parses received lines.
    pub fn rules(&self) -> Rules {
        self.rules.borrow().clone()
    }

    pub(crate) fn replace_rules(&self, rules: Rules) {
        *self.rules.borrow_mut() = rules;
    }
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.db
    }
}

/// The open transaction. Everything done through it becomes visible and durable together, or not at all.
pub struct Writer<'a> {
    reader: Reader<'a>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(db: &'a Connection, rules: Rules) -> Self {
        Self {
            reader: Reader::new(db, rules),
        }
    }

    /// Runs `work` under a savepoint: when it fails, what it did is undone and the transaction goes on. Grouping
    /// many small bundles into one transaction this way more than triples their throughput.
    pub fn savepoint<T, E: From<Error>>(&self, work: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        let execute = |sql| self.execute_batch(sql).map_err(Error::from);
        let rules = self.rules();
        execute("SAVEPOINT part")?;
        match work(self) {
            Ok(value) => {
                execute("RELEASE part")?;
                Ok(value)
            }
            Err(error) => {
                execute("ROLLBACK TO part; RELEASE part")?;
                self.replace_rules(rules);
                Err(error)
            }
        }
    }
}

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}
