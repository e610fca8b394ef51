//! The superior's view of the outlets below it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ComplianceView, InstitutionBrief, ObligationView};

/// All institutions below.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Overview {
    /// Day it was looked at.
    pub date: String,
    /// First day of the span that compliance counts.
    pub from: String,
    /// One row an institution, gaps first.
    pub outlets: Vec<OutletRow>,
    /// By duty over all.
    pub compliance: Vec<ComplianceView>,
}

/// Arguments of the overview.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct OverviewArgs {
    /// First day of the span; none = first of January.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; none = today.
    #[serde(default)]
    pub until: Option<String>,
}

/// One institution below.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutletRow {
    /// The institution.
    pub institution: InstitutionBrief,
    /// Entries held.
    pub held: u64,
    /// Last bundle, RFC 3339.
    pub last_bundle: Option<String>,
    /// No news for longer than the standard allows.
    pub silent: bool,
    /// A gap in what was received.
    pub missing: bool,
    /// Obligations whose time has come.
    pub due: u32,
    /// Done in time.
    pub done: u32,
    /// Done late.
    pub late: u32,
    /// Overdue or missed.
    pub missing_duties: u32,
    /// Overdue now.
    pub overdue: u32,
    /// Open hazards.
    pub hazards_open: u64,
    /// Of these past their deadline.
    pub hazards_overdue: u64,
    /// Letters signed this year.
    pub letters_signed: u32,
    /// Letters wanted this year.
    pub letters_wanted: u32,
    /// By duty, for a table of outlets and duties.
    pub duties: Vec<OutletDuty>,
}

/// How one duty stands at one institution over the span.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutletDuty {
    /// Duty.
    pub duty: String,
    /// Obligations whose time has come.
    pub due: u32,
    /// Done in time.
    pub done: u32,
    /// Done or entered late.
    pub late: u32,
    /// Overdue or missed.
    pub missing: u32,
}

/// One institution below in detail.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutletDetail {
    /// As in the overview.
    pub row: OutletRow,
    /// By duty.
    pub compliance: Vec<ComplianceView>,
    /// Overdue.
    pub overdue: Vec<ObligationView>,
    /// Records by ledger.
    pub ledgers: Vec<super::LedgerBrief>,
}

/// One institution below.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub struct OutletArgs {
    /// Code.
    pub institution: String,
    /// First day of the span; none = first of January.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day; none = today.
    #[serde(default)]
    pub until: Option<String>,
}
