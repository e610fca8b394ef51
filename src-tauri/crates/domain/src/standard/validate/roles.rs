//! The ledgers that workflows rely on: without them, and without the fields they read, a standard is refused with the
//! list of what is missing.

use super::{Check, fields};
use crate::standard::{FieldKind, Ledger, SystemRole};

/// A field that a workflow reads, with the kinds it can be of.
type Needed = (&'static str, &'static [FieldKind]);

const TEXT: &[FieldKind] = &[FieldKind::Text, FieldKind::Multiline];
const DATE: &[FieldKind] = &[FieldKind::Date];
const NUMBER: &[FieldKind] = &[FieldKind::Integer];
const SELECT: &[FieldKind] = &[FieldKind::SelectOne];
const PERSON: &[FieldKind] = &[FieldKind::Person];
const POST: &[FieldKind] = &[FieldKind::Post];
const INSTITUTION: &[FieldKind] = &[FieldKind::Institution];
const FILE: &[FieldKind] = &[FieldKind::File, FieldKind::Image];

/// A role, its name in files, the fields it needs, and choices that a field must offer.
struct Role {
    role: SystemRole,
    id: &'static str,
    fields: &'static [Needed],
    choices: &'static [(&'static str, &'static [&'static str])],
}

const ROLES: [Role; 7] = [
    Role {
        role: SystemRole::Institution,
        id: "institution",
        fields: &[
            ("code", TEXT),
            ("name_zh", TEXT),
            ("name_en", TEXT),
            ("level", SELECT),
            ("superior", TEXT),
            ("opened", DATE),
            ("closed", DATE),
        ],
        choices: &[("level", &["head_office", "branch", "sub_branch", "outlet"])],
    },
    Role {
        role: SystemRole::Person,
        id: "person",
        fields: &[("name", TEXT), ("employee_no", TEXT), ("status", SELECT)],
        choices: &[],
    },
    Role {
        role: SystemRole::Appointment,
        id: "appointment",
        fields: &[
            ("person", PERSON),
            ("post", POST),
            ("institution", INSTITUTION),
            ("until", DATE),
        ],
        choices: &[],
    },
    Role {
        role: SystemRole::Profile,
        id: "profile",
        fields: &[],
        choices: &[],
    },
    Role {
        role: SystemRole::Letter,
        id: "letter",
        fields: &[
            ("letter_no", TEXT),
            ("template", SELECT),
            ("party_a", PERSON),
            ("party_b", PERSON),
            ("post", POST),
            ("institution", INSTITUTION),
            ("year", NUMBER),
            ("valid_from", DATE),
            ("valid_until", DATE),
            ("state", SELECT),
            ("signed_at", DATE),
            ("scan", FILE),
        ],
        choices: &[("state", &["prepared", "signed", "ended"])],
    },
    Role {
        role: SystemRole::Hazard,
        id: "hazard",
        fields: &[
            ("description", TEXT),
            ("grade", SELECT),
            ("deadline", DATE),
            ("owner", PERSON),
            ("state", SELECT),
            ("rechecker", PERSON),
            ("closed_at", DATE),
        ],
        choices: &[("state", &["registered", "closed"])],
    },
    Role {
        role: SystemRole::Exemption,
        id: "exemption",
        fields: &[
            ("duty", SELECT),
            ("period", TEXT),
            ("reason", TEXT),
            ("approver", PERSON),
        ],
        choices: &[],
    },
];

pub(super) fn check(check: &mut Check<'_>) {
    let standard = check.standard;
    for role in &ROLES {
        let mut players = standard.ledgers.iter().filter(|l| l.role == Some(role.role));
        let Some(ledger) = players.next() else {
            check.fault("ledgers#", "standard-system-ledger-missing", &[("role", role.id)]);
            continue;
        };
        for other in players {
            let path = format!("ledgers/{}.json#/role", other.id);
            check.fault(
                &path,
                "standard-system-ledger-duplicate",
                &[("role", role.id), ("ledger", &ledger.id)],
            );
        }
        needed(check, role, ledger);
    }
}

fn needed(check: &mut Check<'_>, role: &Role, ledger: &Ledger) {
    let place = format!("ledgers/{}.json#/fields", ledger.id);
    for (id, kinds) in role.fields {
        let named = [("ledger", ledger.id.as_str()), ("field", id)];
        match ledger.fields.iter().find(|f| f.id == *id) {
            None => check.fault(&place, "standard-system-field-missing", &named),
            Some(field) if !kinds.contains(&field.kind) => {
                check.fault(
                    &format!("{place}/{id}/kind"),
                    "standard-system-field-kind",
                    &named,
                );
            }
            Some(_) => {}
        }
    }
    for (id, choices) in role.choices {
        let list = ledger
            .fields
            .iter()
            .find(|f| f.id == *id)
            .and_then(|f| f.choices.as_deref());
        let Some((list, offered)) = list.and_then(|l| Some((l, fields::choice_ids(check.standard, l)?)))
        else {
            continue;
        };
        for choice in choices.iter().filter(|choice| !offered.contains(*choice)) {
            check.fault(
                &format!("choices.json#/{list}"),
                "standard-system-choice-missing",
                &[("ledger", &ledger.id), ("field", id), ("choice", choice)],
            );
        }
    }
}
