//! Cold start: from starting the desktop program to its window, and to something in it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::measure::{Outcome, Series};
use crate::table::Table;
use crate::world::World;

const ROUNDS: usize = 3;
const PATIENCE: Duration = Duration::from_secs(30);
/// Colours in a scaled-down picture of the window beyond which something has been painted in it.
const COLOURS: usize = 12;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let what = "cold start of the window";
    if std::env::var_os("DISPLAY").is_none() {
        table.skipped(what, "no display (make bench gives it one)");
        return Ok(());
    }
    if Command::new("xdotool").arg("version").output().is_err() {
        table.skipped(what, "xdotool not installed (apt install xdotool)");
        return Ok(());
    }
    let Some(program) = program() else {
        table.skipped(
            what,
            "no release build beside this program (cargo build --release -p outlet-safety)",
        );
        return Ok(());
    };
    let pictures = Command::new("import").arg("-version").output().is_ok();
    let (mut window, mut paint) = <(Series, Series)>::default();
    for round in 0..ROUNDS {
        let home = world.folder(&format!("home-{round}"))?;
        let (seen, painted) = start(&program, &home, pictures)?;
        window.add(seen);
        if let Some(painted) = painted {
            paint.add(painted);
        }
    }
    table
        .line(format!("{what}: window"), format!("{:.2} s", window.median()))
        .against("under a virtual display")
        .at_most(window.median(), 1.0, " s");
    if pictures {
        table
            .line(
                format!("{what}: something painted"),
                format!("{:.2} s", paint.median()),
            )
            .against("software rendering; read every 0.1 s or so")
            .at_most(paint.median(), 3.0, " s");
    } else {
        table.skipped(
            format!("{what}: something painted"),
            "import not installed (apt install imagemagick)",
        );
    }
    Ok(())
}

fn program() -> Option<PathBuf> {
    let path = std::env::current_exe().ok()?.with_file_name("outlet-safety");
    path.is_file().then_some(path)
}

/// Ends the program whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Seconds to the window, and to something in it.
fn start(program: &Path, home: &Path, pictures: bool) -> Outcome<(f64, Option<f64>)> {
    let begun = Instant::now();
    let running = Running(
        Command::new(program)
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let pid = running.0.id().to_string();
    let window = until(begun, 10, || {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--pid", &pid, "--name", "."])
            .output()?;
        let ids = String::from_utf8_lossy(&found.stdout).into_owned();
        Ok(ids.lines().last().map(str::to_owned))
    })?;
    let seen = begun.elapsed().as_secs_f64();
    if !pictures {
        return Ok((seen, None));
    }
    until(begun, 20, || {
        let picture = Command::new("import")
            .args([
                "-silent", "-window", &window, "-resize", "160x90!", "-depth", "8", "rgb:-",
            ])
            .output()?;
        let mut colours: Vec<&[u8]> = picture.stdout.chunks_exact(3).collect();
        colours.sort_unstable();
        colours.dedup();
        Ok((colours.len() >= COLOURS).then_some(()))
    })?;
    Ok((seen, Some(begun.elapsed().as_secs_f64())))
}

/// Asks until there is an answer.
fn until<T>(begun: Instant, pause: u64, mut ask: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if begun.elapsed() > PATIENCE {
            return Err("no window in time".into());
        }
        std::thread::sleep(Duration::from_millis(pause));
    }
}
