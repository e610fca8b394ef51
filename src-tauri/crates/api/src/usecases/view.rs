//! Records as lists and details show them: names looked up, sensitive values masked, the state of the exchange told.

use std::collections::BTreeMap;
use std::sync::Arc;

use safety_domain::projection::mask_identity;
use safety_domain::standard::{Field, FieldKind, Standard};
use safety_domain::text::Lang;
use safety_store::Reader;
use safety_store::records::{Row, Version};
use serde_json::{Map, Value};

use crate::error::Fault;
use crate::names::Names;
use crate::session::Session;
use crate::standing::{self, HeldUp};
use crate::types::{RecordRow, RecordVersion};

/// Masks sensitive values, in the rows of repeats as well.
fn mask(fields: &[&Field], values: &mut Map<String, Value>) {
    for field in fields {
        match values.get_mut(&field.id) {
            Some(Value::String(value)) if field.sensitive => *value = mask_identity(value),
            Some(Value::Array(rows)) if field.kind == FieldKind::Repeat => {
                let parts: Vec<&Field> = field.fields.iter().collect();
                for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                    mask(&parts, row);
                }
            }
            // Whatever it holds, it is not for lists.
            Some(value) if field.sensitive => *value = Value::Null,
            _ => {}
        }
    }
}

/// Turns stored rows into what is shown.
pub(crate) struct Viewer<'s, 'r, 'a> {
    reader: &'r Reader<'a>,
    session: &'s Session,
    standard: Arc<Standard>,
    lang: Lang,
    held: HeldUp,
    names: Names<'r, 'a>,
}

impl<'s, 'r, 'a> Viewer<'s, 'r, 'a> {
    pub(crate) fn new(session: &'s Session, reader: &'r Reader<'a>) -> Result<Self, Fault> {
        let lang = super::records::lang(session, reader)?;
        Ok(Self {
            reader,
            session,
            standard: session.standard_on(reader, session.today())?,
            lang,
            held: standing::held_up(reader)?,
            names: Names::new(reader, lang),
        })
    }

    /// A row of a list.
    pub(crate) fn row(&mut self, row: &Row) -> RecordRow {
        let ledger = self.standard.ledger(&row.ledger);
        self.names.institution(&row.institution);
        let mut fields = row
            .body
            .as_ref()
            .map(|body| body.fields.clone())
            .unwrap_or_default();
        if let Some(ledger) = ledger {
            self.names.record(&self.standard, ledger, &fields);
            let class = fields.get("class").and_then(Value::as_str).map(str::to_owned);
            mask(&self.standard.fields(ledger, class.as_deref()), &mut fields);
        }
        RecordRow {
            id: row.id.to_string(),
            ledger: row.ledger.clone(),
            institution: row.institution.clone(),
            occurred: row.occurred.clone(),
            recorded: row.created.to_rfc3339(),
            author: self.names.person(&row.author),
            title: if self.lang == Lang::En && !row.title_en.is_empty() {
                &row.title_en
            } else {
                &row.title
            }
            .clone(),
            open: row.open,
            due: row.due.clone(),
            late: row.late,
            withdrawn: row.withdrawn,
            versions: row.versions,
            conflict: row.conflict,
            files: row
                .body
                .as_ref()
                .map_or(0, |body| u32::try_from(body.files.len()).unwrap_or(u32::MAX)),
            exchange: self.held.state(row.pos),
            fields,
        }
    }

    /// A version of a record with the bounds of the time at which it was written.
    pub(crate) fn version(&mut self, version: &Version) -> Result<RecordVersion, Fault> {
        Ok(RecordVersion {
            reference: version.name.clone(),
            at: version.at.to_rfc3339(),
            author: self.names.person(&version.by),
            standard: version.standard.clone(),
            body: version
                .body
                .clone()
                .unwrap_or_else(|| crate::session::body("", Value::Null)),
            leaf: version.leaf.to_hex(),
            not_after: standing::not_after(self.reader, version.pos)?.map(|time| time.to_rfc3339()),
            not_before: None,
        })
    }

    /// Names of everything shown so far.
    pub(crate) fn into_names(mut self) -> BTreeMap<String, String> {
        let own = self.session.meta.institution.clone();
        self.names.institution(&own);
        self.names.into_map()
    }
}
