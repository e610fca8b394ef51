//! Whatever is lost, doubled, delayed or asked for again: in the end both sides hold the same.

use std::path::PathBuf;

use proptest::prelude::*;
use safety_exchange::OutcomeKind;

use super::world::*;

#[derive(Debug, Clone)]
enum Act {
    Write(u8),
    Export,
    ExportFrom(u8),
    Import(u8),
    ImportAll,
    Lose(u8),
    Reply,
    TakeReply(u8),
    Restart,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0u8..6).prop_map(Act::Write),
        4 => Just(Act::Export),
        2 => any::<u8>().prop_map(Act::ExportFrom),
        4 => any::<u8>().prop_map(Act::Import),
        1 => Just(Act::ImportAll),
        1 => any::<u8>().prop_map(Act::Lose),
        2 => Just(Act::Reply),
        2 => any::<u8>().prop_map(Act::TakeReply),
        1 => Just(Act::Restart),
    ];
    proptest::collection::vec(act, 1..25)
}

fn pick(files: &[PathBuf], number: u8) -> Option<&PathBuf> {
    files.get(usize::from(number).checked_rem(files.len())?)
}

fn play(acts: Vec<Act>) {
    let world = World::new();
    let (mut outlet, sub) = world.pair();
    let (mut bundles, mut replies): (Vec<PathBuf>, Vec<PathBuf>) = (Vec::new(), Vec::new());
    for act in acts {
        world.pass(1);
        let held = sub.size(outlet.origin());
        let receipted = outlet.status().up.receipted;
        match act {
            Act::Write(count) => outlet.write(u64::from(count)),
            Act::Export => bundles.push(world.export(&outlet)),
            Act::ExportFrom(from) => {
                let from = u64::from(from) % (outlet.size(outlet.origin()) + 1);
                bundles.push(world.export_from(&outlet, Some(from)).unwrap().0);
            }
            Act::Import(number) => {
                if let Some(bundle) = pick(&bundles, number) {
                    assert_ne!(world.import(&sub, bundle).kind, OutcomeKind::Refused);
                }
            }
            Act::ImportAll => {
                let outcomes = world.import_many(&sub, &bundles);
                assert!(
                    outcomes
                        .iter()
                        .all(|outcome| outcome.kind != OutcomeKind::Refused)
                );
            }
            Act::Lose(number) => {
                if !bundles.is_empty() {
                    bundles.remove(usize::from(number) % bundles.len());
                }
            }
            Act::Reply => replies.push(world.reply(&sub, &outlet).0),
            Act::TakeReply(number) => {
                if let Some(reply) = pick(&replies, number) {
                    assert_ne!(world.import(&outlet, reply).kind, OutcomeKind::Refused);
                }
            }
            Act::Restart => outlet = outlet.reopen(),
        }
        // Nothing is ever taken back, and no receipt says more than is held.
        assert!(sub.size(outlet.origin()) >= held);
        let now = outlet.status().up.receipted;
        assert!(now >= receipted && now <= sub.size(outlet.origin()));
    }
    world.round(&outlet, &sub);
    assert_eq!(sub.log(outlet.origin()), outlet.log(outlet.origin()));
    let up = outlet.status().up;
    assert_eq!(up.receipted, up.size);
    outlet.verify();
    sub.verify();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_schedule_ends_with_equal_roots(acts in acts()) {
        play(acts);
    }
}
