//! Duties: who, how often, and what proves them.

use super::{Check, fields, level_id};
use crate::standard::{Duty, Field, FieldKind, Frequency, SystemRole, Target};

const FILE: &str = "duties.json#";

pub(super) fn check(check: &mut Check<'_>) {
    let standard = check.standard;
    check.filled(FILE, &standard.duties);
    check.ids(FILE, standard.duties.iter().map(|d| d.id.as_str()));
    for duty in &standard.duties {
        let place = format!("{FILE}/{}", duty.id);
        check.text(&format!("{place}/title"), &duty.title);
        check.text(&format!("{place}/clause"), &duty.clause);
        check.text(&format!("{place}/basis/source"), &duty.basis.source);
        check.levels(&format!("{place}/levels"), &duty.levels);
        check.filled(&format!("{place}/posts"), &duty.posts);
        for post in &duty.posts {
            check.known(
                &format!("{place}/posts"),
                "standard-unknown-post",
                post,
                standard.post(post).is_some(),
            );
        }
        frequency(check, &format!("{place}/frequency"), &duty.frequency);
        overrides(check, &place, duty);
        evidence(check, &format!("{place}/evidence"), duty);
    }
}

fn frequency(check: &mut Check<'_>, path: &str, frequency: &Frequency) {
    match frequency {
        Frequency::Periodic { times: 0, .. } => {
            check.fault(&format!("{path}/times"), "standard-times-zero", &[]);
        }
        Frequency::Within { days: 0, .. } => {
            check.fault(&format!("{path}/days"), "standard-days-zero", &[("key", "days")]);
        }
        _ => {}
    }
}

/// Every override asks the profile, and none is hidden by an earlier one: the first that applies counts.
fn overrides(check: &mut Check<'_>, place: &str, duty: &Duty) {
    let standard = check.standard;
    let profile: Vec<&Field> = standard
        .system_ledger(SystemRole::Profile)
        .map(|ledger| standard.fields(ledger, None))
        .unwrap_or_default();
    for (index, other) in duty.overrides.iter().enumerate() {
        let path = format!("{place}/overrides/{index}");
        frequency(check, &format!("{path}/frequency"), &other.frequency);
        fields::condition(check, &format!("{path}/when"), &other.when, &profile);
        let taken: Vec<&String> = duty
            .overrides
            .iter()
            .take(index)
            .filter(|o| o.when.field == other.when.field)
            .flat_map(|o| &o.when.is)
            .collect();
        if !other.when.is.is_empty() && other.when.is.iter().all(|value| taken.contains(&value)) {
            check.fault(
                &path,
                "standard-override-unreachable",
                &[("field", &other.when.field)],
            );
        }
    }
}

fn evidence(check: &mut Check<'_>, path: &str, duty: &Duty) {
    let standard = check.standard;
    let evidence = &duty.evidence;
    let Some(ledger) = standard.ledger(&evidence.ledger) else {
        check.known(
            &format!("{path}/ledger"),
            "standard-unknown-ledger",
            &evidence.ledger,
            false,
        );
        return;
    };
    // Proof is looked for in the books of the institution that owes it; of each outlet, in that outlet's books.
    let elsewhere = evidence.target == Some(Target::EachOutlet) && evidence.target_field.is_none();
    for level in duty
        .levels
        .iter()
        .filter(|level| !elsewhere && !ledger.levels.contains(level))
    {
        check.fault(
            &format!("{path}/ledger"),
            "standard-evidence-level",
            &[("ledger", &ledger.id), ("level", level_id(*level))],
        );
    }
    let form = standard.fields(ledger, None);
    for (index, condition) in evidence.conditions.iter().enumerate() {
        fields::condition(check, &format!("{path}/conditions/{index}"), condition, &form);
    }
    let place = format!("{path}/target_field");
    match (&evidence.target_field, evidence.target) {
        (None, Some(Target::EachPerson)) => check.fault(&place, "standard-target-field-missing", &[]),
        (Some(id), target) => {
            let Some(field) = form.iter().find(|f| f.id == *id) else {
                check.known(&place, "standard-unknown-field", id, false);
                return;
            };
            let fits = match target {
                Some(Target::EachOutlet) => field.kind == FieldKind::Institution,
                Some(Target::EachPerson) => matches!(field.kind, FieldKind::Person | FieldKind::People),
                // Nothing to compare it with.
                None => false,
            };
            if !fits {
                check.fault(&place, "standard-target-field-kind", &[("field", id)]);
            }
        }
        (None, _) => {}
    }
}
