//! Public holidays and working weekends.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Check;
use crate::standard::{CalendarYear, Holiday};

const FILE: &str = "calendar.json#/years";

pub(super) fn check(check: &mut Check<'_>) {
    let standard = check.standard;
    check.text("calendar.json#/basis/source", &standard.calendar.basis.source);
    let years: Vec<String> = standard
        .calendar
        .years
        .iter()
        .map(|y| y.year.to_string())
        .collect();
    check.ids(FILE, years.iter().map(String::as_str));
    for year in &standard.calendar.years {
        holidays(check, year);
        working_weekends(check, year);
    }
    overlaps(check);
}

fn holidays(check: &mut Check<'_>, year: &CalendarYear) {
    for (index, holiday) in year.holidays.iter().enumerate() {
        let place = format!("{FILE}/{}/holidays/{index}", year.year);
        let (from, until) = (holiday.from.to_string(), holiday.until.to_string());
        check.text(&format!("{place}/name"), &holiday.name);
        if holiday.from > holiday.until {
            check.fault(
                &place,
                "standard-holiday-inverted",
                &[("from", &from), ("until", &until)],
            );
        }
        // New Year's days off may begin in December of the year before.
        if holiday.from.year() != year.year && holiday.until.year() != year.year {
            let name = year.year.to_string();
            check.fault(
                &place,
                "standard-holiday-other-year",
                &[("date", &from), ("year", &name)],
            );
        }
    }
}

fn working_weekends(check: &mut Check<'_>, year: &CalendarYear) {
    let holidays: Vec<&Holiday> = check
        .standard
        .calendar
        .years
        .iter()
        .flat_map(|y| &y.holidays)
        .collect();
    let mut seen: Vec<NaiveDate> = Vec::new();
    for day in &year.working_weekends {
        let date = day.to_string();
        let place = format!("{FILE}/{}/working_weekends/{date}", year.year);
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            check.fault(&place, "standard-working-day-not-weekend", &[("date", &date)]);
        }
        if day.year() != year.year {
            let name = year.year.to_string();
            check.fault(
                &place,
                "standard-holiday-other-year",
                &[("date", &date), ("year", &name)],
            );
        }
        if holidays.iter().any(|h| h.from <= *day && *day <= h.until) {
            check.fault(&place, "standard-working-day-in-holiday", &[("date", &date)]);
        }
        if seen.contains(day) {
            check.fault(&place, "standard-id-duplicate", &[("id", &date)]);
        }
        seen.push(*day);
    }
}

/// No day belongs to two holidays, over the turn of the year too.
fn overlaps(check: &mut Check<'_>) {
    let years = check.standard.calendar.years.iter();
    let mut all: Vec<(i32, usize, &Holiday)> = years
        .flat_map(|y| {
            y.holidays
                .iter()
                .enumerate()
                .map(|(index, holiday)| (y.year, index, holiday))
        })
        .collect();
    all.sort_by_key(|(_, _, h)| h.from);
    for pair in all.windows(2) {
        let [(_, _, before), (year, index, after)] = pair else {
            continue;
        };
        if after.from <= before.until {
            check.fault(
                &format!("{FILE}/{year}/holidays/{index}"),
                "standard-holiday-overlap",
                &[("date", &after.from.to_string())],
            );
        }
    }
}
