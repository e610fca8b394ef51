//! 网点A → 支行 → 分行: passed on, and still verifiable as the outlet's.

use safety_domain::institution::Level;
use safety_exchange::{OutcomeKind, Role};

use super::world::*;

#[test]
fn what_an_outlet_signed_reaches_the_branch_as_the_outlets() {
    let world = World::new();
    let branch = world.actor("分行", "3301", Level::Branch);
    let (outlet, sub) = world.pair();
    world.enrol(&sub, &branch);
    outlet.write(3);
    outlet.write_for("330100001", 1, &[b"photo".to_vec()]);
    world.round(&outlet, &sub);
    sub.write(2);

    let (bundle, exported) = world.export_from(&sub, None).unwrap();
    assert_eq!((exported.ranges.len(), exported.blobs), (2, 1));
    let outcome = world.import(&branch, &bundle);
    assert_eq!(
        (outcome.kind, outcome.added(), outcome.blobs),
        (OutcomeKind::Imported, 6, 1)
    );
    assert_eq!(branch.log(outlet.origin()), outlet.log(outlet.origin()));
    let below = branch.status().below;
    let seen: Vec<_> = below
        .iter()
        .map(|device| (device.card.name.zh.as_str(), device.role, device.held))
        .collect();
    assert_eq!(
        seen,
        [("支行", Role::Subordinate, 2), ("网点A", Role::Relayed, 4)]
    );
    branch.verify();

    // Receipts for both logs come back to the one in between; then nothing is sent twice.
    let (reply, replied) = world.reply(&branch, &sub);
    assert_eq!(replied.receipts.len(), 2);
    assert_eq!(world.import(&sub, &reply).receipts.len(), 2);
    let (_, exported) = world.export_from(&sub, None).unwrap();
    assert_eq!(exported.ranges.len(), 1);
    outlet.write(1);
    world.round(&outlet, &sub);
    let (bundle, exported) = world.export_from(&sub, None).unwrap();
    assert_eq!((exported.ranges[1].start, exported.ranges[1].end), (4, 5));
    assert_eq!(world.import(&branch, &bundle).added(), 1);
    sub.verify();
    outlet.verify();
}

#[test]
fn four_levels() {
    let world = World::new();
    let head = world.actor("总行", "1", Level::HeadOffice);
    let branch = world.actor("分行", "3301", Level::Branch);
    let (outlet, sub) = world.pair();
    world.enrol(&sub, &branch);
    world.enrol(&branch, &head);
    outlet.write(3);
    branch.write(1);
    for (lower, upper) in [(&outlet, &sub), (&sub, &branch), (&branch, &head)] {
        world.round(lower, upper);
    }
    assert_eq!(head.log(outlet.origin()), outlet.log(outlet.origin()));
    head.verify();
    let (_, replied) = world.reply(&head, &branch);
    assert_eq!(replied.receipts.len(), 2);
    let below: Vec<_> = head
        .status()
        .below
        .iter()
        .map(|device| (device.role, device.held))
        .collect();
    assert_eq!(
        below,
        [(Role::Subordinate, 1), (Role::Relayed, 0), (Role::Relayed, 3)]
    );
}

#[test]
fn nobody_in_between_can_write_in_an_outlets_name() {
    let world = World::new();
    let branch = world.actor("分行", "3301", Level::Branch);
    let (outlet, sub) = world.pair();
    world.enrol(&sub, &branch);
    outlet.write(2);
    world.round(&outlet, &sub);
    // The sub-branch's own store is changed by hand: its replica has another entry, with head and root to fit.
    sub.store
        .write(|writer| {
            let log = writer.log(outlet.origin())?.unwrap();
            writer.execute("UPDATE logs SET own = 1 WHERE log_no = ?1", [log.log_no])?;
            Ok(())
        })
        .unwrap();
    let double = world.actor("网点A", "330100001", Level::Outlet);
    double.write(1);
    let line = super::refusals::lines(&double).remove(0);
    sub.store
        .write(|writer| {
            let log = writer.log(outlet.origin())?.unwrap();
            let received = writer.rules().read_line(line.clone())?;
            let imported = writer.import::<safety_store::Error>(outlet.origin(), log.size, [Ok(received)])?;
            assert_eq!(imported.size, 3);
            writer.execute("UPDATE logs SET own = 0 WHERE log_no = ?1", [log.log_no])?;
            Ok(())
        })
        .unwrap();
    // Without the outlet's signature there is no head to pass it on under.
    let (bundle, exported) = world.export_from(&sub, None).unwrap();
    assert_eq!(world.import(&branch, &bundle).logs.len(), 1);
    assert_eq!(exported.end, 0);
    assert!(
        branch
            .store
            .read(|reader| reader.log(outlet.origin()))
            .unwrap()
            .is_none()
    );
}
