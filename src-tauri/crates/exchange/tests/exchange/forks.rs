//! Stores that went back in time.

use safety_exchange::{Error, OutcomeKind, Refusal};
use safety_store::journal::LogState;

use super::world::*;

#[test]
fn a_restored_backup_that_went_on_writing_is_a_fork() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(50);
    let backup = outlet.backup();
    outlet.write(5);
    world.import(&sub, &world.export(&outlet));

    // The machine's memory is lost with the machine.
    std::fs::remove_file(&outlet.outside).unwrap();
    let outlet = outlet.restore(&backup);
    outlet.take_another_turn();
    outlet.write(12);
    let bundle = world.export(&outlet);
    let held = sub.log(outlet.origin());
    let before = sub.dump_without(&["exchange_history", "sqlite_sequence", "checkpoints", "logs"]);
    let outcome = world.import(&sub, &bundle);
    assert_eq!(code(&outcome), "log-forked");
    let origin = outlet.origin().to_owned();
    assert_eq!(
        outcome.refusal,
        Some(Refusal::Forked {
            origin: origin.clone(),
            seq: Some(50),
            size: 62
        })
    );
    // Nothing but the evidence.
    assert_eq!(sub.log(&origin), held);
    assert_eq!(
        sub.dump_without(&["exchange_history", "sqlite_sequence", "checkpoints", "logs"]),
        before
    );
    let (heads, log) = sub
        .store
        .read(|reader| {
            let log = reader.log(&origin)?.unwrap();
            Ok((reader.checkpoints(log.log_no)?, log))
        })
        .unwrap();
    assert_eq!(heads.iter().map(|head| head.size).collect::<Vec<_>>(), [55, 62]);
    assert_eq!(log.state, LogState::Forked);
    assert_eq!(sub.status().below[0].log, LogState::Forked);

    // At a size that is held, the heads alone contradict each other.
    let before = sub.dump();
    assert_eq!(code(&world.import(&sub, &bundle)), "log-forked");
    assert_eq!(sub.dump(), before);

    // The reply tells the outlet.
    let (reply, _) = world.reply(&sub, &outlet);
    assert_eq!(code(&world.import(&outlet, &reply)), "log-forked");
    sub.verify();
}

#[test]
fn heads_of_the_same_size_with_other_roots() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(3);
    let backup = outlet.backup();
    outlet.write(2);
    world.import(&sub, &world.export(&outlet));
    std::fs::remove_file(&outlet.outside).unwrap();
    let outlet = outlet.restore(&backup);
    outlet.take_another_turn();
    for (more, wanted) in [(1, 4), (1, 5)] {
        outlet.write(more);
        let outcome = world.import(&sub, &world.export(&outlet));
        assert_eq!(code(&outcome), "log-forked");
        assert!(
            matches!(outcome.refusal, Some(Refusal::Forked { size, .. }) if size == wanted),
            "{outcome:?}"
        );
    }
    // An empty range, too: the head says it all.
    let outcome = world.import(&sub, &world.export_from(&outlet, Some(5)).unwrap().0);
    assert_eq!(code(&outcome), "log-forked");
    sub.verify();
}

#[test]
fn a_store_behind_its_receipt_notices_and_stops_sending() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(3);
    let backup = outlet.backup();
    outlet.write(4);
    let bundle = world.export(&outlet);
    world.import(&sub, &bundle);
    let (reply, _) = world.reply(&sub, &outlet);

    // By the machine's memory, before anything leaves.
    let outlet = outlet.restore(&backup);
    let error = world.export_from(&outlet, None).unwrap_err();
    assert_eq!(error.code(), "rolled-back");
    // By the receipt, when the machine's memory is lost.
    std::fs::remove_file(&outlet.outside).unwrap();
    let before = outlet.dump();
    let outcome = world.import(&outlet, &reply);
    assert_eq!(code(&outcome), "rolled-back");
    let origin = outlet.origin().to_owned();
    assert_eq!(
        outcome.refusal,
        Some(Refusal::RolledBack {
            origin,
            size: 3,
            receipted: 7
        })
    );
    assert_eq!(outlet.dump(), before);
    // And from then on by the memory again, even after it has written on to the same size.
    let error = world.export_from(&outlet, None).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Store(safety_store::Error::RolledBack {
                seen: 7,
                found: 3,
                ..
            })
        ),
        "{error:?}"
    );
}

#[test]
fn an_honest_older_copy_is_no_fork() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(4);
    let older = world.export(&outlet);
    outlet.write(4);
    let newer = world.export(&outlet);
    assert_eq!(world.import(&sub, &newer).kind, OutcomeKind::Imported);
    assert_eq!(world.import(&sub, &older).kind, OutcomeKind::Repeated);
    assert_eq!(sub.status().below[0].log, LogState::Open);
    sub.verify();
}

#[test]
fn a_restored_superior_is_sent_again_what_it_lost() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(2);
    world.round(&outlet, &sub);
    let backup = sub.backup();
    outlet.write_for("330100001", 3, &[b"photo".to_vec()]);
    world.round(&outlet, &sub);
    let sub = sub.restore(&backup);
    outlet.write(1);
    let outcome = world.import(&sub, &world.export(&outlet));
    let origin = outlet.origin().to_owned();
    assert_eq!(
        outcome.refusal,
        Some(Refusal::Gap {
            origin,
            from: 2,
            to: 5,
            start: 5,
            end: 6
        })
    );
    // Its smaller receipt takes nothing back, but the range it lacks can be sent, with the attachments.
    let (reply, _) = world.reply(&sub, &outlet);
    assert_eq!(world.import(&outlet, &reply).kind, OutcomeKind::Repeated);
    assert_eq!(outlet.status().up.receipted, 5);
    let (again, exported) = world.export_from(&outlet, Some(2)).unwrap();
    assert_eq!(exported.blobs, 1);
    let outcome = world.import(&sub, &again);
    assert_eq!((outcome.added(), outcome.blobs), (4, 1));
    sub.verify();
}
