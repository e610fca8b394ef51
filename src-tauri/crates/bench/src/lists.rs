//! Lists and search in a superior's store of 100,000 records, through the command list.

use safety_store::journal::NewLog;
use serde_json::{Value, json};

use crate::measure::{Failure, Outcome, Series, float, time, wire};
use crate::table::Table;
use crate::world::{World, app_at, now, open};

const OUTLETS: u64 = 20;
/// Entries of each outlet; seven in ten are records.
const ENTRIES: u64 = 7_150;
const PASSWORD: &str = "superior-bench-2026";
const TARGET: f64 = 50.0;

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let dir = world.folder("lists")?;
    let path = dir.join("account.db");
    let app = app_at(&path, &dir.join("machine"));
    app.call(
        "setup_create",
        json!({
            "lang": "zh", "level": "sub_branch", "code": "330100", "name_zh": "西湖支行", "name_en": "",
            "person_name": "王𠮷", "post": "P06", "user": "head", "password": PASSWORD,
        }),
    )
    .map_err(wire)?;
    let (seconds, ()) = time(|| fill(world, &path))?;
    let first = app.call("records_list", json!({ "limit": 1 })).map_err(wire)?;
    let total = first.get("total").and_then(Value::as_u64).unwrap_or_default();
    table
        .line(
            format!("take {total} records of 20 outlets"),
            format!("{seconds:.1} s"),
        )
        .against(format!(
            "{:.0} entries/s, parsed in the same thread",
            float(OUTLETS * ENTRIES) / seconds
        ));
    let outlet = |number: usize| format!("330100{:03}", number % usize::try_from(OUTLETS).unwrap_or(1));
    let words = [
        "灭火",
        "灭火器",
        "监控",
        "联动互锁门",
        "防弹玻璃",
        "王",
        "配电",
        "情况正常",
        "𠮷",
        "已当场纠正",
    ];
    let queries: [(&str, Vec<Value>); 6] = [
        (
            "first page of all records",
            vec![json!({}), json!({ "offset": 50 }), json!({ "limit": 200 })],
        ),
        (
            "page of a ledger",
            ["L07", "L08", "L09", "L14"]
                .iter()
                .map(|ledger| json!({ "ledgers": [ledger] }))
                .collect(),
        ),
        (
            "outlet, ledger and days",
            (0..10)
                .map(|n| json!({ "institutions": [outlet(n)], "ledgers": ["L07"], "from": "2025-02-01", "until": "2025-05-31" }))
                .collect(),
        ),
        (
            "open ones by due date",
            vec![json!({ "open": true, "sort": "due" }), json!({ "due_before": "2025-06-01", "sort": "due" })],
        ),
        (
            "Chinese search in all records",
            words.iter().map(|word| json!({ "text": word })).collect(),
        ),
        (
            "Chinese search in one outlet",
            words
                .iter()
                .enumerate()
                .map(|(n, word)| json!({ "text": word, "institutions": [outlet(n)] }))
                .collect(),
        ),
    ];
    for (what, queries) in queries {
        // The first answer fills the page cache; a person waits for it once.
        for query in &queries {
            app.call("records_list", query.clone()).map_err(wire)?;
        }
        let mut series = Series::default();
        for _ in 0..(30 / queries.len()).max(3) {
            for query in &queries {
                let call = || app.call("records_list", query.clone()).map_err(wire);
                series.add(time(call)?.0);
            }
        }
        let p95 = series.percentile(95) * 1000.0;
        table
            .line(
                what,
                format!("p50 {:.1} ms, p95 {p95:.1} ms", series.median() * 1000.0),
            )
            .against(format!("{total} records"))
            .at_most(p95, TARGET, " ms p95");
    }
    Ok(())
}

/// Imports the outlets' logs, as a bundle would bring them.
fn fill(world: &World, path: &std::path::Path) -> Outcome<()> {
    let store = open(path, "head", PASSWORD)?;
    let rules = store.read(|reader| Ok(reader.rules()))?;
    for number in 0..OUTLETS {
        let code = format!("330100{number:03}");
        let origin = format!("outlet-safety/{code}/{number:08x}");
        let mut maker = world.material.maker(&code, &origin, 7000 + number);
        let mut lines = Vec::new();
        for _ in 0..ENTRIES {
            lines.push(maker.next_entry().line()?);
        }
        store.try_write_bulk(|writer| {
            writer.add_log(&NewLog {
                origin: origin.clone(),
                institution: code.clone(),
                device: format!("{number:08x}"),
                audience: "up".to_owned(),
                own: false,
                vkey: String::new(),
                valid_to: None,
                created: now().to_rfc3339(),
            })?;
            let received = lines
                .into_iter()
                .map(|line| rules.read_line(line).map_err(Failure::from));
            writer.import(&origin, 0, received)?;
            Ok::<_, Failure>(())
        })?;
    }
    Ok(())
}
