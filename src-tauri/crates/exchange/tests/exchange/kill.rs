//! Killed at any moment while exporting, importing and answering: what was confirmed is there, nothing is half there,
//! and no receipt says more than is held.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use safety_exchange::OutcomeKind;
use safety_journal::tree;

use super::world::*;

const WHERE: &str = "SAFETY_EXCHANGE_KILL_TEST";
const KILLS: u64 = 40;
const ENTRIES: u64 = 30;

/// What a life confirmed on its standard output.
#[derive(Debug, Default, Clone, Copy)]
struct Confirmed {
    written: u64,
    exported: u64,
    held: u64,
    receipted: u64,
}

fn both(dir: &Path) -> (Actor, Actor) {
    (
        Actor::at("支行", 1, &dir.join("actor-1/account.db")),
        Actor::at("网点A", 2, &dir.join("actor-2/account.db")),
    )
}

fn photo(number: u64) -> Vec<u8> {
    (0..60_000u64)
        .map(|i| ((i ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8)
        .collect()
}

/// The life that is killed; does nothing unless it was started by the test below.
#[test]
fn life_that_is_killed() {
    let Some(dir) = std::env::var_os(WHERE).map(PathBuf::from) else {
        return;
    };
    let world = World::at(&dir);
    let (sub, outlet) = both(&dir);
    let say = |what: &str, number: u64| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "CONFIRMED {what} {number}").unwrap();
        out.flush().unwrap();
    };
    say("begun", 0);
    // Nothing is written before the line comes that opens the gate; some lives are killed while they wait for it.
    std::io::stdin().lines().next().unwrap().unwrap();
    loop {
        let size = outlet.size(outlet.origin());
        outlet.write_for("330100001", ENTRIES, &[photo(size)]);
        say("written", size + ENTRIES);
        let bundle = world.export(&outlet);
        say("exported", size + ENTRIES);
        let outcome = world.import(&sub, &bundle);
        assert!(outcome.refusal.is_none(), "{outcome:?}");
        say("held", outcome.logs[0].held);
        let (reply, _) = world.reply(&sub, &outlet);
        world.import(&outlet, &reply);
        say("receipted", outlet.status().up.receipted);
    }
}

/// When a life is to end.
enum End {
    /// Before it may write anything.
    AtTheGate,
    /// After so many confirmations and a part of a step (0 to 1 and a little more).
    After(u64, f64),
}

/// Lives to its end. `step` is how long a step takes on this machine, learned from life to life: pauses of fixed
/// length would all fall behind the last step on a fast machine, or all before the first on a slow one.
fn live_and_die(dir: &Path, end: &End, step: &mut Duration) -> Confirmed {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::life_that_is_killed", "--nocapture"])
        .env(WHERE, dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut gate = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let mut confirmed = Confirmed::default();
    let mut note = |line: String| {
        let Some((_, told)) = line.split_once("CONFIRMED ") else {
            return false;
        };
        let (what, number) = told.split_once(' ').unwrap();
        let number = number.parse().unwrap();
        match what {
            "written" => confirmed.written = number,
            "exported" => confirmed.exported = number,
            "held" => confirmed.held = number,
            "receipted" => confirmed.receipted = number,
            _ => {}
        }
        true
    };
    while !note(lines.next().expect("it begins")) {}
    if let End::After(confirmations, part) = end {
        writeln!(gate).unwrap();
        let begun = Instant::now();
        let mut heard = 0;
        while heard < *confirmations {
            heard += u64::from(note(lines.next().expect("it lives")));
        }
        if heard > 0 {
            *step = begun.elapsed().div_f64(heard as f64);
        }
        std::thread::sleep(step.mul_f64(*part));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines {
        note(line);
    }
    confirmed
}

/// Looks at what a life left behind.
fn look(dir: &Path, confirmed: Confirmed, whole: bool) {
    let world = World::at(dir);
    let (sub, outlet) = both(dir);
    let origin = outlet.origin();
    let (size, root) = outlet.log(origin);
    let (held, held_root) = sub.log(origin);
    let up = outlet.status().up;
    assert!(size >= confirmed.written, "{confirmed:?} {size}");
    assert!(up.bundled >= confirmed.exported, "{confirmed:?} {up:?}");
    assert!(held >= confirmed.held, "{confirmed:?} {held}");
    assert!(up.receipted >= confirmed.receipted, "{confirmed:?} {up:?}");
    // Never a part of a bundle, never a receipt for what is not held.
    assert_eq!((size % ENTRIES, held % ENTRIES), (0, 0));
    assert!(up.receipted <= held && held <= size, "{up:?} {held}");
    let prefix = outlet
        .store
        .read(|reader| Ok(tree::root(&reader.leaves(1), held).unwrap()))
        .unwrap();
    assert_eq!(held_root, prefix);
    let wanted = sub.store.read(|reader| reader.wanted_blobs()).unwrap();
    assert_eq!(wanted, [], "attachments come with their entries or not at all");
    // Every file that stands under its name is whole: what was not taken before can be taken now.
    let bundles: Vec<PathBuf> = std::fs::read_dir(dir.join("exchange"))
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "osbundle"))
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("330100001-")
        })
        .collect();
    for outcome in world.import_many(&sub, &bundles) {
        assert_ne!(outcome.kind, OutcomeKind::Refused, "{outcome:?}");
    }
    let _ = std::fs::remove_dir_all(dir.join("exchange"));
    if whole {
        world.round(&outlet, &sub);
        assert_eq!(sub.log(origin), (size, root));
        outlet.verify();
        sub.verify();
    }
}

#[test]
fn nothing_confirmed_is_lost_and_nothing_is_half_there() {
    let world = World::new();
    drop(world.pair());
    let mut state = 0x2026_1123u64;
    let mut reached = [0u64; 4];
    let mut step = Duration::from_millis(10);
    for kill in 0..KILLS {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let part = (state >> 33) as f64 / f64::from(1u32 << 31);
        let end = if kill % 14 == 0 {
            End::AtTheGate
        } else {
            End::After(kill % 7, part * 1.5)
        };
        let confirmed = live_and_die(&world.dir, &end, &mut step);
        let told = [
            confirmed.written,
            confirmed.exported,
            confirmed.held,
            confirmed.receipted,
        ];
        for (count, number) in reached.iter_mut().zip(told) {
            *count += u64::from(number > 0);
        }
        look(&world.dir, confirmed, kill % 10 == 9);
    }
    // The kills did fall before, between and after all steps.
    assert!(reached[3] > KILLS / 4, "{reached:?}");
    assert!(reached[0] < KILLS, "{reached:?}");
    println!("{KILLS} kills; lives that wrote, exported, imported, had their receipt: {reached:?}");
}
