//! Duties: what a post has to do how often, and what proves it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Basis;
use crate::institution::Level;
use crate::text::Text;

/// A duty (职责) of one or more posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Duty {
    /// Identifier, such as `D17`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Clause for letters of responsibility, in the form "is to …".
    pub clause: Text,
    /// Posts that answer for it; any holder of any of them may do it.
    pub posts: Vec<String>,
    /// Levels of institution at which it arises.
    pub levels: Vec<Level>,
    /// How often.
    pub frequency: Frequency,
    /// Other frequencies where the outlet's profile says so; the first that applies counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<FrequencyOverride>,
    /// What proves it.
    pub evidence: Evidence,
    /// Days before the end of a period from which it is shown as due soon.
    pub lead_days: u32,
    /// Days after the period's end within which an entry still counts as on time.
    pub grace_days: u32,
    /// Source.
    pub basis: Basis,
}

/// Length of a calendar period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every calendar day.
    Day,
    /// Every business day (营业日/工作日) of the standard's calendar.
    BusinessDay,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// 1st to 15th, 16th to the end.
    HalfMonth,
    /// Calendar month.
    Month,
    /// Calendar quarter.
    Quarter,
    /// January to June, July to December.
    HalfYear,
    /// Calendar year.
    Year,
}

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Every day.
    Calendar,
    /// Working days of the standard's calendar.
    Working,
}

/// An event from which days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A person is appointed to one of the duty's posts.
    Appointment,
    /// The officer on duty changes.
    Rotation,
    /// A record of the evidence's ledger is opened (for instance a hazard).
    Record,
}

/// How often a duty is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Frequency {
    /// So many times in every period.
    Periodic {
        /// The period.
        every: Every,
        /// Times per period, at least 1.
        times: u32,
        /// Besides, once in the days before each statutory holiday.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        before_holidays: bool,
    },
    /// Within so many days of an event.
    Within {
        /// Days allowed.
        days: u32,
        /// How they are counted.
        day_kind: DayKind,
        /// The event.
        trigger: Trigger,
        /// Besides, once in every such period.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        and_every: Option<Every>,
    },
    /// Whenever the event happens; no period of its own.
    OnEvent {
        /// The event.
        trigger: Trigger,
    },
}

/// A frequency that replaces the general one when the institution's profile has an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FrequencyOverride {
    /// The attribute of the profile ledger.
    pub when: Condition,
    /// The frequency then.
    pub frequency: Frequency,
}

/// A field has one of the named values; a field of several choices has at least one of them among its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Condition {
    /// Field identifier.
    pub field: String,
    /// Values, any of which will do.
    pub is: Vec<String>,
}

/// For which targets a duty is to be done, each on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Once for every outlet below the institution.
    EachOutlet,
    /// Once for every person appointed in the institution.
    EachPerson,
}

/// What proves that a duty was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// Ledger whose records prove it.
    pub ledger: String,
    /// What such a record must say; all conditions hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// Targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Field (institution, person or people) that names the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_field: Option<String>,
}
