//! Frequencies, dates and headings in words, both languages. The one place in the domain with wording: it is part of
//! what a letter of responsibility says, and the same on screen, on paper and in a table of frequencies.

use chrono::{Datelike, NaiveDate};

use crate::appointment::Days;
use crate::letter::SectionId;
use crate::standard::{DayKind, Duty, Every, Frequency, Target, Trigger};
use crate::text::{Lang, Text};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A frequency in words: 每月一次 / once a month.
pub fn frequency_words(frequency: &Frequency) -> Text {
    words(frequency, "", "")
}

/// The frequency of a duty with its targets: 对每个网点每半年一次 / once every half-year for each outlet.
pub fn duty_words(duty: &Duty) -> Text {
    let (zh, en) = match duty.evidence.target {
        None => ("", ""),
        Some(Target::EachOutlet) => ("对每个网点", " for each outlet"),
        Some(Target::EachPerson) => ("对每名员工", " for each employee"),
    };
    words(&duty.frequency, zh, en)
}

/// The frequency of a duty as it stands in a letter: whoever signs is the person meant, so only outlets are named.
pub fn letter_words(duty: &Duty) -> Text {
    match duty.evidence.target {
        Some(Target::EachPerson) => words(&duty.frequency, "", ""),
        _ => duty_words(duty),
    }
}

fn words(frequency: &Frequency, target_zh: &str, target_en: &str) -> Text {
    match frequency {
        Frequency::Periodic {
            every,
            times,
            before_holidays,
        } => {
            let every = periodic(*every, *times);
            let (zh, en) = if *before_holidays {
                (
                    "，并在每个法定节假日前一次",
                    ", and once before each public holiday",
                )
            } else {
                ("", "")
            };
            Text::new(
                format!("{target_zh}{}{zh}", every.zh),
                format!("{}{target_en}{en}", every.en),
            )
        }
        Frequency::Within {
            days,
            day_kind,
            trigger,
            and_every,
        } => {
            let (zh_event, en_event) = event(*trigger);
            let (zh_days, en_days) = match (day_kind, days) {
                (DayKind::Calendar, 1) => ("日", "day"),
                (DayKind::Calendar, _) => ("日", "days"),
                (DayKind::Working, 1) => ("个工作日", "working day"),
                (DayKind::Working, _) => ("个工作日", "working days"),
            };
            let besides = and_every.map(|every| periodic(every, 1));
            let zh = besides
                .as_ref()
                .map(|t| format!("，并{}", t.zh))
                .unwrap_or_default();
            let en = besides
                .as_ref()
                .map(|t| format!(", and {}", t.en))
                .unwrap_or_default();
            Text::new(
                format!("{target_zh}{zh_event}后{days}{zh_days}内{zh}"),
                format!("within {days} {en_days} of {en_event}{target_en}{en}"),
            )
        }
        Frequency::OnEvent { trigger } => {
            let (zh, en) = match trigger {
                Trigger::Appointment => ("每次任职时", "at every appointment"),
                Trigger::Rotation => ("每次轮换时", "at every rotation"),
                Trigger::Record => ("每次发生时", "whenever it occurs"),
            };
            Text::new(format!("{target_zh}{zh}"), format!("{en}{target_en}"))
        }
    }
}

fn event(trigger: Trigger) -> (&'static str, &'static str) {
    match trigger {
        Trigger::Appointment => ("任职", "appointment"),
        Trigger::Rotation => ("轮换", "rotation"),
        Trigger::Record => ("登记", "entry"),
    }
}

fn periodic(every: Every, times: u32) -> Text {
    let (zh, en) = match every {
        Every::Day => ("每日", "a day"),
        Every::BusinessDay => ("每个营业日", "every business day"),
        Every::Week => ("每周", "a week"),
        Every::HalfMonth => ("每半月", "every half-month"),
        Every::Month => ("每月", "a month"),
        Every::Quarter => ("每季度", "a quarter"),
        Every::HalfYear => ("每半年", "every half-year"),
        Every::Year => ("每年", "a year"),
    };
    let en_times = match times {
        0 | 1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    Text::new(
        format!("{zh}{}次", chinese_count(times.max(1))),
        format!("{en_times} {en}"),
    )
}

/// A number as it counts things in Chinese: 一, 两, 三 … 十; digits beyond.
fn chinese_count(number: u32) -> String {
    match number {
        1 => "一",
        2 => "两",
        3 => "三",
        4 => "四",
        5 => "五",
        6 => "六",
        7 => "七",
        8 => "八",
        9 => "九",
        10 => "十",
        _ => return number.to_string(),
    }
    .to_owned()
}

/// A number of copies: 两 / two.
pub fn copies_words(copies: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => chinese_count(copies),
        Lang::En => match copies {
            1 => "one".to_owned(),
            2 => "two".to_owned(),
            3 => "three".to_owned(),
            4 => "four".to_owned(),
            n => n.to_string(),
        },
    }
}

/// A date in words: 2026年1月5日 / 5 January 2026.
pub fn date_words(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => {
            let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
            format!("{} {month} {}", day.day(), day.year())
        }
    }
}

/// A duty's clause with its frequency behind it. The frequency is set apart, because a clause may speak of it too.
pub fn clause_with_frequency(clause: &str, frequency: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{clause}（频次：{frequency}）。"),
        Lang::En => {
            // Duties are written "is to …"; in a letter each stands on its own line.
            let mut letters = clause.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{first}{} (frequency: {frequency}).", letters.as_str())
        }
    }
}

/// A stretch of days as a clause.
pub fn days_words(days: Days, lang: Lang) -> String {
    let (from, until) = (date_words(days.from, lang), date_words(days.until, lang));
    match lang {
        Lang::Zh => format!("自{from}起至{until}止。"),
        Lang::En => format!("From {from} to {until}."),
    }
}

/// Heading of a letter's section.
pub fn heading_words(section: SectionId) -> Text {
    let (zh, en) = match section {
        SectionId::Grounds => ("签订依据", "Basis"),
        SectionId::Period => ("责任期限", "Period of responsibility"),
        SectionId::Targets => ("责任目标", "Targets"),
        SectionId::Duties => ("责任内容", "Duties"),
        SectionId::Rights => ("双方权利和义务", "Rights and obligations of both parties"),
        SectionId::Assessment => ("考核", "Assessment"),
        SectionId::Reward => ("奖励", "Reward"),
        SectionId::Punishment => ("处罚与问责", "Punishment and accountability"),
        SectionId::Change => ("变更", "Change"),
        SectionId::Miscellaneous => ("附则", "Miscellaneous"),
    };
    Text::new(zh, en)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn frequencies_in_both_languages() {
        let periodic = |every: &str, times: u32| json!({"type": "periodic", "every": every, "times": times});
        for (frequency, zh, en) in [
            (periodic("month", 1), "每月一次", "once a month"),
            (periodic("week", 2), "每周两次", "twice a week"),
            (periodic("day", 4), "每日四次", "4 times a day"),
            (
                periodic("half_year", 12),
                "每半年12次",
                "12 times every half-year",
            ),
            (
                periodic("business_day", 1),
                "每个营业日一次",
                "once every business day",
            ),
            (
                json!({"type": "periodic", "every": "month", "times": 1, "before_holidays": true}),
                "每月一次，并在每个法定节假日前一次",
                "once a month, and once before each public holiday",
            ),
            (
                json!({"type": "within", "days": 10, "day_kind": "working", "trigger": "appointment", "and_every": "year"}),
                "任职后10个工作日内，并每年一次",
                "within 10 working days of appointment, and once a year",
            ),
            (
                json!({"type": "within", "days": 1, "day_kind": "calendar", "trigger": "rotation"}),
                "轮换后1日内",
                "within 1 day of rotation",
            ),
            (
                json!({"type": "on_event", "trigger": "rotation"}),
                "每次轮换时",
                "at every rotation",
            ),
        ] {
            let frequency: Frequency = serde_json::from_value(frequency).unwrap();
            assert_eq!(frequency_words(&frequency), Text::new(zh, en));
        }
        let mut duty = crate::fixture::duty("D9", periodic("month", 1));
        duty.evidence.target = Some(Target::EachOutlet);
        assert_eq!(
            duty_words(&duty),
            Text::new("对每个网点每月一次", "once a month for each outlet")
        );
    }
}
