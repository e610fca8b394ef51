//! Letters of responsibility (责任书).

use safety_domain::text::{Lang, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Not yet printed.
    Missing,
    /// Printed, not signed.
    Prepared,
    /// Signed.
    Signed,
    /// Ended by transfer, leaving or the end of its term.
    Ended,
}

/// Letters of one year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LetterPlanArgs {
    /// Year; none = this year.
    #[serde(default)]
    pub year: Option<i32>,
    /// Institution; none = this one.
    #[serde(default)]
    pub institution: Option<String>,
}

/// Who signs with whom.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterPlanRow {
    /// Appointment record of party B.
    pub appointment: String,
    /// Person of party B.
    pub person: String,
    /// Name of party B.
    pub name: String,
    /// Post.
    pub post: String,
    /// Title of the post.
    pub post_title: Text,
    /// Name of party A, when known.
    pub party_a: Option<String>,
    /// Post of party A.
    pub party_a_post: Option<Text>,
    /// By when it has to be signed.
    pub due: String,
    /// State.
    pub state: LetterState,
    /// Letter record.
    pub letter: Option<String>,
    /// Number.
    pub number: Option<String>,
    /// Day of signature.
    pub signed: Option<String>,
    /// Past its day.
    pub overdue: bool,
}

/// Plan and coverage of a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterPlan {
    /// Year.
    pub year: i32,
    /// Rows.
    pub rows: Vec<LetterPlanRow>,
    /// Templates of the standard for this level.
    pub templates: Vec<LetterTemplateBrief>,
    /// Signed.
    pub signed: u32,
    /// Wanted.
    pub wanted: u32,
}

/// A template.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterTemplateBrief {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
}

/// Printing letters.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LetterPrintArgs {
    /// Year.
    pub year: i32,
    /// Template.
    pub template: String,
    /// Appointment records of the people who sign.
    pub appointments: Vec<String>,
    /// Language of the letters.
    pub lang: Lang,
    /// Folder for the PDF files.
    pub dir: String,
    /// One PDF for the printer instead of one per letter.
    #[serde(default)]
    pub merged: bool,
    /// Name under which progress is told.
    #[serde(default)]
    pub job: Option<String>,
}

/// Printed letters.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LettersPrinted {
    /// Files.
    pub files: Vec<super::WrittenFile>,
    /// Letter records, in the order asked for.
    pub letters: Vec<String>,
}

/// A letter was signed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct LetterSignedArgs {
    /// Letter record.
    pub letter: String,
    /// Day of signature.
    pub date: String,
    /// Place.
    #[serde(default)]
    pub place: Option<String>,
    /// Scan, brought in before.
    #[serde(default)]
    pub scan: Option<safety_domain::record::Attachment>,
    /// Reason when it is recorded late (补录).
    #[serde(default)]
    pub late_reason: Option<String>,
}
