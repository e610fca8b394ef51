//! Values of records as people read them: labels for choices, names for people. One rule for lists, search, Excel
//! and paper.

use serde_json::Value;

use crate::choices;
use crate::directory::Directory;
use crate::projection::mask_identity;
use crate::standard::{Field, FieldKind, Ledger, Standard};
use crate::text::Lang;

/// Where the words for a value come from.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Labels of choices and posts.
    pub standard: &'a Standard,
    /// The ledger, which narrows `@classes`.
    pub ledger: &'a Ledger,
    /// Names of people, facilities and institutions.
    pub directory: &'a dyn Directory,
    /// Language of labels.
    pub lang: Lang,
}

impl Words<'_> {
    /// A value as text, sensitive ones too. Items of lists are separated by `、` or `, `. Rows, checklists and files
    /// have no single line and give an empty text. An unknown identifier is shown as it is.
    pub fn show(&self, field: &Field, value: &Value) -> String {
        match value {
            Value::Array(items)
                if !matches!(field.kind, FieldKind::Repeat | FieldKind::Image | FieldKind::File) =>
            {
                let separator = match self.lang {
                    Lang::Zh => "、",
                    Lang::En => ", ",
                };
                let items: Vec<String> = items.iter().map(|item| self.show(field, item)).collect();
                items.join(separator)
            }
            Value::String(text) => self.named(field, text),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        }
    }

    /// A value as it may stand in a list or on paper: masked if it is sensitive.
    pub fn show_masked(&self, field: &Field, value: &Value) -> String {
        let shown = self.show(field, value);
        if field.sensitive {
            mask_identity(&shown)
        } else {
            shown
        }
    }

    fn named(&self, field: &Field, text: &str) -> String {
        let name = match field.kind {
            FieldKind::SelectOne | FieldKind::SelectMultiple => field
                .choices
                .as_deref()
                .and_then(|list| choices::label(self.standard, self.ledger, list, text))
                .map(|label| label.get(self.lang).to_owned()),
            FieldKind::Post => self
                .standard
                .post(text)
                .map(|post| post.title.get(self.lang).to_owned()),
            FieldKind::Person | FieldKind::People => self.directory.person(text),
            FieldKind::Facility | FieldKind::Record => self.directory.record(text),
            FieldKind::Institution => self.directory.institution(text),
            FieldKind::Image | FieldKind::File => Some(String::new()),
            _ => None,
        };
        name.unwrap_or_else(|| text.to_owned())
    }
}
