//! How fast it is; run by hand: `cargo test --release -p safety-exchange -- --ignored --nocapture measure`.

use std::time::Instant;

use safety_domain::institution::Level;

use super::world::*;

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse().ok())
        .unwrap_or_default()
}

#[test]
#[ignore = "a measure"]
fn measure_large_and_small_bundles() {
    let world = World::new();
    let (outlet, sub) = world.pair();
    const COUNT: u64 = 20_000;
    outlet.write(COUNT);
    let lines = super::refusals::lines(&outlet);
    let raw: usize = lines.iter().map(Vec::len).sum();
    println!(
        "{COUNT} entries of {} bytes, peak {} KiB",
        raw / lines.len(),
        resident()
    );
    let begun = Instant::now();
    let (bundle, exported) = world.export_from(&outlet, None).unwrap();
    let took = begun.elapsed().as_secs_f64();
    let bytes = exported.file.bytes as f64 / COUNT as f64;
    println!(
        "export {:.0} entries/s, {bytes:.1} bytes each, peak {} KiB",
        COUNT as f64 / took,
        resident()
    );
    let begun = Instant::now();
    let outcome = world.import(&sub, &bundle);
    let took = begun.elapsed().as_secs_f64();
    assert_eq!(outcome.added(), COUNT);
    println!(
        "import {:.0} entries/s, peak {} KiB",
        COUNT as f64 / took,
        resident()
    );
    let begun = Instant::now();
    world.import(&sub, &bundle);
    println!(
        "repeated {:.0} entries/s",
        COUNT as f64 / begun.elapsed().as_secs_f64()
    );

    let mut files = Vec::new();
    let mut spent = 0.0;
    let mut bytes = 0;
    for number in 0..200 {
        let other = world.actor("网点", &format!("3302{number:05}"), Level::Outlet);
        world.enrol(&other, &sub);
        other.write(100);
        let begun = Instant::now();
        let (file, exported) = world.export_from(&other, None).unwrap();
        spent += begun.elapsed().as_secs_f64();
        bytes += exported.file.bytes;
        files.push(file);
    }
    println!(
        "200 exports of 100 entries: {:.0}/s, {:.1} bytes an entry",
        200.0 / spent,
        bytes as f64 / 20_000.0
    );
    let begun = Instant::now();
    let outcomes = world.import_many(&sub, &files);
    let took = begun.elapsed().as_secs_f64();
    assert_eq!(
        outcomes.iter().map(|outcome| outcome.added()).sum::<u64>(),
        20_000
    );
    println!(
        "imported in groups: {:.0} bundles/s, {:.0} entries/s",
        200.0 / took,
        20_000.0 / took
    );
}
