//! Writing, correcting, listing and searching records, in Chinese and with rare characters.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::*;
use safety_store::Error;
use safety_store::journal::entry_name;
use safety_store::records::{FieldFilter, ListQuery, Sort, SortBy, StateFilter, Test};
use serde_json::json;

fn person(name: &str) -> serde_json::Value {
    json!({"name": name, "employee_no": "10086", "status": "active"})
}

#[test]
fn a_record_is_written_read_corrected_and_keeps_its_history() {
    let world = world();
    let first = header(id(1), "person", 0);
    let written = world.save(&first, &body("2026-11-23", person("王𠮷")));
    assert_eq!((written.pos.seq(), written.size), (0, 1));

    let mut second = header(id(1), "person", 5);
    second.prev = vec![entry_name(&origin(OUTLET, "1f2e3d4c"), 0)];
    second.by = "李娜".to_owned();
    let mut corrected = body("2026-11-23", person("王𠮷野"));
    corrected.change = Some("姓名少一字".to_owned());
    world.save(&second, &corrected);

    let world = world.reopen();
    let row = world.store.read(|r| r.record(id(1))).unwrap().unwrap();
    assert!(row.title.contains("王𠮷野"), "{}", row.title);
    assert_eq!(
        (row.versions, row.author.as_str(), row.conflict, row.known),
        (2, "李娜", false, true)
    );
    assert_eq!((row.created, row.recorded), (at(0), at(5)));
    let history = world.store.read(|r| r.history(id(1))).unwrap();
    let shown: Vec<_> = history
        .iter()
        .map(|v| (v.seq, v.by.as_str(), v.shown, v.head))
        .collect();
    assert_eq!(shown, [(0, "王𠮷野", false, false), (1, "李娜", true, true)]);
    assert_eq!(
        history[1].body.as_ref().unwrap().change.as_deref(),
        Some("姓名少一字")
    );
    assert_eq!(history[0].leaf, written.leaf);
    assert_eq!(world.store.read(|r| r.history(id(9))).unwrap(), []);
    world.clean();
}

#[test]
fn chinese_words_of_one_two_and_more_characters_are_found() {
    let world = world();
    for (number, name) in ["消防员", "灭火器王", "𠮷野㛃", "䶮", "灭火与火器", "Anna Fire"]
        .iter()
        .enumerate()
    {
        world.save(
            &header(id(number as u128 + 1), "person", number as i64),
            &body("2026-11-23", person(name)),
        );
    }
    let lookup = |typed| {
        world
            .store
            .read(|r| r.lookup(&["person"], &[OUTLET], typed, 3))
            .unwrap()
    };
    assert_eq!(lookup("").len(), 3);
    assert_eq!(
        lookup("䶮").iter().map(|found| found.0).collect::<Vec<_>>(),
        [id(4)]
    );
    for (typed, expected) in [
        ("消防", vec!["消防员"]),
        ("灭火", vec!["灭火与火器", "灭火器王"]),
        ("灭火器", vec!["灭火器王"]),
        ("火器", vec!["灭火与火器", "灭火器王"]),
        ("器", vec!["灭火与火器", "灭火器王"]),
        ("𠮷野", vec!["𠮷野㛃"]),
        ("㛃", vec!["𠮷野㛃"]),
        ("䶮", vec!["䶮"]),
        ("anna", vec!["Anna Fire"]),
        ("fir", vec!["Anna Fire"]),
        ("灭火 器", vec!["灭火与火器", "灭火器王"]),
        ("10086 消防", vec!["消防员"]),
        ("没有", vec![]),
        ("，", vec![]),
        ("\"' OR *", vec![]),
    ] {
        let mut found: Vec<_> = world.titles(typed);
        found.sort();
        assert_eq!(found.len(), expected.len(), "{typed}: {found:?}");
        for (title, name) in found.iter().zip(expected) {
            assert!(title.contains(name), "{typed}: {title}");
        }
    }
}

#[test]
fn a_record_is_found_by_the_name_of_a_person_in_it_whatever_came_first() {
    let world = world();
    let drill = json!({"scenario": "fire", "present": [id(1).to_string()], "commander": id(1).to_string()});
    world.save(&header(id(2), "L12", 0), &body("2026-11-20T10:00", drill));
    world.save(&header(id(1), "person", 1), &body("2026-11-23", person("欧阳䶮")));
    let found = world.store.read(|r| r.search("欧阳䶮", 0, 10)).unwrap();
    let mut ledgers: Vec<_> = found.rows.iter().map(|row| row.ledger.as_str()).collect();
    ledgers.sort();
    assert_eq!(ledgers, ["L12", "person"]);
    // After the name changed, the drill is found by the new name.
    let mut renamed = header(id(1), "person", 2);
    renamed.prev = vec![entry_name(&origin(OUTLET, "1f2e3d4c"), 1)];
    world.save(&renamed, &body("2026-11-23", person("欧阳龑")));
    assert_eq!(world.store.read(|r| r.search("欧阳龑", 0, 10)).unwrap().total, 2);
    assert_eq!(world.store.read(|r| r.search("䶮", 0, 10)).unwrap().total, 0);
    world.clean();
}

#[test]
fn lists_filter_sort_and_page() {
    let world = world();
    world
        .store
        .write(|w| {
            for number in 0..30u32 {
                let day = format!("2026-{:02}-{:02}", 9 + number % 3, 1 + number % 28);
                let fields =
                    json!({"scenario": if number % 2 == 0 { "fire" } else { "robbery" }, "minutes": number});
                let mut entry = header(id(u128::from(number) + 1), "L12", i64::from(number));
                if number >= 20 {
                    entry.inst = "330100002".to_owned();
                }
                let mut body = body(&day, fields);
                if number == 7 {
                    body.withdrawn = true;
                }
                if number % 10 == 0 {
                    body.late = Some(safety_domain::record::Late {
                        reason: "外出培训".to_owned(),
                    });
                }
                append(w, world.log_no, &entry, &body)?;
            }
            Ok(())
        })
        .unwrap();
    let count = |query: ListQuery| world.store.read(|r| r.count(&query)).unwrap();
    let all = || ListQuery::of_ledger("L12", 100);
    assert_eq!(count(all()), 29);
    assert_eq!(
        count(ListQuery {
            withdrawn: true,
            ..all()
        }),
        30
    );
    assert_eq!(
        count(ListQuery {
            institutions: vec!["330100002".into()],
            ..all()
        }),
        10
    );
    assert_eq!(
        count(ListQuery {
            from: Some("2026-10-01".into()),
            to: Some("2026-10-31".into()),
            ..all()
        }),
        9
    );
    assert_eq!(
        count(ListQuery {
            late: Some(true),
            ..all()
        }),
        3
    );
    assert_eq!(
        count(ListQuery {
            text: "外出 培训".into(),
            ..all()
        }),
        3
    );
    assert_eq!(
        count(ListQuery {
            ids: vec![id(1), id(2), id(99)],
            ..all()
        }),
        2
    );
    assert_eq!(
        count(ListQuery {
            ledgers: vec!["L12".into(), "L13".into()],
            ..all()
        }),
        29
    );
    let field = |field: &str, test| ListQuery {
        fields: vec![FieldFilter {
            field: field.into(),
            test,
        }],
        ..all()
    };
    assert_eq!(count(field("scenario", Test::In(vec![json!("fire")]))), 15);
    assert_eq!(count(field("minutes", Test::Min(json!(25)))), 5);
    assert_eq!(count(field("minutes", Test::Max(json!(4)))), 5);
    assert_eq!(count(field("commander", Test::Present(true))), 0);
    assert_eq!(count(field("scenario", Test::Contains("obb".into()))), 14);
    let refused = world
        .store
        .read(|r| r.count(&field("x') OR 1 --", Test::Present(true))));
    assert!(matches!(refused, Err(Error::Query(_))));

    let sort = vec![Sort {
        by: SortBy::Field("minutes".into()),
        descending: true,
    }];
    let mut seen = Vec::new();
    for offset in (0..29).step_by(10) {
        let page = world
            .store
            .read(|r| {
                r.list(&ListQuery {
                    sort: sort.clone(),
                    offset,
                    limit: 10,
                    ..all()
                })
            })
            .unwrap();
        assert_eq!(page.total, 29);
        seen.extend(
            page.rows
                .iter()
                .map(|row| row.body.as_ref().unwrap().fields["minutes"].as_i64().unwrap()),
        );
    }
    let expected: Vec<i64> = (0..30).rev().filter(|minutes| *minutes != 7).collect();
    assert_eq!(seen, expected);

    let newest = world.store.read(|r| r.list(&all())).unwrap().rows;
    assert!(newest.windows(2).all(|pair| pair[0].occurred >= pair[1].occurred));
    let tally = world
        .store
        .read(|r| r.tally(Some(OUTLET), "2026-09", "2026-09"))
        .unwrap();
    assert_eq!((tally[0].records, tally[0].late), (7, 1));
    let last = world.store.read(|r| r.last_done(Some("330100002"))).unwrap();
    assert_eq!(last.len(), 1);
    assert_eq!(
        world.store.read(|r| r.institutions()).unwrap(),
        [OUTLET, "330100002"]
    );
    let evidence = world
        .store
        .read(|r| r.evidence(&["L12"], OUTLET, "2026-09-01", "2026-09-30"))
        .unwrap();
    assert_eq!(evidence.len(), 7);
    assert!(
        evidence
            .windows(2)
            .all(|pair| pair[0].occurred <= pair[1].occurred)
    );
    world.clean();
}

#[test]
fn hazards_are_open_and_overdue_until_they_are_closed() {
    let world = world();
    let hazard = |state: &str, due: &str| {
        let standard: serde_json::Value = serde_json::from_str(&standard_json()).unwrap();
        let ledger = standard["ledgers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|l| l["id"] == "L09")
            .unwrap();
        let (state_field, due_field) = (
            ledger["state_field"].as_str().unwrap(),
            ledger["due_field"].as_str().unwrap(),
        );
        body("2026-11-01", json!({state_field: state, due_field: due}))
    };
    let standard: serde_json::Value = serde_json::from_str(&standard_json()).unwrap();
    let ledger = standard["ledgers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["id"] == "L09")
        .unwrap()
        .clone();
    let field = ledger["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["id"] == ledger["state_field"])
        .unwrap();
    let list = standard["choices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == field["choices"])
        .unwrap();
    let state = |open: bool| {
        let choices = list["choices"].as_array().unwrap();
        choices
            .iter()
            .find(|c| c["open"].as_bool().unwrap_or(false) == open)
            .unwrap()["id"]
            .as_str()
            .unwrap()
    };
    world.save(&header(id(1), "L09", 0), &hazard(state(true), "2026-11-10"));
    world.save(&header(id(2), "L09", 1), &hazard(state(true), "2026-12-10"));
    world.save(&header(id(3), "L09", 2), &hazard(state(false), "2026-11-10"));
    let count = |state| {
        let query = ListQuery {
            state,
            ..ListQuery::of_ledger("L09", 10)
        };
        world.store.read(|r| r.count(&query)).unwrap()
    };
    assert_eq!(count(StateFilter::Open), 2);
    assert_eq!(count(StateFilter::Overdue("2026-11-23".into())), 1);
    assert_eq!(count(StateFilter::Closed), 1);
    assert_eq!(
        world.store.read(|r| r.open_counts("2026-11-23")).unwrap(),
        [(OUTLET.to_owned(), 2, 1)]
    );

    let mut closing = header(id(1), "L09", 3);
    closing.prev = vec![entry_name(&origin(OUTLET, "1f2e3d4c"), 0)];
    world.save(&closing, &hazard(state(false), "2026-11-10"));
    assert_eq!(count(StateFilter::Overdue("2026-11-23".into())), 0);
    assert_eq!(
        world.store.read(|r| r.open_counts("2026-11-23")).unwrap(),
        [(OUTLET.to_owned(), 1, 0)]
    );
    world.clean();
}

#[test]
fn unknown_ledgers_and_fields_are_kept_and_shown_under_their_id() {
    let world = world();
    let mut unknown = header(id(1), "L99", 0);
    unknown.std = "provincial@2030.1".to_owned();
    world.save(&unknown, &body("2026-11-23", json!({"drone": "无人机巡检"})));
    let row = world
        .store
        .read(|r| r.list(&ListQuery::of_ledger("L99", 10)))
        .unwrap()
        .rows
        .remove(0);
    assert!(!row.known);
    assert_eq!(row.body.unwrap().fields["drone"], "无人机巡检");
    // The standard arrives: what waited for it is derived again.
    let mut standard: serde_json::Value = serde_json::from_str(&standard_json()).unwrap();
    standard["id"] = json!("provincial");
    standard["version"] = json!("2030.1");
    let ledgers = standard["ledgers"].as_array_mut().unwrap();
    let mut ledger = ledgers.iter().find(|l| l["id"] == "person").unwrap().clone();
    ledger["id"] = json!("L99");
    ledger["role"] = serde_json::Value::Null;
    ledger["fields"] = json!([{"id": "drone", "kind": "text", "label": {"zh": "无人机", "en": "Drone"}}]);
    ledger["summary"] = json!(["drone"]);
    ledgers.push(ledger);
    let json = standard.to_string();
    world
        .store
        .write(|w| w.add_standard(&json, None, "2026-11-24T09:00:00+08:00"))
        .unwrap();
    assert_eq!(world.titles("巡检"), ["无人机巡检"]);
    assert!(world.store.read(|r| r.record(id(1))).unwrap().unwrap().known);
    world.clean();
}

#[test]
fn a_body_can_be_erased_and_the_log_still_verifies() {
    let world = world();
    let written = world.save(&header(id(1), "person", 0), &body("2026-11-23", person("王𠮷")));
    world.save(&header(id(2), "person", 1), &body("2026-11-23", person("李娜")));
    let line = world.store.read(|r| r.line(written.pos)).unwrap();
    world.store.write(|w| w.erase_body(written.pos)).unwrap();
    assert_eq!(world.titles("王𠮷"), Vec::<String>::new());
    let history = world.store.read(|r| r.history(id(1))).unwrap();
    assert!(history[0].withheld && history[0].leaf == written.leaf);
    world.clean();
    // The same entry comes back whole from another copy: the body is taken.
    let back = world
        .store
        .write(|w| import(w, &origin(OUTLET, "1f2e3d4c"), 0, &[line]))
        .unwrap();
    assert_eq!((back.added, back.repeated, back.size), (0, 1, 2));
    assert_eq!(world.titles("王𠮷").len(), 1);
    world.clean();
}

#[test]
fn nothing_of_a_failed_transaction_stays_and_too_long_entries_are_refused() {
    let world = world();
    let refused = world.store.write(|w| {
        append(
            w,
            world.log_no,
            &header(id(1), "person", 0),
            &body("2026-11-23", person("王𠮷")),
        )?;
        let long = json!({"name": "长".repeat(30_000)});
        append(
            w,
            world.log_no,
            &header(id(2), "person", 0),
            &body("2026-11-23", long),
        )
    });
    assert_eq!(refused.unwrap_err().code(), "entry-too-long");
    assert_eq!(world.store.read(|r| r.log_by_no(world.log_no)).unwrap().size, 0);
    assert!(world.store.read(|r| r.record(id(1))).unwrap().is_none());
    world.clean();
}
