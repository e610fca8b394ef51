//! Records and ledgers on paper.

use std::path::Path;

use safety_domain::text::Lang;

use super::lists::page_of;
use super::records::{detail, lang};
use crate::error::Fault;
use crate::paper;
use crate::paper::value::Speaker;
use crate::session::Session;
use crate::types::*;

/// Most rows of a printed list.
const MOST_PRINTED: u32 = 20_000;

pub fn print(session: &Session, args: RecordPrintArgs) -> Result<WrittenFile, Fault> {
    session.environment.may_write(Path::new(&args.path))?;
    let (standard, lang, detail) = session.store.try_read(|reader| {
        let detail = detail(session, reader, &args.id)?;
        Ok::<_, Fault>((
            session.standard_on(reader, session.today())?,
            lang(session, reader)?,
            detail,
        ))
    })?;
    let ledger = standard.ledger(&detail.row.ledger);
    let ledger = ledger.ok_or_else(|| Fault::new("ledger-unknown").with("ledger", &detail.row.ledger))?;
    let speaker = Speaker {
        standard: &standard,
        names: &detail.names,
        lang,
    };
    let document = paper::record::sheet(&super::people::imprint(session, lang)?, speaker, ledger, &detail);
    paper::print(
        &document,
        session.fonts.get(&session.environment.font_dirs)?,
        Path::new(&args.path),
    )
}

pub fn print_list(session: &Session, args: LedgerPrintArgs) -> Result<WrittenFile, Fault> {
    session.environment.may_write(Path::new(&args.path))?;
    let [ledger] = args.query.ledgers.as_slice() else {
        return Err(Fault::new("print-one-ledger"));
    };
    let mut wanted = args.query.clone();
    wanted.offset = 0;
    wanted.sort.get_or_insert_with(|| "occurred".to_owned());
    let (standard, lang, page) = session.store.try_read(|reader| {
        let page = page_of(session, reader, &wanted, MOST_PRINTED)?;
        Ok::<_, Fault>((
            session.standard_on(reader, session.today())?,
            lang(session, reader)?,
            page,
        ))
    })?;
    if page.total > u64::from(MOST_PRINTED) {
        return Err(Fault::new("print-too-many")
            .with("total", page.total)
            .with("most", MOST_PRINTED));
    }
    let ledger = standard
        .ledger(ledger)
        .ok_or_else(|| Fault::new("ledger-unknown").with("ledger", ledger))?;
    let speaker = Speaker {
        standard: &standard,
        names: &page.names,
        lang,
    };
    let span = span(lang, &wanted, &page.rows);
    let document = paper::ledger::list(
        &super::people::imprint(session, lang)?,
        speaker,
        ledger,
        &page.rows,
        &span,
    );
    paper::print(
        &document,
        session.fonts.get(&session.environment.font_dirs)?,
        Path::new(&args.path),
    )
}

/// The days a printed list covers: those asked for, else those of its rows.
fn span(lang: Lang, query: &RecordsQuery, rows: &[RecordRow]) -> String {
    let day = |row: Option<&RecordRow>| {
        row.and_then(|row| row.occurred.get(..10))
            .unwrap_or_default()
            .to_owned()
    };
    let from = query
        .from
        .clone()
        .unwrap_or_else(|| day(rows.iter().min_by_key(|row| &row.occurred)));
    let until = query
        .until
        .clone()
        .unwrap_or_else(|| day(rows.iter().max_by_key(|row| &row.occurred)));
    let fields = [("from".to_owned(), from), ("until".to_owned(), until)].into();
    crate::messages::words(lang, "print.list.span", &fields)
}
