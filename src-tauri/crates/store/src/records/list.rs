//! Lists: filtered, ordered and paged in SQL. Only a search for long words looks at the texts themselves.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset};
use safety_domain::directory::Directory;
use safety_domain::record::{RecordBody, local_offset};
use safety_journal::entry;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::StoreDirectory;
use super::query::{ListQuery, Sort, SortBy};
use super::sql::{COLUMNS, Clauses, ROW, order};
use crate::journal::Pos;
use crate::{Error, Reader, Result, rules, text};

/// Hits of a search for long words whose texts are looked at, so that a common word does not read the whole journal.
pub const CHECKED: u64 = 1000;

/// A current record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The record.
    pub id: Uuid,
    /// Its ledger.
    pub ledger: String,
    /// Code of its institution.
    pub institution: String,
    /// When the act took place, local: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; empty when unreadable or withheld.
    pub occurred: String,
    /// When its first version was written, by its author's clock.
    pub created: DateTime<FixedOffset>,
    /// When the version shown was written, by its author's clock.
    pub recorded: DateTime<FixedOffset>,
    /// Who wrote the version shown.
    pub author: String,
    /// Standard it was written under, `id@version`.
    pub standard: String,
    /// Title in Chinese, with the names of today.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Value of the state field.
    pub state: Option<String>,
    /// Until when it has to be dealt with, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// Still has to be dealt with.
    pub open: bool,
    /// Shown in red.
    pub bad: bool,
    /// Entered late (补录).
    pub late: bool,
    /// Withdrawn (作废).
    pub withdrawn: bool,
    /// Versions contradict each other and a person has to decide.
    pub conflict: bool,
    /// Its own standard is known here.
    pub known: bool,
    /// Number of versions.
    pub versions: u32,
    /// Where the version shown lies.
    pub pos: Pos,
    /// The body of the version shown; `None` when it is withheld, erased, or of a shape not known here.
    pub body: Option<RecordBody>,
}

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The rows asked for.
    pub rows: Vec<Row>,
    /// Number of all rows that fit. Of a search for words of three or more characters with more than [`CHECKED`]
    /// hits, those beyond are counted as the index names them, which can be a few too many.
    pub total: u64,
}

impl Reader<'_> {
    /// A page of a list.
    ///
    /// # Errors
    /// [`Error::Query`] for fields or values that cannot be asked for.
    pub fn list(&self, query: &ListQuery) -> Result<Page> {
        let mut clauses = Clauses::build(query)?;
        let order = order(query)?;
        let terms = text::terms(&query.text);
        let mut named = Vec::new();
        if !terms.is_empty() {
            let mut matches = Vec::new();
            for term in &terms {
                let Some(words) = &term.query else { continue };
                let people = self.named(term)?;
                let mut any = format!("({words})");
                for id in &people {
                    let _ = write!(any, " OR \"{}\"", id.simple());
                }
                matches.push(format!("({any})"));
                named.push(people);
            }
            if matches.is_empty() {
                return Ok(Page {
                    rows: Vec::new(),
                    total: 0,
                });
            }
            let expression = clauses.value(matches.join(" AND "));
            clauses.conditions.push(format!(
                "r.no IN (SELECT rowid FROM words WHERE words MATCH {expression})"
            ));
        }
        let terms: Vec<_> = terms.into_iter().filter(|term| term.query.is_some()).collect();
        if terms.iter().any(|term| term.check) {
            return self.list_checked(query, &clauses, &order, &terms, &named);
        }
        let total: i64 = self
            .prepare_cached(&clauses.count_sql())?
            .query_row(rusqlite::params_from_iter(&clauses.values), |row| row.get(0))?;
        let mut rows = Vec::new();
        if query.limit > 0 {
            let page = format!(" LIMIT {} OFFSET {}", query.limit, query.offset);
            let directory = StoreDirectory::new(self);
            self.each_row(&clauses, &(order + &page), |row| {
                rows.push(self.row(row, &directory)?);
                Ok(true)
            })?;
        }
        Ok(Page {
            rows,
            total: total.unsigned_abs(),
        })
    }

    /// Number of records that fit, without reading any.
    ///
    /// # Errors
    /// Those of [`Reader::list`].
    pub fn count(&self, query: &ListQuery) -> Result<u64> {
        Ok(self
            .list(&ListQuery {
                limit: 0,
                ..query.clone()
            })?
            .total)
    }

    /// Searches every ledger; newest act first.
    ///
    /// # Errors
    /// Those of [`Reader::list`].
    pub fn search(&self, typed: &str, offset: u32, limit: u32) -> Result<Page> {
        self.list(&ListQuery {
            text: typed.to_owned(),
            offset,
            limit,
            ..ListQuery::default()
        })
    }

    /// People, facilities and the like to choose from, by title: identifier and the two titles. With nothing typed,
    /// the first ones.
    ///
    /// # Errors
    /// Those of [`Reader::list`].
    pub fn lookup(
        &self,
        ledgers: &[&str],
        institutions: &[&str],
        typed: &str,
        limit: u32,
    ) -> Result<Vec<(Uuid, String, String)>> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let query = ListQuery {
            ledgers: owned(ledgers),
            institutions: owned(institutions),
            text: typed.to_owned(),
            sort: vec![Sort {
                by: SortBy::Title,
                descending: false,
            }],
            limit,
            ..ListQuery::default()
        };
        let rows = self.list(&query)?.rows;
        Ok(rows
            .into_iter()
            .map(|row| (row.id, row.title, row.title_en))
            .collect())
    }

    /// Hands the rows over in their order until told to stop; the number of all.
    fn each_row(
        &self,
        clauses: &Clauses,
        order: &str,
        mut each: impl FnMut(&rusqlite::Row<'_>) -> Result<bool>,
    ) -> Result<u64> {
        let mut order = self.prepare_cached(&clauses.order_sql(order))?;
        let numbers = order.query_map(rusqlite::params_from_iter(&clauses.values), |row| row.get(0))?;
        let numbers = numbers.collect::<rusqlite::Result<Vec<i64>>>()?;
        let mut statement = self.prepare_cached(&format!("SELECT {COLUMNS}{ROW}"))?;
        for no in &numbers {
            let mut found = statement.query([no])?;
            if let Some(row) = found.next()?
                && !each(row)?
            {
                break;
            }
        }
        Ok(numbers.len() as u64)
    }

    /// The index may name too many rows: looks at the text of each before counting it, but of no more than
    /// [`CHECKED`] beyond the page that is wanted.
    fn list_checked(
        &self,
        query: &ListQuery,
        clauses: &Clauses,
        order: &str,
        terms: &[text::Term],
        named: &[Vec<Uuid>],
    ) -> Result<Page> {
        let directory = StoreDirectory::new(self);
        let rules = self.rules();
        let (mut rows, mut total, mut seen) = (Vec::new(), 0u64, 0u64);
        let wanted = u64::from(query.offset)..u64::from(query.offset) + u64::from(query.limit);
        let candidates = self.each_row(clauses, order, |row| {
            seen += 1;
            let line = row.get_ref(18)?.as_blob().map_err(unexpected)?;
            let parsed = entry::parse_line(line)?;
            let header = rules::read_header(parsed.header())?;
            let Some(body) = parsed.body() else {
                return Ok(true);
            };
            let searched = match serde_json::from_str(body) {
                Ok(parsed) => text::fold(
                    &rules
                        .project(&header, &parsed, &safety_domain::directory::NoDirectory)
                        .0
                        .search,
                ),
                Err(_) => return Ok(true),
            };
            let names = |ids: &[Uuid]| ids.iter().any(|id| body.contains(&id.hyphenated().to_string()));
            let fits = terms
                .iter()
                .zip(named)
                .all(|(term, ids)| !term.check || searched.contains(&term.text) || names(ids));
            if fits {
                if wanted.contains(&total) {
                    rows.push(self.row(row, &directory)?);
                }
                total += 1;
            }
            Ok(seen < CHECKED || total < wanted.end)
        })?;
        // Those not looked at: the index is right about nearly all of them.
        total += candidates - seen;
        Ok(Page { rows, total })
    }

    /// People and facilities whose title contains the term: records that name them are found, too.
    fn named(&self, term: &text::Term) -> Result<Vec<Uuid>> {
        let ledgers = StoreDirectory::named_ledgers(&self.rules());
        let Some(words) = &term.query else {
            return Ok(Vec::new());
        };
        if ledgers.is_empty() {
            return Ok(Vec::new());
        }
        let mut clauses = Clauses::default();
        let expression = clauses.value(words.clone());
        clauses.one_of("r.ledger", &ledgers);
        let sql = format!(
            "SELECT r.id, r.title FROM records r
             WHERE r.no IN (SELECT rowid FROM words WHERE words MATCH {expression}) AND {} LIMIT 200",
            clauses.filter()
        );
        let mut statement = self.prepare_cached(&sql)?;
        let mut found = statement.query(rusqlite::params_from_iter(&clauses.values))?;
        let mut ids = Vec::new();
        while let Some(row) = found.next()? {
            let title: String = row.get(1)?;
            if ids.len() < 50 && text::fold(&title).contains(&term.text) {
                ids.push(uuid(row, 0)?);
            }
        }
        Ok(ids)
    }

    pub(crate) fn row(&self, row: &rusqlite::Row<'_>, directory: &dyn Directory) -> Result<Row> {
        let line = row.get_ref(18)?.as_blob().map_err(unexpected)?;
        let parsed = entry::parse_line(line)?;
        let header = rules::read_header(parsed.header())?;
        let body = parsed
            .body()
            .and_then(|body| serde_json::from_str::<RecordBody>(body).ok());
        let (mut title, mut title_en): (String, String) = (row.get(7)?, String::new());
        if let Some(body) = &body {
            let titles = self.rules().titles(&header, body, directory);
            (title, title_en) = (titles.zh, titles.en);
        }
        Ok(Row {
            id: uuid(row, 0)?,
            ledger: row.get(1)?,
            institution: row.get(2)?,
            occurred: row.get(3)?,
            created: time(row.get(4)?)?,
            recorded: time(row.get(5)?)?,
            author: row.get(6)?,
            standard: header.std,
            title,
            title_en,
            state: row.get(8)?,
            due: row.get(9)?,
            open: row.get(10)?,
            bad: row.get(11)?,
            late: row.get(12)?,
            withdrawn: row.get(13)?,
            conflict: row.get(14)?,
            known: row.get(15)?,
            versions: row.get(16)?,
            pos: Pos(row.get(17)?),
            body,
        })
    }

    /// The current version of a record, withdrawn or not.
    pub fn record(&self, id: Uuid) -> Result<Option<Row>> {
        let sql = format!("SELECT {COLUMNS} FROM records r JOIN journal j ON j.pos = r.pos WHERE r.id = ?1");
        let mut statement = self.prepare_cached(&sql)?;
        let mut found = statement.query([id.as_bytes()])?;
        match found.next()? {
            Some(row) => Ok(Some(self.row(row, &StoreDirectory::new(self))?)),
            None => Ok(None),
        }
    }
}

pub(crate) fn uuid(row: &rusqlite::Row<'_>, column: usize) -> Result<Uuid> {
    Uuid::from_slice(row.get_ref(column)?.as_blob().map_err(unexpected)?).map_err(unexpected)
}

pub(crate) fn unexpected(error: impl std::fmt::Display) -> Error {
    Error::Inconsistent(error.to_string())
}

/// A stored time (milliseconds since 1970) in local time (+08:00).
pub(crate) fn time(millis: i64) -> Result<DateTime<FixedOffset>> {
    DateTime::from_timestamp_millis(millis)
        .map(|time| time.with_timezone(&local_offset()))
        .ok_or_else(|| Error::Inconsistent(format!("time {millis}")))
}
