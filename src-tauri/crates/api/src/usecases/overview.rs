//! The superior's view of the institutions below: news, compliance, hazards, letters.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use safety_domain::appointment::Days;
use safety_domain::obligation::{Obligation, State, compliance};
use safety_domain::record::parse_day;
use safety_domain::standard::{Standard, SystemRole};
use safety_store::Reader;
use safety_store::records::{ListQuery, StateFilter};

use super::today::ObligationViewer;
use crate::account;
use crate::error::Fault;
use crate::session::Session;
use crate::standing::{self, Below};
use crate::types::*;

/// The span that is counted: the year so far unless asked otherwise.
fn span(session: &Session, from: Option<&str>, until: Option<&str>) -> Result<Days, Fault> {
    let today = session.today();
    let day = |text: &str| parse_day(text).ok_or_else(|| Fault::new("date-wrong").with("value", text));
    /// As for lists of obligations.
    const MOST_DAYS: i64 = 3 * 366;
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let span = Days::new(
        from.map(day).transpose()?.unwrap_or(first),
        until.map(day).transpose()?.unwrap_or(today),
    );
    if span.until < span.from {
        return Err(Fault::new("date-wrong").with("value", span.until));
    }
    if (span.until - span.from).num_days() > MOST_DAYS {
        return Err(Fault::new("span-too-long").with("most", MOST_DAYS));
    }
    Ok(span)
}

pub fn overview(session: &Session, args: OverviewArgs) -> Result<Overview, Fault> {
    let span = span(session, args.from.as_deref(), args.until.as_deref())?;
    session.store.try_read(|reader| {
        let viewer = ObligationViewer::new(session, reader)?;
        let peers = standing::below(session, reader)?;
        let letters = super::letters::coverage(session, reader, session.today().year())?;
        let own = &session.meta.institution;
        let mut outlets = Vec::new();
        let mut all: Vec<Obligation> = Vec::new();
        for institution in viewer.institutions().values() {
            if !account::superiors(viewer.institutions(), &institution.brief.code).contains(own) {
                continue;
            }
            let owed = account::owed(
                session,
                reader,
                viewer.institutions(),
                &institution.brief.code,
                span,
            )?;
            outlets.push(row(
                session,
                reader,
                &institution.brief,
                &peers,
                &letters,
                &owed,
                span,
            )?);
            all.extend(owed);
        }
        outlets.sort_by_key(|row| {
            std::cmp::Reverse((row.missing, row.overdue, row.hazards_overdue, row.silent))
        });
        Ok(Overview {
            date: session.today().to_string(),
            from: span.from.to_string(),
            outlets,
            compliance: compliance(&all, span)
                .iter()
                .map(|found| viewer.compliance(found))
                .collect(),
        })
    })
}

fn row(
    session: &Session,
    reader: &Reader<'_>,
    brief: &InstitutionBrief,
    peers: &[Below],
    letters: &BTreeMap<String, (u32, u32)>,
    owed: &[Obligation],
    span: Days,
) -> Result<OutletRow, Fault> {
    let today = session.today();
    let standard = session.standard_on(reader, today)?;
    let peer = peers
        .iter()
        .find(|peer| peer.stand.card.institution == brief.code);
    let counts = compliance(owed, span);
    let sum = |value: fn(&safety_domain::obligation::Compliance) -> u32| counts.iter().map(value).sum();
    let hazards = ListQuery {
        institutions: vec![brief.code.clone()],
        state: StateFilter::Open,
        ..ListQuery::of_ledger(&Session::role_ledger(&standard, SystemRole::Hazard)?, 0)
    };
    let overdue_hazards = ListQuery {
        state: StateFilter::Overdue(today.to_string()),
        ..hazards.clone()
    };
    let (letters_signed, letters_wanted) = letters.get(&brief.code).copied().unwrap_or_default();
    Ok(OutletRow {
        institution: brief.clone(),
        held: peer.map_or(0, |peer| peer.stand.held),
        last_bundle: peer.and_then(|peer| peer.stand.last_bundle.clone()),
        silent: peer.is_some_and(|peer| is_silent(session, &standard, peer)),
        missing: peer.is_some_and(|peer| peer.gap),
        due: sum(|duty| duty.due),
        done: sum(|duty| duty.in_time),
        late: sum(|duty| duty.late),
        missing_duties: sum(|duty| duty.overdue + duty.missed),
        overdue: u32::try_from(owed.iter().filter(|o| o.state == State::Overdue).count()).unwrap_or(u32::MAX),
        hazards_open: reader.count(&hazards)?,
        hazards_overdue: reader.count(&overdue_hazards)?,
        letters_signed,
        letters_wanted,
        duties: counts
            .iter()
            .map(|found| OutletDuty {
                duty: found.duty.clone(),
                due: found.due,
                done: found.in_time,
                late: found.late,
                missing: found.overdue + found.missed,
            })
            .collect(),
    })
}

/// No bundle for longer than the standard allows, counted from enrolment before the first one.
fn is_silent(session: &Session, standard: &Standard, peer: &Below) -> bool {
    let last = peer.stand.last_bundle.as_ref().unwrap_or(&peer.stand.since);
    let Ok(last) = DateTime::<FixedOffset>::parse_from_rfc3339(last) else {
        return true;
    };
    (session.now() - last).num_days() > i64::from(standard.deadlines.silent_after_days)
}

/// Institutions below without news for longer than the standard allows.
pub(crate) fn silent(
    session: &Session,
    reader: &Reader<'_>,
    standard: &Standard,
) -> Result<Vec<InstitutionBrief>, Fault> {
    let institutions = account::institutions(session, reader, standard)?;
    Ok(standing::below(session, reader)?
        .iter()
        .filter(|peer| is_silent(session, standard, peer))
        .filter_map(|peer| institutions.get(&peer.stand.card.institution))
        .map(|institution| institution.brief.clone())
        .collect())
}

pub fn outlet(session: &Session, args: OutletArgs) -> Result<OutletDetail, Fault> {
    let span = span(session, args.from.as_deref(), args.until.as_deref())?;
    session.store.try_read(|reader| {
        let viewer = ObligationViewer::new(session, reader)?;
        let unknown = || Fault::new("institution-unknown").with("institution", &args.institution);
        let institution = viewer.institutions().get(&args.institution).ok_or_else(unknown)?;
        let owed = account::owed(session, reader, viewer.institutions(), &args.institution, span)?;
        let peers = standing::below(session, reader)?;
        let standard = session.standard_on(reader, session.today())?;
        let institutions = [args.institution.clone()];
        let letters = super::letters::coverage(session, reader, session.today().year())?;
        Ok(OutletDetail {
            row: row(session, reader, &institution.brief, &peers, &letters, &owed, span)?,
            compliance: compliance(&owed, span)
                .iter()
                .map(|found| viewer.compliance(found))
                .collect(),
            overdue: owed
                .iter()
                .filter(|o| o.state == State::Overdue)
                .map(|o| viewer.view(o))
                .collect(),
            ledgers: super::records::brief_ledgers(reader, &standard, &institutions, |ledger| {
                ledger.levels.contains(&institution.brief.level)
            })?,
        })
    })
}
