//! The default standard holds everything it promises, by explicit lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use safety_domain::institution::Level;
use safety_domain::standard::{
    Certainty, Every, FAULT_CODES, FacilityGroup, Field, FieldKind, Frequency, Standard, Target,
};

use super::{assets, default_standard};

fn series(letter: char, count: u32) -> Vec<String> {
    (1..=count).map(|n| format!("{letter}{n:02}")).collect()
}

fn ids<'a>(items: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    items.into_iter().cloned().collect()
}

#[test]
fn holds_all_posts_duties_ledgers_and_programmes() {
    let s = default_standard();
    assert_eq!(ids(s.posts.iter().map(|x| &x.id)), series('P', 16));
    assert_eq!(ids(s.duties.iter().map(|x| &x.id)), series('D', 30));
    assert_eq!(ids(s.drills.iter().map(|x| &x.id)), series('E', 9));
    assert_eq!(ids(s.training.iter().map(|x| &x.id)), series('T', 8));
    let mut ledgers = series('L', 21);
    ledgers.extend(["appointment", "exemption", "institution", "person"].map(String::from));
    assert_eq!(ids(s.ledgers.iter().map(|x| &x.id)), ledgers);
    assert_eq!(
        ids(s.checklist.iter().flat_map(|x| &x.items).map(|x| &x.id)),
        series('C', 53)
    );
    let letters = [
        "combined_superior",
        "combined_sub_branch",
        "combined_outlet",
        "public_security",
        "case_prevention",
        "fire",
    ];
    assert_eq!(ids(s.letters.iter().map(|x| &x.id)), letters);
}

#[test]
fn checklist_sections_hold_their_items() {
    let s = default_standard();
    let sections: Vec<(&str, &str, &str)> = s
        .checklist
        .iter()
        .map(|x| {
            (
                x.id.as_str(),
                x.items[0].id.as_str(),
                x.items.last().unwrap().id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        sections,
        [
            ("management", "C01", "C10"),
            ("people", "C11", "C17"),
            ("physical", "C18", "C27"),
            ("technical", "C28", "C40"),
            ("fire", "C41", "C50"),
            ("self_service", "C51", "C53"),
        ]
    );
}

#[test]
fn facilities_are_all_there_with_their_own_attributes() {
    let s = default_standard();
    // Class to its own attributes, in the words of the catalogue.
    let catalogue = "\
H01 guard_name guard_company guard_certificate shift
H02 officer role trained_at
H03 volunteer trained_at
H04 roster_phone roster
H05 contact contact_phone pact_until pact
H06 monitoring_hours monitoring_phone
W01 grade lock
W02 limit_switch manual_release
W03 glass
W04 rod_mm gap_mm
W05 film
W06 height_mm thickness_mm material
W07 shield_class size report_no
W08 size
W09 emergency_open battery_minutes battery_replace_by
W10 build
W11 rod_mm opening
W12 grade anchor
W13 lock
W14 grade
W15 locks
W16 bolts machine
W17 lock
W18 barrier
W19 key_holder
W20 gear gear_until place_kept
W21 holders changed_at change_by
J01 area resolution view
J02 channels
J03 capacity_tb days_kept
J04
J05 area
J06 zones tamper
J07 zone sound
J08 detector zone
J09 host_item zone
J10 zone
J11
J12 paths link_number
J13 users
J14 cards
J15
J16
J17 source drift_seconds
J18 kva minutes
J19 made_at replace_by
J20
J21 link_status
X01 agent kg made_at serviced_at service_by scrap_by
X02 hose pressure_mpa
X03
X04
X05
X06
X07 weight_kg
X08 minutes
X09
X10 width_m
X11
X12 hood_until
X13 leak_breaker";
    let found: Vec<String> = s
        .facilities
        .iter()
        .map(|c| {
            let fields = c.fields.iter().map(|f| f.id.as_str());
            [c.id.as_str()]
                .into_iter()
                .chain(fields)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(found.join("\n"), catalogue);
    for class in &s.facilities {
        let group = match class.id.chars().next() {
            Some('H') => FacilityGroup::People,
            Some('W') => FacilityGroup::Physical,
            Some('J') => FacilityGroup::Technical,
            _ => FacilityGroup::Fire,
        };
        assert_eq!(class.group, group, "{}", class.id);
    }
    let shared = [
        "code",
        "location",
        "quantity",
        "model",
        "supplier",
        "contractor",
        "installed_at",
        "in_use_from",
        "warranty_until",
        "certificate_no",
        "certificate_until",
        "certificate",
        "keeper",
        "photo",
    ];
    assert_eq!(ids(s.facility_fields.iter().map(|f| &f.id)), shared);
}

#[test]
fn ledgers_ask_for_what_the_books_ask_for() {
    let s = default_standard();
    let wanted = [
        (
            "L01",
            "code address area floor staff counters hours risk_class fire_class police_station fire_station neighbours plan",
        ),
        (
            "L02",
            "project designer builder approval_no acceptance_no accepted certificate_until changes",
        ),
        ("L03", "class state"),
        ("L04", "class state"),
        ("L05", "class state"),
        ("L06", "entry class state"),
        (
            "L07",
            "phase result covers checks_opening checks_during checks_closing action disarmed_at armed_at",
        ),
        (
            "L08",
            "level method inspected items findings fixed inspected_party",
        ),
        (
            "L09",
            "number grade notice_no owner deadline measure interim rechecker recheck_result closed_at state",
        ),
        (
            "L10",
            "kind item symptom reported_at arrived_at restored_at contractor downtime substitute state",
        ),
        (
            "L11",
            "kind zones triggered_at received_at operator call_back sounder video_link result",
        ),
        (
            "L12",
            "plan scenario commander present expected roles steps minutes problems improvement grade",
        ),
        ("L13", "topic hours trainer expected present attendance test"),
        ("L14", "name company identity purpose escort approver out_at"),
        ("L15", "requester unit reason span cameras approver medium"),
        (
            "L16",
            "giver receiver supervisor kind items open_hazards open_failures open_items equipment_state",
        ),
        ("L17", "company certificate_no shift appraisal replacement"),
        ("L18", "agenda decision duty due_count done_count outlets reason"),
        (
            "L19",
            "letter_no template party_a party_b post institution year valid_from valid_until signed_at scan state",
        ),
        ("L20", "person ground clause decision appeal"),
        ("L21", "kind facts alarm_at reported_at loss handling finding"),
        (
            "institution",
            "code name_zh name_en short_name level superior opened closed address contact",
        ),
        (
            "person",
            "name employee_no sex phone id_number title joined left status",
        ),
        (
            "appointment",
            "person post institution scope until end_reason document",
        ),
        ("exemption", "duty period target reason approver"),
    ];
    for (id, fields) in wanted {
        let ledger = s.ledger(id).unwrap();
        for field in fields.split(' ') {
            assert!(ledger.fields.iter().any(|f| f.id == field), "{id} {field}");
        }
        assert_eq!(ledger.with_common_fields, id.starts_with('L'), "{id}");
    }
    assert_eq!(
        ids(s.common_fields.iter().map(|f| &f.id)),
        ["place", "doer", "reviewer", "evidence", "remark"]
    );
}

#[test]
fn repeats_ask_for_what_they_are_for() {
    let s = default_standard();
    let rows = |ledger: &str, field: &str| {
        let field = s
            .ledger(ledger)
            .unwrap()
            .fields
            .iter()
            .find(|f| f.id == field)
            .unwrap()
            .clone();
        assert_eq!(field.kind, FieldKind::Repeat);
        ids(field.fields.iter().map(|f| &f.id)).join(" ")
    };
    assert_eq!(rows("L12", "roles"), "role person task");
    assert_eq!(rows("L12", "steps"), "at action by");
    assert_eq!(
        rows("L13", "attendance"),
        "person attended score make_up make_up_score"
    );
    assert_eq!(rows("L16", "items"), "item quantity facility note");
    assert_eq!(rows("L11", "facilities"), "point facility result seconds");
}

#[test]
fn identities_and_phones_are_sensitive() {
    let s = default_standard();
    for (ledger, field) in [
        ("L14", "identity"),
        ("L15", "identity"),
        ("person", "phone"),
        ("person", "id_number"),
    ] {
        let field = s
            .ledger(ledger)
            .unwrap()
            .fields
            .iter()
            .find(|f| f.id == field)
            .unwrap();
        assert!(field.sensitive, "{ledger} {}", field.id);
    }
}

/// Long forms are not filled in: eleven is the most any book asks for, and those are the letters the program fills in.
#[test]
fn forms_ask_for_little_and_for_the_required_first() {
    let s = default_standard();
    for ledger in &s.ledgers {
        let required = ledger.fields.iter().filter(|f| f.required).count();
        let most = if ledger.id == "L19" { 10 } else { 6 };
        assert!(
            (1..=most).contains(&required),
            "{} asks for {required}",
            ledger.id
        );
        let first_optional = ledger
            .fields
            .iter()
            .position(|f| !f.required)
            .unwrap_or(usize::MAX);
        let last_required = ledger.fields.iter().rposition(|f| f.required).unwrap();
        assert!(
            last_required < first_optional,
            "{} asks for the required first",
            ledger.id
        );
    }
}

/// 1366 px less the rail and the columns that every list has (date, entry time, state of sending).
#[test]
fn lists_fit_the_window() {
    let s = default_standard();
    for ledger in &s.ledgers {
        let form = s.fields(ledger, None);
        let width: u32 = form.iter().filter_map(|f| f.column).map(|c| c.width).sum();
        assert!((200..=1120).contains(&width), "{} is {width} px wide", ledger.id);
        for id in &ledger.summary {
            assert!(form.iter().any(|f| f.id == *id), "{} {id}", ledger.id);
        }
    }
}

fn every(frequency: &Frequency) -> String {
    match frequency {
        Frequency::Periodic {
            every,
            times,
            before_holidays,
        } => {
            let holidays = if *before_holidays { "+holidays" } else { "" };
            format!("{every:?}x{times}{holidays}")
        }
        Frequency::Within { days, and_every, .. } => format!("within {days} {and_every:?}"),
        Frequency::OnEvent { trigger } => format!("on {trigger:?}"),
    }
}

#[test]
fn duties_fall_due_as_laid_down_and_are_proved_by_their_book() {
    let s = default_standard();
    let wanted = "\
D01 HalfYearx1 P01,P06 L18
D02 HalfYearx1 P01 L08
D03 Quarterx1 P02 L18
D04 Quarterx1 P02 L08
D05 HalfYearx1 P03 L08
D06 Monthx1 P04 L08
D07 Quarterx1 P06 L08
D08 Monthx1 P07 L08
D09 Monthx1 P08 L08
D10 Weekx1 P09 L08
D11 Monthx1 P09 L18
D12 BusinessDayx1 P10,P11 L07
D13 BusinessDayx1 P10,P11 L07
D14 Dayx1 P15 L07
D15 Dayx1 P10,P11 L07
D16 Weekx1 P10,P11 L07
D17 Monthx1+holidays P10,P11 L11
D18 Quarterx1 P08,P10 L11
D19 Monthx1 P10,P11 L07
D20 Monthx1 P10,P11 L07
D21 Monthx1 P10,P11 L07
D22 Monthx1 P15 L06
D23 Quarterx1 P10,P11 L10
D24 Quarterx1 P09 L12
D25 Monthx1 P09 L13
D26 Monthx1 P09 L17
D27 Quarterx1 P08 L10
D28 on Rotation P10,P11,P12 L16
D29 within 10 Some(Year) P01,P02,P03,P04,P05,P06,P07,P08,P09,P10,P11,P12,P13,P14,P15,P16 L19
D30 Yearx1 P09 L08";
    let found: Vec<String> = s
        .duties
        .iter()
        .map(|d| {
            format!(
                "{} {} {} {}",
                d.id,
                every(&d.frequency),
                d.posts.join(","),
                d.evidence.ledger
            )
        })
        .collect();
    assert_eq!(found.join("\n"), wanted);
    for (id, class, frequency) in [
        ("D14", "gathering", Every::Day),
        ("D22", "gathering", Every::HalfMonth),
    ] {
        let other = s
            .duty(id)
            .unwrap()
            .overrides
            .iter()
            .find(|o| o.when.is == [class])
            .unwrap();
        assert!(
            matches!(other.frequency, Frequency::Periodic { every, .. } if every == frequency),
            "{id}"
        );
    }
    assert_eq!(s.duty("D05").unwrap().evidence.target, Some(Target::EachOutlet));
    assert_eq!(s.duty("D09").unwrap().evidence.target, Some(Target::EachOutlet));
    assert_eq!(s.duty("D29").unwrap().evidence.target, Some(Target::EachPerson));
}

#[test]
fn two_duties_are_never_proved_by_the_same_words() {
    let s = default_standard();
    let mut seen = BTreeMap::new();
    for duty in &s.duties {
        let key = format!("{:?}", (&duty.evidence.ledger, &duty.evidence.conditions));
        assert_eq!(seen.insert(key, &duty.id), None, "{}", duty.id);
    }
}

#[test]
fn the_chain_of_answering_reaches_the_top() {
    let s = default_standard();
    for post in &s.posts {
        let mut at = post;
        let mut steps = Vec::new();
        while at.id != "P01" {
            at = s.post(at.answers_to.as_ref().unwrap()).unwrap();
            steps.push(at.id.as_str());
        }
        if post.levels == [Level::Outlet] && post.id != "P09" {
            assert_eq!(steps, ["P09", "P06", "P01"], "{}", post.id);
        }
    }
    assert_eq!(s.post("P01").unwrap().answers_to.as_deref(), Some("P01"));
}

#[test]
fn what_is_not_law_can_be_edited() {
    let s = default_standard();
    // Only what was read in the rule itself is law; all numbers of leaders are proposals.
    let law: Vec<&str> = s
        .duties
        .iter()
        .filter(|d| !d.basis.editable())
        .map(|d| d.id.as_str())
        .collect();
    assert_eq!(law, ["D22"]);
    let practice: Vec<&str> = s
        .duties
        .iter()
        .filter(|d| d.basis.certainty == Certainty::Practice)
        .map(|d| d.id.as_str())
        .collect();
    assert_eq!(practice, ["D12", "D13", "D14", "D17", "D18", "D24", "D25"]);
    assert!(s.deadlines.basis.editable());
    assert!(s.retention.iter().all(|r| r.basis.editable()));
    assert!(s.calendar.basis.editable());
}

#[test]
fn years_of_keeping() {
    let s = default_standard();
    let years = |id: &str| {
        s.retention
            .iter()
            .find(|r| r.ledgers.iter().any(|l| l == id))
            .unwrap()
            .years
    };
    assert_eq!(years("L07"), Some(3));
    assert_eq!(years("L12"), Some(5));
    assert_eq!(years("L19"), Some(10));
    assert_eq!(years("L21"), None);
}

#[test]
fn calendar_of_the_state_councils_notices() {
    let s = default_standard();
    let years: Vec<(i32, bool, i64, usize)> = s
        .calendar
        .years
        .iter()
        .map(|y| {
            let off = y.holidays.iter().map(|h| (h.until - h.from).num_days() + 1).sum();
            (y.year, y.confirmed, off, y.working_weekends.len())
        })
        .collect();
    assert_eq!(years[0], (2025, true, 28, 5));
    assert_eq!(years[1], (2026, true, 33, 6));
    assert!(!years[2].1, "2027 is a draft");
}

/// No wording of one language in the place of the other.
#[test]
fn both_languages_are_written_in_their_script() {
    let s = default_standard();
    let text = serde_json::to_value(&s).unwrap();
    let mut waiting = vec![&text];
    let mut phrases = 0;
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Object(members) => {
                if let (Some(zh), Some(en)) = (members.get("zh"), members.get("en")) {
                    let (zh, en) = (zh.as_str().unwrap(), en.as_str().unwrap());
                    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    assert!(han(zh), "{zh}");
                    assert!(!han(en), "{en}");
                    phrases += 1;
                }
                waiting.extend(members.values());
            }
            serde_json::Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    assert!(phrases > 1000, "{phrases}");
}

#[test]
fn every_field_of_every_form_has_one_meaning() {
    let s: Standard = default_standard();
    for ledger in &s.ledgers {
        let mut classes: Vec<Option<&str>> = vec![None];
        classes.extend(
            s.facilities
                .iter()
                .filter(|f| Some(f.group) == ledger.facility_group)
                .map(|f| Some(f.id.as_str())),
        );
        for class in classes {
            let form: Vec<&Field> = s.fields(ledger, class);
            let unique: BTreeSet<&str> = form.iter().map(|f| f.id.as_str()).collect();
            assert_eq!(unique.len(), form.len(), "{} {class:?}", ledger.id);
        }
    }
}

#[test]
fn every_fault_has_a_sentence_and_a_next_step_in_both_languages() {
    let braces = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap().to_owned())
            .collect()
    };
    let read = |lang: &str| -> serde_json::Value {
        let bytes = fs::read(assets().join(format!("messages/standard.{lang}.json"))).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    let (zh, en) = (read("zh-CN"), read("en"));
    for code in FAULT_CODES {
        let (zh, en) = (&zh["errors"][code], &en["errors"][code]);
        for sentence in [zh, en] {
            assert!(sentence["text"].as_str().is_some_and(|t| !t.is_empty()), "{code}");
            assert!(sentence["next"].as_str().is_some_and(|t| !t.is_empty()), "{code}");
        }
        let names = |v: &serde_json::Value| braces(v["text"].as_str().unwrap());
        assert_eq!(names(zh), names(en), "{code}");
    }
    assert_eq!(zh["errors"].as_object().unwrap().len(), FAULT_CODES.len());
}
