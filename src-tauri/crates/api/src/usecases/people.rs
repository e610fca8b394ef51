//! Institutions, people and posts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use safety_domain::directory::Directory;
use safety_domain::record::parse_day;
use safety_domain::standard::SystemRole;
use safety_domain::text::Lang;
use safety_store::Reader;
use safety_store::records::{FieldFilter, ListQuery, StoreDirectory, Test};
use serde_json::Value;

use crate::account::{self, Appointed};
use crate::error::Fault;
use crate::paper::Imprint;
use crate::session::Session;
use crate::types::*;

/// How many rows a look-up offers.
const OFFERED: u32 = 30;

/// This institution in one line.
pub(crate) fn brief(session: &Session, reader: &Reader<'_>) -> Result<InstitutionBrief, Fault> {
    let standard = session.standard_on(reader, session.today())?;
    let code = &session.meta.institution;
    let known = account::institutions(session, reader, &standard)?
        .remove(code)
        .map(|institution| institution.brief);
    Ok(known.unwrap_or_else(|| InstitutionBrief {
        code: code.clone(),
        name: safety_domain::text::Text::new(code, code),
        level: session.meta.level,
        superior: None,
    }))
}

/// What papers of this institution say about where they come from.
pub(crate) fn imprint(session: &Session, lang: Lang) -> Result<Imprint, Fault> {
    let institution = session.store.try_read(|reader| brief(session, reader))?;
    Ok(Imprint {
        lang,
        institution: institution.name.get(lang).to_owned(),
        demo: session.meta.demo,
        now: session.now(),
    })
}

/// Name of a person on record.
pub(crate) fn person_name(reader: &Reader<'_>, person: &str) -> Result<Option<String>, Fault> {
    Ok(StoreDirectory::partial(reader).person(person))
}

pub fn institutions(session: &Session, _: Nothing) -> Result<Vec<InstitutionBrief>, Fault> {
    session.store.try_read(|reader| {
        let standard = session.standard_on(reader, session.today())?;
        let all = account::institutions(session, reader, &standard)?;
        Ok(all.into_values().map(|institution| institution.brief).collect())
    })
}

pub fn lookup(session: &Session, args: LookupArgs) -> Result<Vec<LookupRow>, Fault> {
    session.store.try_read(|reader| {
        let standard = session.standard_on(reader, session.today())?;
        let lang = super::records::lang(session, reader)?;
        let institution = args
            .institution
            .unwrap_or_else(|| session.meta.institution.clone());
        let ledgers = match args.kind {
            LookupKind::Institution => {
                let wanted = args.text.trim().to_lowercase();
                let all = account::institutions(session, reader, &standard)?;
                return Ok(all
                    .into_values()
                    .map(|institution| institution.brief)
                    .filter(|brief| {
                        [&brief.code, &brief.name.zh, &brief.name.en]
                            .iter()
                            .any(|text| text.to_lowercase().contains(&wanted))
                    })
                    .take(OFFERED as usize)
                    .map(|brief| LookupRow {
                        label: brief.name.get(lang).to_owned(),
                        detail: brief.code.clone(),
                        id: brief.code,
                    })
                    .collect());
            }
            LookupKind::Person => vec![Session::role_ledger(&standard, SystemRole::Person)?],
            LookupKind::Record => args.ledgers.unwrap_or_default(),
            LookupKind::Facility => standard
                .ledgers
                .iter()
                .filter(|ledger| ledger.facility_group.is_some())
                .map(|ledger| ledger.id.clone())
                .collect(),
        };
        let left = FieldFilter {
            field: "status".to_owned(),
            test: Test::In(vec![Value::from("left")]),
        };
        let query = ListQuery {
            ledgers,
            institutions: vec![institution],
            text: super::records::search_text(&args.text)?,
            limit: OFFERED,
            ..ListQuery::default()
        };
        let gone: Vec<_> = match args.kind {
            LookupKind::Person => {
                let former = ListQuery {
                    fields: vec![left],
                    limit: 1000,
                    ..query.clone()
                };
                reader.list(&former)?.rows.into_iter().map(|row| row.id).collect()
            }
            _ => Vec::new(),
        };
        let text = |fields: &serde_json::Map<String, Value>, name: &str| {
            fields
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let mut found = Vec::new();
        for row in reader.list(&query)?.rows {
            let Some(body) = row.body.filter(|_| !gone.contains(&row.id)) else {
                continue;
            };
            let (label, detail) = match args.kind {
                LookupKind::Person => {
                    let detail = [text(&body.fields, "employee_no"), text(&body.fields, "title")];
                    (text(&body.fields, "name"), detail.join(" ").trim().to_owned())
                }
                _ if lang == Lang::En && !row.title_en.is_empty() => {
                    (row.title_en, text(&body.fields, "location"))
                }
                LookupKind::Record => (row.title, body.occurred.chars().take(10).collect()),
                _ => (row.title, text(&body.fields, "location")),
            };
            found.push(LookupRow {
                id: row.id.to_string(),
                label,
                detail,
            });
        }
        Ok(found)
    })
}

pub fn posts(session: &Session, args: PostsArgs) -> Result<Vec<PostView>, Fault> {
    let day = match &args.on {
        Some(day) => parse_day(day).ok_or_else(|| Fault::new("date-wrong").with("value", day))?,
        None => session.today(),
    };
    session.store.try_read(|reader| {
        let standard = session.standard_on(reader, day)?;
        let institutions = account::institutions(session, reader, &standard)?;
        let code = args
            .institution
            .clone()
            .unwrap_or_else(|| session.meta.institution.clone());
        let level = institutions
            .get(&code)
            .map(|institution| institution.brief.level)
            .ok_or_else(|| Fault::new("institution-unknown").with("institution", &code))?;
        let directory = StoreDirectory::partial(reader);
        let mut by_post: BTreeMap<String, Vec<Appointed>> = BTreeMap::new();
        for appointed in account::appointments(reader, &standard, None)? {
            if appointed.appointment.institution == code {
                by_post
                    .entry(appointed.appointment.post.clone())
                    .or_default()
                    .push(appointed);
            }
        }
        let view = |appointed: &Appointed| HolderView {
            appointment: appointed.record.clone(),
            name: directory
                .person(&appointed.appointment.person)
                .unwrap_or_default(),
            person: appointed.appointment.person.clone(),
            from: appointed.appointment.from.to_string(),
            until: appointed.appointment.until.map(|day| day.to_string()),
            scope: appointed.scope.clone(),
        };
        Ok(standard
            .posts
            .iter()
            .filter(|post| post.levels.contains(&level))
            .map(|post| {
                let known = by_post.remove(&post.id).unwrap_or_default();
                let holders: Vec<_> = known
                    .iter()
                    .filter(|a| a.appointment.covers(day))
                    .map(view)
                    .collect();
                let ended = |a: &&Appointed| a.appointment.until.is_some_and(|until: NaiveDate| until < day);
                PostView {
                    post: post.id.clone(),
                    title: post.title.clone(),
                    summary: post.summary.clone(),
                    leading: post.leading,
                    vacant: holders.is_empty(),
                    holders,
                    former: known.iter().rev().filter(ended).map(view).collect(),
                    duties: standard
                        .duties
                        .iter()
                        .filter(|duty| duty.posts.contains(&post.id) && duty.levels.contains(&level))
                        .map(|duty| duty.id.clone())
                        .collect(),
                }
            })
            .collect())
    })
}
