//! The rules on the standard that ships with the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use safety_domain::appointment::{Appointment, Days};
use safety_domain::calendar::WorkCalendar;
use safety_domain::directory::NoDirectory;
use safety_domain::frequency_words::duty_words;
use safety_domain::institution::Level;
use safety_domain::letter::{Parties, Party, SectionId, compose};
use safety_domain::obligation::{Evidence, State, Subject, Timeline, compliance, counts, obligations};
use safety_domain::period::{Period, periods};
use safety_domain::standard::{Every, Frequency, Standard, assemble};
use safety_domain::text::Lang;
use safety_domain::validate::{Context, Severity, validate_record};
use serde_json::{Map, Value, json};
use uuid::Uuid;

fn standard() -> Arc<Standard> {
    fn read(folder: &Path, under: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{under}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                read(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/standard");
    read(Path::new(folder), "", &mut files);
    Arc::new(assemble(&files).expect("the default standard has no faults"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year() -> Days {
    Days::new(day("2026-01-01"), day("2026-12-31"))
}

fn outlet(standard: &Standard) -> Subject {
    let posts = standard
        .posts
        .iter()
        .filter(|p| p.levels.contains(&Level::Outlet));
    Subject {
        institution: "330100001".to_owned(),
        level: Level::Outlet,
        opened: None,
        closed: None,
        profile: Map::new(),
        outlets: Vec::new(),
        appointments: posts
            .map(|post| Appointment {
                institution: "330100001".to_owned(),
                post: post.id.clone(),
                person: format!("person-{}", post.id),
                from: day("2024-01-01"),
                until: None,
            })
            .collect(),
        superiors: Vec::new(),
        events: Vec::new(),
    }
}

/// What an outlet writes down that does everything on the last day of each period.
fn everything(standard: &Standard, subject: &Subject) -> Vec<Evidence> {
    let calendar = WorkCalendar::of(standard);
    let mut acts = Vec::new();
    let mut act = |ledger: &str, on: NaiveDate, fields: Map<String, Value>| {
        acts.push(Evidence {
            record: Uuid::from_u128(acts.len() as u128),
            ledger: ledger.to_owned(),
            institution: subject.institution.clone(),
            occurred: on,
            recorded: on,
            late: false,
            fields,
        });
    };
    for duty in standard
        .duties
        .iter()
        .filter(|d| d.levels.contains(&Level::Outlet))
    {
        let mut fields = Map::new();
        for condition in &duty.evidence.conditions {
            fields.insert(condition.field.clone(), json!(condition.is[0]));
        }
        let (every, times) = match &duty.frequency {
            Frequency::Periodic {
                every,
                times,
                before_holidays,
            } => {
                if *before_holidays {
                    // New Year's holiday of the next year asks for a test in this one.
                    for holiday in calendar.holidays(year().from, day("2027-01-31")) {
                        let days = calendar.days_before(holiday, standard.deadlines.before_holiday_days);
                        act(&duty.evidence.ledger, days.unwrap().0, fields.clone());
                    }
                }
                (*every, *times)
            }
            Frequency::Within {
                and_every: Some(every),
                ..
            } => (*every, 1),
            _ => continue,
        };
        if let Some(field) = &duty.evidence.target_field {
            let people: Vec<&str> = subject.appointments.iter().map(|a| a.person.as_str()).collect();
            fields.insert(field.clone(), json!(people));
        }
        for period in periods(every, year().from, year().until) {
            if every == Every::BusinessDay && !calendar.is_business_day(period.first) {
                continue;
            }
            for _ in 0..times {
                act(&duty.evidence.ledger, period.last, fields.clone());
            }
        }
    }
    acts
}

#[test]
fn an_outlet_that_does_everything_has_done_everything() {
    let standard = standard();
    let timeline = Timeline::new([Arc::clone(&standard)]);
    let subject = outlet(&standard);
    let acts = everything(&standard, &subject);
    let found = obligations(&timeline, &subject, &acts, &[], year(), day("2027-02-01"));
    // The days before New Year 2026 lie before the standard.
    let undone: Vec<_> = found
        .iter()
        .filter(|o| o.state != State::Done)
        .map(|o| (&o.key, o.state))
        .collect();
    assert_eq!(undone, []);
    assert!(found.len() > 1_200, "{} obligations", found.len());
    for line in compliance(&found, Days::new(day("2026-01-05"), day("2026-12-20"))) {
        assert_eq!(
            (line.in_time, line.missed + line.overdue + line.late),
            (line.due, 0),
            "{}",
            line.duty
        );
    }
}

#[test]
fn an_outlet_that_does_nothing_misses_everything() {
    let standard = standard();
    let timeline = Timeline::new([Arc::clone(&standard)]);
    let subject = outlet(&standard);
    let found = obligations(&timeline, &subject, &[], &[], year(), day("2027-02-01"));
    let counts = counts(&found);
    assert_eq!(counts.missed as usize, found.len());
    let duties: BTreeSet<&str> = found.iter().map(|o| o.duty.as_str()).collect();
    let expected: BTreeSet<&str> = standard
        .duties
        .iter()
        .filter(|d| d.levels.contains(&Level::Outlet) && !matches!(d.frequency, Frequency::OnEvent { .. }))
        .map(|d| d.id.as_str())
        .collect();
    assert_eq!(duties, expected);
}

#[test]
fn every_post_gets_a_letter_in_both_languages() {
    let standard = standard();
    for post in &standard.posts {
        for template in standard
            .letters
            .iter()
            .filter(|t| t.levels.iter().any(|l| post.levels.contains(l)))
        {
            for lang in [Lang::Zh, Lang::En] {
                let party = |name: &str, post: &str| Party {
                    name: name.to_owned(),
                    post: post.to_owned(),
                    institution: "城东支行".to_owned(),
                };
                let parties = Parties {
                    a: party("张𠮷", "P01"),
                    b: party("李㛃", &post.id),
                };
                let letter = compose(&standard, &template.id, &parties, year(), "2026-001", lang).unwrap();
                let duties = letter
                    .sections
                    .iter()
                    .find(|s| s.id == SectionId::Duties)
                    .expect("duties");
                assert!(
                    duties.clauses.len() > post.duties.len(),
                    "{} {}",
                    post.id,
                    template.id
                );
                // How often something is due is said by the duty's figure, once: not in the post's words, nor
                // at the head of the duty's.
                let often = duties.clauses.iter().find(|clause| clause.text.starts_with('每'));
                assert!(often.is_none(), "{} {}: {often:?}", post.id, template.id);
                let said: std::collections::BTreeSet<&str> =
                    duties.clauses.iter().map(|clause| clause.text.as_str()).collect();
                assert_eq!(said.len(), duties.clauses.len(), "{}", post.id);
                for clause in letter.sections.iter().flat_map(|s| &s.clauses) {
                    assert!(
                        !clause.text.trim().is_empty() && !clause.text.contains(['{', '}']),
                        "{}",
                        clause.text
                    );
                    assert!(
                        !clause.text.contains("。（") && !clause.text.contains("。。"),
                        "{}",
                        clause.text
                    );
                }
            }
        }
    }
}

#[test]
fn every_frequency_has_words() {
    for duty in &standard().duties {
        let words = duty_words(duty);
        assert!(
            !words.zh.is_empty() && words.en.is_ascii() && !words.en.is_empty(),
            "{}",
            duty.id
        );
    }
}

/// An empty form of every ledger says what is missing, and nothing else.
#[test]
fn empty_forms_ask_for_what_is_required() {
    let standard = standard();
    let now = "2026-11-23T17:00:00+08:00".parse().unwrap();
    for ledger in &standard.ledgers {
        let body = serde_json::from_value(json!({"occurred": "2026-11-23T09:30", "fields": {}})).unwrap();
        let context = Context {
            now,
            first_entry: None,
            directory: &NoDirectory,
        };
        let faults = validate_record(&standard, &ledger.id, &body, context);
        let required: BTreeSet<String> = standard
            .fields(ledger, None)
            .iter()
            .filter(|f| f.required && f.when.is_none())
            .map(|f| format!("fields.{}", f.id))
            .collect();
        let missing: BTreeSet<String> = faults.iter().map(|f| f.path.clone()).collect();
        assert_eq!(missing, required, "{}", ledger.id);
        assert!(
            faults
                .iter()
                .all(|f| f.code == "required-missing" && f.severity == Severity::Error)
        );
    }
}

/// Prints how long a year of one outlet takes; run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
fn speed_of_a_year() {
    let standard = standard();
    let timeline = Timeline::new([Arc::clone(&standard)]);
    let subject = outlet(&standard);
    let mut acts = everything(&standard, &subject);
    while acts.len() < 3_000 {
        let mut more = acts[acts.len() % 700].clone();
        more.record = Uuid::from_u128(acts.len() as u128);
        acts.push(more);
    }
    let started = std::time::Instant::now();
    let rounds = 20;
    for n in 0..rounds {
        let found = obligations(&timeline, &subject, &acts, &[], year(), day("2026-11-23"));
        assert!(!found.is_empty(), "{n}");
    }
    let count = obligations(&timeline, &subject, &acts, &[], year(), day("2026-11-23")).len();
    println!(
        "{count} obligations from {} acts: {:?} each",
        acts.len(),
        started.elapsed() / rounds
    );
}

#[test]
fn the_calendar_covers_the_standard() {
    let standard = standard();
    let calendar = WorkCalendar::of(&standard);
    assert!(calendar.confirmed(standard.effective_from.year()).is_some());
    let worked = periods(Every::Day, year().from, year().until)
        .filter(|p: &Period| calendar.is_business_day(p.first))
        .count();
    assert!((240..=255).contains(&worked), "{worked} business days in 2026");
}
