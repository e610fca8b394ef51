//! The standard (标准): the versioned rulebook that a superior issues. It is data; the program knows no form,
//! no frequency and no deadline by heart.

mod difference;
mod duty;
mod fault;
mod ledger;
mod load;
mod parts;
mod validate;

pub use difference::{Area, Change, ChangeKind, difference};
pub use duty::{Condition, DayKind, Duty, Every, Evidence, Frequency, FrequencyOverride, Target, Trigger};
pub use fault::Fault;
pub use ledger::{
    Choice, ChoiceList, Column, Field, FieldKind, Group, Ledger, Limits, Precision, SystemRole,
};
pub use load::{assemble, from_json};
pub use parts::{
    Calendar, CalendarYear, CheckItem, CheckSection, Deadlines, FacilityClass, FacilityGroup, Holiday,
    LetterTemplate, Post, ProgrammeItem, Retention,
};

pub use validate::{FAULT_CODES, FORMAT, validate};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::text::Text;

/// How sure a figure or rule of the standard is. Anything but law is an editable default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Read in the law or a national standard.
    Law,
    /// Practice published by a bank.
    Practice,
    /// A proposal that the bank has to confirm.
    Proposal,
}

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Basis {
    /// How sure it is.
    pub certainty: Certainty,
    /// Regulation and clause, or the kind of source.
    pub source: Text,
}

impl Basis {
    /// Whether the superior may change it: everything that is not law.
    pub fn editable(&self) -> bool {
        self.certainty != Certainty::Law
    }
}

/// One version of a standard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Standard {
    /// Shape of this document; 1.
    pub format: u32,
    /// Identifier that stays the same over versions, such as `default`.
    pub id: String,
    /// Version, such as `2026.1`.
    pub version: String,
    /// First day on which it is in force.
    #[ts(type = "string")]
    pub effective_from: NaiveDate,
    /// Title.
    pub title: Text,
    /// Who issues it.
    pub issuer: Text,
    /// Posts (岗位).
    pub posts: Vec<Post>,
    /// Duties (职责) with their frequency and evidence.
    pub duties: Vec<Duty>,
    /// Attributes that every facility records.
    pub facility_fields: Vec<Field>,
    /// Facility catalogue (设施目录).
    pub facilities: Vec<FacilityClass>,
    /// Fields that every ledger offers besides its own, such as place and remark.
    pub common_fields: Vec<Field>,
    /// Ledgers (台账), including the system ledgers that workflows need.
    pub ledgers: Vec<Ledger>,
    /// Named lists of choices.
    pub choices: Vec<ChoiceList>,
    /// Emergency drills (应急演练).
    pub drills: Vec<ProgrammeItem>,
    /// Training topics (教育培训).
    pub training: Vec<ProgrammeItem>,
    /// The inspection checklist (检查表) by section.
    pub checklist: Vec<CheckSection>,
    /// Letters of responsibility (责任书).
    pub letters: Vec<LetterTemplate>,
    /// Deadlines and grace days.
    pub deadlines: Deadlines,
    /// How long records are kept.
    pub retention: Vec<Retention>,
    /// Public holidays and working weekends (节假日与调休).
    pub calendar: Calendar,
}

impl Standard {
    /// `id@version`, as entries name it.
    pub fn reference(&self) -> String {
        format!("{}@{}", self.id, self.version)
    }

    /// The ledger with this identifier.
    pub fn ledger(&self, id: &str) -> Option<&Ledger> {
        self.ledgers.iter().find(|l| l.id == id)
    }

    /// The ledger that plays a system role, such as people or appointments.
    pub fn system_ledger(&self, role: SystemRole) -> Option<&Ledger> {
        self.ledgers.iter().find(|l| l.role == Some(role))
    }

    /// The post with this identifier.
    pub fn post(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|p| p.id == id)
    }

    /// The duty with this identifier.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|d| d.id == id)
    }

    /// The facility class with this identifier.
    pub fn facility(&self, id: &str) -> Option<&FacilityClass> {
        self.facilities.iter().find(|f| f.id == id)
    }

    /// The list of choices with this identifier.
    pub fn choice_list(&self, id: &str) -> Option<&ChoiceList> {
        self.choices.iter().find(|c| c.id == id)
    }

    /// All fields of a ledger for the given values: its own, then the common ones, and in a facility ledger the
    /// shared facility attributes and those of the class chosen in the field `class`.
    pub fn fields<'a>(&'a self, ledger: &'a Ledger, class: Option<&str>) -> Vec<&'a Field> {
        let mut fields: Vec<&Field> = ledger.fields.iter().collect();
        if ledger.facility_group.is_some() {
            fields.extend(self.facility_fields.iter());
            if let Some(class) = class.and_then(|id| self.facility(id)) {
                fields.extend(class.fields.iter());
            }
        }
        if ledger.with_common_fields {
            fields.extend(self.common_fields.iter());
        }
        fields
    }
}
