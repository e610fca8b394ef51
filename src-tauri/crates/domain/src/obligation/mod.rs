//! Obligations (应办事项): what the standard demands of an institution, period by period, and what the records prove.
//!
//! Computed, never stored: standard × institution × calendar × records. "Overdue" is therefore never older than the
//! records it is computed from.

mod model;
mod proof;
mod slots;
mod summary;

pub use model::{
    Event, Evidence, Exemption, Obligation, OutletBelow, Span, State, Subject, TargetOf, Timeline,
};
pub use summary::{Compliance, Counts, compliance, counts};

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::appointment::{Days, holders};
use proof::{Candidates, Index};
use slots::Slot;

/// The obligations of one institution that have a day in `window` (both ends included), ordered by due day and key.
///
/// An obligation counted from an event has days until it is met, so an open one is in every window up to `today`.
/// `evidence` may come in any order and hold records of any ledger and institution. It should reach one period
/// beyond the window on both sides, because an act shortly after a period may still make up for it. `today` decides
/// between upcoming, due, overdue and missed, and who is shown as holder; it changes nothing else.
pub fn obligations(
    timeline: &Timeline,
    subject: &Subject,
    evidence: &[Evidence],
    exemptions: &[Exemption],
    window: Days,
    today: NaiveDate,
) -> Vec<Obligation> {
    let index = Index::of(evidence);
    let duties: BTreeSet<&str> = timeline
        .versions()
        .flat_map(|s| &s.duties)
        .map(|d| d.id.as_str())
        .collect();
    let judge = Judge {
        index: &index,
        subject,
        exemptions,
        window,
        today,
    };
    let mut found = Vec::new();
    for duty in duties {
        judge.duty(timeline, duty, &mut found);
    }
    found.sort_by(|a, b| (a.due, &a.key).cmp(&(b.due, &b.key)));
    found
}

struct Judge<'a> {
    index: &'a Index<'a>,
    subject: &'a Subject,
    exemptions: &'a [Exemption],
    window: Days,
    today: NaiveDate,
}

impl Judge<'_> {
    fn duty(&self, timeline: &Timeline, duty: &str, into: &mut Vec<Obligation>) {
        let slots = slots::slots(timeline, self.subject, duty, self.window);
        // Conditions may differ from version to version, so acts are sifted once for each.
        let all = || {
            slots
                .after
                .iter()
                .chain(&slots.before_holidays)
                .chain(&slots.calendar)
        };
        let mut sifted: BTreeMap<NaiveDate, Candidates> = BTreeMap::new();
        for slot in all() {
            sifted
                .entry(slot.standard.effective_from)
                .or_insert_with(|| self.index.candidates(slot.duty, self.subject));
        }
        let Some(none) = sifted.values().next() else {
            return;
        };
        let candidates = |slot: &Slot<'_>| sifted.get(&slot.standard.effective_from).unwrap_or(none);
        let pool = |slot: &Slot<'_>| {
            let target = slot.target.as_ref().map_or("", |t| t.id());
            candidates(slot).pool(target).to_owned()
        };
        let mut pools: BTreeMap<String, [Vec<&Slot<'_>>; 3]> = BTreeMap::new();
        for (kind, list) in [&slots.after, &slots.before_holidays, &slots.calendar]
            .into_iter()
            .enumerate()
        {
            for slot in list {
                if let Some(of_kind) = pools.entry(pool(slot)).or_default().get_mut(kind) {
                    of_kind.push(slot);
                }
            }
        }
        for [after, before, calendar] in pools.values() {
            let proofs = proof::assign(self.index, candidates, after, before, calendar);
            for (slots, proofs) in [after, before, calendar].into_iter().zip(proofs) {
                into.extend(
                    slots
                        .iter()
                        .zip(proofs)
                        .filter_map(|(slot, proof)| self.obligation(slot, &proof)),
                );
            }
        }
    }

    /// The obligation of a slot with its proof; none if it has no day in the window.
    fn obligation(&self, slot: &Slot<'_>, proof: &[usize]) -> Option<Obligation> {
        let acts: Vec<&Evidence> = proof.iter().filter_map(|i| self.index.get(*i)).collect();
        let met = acts.len() >= slot.needed as usize;
        let last_act = acts.iter().map(|act| act.occurred).max();
        let last_day = match slot.owed_until {
            None => slot.due,
            Some(_) if met => last_act.unwrap_or(slot.due).max(slot.due),
            Some(until) => self.today.min(until).max(slot.due),
        };
        if !self.window.intersects(Days::new(slot.from, last_day)) {
            return None;
        }
        let institution = &self.subject.institution;
        let duty = slot.duty;
        let lead = chrono::Days::new(u64::from(duty.lead_days));
        let lead_from = slot
            .due
            .checked_sub_days(lead)
            .unwrap_or(slot.from)
            .max(slot.from);
        let grace_until = proof::grace_until(slot);
        let exempt = || self.exemptions.iter().any(|e| exempts(e, slot, institution));
        let state = if met {
            let in_time = acts.iter().all(|act| proof::in_time(slot, act));
            if in_time { State::Done } else { State::DoneLate }
        } else if exempt() {
            State::NotApplicable
        } else if self.today < slot.from {
            State::Upcoming
        } else if self.today < lead_from {
            State::Due
        } else if self.today <= slot.due {
            State::DueSoon
        } else if self.today <= slot.owed_until.unwrap_or(grace_until) {
            State::Overdue
        } else {
            State::Missed
        };
        let (holders, vacant) = self.holders(slot);
        let key = match &slot.target {
            None => format!("{}:{institution}:{}", duty.id, slot.period),
            Some(target) => format!("{}:{institution}:{}:{}", duty.id, slot.period, target.id()),
        };
        Some(Obligation {
            key,
            duty: duty.id.clone(),
            institution: institution.clone(),
            period: slot.period.clone(),
            span: slot.span.clone(),
            target: slot.target.clone(),
            standard: slot.standard.reference(),
            ledger: duty.evidence.ledger.clone(),
            from: slot.from,
            lead_from,
            due: slot.due,
            grace_until,
            needed: slot.needed,
            done: u32::try_from(acts.len()).unwrap_or(slot.needed).min(slot.needed),
            evidence: acts.iter().map(|act| act.record).collect(),
            last_act,
            posts: duty.posts.clone(),
            vacant,
            holders,
            state,
        })
    }
}

impl Judge<'_> {
    /// Who answers for a slot, and whether nobody does.
    fn holders(&self, slot: &Slot<'_>) -> (Vec<String>, bool) {
        let day = self.today.clamp(slot.from, slot.due.max(slot.from));
        let subject = self.subject;
        let (here, above): (Vec<&str>, Vec<&str>) =
            slot.duty.posts.iter().map(String::as_str).partition(|post| {
                slot.standard
                    .post(post)
                    .is_none_or(|post| post.levels.contains(&subject.level))
            });
        let mut persons = holders(&subject.appointments, &subject.institution, &here, day);
        let mut known = !here.is_empty();
        if !above.is_empty() {
            for superior in &subject.superiors {
                known |= subject.appointments.iter().any(|a| a.institution == *superior);
                persons.extend(holders(&subject.appointments, superior, &above, day));
            }
            persons.sort();
            persons.dedup();
        }
        let vacant = persons.is_empty() && known;
        (persons, vacant)
    }
}

fn exempts(exemption: &Exemption, slot: &Slot<'_>, institution: &str) -> bool {
    exemption.duty == slot.duty.id
        && exemption.institution == institution
        && exemption
            .target
            .as_deref()
            .is_none_or(|target| slot.target.as_ref().is_some_and(|t| t.id() == target))
        && match (&exemption.period, exemption.days) {
            (Some(period), _) => *period == slot.period,
            (None, Some(days)) => days.contains(slot.due),
            (None, None) => false,
        }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod properties;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
