//! What an outlet owes in a year, worked out from its records; the page of the day; opening the store.

use safety_store::Store;
use safety_store::slots::{Cost, Slots};
use serde_json::{Value, json};

use crate::measure::{Outcome, Series, text, wire};
use crate::table::Table;
use crate::world::{World, key};

const TIMES: usize = 9;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let app = world.demo_app()?;
    let status = app.call("app_status", json!({})).map_err(wire)?;
    let today: chrono::NaiveDate = text(&status, "today")?.parse()?;
    let year = json!({ "from": (today - chrono::Days::new(365)).to_string(), "until": today.to_string() });
    let found = app.call("obligations_list", year.clone()).map_err(wire)?;
    let length = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let (obligations, duties) = (length(&found, "obligations"), length(&found, "compliance"));
    let records = app.call("records_list", json!({ "limit": 1 })).map_err(wire)?;
    let records = records.get("total").and_then(Value::as_u64).unwrap_or_default();
    let ms = |series: &Series| series.median() * 1000.0;
    let call =
        |name: &str, args: &Value| Series::of(TIMES, || app.call(name, args.clone()).map_err(wire).map(drop));
    let owed = call("obligations_list", &year)?;
    table
        .line(
            "obligations of an outlet for a year",
            format!("{:.0} ms", ms(&owed)),
        )
        .against(format!(
            "{obligations} obligations of {duties} duties, {records} records"
        ))
        .at_most(ms(&owed), 300.0, " ms");
    let page = call("today_page", &json!({}))?;
    table
        .line("page of the day", format!("{:.0} ms", ms(&page)))
        .against("the same records, 240 days")
        .at_most(ms(&page), 300.0, " ms");
    opening(world, table)?;
    table
        .line(
            "demo world of one outlet, a year day by day",
            format!("{:.1} s", world.demo_seconds),
        )
        .against(format!(
            "{records} records, each its check; bundles, letters, receipts"
        ));
    Ok(())
}

/// From the password to a store that answers.
fn opening(world: &World, table: &mut Table) -> Outcome<()> {
    let dir = world.folder("slots")?;
    let path = dir.join("account.db");
    let mut slots = Slots::create(&path, Cost::default())?;
    let root = safety_store::RootSecret::generate(&mut |bytes| bytes.fill(3));
    slots.add(&root, "head", "a-password-2026", &mut |bytes| bytes.fill(9))?;
    let unlock = Series::of(TIMES, || {
        let mut slots = Slots::load(&path, Cost::default())?;
        slots.unlock("head", "a-password-2026", crate::world::now())?;
        Ok(())
    })?;
    table
        .line(
            "unlock (Argon2id, 64 MiB, 3 passes)",
            format!("{:.0} ms", unlock.median() * 1000.0),
        )
        .against("slow on purpose")
        .at_most(unlock.median() * 1000.0, 300.0, " ms");
    world.outlet.store.checkpoint()?;
    let file = world.outlet.path.clone();
    let open = Series::of(TIMES, || {
        let store = Store::open(&file, &key())?;
        store.read(|reader| reader.logs())?;
        Ok(())
    })?;
    table
        .line(
            "open the store and read",
            format!("{:.1} ms", open.median() * 1000.0),
        )
        .at_most(open.median() * 1000.0, 20.0, " ms");
    Ok(())
}
