//! Numbers over obligations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Obligation, State};
use crate::appointment::Days;

/// How many obligations are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Counts {
    /// [`State::Upcoming`]
    pub upcoming: u32,
    /// [`State::Due`]
    pub due: u32,
    /// [`State::DueSoon`]
    pub due_soon: u32,
    /// [`State::Overdue`]
    pub overdue: u32,
    /// [`State::Done`]
    pub done: u32,
    /// [`State::DoneLate`]
    pub done_late: u32,
    /// [`State::Missed`]
    pub missed: u32,
    /// [`State::NotApplicable`]
    pub not_applicable: u32,
}

/// Counts by state.
pub fn counts<'a>(obligations: impl IntoIterator<Item = &'a Obligation>) -> Counts {
    let mut counts = Counts::default();
    for obligation in obligations {
        let slot = match obligation.state {
            State::Upcoming => &mut counts.upcoming,
            State::Due => &mut counts.due,
            State::DueSoon => &mut counts.due_soon,
            State::Overdue => &mut counts.overdue,
            State::Done => &mut counts.done,
            State::DoneLate => &mut counts.done_late,
            State::Missed => &mut counts.missed,
            State::NotApplicable => &mut counts.not_applicable,
        };
        *slot = slot.saturating_add(1);
    }
    counts
}

/// How a duty was kept over a range.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Compliance {
    /// Identifier of the duty.
    pub duty: String,
    /// Obligations to be met (应办): those whose last day has passed, and those already met; not the not applicable.
    pub due: u32,
    /// Met in time.
    pub in_time: u32,
    /// Met late.
    pub late: u32,
    /// Past their last day, not met, an entry still counts.
    pub overdue: u32,
    /// Missed.
    pub missed: u32,
    /// Declared not applicable.
    pub not_applicable: u32,
}

/// Compliance per duty, ordered by duty, over the obligations whose last day lies in `range`.
pub fn compliance<'a>(obligations: impl IntoIterator<Item = &'a Obligation>, range: Days) -> Vec<Compliance> {
    let mut by_duty: BTreeMap<&str, Compliance> = BTreeMap::new();
    for obligation in obligations {
        if !range.contains(obligation.due) {
            continue;
        }
        let entry = by_duty.entry(&obligation.duty).or_insert_with(|| Compliance {
            duty: obligation.duty.clone(),
            ..Compliance::default()
        });
        let slot = match obligation.state {
            State::Upcoming | State::Due | State::DueSoon => continue,
            State::NotApplicable => {
                entry.not_applicable = entry.not_applicable.saturating_add(1);
                continue;
            }
            State::Overdue => &mut entry.overdue,
            State::Done => &mut entry.in_time,
            State::DoneLate => &mut entry.late,
            State::Missed => &mut entry.missed,
        };
        *slot = slot.saturating_add(1);
        entry.due = entry.due.saturating_add(1);
    }
    by_duty.into_values().collect()
}
