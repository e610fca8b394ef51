//! Today and obligations.

use safety_domain::text::Text;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// State of an obligation (应办事项) on the day it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ObligationStateView {
    /// Its period has not begun.
    Upcoming,
    /// Its period runs.
    Due,
    /// Its last days run.
    DueSoon,
    /// Past its last day and not done.
    Overdue,
    /// Done in time.
    Done,
    /// Done or entered late (补录).
    DoneLate,
    /// Its period ended for good without it.
    Missed,
    /// Declared not applicable, with reason and approver.
    NotApplicable,
}

/// One obligation.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ObligationView {
    /// Stable key.
    pub key: String,
    /// Duty.
    pub duty: String,
    /// Title of the duty.
    pub title: Text,
    /// Frequency in words.
    pub frequency: Text,
    /// Institution code.
    pub institution: String,
    /// Target (outlet code or person) with its name.
    pub target: Option<String>,
    /// Name of the target.
    pub target_name: Option<String>,
    /// Key of the period, such as `2026-11`.
    pub period: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub due: String,
    /// Last day on which an entry still counts as in time.
    pub grace_until: String,
    /// Times wanted.
    pub needed: u32,
    /// Times done.
    pub done: u32,
    /// Records that prove it.
    pub evidence: Vec<String>,
    /// State.
    pub state: ObligationStateView,
    /// Names of those who hold the duty's posts.
    pub holders: Vec<String>,
    /// Posts that answer for it.
    pub posts: Vec<String>,
    /// Nobody holds any of its posts.
    pub vacant: bool,
    /// Ledger whose form meets it.
    pub ledger: String,
    /// Field values that its form starts with (what kind of act it is, never dates or verdicts).
    #[ts(type = "{ [field: string]: unknown }")]
    pub prefill: serde_json::Map<String, serde_json::Value>,
}

/// The page of the day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TodayPage {
    /// The day.
    pub date: String,
    /// Name of a public holiday, or none.
    pub holiday: Option<Text>,
    /// Whether it is a business day.
    pub business_day: bool,
    /// Officers on duty (安全员) by appointment.
    pub officers: Vec<String>,
    /// Past their last day and not done.
    pub overdue: Vec<ObligationView>,
    /// Due today.
    pub today: Vec<ObligationView>,
    /// Due later this week.
    pub week: Vec<ObligationView>,
    /// Due later, shown because their lead days have begun.
    pub coming: Vec<ObligationView>,
    /// Done within this week.
    pub done: Vec<ObligationView>,
    /// Open hazards by deadline.
    pub hazards: Vec<super::RecordRow>,
    /// Open hazards in all.
    pub hazards_open: u64,
    /// Drafts waiting.
    pub drafts: Vec<super::DraftView>,
    /// Exchange with the superior.
    pub exchange: super::HeldState,
    /// Letters not yet signed this year.
    pub letters_missing: u32,
    /// Outlets below without news for longer than the standard allows.
    pub silent: Vec<super::InstitutionBrief>,
    /// Names of people the page refers to.
    pub names: std::collections::BTreeMap<String, String>,
}

/// Obligations of a span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct ObligationsArgs {
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Institution; none = this one.
    #[serde(default)]
    pub institution: Option<String>,
    /// Only these states; empty = all.
    #[serde(default)]
    pub states: Vec<ObligationStateView>,
    /// Only this duty.
    #[serde(default)]
    pub duty: Option<String>,
}

/// Obligations with counts by state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ObligationsPage {
    /// The obligations by last day.
    pub obligations: Vec<ObligationView>,
    /// Compliance by duty.
    pub compliance: Vec<ComplianceView>,
}

/// How one duty stands over a span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ComplianceView {
    /// Duty.
    pub duty: String,
    /// Title.
    pub title: Text,
    /// Obligations whose time has come.
    pub due: u32,
    /// Done in time.
    pub done: u32,
    /// Done or entered late.
    pub late: u32,
    /// Overdue or missed.
    pub missing: u32,
    /// Not applicable.
    pub not_applicable: u32,
}
