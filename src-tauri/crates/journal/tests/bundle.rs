//! Bundles: what goes in comes out, and everything else is an error that says which it is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::io::{self, Read};

use proptest::prelude::*;
use safety_journal::Hash;
use safety_journal::bundle::{
    BlobRef, BundleError, Kind, Limits, LogRange, Manifest, Options, Part, Reader, Writer,
};
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::entry::parse_line;
use safety_journal::note::{KeyType, Signer};
use safety_journal::seal::Identity;
use safety_journal::tree::root_of;
use support::{checkpoint, foreign, hint, lines, manifest, noise, read, superior, write};

fn open(bytes: &[u8]) -> Result<support::All, BundleError> {
    read(bytes, &[superior()], Limits::default())
}

#[test]
fn what_goes_in_comes_out() {
    let (entries, blobs) = (
        lines(3000),
        vec![noise(1, 200_000), Vec::new(), "照片".as_bytes().to_vec()],
    );
    let (bytes, written) = write(&entries, &blobs, Options::default());
    assert_eq!(
        (written.entries, written.blobs, written.sealed),
        (3000, 3, bytes.len() as u64)
    );
    let (found, parts, contents) = open(&bytes).unwrap();
    assert_eq!(found, manifest(3000, &blobs));
    assert_eq!(contents, blobs);
    assert_eq!(
        parts[0],
        Part::Checkpoint {
            n: 0,
            bytes: checkpoint(&entries).into_bytes()
        }
    );
    let mut next = 0;
    for part in &parts {
        let Part::Entries(chunk) = part else { continue };
        assert!(chunk.bytes.len() <= 1024 * 1024);
        assert_eq!(chunk.lines().count() as u64, chunk.count);
        for (index, line) in chunk.lines() {
            assert_eq!((index, line), (next, &entries[next as usize][..]));
            next += 1;
        }
    }
    assert_eq!(next, 3000);
    assert!(parts.len() > 5, "several chunks");
}

#[test]
fn all_kinds_of_parts_and_several_logs() {
    let mut manifest = manifest(2, &[]);
    manifest.kind = Kind::Reply;
    manifest.demo = true;
    manifest.logs[0].origin = format!("demo.{}", support::ORIGIN);
    manifest.logs.push(LogRange {
        n: 3,
        origin: "demo.outlet-safety/330100001/2".to_owned(),
        start: 7,
        end: 7,
    });
    manifest.logs.push(LogRange {
        n: 5,
        origin: "demo.outlet-safety/330100001/3".to_owned(),
        start: 40,
        end: 41,
    });
    manifest
        .other
        .insert("later".to_owned(), serde_json::json!({"x": [1]}));
    let two = [
        Identity::from_secret(&[1; 32]).unwrap().recipient(),
        superior().recipient(),
    ];
    let mut writer = Writer::new(Vec::new(), &two, &manifest, Options::default()).unwrap();
    for n in [0, 3, 5] {
        writer.checkpoint(n, b"note").unwrap();
    }
    writer.unknown("later/thing", b"?").unwrap();
    writer.entry(0, 0, b"{}").unwrap();
    writer.entry(0, 1, b"{}").unwrap();
    writer.entry(5, 40, b"{}").unwrap();
    writer.receipt(0, b"r0").unwrap();
    writer.receipt(1, b"r1").unwrap();
    writer.notice("gap-0.json", b"{}").unwrap();
    let (bytes, _) = writer.finish().unwrap();
    for secret in [[1; 32], [9; 32]] {
        let identity = Identity::from_secret(&secret).unwrap();
        let (found, parts, _) = read(&bytes, &[identity], Limits::default()).unwrap();
        assert_eq!(found, manifest);
        let names: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Checkpoint { n, .. } => format!("c{n}"),
                Part::Entries(chunk) => format!("e{}:{}+{}", chunk.log, chunk.start, chunk.count),
                Part::Blob(_) => "b".to_owned(),
                Part::Receipt { n, .. } => format!("r{n}"),
                Part::Notice { name, .. } => format!("n:{name}"),
                Part::Unknown { name, .. } => format!("u:{name}"),
            })
            .collect();
        assert_eq!(
            names,
            [
                "c0",
                "c3",
                "c5",
                "u:later/thing",
                "e0:0+2",
                "e5:40+1",
                "r0",
                "r1",
                "n:gap-0.json"
            ]
        );
    }
}

#[test]
fn a_flip_of_any_bit_is_an_error_and_never_other_content() {
    let entries = lines(3);
    let (bytes, _) = write(&entries, &[], hint(&entries, &[]));
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            let error = open(&changed).expect_err(&format!("byte {at} bit {bit}"));
            // In the head a flip may hit the name of the format or the stanza that names the receiver.
            let head = [
                "bundle-not-a-bundle",
                "bundle-wrong-receiver",
                "bundle-corrupted",
                "bundle-truncated",
            ];
            let expected = if at < 300 {
                &head[..]
            } else {
                &["bundle-corrupted"][..]
            };
            assert!(expected.contains(&error.code()), "byte {at} bit {bit}: {error:?}");
        }
    }
}

#[test]
fn a_bundle_cut_off_anywhere_is_an_error_that_says_so() {
    let entries = lines(3);
    let (bytes, _) = write(&entries, &[], hint(&entries, &[]));
    assert_eq!(bytes.len() % 64, 13);
    for length in 0..bytes.len() {
        let error = open(&bytes[..length]).expect_err(&format!("length {length}"));
        // One length in 64 looks whole and counts as damaged; no multiple of a sector is among them.
        let damaged = length % 64 == 13 && error.code() == "bundle-corrupted";
        assert!(
            damaged || error.code() == "bundle-truncated",
            "length {length}: {error:?}"
        );
    }
}

#[test]
fn a_long_bundle_cut_off_at_disk_blocks_or_between_chunks_says_so() {
    let blobs = [noise(3, 400_000)];
    let (bytes, _) = write(&[], &blobs, Options::default());
    let chunk = 64 * 1024 + 16;
    // The head ends with a line of dashes and a MAC, then 16 bytes of nonce.
    let dashes = bytes.windows(5).position(|window| window == b"\n--- ").unwrap();
    let header = dashes + 5 + 43 + 1 + 16;
    let cuts = (0..bytes.len())
        .step_by(4096)
        .chain((0..6).map(|n| header + n * chunk));
    for length in cuts.filter(|length| *length < bytes.len()) {
        let error = open(&bytes[..length]).unwrap_err();
        assert_eq!(error.code(), "bundle-truncated", "length {length}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(open(&longer).is_err());
}

#[test]
fn the_wrong_receiver_and_the_wrong_file_are_told_apart() {
    let (bytes, _) = write(&lines(1), &[], Options::default());
    let stranger = Identity::from_secret(&[8; 32]).unwrap();
    assert_eq!(
        read(&bytes, &[stranger], Limits::default()),
        Err(BundleError::WrongReceiver)
    );
    assert_eq!(
        read(&bytes, &[], Limits::default()),
        Err(BundleError::WrongReceiver)
    );
    for foreign in [
        &b"%PDF-1.7 and so on"[..],
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        &[0u8; 4096],
    ] {
        assert_eq!(open(foreign), Err(BundleError::NotABundle));
    }
    assert_eq!(open(b""), Err(BundleError::Truncated { read: 0 }));
    // An endless header is not read to its end.
    let endless = [b"age-encryption.org/v1\n-> X ".to_vec(), vec![b'a'; 10_000_000]].concat();
    assert_eq!(open(&endless), Err(BundleError::Corrupted));
}

/// Well-sealed bundles put together wrongly, each named for its fault.
#[test]
fn malformed_bundles_by_their_fault() {
    let manifest_of = |change: &dyn Fn(&mut Manifest)| {
        let mut manifest = manifest(2, &[]);
        change(&mut manifest);
        serde_json::to_vec(&manifest).unwrap()
    };
    let m = &manifest_of(&|_| {})[..];
    let blob = Hash::of(b"x");
    let with_blob = &manifest_of(&|m| {
        m.logs.clear();
        m.blobs = vec![BlobRef {
            sha256: blob,
            size: 1,
        }];
    })[..];
    let blob_name = &format!("blobs/{blob}")[..];
    let newer = &manifest_of(&|m| m.v = 2)[..];
    let other_format = &manifest_of(&|m| m.format = "zip".to_owned())[..];
    let twice = &manifest_of(&|m| m.logs.push(m.logs[0].clone()))[..];
    let backwards = &manifest_of(&|m| m.logs[0].start = 3)[..];
    let nobody = &manifest_of(&|m| m.to.institution.clear())[..];
    let demo = &manifest_of(&|m| m.demo = true)[..];
    let demo_log =
        &manifest_of(&|m| m.logs[0].origin = "demo.outlet-safety/330100001/1f2e3d4c".to_owned())[..];
    let blobs_twice = &manifest_of(&|m| {
        m.blobs = vec![
            BlobRef {
                sha256: blob,
                size: 1
            };
            2
        ]
    })[..];
    let newer_and_other = &br#"{"format":"outlet-safety-bundle","v":7,"all":"different"}"#[..];
    let long_line = &[vec![b'a'; 65_536], b"\n{}\n".to_vec()].concat()[..];
    let (mf, c, e) = (
        "manifest.json",
        ("checkpoint/0", &b"note"[..]),
        "entries/0/0.jsonl",
    );
    let two = &b"{}\n{}\n"[..];
    let good: &[(&str, &[u8])] = &[(mf, m), c, (e, two)];
    assert!(open(&foreign(good)).is_ok());

    type Case<'a> = (&'a str, &'a str, Vec<(&'a str, &'a [u8])>);
    let cases: Vec<Case<'_>> = vec![
        ("no manifest", "bundle-malformed-manifest", vec![c, (e, two)]),
        (
            "manifest not first",
            "bundle-malformed-manifest",
            vec![c, (mf, m), (e, two)],
        ),
        ("manifest not JSON", "bundle-malformed-manifest", vec![(mf, b"{")]),
        (
            "manifest of another format",
            "bundle-malformed-manifest",
            vec![(mf, other_format)],
        ),
        ("one origin twice", "bundle-malformed-manifest", vec![(mf, twice)]),
        (
            "range backwards",
            "bundle-malformed-manifest",
            vec![(mf, backwards)],
        ),
        (
            "demo with a real log",
            "bundle-malformed-manifest",
            vec![(mf, demo)],
        ),
        (
            "real with a demo log",
            "bundle-malformed-manifest",
            vec![(mf, demo_log)],
        ),
        ("no receiver", "bundle-malformed-manifest", vec![(mf, nobody)]),
        (
            "one blob twice",
            "bundle-malformed-manifest",
            vec![(mf, blobs_twice)],
        ),
        ("newer version", "bundle-newer-version", vec![(mf, newer)]),
        (
            "newer version, other members",
            "bundle-newer-version",
            vec![(mf, newer_and_other)],
        ),
        ("two manifests", "bundle-malformed", vec![(mf, m), (mf, m)]),
        (
            "entries before checkpoint",
            "bundle-missing-part",
            vec![(mf, m), (e, two), c],
        ),
        (
            "checkpoint behind entries",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, two), c],
        ),
        (
            "checkpoint of no log",
            "bundle-wrong-order",
            vec![(mf, m), ("checkpoint/1", b"x")],
        ),
        ("no entries", "bundle-missing-part", vec![(mf, m), c]),
        (
            "one entry missing",
            "bundle-missing-part",
            vec![(mf, m), c, (e, b"{}\n")],
        ),
        (
            "one entry too many",
            "bundle-malformed",
            vec![(mf, m), c, (e, b"{}\n{}\n{}\n")],
        ),
        (
            "gap between chunks",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, b"{}\n"), ("entries/0/2.jsonl", b"{}\n")],
        ),
        (
            "chunk twice",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, b"{}\n"), (e, b"{}\n")],
        ),
        (
            "entries of no log",
            "bundle-wrong-order",
            vec![(mf, m), c, ("entries/4/0.jsonl", two)],
        ),
        (
            "chunk without last line feed",
            "bundle-malformed",
            vec![(mf, m), c, (e, b"{}\n{}")],
        ),
        ("empty chunk", "bundle-malformed", vec![(mf, m), c, (e, b"")]),
        ("empty line", "bundle-malformed", vec![(mf, m), c, (e, b"{}\n\n")]),
        (
            "line too long",
            "bundle-malformed",
            vec![(mf, m), c, (e, long_line)],
        ),
        ("blob missing", "bundle-missing-part", vec![(mf, with_blob)]),
        (
            "blob of other size",
            "bundle-blob-mismatch",
            vec![(mf, with_blob), (blob_name, b"xx")],
        ),
        (
            "blob of other content",
            "bundle-blob-mismatch",
            vec![(mf, with_blob), (blob_name, b"y")],
        ),
        (
            "blob not promised",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, two), (blob_name, b"x")],
        ),
        (
            "receipt before blob",
            "bundle-missing-part",
            vec![(mf, with_blob), ("receipts/0", b"r")],
        ),
        (
            "receipts not counted up",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, two), ("receipts/1", b"r")],
        ),
        (
            "receipt behind notice",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, two), ("notices/a", b"n"), ("receipts/0", b"r")],
        ),
        (
            "notice twice",
            "bundle-wrong-order",
            vec![(mf, m), c, (e, two), ("notices/a", b"n"), ("notices/a", b"n")],
        ),
        ("name with blank", "bundle-malformed", vec![(mf, m), ("a b", b"")]),
        (
            "number with leading zero",
            "bundle-malformed",
            vec![(mf, m), ("checkpoint/00", b"")],
        ),
        (
            "entries not jsonl",
            "bundle-malformed",
            vec![(mf, m), c, ("entries/0/0.json", two)],
        ),
        (
            "blob name in capitals",
            "bundle-malformed",
            vec![(mf, m), ("blobs/ABCD", b"x")],
        ),
    ];
    for (fault, code, parts) in cases {
        let error = open(&foreign(&parts)).expect_err(fault);
        assert_eq!(error.code(), code, "{fault}: {error}");
    }
}

#[test]
fn archives_that_hold_more_than_plain_files_or_end_wrongly() {
    let manifest = serde_json::to_vec(&Manifest {
        logs: vec![],
        ..manifest(0, &[])
    })
    .unwrap();
    let sealed = |archive: &[u8]| support::seal(&zstd::encode_all(archive, 3).unwrap());
    let with = |kind: tar::EntryType, name: &[u8]| {
        let mut archive = tar::Builder::new(Vec::new());
        for (name, kind, bytes) in [
            (&b"manifest.json"[..], tar::EntryType::Regular, &manifest[..]),
            (name, kind, b""),
        ] {
            let mut header = tar::Header::new_gnu();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name);
            header.set_size(bytes.len() as u64);
            header.set_entry_type(kind);
            header.set_cksum();
            archive.append(&header, bytes).unwrap();
        }
        archive.into_inner().unwrap()
    };
    assert!(open(&sealed(&with(tar::EntryType::Regular, b"x"))).is_ok());
    for kind in [
        tar::EntryType::Symlink,
        tar::EntryType::Link,
        tar::EntryType::Directory,
        tar::EntryType::Char,
    ] {
        assert_eq!(
            open(&sealed(&with(kind, b"x"))).unwrap_err().code(),
            "bundle-malformed",
            "{kind:?}"
        );
    }
    for name in [
        "../x",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "a/",
        "",
        "C:\\x",
        "图",
    ] {
        let archive = with(tar::EntryType::Regular, name.as_bytes());
        assert_eq!(
            open(&sealed(&archive)).unwrap_err().code(),
            "bundle-malformed",
            "{name}"
        );
    }
    let good = with(tar::EntryType::Regular, b"x");
    for (fault, archive) in [
        ("no end blocks", good[..good.len() - 1024].to_vec()),
        ("one end block", good[..good.len() - 512].to_vec()),
        ("something behind the end", [&good[..], b"x"].concat()),
        ("endless zeros", [&good[..], &[0; 20_000]].concat()),
        ("header sum wrong", {
            let mut bad = good.clone();
            bad[0] ^= 1;
            bad
        }),
        ("empty", vec![]),
    ] {
        assert_eq!(
            open(&sealed(&archive)).expect_err(fault).code(),
            "bundle-malformed",
            "{fault}"
        );
    }
    assert_eq!(
        open(&support::seal(b"not compressed")).unwrap_err().code(),
        "bundle-malformed"
    );
    let frame = zstd::encode_all(&good[..], 3).unwrap();
    assert_eq!(
        open(&support::seal(&frame[..frame.len() - 1]))
            .unwrap_err()
            .code(),
        "bundle-malformed"
    );
}

#[test]
fn nothing_is_read_past_a_limit() {
    let entries = lines(10);
    let blobs = [noise(1, 5000)];
    let (bytes, written) = write(&entries, &blobs, hint(&entries, &blobs));
    let normal = Limits::default();
    let cases = [
        (
            "file",
            Limits {
                sealed: written.sealed - 1,
                ..normal
            },
            written.sealed - 1,
        ),
        (
            "content",
            Limits {
                raw: written.raw - 1,
                ..normal
            },
            written.raw - 1,
        ),
        (
            "manifest",
            Limits {
                manifest: 100,
                ..normal
            },
            100,
        ),
        ("checkpoint", Limits { note: 100, ..normal }, 100),
        (
            "entries",
            Limits {
                chunk: 5000,
                ..normal
            },
            5000,
        ),
        ("blob", Limits { blob: 4999, ..normal }, 4999),
        ("parts", Limits { parts: 3, ..normal }, 3),
    ];
    for (what, limits, limit) in cases {
        assert_eq!(
            read(&bytes, &[superior()], limits).unwrap_err(),
            BundleError::TooLarge { what, limit }
        );
    }
    let exact = Limits {
        sealed: written.sealed,
        raw: written.raw,
        blob: 5000,
        parts: 4,
        ..normal
    };
    assert!(read(&bytes, &[superior()], exact).is_ok());
    // A small file that unpacks to a huge one.
    let manifest = serde_json::to_vec(&Manifest {
        logs: vec![],
        ..manifest(0, &[])
    })
    .unwrap();
    let bomb = foreign(&[("manifest.json", &manifest), ("later", &vec![0; 30_000_000])]);
    assert!(bomb.len() < 10_000);
    assert_eq!(
        open(&bomb).unwrap_err(),
        BundleError::TooLarge {
            what: "unknown-part",
            limit: 1024 * 1024
        }
    );
}

#[test]
fn a_blob_that_nobody_fetches_is_still_checked_and_errors_stay() {
    let (bytes, _) = write(&[], &[noise(1, 300_000), noise(2, 10)], Options::default());
    let mut reader = Reader::open(&bytes[..], &[superior()], Limits::default()).unwrap();
    let mut count = 0;
    while reader.next_part().unwrap().is_some() {
        count += 1;
    }
    assert_eq!((count, reader.sealed_read()), (3, bytes.len() as u64));
    assert_eq!(reader.next_part(), Ok(None));
    assert_eq!(reader.blob_bytes().unwrap_err().code(), "bundle-malformed");
    let mut reader = Reader::open(&bytes[..200_000], &[superior()], Limits::default()).unwrap();
    let error = loop {
        match reader.next_part() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("cut off but whole"),
            Err(error) => break error,
        }
    };
    assert_eq!(reader.next_part(), Err(error.clone()));
    assert_eq!(reader.blob_bytes(), Err(error));
}

/// A stick that is pulled out: the error of the medium, not a judgement of the file.
struct Pulled<'a>(&'a [u8]);

impl Read for Pulled<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "device gone"));
        }
        self.0.read(buffer)
    }
}

#[test]
fn errors_of_the_medium_are_told_as_such() {
    let (bytes, _) = write(&lines(2000), &[], Options::default());
    for length in [0, 10, 100, 250, 30_000, bytes.len() - 1] {
        let read = Reader::open(Pulled(&bytes[..length]), &[superior()], Limits::default()).and_then(
            |mut reader| {
                while reader.next_part()?.is_some() {}
                Ok(())
            },
        );
        assert_eq!(read.unwrap_err().code(), "bundle-io", "length {length}");
    }
}

#[test]
fn the_writer_refuses_what_the_reader_would() {
    let promise = manifest(2, &[vec![1]]);
    let start = || {
        Writer::new(
            Vec::new(),
            &[superior().recipient()],
            &promise,
            Options::default(),
        )
        .unwrap()
    };
    assert_eq!(
        Writer::new(Vec::new(), &[], &promise, Options::default())
            .err()
            .unwrap()
            .code(),
        "bundle-io"
    );
    assert_eq!(start().finish().unwrap_err().code(), "bundle-missing-part");
    let mut writer = start();
    assert_eq!(
        writer.entry(0, 0, b"a\nb").unwrap_err().code(),
        "bundle-malformed"
    );
    assert_eq!(
        writer.notice("../up", b"").unwrap_err().code(),
        "bundle-malformed"
    );
    assert_eq!(
        writer.receipt(0, &[0; 200_000]).unwrap_err().code(),
        "bundle-too-large"
    );
    writer.checkpoint(0, b"note").unwrap();
    writer.entry(0, 0, b"{}").unwrap();
    assert_eq!(
        writer.entry(0, 2, b"{}").unwrap_err().code(),
        "bundle-wrong-order"
    );
    let mut writer = start();
    writer.checkpoint(0, b"note").unwrap();
    writer.entry(0, 0, b"{}").unwrap();
    writer.entry(0, 1, b"{}").unwrap();
    assert_eq!(
        writer.blob(&promise.blobs[0], &[2][..]).unwrap_err().code(),
        "bundle-blob-mismatch"
    );
    let mut writer = start();
    writer.checkpoint(0, b"note").unwrap();
    writer.entry(0, 0, b"{}").unwrap();
    assert_eq!(writer.finish().unwrap_err().code(), "bundle-missing-part");
}

#[test]
fn unknown_members_of_the_manifest_are_kept() {
    let text = br#"{"format":"outlet-safety-bundle","v":1,"kind":"downward","from":{"institution":"1","x":true},
        "to":{"institution":"2"},"created":"2026-11-23T09:31:05+08:00","program":"p","later":[1,{"y":null}]}"#;
    let manifest = Manifest::parse(text).unwrap();
    assert_eq!(manifest.other["later"], serde_json::json!([1, {"y": null}]));
    assert_eq!(manifest.from.other["x"], serde_json::json!(true));
    assert_eq!(Manifest::parse(&manifest.encode().unwrap()), Ok(manifest));
}

#[test]
fn small_bundles_stay_small() {
    let entries = lines(100);
    let mean = entries.iter().map(Vec::len).sum::<usize>() / 100;
    assert!((600..850).contains(&mean), "{mean} bytes a line");
    let (bytes, _) = write(&entries, &[], hint(&entries, &[]));
    println!(
        "100 entries of {mean} bytes: {} bytes an entry",
        bytes.len() / 100
    );
    assert!(bytes.len() / 100 <= 160, "{} bytes an entry", bytes.len() / 100);
    let entries = lines(5000);
    let (bytes, _) = write(
        &entries,
        &[],
        Options {
            level: Some(3),
            ..hint(&entries, &[])
        },
    );
    println!("5000 entries: {} bytes an entry", bytes.len() / 5000);
    assert!(bytes.len() / 5000 <= 125, "{} bytes an entry", bytes.len() / 5000);
}

/// A bundle of format version 1 that was once sent must open for ever.
#[test]
fn a_kept_bundle_of_version_1_still_opens() {
    let bytes = std::fs::read("tests/vectors/bundle/v1.osbundle").unwrap();
    let (found, parts, blobs) = open(&bytes).unwrap();
    let content = vec![b"\x89PNG and so on".to_vec()];
    assert_eq!(found, manifest(3, &content));
    assert_eq!(blobs, content);
    let Part::Checkpoint { bytes, .. } = &parts[0] else {
        panic!("{parts:?}")
    };
    let log = Signer::from_seed(support::ORIGIN, KeyType::Ed25519, &[1; 32]).unwrap();
    let head = SignedCheckpoint::open(bytes, &[log.verifier().clone()]).unwrap();
    let Part::Entries(chunk) = &parts[1] else {
        panic!("{parts:?}")
    };
    let leaves: Vec<Hash> = chunk
        .lines()
        .map(|(_, line)| parse_line(line).unwrap().leaf())
        .collect();
    assert_eq!(head.checkpoint().root, root_of(&leaves));
    assert_eq!(
        head.checkpoint().root.to_hex(),
        "48236802165eccc68ce399d15b2c5f61da23b7ef54dc53cbc39e6049b2658a86"
    );
}

/// Makes the kept bundle anew; only for a new format version.
#[test]
#[ignore = "writes the kept bundle"]
fn make_the_kept_bundle() {
    let entries = lines(3);
    let content = vec![b"\x89PNG and so on".to_vec()];
    let (bytes, _) = write(&entries, &content, hint(&entries, &content));
    std::fs::create_dir_all("tests/vectors/bundle").unwrap();
    std::fs::write("tests/vectors/bundle/v1.osbundle", bytes).unwrap();
}

#[test]
fn reader_and_writer_can_move_to_another_thread() {
    fn movable<T: Send>() {}
    movable::<Reader<std::fs::File>>();
    movable::<Writer<std::fs::File>>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_content_round_trips(
        sizes in proptest::collection::vec(1usize..5000, 0..40),
        blobs in proptest::collection::vec(0usize..70_000, 0..4),
        level in 1i32..6
    ) {
        let entries: Vec<Vec<u8>> = sizes
            .iter()
            .zip(0..)
            .map(|(size, n)| noise(n, *size).iter().map(|byte| byte % 64 + 32).collect())
            .collect();
        let blobs: Vec<Vec<u8>> = blobs.iter().zip(100..).map(|(size, n)| noise(n, *size)).collect();
        prop_assume!(blobs.iter().filter(|blob| blob.is_empty()).count() < 2);
        let promise = manifest(entries.len() as u64, &blobs);
        let options = Options { level: Some(level), size_hint: None };
        let mut writer = Writer::new(Vec::new(), &[superior().recipient()], &promise, options).unwrap();
        writer.checkpoint(0, b"c").unwrap();
        for (index, line) in (0..).zip(&entries) {
            writer.entry(0, index, line).unwrap();
        }
        for (blob, content) in promise.blobs.iter().zip(&blobs) {
            writer.blob(blob, &content[..]).unwrap();
        }
        let (bytes, written) = writer.finish().unwrap();
        prop_assert_eq!(written.sealed, bytes.len() as u64);
        prop_assert_eq!(bytes.len() % 64, 13);
        let (found, parts, contents) = open(&bytes).unwrap();
        prop_assert_eq!(found, promise);
        prop_assert_eq!(contents, blobs);
        let read: Vec<Vec<u8>> = parts
            .iter()
            .filter_map(|part| if let Part::Entries(chunk) = part { Some(chunk) } else { None })
            .flat_map(|chunk| chunk.lines().map(|(_, line)| line.to_vec()))
            .collect();
        prop_assert_eq!(read, entries);
    }

    #[test]
    fn any_archive_and_any_head_are_refused_without_panic(
        at in any::<prop::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 1..40)
    ) {
        let manifest = serde_json::to_vec(&manifest(1, &[])).unwrap();
        let mut archive = tar::Builder::new(Vec::new());
        for (name, content) in [("manifest.json", &manifest[..]), ("checkpoint/0", b"c"), ("entries/0/0.jsonl", b"{}\n")] {
            let mut header = tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            archive.append_data(&mut header, name, content).unwrap();
        }
        let mut archive = archive.into_inner().unwrap();
        let start = at.index(archive.len());
        archive.iter_mut().skip(start).zip(&bytes).for_each(|(old, new)| *old = *new);
        let _ = open(&support::seal(&zstd::encode_all(&archive[..], 1).unwrap()));
        prop_assert!(open(&support::seal(&bytes)).is_err());
        prop_assert!(open(&[b"age-encryption.org/v1\n", &bytes[..]].concat()).is_err());
        let mut sealed = support::seal(&bytes);
        let start = at.index(sealed.len());
        sealed.splice(start..start, bytes);
        prop_assert!(open(&sealed).is_err());
    }

    #[test]
    fn any_manifest_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Manifest::parse(&bytes).is_err());
    }
}
