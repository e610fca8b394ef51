//! Appointments (任职): who holds which post since when. Responsibility, letters and holders of duties all start here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::standard::Standard;

/// One person holds one post of one institution for a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Appointment {
    /// Code of the institution.
    pub institution: String,
    /// Identifier of the post in the standard.
    pub post: String,
    /// UUID of the person's record.
    pub person: String,
    /// First day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Last day; none while it lasts.
    #[ts(type = "string | null")]
    pub until: Option<NaiveDate>,
}

impl Appointment {
    /// Whether the post is held on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Days {
    /// First day.
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// Last day.
    #[ts(type = "string")]
    pub until: NaiveDate,
}

impl Days {
    /// From `from` to `until`, both included. An `until` before `from` makes an empty stretch.
    pub fn new(from: NaiveDate, until: NaiveDate) -> Self {
        Self { from, until }
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether both have a day in common.
    pub fn intersects(&self, other: Days) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}

/// A post that nobody held, or that more people held than the standard allows, over a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct PostFault {
    /// Code of the institution.
    pub institution: String,
    /// Identifier of the post.
    pub post: String,
    /// When.
    pub days: Days,
    /// Who held it; empty for a gap.
    pub persons: Vec<String>,
}

/// Persons who hold one of `posts` at `institution` on a day, ordered, each once.
pub fn holders<S: AsRef<str>>(
    appointments: &[Appointment],
    institution: &str,
    posts: &[S],
    day: NaiveDate,
) -> Vec<String> {
    let mut persons: Vec<String> = appointments
        .iter()
        .filter(|a| {
            a.institution == institution && a.covers(day) && posts.iter().any(|p| p.as_ref() == a.post)
        })
        .map(|a| a.person.clone())
        .collect();
    persons.sort();
    persons.dedup();
    persons
}

/// Stretches of `range` in which a post of `posts` has no holder at the institution (空岗).
pub fn gaps(
    appointments: &[Appointment],
    institution: &str,
    posts: &[String],
    range: Days,
) -> Vec<PostFault> {
    faults(appointments, institution, posts, range, |_, count| count == 0)
}

/// Stretches of `range` in which more people hold a post than the standard's `holders` allows.
pub fn overlaps(
    standard: &Standard,
    appointments: &[Appointment],
    institution: &str,
    range: Days,
) -> Vec<PostFault> {
    let posts: Vec<String> = standard.posts.iter().map(|p| p.id.clone()).collect();
    faults(appointments, institution, &posts, range, |post, count| {
        let most = standard.post(post).and_then(|p| p.holders);
        most.is_some_and(|most| count > most as usize)
    })
}

fn faults(
    appointments: &[Appointment],
    institution: &str,
    posts: &[String],
    range: Days,
    wrong: impl Fn(&str, usize) -> bool,
) -> Vec<PostFault> {
    let mut found = Vec::new();
    if range.from > range.until {
        return found;
    }
    for post in posts {
        let held: Vec<&Appointment> = appointments
            .iter()
            .filter(|a| a.institution == institution && a.post == *post)
            .collect();
        // The set of holders only changes on these days, so each stretch between them is judged once.
        let mut changes: Vec<NaiveDate> = held
            .iter()
            .flat_map(|a| [Some(a.from), a.until.and_then(|u| u.succ_opt())])
            .flatten()
            .filter(|day| range.contains(*day))
            .chain([range.from])
            .collect();
        changes.sort();
        changes.dedup();
        for (i, from) in changes.iter().enumerate() {
            let until = changes
                .get(i + 1)
                .and_then(|d| d.pred_opt())
                .unwrap_or(range.until);
            let mut persons: Vec<String> = held
                .iter()
                .filter(|a| a.covers(*from))
                .map(|a| a.person.clone())
                .collect();
            persons.sort();
            persons.dedup();
            if !wrong(post, persons.len()) {
                continue;
            }
            match found.last_mut() {
                Some(PostFault {
                    post: p,
                    days,
                    persons: before,
                    ..
                }) if p == post && *before == persons && days.until.succ_opt() == Some(*from) => {
                    days.until = until;
                }
                _ => found.push(PostFault {
                    institution: institution.to_owned(),
                    post: post.clone(),
                    days: Days::new(*from, until),
                    persons,
                }),
            }
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::fixture::{appointment, day, days, standard};

    #[test]
    fn gaps_and_overlaps() {
        let held = [
            appointment("A", "P1", "zhang", "2026-01-01", Some("2026-03-31")),
            appointment("A", "P1", "li", "2026-03-30", Some("2026-06-30")),
            appointment("A", "P1", "wang", "2026-07-11", None),
            appointment("B", "P1", "zhao", "2026-01-01", None),
        ];
        let year = days("2026-01-01", "2026-12-31");
        let posts = ["P1".to_owned()];
        let gap = gaps(&held, "A", &posts, year);
        assert_eq!(
            gap.iter().map(|g| g.days).collect::<Vec<_>>(),
            [days("2026-07-01", "2026-07-10")]
        );
        let overlap = overlaps(&standard(vec![]), &held, "A", year);
        assert_eq!(overlap.len(), 1);
        assert_eq!(overlap[0].days, days("2026-03-30", "2026-03-31"));
        assert_eq!(overlap[0].persons, ["li", "zhang"]);
        assert_eq!(holders(&held, "A", &posts, day("2026-03-30")), ["li", "zhang"]);
        assert_eq!(
            holders(&held, "A", &["P2"], day("2026-03-30")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_post_never_held_is_one_gap() {
        let year = days("2026-01-01", "2026-12-31");
        assert_eq!(gaps(&[], "A", &["P1".to_owned()], year)[0].days, year);
        // Upside down: nothing to judge.
        assert_eq!(
            gaps(&[], "A", &["P1".to_owned()], days("2026-12-31", "2026-01-01")),
            []
        );
    }
}
