//! An institution as the rules need it: who it is, who holds which post, what its profile says, what lies below it.
//! Read from the records, at the depth that obligations and letters ask for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use safety_domain::appointment::{Appointment, Days};
use safety_domain::facts;
use safety_domain::institution::Level;
use safety_domain::letter::Place;
use safety_domain::obligation::{Exemption, Obligation, OutletBelow, Subject, Timeline, obligations};
use safety_domain::record::parse_day;
use safety_domain::standard::{Standard, SystemRole};
use safety_domain::text::Text;
use safety_exchange::Role;
use safety_exchange::peers::devices;
use safety_store::Reader;
use safety_store::records::{ListQuery, Row, Sort, SortBy};
use serde_json::{Map, Value};

use crate::error::Fault;
use crate::session::Session;
use crate::types::InstitutionBrief;

/// More rows than any institution's people or posts; a bound, not a page.
pub(crate) const ALL: u32 = 100_000;

/// An institution on record.
#[derive(Debug, Clone)]
pub(crate) struct Institution {
    pub brief: InstitutionBrief,
    pub opened: Option<NaiveDate>,
    pub closed: Option<NaiveDate>,
}

/// An appointment on record.
#[derive(Debug, Clone)]
pub(crate) struct Appointed {
    /// The record.
    pub record: String,
    /// Scope of responsibility, empty when the post's own holds.
    pub scope: String,
    pub appointment: Appointment,
}

/// Current records of one ledger, of one institution or of all, oldest act first.
pub(crate) fn current(
    reader: &Reader<'_>,
    ledger: &str,
    institution: Option<&str>,
) -> Result<Vec<Row>, Fault> {
    let query = ListQuery {
        institutions: institution.into_iter().map(str::to_owned).collect(),
        sort: vec![Sort {
            by: SortBy::Occurred,
            descending: false,
        }],
        ..ListQuery::of_ledger(ledger, ALL)
    };
    Ok(reader.list(&query)?.rows)
}

fn text<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v str> {
    fields
        .get(name)
        .and_then(Value::as_str)
        .filter(|value| !value.is_empty())
}

fn day(fields: &Map<String, Value>, name: &str) -> Option<NaiveDate> {
    text(fields, name).and_then(parse_day)
}

/// All institutions known, by code: this one, the superior it is enrolled at, those enrolled below, and all whose own
/// records have come in.
pub(crate) fn institutions(
    session: &Session,
    reader: &Reader<'_>,
    standard: &Standard,
) -> Result<BTreeMap<String, Institution>, Fault> {
    let ledger = Session::role_ledger(standard, SystemRole::Institution)?;
    let mut found = BTreeMap::new();
    for device in devices(reader)? {
        let superior = match device.role {
            Role::Superior => None,
            Role::Subordinate => Some(session.meta.institution.clone()),
            // Its own record, which comes with its log, says whom it belongs to.
            Role::Relayed => continue,
        };
        let card = device.card;
        let brief = InstitutionBrief {
            code: card.institution.clone(),
            name: card.name,
            level: card.level,
            superior,
        };
        found.insert(
            card.institution,
            Institution {
                brief,
                opened: None,
                closed: None,
            },
        );
    }
    for row in current(reader, &ledger, None)? {
        let Some(body) = row.body else { continue };
        let fields = &body.fields;
        let code = text(fields, "code").unwrap_or(&row.institution).to_owned();
        // Everybody speaks for themselves: what one institution writes about another renames nobody.
        if code != row.institution {
            continue;
        }
        let level = fields
            .get("level")
            .cloned()
            .and_then(|level| serde_json::from_value(level).ok());
        let brief = InstitutionBrief {
            code: code.clone(),
            name: Text::new(
                text(fields, "name_zh").unwrap_or(&code),
                text(fields, "name_en").unwrap_or_default(),
            ),
            level: level.unwrap_or(Level::Outlet),
            superior: text(fields, "superior").map(str::to_owned),
        };
        found.insert(
            code,
            Institution {
                brief,
                opened: day(fields, "opened"),
                closed: day(fields, "closed"),
            },
        );
    }
    Ok(found)
}

/// Appointments on record, of one institution's records or of all.
pub(crate) fn appointments(
    reader: &Reader<'_>,
    standard: &Standard,
    institution: Option<&str>,
) -> Result<Vec<Appointed>, Fault> {
    let ledger = Session::role_ledger(standard, SystemRole::Appointment)?;
    let rows = current(reader, &ledger, institution)?;
    let own: BTreeSet<String> = rows.iter().map(|row| row.institution.clone()).collect();
    let mut found = Vec::new();
    for row in rows {
        let Some(body) = row.body else { continue };
        let Some(appointment) = facts::appointment(&body) else {
            continue;
        };
        // An outlet names its superior's leaders for its letters; where the superior's own appointments are known,
        // those count, and nobody holds a post twice.
        if appointment.institution != row.institution && own.contains(&appointment.institution) {
            continue;
        }
        let scope = text(&body.fields, "scope").unwrap_or_default().to_owned();
        found.push(Appointed {
            record: row.id.to_string(),
            scope,
            appointment,
        });
    }
    Ok(found)
}

/// Places in the tree, for finding who signs with whom. A superior that is only named is a place, too.
pub(crate) fn places(institutions: &BTreeMap<String, Institution>) -> Vec<Place> {
    let mut places: BTreeMap<String, Option<String>> = BTreeMap::new();
    for institution in institutions.values() {
        places.insert(institution.brief.code.clone(), institution.brief.superior.clone());
        if let Some(superior) = &institution.brief.superior {
            places.entry(superior.clone()).or_insert(None);
        }
    }
    places
        .into_iter()
        .map(|(code, parent)| Place { code, parent })
        .collect()
}

/// Codes of the institutions above, as far as they are on record, nearest first.
pub(crate) fn superiors(institutions: &BTreeMap<String, Institution>, code: &str) -> Vec<String> {
    let mut chain = Vec::new();
    let mut at = code;
    while let Some(above) = institutions
        .get(at)
        .and_then(|institution| institution.brief.superior.as_deref())
    {
        // A circle in the records must not hang the program.
        if above == code || chain.iter().any(|known| known == above) {
            break;
        }
        chain.push(above.to_owned());
        at = above;
    }
    chain
}

/// The institution as obligations see it.
pub(crate) fn subject(
    reader: &Reader<'_>,
    standard: &Standard,
    institutions: &BTreeMap<String, Institution>,
    code: &str,
) -> Result<Subject, Fault> {
    let institution = institutions
        .get(code)
        .ok_or_else(|| Fault::new("institution-unknown").with("institution", code))?;
    let profile_ledger = standard
        .system_ledger(SystemRole::Profile)
        .map(|ledger| ledger.id.as_str());
    let profile = match profile_ledger {
        Some(ledger) => current(reader, ledger, Some(code))?
            .pop()
            .and_then(|row| row.body)
            .map(|body| body.fields),
        None => None,
    };
    let below = |other: &&Institution| {
        other.brief.level == Level::Outlet
            && other.brief.superior.as_deref() == Some(code)
            && other.brief.code != code
    };
    Ok(Subject {
        institution: code.to_owned(),
        level: institution.brief.level,
        opened: institution.opened,
        closed: institution.closed,
        profile: profile.unwrap_or_default(),
        outlets: institutions
            .values()
            .filter(below)
            .map(|outlet| OutletBelow {
                code: outlet.brief.code.clone(),
                opened: outlet.opened,
                closed: outlet.closed,
            })
            .collect(),
        appointments: appointments(reader, standard, None)?
            .into_iter()
            .map(|a| a.appointment)
            .collect(),
        superiors: superiors(institutions, code),
        events: Vec::new(),
    })
}

/// The obligations of an institution that have a day in `window`.
pub(crate) fn owed(
    session: &Session,
    reader: &Reader<'_>,
    institutions: &BTreeMap<String, Institution>,
    code: &str,
    window: Days,
) -> Result<Vec<Obligation>, Fault> {
    /// The longest period is a year; an act shortly after a period may still make up for it.
    const MARGIN: chrono::Days = chrono::Days::new(370);
    let timeline: Timeline = session.timeline(reader);
    let standard = session.standard_on(reader, session.today())?;
    let subject = subject(reader, &standard, institutions, code)?;
    let mut ledgers: Vec<&str> = timeline
        .versions()
        .flat_map(|standard| &standard.duties)
        .filter(|duty| duty.levels.contains(&subject.level))
        .map(|duty| duty.evidence.ledger.as_str())
        .collect();
    ledgers.sort_unstable();
    ledgers.dedup();
    let from = window
        .from
        .checked_sub_days(MARGIN)
        .unwrap_or(window.from)
        .to_string();
    let until = window
        .until
        .checked_add_days(MARGIN)
        .unwrap_or(window.until)
        .to_string();
    let evidence = reader.evidence(&ledgers, code, &from, &until)?;
    let exemptions = exemptions(reader, &standard, code)?;
    Ok(obligations(
        &timeline,
        &subject,
        &evidence,
        &exemptions,
        window,
        session.today(),
    ))
}

fn exemptions(reader: &Reader<'_>, standard: &Standard, code: &str) -> Result<Vec<Exemption>, Fault> {
    let Some(ledger) = standard.system_ledger(SystemRole::Exemption) else {
        return Ok(Vec::new());
    };
    let rows = current(reader, &ledger.id, Some(code))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| facts::exemption(row.id, &row.institution, row.body.as_ref()?))
        .collect())
}
