//! Paper: 300 letters of responsibility as files of their own and in one file, by the command and by the renderer
//! alone, and a ledger of 10,000 rows.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::Datelike as _;
use safety_domain::appointment::Days;
use safety_domain::letter::{LetterContent, Parties, Party, compose};
use safety_domain::standard::Standard;
use safety_domain::text::Lang;
use safety_print::{
    Align, Block, Column, Document, Flow, FontSet, KeyValue, Meta, PageStyle, RunningLine, SignatureCell,
    Text,
};
use serde_json::{Value, json};

use crate::material::{Chance, person, sentence};
use crate::measure::{Outcome, Series, float, text, time, wire};
use crate::table::Table;
use crate::world::{World, app_at, now, open};

const LETTERS: u32 = 300;
const ROWS: u32 = 10_000;
const ROUNDS: usize = 3;
const PASSWORD: &str = "outlet-bench-2026";

pub fn measure(world: &World, table: &mut Table) -> Outcome<()> {
    let fonts = FontSet::find(&[])?;
    let standard: Standard = serde_json::from_str(&world.material.standard)?;
    let documents = documents(&standard)?;
    rendered(&documents, &fonts, table)?;
    commanded(world, &standard, table)?;
    binder(&fonts, table)?;
    peers(table);
    Ok(())
}

fn go_on(_: safety_print::Progress) -> Flow {
    Flow::Continue
}

/// Thousands of bytes, as the targets are written.
fn kb(bytes: usize) -> f64 {
    float(bytes) / 1000.0
}

/// The renderer alone: every letter by itself, in batches that share fonts, and all in one file.
fn rendered(documents: &[Document], fonts: &FontSet, table: &mut Table) -> Outcome<()> {
    let (mut alone, mut batch, mut merged) = <(Series, Series, Series)>::default();
    let (mut largest, mut shared, mut one, mut pages) = (0, 0, 0, 0);
    for _ in 0..ROUNDS {
        let (seconds, pdf) = time(|| {
            let mut largest = 0;
            for document in documents {
                largest = largest.max(safety_print::render(document, fonts)?.bytes.len());
            }
            Ok(largest)
        })?;
        alone.add(seconds);
        largest = pdf;
        let (seconds, pdfs) = time(|| Ok(safety_print::render_batch(documents, fonts, &mut go_on)?))?;
        batch.add(seconds);
        shared = pdfs.iter().map(|pdf| pdf.bytes.len()).max().unwrap_or_default();
        pages = pdfs.iter().map(|pdf| pdf.pages).sum();
        let meta = meta("merged");
        let (seconds, pdf) = time(|| Ok(safety_print::render_merged(documents, &meta, fonts, &mut go_on)?))?;
        merged.add(seconds);
        one = pdf.bytes.len();
    }
    let rate = |series: &Series| float(LETTERS) / series.median();
    table
        .line(
            "300 letters, a file and fonts each",
            format!("{:.0} letters/s", rate(&alone)),
        )
        .against(format!("{pages} pages, layout and fonts in Chinese"))
        .at_least(rate(&alone), 40.0, " letters/s");
    table
        .line("  largest letter", format!("{:.0} KB", kb(largest)))
        .at_most(kb(largest), 130.0, " KB");
    table
        .line(
            "300 letters, a file each, fonts shared",
            format!("{:.0} letters/s", rate(&batch)),
        )
        .against("each with its own fonts")
        .ratio(alone.ratio_to(&batch))
        .at_least(rate(&batch), 90.0, " letters/s");
    table
        .line("  largest letter", format!("{:.0} KB", kb(shared)))
        .at_most(kb(shared), 130.0, " KB");
    table
        .line(
            "300 letters in one file",
            format!("{:.0} letters/s", rate(&merged)),
        )
        .against("each with its own fonts")
        .ratio(alone.ratio_to(&merged))
        .at_least(rate(&merged), 90.0, " letters/s");
    let each = kb(one) / float(LETTERS);
    table
        .line("  per letter", format!("{each:.1} KB"))
        .at_most(each, 10.0, " KB");
    Ok(())
}

fn meta(seed: &str) -> Meta {
    Meta {
        title: "安全责任书".to_owned(),
        author: "杭州分行西湖支行文三路网点".to_owned(),
        subject: seed.to_owned(),
        creator: "safety-bench".to_owned(),
        lang: "zh-CN".to_owned(),
        created: now().to_rfc3339(),
        id_seed: seed.to_owned(),
    }
}

fn documents(standard: &Standard) -> Outcome<Vec<Document>> {
    let mut chance = Chance::new(300);
    let year = now().year();
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let template = template(standard)?;
    let posts: Vec<&str> = standard
        .posts
        .iter()
        .filter(|post| post.answers_to.as_deref() == Some("P09"))
        .map(|post| post.id.as_str())
        .collect();
    (1..=LETTERS)
        .map(|number| {
            let institution = "杭州分行西湖支行文三路网点".to_owned();
            let parties = Parties {
                a: Party {
                    name: "王𠮷".to_owned(),
                    post: "P09".to_owned(),
                    institution: institution.clone(),
                },
                b: Party {
                    name: person(&mut chance),
                    // By post, as the year's plan lists them.
                    post: posts
                        .get((number as usize - 1) * posts.len() / LETTERS as usize)
                        .copied()
                        .unwrap_or_default()
                        .to_owned(),
                    institution,
                },
            };
            let number = format!("330100001-{year}-{number:03}");
            let period = Days::new(day(1, 1), day(12, 31));
            let content = compose(standard, &template, &parties, period, &number, Lang::Zh)?;
            Ok(document(&content))
        })
        .collect()
}

/// The template for outlets.
fn template(standard: &Standard) -> Outcome<String> {
    let fits = |letter: &&safety_domain::standard::LetterTemplate| {
        letter.levels.contains(&safety_domain::institution::Level::Outlet)
    };
    let template = standard
        .letters
        .iter()
        .find(fits)
        .ok_or("no letter for outlets")?;
    Ok(template.id.clone())
}

/// The letter on paper, as the program sets it.
fn document(content: &LetterContent) -> Document {
    let party = |label: &str, party: &safety_domain::letter::Signatory| {
        KeyValue::new(
            label,
            format!("{} {} {}", party.institution, party.title, party.name),
        )
    };
    let cell = |label: &str, party: &safety_domain::letter::Signatory, seal: &str| SignatureCell {
        party: format!("{label}：{}", party.institution),
        lines: vec![format!("{}（签字）：", party.title)],
        seal: seal.to_owned(),
        date: "年    月    日".to_owned(),
    };
    let mut blocks = vec![
        Block::Masthead {
            issuer: content.a.institution.clone(),
            number: content.number.clone(),
        },
        Block::Title {
            text: content.title.clone(),
            subtitle: String::new(),
        },
        Block::KeyValue {
            across: 1,
            rows: vec![party("甲方", &content.a), party("乙方", &content.b)],
        },
    ];
    for (number, section) in content.sections.iter().enumerate() {
        blocks.push(Block::Heading {
            level: 1,
            text: format!("{}、{}", number + 1, section.heading),
        });
        blocks.extend(section.clauses.iter().map(|clause| Block::Clause {
            level: 1,
            number: format!("（{}）", clause.number),
            text: Text::from(clause.text.clone()),
        }));
    }
    blocks.push(Block::Signature {
        cells: vec![cell("甲方", &content.a, "（公章）"), cell("乙方", &content.b, "")],
    });
    Document {
        meta: meta(&content.number),
        style: PageStyle::Letter,
        header: RunningLine::default(),
        footer: RunningLine::centered("第 {page} 页，共 {pages} 页"),
        mark: None,
        blocks,
    }
}

/// The whole command on an outlet of 301 people: composing, printing, files on disk, and a record of each letter.
fn commanded(world: &World, standard: &Standard, table: &mut Table) -> Outcome<()> {
    let (mut separate, mut merged) = <(Series, Series)>::default();
    for round in 0..2 {
        let dir = world.folder(&format!("letters-{round}"))?;
        let (app, year) = staffed(&dir, standard)?;
        let plan = app.call("letters_plan", json!({ "year": year })).map_err(wire)?;
        let wanted: Vec<&Value> = plan
            .get("rows")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|row| row.get("party_a").is_some_and(|a| !a.is_null()))
            .filter_map(|row| row.get("appointment"))
            .collect();
        if wanted.len() != usize::try_from(LETTERS)? {
            return Err(format!("{} letters planned", wanted.len()).into());
        }
        for (series, one_file) in [(&mut separate, false), (&mut merged, true)] {
            let args = json!({
                "year": year, "template": template(standard)?, "appointments": wanted, "lang": "zh",
                "dir": dir.join(if one_file { "merged" } else { "separate" }), "merged": one_file,
            });
            series.add(time(|| app.call("letters_print", args).map_err(wire).map(drop))?.0);
        }
    }
    let rate = |series: &Series| float(LETTERS) / series.median();
    table
        .line(
            "command letters_print, 300 files",
            format!("{:.0} letters/s", rate(&separate)),
        )
        .against("with 300 records and 300 × fsync")
        .at_least(rate(&separate), 40.0, " letters/s");
    table
        .line(
            "command letters_print, one file",
            format!("{:.0} letters/s", rate(&merged)),
        )
        .against("the 300 files")
        .ratio(separate.ratio_to(&merged))
        .at_least(rate(&merged), 90.0, " letters/s");
    Ok(())
}

/// An outlet of one head and 300 tellers.
fn staffed(dir: &Path, standard: &Standard) -> Outcome<(safety_api::App, i32)> {
    let path: PathBuf = dir.join("account.db");
    let app = app_at(&path, &dir.join("machine"));
    app.call(
        "setup_create",
        json!({
            "lang": "zh", "level": "outlet", "code": "330100001", "name_zh": "文三路网点", "name_en": "",
            "person_name": "王𠮷", "post": "P09", "user": "head", "password": PASSWORD,
        }),
    )
    .map_err(wire)?;
    let status = app.call("app_status", json!({})).map_err(wire)?;
    let today = text(&status, "today")?.to_owned();
    let mut chance = Chance::new(301);
    let store = open(&path, "head", PASSWORD)?;
    store.try_write_bulk(|writer| {
        let log = writer.own_log("up")?.ok_or("no own log")?;
        for _ in 0..LETTERS {
            let id = chance.id(now());
            let fields = json!({ "name": person(&mut chance), "status": "active" });
            append(
                writer,
                log.log_no,
                standard,
                &mut chance,
                ("person", id, &today, fields),
            )?;
            let fields = json!({ "person": id, "post": "P13", "institution": "330100001" });
            let appointment = chance.id(now());
            append(
                writer,
                log.log_no,
                standard,
                &mut chance,
                ("appointment", appointment, &today, fields),
            )?;
        }
        Ok::<_, crate::measure::Failure>(())
    })?;
    let year = today
        .get(..4)
        .and_then(|year| year.parse().ok())
        .ok_or("no year")?;
    Ok((app, year))
}

fn append(
    writer: &safety_store::Writer<'_>,
    log_no: i64,
    standard: &Standard,
    chance: &mut Chance,
    (ledger, id, day, fields): (&str, uuid::Uuid, &str, Value),
) -> Outcome<()> {
    let header = safety_domain::record::EntryHeader {
        v: safety_domain::record::HEADER_VERSION,
        rec: id,
        ledger: ledger.to_owned(),
        inst: "330100001".to_owned(),
        at: now(),
        by: "head".to_owned(),
        std: standard.reference(),
        prev: Vec::new(),
    };
    let body = serde_json::from_value(json!({ "occurred": day, "fields": fields }))?;
    let mut salt = [0; 16];
    chance.fill(&mut salt);
    let entry = safety_store::journal::NewEntry {
        header: &header,
        body: &body,
        salt,
    };
    writer.append(log_no, &entry)?;
    Ok(())
}

/// A ledger for the binder: eight columns, cells that wrap.
fn binder(fonts: &FontSet, table: &mut Table) -> Outcome<()> {
    let mut chance = Chance::new(10_000);
    let columns = [
        ("序号", 1.0),
        ("时间", 2.5),
        ("部位", 3.0),
        ("检查情况", 7.0),
        ("结果", 1.5),
        ("处理", 4.0),
        ("登记人", 1.5),
        ("复核人", 1.5),
    ];
    let columns = columns
        .iter()
        .map(|(title, width)| Column::new(*title, *width).aligned(Align::Left));
    let rows = (1..=ROWS).map(|number| {
        let time = format!(
            "2026-{:02}-{:02} {:02}:{:02}",
            1 + chance.below(12),
            1 + chance.below(28),
            8,
            chance.below(60)
        );
        let cells = [
            number.to_string(),
            time,
            chance
                .pick(&["营业大厅", "现金柜台", "自助银行", "监控机房"])
                .to_owned(),
            remark(&mut chance),
            "正常".to_owned(),
            chance.pick(&["", "已当场纠正", "通知维保单位处理"]).to_owned(),
            person(&mut chance),
            person(&mut chance),
        ];
        cells.into_iter().map(Text::from).collect()
    });
    let document = Document {
        meta: meta("binder"),
        style: PageStyle::LedgerList,
        header: RunningLine::centered("安全检查台账"),
        footer: RunningLine::centered("第 {page} 页，共 {pages} 页"),
        mark: None,
        blocks: vec![Block::Table {
            columns: columns.collect(),
            rows: rows.collect(),
        }],
    };
    let (mut series, mut pages, mut bytes) = (Series::default(), 0, 0);
    for _ in 0..ROUNDS {
        let (seconds, pdf) = time(|| Ok(safety_print::render(&document, fonts)?))?;
        series.add(seconds);
        (pages, bytes) = (pdf.pages, pdf.bytes.len());
    }
    let rate = float(pages) / series.median();
    table
        .line(
            "ledger of 10,000 rows on paper",
            format!("{:.2} s, {pages} pages", series.median()),
        )
        .at_most(series.median(), 1.0, " s");
    table
        .line("  pages", format!("{rate:.0} pages/s"))
        .at_least(rate, 350.0, " pages/s");
    let size = kb(bytes) / 1000.0;
    table
        .line("  size", format!("{size:.2} MB"))
        .at_most(size, 2.0, " MB");
    Ok(())
}

/// Now and then more than one line.
fn remark(chance: &mut Chance) -> String {
    match chance.below(4) {
        0 => sentence(chance, 1),
        _ => chance
            .pick(&[
                "灭火器压力在绿区",
                "画面清晰无遮挡",
                "应急照明完好",
                "报警按钮测试正常",
            ])
            .to_owned(),
    }
}

/// Programs that print the same from a shell, when they are there.
fn peers(table: &mut Table) {
    for (program, install) in [
        ("typst", "pip install typst, or the release of its project"),
        ("weasyprint", "apt install weasyprint"),
        ("soffice", "apt install libreoffice-writer-nogui"),
    ] {
        let there = Command::new(program).arg("--version").output().is_ok();
        if !there {
            table.skipped(format!("peer {program}"), format!("not installed ({install})"));
        }
    }
}
