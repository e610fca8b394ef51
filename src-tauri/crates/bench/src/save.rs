//! Saving one record: the whole command, the store's part of it, and the bare transaction.

use safety_domain::record::RecordBody;
use safety_store::Rules;
use safety_store::journal::NewEntry;
use serde_json::json;

use crate::limit;
use crate::measure::{Outcome, Series, time, wire};
use crate::table::Table;
use crate::world::World;

const TIMES: usize = 200;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let (store, bare) = append(world)?;
    let ms = |series: &Series, percent| series.percentile(percent) * 1000.0;
    let both = |series: &Series| format!("p50 {:.2} ms, p95 {:.2} ms", ms(series, 50), ms(series, 95));
    let ratio = store.percentile(50) / bare.percentile(50);
    table
        .line("save one record: append, project, index, fsync", both(&store))
        .against(format!("same rows by bare SQLCipher: {}", both(&bare)))
        .ratio(ratio)
        .at_most(ratio, 1.5, " × limit");
    let command = command(world)?;
    let ratio = command.percentile(50) / bare.percentile(50);
    table
        .line(
            "  command record_save: the above, check, obligations moved",
            both(&command),
        )
        .against("same rows by bare SQLCipher")
        .ratio(ratio)
        .at_most(ms(&command, 95), 100.0, " ms p95");
    Ok(())
}

/// The store's append and the bare transaction, turn by turn, each on a copy of the same store of 20,000 entries.
fn append(world: &World) -> Outcome<(Series, Series)> {
    let ours = world.outlet.copy(&world.folder("save-ours")?)?;
    let theirs = world.outlet.copy(&world.folder("save-bare")?)?;
    let origin = ours.keys.origin().to_owned();
    let log = theirs.store.read(|reader| reader.log(&origin))?.ok_or("no log")?;
    let rules: Rules = theirs.store.read(|reader| Ok(reader.rules()))?;
    let path = theirs.path.clone();
    drop(theirs);
    let mut db = limit::connect(&path)?;
    let mut maker = world
        .material
        .maker(world.outlet.keys.institution(), &origin, 99)
        .from(log.size);
    let (mut store, mut bare) = (Series::default(), Series::default());
    for seq in (log.size..).take(TIMES) {
        let mut made = maker.next_entry();
        made.header.prev.clear();
        made.header.rec = crate::material::Chance::new(seq).id(made.header.at);
        let received = [rules.read_line(made.line()?)?];
        let (seconds, ()) = time(|| {
            ours.store.write(|writer| {
                writer.append(
                    log.log_no,
                    &NewEntry {
                        header: &made.header,
                        body: &made.body,
                        salt: made.salt,
                    },
                )
            })?;
            Ok(())
        })?;
        store.add(seconds);
        bare.add(time(|| limit::insert(&mut db, log.log_no, seq, &received))?.0);
    }
    Ok((store, bare))
}

/// The command, in the demo outlet's store with its year of records.
fn command(world: &World) -> Outcome<Series> {
    let app = world.demo_app()?;
    let query = json!({ "ledgers": ["L14"], "limit": 1 });
    let page = app.call("records_list", query).map_err(wire)?;
    let id = page
        .pointer("/rows/0/id")
        .cloned()
        .ok_or("no visitor on record")?;
    let detail = app.call("record_get", json!({ "id": id })).map_err(wire)?;
    let body = detail.get("body").cloned().unwrap_or_default();
    let mut body: RecordBody = serde_json::from_value(body)?;
    let status = app.call("app_status", json!({})).map_err(wire)?;
    body.occurred = crate::measure::text(&status, "now")?.to_owned();
    let mut chance = crate::material::Chance::new(5);
    Series::of(TIMES / 4, || {
        body.fields
            .insert("name".to_owned(), crate::material::person(&mut chance).into());
        let args = json!({ "ledger": "L14", "body": body });
        app.call("record_save", args).map_err(wire).map(drop)
    })
}
