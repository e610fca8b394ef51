//! The peer that is everywhere: git keeps the same entries, packs them into a bundle and fetches it with a check of
//! every object. It signs nothing here, seals nothing, and has no table that could be asked.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::measure::{Outcome, Series, float, time};
use crate::table::Table;
use crate::world::{ENTRIES, World};

const ROUNDS: usize = 3;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    if Command::new("git").arg("--version").output().is_err() {
        table.skipped("peer git", "not installed (apt install git)");
        return Ok(());
    }
    let stream = stream(world)?;
    let (mut send, mut receive, mut ours_out, mut ours_in) = <(Series, Series, Series, Series)>::default();
    let (mut theirs, mut ours) = (0, 0);
    for round in 0..ROUNDS {
        let dir = world.folder(&format!("git-{round}"))?;
        let (seconds, ()) = time(|| pack(&dir, &stream))?;
        send.add(seconds);
        theirs = std::fs::metadata(dir.join("all.bundle"))?.len();
        let (seconds, ()) = time(|| fetch(&dir))?;
        receive.add(seconds);
        let (seconds, bundle) = time(|| crate::bundle::bundle(world, &format!("git-ours-{round}")))?;
        ours_out.add(seconds);
        ours = std::fs::metadata(&bundle)?.len();
        let superior = world.fresh_superior(&format!("git-superior-{round}"))?;
        ours_in.add(time(|| superior.import(&bundle))?.0);
    }
    let rate = |series: &Series| format!("{:.0}/s", float(ENTRIES) / series.median());
    let (out, into) = (send.ratio_to(&ours_out), receive.ratio_to(&ours_in));
    table
        .line("export against git: times as fast", rate(&ours_out))
        .against(format!("git fast-import and bundle: {}", rate(&send)))
        .ratio(out)
        .at_least(out, 8.0, " ×");
    table
        .line("import against git: times as fast", rate(&ours_in))
        .against(format!("git fetch of a bundle with fsck: {}", rate(&receive)))
        .ratio(into)
        .at_least(into, 1.3, " ×");
    let bytes = float(ours) / float(theirs);
    table
        .line(
            "bytes against git",
            format!("{:.0} B per entry", float(ours) / float(ENTRIES)),
        )
        .against(format!(
            "git bundle: {:.0} B per entry",
            float(theirs) / float(ENTRIES)
        ))
        .ratio(bytes)
        .at_most(bytes, 0.25, " ×");
    Ok(())
}

/// One file per entry, a commit for every hundred, as `git fast-import` reads it.
fn stream(world: &World) -> Outcome<Vec<u8>> {
    let mut stream = Vec::new();
    let mut head = String::new();
    let outlet = &world.outlet;
    outlet.store.read(|reader| {
        let Some(log) = reader.log(outlet.keys.origin())? else {
            return Ok(());
        };
        reader.entries(log.log_no, 0, log.size, |stored| {
            let seq = stored.pos.seq();
            head.clear();
            if seq.is_multiple_of(100) {
                let _ = write!(
                    head,
                    "commit refs/heads/main\ncommitter outlet <outlet@example> {} +0800\ndata 5\nday\n\n",
                    1_760_000_000 + seq
                );
            }
            let _ = write!(
                head,
                "M 100644 inline {:02x}/{:02x}/{seq}.json\ndata {}\n",
                seq >> 8 & 0xff,
                seq & 0xff,
                stored.line.len()
            );
            stream.extend_from_slice(head.as_bytes());
            stream.extend_from_slice(stored.line);
            stream.push(b'\n');
            Ok::<_, safety_store::Error>(())
        })
    })?;
    stream.extend_from_slice(b"done\n");
    Ok(stream)
}

fn git(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(["-c", "core.fsync=all"])
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn run(command: &mut Command) -> Outcome<()> {
    let status = command.status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {status}").into())
    }
}

fn pack(dir: &Path, stream: &[u8]) -> Outcome<()> {
    run(&mut git(dir, &["init", "-q", "--bare", "from.git"]))?;
    let from = dir.join("from.git");
    let mut child = git(&from, &["fast-import", "--quiet", "--done"])
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(stream)?;
    }
    let status = child.wait()?;
    if !status.success() {
        return Err(format!("git fast-import: {status}").into());
    }
    run(&mut git(
        &from,
        &["bundle", "create", "-q", "../all.bundle", "--all"],
    ))
}

fn fetch(dir: &Path) -> Outcome<()> {
    run(&mut git(dir, &["init", "-q", "--bare", "to.git"]))?;
    run(&mut git(
        &dir.join("to.git"),
        &[
            "-c",
            "fetch.fsckObjects=true",
            "fetch",
            "-q",
            "../all.bundle",
            "refs/*:refs/*",
        ],
    ))
}
