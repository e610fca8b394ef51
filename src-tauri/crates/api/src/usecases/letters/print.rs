//! Printing letters, and putting them on record as prepared.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use safety_domain::directory::Directory;
use safety_domain::letter::{self, LetterNeed, Parties, Party};
use safety_domain::standard::{Standard, SystemRole};
use safety_print::{Flow, Pdf, render_batch, render_merged};
use safety_store::Reader;
use safety_store::records::{ListQuery, Row, StoreDirectory};
use serde_json::{Value, json};

use super::needs;
use crate::account;
use crate::error::Fault;
use crate::files::{file_name, write_whole};
use crate::paper;
use crate::session::{Session, Version, body};
use crate::types::*;

/// Most letters printed at once.
const MOST_LETTERS: usize = 2000;

/// A letter about to be printed.
struct Draft {
    /// The record it already has, when it is printed again.
    known: Option<String>,
    number: String,
    need: LetterNeed,
    party_a: String,
    content: letter::LetterContent,
}

pub fn print(session: &Session, args: LetterPrintArgs) -> Result<LettersPrinted, Fault> {
    if args.appointments.is_empty() || args.appointments.len() > MOST_LETTERS {
        return Err(Fault::new("letters-none-chosen").with("most", MOST_LETTERS));
    }
    let job = session.jobs.start(args.job.as_deref());
    let drafts = session.store.try_read(|reader| drafts(session, reader, &args))?;
    let imprint = crate::usecases::people::imprint(session, args.lang)?;
    let documents: Vec<_> = drafts
        .iter()
        .map(|draft| paper::letter::letter(&imprint, &draft.content))
        .collect();
    let fonts = session.fonts.get(&session.environment.font_dirs)?;
    let mut flow = |progress: safety_print::Progress| {
        let (done, total) = (progress.done as u64, Some(progress.total as u64));
        if job.tell("printing", done, total) {
            Flow::Cancel
        } else {
            Flow::Continue
        }
    };
    let pdfs: Vec<Pdf> = match args.merged {
        true => vec![render_merged(
            &documents,
            &merged_meta(&imprint, &drafts),
            fonts,
            &mut flow,
        )?],
        false => render_batch(&documents, fonts, &mut flow)?,
    };
    let names = names(&args, &drafts);
    let paths: Vec<PathBuf> = names.iter().map(|name| Path::new(&args.dir).join(name)).collect();
    let mut letters = Vec::new();
    // The files inside the transaction: a letter is on record only if it can be printed, and the other way round.
    session.store.try_write(|writer| {
        let standard = session.standard_on(writer, session.today())?;
        let ledger = Session::role_ledger(&standard, SystemRole::Letter)?;
        for draft in &drafts {
            letters.push(match &draft.known {
                Some(known) => known.clone(),
                None => {
                    let id = session.new_id()?;
                    let body = body(session.today(), fields(&args, draft));
                    session.append(
                        writer,
                        Version {
                            id,
                            ledger: &ledger,
                            body: &body,
                            previous: Vec::new(),
                        },
                    )?;
                    id.to_string()
                }
            });
        }
        for (path, pdf) in paths.iter().zip(&pdfs) {
            write_whole(path, &pdf.bytes)?;
        }
        session.note(
            writer,
            "letters-print",
            &format!("{} {}", args.year, drafts.len()),
        )
    })?;
    let files = paths
        .iter()
        .zip(&pdfs)
        .map(|(path, pdf)| WrittenFile {
            path: path.display().to_string(),
            bytes: pdf.bytes.len() as u64,
            pages: u32::try_from(pdf.pages).ok(),
        })
        .collect();
    Ok(LettersPrinted { files, letters })
}

/// Properties of the one file for the printer.
fn merged_meta(imprint: &paper::Imprint, drafts: &[Draft]) -> safety_print::Meta {
    let title = drafts
        .first()
        .map(|draft| draft.content.title.as_str())
        .unwrap_or_default();
    imprint
        .document(safety_print::PageStyle::Letter, title, "merged")
        .meta
}

fn names(args: &LetterPrintArgs, drafts: &[Draft]) -> Vec<PathBuf> {
    if args.merged {
        let first = drafts
            .first()
            .map(|draft| draft.content.title.as_str())
            .unwrap_or_default();
        return vec![file_name(&[&args.year.to_string(), first], "pdf")];
    }
    drafts
        .iter()
        .map(|draft| file_name(&[&draft.number, &draft.content.b.name], "pdf"))
        .collect()
}

/// Composes the letters that were asked for.
fn drafts(session: &Session, reader: &Reader<'_>, args: &LetterPrintArgs) -> Result<Vec<Draft>, Fault> {
    let found = needs(session, reader, args.year)?;
    let directory = StoreDirectory::partial(reader);
    let mut next = last_number(reader, &found.standard, &session.meta.institution, args.year)?;
    let mut drafts = Vec::new();
    let mut chosen = BTreeSet::new();
    for wanted in &args.appointments {
        // Named twice is meant once: a second letter would get a number of its own.
        if !chosen.insert(wanted) {
            continue;
        }
        let need = found
            .needs
            .iter()
            .find(|(_, appointment)| appointment == wanted)
            .map(|(need, _)| need.clone());
        let need = need.ok_or_else(|| {
            Fault::new("letter-not-due")
                .with("appointment", wanted)
                .with("year", args.year)
        })?;
        let name = directory.person(&need.appointment.person).unwrap_or_default();
        if need.state == letter::LetterState::Signed {
            return Err(Fault::new("letter-signed").with("name", name));
        }
        let (Some(party_a), Some(post_a)) = (need.party_a.clone(), need.party_a_post.clone()) else {
            return Err(Fault::new("letter-no-party-a").with("name", name));
        };
        let institution = |code: &str| match found.institutions.get(code) {
            Some(institution) => institution.brief.name.get(args.lang).to_owned(),
            None => directory.institution(code).unwrap_or_else(|| code.to_owned()),
        };
        let institution_a = need
            .party_a_institution
            .clone()
            .unwrap_or_else(|| need.appointment.institution.clone());
        let parties = Parties {
            a: Party {
                name: directory.person(&party_a).unwrap_or_default(),
                post: post_a,
                institution: institution(&institution_a),
            },
            b: Party {
                name,
                post: need.appointment.post.clone(),
                institution: institution(&need.appointment.institution),
            },
        };
        let known = need
            .record
            .as_ref()
            .and_then(|id| found.letters.get(id))
            .filter(|row| template_is(row, &args.template));
        let number = match known.and_then(number) {
            Some(number) => number,
            None => {
                next += 1;
                format!("{}-{}-{next:03}", session.meta.institution, args.year)
            }
        };
        let known = known.map(|row| row.id.to_string());
        let content = letter::compose(
            &found.standard,
            &args.template,
            &parties,
            need.period,
            &number,
            args.lang,
        )?;
        drafts.push(Draft {
            known,
            number,
            need,
            party_a,
            content,
        });
    }
    Ok(drafts)
}

fn template_is(row: &Row, template: &str) -> bool {
    row.body
        .as_ref()
        .and_then(|body| body.fields.get("template"))
        .and_then(Value::as_str)
        == Some(template)
}

fn number(row: &Row) -> Option<String> {
    Some(row.body.as_ref()?.fields.get("letter_no")?.as_str()?.to_owned())
}

/// The highest running number given so far in this institution's letters of the year, withdrawn ones included: a
/// number on paper is never given again.
fn last_number(reader: &Reader<'_>, standard: &Standard, institution: &str, year: i32) -> Result<u32, Fault> {
    let ledger = Session::role_ledger(standard, SystemRole::Letter)?;
    let query = ListQuery {
        institutions: vec![institution.to_owned()],
        withdrawn: true,
        ..ListQuery::of_ledger(&ledger, account::ALL)
    };
    let prefix = format!("{institution}-{year}-");
    let rows = reader.list(&query)?.rows;
    let numbers = rows.iter().filter_map(number);
    Ok(numbers
        .filter_map(|number| number.strip_prefix(&prefix)?.parse().ok())
        .max()
        .unwrap_or(0))
}

fn fields(args: &LetterPrintArgs, draft: &Draft) -> Value {
    json!({
        "letter_no": draft.number,
        "template": args.template,
        "party_a": draft.party_a,
        "party_b": draft.need.appointment.person,
        "post": draft.need.appointment.post,
        "institution": draft.need.appointment.institution,
        "year": args.year,
        "valid_from": draft.need.period.from.to_string(),
        "valid_until": draft.need.period.until.to_string(),
        "state": "prepared",
    })
}
