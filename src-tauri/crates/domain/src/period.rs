//! Calendar periods (周期): what "once a month" is counted in.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::standard::Every;

/// One calendar period, such as November 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Period {
    /// First day.
    #[ts(type = "string")]
    pub first: NaiveDate,
    /// Last day.
    #[ts(type = "string")]
    pub last: NaiveDate,
    /// Its kind.
    pub every: Every,
}

/// What a period is called: the numbers a screen or a page puts into its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeriodLabel {
    /// Kind.
    pub every: Every,
    /// Year; of an ISO week its ISO year.
    pub year: i32,
    /// Month, for days, half-months and months.
    pub month: Option<u32>,
    /// Day of the month; number of the week; 1 or 2 for half-months and half-years; number of the quarter.
    pub number: Option<u32>,
}

impl Period {
    /// The period of this kind that contains the day. A business day's period is the day, whether worked or not;
    /// [`periods`] leaves out the days that are not.
    pub fn containing(every: Every, day: NaiveDate) -> Self {
        let (first, last) = match every {
            Every::Day | Every::BusinessDay => (day, day),
            Every::Week => {
                let first = back(day, day.weekday().num_days_from_monday());
                (
                    first,
                    first.checked_add_days(Days::new(6)).unwrap_or(NaiveDate::MAX),
                )
            }
            Every::HalfMonth if day.day() <= 15 => {
                (month_start(day, 1), back(day, day.day()) + Days::new(15))
            }
            Every::HalfMonth => (back(day, day.day() - 16), months_end(month_start(day, 1), 1)),
            Every::Month => (month_start(day, 1), months_end(month_start(day, 1), 1)),
            Every::Quarter => whole_months(day, 3),
            Every::HalfYear => whole_months(day, 6),
            Every::Year => whole_months(day, 12),
        };
        Self { first, last, every }
    }

    /// The following period; none at the end of time.
    pub fn next(&self) -> Option<Self> {
        Some(Self::containing(self.every, self.last.succ_opt()?))
    }

    /// Whether the day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Number of days.
    pub fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Stable key: `2026-11-23`, `2026-W48`, `2026-11-H2`, `2026-11`, `2026-Q4`, `2026-HY2`, `2026`.
    pub fn key(&self) -> String {
        let label = self.label();
        let (year, month, number) = (
            label.year,
            label.month.unwrap_or_default(),
            label.number.unwrap_or_default(),
        );
        match self.every {
            Every::Day | Every::BusinessDay => format!("{year:04}-{month:02}-{number:02}"),
            Every::Week => format!("{year:04}-W{number:02}"),
            Every::HalfMonth => format!("{year:04}-{month:02}-H{number}"),
            Every::Month => format!("{year:04}-{month:02}"),
            Every::Quarter => format!("{year:04}-Q{number}"),
            Every::HalfYear => format!("{year:04}-HY{number}"),
            Every::Year => format!("{year:04}"),
        }
    }

    /// The numbers of its name.
    pub fn label(&self) -> PeriodLabel {
        let (year, month) = (self.first.year(), self.first.month());
        let (year, month, number) = match self.every {
            Every::Day | Every::BusinessDay => (year, Some(month), Some(self.first.day())),
            Every::Week => (
                self.first.iso_week().year(),
                None,
                Some(self.first.iso_week().week()),
            ),
            Every::HalfMonth => (year, Some(month), Some(if self.first.day() == 1 { 1 } else { 2 })),
            Every::Month => (year, Some(month), None),
            Every::Quarter => (year, None, Some((month - 1) / 3 + 1)),
            Every::HalfYear => (year, None, Some((month - 1) / 6 + 1)),
            Every::Year => (year, None, None),
        };
        PeriodLabel {
            every: self.every,
            year,
            month,
            number,
        }
    }

    /// The period a key names; a day's key is read as [`Every::Day`].
    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.split('-');
        let year: i32 = number(parts.next()?, 4)? as i32;
        let (second, third) = (parts.next(), parts.next());
        if parts.next().is_some() {
            return None;
        }
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let (every, within) = match (second, third) {
            (None, None) => (Every::Year, day(1, 1)?),
            (Some(s), None) => {
                if let Some(week) = s.strip_prefix('W') {
                    (
                        Every::Week,
                        NaiveDate::from_isoywd_opt(year, number(week, 2)?, Weekday::Mon)?,
                    )
                } else if let Some(half) = s.strip_prefix("HY") {
                    (
                        Every::HalfYear,
                        day((number(half, 1)?.checked_sub(1)?) * 6 + 1, 1)?,
                    )
                } else if let Some(quarter) = s.strip_prefix('Q') {
                    (
                        Every::Quarter,
                        day((number(quarter, 1)?.checked_sub(1)?) * 3 + 1, 1)?,
                    )
                } else {
                    (Every::Month, day(number(s, 2)?, 1)?)
                }
            }
            (Some(month), Some(t)) => {
                let month = number(month, 2)?;
                match t {
                    "H1" => (Every::HalfMonth, day(month, 1)?),
                    "H2" => (Every::HalfMonth, day(month, 16)?),
                    _ => (Every::Day, day(month, number(t, 2)?)?),
                }
            }
            (None, Some(_)) => return None,
        };
        Some(Self::containing(every, within))
    }
}

/// The periods that have a day in the range (both ends included), in order. For [`Every::BusinessDay`] every day is
/// given; the caller asks its calendar which of them are worked, because the calendar may change within the range.
pub fn periods(every: Every, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = Period> {
    std::iter::successors(Some(Period::containing(every, from)), Period::next)
        .take_while(move |p| p.first <= until)
}

fn number(digits: &str, length: usize) -> Option<u32> {
    (digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

fn back(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MIN)
}

fn month_start(day: NaiveDate, _first: u32) -> NaiveDate {
    back(day, day.day() - 1)
}

fn months_end(first: NaiveDate, months: u32) -> NaiveDate {
    first
        .checked_add_months(Months::new(months))
        .and_then(|d| d.pred_opt())
        .unwrap_or(NaiveDate::MAX)
}

fn whole_months(day: NaiveDate, months: u32) -> (NaiveDate, NaiveDate) {
    let start = month_start(day, 1);
    let first = start
        .checked_sub_months(Months::new(day.month0() % months))
        .unwrap_or(start);
    (first, months_end(first, months))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::day;

    const ALL: [Every; 8] = [
        Every::Day,
        Every::BusinessDay,
        Every::Week,
        Every::HalfMonth,
        Every::Month,
        Every::Quarter,
        Every::HalfYear,
        Every::Year,
    ];

    #[test]
    fn keys_and_ends() {
        let table = [
            (Every::Day, "2026-11-23", "2026-11-23", "2026-11-23", "2026-11-23"),
            (Every::Week, "2026-11-23", "2026-W48", "2026-11-23", "2026-11-29"),
            (
                Every::HalfMonth,
                "2026-11-23",
                "2026-11-H2",
                "2026-11-16",
                "2026-11-30",
            ),
            (
                Every::HalfMonth,
                "2026-02-15",
                "2026-02-H1",
                "2026-02-01",
                "2026-02-15",
            ),
            (
                Every::HalfMonth,
                "2028-02-16",
                "2028-02-H2",
                "2028-02-16",
                "2028-02-29",
            ),
            (Every::Month, "2026-11-23", "2026-11", "2026-11-01", "2026-11-30"),
            (
                Every::Quarter,
                "2026-11-23",
                "2026-Q4",
                "2026-10-01",
                "2026-12-31",
            ),
            (
                Every::Quarter,
                "2026-01-31",
                "2026-Q1",
                "2026-01-01",
                "2026-03-31",
            ),
            (
                Every::HalfYear,
                "2026-11-23",
                "2026-HY2",
                "2026-07-01",
                "2026-12-31",
            ),
            (Every::Year, "2026-11-23", "2026", "2026-01-01", "2026-12-31"),
            // An ISO week belongs to the year of its Thursday.
            (Every::Week, "2027-01-02", "2026-W53", "2026-12-28", "2027-01-03"),
            (Every::Week, "2024-12-31", "2025-W01", "2024-12-30", "2025-01-05"),
        ];
        for (every, within, key, first, last) in table {
            let period = Period::containing(every, day(within));
            assert_eq!(
                (period.key().as_str(), period.first, period.last),
                (key, day(first), day(last))
            );
            assert_eq!(Period::parse(key), Some(period));
        }
    }

    #[test]
    fn wrong_keys_name_nothing() {
        for key in [
            "",
            "26",
            "2026-13",
            "2026-W54",
            "2026-Q0",
            "2026-Q5",
            "2026-HY3",
            "2026-2",
            "2026-11-H3",
            "2026-02-30",
            "2026-11-23-1",
            "二〇二六",
            "before-2026-10-01",
            "2026-Q９",
            "2026-W00",
        ] {
            assert_eq!(Period::parse(key), None, "{key}");
        }
    }

    proptest! {
        #[test]
        fn periods_tile_time(offset in 0u64..20_000, every in prop::sample::select(ALL.to_vec())) {
            let date = day("1990-01-01") + Days::new(offset);
            let period = Period::containing(every, date);
            prop_assert!(period.contains(date));
            let next = period.next().unwrap();
            prop_assert_eq!(next.first, period.last.succ_opt().unwrap());
            prop_assert!(next.key() != period.key());
            let read = Period::parse(&period.key()).unwrap();
            prop_assert_eq!((read.first, read.last), (period.first, period.last));
            let listed: Vec<Period> = periods(every, date, next.last).collect();
            prop_assert_eq!(listed, vec![period, next]);
        }

        #[test]
        fn no_key_breaks_the_reader(key in "\\PC*") {
            let _ = Period::parse(&key);
        }
    }

    #[test]
    fn the_ends_of_time_do_not_break() {
        for every in ALL {
            for date in [NaiveDate::MIN, NaiveDate::MAX] {
                let period = Period::containing(every, date);
                let _ = (period.key(), period.next());
            }
        }
    }
}
