//! Which acts prove which obligation.
//!
//! Within one duty an act counts once. It goes first to what asks for it most narrowly: days after an event, then
//! days before a holiday, then the calendar period in which it occurred. What a period has beyond its need may make
//! up for the period before it, inside that one's grace days. Nothing here depends on the order of the evidence.

use std::collections::BTreeMap;

use chrono::{Days as Span, NaiveDate};

use super::model::{Evidence, Subject};
use super::slots::Slot;
use crate::condition;
use crate::standard::{Duty, Target};

/// Evidence by ledger, in order of the acts, each record once.
pub(super) struct Index<'a> {
    acts: Vec<&'a Evidence>,
    by_ledger: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub fn of(evidence: &'a [Evidence]) -> Self {
        let mut acts: Vec<&Evidence> = evidence.iter().collect();
        acts.sort_by_key(|e| (e.occurred, e.recorded, e.record));
        let mut seen = std::collections::BTreeSet::new();
        acts.retain(|e| seen.insert(e.record));
        let mut by_ledger: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, act) in acts.iter().enumerate() {
            by_ledger.entry(&act.ledger).or_default().push(i);
        }
        Self { acts, by_ledger }
    }

    pub fn get(&self, act: usize) -> Option<&'a Evidence> {
        self.acts.get(act).copied()
    }

    pub fn len(&self) -> usize {
        self.acts.len()
    }

    /// Acts that meet a duty's conditions, for each target (or for all under the empty name), in order of time.
    pub fn candidates(&self, duty: &Duty, subject: &Subject) -> Candidates {
        let evidence = &duty.evidence;
        let elsewhere = evidence.target == Some(Target::EachOutlet) && evidence.target_field.is_none();
        let mut by_target: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &i in self.by_ledger.get(evidence.ledger.as_str()).into_iter().flatten() {
            let Some(act) = self.get(i) else { continue };
            if !elsewhere && act.institution != subject.institution
                || !evidence
                    .conditions
                    .iter()
                    .all(|c| condition::holds(c, &act.fields))
            {
                continue;
            }
            if elsewhere {
                by_target.entry(act.institution.clone()).or_default().push(i);
            } else if let Some(field) = &evidence.target_field {
                for name in names(act.fields.get(field)) {
                    by_target.entry(name.to_owned()).or_default().push(i);
                }
                by_target.entry(String::new()).or_default().push(i);
            } else {
                by_target.entry(String::new()).or_default().push(i);
            }
        }
        for acts in by_target.values_mut() {
            acts.dedup();
        }
        let named = elsewhere || evidence.target_field.is_some();
        Candidates {
            by_target,
            named,
            apart: named || evidence.target.is_some(),
        }
    }
}

fn names(value: Option<&serde_json::Value>) -> Vec<&str> {
    match value {
        Some(serde_json::Value::String(name)) => vec![name],
        Some(serde_json::Value::Array(items)) => items.iter().filter_map(|v| v.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Acts of one duty by target.
pub(super) struct Candidates {
    by_target: BTreeMap<String, Vec<usize>>,
    /// Whether acts name their target; otherwise any act serves any target.
    named: bool,
    /// Whether each target has its own count of acts; otherwise one act meets one of several events.
    apart: bool,
}

impl Candidates {
    fn of(&self, target: &str) -> &[usize] {
        let name = if self.named { target } else { "" };
        self.by_target.get(name).map_or(&[], Vec::as_slice)
    }

    /// Name of the pool from which a target's acts come; an act counts once in each pool.
    pub fn pool<'s>(&self, target: &'s str) -> &'s str {
        if self.apart { target } else { "" }
    }
}

/// What a slot got.
pub(super) type Proof = Vec<usize>;

/// Hands acts out to the slots of one pool; `after`, `before`, `calendar` in order of time.
pub(super) fn assign<'a>(
    index: &Index<'_>,
    candidates: impl Fn(&Slot<'a>) -> &'a Candidates,
    after: &[&Slot<'a>],
    before: &[&Slot<'a>],
    calendar: &[&Slot<'a>],
) -> [Vec<Proof>; 3] {
    let mut taken = vec![false; index.len()];
    let acts = |slot: &Slot<'a>, from: NaiveDate, until: NaiveDate| -> &'a [usize] {
        let all = candidates(slot).of(slot.target.as_ref().map_or("", |t| t.id()));
        let day = |i: &usize| index.get(*i).map_or(NaiveDate::MIN, |e| e.occurred);
        let begin = all.partition_point(|i| day(i) < from);
        let end = all.partition_point(|i| day(i) <= until);
        all.get(begin..end).unwrap_or_default()
    };
    let take = |taken: &mut Vec<bool>, i: usize| {
        if let Some(flag) = taken.get_mut(i) {
            *flag = true;
        }
    };
    let free = |taken: &[bool], i: &usize| !taken.get(*i).copied().unwrap_or(true);

    let events = after
        .iter()
        .map(|slot| {
            let until = slot.owed_until.unwrap_or(slot.due);
            let mine = acts(slot, slot.from, until)
                .iter()
                .copied()
                .filter(|i| free(&taken, i));
            let best = mine.min_by_key(|i| (!index.get(*i).is_some_and(|act| in_time(slot, act)), *i));
            best.into_iter().inspect(|i| take(&mut taken, *i)).collect()
        })
        .collect();
    let holidays = before
        .iter()
        .map(|slot| {
            let mut mine: Vec<usize> = acts(slot, slot.from, slot.due)
                .iter()
                .copied()
                .filter(|i| free(&taken, i))
                .collect();
            best_first(index, slot, &mut mine);
            mine.truncate(1);
            mine.iter().for_each(|i| take(&mut taken, *i));
            mine
        })
        .collect();

    // Every period first gets the acts that occurred in it …
    let mut own: Vec<Proof> = calendar
        .iter()
        .map(|slot| {
            acts(slot, slot.from, slot.due)
                .iter()
                .copied()
                .filter(|i| free(&taken, i))
                .collect()
        })
        .collect();
    for acts in &own {
        acts.iter().for_each(|i| take(&mut taken, *i));
    }
    // … then what one has too many, or what lies between two, makes up for the period before.
    for (i, slot) in calendar.iter().enumerate() {
        let lacking = (slot.needed as usize).saturating_sub(own.get(i).map_or(0, Vec::len));
        if lacking == 0 {
            continue;
        }
        let next = calendar.get(i + 1).filter(|next| next.target == slot.target);
        let grace = grace_until(slot);
        let begin = slot.due.succ_opt().unwrap_or(slot.due);
        let gap_end = next.and_then(|n| n.from.pred_opt()).unwrap_or(grace).min(grace);
        let mut more: Vec<usize> = acts(slot, begin, gap_end)
            .iter()
            .copied()
            .filter(|a| free(&taken, a))
            .collect();
        more.truncate(lacking);
        more.iter().for_each(|a| take(&mut taken, *a));
        if let (Some(next), Some(theirs)) = (next, own.get_mut(i + 1)) {
            let spare = theirs
                .len()
                .saturating_sub(next.needed as usize)
                .min(lacking - more.len());
            let fit: Vec<usize> = acts(slot, next.from, next.due.min(grace))
                .iter()
                .copied()
                .filter(|a| theirs.contains(a))
                .take(spare)
                .collect();
            theirs.retain(|a| !fit.contains(a));
            more.extend(fit);
        }
        if let Some(mine) = own.get_mut(i) {
            mine.extend(more);
        }
    }
    for (slot, acts) in calendar.iter().zip(&mut own) {
        best_first(index, slot, acts);
        acts.truncate(slot.needed as usize);
        acts.sort_unstable();
    }
    [events, holidays, own]
}

/// The last day on which an entry counts as in time.
pub(super) fn grace_until(slot: &Slot<'_>) -> NaiveDate {
    slot.due
        .checked_add_days(Span::new(u64::from(slot.duty.grace_days)))
        .unwrap_or(NaiveDate::MAX)
}

/// Whether the act took place and was entered in time for the slot.
pub(super) fn in_time(slot: &Slot<'_>, act: &Evidence) -> bool {
    !act.late && act.occurred <= slot.due && act.recorded <= grace_until(slot)
}

/// Acts in time before late ones, each in order of time: the institution is judged by its best.
fn best_first(index: &Index<'_>, slot: &Slot<'_>, acts: &mut [usize]) {
    acts.sort_by_key(|i| (!index.get(*i).is_some_and(|act| in_time(slot, act)), *i));
}
