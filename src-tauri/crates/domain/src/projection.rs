//! What lists, searches and obligations need of a record, derived from its bytes alone so that every store derives
//! the same.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::choices;
use crate::directory::Directory;
use crate::display::Words;
use crate::record::{Occurred, RecordBody, parse_day};
use crate::standard::{Field, FieldKind, Ledger, Standard};
use crate::text::Lang;
use crate::validate::class_of;

/// Between the parts of a title line.
const SEPARATOR: &str = " · ";

/// Columns derived from a record version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projection {
    /// Title line from the ledger's summary fields, in Chinese; empty if none of them is filled in.
    pub title: String,
    /// Day of the act, +08:00; none if unreadable.
    pub occurred: Option<NaiveDate>,
    /// Value of the ledger's state field.
    pub state: Option<String>,
    /// The state says it still has to be dealt with.
    pub open: bool,
    /// The state, or a failed item of a checklist, is shown in red.
    pub bad: bool,
    /// Until when it has to be dealt with.
    pub due: Option<NaiveDate>,
    /// Everything in it that people would search for, both languages, without sensitive values; one line per value.
    pub search: String,
}

/// Derives the columns of a record of `ledger`. Of a ledger that the standard does not know only the day of the act
/// is derived, and values of unknown fields are in no column: nobody has said whether they are sensitive.
pub fn project(
    standard: &Standard,
    ledger: &str,
    body: &RecordBody,
    directory: &dyn Directory,
) -> Projection {
    let mut projection = Projection {
        occurred: occurred_day(&body.occurred),
        ..Projection::default()
    };
    let Some(ledger) = standard.ledger(ledger) else {
        return projection;
    };
    let fields = standard.fields(ledger, class_of(body));
    let words = |lang| Words {
        standard,
        ledger,
        directory,
        lang,
    };
    projection.title = title(&words(Lang::Zh), &fields, &ledger.summary, &body.fields);
    projection.search = search(&words(Lang::Zh), &words(Lang::En), &fields, body);
    projection.state = ledger.state_field.as_ref().and_then(|id| text(&body.fields, id));
    if !body.withdrawn {
        let choice = state_choice(standard, ledger, &fields, projection.state.as_deref());
        projection.open = choice.is_some_and(|choice| choice.open);
        projection.bad =
            choice.is_some_and(|choice| choice.bad) || failed_items(&fields, &body.fields).next().is_some();
        if projection.open || ledger.state_field.is_none() {
            projection.due = ledger
                .due_field
                .as_ref()
                .and_then(|id| text(&body.fields, id))
                .and_then(|day| read_day(&day));
        }
    }
    projection
}

/// Title lines of a record in both languages: choices and posts by their labels in each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Titles {
    /// In Chinese, as in [`Projection::title`].
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Title lines alone, for lists, which need nothing else of a [`Projection`]. Empty for an unknown ledger.
pub fn titles(standard: &Standard, ledger: &str, body: &RecordBody, directory: &dyn Directory) -> Titles {
    let Some(ledger) = standard.ledger(ledger) else {
        return Titles::default();
    };
    let fields = standard.fields(ledger, class_of(body));
    let title = |lang| {
        let words = Words {
            standard,
            ledger,
            directory,
            lang,
        };
        title(&words, &fields, &ledger.summary, &body.fields)
    };
    Titles {
        zh: title(Lang::Zh),
        en: title(Lang::En),
    }
}

/// Dates in a record that it has to be renewed before (certificate, warranty, service), by field, in order.
pub fn expiries(standard: &Standard, ledger: &str, body: &RecordBody) -> Vec<(String, NaiveDate)> {
    let Some(ledger) = standard.ledger(ledger).filter(|_| !body.withdrawn) else {
        return Vec::new();
    };
    standard
        .fields(ledger, class_of(body))
        .into_iter()
        .filter(|field| field.expires)
        .filter_map(|field| {
            Some((
                field.id.clone(),
                parse_day(body.fields.get(&field.id)?.as_str()?)?,
            ))
        })
        .collect()
}

/// Checklist items found failed, as field and item.
pub fn failed_items<'a>(
    fields: &'a [&'a Field],
    values: &'a Map<String, Value>,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    fields
        .iter()
        .filter(|field| field.kind == FieldKind::Checklist)
        .filter_map(|field| Some((field.id.as_str(), values.get(&field.id)?.as_object()?)))
        .flat_map(|(field, verdicts)| {
            verdicts
                .iter()
                .filter(|(_, given)| given.get("verdict").and_then(Value::as_str) == Some("fail"))
                .map(move |(item, _)| (field, item.as_str()))
        })
}

fn state_choice<'a>(
    standard: &'a Standard,
    ledger: &Ledger,
    fields: &[&Field],
    state: Option<&str>,
) -> Option<&'a crate::standard::Choice> {
    let field = fields
        .iter()
        .find(|f| Some(&f.id) == ledger.state_field.as_ref())?;
    choices::choice(standard, field.choices.as_deref()?, state?)
}

fn text(values: &Map<String, Value>, id: &str) -> Option<String> {
    values
        .get(id)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A due date may be kept to the day or to the minute.
fn read_day(text: &str) -> Option<NaiveDate> {
    Occurred::parse(text).map(Occurred::day)
}

fn title(words: &Words<'_>, fields: &[&Field], summary: &[String], values: &Map<String, Value>) -> String {
    let parts: Vec<String> = summary
        .iter()
        .filter_map(|id| {
            let field = fields.iter().find(|f| f.id == *id)?;
            let shown = words.show_masked(field, values.get(id)?);
            let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            (!line.is_empty()).then_some(line)
        })
        .collect();
    parts.join(SEPARATOR)
}

fn search(zh: &Words<'_>, en: &Words<'_>, fields: &[&Field], body: &RecordBody) -> String {
    let mut lines = Vec::new();
    gather(zh, en, fields, &body.fields, &mut lines);
    lines.extend(body.late.iter().map(|late| late.reason.clone()));
    lines.extend(body.change.clone());
    let sensitive = |id: &Option<String>| fields.iter().any(|f| f.sensitive && Some(&f.id) == id.as_ref());
    lines.extend(
        body.files
            .iter()
            .filter(|file| !sensitive(&file.field))
            .map(|file| file.name.clone()),
    );
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

fn gather(
    zh: &Words<'_>,
    en: &Words<'_>,
    fields: &[&Field],
    values: &Map<String, Value>,
    lines: &mut Vec<String>,
) {
    for field in fields.iter().filter(|field| !field.sensitive) {
        match (field.kind, values.get(&field.id)) {
            (_, None) => {}
            (FieldKind::Repeat, Some(Value::Array(rows))) => {
                let inner: Vec<&Field> = field.fields.iter().collect();
                for row in rows.iter().filter_map(Value::as_object) {
                    gather(zh, en, &inner, row, lines);
                }
            }
            (FieldKind::Checklist, Some(Value::Object(verdicts))) => {
                for (id, given) in verdicts {
                    lines.extend(given.get("remark").and_then(Value::as_str).map(str::to_owned));
                    if given.get("verdict").and_then(Value::as_str) == Some("fail") {
                        let items = choices::check_items(zh.standard, field);
                        for item in items.into_iter().filter(|item| item.id == *id) {
                            lines.extend([item.text.zh.clone(), item.text.en.clone()]);
                        }
                    }
                }
            }
            (kind, Some(value)) => {
                lines.push(zh.show(field, value));
                // All other values read the same in both languages.
                if matches!(
                    kind,
                    FieldKind::SelectOne | FieldKind::SelectMultiple | FieldKind::Post
                ) {
                    lines.push(en.show(field, value));
                }
            }
        }
    }
}

/// The day in `occurred`, local time (+08:00): `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM[:SS]` or RFC 3339 with offset.
pub fn occurred_day(occurred: &str) -> Option<NaiveDate> {
    Occurred::parse(occurred).map(Occurred::day)
}

/// An identity or other sensitive value as it may be shown (脱敏): the first 3 and last 2 characters stay. Of a value
/// shorter than 8 only the first stays.
pub fn mask_identity(value: &str) -> String {
    let length = value.chars().count();
    let (head, tail) = if length >= 8 { (3, 2) } else { (length.min(1), 0) };
    // A single character, such as a short name, hides nothing by being shown.
    let head = if length == 1 { 0 } else { head };
    value
        .chars()
        .enumerate()
        .map(|(i, c)| if i < head || i + tail >= length { c } else { '*' })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixture::{Names, OUTLET, day, ledgered};

    fn body(fields: Value) -> RecordBody {
        serde_json::from_value(json!({"occurred": "2026-11-23T23:30:00Z", "fields": fields,
            "files": [{"sha256": "", "name": "现场.jpg", "type": "", "size": 0},
                {"sha256": "", "name": "身份证.jpg", "type": "", "size": 0, "field": "identity"}],
            "late": {"reason": "停电"}}))
        .unwrap()
    }

    #[test]
    fn title_and_search_are_for_people_and_hide_what_is_sensitive() {
        let body = body(
            json!({"title": "演练\n一", "drill": "E03", "who": "p1", "team": ["p1", "p2"], "post": "P1",
            "place": OUTLET, "item": "f1", "identity": "330106199001011234", "photo": ["abc"], "count": 7,
            "items": {"C41": {"verdict": "fail", "remark": "压力不足"}, "C42": {"verdict": "pass"}},
            "steps": [{"what": "按钮", "secret": "密码"}], "stranger": "谁知道"}),
        );
        let found = project(&ledgered(), "all", &body, &Names);
        assert_eq!(found.title, "演练 一 · 火灾疏散 · 张𠮷");
        assert_eq!(
            titles(&ledgered(), "all", &body, &Names),
            Titles {
                zh: found.title.clone(),
                en: "演练 一 · Fire evacuation · 张𠮷".to_owned()
            }
        );
        // 23:30 UTC is the next morning here.
        assert_eq!(found.occurred, Some(day("2026-11-24")));
        assert!(found.bad && !found.open);
        for word in [
            "火灾疏散",
            "Fire evacuation",
            "张𠮷",
            "李㛃",
            "岗位P1",
            "Post P1",
            "城东支行",
            "灭火器 · X-01",
            "压力不足",
            "灭火器压力正常",
            "Extinguisher pressure",
            "按钮",
            "停电",
            "现场.jpg",
            "7",
        ] {
            assert!(found.search.contains(word), "{word} in {}", found.search);
        }
        for word in ["330106", "密码", "身份证", "谁知道", "abc", "消火栓"] {
            assert!(!found.search.contains(word), "{word} in {}", found.search);
        }
    }

    #[test]
    fn open_bad_and_due_come_from_the_state() {
        let standard = ledgered();
        for (state, open, bad, due) in [
            ("open", true, false, Some("2026-12-01")),
            ("failed", true, true, Some("2026-12-01")),
            ("closed", false, false, None),
            ("stranger", false, false, None),
        ] {
            let mut body = body(json!({"what": "门", "state": state, "deadline": "2026-12-01"}));
            let found = project(&standard, "L09", &body, &Names);
            assert_eq!(
                (found.open, found.bad, found.due),
                (open, bad, due.map(day)),
                "{state}"
            );
            assert_eq!(found.state.as_deref(), Some(state));
            body.withdrawn = true;
            let found = project(&standard, "L09", &body, &Names);
            assert_eq!((found.open, found.bad, found.due), (false, false, None));
        }
    }

    #[test]
    fn expiry_dates_of_the_class() {
        let body = body(json!({"class": "X01", "code": "X-01", "scrap_by": "2027-01-31"}));
        assert_eq!(
            expiries(&ledgered(), "L06", &body),
            [("scrap_by".to_owned(), day("2027-01-31"))]
        );
        let found = titles(&ledgered(), "L06", &body, &Names);
        assert_eq!(
            (found.zh.as_str(), found.en.as_str()),
            ("灭火器 · X-01", "Extinguisher · X-01")
        );
    }

    #[test]
    fn an_unknown_ledger_gives_its_day_only() {
        let found = project(&ledgered(), "L99", &body(json!({"x": "秘密"})), &Names);
        assert_eq!(
            found,
            Projection {
                occurred: Some(day("2026-11-24")),
                ..Projection::default()
            }
        );
    }

    #[test]
    fn masks() {
        for (value, masked) in [
            ("330106199001011234", "330*************34"),
            ("13800138000", "138******00"),
            ("12345678", "123***78"),
            ("1234567", "1******"),
            ("王", "*"),
            ("王𠮷", "王*"),
            ("", ""),
        ] {
            assert_eq!(mask_identity(value), masked);
        }
    }
}
