//! Properties that hold whatever an outlet did.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::fixture::{OUTLET, act, appointment, day, duty, standard, subject};
use crate::standard::{Duty, Target};

fn frequency() -> impl Strategy<Value = Value> {
    let every = prop::sample::select(vec![
        "day",
        "business_day",
        "week",
        "half_month",
        "month",
        "quarter",
        "half_year",
        "year",
    ]);
    prop_oneof![
        4 => (every.clone(), 1u32..4, any::<bool>()).prop_map(|(every, times, before_holidays)| json!(
            {"type": "periodic", "every": every, "times": times, "before_holidays": before_holidays})),
        1 => (0u32..20, any::<bool>(), prop::option::of(every)).prop_map(|(days, working, and_every)| json!(
            {"type": "within", "days": days, "day_kind": if working { "working" } else { "calendar" },
             "trigger": "appointment", "and_every": and_every})),
    ]
}

fn a_duty(id: &'static str) -> impl Strategy<Value = Duty> {
    (
        frequency(),
        0u32..10,
        prop::sample::select(vec![None, Some(Target::EachOutlet), Some(Target::EachPerson)]),
    )
        .prop_map(move |(frequency, grace, target)| {
            let mut duty = duty(id, frequency);
            duty.grace_days = grace;
            duty.evidence.target = target;
            duty.evidence.target_field = target.map(|_| "target".to_owned());
            duty
        })
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0u64..550).prop_map(|n| day("2026-01-01") + chrono::Days::new(n))
}

fn evidence() -> impl Strategy<Value = Vec<Evidence>> {
    let one = (
        date(),
        0u64..8,
        any::<bool>(),
        prop::sample::select(vec!["A", "B", "zhang", "li"]),
    );
    prop::collection::vec(one, 0..60).prop_map(|list| {
        (1u128..)
            .zip(list)
            .map(|(n, (on, after, late, target))| {
                let mut act = act(n, &on.to_string()).with("target", json!([target, "B"]));
                act.recorded = on + chrono::Days::new(after);
                act.late = late;
                act
            })
            .collect()
    })
}

fn world() -> impl Strategy<Value = (Timeline, Subject)> {
    (
        a_duty("D1"),
        a_duty("D1"),
        a_duty("D2"),
        date(),
        prop::option::of(date()),
        date(),
        prop::option::of(date()),
    )
        .prop_map(|(first, then, other, change, opened, appointed, left)| {
            let mut second = standard(vec![then, other]);
            second.version = "2".to_owned();
            second.effective_from = change.max(day("2026-01-02"));
            let timeline = Timeline::new([Arc::new(standard(vec![first])), Arc::new(second)]);
            let mut subject = subject();
            subject.opened = opened;
            subject.outlets = ["A", "B"]
                .iter()
                .map(|code| OutletBelow {
                    code: (*code).to_owned(),
                    opened: None,
                    closed: None,
                })
                .collect();
            subject.appointments = vec![
                appointment(OUTLET, "P1", "zhang", &appointed.to_string(), None),
                appointment(
                    OUTLET,
                    "P2",
                    "li",
                    "2025-03-01",
                    left.map(|d| d.to_string()).as_deref(),
                ),
            ];
            (timeline, subject)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_order_of_evidence_does_not_matter(
        (timeline, subject) in world(),
        (acts, shuffled) in evidence().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        from in date(), length in 0u64..200, today in date(),
    ) {
        let window = Days::new(from, from + chrono::Days::new(length));
        let one = obligations(&timeline, &subject, &acts, &[], window, today);
        let other = obligations(&timeline, &subject, &shuffled, &[], window, today);
        prop_assert_eq!(one, other);
    }

    #[test]
    fn parts_of_a_window_add_up_to_it(
        (timeline, subject) in world(), acts in evidence(),
        from in date(), first in 0u64..200, second in 1u64..200, today in date(),
    ) {
        let middle = from + chrono::Days::new(first);
        let end = middle + chrono::Days::new(second);
        let of = |window| obligations(&timeline, &subject, &acts, &[], window, today);
        let whole = of(Days::new(from, end));
        let mut parts = of(Days::new(from, middle));
        parts.extend(of(Days::new(middle.succ_opt().unwrap(), end)));
        parts.sort_by(|a, b| (a.due, &a.key).cmp(&(b.due, &b.key)));
        parts.dedup();
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn nothing_is_counted_that_is_not_there(
        (timeline, subject) in world(), acts in evidence(), from in date(), length in 0u64..400, today in date(),
    ) {
        let window = Days::new(from, from + chrono::Days::new(length));
        let found = obligations(&timeline, &subject, &acts, &[], window, today);
        let keys: BTreeSet<&str> = found.iter().map(|o| o.key.as_str()).collect();
        prop_assert_eq!(keys.len(), found.len(), "keys are unique");
        for o in &found {
            prop_assert!(o.done <= o.needed && o.done as usize == o.evidence.len());
            prop_assert!(o.from <= o.due && o.from <= o.lead_from && o.due <= o.grace_until);
            prop_assert_eq!(o.done == o.needed, matches!(o.state, State::Done | State::DoneLate));
            prop_assert_eq!(o.evidence.iter().collect::<BTreeSet<_>>().len(), o.evidence.len());
            prop_assert!(o.evidence.iter().all(|id| acts.iter().any(|act| act.record == *id)));
        }
        // Within one duty and target, no act counts twice.
        let mut used = BTreeSet::new();
        for o in &found {
            for id in &o.evidence {
                prop_assert!(used.insert((&o.duty, &o.target, id)), "{} counts {} twice", o.key, id);
            }
        }
    }

    #[test]
    fn one_more_act_in_time_never_makes_things_worse(
        (timeline, subject) in world(), acts in evidence(), extra in date(),
    ) {
        let window = Days::new(day("2025-01-01"), day("2028-12-31"));
        let met = |acts: &[Evidence]| {
            let found = obligations(&timeline, &subject, acts, &[], window, day("2028-01-01"));
            found.iter().map(|o| o.done).sum::<u32>()
        };
        let before = met(&acts);
        let mut more = acts;
        more.push(act(1000, &extra.to_string()).with("target", json!(["A", "B", "zhang", "li"])));
        prop_assert!(met(&more) >= before);
    }
}
