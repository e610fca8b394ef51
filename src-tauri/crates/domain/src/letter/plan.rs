//! Who signs with whom (安全网络), and which letters of a year are still missing.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::appointment::{Appointment, Days};
use crate::obligation::Timeline;
use crate::standard::Standard;

/// An institution's place in the tree, for finding the other side of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Code of the superior; none at the top.
    pub parent: Option<String>,
}

/// Who is party A for the holder of a post on a day.
///
/// The post that `answers_to` names is looked for at the same institution, then one level up; while it is vacant its
/// own `answers_to` takes its place; when the whole chain is vacant there, one level further up. Nobody signs with
/// themselves. None at the top, or while everything above is vacant.
pub fn party_a<'a>(
    standard: &Standard,
    places: &[Place],
    appointments: &'a [Appointment],
    b: &Appointment,
    day: NaiveDate,
) -> Option<&'a Appointment> {
    let parent = |code: &str| {
        places
            .iter()
            .find(|p| p.code == code)
            .and_then(|p| p.parent.as_deref())
    };
    let holder = |post: &str, institution: &str| {
        appointments
            .iter()
            .filter(|a| {
                a.post == post && a.institution == institution && a.person != b.person && a.covers(day)
            })
            .min_by_key(|a| (a.from, &a.person))
    };
    let mut bases = BTreeSet::new();
    let mut base = Some(b.institution.as_str());
    while let Some(institution) = base.filter(|code| bases.insert(*code)) {
        let mut below = b.post.as_str();
        let mut seen = BTreeSet::new();
        while let Some(above) = standard.post(below).and_then(|p| p.answers_to.as_deref()) {
            // A post that answers to itself means its holder one level up.
            let here = if above == b.post {
                None
            } else {
                holder(above, institution)
            };
            let found = here.or_else(|| parent(institution).and_then(|up| holder(above, up)));
            if found.is_some() {
                return found;
            }
            if !seen.insert(above) {
                break;
            }
            below = above;
        }
        base = parent(institution);
    }
    None
}

/// A letter on record, as the plan needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRecord {
    /// The record's UUID.
    pub record: String,
    /// Institution of party B.
    pub institution: String,
    /// Person who is party B.
    pub person: String,
    /// Post for which it is signed.
    pub post: String,
    /// Days for which it holds.
    pub period: Days,
    /// Day of signature; none while only prepared.
    pub signed: Option<NaiveDate>,
}

/// How a letter of the plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Signed and in force.
    Signed,
    /// Composed, not yet signed, deadline ahead.
    Prepared,
    /// There is none, deadline ahead.
    Missing,
    /// Not signed, deadline passed.
    Overdue,
    /// The post is no longer held (transfer or leaving); whether it was signed is in `signed`.
    Ended,
}

/// One letter that has to be signed in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterNeed {
    /// Party B's appointment.
    pub appointment: Appointment,
    /// Party A's person; none if the post above is vacant or there is none.
    pub party_a: Option<String>,
    /// Party A's post.
    pub party_a_post: Option<String>,
    /// Party A's institution.
    pub party_a_institution: Option<String>,
    /// Days for which the letter is to hold.
    pub period: Days,
    /// Last day for signing.
    #[ts(type = "string")]
    pub due: NaiveDate,
    /// How it stands.
    pub state: LetterState,
    /// The letter's record.
    pub record: Option<String>,
    /// Day of signature.
    #[ts(type = "string | null")]
    pub signed: Option<NaiveDate>,
}

/// The year's plan: one need per appointment that has a day in the year, ordered by institution, post and person.
///
/// A letter is due the standard's working days after the appointment, or after the year began if the post was held
/// before. Left out are the top leader, who answers to nobody, and who left before the letter was due without one.
pub fn letter_plan(
    timeline: &Timeline,
    places: &[Place],
    appointments: &[Appointment],
    letters: &[LetterRecord],
    year: i32,
    today: NaiveDate,
) -> Vec<LetterNeed> {
    let (Some(first), Some(last)) = (
        NaiveDate::from_ymd_opt(year, 1, 1),
        NaiveDate::from_ymd_opt(year, 12, 31),
    ) else {
        return Vec::new();
    };
    let mut held: Vec<&Appointment> = appointments
        .iter()
        .filter(|a| a.until.is_none_or(|until| a.from <= until))
        .collect();
    held.sort_by_key(|a| (&a.institution, &a.post, &a.person, a.from));
    held.dedup();
    let mut needs = Vec::new();
    for (i, b) in held.iter().enumerate() {
        let from = b.from.max(first);
        let until = b.until.unwrap_or(last).min(last);
        // The standard of the day decides; before the first version, the first.
        let rules = timeline.on(from).or_else(|| timeline.versions().next());
        let calendar = timeline.calendar(from).or_else(|| timeline.first_calendar());
        let (Some(standard), Some(calendar)) = (rules, calendar) else {
            continue;
        };
        if from > until
            || standard
                .post(&b.post)
                .is_none_or(|post| post.answers_to.is_none())
        {
            continue;
        }
        let due = calendar.add_working_days(from, standard.deadlines.letter_working_days);
        // The same person may have held the same post earlier in the year; that letter ended with it.
        let earlier = i
            .checked_sub(1)
            .and_then(|i| held.get(i))
            .filter(|a| same_seat(a, b))
            .and_then(|a| a.until);
        let letter = letters
            .iter()
            .filter(|l| l.person == b.person && l.post == b.post && l.institution == b.institution)
            .filter(|l| {
                l.period.intersects(Days::new(from, until)) && earlier.is_none_or(|end| l.period.from > end)
            })
            // The signed one counts; of several, the one signed first.
            .min_by_key(|l| (l.signed.is_none(), l.signed, &l.record));
        let signed = letter.and_then(|l| l.signed);
        let left = b.until.is_some_and(|end| end < today);
        let state = match (signed, letter) {
            _ if left && (signed.is_some() || until >= due) => LetterState::Ended,
            _ if left => continue,
            (Some(_), _) => LetterState::Signed,
            (None, _) if today > due => LetterState::Overdue,
            (None, Some(_)) => LetterState::Prepared,
            (None, None) => LetterState::Missing,
        };
        // Who signs is who holds the post above now; for the past and the future, then.
        let a = party_a(
            standard,
            places,
            appointments,
            b,
            signed.unwrap_or(today.clamp(from, until)),
        );
        needs.push(LetterNeed {
            appointment: (*b).clone(),
            party_a: a.map(|a| a.person.clone()),
            party_a_post: a.map(|a| a.post.clone()),
            party_a_institution: a.map(|a| a.institution.clone()),
            period: Days::new(from, last),
            due,
            state,
            record: letter.map(|l| l.record.clone()),
            signed,
        });
    }
    needs
}

fn same_seat(a: &Appointment, b: &Appointment) -> bool {
    a.person == b.person && a.post == b.post && a.institution == b.institution
}

/// How many letters of a plan stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// Signed and in force.
    pub signed: u32,
    /// Composed only.
    pub prepared: u32,
    /// Missing, deadline ahead.
    pub missing: u32,
    /// Not signed, deadline passed.
    pub overdue: u32,
    /// Ended.
    pub ended: u32,
}

/// Coverage of a plan.
pub fn coverage<'a>(plan: impl IntoIterator<Item = &'a LetterNeed>) -> Coverage {
    let mut coverage = Coverage::default();
    for need in plan {
        let slot = match need.state {
            LetterState::Signed => &mut coverage.signed,
            LetterState::Prepared => &mut coverage.prepared,
            LetterState::Missing => &mut coverage.missing,
            LetterState::Overdue => &mut coverage.overdue,
            LetterState::Ended => &mut coverage.ended,
        };
        *slot = slot.saturating_add(1);
    }
    coverage
}
