//! What is not taken: each by its own code, each without a trace but one line in the history.

use std::path::{Path, PathBuf};

use safety_domain::institution::Level;
use safety_exchange::{Error, Folder, OutcomeKind, Place, PlaceError, enrol};
use safety_journal::bundle::{self, Kind, LogRange, Manifest, Options, Party};
use safety_journal::checkpoint::{Checkpoint, SignedCheckpoint};
use safety_journal::tree;

use super::world::*;

/// A bundle as a program of ours would not write it.
pub struct Made {
    pub manifest: Manifest,
    pub checkpoints: Vec<String>,
    pub lines: Vec<(u32, u64, Vec<u8>)>,
    pub receipts: Vec<String>,
}

impl Made {
    /// What `from` would honestly send to `to`.
    pub fn honest(from: &Actor, to: &Actor) -> Made {
        let (size, root) = from.log(from.origin());
        let lines = lines(from);
        let checkpoint = Checkpoint {
            origin: from.origin().to_owned(),
            size,
            root,
        };
        Made {
            manifest: Manifest {
                format: bundle::FORMAT.to_owned(),
                v: bundle::VERSION,
                kind: Kind::Upward,
                from: Party {
                    institution: from.keys.institution().to_owned(),
                    device: from.origin().to_owned(),
                    ..Party::default()
                },
                to: Party {
                    institution: to.keys.institution().to_owned(),
                    ..Party::default()
                },
                created: "2026-11-23T09:31:05+08:00".to_owned(),
                demo: from.keys.is_demo(),
                logs: vec![LogRange {
                    n: 0,
                    origin: from.origin().to_owned(),
                    start: 0,
                    end: size,
                }],
                blobs: Vec::new(),
                program: "test".to_owned(),
                other: Default::default(),
            },
            checkpoints: vec![checkpoint.sign(from.keys.signer()).unwrap().encode()],
            lines: lines
                .into_iter()
                .zip(0..)
                .map(|(line, index)| (0, index, line))
                .collect(),
            receipts: Vec::new(),
        }
    }

    pub fn put(&self, world: &World, to: &Actor, name: &str) -> PathBuf {
        let path = world.folder("made").join(name);
        let file = std::fs::File::create(&path).unwrap();
        let recipients = [to.keys.identity().recipient()];
        let mut writer = bundle::Writer::new(file, &recipients, &self.manifest, Options::default()).unwrap();
        for (note, n) in self.checkpoints.iter().zip(0..) {
            writer.checkpoint(n, note.as_bytes()).unwrap();
        }
        for (log, index, line) in &self.lines {
            writer.entry(*log, *index, line).unwrap();
        }
        for (note, n) in self.receipts.iter().zip(0..) {
            writer.receipt(n, note.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        path
    }
}

pub fn lines(of: &Actor) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    of.store
        .read(|reader| {
            let log = reader.log(of.origin())?.unwrap();
            reader.entries::<safety_store::Error>(log.log_no, 0, log.size, |entry| {
                lines.push(entry.line.to_vec());
                Ok(())
            })
        })
        .unwrap();
    lines
}

fn refused(world: &World, at: &Actor, file: &Path) -> &'static str {
    let before = at.dump();
    let lines = at.history().len();
    let outcome = world.import(at, file);
    let code = code(&outcome);
    assert_eq!(outcome.kind, OutcomeKind::Refused, "{outcome:?}");
    assert_eq!(at.dump(), before, "{code} left a trace");
    assert_eq!(at.history().len(), lines + 1);
    assert_eq!(at.history()[0], format!("in {code}"));
    code
}

#[test]
fn cut_off_at_every_kind_of_place() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(40);
    outlet.write_for("330100001", 1, &[vec![0x5a; 100_000]]);
    let bundle = world.export(&outlet);
    let whole = std::fs::read(&bundle).unwrap();
    let cuts: Vec<usize> = (0..whole.len())
        .step_by(97)
        .chain(1..30)
        .chain((1..40).map(|n| whole.len() - n))
        .collect();
    assert!(cuts.len() > 60);
    for cut in cuts {
        std::fs::write(&bundle, &whole[..cut]).unwrap();
        assert_eq!(
            refused(&world, &sub, &bundle),
            "bundle-truncated",
            "{cut} of {}",
            whole.len()
        );
    }
    std::fs::write(&bundle, &whole).unwrap();
    assert_eq!(world.import(&sub, &bundle).kind, OutcomeKind::Imported);
}

#[test]
fn flipped_at_every_kind_of_place() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(40);
    let bundle = world.export(&outlet);
    let whole = std::fs::read(&bundle).unwrap();
    for at in (0..whole.len())
        .step_by(61)
        .chain(0..250)
        .chain(whole.len() - 20..whole.len())
    {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        std::fs::write(&bundle, &bytes).unwrap();
        assert_eq!(
            refused(&world, &sub, &bundle),
            "bundle-corrupted",
            "byte {at} of {}",
            whole.len()
        );
    }
}

#[test]
fn for_somebody_else_or_from_nobody_known() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let other = world.actor("支行二", "330200", Level::SubBranch);
    let stranger = world.actor("网点C", "330100003", Level::Outlet);
    outlet.write(2);
    stranger.write(2);
    let bundle = world.export(&outlet);
    assert_eq!(refused(&world, &other, &bundle), "bundle-wrong-receiver");
    assert_eq!(refused(&world, &outlet, &bundle), "bundle-wrong-receiver");
    let made = Made::honest(&stranger, &sub).put(&world, &sub, "stranger.osbundle");
    assert_eq!(refused(&world, &sub, &made), "bundle-unknown-sender");
    // In the name of one who is known, but not with that one's key.
    let mut forged = Made::honest(&outlet, &sub);
    forged.checkpoints = Made::honest(&stranger, &sub).checkpoints;
    assert_eq!(
        refused(&world, &sub, &forged.put(&world, &sub, "forged.osbundle")),
        "bundle-signature-wrong"
    );
    let mut forged = Made::honest(&outlet, &sub);
    forged.manifest.from.institution = "330100003".to_owned();
    assert_eq!(
        refused(&world, &sub, &forged.put(&world, &sub, "forged.osbundle")),
        "bundle-unknown-sender"
    );
    let mut misled = Made::honest(&outlet, &sub);
    misled.manifest.to.institution = "330200".to_owned();
    assert_eq!(
        refused(&world, &sub, &misled.put(&world, &sub, "misled.osbundle")),
        "bundle-wrong-receiver"
    );
    for (name, bytes) in [
        ("text.osbundle", "灭火器".as_bytes()),
        ("zip.osbundle", b"PK\x03\x04rest"),
    ] {
        let path = world.folder("made").join(name);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(refused(&world, &sub, &path), "bundle-not-a-bundle");
    }
    assert_eq!(
        refused(&world, &sub, &world.dir.join("nothing.osbundle")),
        "bundle-io"
    );
}

#[test]
fn revoked_or_in_the_wrong_direction() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(2);
    let mut made = Made::honest(&outlet, &sub);
    made.manifest.kind = Kind::Downward;
    assert_eq!(
        refused(&world, &sub, &made.put(&world, &sub, "down.osbundle")),
        "bundle-wrong-direction"
    );
    let mut made = Made::honest(&sub, &outlet);
    assert_eq!(
        refused(&world, &outlet, &made.put(&world, &outlet, "up.osbundle")),
        "bundle-wrong-direction"
    );
    made.manifest.kind = Kind::Downward;
    // What a superior writes for those below is taken once it sends it.
    assert_eq!(
        world
            .import(&outlet, &made.put(&world, &outlet, "down.osbundle"))
            .kind,
        OutcomeKind::Repeated
    );

    let bundle = world.export(&outlet);
    enrol::revoke(&sub.store, outlet.origin(), "丢失", world.now()).unwrap();
    assert_eq!(refused(&world, &sub, &bundle), "bundle-revoked-sender");
}

#[test]
fn a_demo_world_stays_by_itself() {
    let world = World::new();
    let sub = world.actor_in("演示支行", "330100", Level::SubBranch, true);
    let outlet = world.actor_in("演示网点", "330100001", Level::Outlet, true);
    world.enrol(&outlet, &sub);
    outlet.write(3);
    assert!(outlet.origin().starts_with("demo."));
    world.round(&outlet, &sub);
    assert_eq!(outlet.status().up.receipted, 3);
    let (_, real) = world.pair();
    let made = Made::honest(&outlet, &real).put(&world, &real, "demo.osbundle");
    assert_eq!(refused(&world, &real, &made), "bundle-demo-mismatch");
}

#[test]
fn an_outlet_writes_for_itself_only() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    outlet.write(1);
    outlet.write_for("330100002", 1, &[]);
    let bundle = world.export(&outlet);
    assert_eq!(refused(&world, &sub, &bundle), "bundle-foreign-institution");
}

#[test]
fn entries_that_are_not_those_signed() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let double = world.actor("网点A", "330100001", Level::Outlet);
    outlet.write(6);
    double.take_another_turn();
    double.write(6);
    // Somebody who knows a signed head puts other entries beside it: refused, and not laid at the signer's door.
    let mut forged = Made::honest(&outlet, &sub);
    forged.lines = Made::honest(&double, &sub).lines;
    let forged = forged.put(&world, &sub, "forged.osbundle");
    assert_eq!(refused(&world, &sub, &forged), "bundle-root-differs");
    let bundle = world.export(&outlet);
    assert_eq!(world.import(&sub, &bundle).kind, OutcomeKind::Imported);
    assert_eq!(refused(&world, &sub, &forged), "bundle-root-differs");
    // Left out, or other sizes than signed.
    let mut short = Made::honest(&outlet, &sub);
    short.manifest.logs[0].end = 5;
    short.lines.pop();
    assert_eq!(
        refused(&world, &sub, &short.put(&world, &sub, "short.osbundle")),
        "bundle-signature-wrong"
    );
    sub.verify();
}

#[test]
fn receipts_that_are_none() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    let stranger = world.actor("支行二", "330200", Level::SubBranch);
    outlet.write(3);
    let other = world.actor("网点B", "330100002", Level::Outlet);
    let reply = |receipt: SignedCheckpoint, name: &str| {
        let mut made = Made::honest(&sub, &outlet);
        made.manifest.kind = Kind::Reply;
        made.manifest.logs.clear();
        made.checkpoints.clear();
        made.lines.clear();
        made.receipts = vec![receipt.encode()];
        made.put(&world, &outlet, name)
    };
    let (size, root) = outlet.log(outlet.origin());
    let own = Checkpoint {
        origin: outlet.origin().to_owned(),
        size,
        root,
    };
    let signed = own.sign(outlet.keys.signer()).unwrap();

    let by_stranger = signed
        .with_cosignature(stranger.keys.cosigner(), 1_800_000_000)
        .unwrap();
    assert_eq!(
        refused(&world, &outlet, &reply(by_stranger, "1.osbundle")),
        "receipt-unknown-signer"
    );
    assert_eq!(
        refused(&world, &outlet, &reply(signed.clone(), "2.osbundle")),
        "receipt-unknown-signer"
    );
    let theirs = Checkpoint {
        origin: other.origin().to_owned(),
        size: 0,
        root: tree::empty_root(),
    };
    let theirs = theirs
        .sign(other.keys.signer())
        .unwrap()
        .with_cosignature(sub.keys.cosigner(), 1_800_000_000);
    assert_eq!(
        refused(&world, &outlet, &reply(theirs.unwrap(), "3.osbundle")),
        "receipt-not-ours"
    );
    // The superior's line over a head that the outlet never signed.
    let text = signed.encode().replace("\n3\n", "\n2\n");
    let never_signed = SignedCheckpoint::parse(text.as_bytes()).unwrap();
    let never_signed = never_signed
        .with_cosignature(sub.keys.cosigner(), 1_800_000_000)
        .unwrap();
    assert_eq!(
        refused(&world, &outlet, &reply(never_signed, "4.osbundle")),
        "bundle-signature-wrong"
    );

    let good = signed
        .with_cosignature(sub.keys.cosigner(), 1_800_000_000)
        .unwrap();
    assert_eq!(
        world.import(&outlet, &reply(good, "5.osbundle")).kind,
        OutcomeKind::Receipts
    );
    assert_eq!(outlet.status().up.receipted, 3);
}

#[test]
fn a_place_that_fails_leaves_nothing() {
    let world = World::new();
    let (outlet, _sub) = world.pair();
    outlet.write(2);
    let export = |dir: &Path| {
        let place = Folder::new(dir, outlet.origin());
        let what = safety_exchange::export::Request::default();
        safety_exchange::export(&outlet.store, &outlet.keys, &place, what, world.now(), &mut never)
    };
    let before = outlet.dump();
    let gone = export(&world.dir.join("pulled-out"));
    assert!(matches!(gone, Err(Error::Place(PlaceError::Gone))), "{gone:?}");
    // A device that is always full, where the system has one.
    if Path::new("/dev/full").exists() {
        let dir = world.folder("full");
        let part = dir.join(format!("{}.part", outlet.origin().replace('/', "-")));
        std::os::unix::fs::symlink("/dev/full", &part).unwrap();
        let full = export(&dir);
        assert!(matches!(full, Err(Error::Place(PlaceError::Full))), "{full:?}");
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
    }
    let cancelled = {
        outlet.write(1500);
        let place = Folder::new(world.folder("cancelled"), outlet.origin());
        let what = safety_exchange::export::Request::default();
        safety_exchange::export(
            &outlet.store,
            &outlet.keys,
            &place,
            what,
            world.now(),
            &mut |_| true,
        )
    };
    assert!(matches!(cancelled, Err(Error::Cancelled)), "{cancelled:?}");
    assert_eq!(std::fs::read_dir(world.folder("cancelled")).unwrap().count(), 0);
    assert_eq!(outlet.history().len(), 2);
    assert_ne!(outlet.dump(), before);
}

#[test]
fn a_folder_shows_whole_files_only_and_clears_up_after_itself() {
    let world = World::new();
    let dir = world.folder("stick");
    let place = Folder::new(&dir, "outlet-safety/330100001/1f2e3d4c");
    let other = dir.join("somebody-else.part");
    let left = dir.join("outlet-safety-330100001-1f2e3d4c.part");
    std::fs::write(&other, b"half").unwrap();
    std::fs::write(&left, b"half of an earlier attempt").unwrap();
    assert_eq!(place.list().unwrap(), []);
    let put = place
        .put(&mut |out| out.write_all("灭火器".as_bytes()), &|hash| {
            format!("{}.txt", &hash.to_hex()[..16])
        })
        .unwrap();
    assert_eq!(place.list().unwrap().len(), 1);
    assert_eq!(put.bytes, 9);
    assert!(other.exists() && !left.exists());
    let mut read = String::new();
    std::io::Read::read_to_string(&mut place.get(&put.name).unwrap(), &mut read).unwrap();
    assert_eq!(read, "灭火器");
    let failed = place.put(
        &mut |out| {
            out.write_all(b"half")
                .and(Err(std::io::ErrorKind::Interrupted.into()))
        },
        &|_| "x".to_owned(),
    );
    assert!(failed.is_err());
    assert_eq!(place.list().unwrap().len(), 1);
    assert!(!left.exists());
    place.remove(&put.name).unwrap();
    place.remove(&put.name).unwrap();
    assert!(matches!(
        place.get(&put.name).map(|_| ()),
        Err(PlaceError::Missing { .. })
    ));
}
