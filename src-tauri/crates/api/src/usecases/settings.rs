//! Settings of this PC, the standards in force, who did what, verification and backup.

use std::path::Path;
use std::sync::atomic::Ordering;

use safety_domain::standard::Standard;
use safety_store::{Reader, Writer};

use crate::access::Access;
use crate::error::Fault;
use crate::session::{LOCK_AFTER_MINUTES, Session};
use crate::types::*;

const KEY: &str = "settings";

/// The settings, or the first ones.
pub(crate) fn read(session: &Session, reader: &Reader<'_>) -> Result<Settings, Fault> {
    Ok(reader.setting(KEY)?.unwrap_or(Settings {
        lang: session.environment.system_lang,
        lock_after_minutes: LOCK_AFTER_MINUTES,
        exchange_dir: None,
        print_dir: None,
    }))
}

pub(crate) fn store(writer: &Writer<'_>, settings: &Settings) -> Result<(), Fault> {
    Ok(writer.set_setting(KEY, settings)?)
}

pub fn get(session: &Session, _: Nothing) -> Result<Settings, Fault> {
    session.store.try_read(|reader| read(session, reader))
}

pub fn set(session: &Session, args: Settings) -> Result<Settings, Fault> {
    if !(1..=240).contains(&args.lock_after_minutes) {
        return Err(Fault::new("lock-minutes-wrong")
            .with("least", 1)
            .with("most", 240));
    }
    let before = session.store.try_read(|reader| read(session, reader))?;
    if args.lock_after_minutes != before.lock_after_minutes {
        session.require(Access::Head)?;
    }
    session.store.try_write(|writer| store(writer, &args))?;
    session
        .lock_after_minutes
        .store(args.lock_after_minutes, Ordering::Relaxed);
    Ok(args)
}

pub fn activity(session: &Session, args: PageArgs) -> Result<Vec<ActivityRow>, Fault> {
    let rows = session
        .store
        .read(|reader| reader.activity(args.offset, args.limit.min(500)))?;
    Ok(rows
        .into_iter()
        .map(|row| ActivityRow {
            at: row.at,
            user: row.user,
            action: row.action,
            subject: row.subject,
        })
        .collect())
}

pub fn verify(session: &Session, _: Nothing) -> Result<VerifyReport, Fault> {
    let report = session
        .store
        .verify_with(&[session.keys.cosigner().verifier().clone()])?;
    Ok(VerifyReport {
        logs: report
            .logs
            .into_iter()
            .map(|log| VerifiedLog {
                origin: log.origin,
                size: log.size,
                root: log.root,
                receipted: log.receipted,
            })
            .collect(),
        differences: report
            .differences
            .into_iter()
            .map(|difference| DifferenceView {
                code: difference.code().to_owned(),
                fields: difference.fields(),
            })
            .collect(),
    })
}

pub fn backup(session: &Session, args: DirArgs) -> Result<WrittenFile, Fault> {
    let now = session.now();
    let name = format!(
        "{}-{}.backup.db",
        session.meta.institution,
        now.format("%Y%m%d-%H%M%S")
    );
    let path = Path::new(&args.dir).join(name);
    session.store.backup_to(&path)?;
    session
        .store
        .try_write(|writer| session.note(writer, "backup", &path.display().to_string()))?;
    Ok(WrittenFile {
        bytes: std::fs::metadata(&path)?.len(),
        path: path.display().to_string(),
        pages: None,
    })
}

pub fn standard_current(session: &Session, _: Nothing) -> Result<Standard, Fault> {
    session
        .store
        .try_read(|reader| Ok(session.standard_on(reader, session.today())?.as_ref().clone()))
}

pub fn standards(session: &Session, _: Nothing) -> Result<Vec<StandardBrief>, Fault> {
    session.store.try_read(|reader| {
        let timeline = session.timeline(reader);
        let current = timeline.on(session.today()).map(|standard| standard.reference());
        Ok(timeline
            .versions()
            .map(|standard| StandardBrief {
                in_force: current.as_ref() == Some(&standard.reference()),
                reference: standard.reference(),
                title: standard.title.clone(),
                effective_from: standard.effective_from.to_string(),
            })
            .collect())
    })
}
