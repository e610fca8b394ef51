//! The page of the day, and obligations of any span.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days as Span, NaiveDate};
use safety_domain::appointment::Days;
use safety_domain::calendar::WorkCalendar;
use safety_domain::directory::Directory;
use safety_domain::frequency_words::duty_words;
use safety_domain::obligation::{Compliance, Obligation, State, TargetOf, compliance};
use safety_domain::record::parse_day;
use safety_domain::standard::{Duty, Every, FieldKind, Frequency, Standard, SystemRole};
use safety_store::Reader;
use safety_store::records::StoreDirectory;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::records::{page as records_page, prefillable};
use crate::account;
use crate::error::Fault;
use crate::session::Session;
use crate::types::*;

/// Open hazards shown on the page of the day; all are counted.
const HAZARDS_SHOWN: u32 = 8;

/// Turns obligations into what is shown.
pub(crate) struct ObligationViewer<'r, 'a> {
    standard: std::sync::Arc<Standard>,
    directory: StoreDirectory<'r, 'a>,
    institutions: BTreeMap<String, account::Institution>,
}

impl<'r, 'a> ObligationViewer<'r, 'a> {
    pub(crate) fn new(session: &Session, reader: &'r Reader<'a>) -> Result<Self, Fault> {
        let standard = session.standard_on(reader, session.today())?;
        let institutions = account::institutions(session, reader, &standard)?;
        Ok(Self {
            standard,
            directory: StoreDirectory::partial(reader),
            institutions,
        })
    }

    pub(crate) fn institutions(&self) -> &BTreeMap<String, account::Institution> {
        &self.institutions
    }

    pub(crate) fn view(&self, obligation: &Obligation) -> ObligationView {
        let duty = self.standard.duty(&obligation.duty);
        let (target, target_name) = match &obligation.target {
            Some(TargetOf::Outlet(code)) => {
                let name = self
                    .institutions
                    .get(code)
                    .map(|institution| institution.brief.name.zh.clone());
                (Some(code.clone()), name.or_else(|| Some(code.clone())))
            }
            Some(TargetOf::Person(id)) => (Some(id.clone()), self.directory.person(id)),
            None => (None, None),
        };
        ObligationView {
            key: obligation.key.clone(),
            duty: obligation.duty.clone(),
            title: duty.map(|duty| duty.title.clone()).unwrap_or_default(),
            frequency: duty.map(duty_words).unwrap_or_default(),
            institution: obligation.institution.clone(),
            target,
            target_name,
            period: obligation.period.clone(),
            from: obligation.from.to_string(),
            due: obligation.due.to_string(),
            grace_until: obligation.grace_until.to_string(),
            needed: obligation.needed,
            done: obligation.done,
            evidence: obligation.evidence.iter().map(Uuid::to_string).collect(),
            state: state_view(obligation.state),
            holders: obligation
                .holders
                .iter()
                .filter_map(|person| self.directory.person(person))
                .collect(),
            posts: obligation.posts.clone(),
            vacant: obligation.vacant,
            ledger: obligation.ledger.clone(),
            prefill: duty
                .map(|duty| self.prefill(duty, obligation))
                .unwrap_or_default(),
        }
    }

    /// What kind of act the form is for: the duty's conditions and its target. Never a date, never a verdict.
    fn prefill(&self, duty: &Duty, obligation: &Obligation) -> Map<String, Value> {
        let mut values = Map::new();
        let Some(ledger) = self.standard.ledger(&duty.evidence.ledger) else {
            return values;
        };
        for condition in &duty.evidence.conditions {
            let Some(field) = self
                .standard
                .fields(ledger, None)
                .into_iter()
                .find(|field| field.id == condition.field)
            else {
                continue;
            };
            let Some(first) = condition.is.first().filter(|_| prefillable(field.kind)) else {
                continue;
            };
            let value = match field.kind {
                FieldKind::SelectMultiple => Value::from(vec![first.clone()]),
                _ => Value::from(first.clone()),
            };
            values.insert(field.id.clone(), value);
        }
        if let (Some(field), Some(target)) = (&duty.evidence.target_field, &obligation.target) {
            values.insert(field.clone(), Value::from(target.id()));
        }
        values
    }

    pub(crate) fn compliance(&self, found: &Compliance) -> ComplianceView {
        ComplianceView {
            duty: found.duty.clone(),
            title: self
                .standard
                .duty(&found.duty)
                .map(|duty| duty.title.clone())
                .unwrap_or_default(),
            due: found.due,
            done: found.in_time,
            late: found.late,
            missing: found.overdue + found.missed,
            not_applicable: found.not_applicable,
        }
    }
}

pub(crate) fn state_view(state: State) -> ObligationStateView {
    match state {
        State::Upcoming => ObligationStateView::Upcoming,
        State::Due => ObligationStateView::Due,
        State::DueSoon => ObligationStateView::DueSoon,
        State::Overdue => ObligationStateView::Overdue,
        State::Done => ObligationStateView::Done,
        State::DoneLate => ObligationStateView::DoneLate,
        State::Missed => ObligationStateView::Missed,
        State::NotApplicable => ObligationStateView::NotApplicable,
    }
}

/// The week of a day, Monday to Sunday.
fn week(day: NaiveDate) -> Days {
    let monday = day - Span::new(u64::from(day.weekday().num_days_from_monday()));
    Days::new(monday, monday + Span::new(6))
}

pub fn page(session: &Session, _: Nothing) -> Result<TodayPage, Fault> {
    session.store.try_read(|reader| {
        let today = session.today();
        let week = week(today);
        let viewer = ObligationViewer::new(session, reader)?;
        let standard = session.standard_on(reader, today)?;
        let code = &session.meta.institution;
        // Overdue ones reach back as far as their grace days; coming ones as far ahead as their lead days.
        let window = Days::new(today - Span::new(120), today + Span::new(120));
        let owed = account::owed(session, reader, viewer.institutions(), code, window)?;
        let mut page = empty_page(session, reader, &standard)?;
        for obligation in &owed {
            use State::*;
            let list = match obligation.state {
                Overdue => &mut page.overdue,
                Done | DoneLate if obligation.last_act.is_some_and(|act| week.contains(act)) => {
                    &mut page.done
                }
                Due | DueSoon if obligation.due == today => &mut page.today,
                Due | DueSoon if obligation.due <= week.until => &mut page.week,
                DueSoon => &mut page.coming,
                _ => continue,
            };
            list.push(viewer.view(obligation));
        }
        let hazard = Session::role_ledger(&standard, SystemRole::Hazard)?;
        let hazards = records_page(
            session,
            reader,
            &RecordsQuery {
                ledgers: vec![hazard],
                open: Some(true),
                sort: Some("due".to_owned()),
                limit: HAZARDS_SHOWN,
                ..RecordsQuery::default()
            },
        )?;
        page.hazards = hazards.rows;
        page.hazards_open = hazards.total;
        page.names = hazards.names;
        Ok(page)
    })
}

/// Posts that answer for what is done every business day: the security officers (安全员).
fn daily_posts(standard: &Standard) -> Vec<String> {
    let daily = |frequency: &Frequency| {
        matches!(
            frequency,
            Frequency::Periodic {
                every: Every::BusinessDay,
                ..
            }
        )
    };
    let posts = standard
        .duties
        .iter()
        .filter(|duty| daily(&duty.frequency))
        .flat_map(|duty| &duty.posts);
    posts.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn empty_page(session: &Session, reader: &Reader<'_>, standard: &Standard) -> Result<TodayPage, Fault> {
    let today = session.today();
    let calendar = WorkCalendar::of(standard);
    let holiday = calendar
        .holidays(today, today)
        .next()
        .map(|holiday| holiday.name.clone());
    let directory = StoreDirectory::partial(reader);
    let code = session.meta.institution.as_str();
    let appointments: Vec<_> = account::appointments(reader, standard, Some(code))?
        .into_iter()
        .map(|a| a.appointment)
        .collect();
    let posts = daily_posts(standard);
    let officers = safety_domain::appointment::holders(&appointments, code, &posts, today);
    let year = today.year();
    let plan = super::letters::plan_of(session, reader, year, code)?;
    Ok(TodayPage {
        date: today.to_string(),
        holiday,
        business_day: calendar.is_business_day(today),
        officers: officers
            .iter()
            .filter_map(|person| directory.person(person))
            .collect(),
        overdue: Vec::new(),
        today: Vec::new(),
        week: Vec::new(),
        coming: Vec::new(),
        done: Vec::new(),
        hazards: Vec::new(),
        hazards_open: 0,
        drafts: reader
            .drafts(&session.user.name)?
            .into_iter()
            .map(super::drafts::view)
            .collect(),
        exchange: super::exchange::held(reader)?,
        letters_missing: plan.wanted.saturating_sub(plan.signed),
        silent: super::overview::silent(session, reader, standard)?,
        names: BTreeMap::new(),
    })
}

pub fn obligations(session: &Session, args: ObligationsArgs) -> Result<ObligationsPage, Fault> {
    let day = |text: &str| parse_day(text).ok_or_else(|| Fault::new("date-wrong").with("value", text));
    let window = Days::new(day(&args.from)?, day(&args.until)?);
    if window.until < window.from {
        return Err(Fault::new("date-wrong").with("value", &args.until));
    }
    /// More than a few years at once is a mistake in a date.
    const MOST_DAYS: i64 = 3 * 366;
    if (window.until - window.from).num_days() > MOST_DAYS {
        return Err(Fault::new("span-too-long").with("most", MOST_DAYS));
    }
    session.store.try_read(|reader| {
        let viewer = ObligationViewer::new(session, reader)?;
        let code = args
            .institution
            .clone()
            .unwrap_or_else(|| session.meta.institution.clone());
        let owed = account::owed(session, reader, viewer.institutions(), &code, window)?;
        let wanted = |obligation: &&Obligation| {
            (args.states.is_empty() || args.states.contains(&state_view(obligation.state)))
                && args.duty.as_ref().is_none_or(|duty| *duty == obligation.duty)
        };
        Ok(ObligationsPage {
            obligations: owed
                .iter()
                .filter(wanted)
                .map(|obligation| viewer.view(obligation))
                .collect(),
            compliance: compliance(&owed, window)
                .iter()
                .map(|found| viewer.compliance(found))
                .collect(),
        })
    })
}

/// After a record was saved: the obligations it moved, and the next thing to do.
pub(crate) fn after_saving(
    session: &Session,
    record: Uuid,
) -> Result<(Vec<String>, Option<ObligationView>), Fault> {
    session.store.try_read(|reader| {
        let today = session.today();
        let viewer = ObligationViewer::new(session, reader)?;
        let until = week(today).until;
        let window = Days::new(today - Span::new(60), until);
        let owed = account::owed(
            session,
            reader,
            viewer.institutions(),
            &session.meta.institution,
            window,
        )?;
        let moved = owed
            .iter()
            .filter(|o| o.evidence.contains(&record))
            .map(|o| o.key.clone())
            .collect();
        let next = owed
            .iter()
            .filter(|o| matches!(o.state, State::Overdue | State::Due | State::DueSoon) && o.due <= until)
            .min_by_key(|o| (o.state != State::Overdue, o.due, o.key.clone()))
            .map(|o| viewer.view(o));
        Ok((moved, next))
    })
}
