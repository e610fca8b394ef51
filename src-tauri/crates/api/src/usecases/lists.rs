//! Lists of records, and the shelf of ledgers with what they hold.

use safety_domain::record::parse_day;
use safety_domain::standard::Standard;
use safety_store::Reader;
use safety_store::records::{FieldFilter, ListQuery, Sort, SortBy, StateFilter, Test};
use serde_json::Value;

use super::records::record_id;
use super::view::Viewer;
use crate::error::Fault;
use crate::session::Session;
use crate::standing::{self, HeldUp};
use crate::types::*;

/// Most rows of one page.
const MOST_ROWS: u32 = 500;
const USUAL_ROWS: u32 = 50;

pub fn ledgers(session: &Session, _: Nothing) -> Result<Vec<LedgerBrief>, Fault> {
    session.store.try_read(|reader| {
        let standard = session.standard_on(reader, session.today())?;
        let drafts = reader.drafts(&session.user.name)?;
        brief_ledgers(reader, &standard, &[], |ledger| {
            ledger.levels.contains(&session.meta.level)
        })
        .map(|mut briefs| {
            for brief in &mut briefs {
                brief.drafts = drafts.iter().filter(|draft| draft.ledger == brief.id).count() as u64;
            }
            briefs
        })
    })
}

/// Ledgers with their counts, over some institutions or all. A superior sees those of the levels below as well, once
/// there is something in them.
pub(crate) fn brief_ledgers(
    reader: &Reader<'_>,
    standard: &Standard,
    institutions: &[String],
    keeps: impl Fn(&safety_domain::standard::Ledger) -> bool,
) -> Result<Vec<LedgerBrief>, Fault> {
    let mut briefs = Vec::new();
    for ledger in &standard.ledgers {
        let query = ListQuery {
            institutions: institutions.to_vec(),
            limit: 0,
            ..ListQuery::of_ledger(&ledger.id, 0)
        };
        let count = reader.count(&query)?;
        if count == 0 && !keeps(ledger) {
            continue;
        }
        let open = reader.count(&ListQuery {
            state: StateFilter::Open,
            ..query
        })?;
        briefs.push(LedgerBrief {
            id: ledger.id.clone(),
            title: ledger.title.clone(),
            group: ledger.group,
            count,
            open,
            drafts: 0,
        });
    }
    Ok(briefs)
}

pub fn list(session: &Session, args: RecordsQuery) -> Result<RecordsPage, Fault> {
    session.store.try_read(|reader| page(session, reader, &args))
}

/// A page of records with the names they refer to.
pub(crate) fn page(
    session: &Session,
    reader: &Reader<'_>,
    args: &RecordsQuery,
) -> Result<RecordsPage, Fault> {
    let limit = if args.limit == 0 {
        USUAL_ROWS
    } else {
        args.limit.min(MOST_ROWS)
    };
    page_of(session, reader, args, limit)
}

/// A page of as many rows as wanted.
pub(super) fn page_of(
    session: &Session,
    reader: &Reader<'_>,
    args: &RecordsQuery,
    limit: u32,
) -> Result<RecordsPage, Fault> {
    let found = reader.list(&ListQuery {
        offset: args.offset,
        limit,
        ..query(&standing::held_up(reader)?, args)?
    })?;
    let mut viewer = Viewer::new(session, reader)?;
    let rows = found.rows.iter().map(|row| viewer.row(row)).collect();
    Ok(RecordsPage {
        rows,
        total: found.total,
        names: viewer.into_names(),
    })
}

/// What is typed into a search; a whole page pasted there by mistake would keep the program busy for minutes.
pub(crate) fn search_text(text: &str) -> Result<String, Fault> {
    const LONGEST: usize = 200;
    let length = text.chars().count();
    if length > LONGEST {
        return Err(Fault::new("text-too-long")
            .with("max", LONGEST)
            .with("length", length));
    }
    Ok(text.trim().to_owned())
}

fn query(held: &HeldUp, args: &RecordsQuery) -> Result<ListQuery, Fault> {
    for day in [&args.from, &args.until, &args.due_before].into_iter().flatten() {
        parse_day(day).ok_or_else(|| Fault::new("date-wrong").with("value", day))?;
    }
    let ids = args
        .ids
        .iter()
        .map(|id| record_id(id))
        .collect::<Result<Vec<_>, _>>()?;
    let state = match (&args.due_before, args.open) {
        (Some(day), _) => StateFilter::Overdue(day.clone()),
        (None, Some(true)) => StateFilter::Open,
        (None, Some(false)) => StateFilter::Closed,
        (None, None) => StateFilter::Any,
    };
    let filter = |(field, value): (&String, &String)| FieldFilter {
        field: field.clone(),
        test: Test::In(vec![Value::from(value.clone())]),
    };
    Ok(ListQuery {
        ledgers: args.ledgers.clone(),
        institutions: args.institutions.clone(),
        from: args.from.clone(),
        to: args.until.clone(),
        state,
        late: args.late,
        withdrawn: args.withdrawn,
        fields: args.fields.iter().map(filter).collect(),
        text: search_text(args.text.as_deref().unwrap_or_default())?,
        ids,
        positions: args.exchange.map(|state| held.positions(state)),
        sort: args.sort.as_deref().map(sort).into_iter().collect(),
        ..ListQuery::default()
    })
}

fn sort(key: &str) -> Sort {
    let (name, descending) = key.strip_prefix('-').map_or((key, false), |name| (name, true));
    let by = match name {
        "occurred" => SortBy::Occurred,
        "recorded" => SortBy::Recorded,
        "title" => SortBy::Title,
        "due" => SortBy::Due,
        "author" => SortBy::Author,
        "institution" => SortBy::Institution,
        "ledger" => SortBy::Ledger,
        field => SortBy::Field(field.to_owned()),
    };
    Sort { by, descending }
}
