//! Letters of responsibility (责任书): the year's plan, printing, and recording that one was signed.

mod print;
mod sign;

pub use print::print;
pub use sign::signed;

use std::collections::BTreeMap;

use chrono::Datelike;
use safety_domain::appointment::Appointment;
use safety_domain::directory::Directory;
use safety_domain::facts;
use safety_domain::letter::{self, LetterNeed};
use safety_domain::standard::{Standard, SystemRole};
use safety_store::Reader;
use safety_store::records::{Row, StoreDirectory};
use serde_json::Value;

use crate::account;
use crate::error::Fault;
use crate::session::Session;
use crate::types::*;

pub fn plan(session: &Session, args: LetterPlanArgs) -> Result<LetterPlan, Fault> {
    session.store.try_read(|reader| {
        let year = args.year.unwrap_or_else(|| session.today().year());
        let code = args
            .institution
            .clone()
            .unwrap_or_else(|| session.meta.institution.clone());
        plan_of(session, reader, year, &code)
    })
}

/// The needs of a year with the appointment records behind them.
struct Needs {
    standard: std::sync::Arc<Standard>,
    institutions: BTreeMap<String, account::Institution>,
    /// Need and appointment record.
    needs: Vec<(LetterNeed, String)>,
    letters: BTreeMap<String, Row>,
}

fn needs(session: &Session, reader: &Reader<'_>, year: i32) -> Result<Needs, Fault> {
    let standard = session.standard_on(reader, session.today())?;
    let institutions = account::institutions(session, reader, &standard)?;
    let appointed = account::appointments(reader, &standard, None)?;
    let ledger = Session::role_ledger(&standard, SystemRole::Letter)?;
    let mut letters = BTreeMap::new();
    let mut records = Vec::new();
    for row in account::current(reader, &ledger, None)? {
        let id = row.id.to_string();
        if let Some(record) = row.body.as_ref().and_then(|body| facts::letter(&id, body)) {
            records.push(record);
            letters.insert(id, row);
        }
    }
    let record_of: BTreeMap<&Appointment, &String> = appointed
        .iter()
        .map(|appointed| (&appointed.appointment, &appointed.record))
        .collect();
    let appointments: Vec<Appointment> = appointed
        .iter()
        .map(|appointed| appointed.appointment.clone())
        .collect();
    let places = account::places(&institutions);
    let timeline = session.timeline(reader);
    let needs = letter::letter_plan(&timeline, &places, &appointments, &records, year, session.today());
    let needs = needs
        .into_iter()
        .filter_map(|need| {
            let record = (*record_of.get(&need.appointment)?).clone();
            Some((need, record))
        })
        .collect();
    Ok(Needs {
        standard,
        institutions,
        needs,
        letters,
    })
}

/// The plan of an institution's year.
pub(crate) fn plan_of(
    session: &Session,
    reader: &Reader<'_>,
    year: i32,
    code: &str,
) -> Result<LetterPlan, Fault> {
    let found = needs(session, reader, year)?;
    let directory = StoreDirectory::partial(reader);
    let name = |person: &Option<String>| person.as_deref().and_then(|person| directory.person(person));
    let title = |post: &str| {
        found
            .standard
            .post(post)
            .map(|post| post.title.clone())
            .unwrap_or_default()
    };
    let mut rows = Vec::new();
    for (need, appointment) in &found.needs {
        if need.appointment.institution != code {
            continue;
        }
        let letter = need.record.as_ref().and_then(|id| found.letters.get(id));
        let fields = letter.and_then(|row| row.body.as_ref()).map(|body| &body.fields);
        rows.push(LetterPlanRow {
            appointment: appointment.clone(),
            person: need.appointment.person.clone(),
            name: directory.person(&need.appointment.person).unwrap_or_default(),
            post: need.appointment.post.clone(),
            post_title: title(&need.appointment.post),
            party_a: name(&need.party_a),
            party_a_post: need.party_a_post.as_deref().map(title),
            due: need.due.to_string(),
            state: state(need),
            letter: need.record.clone(),
            number: fields
                .and_then(|fields| fields.get("letter_no"))
                .and_then(Value::as_str)
                .map(str::to_owned),
            signed: need.signed.map(|day| day.to_string()),
            overdue: need.state == letter::LetterState::Overdue,
        });
    }
    let level = found
        .institutions
        .get(code)
        .map_or(session.meta.level, |institution| institution.brief.level);
    let templates = found
        .standard
        .letters
        .iter()
        .filter(|template| template.levels.contains(&level));
    let counted = |row: &&LetterPlanRow| row.state != LetterState::Ended;
    Ok(LetterPlan {
        year,
        templates: templates
            .map(|template| LetterTemplateBrief {
                id: template.id.clone(),
                title: template.title.clone(),
            })
            .collect(),
        signed: count(rows.iter().filter(|row| row.state == LetterState::Signed)),
        wanted: count(rows.iter().filter(counted)),
        rows,
    })
}

/// Letters signed and wanted in a year by institution, worked out once for all of them.
pub(crate) fn coverage(
    session: &Session,
    reader: &Reader<'_>,
    year: i32,
) -> Result<BTreeMap<String, (u32, u32)>, Fault> {
    let mut coverage: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for (need, _) in needs(session, reader, year)?.needs {
        let state = state(&need);
        let (signed, wanted) = coverage.entry(need.appointment.institution).or_default();
        *signed = signed.saturating_add(u32::from(state == LetterState::Signed));
        *wanted = wanted.saturating_add(u32::from(state != LetterState::Ended));
    }
    Ok(coverage)
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// Whether it is printed, and apart from that (in `overdue`) whether its day has passed.
fn state(need: &LetterNeed) -> LetterState {
    match need.state {
        letter::LetterState::Signed => LetterState::Signed,
        letter::LetterState::Ended => LetterState::Ended,
        _ if need.record.is_some() => LetterState::Prepared,
        _ => LetterState::Missing,
    }
}
impl From<letter::LetterError> for Fault {
    fn from(error: letter::LetterError) -> Self {
        Self::from_parts(error.code(), error.fields())
    }
}
