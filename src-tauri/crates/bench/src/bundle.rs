//! The large bundle: export against compressing and sealing the same bytes, import against inserting the same rows,
//! memory of both, and bytes on the wire.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use safety_store::journal::Received;

use crate::measure::{Outcome, Series, cpu, float, mib, time};
use crate::table::Table;
use crate::world::{Actor, ENTRIES, OUTLET, World};
use crate::{child, limit};

const ROUNDS: usize = 5;
/// The store's page cache, and what may come on top of it.
const CACHE: f64 = 64.0;
const ABOVE: f64 = 32.0;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let bundle = export(world, table)?;
    import(world, &bundle, table)?;
    memory(world, &bundle, table)?;
    wire(world, &bundle, table)
}

fn rate(seconds: f64) -> String {
    format!("{:.0}/s ({seconds:.3} s)", float(ENTRIES) / seconds)
}

/// The bundle of all entries, as the outlet writes it.
pub fn bundle(world: &World, folder: &str) -> Outcome<PathBuf> {
    world.outlet.export(&world.folder(folder)?, 0)
}

fn export(world: &World, table: &mut Table) -> Outcome<PathBuf> {
    let (mut ours, mut limit, mut seal_only) = <(Series, Series, Series)>::default();
    let mut bundle_path = PathBuf::new();
    let dir = world.folder("sealed")?;
    for round in 0..ROUNDS {
        let (seconds, path) = time(|| bundle(world, &format!("export-{round}")))?;
        ours.add(seconds);
        bundle_path = path;
        let (read, framed) = time(|| framed(&world.outlet))?;
        let (sealed, ()) = time(|| compress_and_seal(&world.superior, &framed, &dir.join("bytes.age")))?;
        seal_only.add(sealed);
        limit.add(read + sealed);
    }
    table
        .line("export 20,000 entries", rate(ours.median()))
        .against(format!(
            "read, zstd -3, age, fsync of the same bytes: {}",
            rate(limit.median())
        ))
        .ratio(ours.ratio_to(&limit))
        .at_most(ours.ratio_to(&limit), 1.2, " × limit");
    table
        .line("  the same", "")
        .against(format!(
            "zstd -3, age, fsync without reading: {}",
            rate(seal_only.median())
        ))
        .ratio(ours.ratio_to(&seal_only));
    Ok(bundle_path)
}

/// All lines of the outlet's log with line feeds.
fn framed(outlet: &Actor) -> Outcome<Vec<u8>> {
    let mut framed = Vec::new();
    outlet.store.read(|reader| {
        if let Some(log) = reader.log(outlet.keys.origin())? {
            reader.entries(log.log_no, 0, log.size, |stored| {
                framed.extend_from_slice(stored.line);
                framed.push(b'\n');
                Ok::<_, safety_store::Error>(())
            })?;
        }
        Ok(())
    })?;
    Ok(framed)
}

fn compress_and_seal(to: &Actor, bytes: &[u8], path: &Path) -> Outcome<()> {
    let recipient: age::x25519::Recipient = to.keys.identity().recipient().to_string().parse()?;
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let sealed = age::Encryptor::with_recipients(recipients)?.wrap_output(File::create(path)?)?;
    let mut encoder = zstd::Encoder::new(sealed, 3)?;
    encoder.write_all(bytes)?;
    encoder.finish()?.finish()?.sync_all()?;
    Ok(())
}

fn import(world: &World, bundle: &Path, table: &mut Table) -> Outcome<()> {
    let rules = world.superior.store.read(|reader| Ok(reader.rules()))?;
    let mut received: Vec<Received> = Vec::new();
    for line in framed(&world.outlet)?.split(|byte| *byte == b'\n') {
        if !line.is_empty() {
            received.push(rules.read_line(line.to_vec())?);
        }
    }
    let (mut ours, mut limit) = <(Series, Series)>::default();
    let (mut ours_cpu, mut limit_cpu) = <(Series, Series)>::default();
    for round in 0..ROUNDS {
        let bare = world.fresh_superior(&format!("import-limit-{round}"))?;
        let log = replica(&bare, world.outlet.keys.origin())?;
        let path = bare.path.clone();
        drop(bare);
        let mut db = limit::connect(&path)?;
        let before = cpu();
        limit.add(time(|| limit::insert_bulk(&mut db, log, &received))?.0);
        limit_cpu.add(cpu() - before);
        let superior = world.fresh_superior(&format!("import-{round}"))?;
        let before = cpu();
        let (seconds, added) = time(|| superior.import(bundle))?;
        ours_cpu.add(cpu() - before);
        if added != ENTRIES {
            return Err(format!("{added} of {ENTRIES} entries imported").into());
        }
        ours.add(seconds);
    }
    let ratio = limit.ratio_to(&ours);
    table
        .line("import 20,000 entries, file to receipt", rate(ours.median()))
        .against(format!("insert the same rows: {}", rate(limit.median())))
        .ratio(ratio)
        .at_least(ratio, 0.75, " × limit");
    table
        .line(
            "  processor time of both threads",
            format!("{:.2} s", ours_cpu.median()),
        )
        .against(format!("{:.2} s", limit_cpu.median()))
        .ratio(limit_cpu.median() / ours_cpu.median());
    Ok(())
}

/// Number of the outlet's log in another's store; begun when it is not there, for the limit's rows to belong to.
fn replica(actor: &Actor, origin: &str) -> Outcome<i64> {
    let known = actor.store.read(|reader| reader.log(origin))?;
    if let Some(log) = known {
        return Ok(log.log_no);
    }
    let log = actor.store.write(|writer| {
        writer.add_log(&safety_store::journal::NewLog {
            origin: origin.to_owned(),
            institution: OUTLET.to_owned(),
            device: "00000000".to_owned(),
            audience: "up".to_owned(),
            own: false,
            vkey: String::new(),
            valid_to: None,
            created: crate::world::now().to_rfc3339(),
        })
    })?;
    Ok(log.log_no)
}

/// Most memory of a process that does nothing else.
fn memory(world: &World, bundle: &Path, table: &mut Table) -> Outcome<()> {
    let superior = world.fresh_superior("import-memory")?;
    let importing = superior.path.clone();
    drop(superior);
    let exporting = world.outlet.copy(&world.folder("export-memory")?)?.path;
    let works = [
        ("import", child::spawn("import", &[&importing, bundle])?),
        (
            "export",
            child::spawn("export", &[&exporting, &world.folder("exported")?])?,
        ),
    ];
    for (work, peak) in works {
        let Some(peak) = peak else {
            table.skipped(format!("memory of {work}"), "this system does not tell");
            continue;
        };
        table
            .line(
                format!("  most memory while {work}ing"),
                format!("{:.0} MiB", mib(peak)),
            )
            .against(format!("page cache {CACHE} MiB"))
            .ratio(mib(peak) / CACHE)
            .at_most(mib(peak), CACHE + ABOVE, " MiB");
    }
    Ok(())
}

fn wire(world: &World, bundle: &Path, table: &mut Table) -> Outcome<()> {
    let framed = framed(&world.outlet)?;
    let plain = zstd::encode_all(framed.as_slice(), 3)?.len() as u64;
    let bytes = std::fs::metadata(bundle)?.len();
    let per = |bytes: u64| float(bytes) / float(ENTRIES);
    table
        .line(
            "bytes on the wire per entry, bundle of 20,000",
            format!("{:.1} B", per(bytes)),
        )
        .against(format!("zstd -3 of the lines alone: {:.1} B", per(plain)))
        .ratio(per(bytes) / per(plain))
        .at_most(per(bytes), 125.0, " B");
    table
        .line("  raw lines", format!("{:.1} B", per(framed.len() as u64)))
        .against(format!(
            "salts and identifiers that nothing compresses: about {:.0} B",
            16.0 + 10.0
        ));
    Ok(())
}
