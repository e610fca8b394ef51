//! Enrolment, bundles and receipts: the exchange with the superior and with those below.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use safety_domain::standard::SystemRole;
use safety_exchange::enrol::{self, Decision, ReviewKind};
use safety_exchange::export::Request;
use safety_exchange::{Folder, OutcomeKind, Role, Step};
use safety_store::Reader;
use safety_store::records::ListQuery;
use safety_store::trust::TrustState;
use serde_json::Value;

use crate::account;
use crate::error::Fault;
use crate::jobs::Job;
use crate::session::Session;
use crate::standing;
use crate::types::*;

/// How far the superior holds this institution's entries.
pub(crate) fn held(reader: &Reader<'_>) -> Result<HeldState, Fault> {
    let held = standing::held_up(reader)?;
    let records = |state| {
        reader.count(&ListQuery {
            positions: Some(held.positions(state)),
            ..ListQuery::default()
        })
    };
    let superior = safety_exchange::peers::superiors(reader)?.into_iter().next();
    Ok(HeldState {
        enrolled: superior.is_some(),
        superior: superior.map(|device| device.card.name),
        size: held.size,
        bundled: held.bundled,
        receipted: held.receipted,
        receipt_time: held.receipt_time.map(|time| time.to_rfc3339()),
        not_receipted: held.size.saturating_sub(held.receipted),
        records_saved: records(ExchangeState::Saved)?,
        records_bundled: records(ExchangeState::Bundled)?,
    })
}

pub fn status(session: &Session, _: Nothing) -> Result<ExchangeStatus, Fault> {
    session.store.try_read(|reader| status_in(session, reader))
}

fn status_in(session: &Session, reader: &Reader<'_>) -> Result<ExchangeStatus, Fault> {
    let status = safety_exchange::status(reader, &session.keys)?;
    Ok(ExchangeStatus {
        up: held(reader)?,
        request_pending: status.request_pending,
        origin: status.origin,
        verifier_key: status.verifier_key,
        fingerprint: status.fingerprint,
        below: status
            .below
            .into_iter()
            .map(|device| PeerView {
                state: if device.state == TrustState::Trusted {
                    "active"
                } else {
                    "revoked"
                }
                .to_owned(),
                origin: device.card.origin,
                institution: device.card.institution,
                name: device.card.name,
                fingerprint: device.fingerprint,
                since: device.since,
                held: device.held,
                last_bundle: device.last_bundle,
            })
            .collect(),
    })
}

fn name(session: &Session) -> Result<safety_domain::text::Text, Fault> {
    session
        .store
        .try_read(|reader| Ok(super::people::brief(session, reader)?.name))
}

fn folder(session: &Session, dir: &str) -> Folder {
    Folder::new(dir, session.keys.origin())
}

/// The file of this machine in which the last exported head and receipts are remembered outside the store.
fn outside(session: &Session) -> PathBuf {
    session
        .environment
        .machine_dir
        .join(format!("{}.seen.json", session.keys.origin().replace('/', "-")))
}

pub fn enrol_request(session: &Session, args: DirArgs) -> Result<EnrolFile, Fault> {
    let place = folder(session, &args.dir);
    let (file, fingerprint) = enrol::request(
        &session.store,
        &session.keys,
        &name(session)?,
        &place,
        session.now(),
    )?;
    session
        .store
        .try_write(|writer| session.note(writer, "enrol-request", &file.name))?;
    Ok(EnrolFile {
        path: place.path(&file.name).display().to_string(),
        fingerprint,
    })
}

/// Length of an ordinary file. A pipe or a device would keep the program reading for ever.
fn plain_file(path: &Path) -> Result<u64, Fault> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(Fault::new("path-not-a-file").with("path", path.display()))
    }
}

/// Reads an enrolment file; what is larger is not one.
fn enrol_bytes(path: &str) -> Result<Vec<u8>, Fault> {
    let limit = enrol::MAX_FILE as u64;
    if plain_file(Path::new(path))? > limit {
        return Err(Fault::new("file-too-large")
            .with("path", path)
            .with("limit", limit));
    }
    Ok(std::fs::read(path)?)
}

pub fn enrol_review(_: &Session, args: PathArgs) -> Result<EnrolReview, Fault> {
    let review = enrol::review(&enrol_bytes(&args.path)?)?;
    Ok(EnrolReview {
        kind: match review.kind {
            ReviewKind::Request => "request",
            ReviewKind::Approval => "approval",
        }
        .to_owned(),
        institution: review.card.institution,
        name: review.card.name,
        level: review.card.level,
        fingerprint: review.fingerprint,
        created: review.created,
        demo: review.demo,
    })
}

pub fn enrol_approve(session: &Session, args: EnrolApproveArgs) -> Result<EnrolFile, Fault> {
    let place = folder(session, &args.dir);
    let request = enrol_bytes(&args.path)?;
    let name = name(session)?;
    let decision = Decision {
        name: &name,
        spoken: &args.fingerprint,
        additional: false,
    };
    let approved = enrol::approve(
        &session.store,
        &session.keys,
        &request,
        decision,
        &place,
        session.now(),
    )?;
    session
        .store
        .try_write(|writer| session.note(writer, "enrol-approve", &approved.card.origin))?;
    Ok(EnrolFile {
        path: place.path(&approved.file.name).display().to_string(),
        fingerprint: approved.fingerprint,
    })
}

pub fn enrol_accept(session: &Session, args: EnrolAcceptArgs) -> Result<ExchangeStatus, Fault> {
    let approval = enrol_bytes(&args.path)?;
    let superior = enrol::accept(
        &session.store,
        &session.keys,
        &approval,
        &args.fingerprint,
        session.now(),
    )?;
    session.store.try_write(|writer| {
        name_superior(session, writer, &superior.institution)?;
        session.note(writer, "enrol-accept", &superior.origin)
    })?;
    status(session, Nothing {})
}

/// Writes the superior's code into the institution's own record, so that the tree is known on both sides.
fn name_superior(session: &Session, writer: &safety_store::Writer<'_>, superior: &str) -> Result<(), Fault> {
    let standard = session.standard_on(writer, session.today())?;
    let ledger = Session::role_ledger(&standard, SystemRole::Institution)?;
    let rows = account::current(writer, &ledger, Some(&session.meta.institution))?;
    let Some(row) = rows.into_iter().next() else {
        return Ok(());
    };
    let Some(mut body) = row.body else { return Ok(()) };
    if body.fields.get("superior").and_then(Value::as_str) == Some(superior) {
        return Ok(());
    }
    body.fields.insert("superior".to_owned(), superior.into());
    let lang = super::records::lang(session, writer)?;
    body.change = Some(crate::messages::word(lang, "core.superior_named"));
    let save = SaveArgs {
        ledger,
        id: Some(row.id.to_string()),
        base: Vec::new(),
        body,
        draft: None,
    };
    super::records::save_in(session, writer, &save).map(drop)
}

/// Passes progress on to the job; answers whether to stop.
fn tell(job: &Job) -> impl FnMut(Step) -> bool {
    |step| job.tell(step.name, step.done, step.total)
}

pub fn export(session: &Session, args: ExportArgs) -> Result<Exported, Fault> {
    let job = session.jobs.start(args.job.as_deref());
    let place = folder(session, &args.dir);
    let outside = outside(session);
    if let Some(dir) = outside.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let request = Request {
        from: args.from,
        outside: Some(&outside),
    };
    let written = safety_exchange::export(
        &session.store,
        &session.keys,
        &place,
        request,
        session.now(),
        &mut tell(&job),
    )?;
    session
        .store
        .try_write(|writer| session.note(writer, "bundle-export", &written.file.name))?;
    Ok(Exported {
        path: place.path(&written.file.name).display().to_string(),
        bytes: written.file.bytes,
        sha256: written.file.sha256.to_hex(),
        start: written.start,
        end: written.end,
        blobs: u32::try_from(written.blobs).unwrap_or(u32::MAX),
    })
}

pub fn import(session: &Session, args: ImportArgs) -> Result<Imported, Fault> {
    let job = session.jobs.start(args.job.as_deref());
    let path = Path::new(&args.path);
    let files = bundles(session, path)?;
    let outside = outside(session);
    if let Some(dir) = outside.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let outcomes = safety_exchange::import_many(
        &session.store,
        &session.keys,
        &files,
        Some(&outside),
        session.now(),
        &mut tell(&job),
    )?;
    let beside = if path.is_dir() { Some(path) } else { path.parent() };
    let reply_dir = args
        .reply_dir
        .as_deref()
        .map(Path::new)
        .or(beside)
        .unwrap_or(Path::new("."));
    let place = Folder::new(reply_dir, session.keys.origin());
    // Receipts are owed to those below; a superior's reply that was read before is owed none.
    let below: BTreeSet<String> = session.store.try_read(|reader| {
        let devices = safety_exchange::peers::devices(reader)?;
        let below = devices
            .into_iter()
            .filter(|device| device.role == Role::Subordinate);
        Ok::<_, Fault>(below.map(|device| device.card.institution).collect())
    })?;
    let mut answered: Vec<String> = Vec::new();
    let mut replies = Vec::new();
    for outcome in &outcomes {
        let owed = matches!(outcome.kind, OutcomeKind::Imported | OutcomeKind::Repeated);
        let sender = outcome.from.as_ref().map(|sender| sender.institution.clone());
        let Some(institution) =
            sender.filter(|code| owed && below.contains(code) && !answered.contains(code))
        else {
            continue;
        };
        let reply =
            safety_exchange::reply(&session.store, &session.keys, &institution, &place, session.now())?;
        replies.push(place.path(&reply.file.name).display().to_string());
        answered.push(institution);
    }
    session
        .store
        .try_write(|writer| session.note(writer, "bundle-import", &args.path))?;
    Ok(Imported {
        outcomes: outcomes.into_iter().map(outcome_view).collect(),
        replies,
    })
}

/// The bundle itself, or all bundles of a folder that may be for this device.
fn bundles(session: &Session, path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !path.is_dir() {
        plain_file(path)?;
        return Ok(vec![path.to_owned()]);
    }
    let files = safety_exchange::import::inbox(&Folder::new(path, session.keys.origin()), &session.keys)?;
    if files.is_empty() {
        return Err(Fault::new("no-bundles").with("path", path.display()));
    }
    Ok(files)
}

pub fn history(session: &Session, args: PageArgs) -> Result<Vec<ExchangeEvent>, Fault> {
    let events = session
        .store
        .read(|reader| reader.exchange_history(None, args.offset, args.limit.min(500)))?;
    Ok(events.into_iter().map(event_view).collect())
}

fn outcome_view(outcome: safety_exchange::Outcome) -> ImportOutcome {
    let own = outcome.from.as_ref().map(|sender| sender.origin.clone());
    let log = outcome
        .logs
        .iter()
        .find(|log| Some(&log.origin) == own.as_ref())
        .or(outcome.logs.first());
    let code = outcome.refusal.as_ref().map(|refusal| refusal.code().to_owned());
    ImportOutcome {
        path: outcome.path.display().to_string(),
        outcome: outcome.kind.name().to_owned(),
        next: code.as_ref().map(|code| format!("errors.{code}.next")),
        code,
        fields: outcome
            .refusal
            .as_ref()
            .map(safety_exchange::Refusal::fields)
            .unwrap_or_default(),
        institution: outcome.from.as_ref().map(|sender| sender.institution.clone()),
        new_entries: outcome.logs.iter().map(|log| log.added).sum(),
        held: log
            .map(|log| log.held)
            .or(outcome.receipts.iter().map(|receipt| receipt.size).max())
            .unwrap_or(0),
        name: outcome.from.map(|sender| sender.name),
    }
}

fn event_view(event: safety_store::receipts::ExchangeEvent) -> ExchangeEvent {
    let kind = match event.outcome.as_str() {
        "exported" => "export",
        "imported" | "repeated" => "import",
        "receipt" => "receipt",
        "replied" => "reply",
        "requested" | "approved" | "accepted" | "revoked" => "enrol",
        _ => "refusal",
    };
    let refused = kind == "refusal";
    ExchangeEvent {
        at: event.at,
        kind: kind.to_owned(),
        institution: event.peer,
        file: event.file,
        start: event.first,
        end: event.end,
        bytes: event.bytes,
        code: refused.then_some(event.outcome),
        fields: serde_json::from_str(&event.detail).unwrap_or_default(),
        sha256: event.sha256,
    }
}

impl From<safety_exchange::EnrolError> for Fault {
    fn from(error: safety_exchange::EnrolError) -> Self {
        Self::from_parts(error.code(), error.fields())
    }
}
