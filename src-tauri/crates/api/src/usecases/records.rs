//! Records: one with its history, checking, saving, withdrawing.

use safety_domain::record::RecordBody;
use safety_domain::standard::{FieldKind, Group, Standard, SystemRole};
use safety_domain::text::Lang;
use safety_domain::validate::{Context, FieldFault, Severity, is_act, is_late, normalise, validate_record};
use safety_store::records::{ListQuery, StoreDirectory};
use safety_store::{Reader, Writer};
use serde_json::Value;
use uuid::Uuid;

use super::view::Viewer;
use crate::access::Access;
use crate::error::Fault;
use crate::names::Names;
use crate::session::{Session, Version};
use crate::types::*;

pub use super::attachments::{attach_bytes, attach_path, attachment, attachment_export};
pub use super::drafts::{discard as draft_discard, list as drafts, save as draft_save};
pub(crate) use super::lists::{brief_ledgers, page, search_text};
pub use super::lists::{ledgers, list};
pub use super::printing::{print, print_list};

/// Reads a record's identifier.
pub(crate) fn record_id(id: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(id).map_err(|_| Fault::new("record-unknown").with("id", id))
}

pub fn get(session: &Session, args: IdArgs) -> Result<RecordDetail, Fault> {
    session.store.try_read(|reader| detail(session, reader, &args.id))
}

/// A record with its history and the names it refers to.
pub(crate) fn detail(session: &Session, reader: &Reader<'_>, id: &str) -> Result<RecordDetail, Fault> {
    let uuid = record_id(id)?;
    let row = reader
        .record(uuid)?
        .ok_or_else(|| Fault::new("record-unknown").with("id", id))?;
    let history = reader.history(uuid)?;
    let mut viewer = Viewer::new(session, reader)?;
    let mut versions = Vec::new();
    for version in history.iter().rev() {
        versions.push(viewer.version(version)?);
    }
    let editable = row.institution == session.meta.institution && !row.withdrawn;
    let body = row
        .body
        .clone()
        .unwrap_or_else(|| crate::session::body("", Value::Null));
    Ok(RecordDetail {
        row: viewer.row(&row),
        body,
        versions,
        editable,
        names: viewer.into_names(),
    })
}

pub fn check(session: &Session, args: CheckArgs) -> Result<Checked, Fault> {
    session.store.try_read(|reader| {
        let standard = session.standard_on(reader, session.today())?;
        let body = normalise(&standard, &args.ledger, &args.body);
        let first_entry = args.correction.then(|| session.now());
        let faults = faults(session, reader, &standard, &args.ledger, &body, first_entry);
        let late = !args.correction && late(session, &standard, &args.ledger, &body);
        Ok(Checked { faults, late })
    })
}

fn late(session: &Session, standard: &Standard, ledger: &str, body: &RecordBody) -> bool {
    standard
        .ledger(ledger)
        .is_some_and(|ledger| is_act(standard, ledger, body))
        && is_late(&standard.deadlines, &body.occurred, session.now())
}

fn faults(
    session: &Session,
    reader: &Reader<'_>,
    standard: &Standard,
    ledger: &str,
    body: &RecordBody,
    first_entry: Option<chrono::DateTime<chrono::FixedOffset>>,
) -> Vec<FieldFaultView> {
    let directory = StoreDirectory::partial(reader);
    let context = Context {
        now: session.now(),
        first_entry,
        directory: &directory,
    };
    errors(validate_record(standard, ledger, body, context))
}

/// The faults with which a record is not accepted.
pub(crate) fn errors(faults: Vec<FieldFault>) -> Vec<FieldFaultView> {
    faults
        .into_iter()
        .filter(|fault| fault.severity == Severity::Error)
        .map(|fault| FieldFaultView {
            path: fault.path,
            code: fault.code,
            fields: fault.fields,
        })
        .collect()
}

pub fn save(session: &Session, args: SaveArgs) -> Result<Saved, Fault> {
    let (id, reference) = session.store.try_write(|writer| {
        may_keep(session, writer, &args.ledger)?;
        let saved = save_in(session, writer, &args)?;
        if let Some(draft) = &args.draft {
            super::drafts::remove(session, writer, draft)?;
        }
        session.note(
            writer,
            if args.id.is_some() {
                "record-correct"
            } else {
                "record-save"
            },
            &saved.0.to_string(),
        )?;
        Ok::<_, Fault>(saved)
    })?;
    Ok(saved(session, id, reference))
}

/// Who holds which post, who is on record and what is not applicable is for officers and heads to say.
fn may_keep(session: &Session, reader: &Reader<'_>, ledger: &str) -> Result<(), Fault> {
    let standard = session.standard_on(reader, session.today())?;
    match standard.ledger(ledger).map(|ledger| ledger.group) {
        Some(Group::System) => session.require(Access::Officer),
        _ => Ok(()),
    }
}

/// What is told of a record that is on record for good. A fault in working out what it moved must not make it look
/// unsaved, or it would be written twice.
pub(crate) fn saved(session: &Session, id: Uuid, reference: String) -> Saved {
    let (moved, next) = super::today::after_saving(session, id).unwrap_or_default();
    Saved {
        id: id.to_string(),
        reference,
        moved,
        next,
    }
}

/// Checks and appends a record version in the caller's transaction.
pub(crate) fn save_in(
    session: &Session,
    writer: &Writer<'_>,
    args: &SaveArgs,
) -> Result<(Uuid, String), Fault> {
    let standard = session.standard_on(writer, session.today())?;
    let ledger = standard
        .ledger(&args.ledger)
        .ok_or_else(|| Fault::new("ledger-unknown").with("ledger", &args.ledger))?;
    let mut body = normalise(&standard, &args.ledger, &args.body);
    body.withdrawn = false;
    let (id, previous, first_entry) = match &args.id {
        Some(id) => {
            let known = correctable(session, writer, id, &args.ledger)?;
            let heads = current_heads(writer, known.id, &args.base)?;
            (known.id, heads, Some(known.created))
        }
        None => {
            if !ledger.levels.contains(&session.meta.level) {
                return Err(Fault::new("ledger-of-other-level").with("ledger", &args.ledger));
            }
            if ledger.single && writer.count(&own(session, &args.ledger))? > 0 {
                return Err(Fault::new("ledger-single").with("ledger", &args.ledger));
            }
            (session.new_id()?, Vec::new(), None)
        }
    };
    if first_entry.is_none() {
        body.change = None;
        if !late(session, &standard, &args.ledger, &body) {
            body.late = None;
        }
    }
    let mut found = faults(session, writer, &standard, &args.ledger, &body, first_entry);
    for (index, file) in body.files.iter().enumerate() {
        if !super::attachments::held(writer, &file.sha256)? {
            found.push(FieldFaultView {
                path: format!("files[{index}]"),
                code: "attachment-missing".to_owned(),
                fields: [("name".to_owned(), file.name.clone())].into(),
            });
        }
    }
    // The code is the institution's name in every log; under another it would speak for somebody else.
    let code = body.fields.get("code").and_then(Value::as_str);
    if ledger.role == Some(SystemRole::Institution) && code != Some(&session.meta.institution) {
        found.push(FieldFaultView {
            path: "fields.code".to_owned(),
            code: "institution-code-fixed".to_owned(),
            fields: [("code".to_owned(), session.meta.institution.clone())].into(),
        });
    }
    if !found.is_empty() {
        return Err(Fault {
            faults: found,
            ..Fault::new("form-refused")
        });
    }
    let (_, reference) = session.append(
        writer,
        Version {
            id,
            ledger: &args.ledger,
            body: &body,
            previous,
        },
    )?;
    Ok((id, reference))
}

/// Records of one ledger that belong to this institution.
fn own(session: &Session, ledger: &str) -> ListQuery {
    ListQuery {
        institutions: vec![session.meta.institution.clone()],
        ..ListQuery::of_ledger(ledger, 0)
    }
}

/// The record, if this institution may write a further version of it.
fn correctable(
    session: &Session,
    reader: &Reader<'_>,
    id: &str,
    ledger: &str,
) -> Result<safety_store::records::Row, Fault> {
    let unknown = || Fault::new("record-unknown").with("id", id);
    let row = reader
        .record(record_id(id)?)?
        .filter(|row| row.ledger == ledger)
        .ok_or_else(unknown)?;
    if row.institution != session.meta.institution {
        return Err(Fault::new("record-of-other-institution").with("institution", row.institution));
    }
    if row.withdrawn {
        return Err(Fault::new("record-withdrawn").with("id", id));
    }
    Ok(row)
}

/// The versions a correction replaces. They must be those the author saw.
fn current_heads(reader: &Reader<'_>, id: Uuid, seen: &[String]) -> Result<Vec<String>, Fault> {
    let heads = reader.heads(id)?;
    let names: Vec<String> = heads.iter().map(|version| version.name.clone()).collect();
    let unseen = heads
        .iter()
        .find(|version| !seen.is_empty() && !seen.contains(&version.name));
    if let Some(version) = unseen {
        let author = Names::new(reader, Lang::Zh).person(&version.by);
        return Err(Fault::new("record-changed")
            .with("at", version.at.to_rfc3339())
            .with("author", author));
    }
    Ok(names)
}

pub fn withdraw(session: &Session, args: WithdrawArgs) -> Result<Done, Fault> {
    if args.reason.trim().is_empty() {
        return Err(Fault::new("reason-missing"));
    }
    session.store.try_write(|writer| {
        let unknown = || Fault::new("record-unknown").with("id", &args.id);
        let ledger = writer.record(record_id(&args.id)?)?.ok_or_else(unknown)?.ledger;
        let row = correctable(session, writer, &args.id, &ledger)?;
        let previous = current_heads(writer, row.id, &[])?;
        let mut body = row
            .body
            .ok_or_else(|| Fault::new("record-withheld").with("id", &args.id))?;
        body.change = Some(args.reason.trim().to_owned());
        body.withdrawn = true;
        session.append(
            writer,
            Version {
                id: row.id,
                ledger: &row.ledger,
                body: &body,
                previous,
            },
        )?;
        session.note(writer, "record-withdraw", &args.id)
    })?;
    Ok(Done {})
}

/// The language chosen on this PC.
pub(crate) fn lang(session: &Session, reader: &Reader<'_>) -> Result<Lang, Fault> {
    Ok(super::settings::read(session, reader)?.lang)
}

/// Whether a field can start a form filled in: what kind of act it is, never a date or a verdict.
pub(crate) fn prefillable(kind: FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::SelectOne | FieldKind::SelectMultiple | FieldKind::Institution | FieldKind::Person
    )
}
