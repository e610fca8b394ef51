//! Which obligations there are, before anything is proved: duty × frequency × calendar × target.
//!
//! The periods of a duty tile time. Each begins where the one before ended and is judged by the version of the
//! standard in force on its first day; a new version, a new outlet and a new duty therefore all begin the same way,
//! with a first period that counts when enough of it lies ahead.

use chrono::NaiveDate;

use super::model::{Event, Span, Subject, TargetOf, Timeline};
use crate::appointment::{Appointment, Days};
use crate::calendar::WorkCalendar;
use crate::condition;
use crate::period::Period;
use crate::standard::{DayKind, Duty, Every, Frequency, Standard, Target, Trigger};

/// An obligation to be met, not yet looked for in the records.
#[derive(Debug, Clone)]
pub(super) struct Slot<'a> {
    pub standard: &'a Standard,
    pub duty: &'a Duty,
    pub span: Span,
    pub period: String,
    pub target: Option<TargetOf>,
    pub from: NaiveDate,
    pub due: NaiveDate,
    pub needed: u32,
    /// Counted from an event: owed until it is met, at the latest until this day.
    pub owed_until: Option<NaiveDate>,
}

/// The three kinds of slots of one duty, each in order of time.
#[derive(Debug, Default)]
pub(super) struct Slots<'a> {
    pub after: Vec<Slot<'a>>,
    pub before_holidays: Vec<Slot<'a>>,
    pub calendar: Vec<Slot<'a>>,
}

/// What a version demands of the institution, if it knows the duty at all.
struct Demand<'a> {
    standard: &'a Standard,
    calendar: &'a WorkCalendar,
    duty: &'a Duty,
    frequency: &'a Frequency,
    /// First and last day of the version's reign.
    reign: Days,
}

/// All slots of a duty that can touch the window, and their neighbours.
pub(super) fn slots<'a>(timeline: &'a Timeline, subject: &'a Subject, duty: &str, window: Days) -> Slots<'a> {
    let mut slots = Slots::default();
    let demands = demands(timeline, subject, duty);
    // Where versions differ in length of period, a long one must still see its short neighbours.
    let reach = wider(
        window,
        demands
            .iter()
            .filter_map(|d| periodic(d.frequency))
            .map(margin)
            .max(),
    );
    for demand in &demands {
        match demand.frequency {
            Frequency::Periodic { before_holidays, .. } => {
                if *before_holidays {
                    holidays(&mut slots.before_holidays, demand, subject, window);
                }
            }
            Frequency::Within {
                days,
                day_kind,
                trigger,
                and_every,
            } => {
                events(
                    &mut slots.after,
                    demand,
                    subject,
                    *trigger,
                    Some((*days, *day_kind)),
                    *and_every,
                );
            }
            Frequency::OnEvent { trigger } => events(&mut slots.after, demand, subject, *trigger, None, None),
        }
    }
    // Days before it belong to a period of an earlier version or to a time without the duty.
    let mut cursor = subject.opened.unwrap_or(NaiveDate::MIN);
    for demand in &demands {
        cursor = cursor.max(demand.reign.from);
        let Some(every) = periodic(demand.frequency).filter(|_| cursor <= demand.reign.until) else {
            continue;
        };
        let days = Days::new(cursor.max(reach.from), demand.reign.until.min(reach.until));
        tile(
            &mut slots.calendar,
            demand,
            subject,
            every,
            cursor,
            days,
            &slots.after,
        );
        cursor = Period::containing(every, demand.reign.until)
            .last
            .succ_opt()
            .unwrap_or(NaiveDate::MAX);
    }
    slots
}

/// The period in which a frequency recurs.
fn periodic(frequency: &Frequency) -> Option<Every> {
    match frequency {
        Frequency::Periodic { every, .. } => Some(*every),
        Frequency::Within { and_every, .. } => *and_every,
        Frequency::OnEvent { .. } => None,
    }
}

fn demands<'a>(timeline: &'a Timeline, subject: &'a Subject, id: &str) -> Vec<Demand<'a>> {
    timeline
        .reigns()
        .filter_map(|(standard, calendar, last)| {
            let duty = standard.duty(id).filter(|d| d.levels.contains(&subject.level))?;
            let frequency = duty
                .overrides
                .iter()
                .find(|o| condition::holds(&o.when, &subject.profile))
                .map_or(&duty.frequency, |o| &o.frequency);
            let reign = Days::new(standard.effective_from, last);
            Some(Demand {
                standard,
                calendar,
                duty,
                frequency,
                reign,
            })
        })
        .collect()
}

/// How far beyond the window periods are looked at, so that each in it has its neighbours.
fn margin(every: Every) -> u64 {
    match every {
        Every::Day | Every::BusinessDay | Every::Week => 16,
        Every::HalfMonth => 33,
        Every::Month => 63,
        Every::Quarter => 186,
        Every::HalfYear => 370,
        Every::Year => 740,
    }
}

fn wider(window: Days, days: Option<u64>) -> Days {
    let by = chrono::Days::new(days.unwrap_or_default());
    Days::new(
        window.from.checked_sub_days(by).unwrap_or(NaiveDate::MIN),
        window.until.checked_add_days(by).unwrap_or(NaiveDate::MAX),
    )
}

/// Lays the periods with a day in `days`, all within a version's reign; none reaches back before `cursor`.
fn tile<'a>(
    into: &mut Vec<Slot<'a>>,
    demand: &Demand<'a>,
    subject: &'a Subject,
    every: Every,
    cursor: NaiveDate,
    days: Days,
    after: &[Slot<'a>],
) {
    if days.from > days.until {
        return;
    }
    let times = match demand.frequency {
        Frequency::Periodic { times, .. } => (*times).max(1),
        Frequency::Within { .. } | Frequency::OnEvent { .. } => 1,
    };
    for period in crate::period::periods(every, days.from, days.until) {
        if every == Every::BusinessDay && !demand.calendar.is_business_day(period.first) {
            continue;
        }
        for (target, since, closed) in targets(demand, subject, period) {
            let from = period.first.max(cursor).max(since);
            if closed.is_some_and(|closed| period.last < from || closed < period.last)
                || !enough(period, from, demand.standard.deadlines.first_period_percent)
            {
                continue;
            }
            // Who was appointed in the period meets the duty by what the appointment asks for.
            let met_by_event = target.is_some()
                && after
                    .iter()
                    .any(|slot| slot.target == target && period.contains(slot.from));
            if met_by_event {
                continue;
            }
            into.push(Slot {
                standard: demand.standard,
                duty: demand.duty,
                span: Span::Calendar { period },
                period: period.key(),
                target,
                from,
                due: period.last,
                needed: times,
                owed_until: None,
            });
        }
    }
}

/// Whether enough of a period lies ahead on its first counted day.
fn enough(period: Period, from: NaiveDate, percent: u32) -> bool {
    if from <= period.first {
        return true;
    }
    let ahead = (period.last - from).num_days() + 1;
    ahead > 0 && ahead * 100 >= i64::from(percent) * period.days()
}

/// Targets of a duty in a period: each with the day since which it counts and, if it has closed, until when.
fn targets(
    demand: &Demand<'_>,
    subject: &Subject,
    period: Period,
) -> Vec<(Option<TargetOf>, NaiveDate, Option<NaiveDate>)> {
    let closed = subject.closed;
    match demand.duty.evidence.target {
        None => vec![(None, NaiveDate::MIN, closed)],
        Some(Target::EachOutlet) => subject
            .outlets
            .iter()
            .map(|o| {
                let until = match (closed, o.closed) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
                (
                    Some(TargetOf::Outlet(o.code.clone())),
                    o.opened.unwrap_or(NaiveDate::MIN),
                    until,
                )
            })
            .collect(),
        Some(Target::EachPerson) => {
            let mut people: std::collections::BTreeMap<&str, (NaiveDate, bool)> = Default::default();
            for a in own(subject).filter(|a| a.until.is_none_or(|until| until >= period.first)) {
                let person = people.entry(&a.person).or_insert((a.from, false));
                person.0 = person.0.min(a.from);
                person.1 |= a.covers(period.last);
            }
            people
                .into_iter()
                .filter(|(_, (_, there))| *there)
                .map(|(id, (since, _))| (Some(TargetOf::Person(id.to_owned())), since, closed))
                .collect()
        }
    }
}

/// Appointments at the institution itself.
fn own(subject: &Subject) -> impl Iterator<Item = &Appointment> {
    subject
        .appointments
        .iter()
        .filter(|a| a.institution == subject.institution)
}

/// The days before each statutory holiday that begin in a version's reign.
fn holidays<'a>(into: &mut Vec<Slot<'a>>, demand: &Demand<'a>, subject: &'a Subject, window: Days) {
    let reach = wider(window, Some(margin(Every::Year)));
    for holiday in demand.calendar.holidays(reach.from, reach.until) {
        let Some((first, last)) = demand
            .calendar
            .days_before(holiday, demand.standard.deadlines.before_holiday_days)
        else {
            continue;
        };
        if !demand.reign.contains(first) {
            continue;
        }
        // A stretch of a few days has no first part worth judging: who opens within it still has its last day.
        let period = Period {
            first,
            last,
            every: Every::Day,
        };
        for (target, since, closed) in targets(demand, subject, period) {
            let from = first.max(since).max(subject.opened.unwrap_or(first));
            if from > last || closed.is_some_and(|closed| closed < last) {
                continue;
            }
            into.push(Slot {
                standard: demand.standard,
                duty: demand.duty,
                span: Span::BeforeHoliday {
                    holiday: holiday.name.clone(),
                    first: holiday.from,
                },
                period: format!("before-{}", holiday.from),
                target,
                from,
                due: last,
                needed: 1,
                owed_until: None,
            });
        }
    }
}

/// One slot per event that falls into a version's reign. `counted` gives the days allowed; without, the event's day.
fn events<'a>(
    into: &mut Vec<Slot<'a>>,
    demand: &Demand<'a>,
    subject: &'a Subject,
    trigger: Trigger,
    counted: Option<(u32, DayKind)>,
    and_every: Option<Every>,
) {
    let due_after = |on: NaiveDate| match counted {
        None => on,
        Some((days, DayKind::Working)) => demand.calendar.add_working_days(on, days),
        Some((days, DayKind::Calendar)) => on
            .checked_add_days(chrono::Days::new(u64::from(days)))
            .unwrap_or(on),
    };
    let mut push = |on: NaiveDate,
                    id: &str,
                    post: Option<String>,
                    target: Option<TargetOf>,
                    until: Option<NaiveDate>| {
        let opened = subject.opened.is_none_or(|opened| opened <= on);
        let due = due_after(on);
        let until = match (until, subject.closed) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if !demand.reign.contains(on) || !opened || until.is_some_and(|until| until < due) {
            return;
        }
        // What comes in the next period belongs to that period's own obligation.
        let period_end = and_every.map_or(NaiveDate::MAX, |every| {
            Period::containing(every, on).last.max(due)
        });
        into.push(Slot {
            standard: demand.standard,
            duty: demand.duty,
            span: Span::After { trigger, on, post },
            period: format!("after-{on}-{id}"),
            target,
            from: on,
            due,
            needed: 1,
            owed_until: Some(until.unwrap_or(NaiveDate::MAX).min(period_end)),
        });
    };
    if trigger == Trigger::Appointment {
        let everyone = demand.duty.evidence.target == Some(Target::EachPerson);
        for a in own(subject).filter(|a| everyone || demand.duty.posts.contains(&a.post)) {
            let target = Some(TargetOf::Person(a.person.clone()));
            push(a.from, &a.post, Some(a.post.clone()), target, a.until);
        }
    } else {
        let wanted =
            |e: &&Event| e.trigger == trigger && e.duty.as_deref().is_none_or(|d| d == demand.duty.id);
        for event in subject.events.iter().filter(wanted) {
            push(event.on, &event.id, None, None, None);
        }
    }
    into.sort_by(|a, b| (a.from, &a.period, &a.target).cmp(&(b.from, &b.period, &b.target)));
    into.dedup_by(|a, b| a.period == b.period && a.target == b.target);
}
