//! Tables of single rules; properties stand in `properties.rs`.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::fixture::{OUTLET, act, appointment, day, days, duty, monthly, standard, subject, timeline};
use crate::standard::{Target, Trigger};

fn november() -> Days {
    days("2026-11-01", "2026-11-30")
}

fn judged(
    timeline: &Timeline,
    subject: &Subject,
    acts: &[Evidence],
    window: Days,
    today: &str,
) -> Vec<Obligation> {
    obligations(timeline, subject, acts, &[], window, day(today))
}

fn states(list: &[Obligation]) -> Vec<(&str, State)> {
    list.iter().map(|o| (o.period.as_str(), o.state)).collect()
}

#[test]
fn a_month_passes_through_its_states() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    // Today; acts with their day of entry; how November stands.
    type Case = (&'static str, &'static [(&'static str, &'static str)], State);
    let cases: [Case; 11] = [
        ("2026-10-31", &[], State::Upcoming),
        ("2026-11-01", &[], State::Due),
        ("2026-11-24", &[], State::Due),
        ("2026-11-25", &[], State::DueSoon),
        ("2026-11-30", &[], State::DueSoon),
        ("2026-12-01", &[], State::Overdue),
        ("2026-12-03", &[], State::Overdue),
        ("2026-12-04", &[], State::Missed),
        ("2026-11-10", &[("2026-11-09", "2026-11-09")], State::Done),
        // Entered within the grace days, and after them.
        ("2026-12-20", &[("2026-11-30", "2026-12-03")], State::Done),
        ("2026-12-20", &[("2026-11-30", "2026-12-04")], State::DoneLate),
    ];
    for (today, acts, expected) in cases {
        let acts: Vec<Evidence> = (1..)
            .zip(acts)
            .map(|(n, (on, entered))| act(n, on).entered(entered))
            .collect();
        let found = judged(&timeline, &subject(), &acts, november(), today);
        assert_eq!(
            states(&found),
            [("2026-11", expected)],
            "today {today}, acts {acts:?}"
        );
    }
}

#[test]
fn a_late_entry_never_shows_as_in_time() {
    let mut late = act(1, "2026-11-02");
    late.late = true;
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let found = judged(&timeline, &subject(), &[late.clone()], november(), "2026-11-30");
    assert_eq!(states(&found), [("2026-11", State::DoneLate)]);
    // Judged by its best act.
    let found = judged(
        &timeline,
        &subject(),
        &[late, act(2, "2026-11-20")],
        november(),
        "2026-11-30",
    );
    assert_eq!(states(&found), [("2026-11", State::Done)]);
    assert_eq!(found[0].evidence, [uuid::Uuid::from_u128(2)]);
}

#[test]
fn so_many_times_needs_so_many_acts() {
    let timeline = timeline(vec![duty("D1", monthly(2))]);
    let found = judged(
        &timeline,
        &subject(),
        &[act(1, "2026-11-02")],
        november(),
        "2026-11-20",
    );
    assert_eq!(
        (found[0].needed, found[0].done, found[0].state),
        (2, 1, State::Due)
    );
    // The same record twice is one act.
    let twice = [act(1, "2026-11-02"), act(1, "2026-11-02")];
    assert_eq!(
        judged(&timeline, &subject(), &twice, november(), "2026-11-20")[0].done,
        1
    );
    let both = [act(1, "2026-11-02"), act(2, "2026-11-02")];
    assert_eq!(
        judged(&timeline, &subject(), &both, november(), "2026-11-20")[0].state,
        State::Done
    );
}

#[test]
fn one_act_serves_two_duties() {
    let timeline = timeline(vec![duty("D1", monthly(1)), duty("D2", monthly(1))]);
    let found = judged(
        &timeline,
        &subject(),
        &[act(1, "2026-11-02")],
        november(),
        "2026-11-20",
    );
    assert_eq!(
        found.iter().map(|o| o.state).collect::<Vec<_>>(),
        [State::Done, State::Done]
    );
}

#[test]
fn what_is_too_much_makes_up_for_the_month_before_but_late() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let window = days("2026-11-01", "2026-12-31");
    // One act belongs to its own month …
    let found = judged(
        &timeline,
        &subject(),
        &[act(1, "2026-12-02")],
        window,
        "2026-12-31",
    );
    assert_eq!(
        states(&found),
        [("2026-11", State::Missed), ("2026-12", State::Done)]
    );
    // … a second within the grace days makes up …
    let acts = [act(1, "2026-12-02"), act(2, "2026-12-20")];
    let found = judged(&timeline, &subject(), &acts, window, "2026-12-31");
    assert_eq!(
        states(&found),
        [("2026-11", State::DoneLate), ("2026-12", State::Done)]
    );
    // … and after them it does not.
    let acts = [act(1, "2026-12-05"), act(2, "2026-12-20")];
    let found = judged(&timeline, &subject(), &acts, window, "2026-12-31");
    assert_eq!(
        states(&found),
        [("2026-11", State::Missed), ("2026-12", State::Done)]
    );
}

#[test]
fn only_business_days_have_a_business_day_duty() {
    let timeline = timeline(vec![duty(
        "D1",
        json!({"type": "periodic", "every": "business_day", "times": 1}),
    )]);
    let found = judged(
        &timeline,
        &subject(),
        &[],
        days("2026-09-18", "2026-10-11"),
        "2026-09-01",
    );
    let periods: Vec<&str> = found.iter().map(|o| o.period.as_str()).collect();
    assert_eq!(
        periods,
        [
            "2026-09-18",
            "2026-09-20",
            "2026-09-21",
            "2026-09-22",
            "2026-09-23",
            "2026-09-24",
            "2026-09-28",
            "2026-09-29",
            "2026-09-30",
            "2026-10-08",
            "2026-10-09",
            "2026-10-10"
        ]
    );
}

#[test]
fn before_holidays_asks_for_an_act_of_its_own() {
    let frequency = json!({"type": "periodic", "every": "month", "times": 1, "before_holidays": true});
    let timeline = timeline(vec![duty("D1", frequency)]);
    let window = days("2026-09-01", "2026-09-30");
    let found = judged(&timeline, &subject(), &[], window, "2026-08-01");
    let spans: Vec<_> = found.iter().map(|o| (o.period.as_str(), o.from, o.due)).collect();
    assert_eq!(
        spans,
        [
            ("before-2026-09-25", day("2026-09-20"), day("2026-09-24")),
            ("2026-09", day("2026-09-01"), day("2026-09-30")),
            // Not back into the holiday before.
            ("before-2026-10-01", day("2026-09-28"), day("2026-09-30")),
        ]
    );
    let acts = [act(1, "2026-09-29"), act(2, "2026-09-22"), act(3, "2026-09-05")];
    for (taken, done) in [
        (0, vec![]),
        (1, vec!["before-2026-10-01"]),
        (2, vec!["before-2026-09-25", "before-2026-10-01"]),
    ] {
        let found = judged(&timeline, &subject(), &acts[..taken], window, "2026-09-30");
        let met: Vec<&str> = found
            .iter()
            .filter(|o| o.state == State::Done)
            .map(|o| o.period.as_str())
            .collect();
        assert_eq!(met, done, "{taken} acts");
    }
    assert!(
        judged(&timeline, &subject(), &acts, window, "2026-09-30")
            .iter()
            .all(|o| o.state == State::Done)
    );
}

#[test]
fn an_appointment_asks_within_working_days_until_it_is_met() {
    let frequency = json!({"type": "within", "days": 10, "day_kind": "working", "trigger": "appointment"});
    let timeline = timeline(vec![duty("D1", frequency)]);
    let mut subject = subject();
    subject
        .appointments
        .push(appointment(OUTLET, "P1", "zhang", "2026-09-18", None));
    subject
        .appointments
        .push(appointment(OUTLET, "P2", "li", "2026-09-18", None));
    subject
        .appointments
        .push(appointment("elsewhere", "P1", "wang", "2026-09-18", None));
    let window = days("2026-09-01", "2026-12-31");
    let found = judged(&timeline, &subject, &[], window, "2026-11-01");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].key, format!("D1:{OUTLET}:after-2026-09-18-P1:zhang"));
    // 20, 21, 22, 23, 24, 28, 29, 30 September, 8 and 9 October are worked.
    assert_eq!(found[0].due, day("2026-10-09"));
    assert_eq!(found[0].state, State::Overdue);
    for (act, expected) in [
        (act(1, "2026-09-17"), State::Overdue),
        (act(1, "2026-10-09"), State::Done),
        (act(1, "2026-10-10"), State::DoneLate),
    ] {
        assert_eq!(
            judged(&timeline, &subject, &[act], window, "2026-11-01")[0].state,
            expected
        );
    }
    // Who has left owes nothing more.
    subject.appointments[0].until = Some(day("2026-10-20"));
    assert_eq!(
        judged(&timeline, &subject, &[], window, "2026-11-01")[0].state,
        State::Missed
    );
    subject.appointments[0].until = Some(day("2026-10-08"));
    assert_eq!(judged(&timeline, &subject, &[], window, "2026-11-01"), []);
}

#[test]
fn letters_are_owed_yearly_and_on_appointment_but_not_twice_in_a_year() {
    let frequency = json!({"type": "within", "days": 10, "day_kind": "working", "trigger": "appointment", "and_every": "year"});
    let mut letters = duty("D29", frequency);
    letters.evidence.target = Some(Target::EachPerson);
    letters.evidence.target_field = Some("party_b".to_owned());
    let timeline = timeline(vec![letters]);
    let mut subject = subject();
    subject
        .appointments
        .push(appointment(OUTLET, "P2", "old", "2020-05-01", None));
    subject
        .appointments
        .push(appointment(OUTLET, "P2", "new", "2026-03-02", None));
    let window = days("2026-01-01", "2027-12-31");
    let keys: Vec<String> = judged(&timeline, &subject, &[], window, "2026-01-01")
        .into_iter()
        .map(|o| o.key)
        .collect();
    assert_eq!(
        keys,
        [
            format!("D29:{OUTLET}:after-2026-03-02-P2:new"),
            format!("D29:{OUTLET}:2026:old"),
            format!("D29:{OUTLET}:2027:new"),
            format!("D29:{OUTLET}:2027:old"),
        ]
    );
    let signed = act(1, "2026-03-10").with("party_b", json!("new"));
    let found = judged(&timeline, &subject, &[signed], window, "2026-03-20");
    assert_eq!((found[0].state, found[1].state), (State::Done, State::Due));
}

#[test]
fn a_rotation_asks_on_its_day() {
    let timeline = timeline(vec![duty(
        "D1",
        json!({"type": "on_event", "trigger": "rotation"}),
    )]);
    let mut subject = subject();
    assert_eq!(judged(&timeline, &subject, &[], november(), "2026-11-20"), []);
    subject.events.push(Event {
        trigger: Trigger::Rotation,
        on: day("2026-11-10"),
        id: "r1".into(),
        duty: None,
    });
    let found = judged(
        &timeline,
        &subject,
        &[act(1, "2026-11-10")],
        november(),
        "2026-11-20",
    );
    assert_eq!(states(&found), [("after-2026-11-10-r1", State::Done)]);
}

#[test]
fn each_outlet_is_a_target_of_its_own() {
    let mut each = duty("D9", monthly(1));
    each.evidence.target = Some(Target::EachOutlet);
    each.evidence.target_field = Some("inspected".to_owned());
    let timeline = timeline(vec![each]);
    let mut subject = subject();
    let outlet = |code: &str, opened: Option<&str>, closed: Option<&str>| OutletBelow {
        code: code.to_owned(),
        opened: opened.map(day),
        closed: closed.map(day),
    };
    subject.outlets = vec![
        outlet("A", None, None),
        outlet("B", None, None),
        outlet("early", Some("2026-11-16"), None),
        outlet("late", Some("2026-11-17"), None),
        outlet("closed", None, Some("2026-11-29")),
    ];
    // One visit to two outlets proves both.
    let acts = [act(1, "2026-11-18").with("inspected", json!(["A", "early"]))];
    let found = judged(&timeline, &subject, &acts, november(), "2026-11-20");
    let states: Vec<_> = found
        .iter()
        .map(|o| (o.target.as_ref().unwrap().id(), o.state))
        .collect();
    assert_eq!(
        states,
        [("A", State::Done), ("B", State::Due), ("early", State::Done)]
    );
}

#[test]
fn the_profile_may_ask_for_more() {
    let mut patrol = duty("D22", monthly(1));
    patrol.overrides = serde_json::from_value(json!([{"when": {"field": "crowded", "is": ["yes"]},
        "frequency": {"type": "periodic", "every": "half_month", "times": 1}}]))
    .unwrap();
    let timeline = timeline(vec![patrol]);
    let mut subject = subject();
    assert_eq!(
        judged(&timeline, &subject, &[], november(), "2026-11-01").len(),
        1
    );
    subject.profile.insert("crowded".to_owned(), json!("yes"));
    let found = judged(&timeline, &subject, &[], november(), "2026-11-01");
    assert_eq!(
        states(&found),
        [("2026-11-H1", State::Due), ("2026-11-H2", State::Upcoming)]
    );
}

#[test]
fn conditions_sift_the_evidence() {
    let mut opening = duty("D12", monthly(1));
    opening.evidence.conditions = serde_json::from_value(
        json!([{"field": "phase", "is": ["opening"]}, {"field": "covers", "is": ["gear"]}]),
    )
    .unwrap();
    let timeline = timeline(vec![opening]);
    let good = act(1, "2026-11-02")
        .with("phase", json!("opening"))
        .with("covers", json!(["clock", "gear"]));
    let mut elsewhere = good.clone();
    elsewhere.institution = "other".to_owned();
    let mut ledger = good.clone();
    ledger.ledger = "L2".to_owned();
    let closing = good.clone().with("phase", json!("closing"));
    for (act, done) in [
        (good, 1),
        (elsewhere, 0),
        (ledger, 0),
        (closing, 0),
        (act(1, "2026-11-02"), 0),
    ] {
        assert_eq!(
            judged(&timeline, &subject(), &[act], november(), "2026-11-20")[0].done,
            done
        );
    }
}

#[test]
fn a_new_outlet_begins_with_a_period_that_counts() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let mut subject = subject();
    for (opened, first) in [
        ("2026-11-01", "2026-11"),
        ("2026-11-16", "2026-11"),
        ("2026-11-17", "2026-12"),
    ] {
        subject.opened = Some(day(opened));
        let found = judged(
            &timeline,
            &subject,
            &[],
            days("2026-10-01", "2026-12-31"),
            "2026-10-01",
        );
        assert_eq!(found[0].period, first, "opened {opened}");
        assert_eq!(found[0].from, day(opened).max(day(&format!("{first}-01"))));
    }
    // What closed before a period's end does not owe it.
    subject.opened = None;
    subject.closed = Some(day("2026-11-29"));
    let found = judged(
        &timeline,
        &subject,
        &[],
        days("2026-10-01", "2026-12-31"),
        "2026-10-01",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].period, "2026-10");
}

#[test]
fn a_period_is_judged_by_the_version_at_its_start() {
    let mut second = standard(vec![duty("D1", monthly(2)), duty("D2", monthly(1))]);
    second.version = "2".to_owned();
    second.effective_from = day("2026-11-10");
    let timeline = Timeline::new([Arc::new(second), Arc::new(standard(vec![duty("D1", monthly(1))]))]);
    let found = judged(
        &timeline,
        &subject(),
        &[],
        days("2026-11-01", "2026-12-31"),
        "2026-11-01",
    );
    let seen: Vec<_> = found
        .iter()
        .map(|o| (o.duty.as_str(), o.period.as_str(), o.needed, o.standard.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("D1", "2026-11", 1, "test@1"),
            // New, and most of its first month lies ahead.
            ("D2", "2026-11", 1, "test@2"),
            ("D1", "2026-12", 2, "test@2"),
            ("D2", "2026-12", 1, "test@2"),
        ]
    );
}

#[test]
fn a_new_version_with_other_periods_leaves_neither_gap_nor_overlap() {
    let quarterly = json!({"type": "periodic", "every": "quarter", "times": 1});
    let change = |first, then, from: &str| {
        let mut second = standard(vec![duty("D1", then)]);
        second.version = "2".to_owned();
        second.effective_from = day(from);
        let timeline = Timeline::new([Arc::new(standard(vec![duty("D1", first)])), Arc::new(second)]);
        let found = judged(
            &timeline,
            &subject(),
            &[],
            days("2026-10-01", "2027-01-31"),
            "2026-10-01",
        );
        found
            .into_iter()
            .map(|o| (o.period, o.from.to_string()))
            .collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        change(monthly(1), quarterly.clone(), "2026-10-15"),
        [
            pair("2026-10", "2026-10-01"),
            pair("2026-Q4", "2026-11-01"),
            pair("2027-Q1", "2027-01-01")
        ]
    );
    assert_eq!(
        change(quarterly, monthly(1), "2026-10-15"),
        [pair("2026-Q4", "2026-10-01"), pair("2027-01", "2027-01-01")]
    );
}

#[test]
fn not_applicable_is_said_for_a_period_or_a_stretch() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let exemption = |period: Option<&str>, stretch: Option<Days>| Exemption {
        record: uuid::Uuid::from_u128(9),
        institution: OUTLET.to_owned(),
        duty: "D1".to_owned(),
        period: period.map(str::to_owned),
        days: stretch,
        target: None,
    };
    for exemption in [
        exemption(Some("2026-11"), None),
        exemption(None, Some(november())),
    ] {
        let window = days("2026-10-01", "2026-11-30");
        let exemptions = [exemption];
        let found = obligations(&timeline, &subject(), &[], &exemptions, window, day("2026-12-31"));
        assert_eq!(
            states(&found),
            [("2026-10", State::Missed), ("2026-11", State::NotApplicable)]
        );
        // Whoever did it all the same did it.
        let found = obligations(
            &timeline,
            &subject(),
            &[act(1, "2026-11-02")],
            &exemptions,
            window,
            day("2026-12-31"),
        );
        assert_eq!(found[1].state, State::Done);
    }
}

#[test]
fn a_vacant_post_loses_nothing() {
    let mut shared = duty("D2", monthly(1));
    shared.posts = vec!["P6".to_owned()];
    let timeline = timeline(vec![duty("D1", monthly(1)), shared]);
    let mut subject = subject();
    let of = |subject: &Subject| {
        let found = judged(&timeline, subject, &[], november(), "2026-11-20");
        found
            .into_iter()
            .map(|o| (o.holders, o.vacant))
            .collect::<Vec<_>>()
    };
    // Nothing is known here of the posts above, so they are not called vacant.
    assert_eq!(of(&subject), [(vec![], true), (vec![], false)]);
    subject.superiors = vec!["330100".to_owned()];
    subject.appointments.push(appointment(
        OUTLET,
        "P1",
        "zhang",
        "2026-01-01",
        Some("2026-11-19"),
    ));
    subject
        .appointments
        .push(appointment("330100", "P6", "li", "2026-01-01", None));
    assert_eq!(of(&subject), [(vec![], true), (vec!["li".to_owned()], false)]);
    subject.appointments[0].until = None;
    assert_eq!(of(&subject)[0], (vec!["zhang".to_owned()], false));
}

#[test]
fn nothing_is_due_before_the_first_standard() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let found = judged(
        &timeline,
        &subject(),
        &[],
        days("2025-06-01", "2026-01-31"),
        "2026-01-10",
    );
    assert_eq!(states(&found), [("2026-01", State::Due)]);
    assert_eq!(
        judged(&Timeline::default(), &subject(), &[], november(), "2026-01-10"),
        []
    );
}

#[test]
fn numbers_over_a_range() {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    let acts = [
        act(1, "2026-07-02"),
        act(2, "2026-08-31").entered("2026-10-01"),
        act(3, "2026-12-02"),
    ];
    let window = days("2026-07-01", "2026-12-31");
    let found = judged(&timeline, &subject(), &acts, window, "2026-11-02");
    let counts = counts(&found);
    assert_eq!(
        (
            counts.done,
            counts.done_late,
            counts.missed,
            counts.overdue,
            counts.due
        ),
        (2, 1, 1, 1, 1)
    );
    let compliance = compliance(&found, days("2026-07-01", "2026-11-30"));
    assert_eq!(
        compliance,
        [Compliance {
            duty: "D1".into(),
            due: 4,
            in_time: 1,
            late: 1,
            overdue: 1,
            missed: 1,
            not_applicable: 0
        }]
    );
}
