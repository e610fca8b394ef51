//! The SQL of a list: conditions with their values, and the order. Nothing that was typed becomes part of the text of
//! a statement.

use std::fmt::Write as _;

use rusqlite::types::Value as Sql;
use serde_json::Value;

use super::query::{FieldFilter, ListQuery, SortBy, StateFilter, Test};
use crate::{Error, Result};

/// SQL under construction.
#[derive(Default)]
pub(super) struct Clauses {
    pub conditions: Vec<String>,
    pub values: Vec<Sql>,
    /// The journal has to be joined.
    body: bool,
}

/// One row with its line.
pub(super) const ROW: &str = " FROM records r JOIN journal j ON j.pos = r.pos WHERE r.no = ?1";
const BODY: &str = "CAST(j.line AS TEXT)";
pub(super) const COLUMNS: &str = "r.id, r.ledger, r.inst, r.occurred, r.created, r.recorded, r.author, r.title, r.state, r.due, \
     r.open, r.bad, r.late, r.withdrawn, r.conflict, r.known, r.versions, r.pos, j.line";

impl Clauses {
    pub fn value(&mut self, value: impl Into<Sql>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn values_list<V: Into<Sql>>(&mut self, values: impl IntoIterator<Item = V>) -> String {
        let names: Vec<String> = values.into_iter().map(|value| self.value(value)).collect();
        names.join(", ")
    }

    pub fn one_of(&mut self, column: &str, values: &[String]) {
        if !values.is_empty() {
            let list = self.values_list(values.iter().cloned());
            self.conditions.push(format!("{column} IN ({list})"));
        }
    }

    fn is(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }

    fn flag(&mut self, column: &str, wanted: Option<bool>) {
        if let Some(wanted) = wanted {
            self.conditions.push(format!("{column} = {}", u8::from(wanted)));
        }
    }

    pub fn build(query: &ListQuery) -> Result<Self> {
        let mut clauses = Self::default();
        clauses.one_of("r.ledger", &query.ledgers);
        clauses.one_of("r.inst", &query.institutions);
        clauses.one_of("r.state", &query.states);
        if let Some(from) = &query.from {
            let from = clauses.value(from.clone());
            clauses.conditions.push(format!("r.occurred >= {from}"));
        }
        if let Some(to) = &query.to {
            // Times of that day sort behind the day itself; '~' sorts behind them all.
            let to = clauses.value(format!("{to}~"));
            clauses.conditions.push(format!("r.occurred < {to}"));
        }
        match &query.state {
            StateFilter::Any => {}
            StateFilter::Open => clauses.is("r.open = 1"),
            StateFilter::Closed => clauses.is("r.open = 0"),
            StateFilter::Overdue(day) => {
                let day = clauses.value(day.clone());
                clauses.conditions.push(format!("r.open = 1 AND r.due < {day}"));
            }
        }
        if let Some(day) = &query.due_to {
            let day = clauses.value(day.clone());
            clauses.conditions.push(format!("r.due <= {day}"));
        }
        if let Some(range) = query.positions {
            let (from, until) = (clauses.value(range.from.0), clauses.value(range.until.0));
            let not = if range.outside { "NOT " } else { "" };
            clauses
                .conditions
                .push(format!("{not}(r.pos >= {from} AND r.pos < {until})"));
        }
        clauses.flag("r.late", query.late);
        clauses.flag("r.bad", query.bad);
        clauses.flag("r.conflict", query.conflict);
        if !query.withdrawn {
            clauses.is("r.withdrawn = 0");
        }
        if let Some(author) = &query.author {
            let author = clauses.value(author.clone());
            clauses.conditions.push(format!("r.author = {author}"));
        }
        if !query.ids.is_empty() {
            let list = clauses.values_list(query.ids.iter().map(|id| id.as_bytes().to_vec()));
            clauses.conditions.push(format!("r.id IN ({list})"));
        }
        for filter in &query.fields {
            clauses.field(filter)?;
        }
        Ok(clauses)
    }

    fn field(&mut self, filter: &FieldFilter) -> Result<()> {
        let path = format!("'{}'", path(&filter.field)?);
        let extract = format!("json_extract({BODY}, {path})");
        self.body = true;
        let condition = match &filter.test {
            Test::In(values) => {
                let values = values.iter().map(sql_value).collect::<Result<Vec<_>>>()?;
                let list = self.values_list(values);
                format!("EXISTS (SELECT 1 FROM json_each({BODY}, {path}) e WHERE e.value IN ({list}))")
            }
            Test::Min(value) => {
                let value = sql_value(value)?;
                format!("{extract} >= {}", self.value(value))
            }
            Test::Max(value) => {
                let value = sql_value(value)?;
                format!("{extract} <= {}", self.value(value))
            }
            Test::Present(true) => format!("coalesce({extract}, '') NOT IN ('', '[]', '{{}}')"),
            Test::Present(false) => format!("coalesce({extract}, '') IN ('', '[]', '{{}}')"),
            Test::Contains(part) => {
                let part = self.value(part.clone());
                format!("instr(coalesce({extract}, ''), {part}) > 0")
            }
        };
        self.conditions.push(condition);
        Ok(())
    }

    pub fn filter(&self) -> String {
        if self.conditions.is_empty() {
            "1".to_owned()
        } else {
            self.conditions.join(" AND ")
        }
    }

    fn join(&self, order: &str) -> &'static str {
        if self.body || order.contains(BODY) {
            " JOIN journal j ON j.pos = r.pos"
        } else {
            ""
        }
    }

    pub fn count_sql(&self) -> String {
        format!(
            "SELECT count(*) FROM records r{} WHERE {}",
            self.join(""),
            self.filter()
        )
    }

    /// The numbers of the rows in their order. Sorted without the entries' lines, which would be most of the journal.
    pub fn order_sql(&self, order: &str) -> String {
        format!(
            "SELECT r.no FROM records r{} WHERE {} ORDER BY {order}",
            self.join(order),
            self.filter()
        )
    }
}

fn path(field: &str) -> Result<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if field.is_empty() || !field.chars().all(fits) {
        return Err(Error::Query(format!("field {field:?}")));
    }
    Ok(format!("$.body.fields.{field}"))
}

fn sql_value(value: &Value) -> Result<Sql> {
    Ok(match value {
        Value::Null => Sql::Null,
        Value::Bool(value) => Sql::Integer(i64::from(*value)),
        Value::Number(value) => match (value.as_i64(), value.as_f64()) {
            (Some(value), _) => Sql::Integer(value),
            (None, Some(value)) => Sql::Real(value),
            (None, None) => return Err(Error::Query(format!("number {value}"))),
        },
        Value::String(value) => Sql::Text(value.clone()),
        other => return Err(Error::Query(format!("value {other}"))),
    })
}

/// The order of a list, in SQL.
pub(super) fn order(query: &ListQuery) -> Result<String> {
    let mut order = String::new();
    for sort in &query.sort {
        let column = match &sort.by {
            SortBy::Occurred => "r.occurred".to_owned(),
            SortBy::Recorded => "r.recorded".to_owned(),
            SortBy::Created => "r.created".to_owned(),
            SortBy::Due => "r.due".to_owned(),
            SortBy::Ledger => "r.ledger".to_owned(),
            SortBy::Institution => "r.inst".to_owned(),
            SortBy::Title => "r.title".to_owned(),
            SortBy::State => "r.state".to_owned(),
            SortBy::Author => "r.author".to_owned(),
            SortBy::Field(field) => format!("json_extract({BODY}, '{}')", path(field)?),
        };
        let direction = if sort.descending { "DESC" } else { "ASC" };
        let _ = write!(order, "{column} {direction}, ");
    }
    if query.sort.is_empty() {
        order.push_str("r.occurred DESC, r.created DESC, ");
    }
    // Equal keys in the order of writing, so that pages neither repeat nor skip a row.
    order.push_str("r.id");
    Ok(order)
}
