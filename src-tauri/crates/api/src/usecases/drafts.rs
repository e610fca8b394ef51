//! Drafts: saved on every change, offered again, never records.

use safety_store::Writer;
use safety_store::drafts::Draft;

use super::records::record_id;
use crate::error::Fault;
use crate::session::Session;
use crate::types::*;

/// A draft is a form; more than this is not one.
const LONGEST: usize = 1024 * 1024;

pub fn save(session: &Session, args: DraftSaveArgs) -> Result<DraftView, Fault> {
    if args.content.to_string().len() > LONGEST {
        return Err(Fault::new("draft-too-large").with("limit", LONGEST));
    }
    let id = match &args.id {
        Some(id) => record_id(id)?,
        None => session.new_id()?,
    };
    let record = args.record.as_deref().map(record_id).transpose()?;
    let draft_of_other = |draft: Draft| draft.user != session.user.name;
    let draft = Draft {
        id,
        user: session.user.name.clone(),
        ledger: args.ledger,
        record,
        content: args.content,
        created: session.now().to_rfc3339(),
        updated: session.now().to_rfc3339(),
    };
    session.store.try_write(|writer| {
        if writer.draft(id)?.is_some_and(draft_of_other) {
            return Err(Fault::new("draft-of-other-user"));
        }
        Ok(writer.save_draft(&draft)?)
    })?;
    Ok(view(draft))
}

pub fn list(session: &Session, _: Nothing) -> Result<Vec<DraftView>, Fault> {
    Ok(session
        .store
        .read(|reader| reader.drafts(&session.user.name))?
        .into_iter()
        .map(view)
        .collect())
}

pub fn discard(session: &Session, args: IdArgs) -> Result<Done, Fault> {
    session
        .store
        .try_write(|writer| remove(session, writer, &args.id))?;
    Ok(Done {})
}

/// Removes a draft of this user; one that is gone already is no fault.
pub(crate) fn remove(session: &Session, writer: &Writer<'_>, id: &str) -> Result<(), Fault> {
    let id = record_id(id)?;
    match writer.draft(id)? {
        Some(draft) if draft.user != session.user.name => Err(Fault::new("draft-of-other-user")),
        _ => {
            writer.remove_draft(id)?;
            Ok(())
        }
    }
}

pub(crate) fn view(draft: Draft) -> DraftView {
    DraftView {
        id: draft.id.to_string(),
        ledger: draft.ledger,
        record: draft.record.map(|id| id.to_string()),
        updated: draft.updated,
        content: draft.content,
    }
}
