//! `make bench`: how fast the program is, as ratios to what the machine could do at best and to programs that do
//! the same job. One run prints one table. It is no test: nothing here fails for being slow, only for not running.
//!
//! `safety-bench` measures everything; `safety-bench save bundle …` only those parts.

mod bundle;
mod child;
mod duties;
mod git;
mod group;
mod letters;
mod limit;
mod lists;
mod material;
mod measure;
mod save;
mod table;
mod window;
mod world;

use std::process::ExitCode;

use measure::Outcome;
use table::Table;
use world::World;

/// As in the desktop program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One part: its name, and what it measures.
type Part = (&'static str, fn(&World, &mut Table) -> Outcome<()>);

const PARTS: &[Part] = &[
    ("save", save::measure),
    ("bundle", bundle::measure),
    ("git", git::measure),
    ("group", group::measure),
    ("letters", letters::measure),
    ("duties", duties::measure),
    ("lists", lists::measure),
    ("window", window::measure),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.split_first() {
        Some((first, rest)) if first == child::NAME => child::run(rest).map(|()| true),
        _ => all(&args),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("safety-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the parts that were asked for. Whether all of them ran.
fn all(wanted: &[String]) -> Outcome<bool> {
    if let Some(unknown) = wanted
        .iter()
        .find(|name| PARTS.iter().all(|(part, _)| part != name))
    {
        let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
        return Err(format!("no part {unknown}; parts: {}", parts.join(" ")).into());
    }
    if cfg!(debug_assertions) {
        eprintln!("Not an optimised build: the figures mean nothing.");
    }
    eprintln!("Preparing a demo world and an outlet's log …");
    let world = World::build()?;
    let mut table = Table::default();
    let mut ran = true;
    for (name, part) in PARTS {
        if !wanted.is_empty() && wanted.iter().all(|wanted| wanted != name) {
            continue;
        }
        eprintln!("Measuring: {name} …");
        if let Err(error) = part(&world, &mut table) {
            ran = false;
            table.failed(name, &error.to_string());
        }
    }
    println!("{}", measure::machine());
    println!("{}", world.material.describe());
    println!();
    print!("{table}");
    Ok(ran)
}
