//! What a letter says, and who owes one.

use super::*;
use crate::appointment::Appointment;
use crate::fixture::{appointment, day, days, duty, ledgered, monthly, standard, timeline};

fn parties() -> Parties {
    let party = |name: &str, post: &str, institution: &str| Party {
        name: name.to_owned(),
        post: post.to_owned(),
        institution: institution.to_owned(),
    };
    Parties {
        a: party("张𠮷", "P6", "城东支行"),
        b: party("李㛃", "P1", "城东支行营业部"),
    }
}

#[test]
fn a_letter_in_both_languages() {
    let year = days("2026-03-02", "2026-12-31");
    let zh = compose(&ledgered(), "fire", &parties(), year, "消-2026-001", Lang::Zh).unwrap();
    assert_eq!(
        (zh.title.as_str(), zh.number.as_str(), zh.standard.as_str()),
        ("消防安全责任书", "消-2026-001", "test@1")
    );
    let lines: Vec<String> = zh
        .sections
        .iter()
        .flat_map(|s| {
            s.clauses
                .iter()
                .map(|c| format!("{}{}{}", s.heading, c.number, c.text))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "签订依据1消防法",
            "责任期限1自2026年3月2日起至2026年12月31日止。",
            "责任目标1不发生火灾。",
            "责任内容1服从管理。",
            "责任内容2开展检查（频次：每月一次）。",
            "考核1年度考核。",
            "附则1本责任书一式两份。",
        ]
    );
    assert_eq!((zh.b.name.as_str(), zh.b.title.as_str()), ("李㛃", "岗位P1"));
    assert_eq!(zh.sections[3].clauses[1].duty.as_deref(), Some("D1"));

    let en = compose(&ledgered(), "fire", &parties(), year, "1", Lang::En).unwrap();
    let texts: Vec<&str> = en
        .sections
        .iter()
        .flat_map(|s| &s.clauses)
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(texts[1], "From 2 March 2026 to 31 December 2026.");
    assert_eq!(texts[4], "Is to check (frequency: once a month).");
    assert_eq!(texts[6], "In two copies.");
}

#[test]
fn what_the_standard_does_not_know() {
    let year = days("2026-01-01", "2026-12-31");
    let error = compose(&ledgered(), "gone", &parties(), year, "1", Lang::Zh).unwrap_err();
    assert_eq!(
        (error.code(), error.fields()["template"].as_str()),
        ("letter-template-unknown", "gone")
    );
    let mut parties = parties();
    parties.a.post = "P99".to_owned();
    let error = compose(&ledgered(), "fire", &parties, year, "1", Lang::Zh).unwrap_err();
    assert_eq!(
        (error.code(), error.fields()["post"].as_str()),
        ("post-unknown", "P99")
    );
}

fn places() -> Vec<Place> {
    let place = |code: &str, parent: Option<&str>| Place {
        code: code.to_owned(),
        parent: parent.map(str::to_owned),
    };
    vec![
        place("head", None),
        place("branch", Some("head")),
        place("sub", Some("branch")),
        place("outlet", Some("sub")),
    ]
}

fn network() -> Vec<Appointment> {
    vec![
        appointment("head", "P0", "top", "2020-01-01", None),
        appointment("branch", "P0", "president", "2020-01-01", None),
        appointment("sub", "P6", "sub_president", "2020-01-01", None),
        appointment("outlet", "P1", "head", "2020-01-01", None),
        appointment("outlet", "P2", "teller", "2020-01-01", None),
    ]
}

#[test]
fn who_signs_with_whom() {
    let standard = standard(vec![]);
    let network = network();
    let with = |appointments: &[Appointment], b: usize, on: &str| {
        party_a(&standard, &places(), appointments, &network[b], day(on)).map(|a| a.person.clone())
    };
    let on = "2026-01-10";
    let chain: Vec<_> = (0..5).map(|b| with(&network, b, on)).collect();
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(
        chain,
        [
            None,
            name("top"),
            name("president"),
            name("sub_president"),
            name("head")
        ]
    );

    // A vacant post passes the signature on to the one it answers to.
    let mut vacant = network.clone();
    vacant[3].until = Some(day("2025-12-31"));
    assert_eq!(with(&vacant, 4, on), name("sub_president"));
    assert_eq!(with(&vacant, 4, "2025-12-31"), name("head"));
    vacant[2].until = Some(day("2025-12-31"));
    assert_eq!(with(&vacant, 4, on), name("president"));
    // Nobody signs with themselves.
    let mut both = network.clone();
    both[3].person = "teller".to_owned();
    assert_eq!(with(&both, 4, on), name("sub_president"));
    // A broken tree ends somewhere.
    let round = [Place {
        code: "outlet".into(),
        parent: Some("outlet".into()),
    }];
    assert_eq!(
        party_a(&standard, &round, &network[..3], &network[4], day(on)),
        None
    );
}

fn letter(person: &str, post: &str, from: &str, signed: Option<&str>) -> LetterRecord {
    LetterRecord {
        record: format!("{person}-{from}"),
        institution: "outlet".to_owned(),
        person: person.to_owned(),
        post: post.to_owned(),
        period: days(from, "2026-12-31"),
        signed: signed.map(day),
    }
}

fn states(appointments: &[Appointment], letters: &[LetterRecord], today: &str) -> Vec<(String, LetterState)> {
    let timeline = timeline(vec![duty("D1", monthly(1))]);
    letter_plan(&timeline, &places(), appointments, letters, 2026, day(today))
        .into_iter()
        .map(|need| {
            (
                format!("{}-{}", need.appointment.person, need.period.from),
                need.state,
            )
        })
        .collect()
}

#[test]
fn the_plan_of_a_year() {
    let network = &network()[3..];
    let state = |state| {
        [
            ("head-2026-01-01".to_owned(), state),
            ("teller-2026-01-01".to_owned(), LetterState::Missing),
        ]
    };
    assert_eq!(states(network, &[], "2026-01-10"), state(LetterState::Missing));
    assert_eq!(
        states(network, &[letter("head", "P1", "2026-01-01", None)], "2026-01-10"),
        state(LetterState::Prepared)
    );
    let signed = [
        letter("head", "P1", "2026-01-01", None),
        letter("head", "P1", "2026-01-01", Some("2026-01-09")),
    ];
    assert_eq!(states(network, &signed, "2026-01-10"), state(LetterState::Signed));
    // Monday 5 January is the first working day after New Year, Friday the 16th the tenth.
    let due: Vec<LetterState> = states(network, &signed, "2026-01-17")
        .into_iter()
        .map(|(_, s)| s)
        .collect();
    assert_eq!(due, [LetterState::Signed, LetterState::Overdue]);
    // A letter for another post or another year does not help.
    let other = [letter("head", "P2", "2026-01-01", Some("2026-01-09"))];
    assert_eq!(states(network, &other, "2026-01-10"), state(LetterState::Missing));
}

#[test]
fn a_transfer_ends_a_letter_and_asks_for_another() {
    let people = [
        appointment("outlet", "P2", "wang", "2020-01-01", Some("2026-05-31")),
        appointment("outlet", "P1", "wang", "2026-06-01", None),
        // Away for a month and back in the same seat.
        appointment("outlet", "P2", "zhao", "2020-01-01", Some("2026-05-31")),
        appointment("outlet", "P2", "zhao", "2026-07-01", None),
        // Came and went before a letter was due.
        appointment("outlet", "P2", "brief", "2026-03-02", Some("2026-03-04")),
    ];
    let letters = [
        letter("wang", "P2", "2026-01-01", Some("2026-01-05")),
        letter("zhao", "P2", "2026-01-01", Some("2026-01-05")),
    ];
    let pair = |name: &str, state| (name.to_owned(), state);
    assert_eq!(
        states(&people, &letters, "2026-07-05"),
        [
            pair("wang-2026-06-01", LetterState::Overdue),
            pair("wang-2026-01-01", LetterState::Ended),
            pair("zhao-2026-01-01", LetterState::Ended),
            pair("zhao-2026-07-01", LetterState::Missing),
        ]
    );
    let plan = letter_plan(
        &timeline(vec![]),
        &places(),
        &people,
        &letters,
        2026,
        day("2026-07-05"),
    );
    let sum = coverage(&plan);
    assert_eq!(
        (sum.signed, sum.missing, sum.overdue, sum.ended, sum.prepared),
        (0, 1, 1, 2, 0)
    );
}
