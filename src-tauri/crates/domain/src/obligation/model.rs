//! What obligations are computed from, and what they are.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;
use uuid::Uuid;

use crate::appointment::{Appointment, Days};
use crate::calendar::WorkCalendar;
use crate::institution::Level;
use crate::period::Period;
use crate::standard::{Standard, Trigger};
use crate::text::Text;

/// The versions of the standard by the day from which they are in force.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    versions: Vec<(Arc<Standard>, WorkCalendar)>,
}

impl Timeline {
    /// A timeline of these versions, in any order. Of two that begin on the same day the later version counts.
    pub fn new(standards: impl IntoIterator<Item = Arc<Standard>>) -> Self {
        let mut versions: Vec<Arc<Standard>> = standards.into_iter().collect();
        versions.sort_by(|a, b| (a.effective_from, &a.version).cmp(&(b.effective_from, &b.version)));
        versions.dedup_by(|later, kept| {
            let same = later.effective_from == kept.effective_from;
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        let versions = versions
            .into_iter()
            .map(|s| (Arc::clone(&s), WorkCalendar::of(&s)))
            .collect();
        Self { versions }
    }

    /// The version in force on a day; none before the first.
    pub fn on(&self, day: NaiveDate) -> Option<&Arc<Standard>> {
        self.entry(day).map(|(standard, _)| standard)
    }

    /// The calendar in force on a day; none before the first version.
    pub fn calendar(&self, day: NaiveDate) -> Option<&WorkCalendar> {
        self.entry(day).map(|(_, calendar)| calendar)
    }

    /// The calendar of the first version, for days before it.
    pub fn first_calendar(&self) -> Option<&WorkCalendar> {
        self.versions.first().map(|(_, calendar)| calendar)
    }

    /// All versions, oldest first.
    pub fn versions(&self) -> impl Iterator<Item = &Arc<Standard>> {
        self.versions.iter().map(|(standard, _)| standard)
    }

    /// Versions with their calendar and the last day on which they are in force.
    pub(super) fn reigns(&self) -> impl Iterator<Item = (&Arc<Standard>, &WorkCalendar, NaiveDate)> {
        self.versions.iter().enumerate().map(|(i, (standard, calendar))| {
            let next = self
                .versions
                .get(i + 1)
                .and_then(|(s, _)| s.effective_from.pred_opt());
            (standard, calendar, next.unwrap_or(NaiveDate::MAX))
        })
    }

    fn entry(&self, day: NaiveDate) -> Option<&(Arc<Standard>, WorkCalendar)> {
        let after = self.versions.partition_point(|(s, _)| s.effective_from <= day);
        self.versions.get(after.checked_sub(1)?)
    }
}

/// The institution whose obligations are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Its code.
    pub institution: String,
    /// Its level.
    pub level: Level,
    /// First day on which it works; none if it always did.
    pub opened: Option<NaiveDate>,
    /// Last day on which it works; none while it does.
    pub closed: Option<NaiveDate>,
    /// Fields of its profile record, on which frequencies may depend.
    pub profile: Map<String, Value>,
    /// Outlets below it, for duties that look at each of them.
    pub outlets: Vec<OutletBelow>,
    /// Who held which post when, here and, as far as known, at the superiors.
    pub appointments: Vec<Appointment>,
    /// Codes of the institutions above, the next one first. Posts that this level does not have are held there.
    pub superiors: Vec<String>,
    /// Events other than appointments from which days are counted.
    pub events: Vec<Event>,
}

/// An outlet below the institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutletBelow {
    /// Its code.
    pub code: String,
    /// First day on which it works; none if it always did.
    pub opened: Option<NaiveDate>,
    /// Last day on which it works.
    pub closed: Option<NaiveDate>,
}

/// Something that happened and asks for an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Kind; [`Trigger::Appointment`] is taken from the appointments and not from here.
    pub trigger: Trigger,
    /// When.
    pub on: NaiveDate,
    /// Identifier that stays the same, such as the record's UUID.
    pub id: String,
    /// Only for this duty; none for every duty with this trigger.
    pub duty: Option<String>,
}

/// A current record, seen as proof of an act.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The record.
    pub record: Uuid,
    /// Its ledger.
    pub ledger: String,
    /// Code of the institution it belongs to.
    pub institution: String,
    /// Day of the act, local time (+08:00).
    pub occurred: NaiveDate,
    /// Day of the first entry, local time (+08:00).
    pub recorded: NaiveDate,
    /// Whether it was entered late (补录).
    pub late: bool,
    /// Values by field, for conditions and targets; only the fields that duties name are needed.
    pub fields: Map<String, Value>,
}

/// A duty declared not applicable (不适用) for a period, with reason and approver kept in its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The record.
    pub record: Uuid,
    /// Code of the institution.
    pub institution: String,
    /// Identifier of the duty.
    pub duty: String,
    /// Key of the period ([`Obligation::period`]); with none, every period whose last day lies in `days`.
    pub period: Option<String>,
    /// Days, used where no period is named.
    pub days: Option<Days>,
    /// Only for this target.
    pub target: Option<String>,
}

/// Days in which an obligation is to be met and where they come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Span {
    /// A calendar period.
    Calendar {
        /// The period.
        period: Period,
    },
    /// The days before a statutory holiday.
    BeforeHoliday {
        /// Name of the holiday.
        holiday: Text,
        /// Its first day.
        #[ts(type = "string")]
        first: NaiveDate,
    },
    /// Days counted from an event.
    After {
        /// The event.
        trigger: Trigger,
        /// Its day.
        #[ts(type = "string")]
        on: NaiveDate,
        /// Post to which somebody was appointed.
        post: Option<String>,
    },
}

/// For whom or what an obligation is to be met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "id", rename_all = "snake_case")]
pub enum TargetOf {
    /// An outlet below, by code.
    Outlet(String),
    /// A person, by UUID.
    Person(String),
}

impl TargetOf {
    /// The identifier.
    pub fn id(&self) -> &str {
        match self {
            TargetOf::Outlet(id) | TargetOf::Person(id) => id,
        }
    }
}

/// How an obligation stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its period has not begun.
    Upcoming,
    /// Its period runs.
    Due,
    /// Its period runs and ends within the duty's lead days.
    DueSoon,
    /// Its last day has passed; an entry still counts. Of an obligation counted from an event: until it is met.
    Overdue,
    /// Met, and entered in time.
    Done,
    /// Met, but entered after the grace days or as a late entry (补录), or the act itself came after the last day.
    DoneLate,
    /// The period and its grace days have passed without it.
    Missed,
    /// Declared not applicable (不适用).
    NotApplicable,
}

/// What a duty demands in one period, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Obligation {
    /// Stable key: `duty:institution:period[:target]`.
    pub key: String,
    /// Identifier of the duty.
    pub duty: String,
    /// Code of the institution.
    pub institution: String,
    /// Key of the period: a calendar period's key, `before-2026-10-01`, or `after-2026-03-02-P09`.
    pub period: String,
    /// Where the days come from.
    pub span: Span,
    /// For whom or what; none when it is met once for the institution.
    pub target: Option<TargetOf>,
    /// Standard by which it is judged, `id@version`.
    pub standard: String,
    /// Ledger whose record meets it.
    pub ledger: String,
    /// First day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Day from which it is shown as due soon.
    #[ts(type = "string")]
    pub lead_from: NaiveDate,
    /// Last day.
    #[ts(type = "string")]
    pub due: NaiveDate,
    /// Last day on which an entry of an act in time still counts as in time.
    #[ts(type = "string")]
    pub grace_until: NaiveDate,
    /// Acts needed.
    pub needed: u32,
    /// Acts proved, at most `needed`.
    pub done: u32,
    /// Records that prove them, in the order of the acts.
    #[ts(type = "string[]")]
    pub evidence: Vec<Uuid>,
    /// Day of the last act that counts.
    #[ts(type = "string | null")]
    pub last_act: Option<NaiveDate>,
    /// Posts that answer for it.
    pub posts: Vec<String>,
    /// Persons who hold them: on its last day if that has passed, else today or on its first day.
    pub holders: Vec<String>,
    /// Nobody holds any of the posts. Not said of posts above whose appointments are not known here.
    pub vacant: bool,
    /// How it stands.
    pub state: State,
}
