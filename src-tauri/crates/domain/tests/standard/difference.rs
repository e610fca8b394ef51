//! What a new version adds, removes and changes.

use safety_domain::standard::{Area, Change, ChangeKind, Frequency, difference};

use super::default_standard;

#[test]
fn a_standard_does_not_differ_from_itself() {
    let standard = default_standard();
    assert_eq!(difference(&standard, &standard), []);
}

#[test]
fn added_removed_and_changed_items_are_named() {
    let old = default_standard();
    let mut new = old.clone();
    new.version = "2027.1".to_owned();
    new.posts.retain(|p| p.id != "P16");
    new.drills.push({
        let mut drill = new.drills[0].clone();
        drill.id = "E10".to_owned();
        drill
    });
    let duty = new.duties.iter_mut().find(|d| d.id == "D17").unwrap();
    if let Frequency::Periodic { times, .. } = &mut duty.frequency {
        *times = 2;
    }
    duty.grace_days = 5;
    new.deadlines.hazard_days.insert("major".to_owned(), 3);
    let change = |area, id: &str, kind, keys: &[&str]| Change {
        area,
        id: id.to_owned(),
        kind,
        keys: keys.iter().map(|k| (*k).to_owned()).collect(),
    };
    assert_eq!(
        difference(&old, &new),
        [
            change(Area::Posts, "P16", ChangeKind::Removed, &[]),
            change(
                Area::Duties,
                "D17",
                ChangeKind::Changed,
                &["frequency", "grace_days"]
            ),
            change(Area::Drills, "E10", ChangeKind::Added, &[]),
            change(Area::Deadlines, "hazard_days", ChangeKind::Changed, &["major"]),
        ]
    );
}
