//! Many small bundles: a month's worth from several outlets, taken in groups.

use std::path::{Path, PathBuf};

use safety_domain::institution::Level;
use safety_exchange::OutcomeKind;

use crate::measure::{Outcome, Series, cpu, float, time};
use crate::table::Table;
use crate::world::{Actor, SUPERIOR, World, enrol, go_on, now};

const OUTLETS: u64 = 10;
const BUNDLES: u64 = 30;
const ENTRIES: u64 = 100;
const ROUNDS: usize = 3;
/// Bundles taken one by one, for comparison.
const SINGLY: usize = 50;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let dir = world.folder("group")?;
    let superior = Actor::new(&dir, SUPERIOR, Level::SubBranch, 50)?;
    superior.know(&world.material)?;
    let mut making = Series::default();
    let mut files = Vec::new();
    for number in 0..OUTLETS {
        let outlet = outlet(world, &dir, &superior, number)?;
        let mut maker = world
            .material
            .maker(outlet.keys.institution(), outlet.keys.origin(), 500 + number);
        for bundle in 0..BUNDLES {
            outlet.write(&mut maker, ENTRIES)?;
            let (seconds, file) = time(|| outlet.export(&dir.join("bundles"), bundle * ENTRIES))?;
            making.add(seconds);
            files.push(file);
        }
    }
    let bytes: u64 = files
        .iter()
        .filter_map(|file| Some(file.metadata().ok()?.len()))
        .sum();
    let count = float(OUTLETS * BUNDLES);
    let each = float(bytes) / count / float(ENTRIES);
    table
        .line(
            "bytes on the wire per entry, bundles of 100",
            format!("{each:.1} B"),
        )
        .against("prototype 155 B")
        .ratio(each / 155.0)
        .at_most(each, 160.0, " B");
    table
        .line(
            "export a bundle of 100",
            format!("{:.1} ms", making.median() * 1000.0),
        )
        .against("compress hard, sign, seal, 2 × fsync, read back");
    grouped(world, &superior, &files, table)
}

fn outlet(world: &World, dir: &Path, superior: &Actor, number: u64) -> Outcome<Actor> {
    let code = format!("{SUPERIOR}{number:03}");
    let outlet = Actor::new(dir, &code, Level::Outlet, 60 + number)?;
    outlet.know(&world.material)?;
    enrol(dir, &outlet, superior)?;
    std::fs::create_dir_all(dir.join("bundles"))?;
    Ok(outlet)
}

fn grouped(world: &World, superior: &Actor, files: &[PathBuf], table: &mut Table) -> Outcome<()> {
    let (mut groups, mut singly, mut busy) = <(Series, Series, Series)>::default();
    for round in 0..ROUNDS {
        let at = superior.copy(&world.folder(&format!("grouped-{round}"))?)?;
        let before = cpu();
        groups.add(time(|| import_all(&at, files))?.0 / float(OUTLETS * BUNDLES));
        busy.add((cpu() - before) / float(OUTLETS * BUNDLES));
        let at = superior.copy(&world.folder(&format!("singly-{round}"))?)?;
        let some = files.get(..SINGLY).unwrap_or(files);
        let (seconds, ()) = time(|| some.iter().try_for_each(|file| at.import(file).map(drop)))?;
        singly.add(seconds / float(u64::try_from(some.len())?));
    }
    let (bundles, one_by_one) = (1.0 / groups.median(), 1.0 / singly.median());
    table
        .line(
            "import bundles of 100, in groups of 50",
            format!("{bundles:.0} bundles/s"),
        )
        .against(format!("one by one: {one_by_one:.0} bundles/s"))
        .ratio(bundles / one_by_one)
        .at_least(bundles, 400.0, " bundles/s");
    let entries = bundles * float(ENTRIES);
    table
        .line("  the same in entries", format!("{entries:.0} entries/s"))
        .at_least(entries, 40_000.0, " entries/s");
    let each = busy.median() * 1000.0;
    table.line(
        "  processor time of a bundle, both threads",
        format!("{each:.1} ms"),
    );
    Ok(())
}

fn import_all(at: &Actor, files: &[PathBuf]) -> Outcome<()> {
    let outcomes = safety_exchange::import_many(&at.store, &at.keys, files, None, now(), &mut go_on)?;
    match outcomes
        .iter()
        .find(|outcome| outcome.kind != OutcomeKind::Imported)
    {
        None => Ok(()),
        Some(outcome) => Err(format!("{}: {}", outcome.file, outcome.kind.name()).into()),
    }
}
