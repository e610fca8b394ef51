//! Names behind identifiers, looked up in the projection when something is shown. They are not part of the
//! projection: what a record says must not depend on whether the person's record arrived before or after it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rusqlite::OptionalExtension as _;
use safety_domain::directory::{Directory, NoDirectory};
use safety_domain::record::RecordBody;
use safety_domain::standard::SystemRole;
use safety_domain::text::Lang;
use safety_journal::entry;
use uuid::Uuid;

use crate::{Reader, Result, Rules, rules};

/// Looks names up in the store, each once.
pub struct StoreDirectory<'r, 'a> {
    reader: &'r Reader<'a>,
    names: RefCell<BTreeMap<String, Option<String>>>,
    complete: bool,
    lang: Lang,
}

impl<'r, 'a> StoreDirectory<'r, 'a> {
    /// A directory over one state of the store.
    pub fn new(reader: &'r Reader<'a>) -> Self {
        Self {
            reader,
            names: RefCell::default(),
            complete: true,
            lang: Lang::Zh,
        }
    }

    /// The same with names of facilities and institutions in this language, where they have one in it.
    pub fn in_language(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// The same for a store that holds only part of the records, where an unknown person may well exist.
    pub fn partial(reader: &'r Reader<'a>) -> Self {
        Self {
            complete: false,
            ..Self::new(reader)
        }
    }

    /// Ledgers whose records others name: people and facilities.
    pub(crate) fn named_ledgers(rules: &Rules) -> Vec<String> {
        let mut ledgers: Vec<String> = rules
            .standards()
            .iter()
            .flat_map(|standard| &standard.ledgers)
            .filter(|ledger| ledger.role == Some(SystemRole::Person) || ledger.facility_group.is_some())
            .map(|ledger| ledger.id.clone())
            .collect();
        ledgers.sort();
        ledgers.dedup();
        ledgers
    }

    fn remember(&self, key: String, look: impl FnOnce() -> Result<Option<String>>) -> Option<String> {
        if let Some(known) = self.names.borrow().get(&key) {
            return known.clone();
        }
        // A name that cannot be read is shown as an identifier; the record itself reports what is wrong with it.
        let name = look().ok().flatten();
        self.names.borrow_mut().insert(key, name.clone());
        name
    }

    fn record_name(&self, id: &str) -> Option<String> {
        self.remember(id.to_owned(), || {
            let Ok(id) = Uuid::try_parse(id) else {
                return Ok(None);
            };
            let mut query = self.reader.prepare_cached(
                "SELECT j.line FROM records r JOIN journal j ON j.pos = r.pos WHERE r.id = ?1",
            )?;
            let line: Option<Vec<u8>> = query.query_row([id.as_bytes()], |row| row.get(0)).optional()?;
            line.map_or(Ok(None), |line| self.name_in(&line))
        })
    }

    /// The field `name` (of an institution `name_zh`) where there is one, else the title line.
    fn name_in(&self, line: &[u8]) -> Result<Option<String>> {
        let parsed = entry::parse_line(line)?;
        let header = rules::read_header(parsed.header())?;
        let Some(body) = parsed
            .body()
            .and_then(|body| serde_json::from_str::<RecordBody>(body).ok())
        else {
            return Ok(None);
        };
        let keys = match self.lang {
            Lang::Zh => ["name", "name_zh", "name_en"],
            Lang::En => ["name", "name_en", "name_zh"],
        };
        let filled = |key: &str| body.fields.get(key)?.as_str().filter(|name| !name.is_empty());
        if let Some(name) = keys.into_iter().find_map(filled) {
            return Ok(Some(name.to_owned()));
        }
        let titles = self.reader.rules().titles(&header, &body, &NoDirectory);
        let title = match self.lang {
            Lang::Zh => titles.zh,
            Lang::En => titles.en,
        };
        Ok(Some(title).filter(|title| !title.is_empty()))
    }
}

impl Directory for StoreDirectory<'_, '_> {
    fn person(&self, id: &str) -> Option<String> {
        self.record_name(id)
    }

    fn record(&self, id: &str) -> Option<String> {
        self.record_name(id)
    }

    fn institution(&self, code: &str) -> Option<String> {
        self.remember(format!("institution {code}"), || {
            let rules = self.reader.rules();
            let role = |standard: &std::sync::Arc<safety_domain::standard::Standard>| {
                standard.system_ledger(SystemRole::Institution).map(|ledger| ledger.id.clone())
            };
            let Some(ledger) = rules.standards().iter().find_map(role) else { return Ok(None) };
            let mut query = self.reader.prepare_cached(
                "SELECT j.line FROM records r JOIN journal j ON j.pos = r.pos
                 WHERE r.ledger = ?1 AND r.withdrawn = 0
                   AND (r.inst = ?2 OR json_extract(CAST(j.line AS TEXT), '$.body.fields.code') = ?2)
                 ORDER BY r.inst = ?2 DESC, json_extract(CAST(j.line AS TEXT), '$.body.fields.code') = ?2 DESC, r.recorded DESC LIMIT 1",
            )?;
            let line: Option<Vec<u8>> = query.query_row((ledger, code), |row| row.get(0)).optional()?;
            line.map_or(Ok(None), |line| self.name_in(&line))
        })
    }

    fn complete(&self) -> bool {
        self.complete
    }
}
