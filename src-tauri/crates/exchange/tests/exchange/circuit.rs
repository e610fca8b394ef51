//! 网点A writes, 支行 takes and gives receipts: in order and in every other order.

use safety_domain::institution::Level;
use safety_exchange::{Folder, OutcomeKind, Refusal};

use super::world::*;

#[test]
fn there_and_back() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(5);
    let status = outlet.status().up;
    assert_eq!((status.size, status.bundled, status.receipted), (5, 0, 0));

    let (bundle, exported) = world.export_from(&outlet, None).unwrap();
    assert_eq!(
        (exported.start, exported.end, exported.to.as_str()),
        (0, 5, "330100")
    );
    let device = outlet.origin().rsplit('/').next().unwrap();
    let hash = exported.file.sha256.to_hex();
    assert_eq!(
        exported.file.name,
        format!("330100001-{device}-0-5-{}.osbundle", &hash[..16])
    );
    let status = outlet.status().up;
    assert_eq!(
        (status.bundled, status.receipted, status.receipt_time),
        (5, 0, None)
    );

    world.pass(60);
    let outcome = world.import(&sub, &bundle);
    assert_eq!((outcome.kind, outcome.added()), (OutcomeKind::Imported, 5));
    let from = outcome.from.as_ref().unwrap();
    assert_eq!(
        (from.institution.as_str(), from.name.zh.as_str()),
        ("330100001", "网点A")
    );
    assert_eq!(sub.log(outlet.origin()), outlet.log(outlet.origin()));
    let below = &sub.status().below[0];
    assert_eq!(below.held, 5);
    assert_eq!(below.last_bundle.as_deref(), Some("2026-11-23T10:31:05+08:00"));

    world.pass(60);
    let (reply, replied) = world.reply(&sub, &outlet);
    assert_eq!(replied.receipts, [(outlet.origin().to_owned(), 5)]);
    let outcome = world.import(&outlet, &reply);
    assert_eq!(outcome.kind, OutcomeKind::Receipts);
    let status = outlet.status().up;
    assert_eq!((status.size, status.receipted), (5, 5));
    // The time of the commit, not of the reply.
    assert_eq!(status.receipt_time.as_deref(), Some("2026-11-23T10:31:05+08:00"));

    // What follows goes from the receipt on.
    outlet.write(2);
    let (bundle, exported) = world.export_from(&outlet, None).unwrap();
    assert_eq!((exported.start, exported.end), (5, 7));
    assert_eq!(world.import(&sub, &bundle).added(), 2);
    assert_eq!(sub.size(outlet.origin()), 7);
    assert_eq!(sub.store.read(|reader| reader.logs()).unwrap().len(), 2);
    sub.verify();
    outlet.verify();
}

#[test]
fn the_same_twice_changes_nothing_and_gives_the_same_receipt() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(4);
    let bundle = world.export(&outlet);
    world.import(&sub, &bundle);
    let (first, _) = world.reply(&sub, &outlet);
    let before = sub.dump();
    world.pass(24 * 60);
    let outcome = world.import(&sub, &bundle);
    assert_eq!((outcome.kind, outcome.added()), (OutcomeKind::Repeated, 0));
    assert_eq!(outcome.logs[0].held, 4);
    let (second, _) = world.reply(&sub, &outlet);
    assert_eq!(sub.dump(), before);
    assert_eq!(
        sub.history()[..4],
        ["out replied", "in repeated", "out replied", "in imported"]
    );

    assert_eq!(world.import(&outlet, &first).kind, OutcomeKind::Receipts);
    let before = outlet.dump();
    assert_eq!(world.import(&outlet, &first).kind, OutcomeKind::Repeated);
    assert_eq!(world.import(&outlet, &second).kind, OutcomeKind::Repeated);
    assert_eq!(outlet.dump(), before);
}

#[test]
fn nothing_new_is_a_sign_of_life() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let empty = world.export(&outlet);
    assert_eq!(world.import(&sub, &empty).kind, OutcomeKind::Repeated);
    assert!(sub.status().below[0].last_bundle.is_some());
    outlet.write(1);
    world.round(&outlet, &sub);
    let (bundle, exported) = world.export_from(&outlet, None).unwrap();
    assert_eq!((exported.start, exported.end), (1, 1));
    assert_eq!(world.import(&sub, &bundle).kind, OutcomeKind::Repeated);
    sub.verify();
}

#[test]
fn out_of_order_with_a_gap_that_is_told_and_filled() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(3);
    let first = world.export_from(&outlet, Some(0)).unwrap().0;
    outlet.write(3);
    let second = world.export_from(&outlet, Some(3)).unwrap().0;
    outlet.write(3);
    let third = world.export_from(&outlet, Some(6)).unwrap().0;

    let before = sub.dump();
    let outcome = world.import(&sub, &third);
    assert_eq!(outcome.kind, OutcomeKind::KeptAside);
    assert_eq!(code(&outcome), "bundle-gap");
    let origin = outlet.origin().to_owned();
    assert_eq!(
        outcome.refusal,
        Some(Refusal::Gap {
            origin,
            from: 0,
            to: 6,
            start: 6,
            end: 9
        })
    );
    assert_eq!(sub.dump(), before);
    let waiting = sub.store.try_read(safety_exchange::status::waiting).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].start, waiting[0].end, waiting[0].held), (6, 9, 0));
    assert_eq!(waiting[0].path, third.display().to_string());

    // All at once, in any order.
    let outcomes = world.import_many(&sub, &[third.clone(), second, first]);
    let kinds: Vec<_> = outcomes
        .iter()
        .map(|outcome| (outcome.kind, outcome.added()))
        .collect();
    assert_eq!(kinds, [(OutcomeKind::Imported, 3); 3]);
    assert_eq!(sub.log(outlet.origin()), outlet.log(outlet.origin()));
    assert_eq!(sub.store.try_read(safety_exchange::status::waiting).unwrap(), []);
    assert_eq!(world.import(&sub, &third).kind, OutcomeKind::Repeated);
    sub.verify();
}

#[test]
fn overlapping_ranges_bring_only_what_is_new() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(4);
    let first = world.export(&outlet);
    outlet.write(4);
    let second = world.export(&outlet);
    outlet.write(1);
    let third = world.export_from(&outlet, Some(2)).unwrap().0;
    assert_eq!(world.import(&sub, &first).added(), 4);
    let outcome = world.import(&sub, &third);
    assert_eq!((outcome.kind, outcome.added()), (OutcomeKind::Imported, 5));
    assert_eq!(world.import(&sub, &second).kind, OutcomeKind::Repeated);
    assert_eq!(sub.log(outlet.origin()), outlet.log(outlet.origin()));
    sub.verify();
}

#[test]
fn attachments_travel_once_and_again_when_asked_for() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let photo: Vec<u8> = (0..700_000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let scan = b"scan of a signed letter".to_vec();
    outlet.write(1);
    outlet.write_for("330100001", 1, &[photo.clone(), scan]);
    outlet.write_for("330100001", 1, std::slice::from_ref(&photo));
    let (bundle, exported) = world.export_from(&outlet, None).unwrap();
    assert_eq!((exported.blobs, exported.blobs_missing), (2, 0));
    let outcome = world.import(&sub, &bundle);
    assert_eq!((outcome.added(), outcome.blobs), (3, 2));
    let hash = safety_journal::Hash::of(&photo);
    let mut found = Vec::new();
    sub.store
        .read(|reader| reader.read_blob(&hash, &mut found))
        .unwrap();
    assert_eq!(found, photo);
    let before = sub.dump();
    assert_eq!(world.import(&sub, &bundle).kind, OutcomeKind::Repeated);
    assert_eq!(sub.dump(), before);

    let (reply, _) = world.reply(&sub, &outlet);
    world.import(&outlet, &reply);
    outlet.write(1);
    assert_eq!(world.export_from(&outlet, None).unwrap().1.blobs, 0);
    assert_eq!(world.export_from(&outlet, Some(0)).unwrap().1.blobs, 2);
    sub.verify();
}

#[test]
fn two_computers_of_one_outlet_have_a_log_each() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let spare = world.actor("网点A备用机", "330100001", Level::Outlet);
    world.enrol_as(&spare, &sub, true).unwrap();
    outlet.write(3);
    spare.write(2);
    let files = [world.export(&spare), world.export(&outlet)];
    let outcomes = world.import_many(&sub, &files);
    assert_eq!(
        outcomes.iter().map(|outcome| outcome.added()).collect::<Vec<_>>(),
        [2, 3]
    );
    // One reply serves both; each takes the receipt for its own log and passes over the other's.
    let (reply, replied) = world.reply(&sub, &outlet);
    assert_eq!(replied.receipts.len(), 2);
    for actor in [&outlet, &spare] {
        let outcome = world.import(actor, &reply);
        assert_eq!(outcome.kind, OutcomeKind::Receipts, "{outcome:?}");
        let up = actor.status().up;
        assert_eq!(up.receipted, up.size);
    }
}

#[test]
fn many_small_bundles_of_many_outlets() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let mut files = Vec::new();
    let mut outlets = Vec::new();
    for number in 0..6 {
        let outlet = world.actor(
            &format!("网点{number}"),
            &format!("33010000{number}"),
            Level::Outlet,
        );
        world.enrol(&outlet, &sub);
        for start in 0..12 {
            outlet.write(2);
            files.push(world.export_from(&outlet, Some(start * 2)).unwrap().0);
        }
        outlets.push(outlet);
    }
    files.sort();
    files.reverse();
    let outcomes = world.import_many(&sub, &files);
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.kind == OutcomeKind::Imported),
        "{outcomes:?}"
    );
    for outlet in &outlets {
        assert_eq!(sub.log(outlet.origin()), outlet.log(outlet.origin()));
        let (reply, _) = world.reply(&sub, outlet);
        world.import(outlet, &reply);
        assert_eq!(outlet.status().up.receipted, 24);
    }
    sub.verify();
}

#[test]
fn one_stick_serves_everybody() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let other = world.actor("网点B", "330100002", Level::Outlet);
    world.enrol(&other, &sub);
    outlet.write(1);
    other.write(1);
    let own = world.export(&outlet);
    let others = world.export(&other);
    let inbox = |actor: &Actor| {
        let place = Folder::new(world.folder("exchange"), actor.origin());
        safety_exchange::import::inbox(&place, &actor.keys).unwrap()
    };
    let mut both = vec![own, others.clone()];
    both.sort();
    assert_eq!(inbox(&sub), both);
    world.import_many(&sub, &both);
    let (reply, _) = world.reply(&sub, &outlet);
    let (reply_to_other, _) = world.reply(&sub, &other);
    assert_eq!(inbox(&sub), both);
    let mut wanted = vec![reply, others];
    wanted.sort();
    assert_eq!(inbox(&outlet), wanted);
    assert!(inbox(&other).contains(&reply_to_other));
}
