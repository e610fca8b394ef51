//! A demo store looked at in the window: a small world is built beside the store, and one of its stores becomes the
//! program's store, marked as demo for ever. Nothing else of the world stays, whether it was finished or given up.

use std::fs;
use std::path::{Path, PathBuf};

use safety_store::slots::Slots;

use super::actor::PASSWORD;
use super::world::World;
use crate::app::App;
use crate::error::Fault;
use crate::types::{SetupDemoArgs, SetupDemoDone};

/// Outlets of a world made for looking at.
const OUTLETS: u32 = 3;

/// A folder that is gone when the work in it is.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Builds the world and puts the chosen store in place.
pub(crate) fn for_window(app: &App, args: SetupDemoArgs) -> Result<SetupDemoDone, Fault> {
    let target = &app.environment.store;
    if target.exists() {
        return Err(Fault::new("store-exists").with("path", target.display()));
    }
    let parent = target
        .parent()
        .ok_or_else(|| Fault::new("path-not-a-file").with("path", target.display()))?;
    let job = app.jobs.start(args.job.as_deref());
    // A name of its own: beside the store may lie a demo that somebody built on purpose.
    let world = Passing(parent.join(format!(".demo-{}", app.environment.new_id()?)));
    let today = app.environment.clock.today();
    let source = {
        let built = World::build(&world.0, OUTLETS, args.lang, today, &job)?;
        let chosen = if args.superior {
            Some(&built.superior)
        } else {
            built.outlets.first()
        };
        let chosen = chosen.ok_or_else(|| Fault::new("demo-script-broken"))?;
        chosen.session.store.checkpoint()?;
        chosen.store.clone()
    };
    // Who gave up while the last day was written has given up.
    if job.tell("placing", 0, None) {
        return Err(Fault::new("cancelled"));
    }
    put_in_place(&source, target)?;
    Ok(SetupDemoDone {
        user: "head".to_owned(),
        password: PASSWORD.to_owned(),
        store: target.display().to_string(),
    })
}

/// Slots first: without the store they are taken for left over, a store without them could not be opened.
fn put_in_place(source: &Path, target: &Path) -> Result<(), Fault> {
    let slots = Slots::path_for(target);
    let placed = fs::rename(Slots::path_for(source), &slots).and_then(|()| fs::rename(source, target));
    if placed.is_err() {
        let _ = fs::remove_file(&slots);
    }
    Ok(placed?)
}
