//! Speed of the formats alone, on demand: `cargo test --release -p safety-journal --test speed -- --ignored
//! --nocapture`. Prints figures; whole-program ratios are the business of `make bench`.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod support;

use std::time::Instant;

use safety_journal::bundle::{Limits, Options, Part, Reader, Writer};
use safety_journal::entry::parse_line;
use safety_journal::tree::Frontier;
use support::{lines, manifest, superior};

#[test]
#[ignore = "takes seconds and means something only in a release build"]
fn speed() {
    let some = lines(20_000);
    let entries: Vec<&[u8]> = some.iter().cycle().take(200_000).map(Vec::as_slice).collect();
    let bytes: usize = entries.iter().map(|line| line.len()).sum();
    println!("{} entries, {} bytes each", entries.len(), bytes / entries.len());
    let report = |what: &str, count: usize, since: Instant| {
        let seconds = since.elapsed().as_secs_f64();
        println!("{what}: {:.0} entries/s ({seconds:.3} s)", count as f64 / seconds);
    };

    let since = Instant::now();
    let parsed = entries.iter().filter(|line| parse_line(line).is_ok()).count();
    report("parse", parsed, since);

    let since = Instant::now();
    let mut frontier = Frontier::new();
    entries
        .iter()
        .for_each(|line| frontier.append(parse_line(line).unwrap().leaf()));
    report("parse, leaf and root", entries.len(), since);

    for (name, count, options) in [
        (
            "write, level 3",
            200_000,
            Options {
                size_hint: Some(bytes as u64),
                level: None,
            },
        ),
        (
            "write, 20,000 entries, distinct",
            20_000,
            Options {
                size_hint: Some(14_000_000),
                level: None,
            },
        ),
        (
            "write, 5,000 entries, level 12",
            5_000,
            Options {
                size_hint: Some(3_500_000),
                level: None,
            },
        ),
        (
            "write, 1,000 entries, level 12",
            1_000,
            Options {
                size_hint: Some(700_000),
                level: None,
            },
        ),
        (
            "write, 100 entries, level 19",
            100,
            Options {
                size_hint: Some(70_000),
                level: None,
            },
        ),
        (
            "write, 1 entry, level 19",
            1,
            Options {
                size_hint: Some(700),
                level: None,
            },
        ),
        (
            "write, 100 entries, level 3",
            100,
            Options {
                size_hint: Some(70_000),
                level: Some(3),
            },
        ),
    ] {
        let since = Instant::now();
        let recipients = [superior().recipient()];
        let mut writer = Writer::new(Vec::new(), &recipients, &manifest(count, &[]), options).unwrap();
        writer.checkpoint(0, b"note").unwrap();
        for (index, line) in (0..count).zip(&entries) {
            writer.entry(0, index, line).unwrap();
        }
        let (sealed, _) = writer.finish().unwrap();
        report(name, count as usize, since);
        println!("  {} bytes an entry", sealed.len() as u64 / count);

        let since = Instant::now();
        let mut reader = Reader::open(&sealed[..], &[superior()], Limits::default()).unwrap();
        let mut read = 0;
        while let Some(part) = reader.next_part().unwrap() {
            if let Part::Entries(chunk) = part {
                read += chunk.lines().count();
            }
        }
        report("  read", read, since);
    }
}
