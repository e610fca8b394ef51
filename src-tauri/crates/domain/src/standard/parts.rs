//! The smaller parts of a standard: posts, facilities, checklists, letters, deadlines, calendar.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Basis, Field};
use crate::institution::Level;
use crate::text::Text;

/// A post (岗位) with its duties in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Post {
    /// Identifier, such as `P09`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// The duty in one line.
    pub summary: Text,
    /// Duties of the post in words, as they stand in a letter of responsibility.
    pub duties: Vec<Text>,
    /// Default scope of responsibility.
    pub scope: Text,
    /// Levels of institution that have this post.
    pub levels: Vec<Level>,
    /// A leading post (领导岗位), whose normalised duties are tabled.
    pub leading: bool,
    /// How many people hold it at once at most; none = any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holders: Option<u32>,
    /// Post whose holder signs the letter with the holder of this one: at the same institution first, else one level
    /// up. A post that names itself (superior president) answers to its holder one level up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers_to: Option<String>,
    /// Source.
    pub basis: Basis,
}

/// Kind of protection a facility belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FacilityGroup {
    /// Human defence (人防).
    People,
    /// Physical defence (物防).
    Physical,
    /// Technical defence (技防).
    Technical,
    /// Fire protection (消防).
    Fire,
}

/// A class of facilities in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FacilityClass {
    /// Identifier, such as `J07`.
    pub id: String,
    /// Group.
    pub group: FacilityGroup,
    /// Title.
    pub title: Text,
    /// Attributes of this class besides the shared ones.
    pub fields: Vec<Field>,
    /// Source.
    pub basis: Basis,
}

/// A drill plan or a training topic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProgrammeItem {
    /// Identifier, such as `E03`.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What it consists of.
    pub content: Text,
    /// Source.
    pub basis: Basis,
}

/// A section of the inspection checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckSection {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Items.
    pub items: Vec<CheckItem>,
}

/// One item of the checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckItem {
    /// Identifier, such as `C31`.
    pub id: String,
    /// What must be true.
    pub text: Text,
    /// Facility classes it looks at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facilities: Vec<String>,
    /// Source.
    pub basis: Basis,
}

/// Template of a letter of responsibility (责任书).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LetterTemplate {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Levels of the institution at which it is signed.
    pub levels: Vec<Level>,
    /// Basis on which it is signed.
    pub grounds: Vec<Text>,
    /// Targets, such as no cases and no fires.
    pub targets: Vec<Text>,
    /// Rights and obligations of both parties.
    pub rights: Vec<Text>,
    /// Assessment.
    pub assessment: Vec<Text>,
    /// Reward.
    pub reward: Vec<Text>,
    /// Punishment and accountability.
    pub punishment: Vec<Text>,
    /// Change, such as a transfer.
    pub change: Vec<Text>,
    /// Miscellaneous. `{copies}` stands for the number of copies.
    pub miscellaneous: Vec<Text>,
    /// Number of copies.
    pub copies: u32,
    /// Source.
    pub basis: Basis,
}

/// Deadlines and tolerances.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Deadlines {
    /// An entry made more than so many days after its act is late (补录).
    pub late_after_days: u32,
    /// Working days within which a letter is due after an appointment.
    pub letter_working_days: u32,
    /// Days for eliminating a hazard by grade identifier (choices of the hazard ledger's field `grade`).
    pub hazard_days: std::collections::BTreeMap<String, u32>,
    /// Days without news after which an outlet counts as silent.
    pub silent_after_days: u32,
    /// Days before an expiry date from which it is shown.
    pub expiry_lead_days: u32,
    /// Days before a statutory holiday in which the tests that precede it are done.
    pub before_holiday_days: u32,
    /// A new outlet's first period counts when at least this percentage of it lies ahead; otherwise the next one does.
    pub first_period_percent: u32,
    /// Source.
    pub basis: Basis,
}

/// How long records of some ledgers are kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Retention {
    /// Ledgers.
    pub ledgers: Vec<String>,
    /// Years; none = for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u32>,
    /// Source.
    pub basis: Basis,
}

/// Public holidays and working weekends by year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Calendar {
    /// Years that are laid down; others know weekends only.
    pub years: Vec<CalendarYear>,
    /// Source.
    pub basis: Basis,
}

/// The days of one year that differ from the ordinary week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Statutory holidays.
    pub holidays: Vec<Holiday>,
    /// Saturdays and Sundays that are worked (调休).
    #[ts(type = "string[]")]
    pub working_weekends: Vec<NaiveDate>,
    /// Laid down by the State Council's notice; a year that is not is a draft for the bank to correct.
    pub confirmed: bool,
}

/// A statutory holiday.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Holiday {
    /// Name.
    pub name: Text,
    /// First day off.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Last day off.
    #[ts(type = "string")]
    pub until: NaiveDate,
}
