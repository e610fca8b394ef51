//! The working calendar (工作日历): business days, public holidays and working weekends as the standard lays them down.
//!
//! A year that the standard does not lay down knows weekends only; whether it does is told, so that nobody takes
//! a guess for a notice of the State Council.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::standard::{Calendar, Holiday, Standard};

/// Business days of one standard.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkCalendar {
    off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
    holidays: BTreeMap<NaiveDate, Holiday>,
    years: BTreeMap<i32, bool>,
}

impl WorkCalendar {
    /// The calendar of a standard.
    pub fn of(standard: &Standard) -> Self {
        Self::of_calendar(&standard.calendar)
    }

    /// The calendar from its data alone.
    pub fn of_calendar(calendar: &Calendar) -> Self {
        let mut result = Self::default();
        for year in &calendar.years {
            result.years.insert(year.year, year.confirmed);
            result.worked.extend(year.working_weekends.iter().copied());
            for holiday in &year.holidays {
                result.holidays.insert(holiday.from, holiday.clone());
                // A holiday of a whole year is a mistake of the data, not a reason to fill memory.
                result.off.extend(
                    holiday
                        .from
                        .iter_days()
                        .take(62)
                        .take_while(|day| *day <= holiday.until),
                );
            }
        }
        result
    }

    /// Whether the standard lays this year down; none if not, else whether by the official notice.
    pub fn confirmed(&self, year: i32) -> Option<bool> {
        self.years.get(&year).copied()
    }

    /// Whether the day is worked: a worked weekend, or an ordinary weekday that is no holiday.
    pub fn is_business_day(&self, day: NaiveDate) -> bool {
        if self.worked.contains(&day) {
            return true;
        }
        !self.off.contains(&day) && !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The day that lies `days` working days after `from`; `from` itself is not counted. With 0, the first business
    /// day from `from` on.
    pub fn add_working_days(&self, from: NaiveDate, days: u32) -> NaiveDate {
        let mut left = days;
        let mut day = from;
        if days == 0 && self.is_business_day(day) {
            return day;
        }
        while let Some(next) = day.succ_opt() {
            day = next;
            if self.is_business_day(day) {
                left = left.saturating_sub(1);
                if left == 0 {
                    break;
                }
            }
        }
        day
    }

    /// The first business day from `day` on.
    pub fn business_day_from(&self, day: NaiveDate) -> NaiveDate {
        self.add_working_days(day, 0)
    }

    /// Holidays that begin in the range (both ends included), in order.
    pub fn holidays(&self, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = &Holiday> {
        // An upside-down range would panic in the map.
        let until = until.max(from);
        self.holidays.range(from..=until).map(|(_, holiday)| holiday)
    }

    /// The `days` days before a holiday, in which the tests that precede it are done. They do not reach back into
    /// an earlier holiday, so that one test never precedes two.
    pub fn days_before(&self, holiday: &Holiday, days: u32) -> Option<(NaiveDate, NaiveDate)> {
        let last = holiday.from.pred_opt()?;
        let mut first = holiday.from.checked_sub_days(Days::new(u64::from(days.max(1))))?;
        if let Some((_, before)) = self.holidays.range(..holiday.from).next_back() {
            first = first.max(before.until.succ_opt()?);
        }
        (first <= last).then_some((first, last))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::fixture::{day, standard};

    #[test]
    fn business_days() {
        let calendar = WorkCalendar::of(&standard(vec![]));
        for (date, worked) in [
            ("2026-09-18", true),
            ("2026-09-19", false),
            // A worked Sunday.
            ("2026-09-20", true),
            ("2026-09-25", false),
            ("2026-10-07", false),
            ("2026-10-08", true),
            ("2026-10-10", true),
            ("2026-10-11", false),
            // Not laid down: weekends only.
            ("2027-10-01", true),
            ("2027-10-02", false),
        ] {
            assert_eq!(calendar.is_business_day(day(date)), worked, "{date}");
        }
        assert_eq!(calendar.confirmed(2026), Some(true));
        assert_eq!(calendar.confirmed(2027), None);
    }

    #[test]
    fn working_days_are_counted_from_the_next_day() {
        let calendar = WorkCalendar::of(&standard(vec![]));
        for (from, days, expected) in [
            ("2026-09-18", 0, "2026-09-18"),
            ("2026-09-19", 0, "2026-09-20"),
            ("2026-09-18", 1, "2026-09-20"),
            ("2026-09-24", 1, "2026-09-28"),
            ("2026-09-30", 1, "2026-10-08"),
            ("2026-09-18", 10, "2026-10-09"),
            ("2026-12-31", 1, "2027-01-01"),
        ] {
            assert_eq!(
                calendar.add_working_days(day(from), days),
                day(expected),
                "{from} + {days}"
            );
        }
        assert_eq!(calendar.add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
    }

    #[test]
    fn days_before_a_holiday_do_not_reach_into_the_one_before() {
        let calendar = WorkCalendar::of(&standard(vec![]));
        let of = |days| -> Vec<_> {
            calendar
                .holidays(day("2026-09-01"), day("2026-12-31"))
                .filter_map(|h| calendar.days_before(h, days))
                .collect()
        };
        assert_eq!(
            of(5),
            [
                (day("2026-09-20"), day("2026-09-24")),
                (day("2026-09-28"), day("2026-09-30"))
            ]
        );
        assert_eq!(of(0), of(1));
        assert_eq!(calendar.holidays(day("2026-12-31"), day("2026-01-02")).count(), 0);
    }
}
