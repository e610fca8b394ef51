//! Letters of responsibility (责任书): their text from the standard, who signs with whom, and what is still unsigned.

mod plan;

pub use plan::{Coverage, LetterNeed, LetterRecord, LetterState, Place, coverage, letter_plan, party_a};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

use crate::appointment::Days;
use crate::frequency_words;
use crate::standard::{Post, Standard};
use crate::text::{Lang, Text};

/// A letter cannot be composed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LetterError {
    /// The standard has no such template.
    #[error("no letter template {0}")]
    TemplateUnknown(String),
    /// The standard has no such post.
    #[error("no post {0}")]
    PostUnknown(String),
}

impl LetterError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            LetterError::TemplateUnknown(_) => "letter-template-unknown",
            LetterError::PostUnknown(_) => "post-unknown",
        }
    }

    /// Values for the sentence.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let (key, value) = match self {
            LetterError::TemplateUnknown(id) => ("template", id),
            LetterError::PostUnknown(id) => ("post", id),
        };
        BTreeMap::from([(key.to_owned(), value.clone())])
    }
}

/// One side of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Party {
    /// Name of the person.
    pub name: String,
    /// Identifier of the person's post in the standard.
    pub post: String,
    /// Name of the institution.
    pub institution: String,
}

/// Both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Parties {
    /// Party A (甲方), who assigns the responsibility.
    pub a: Party,
    /// Party B (乙方), who takes it.
    pub b: Party,
}

/// A heading of a letter; its wording is in the message files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SectionId {
    /// Basis (签订依据).
    Grounds,
    /// Period (责任期限).
    Period,
    /// Targets (责任目标).
    Targets,
    /// Duties of the post (责任内容).
    Duties,
    /// Rights and obligations (双方权利义务).
    Rights,
    /// Assessment (考核).
    Assessment,
    /// Reward (奖励).
    Reward,
    /// Punishment and accountability (处罚与问责).
    Punishment,
    /// Change (变更).
    Change,
    /// Miscellaneous (附则).
    Miscellaneous,
}

/// A section with its numbered clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Section {
    /// Heading.
    pub id: SectionId,
    /// Heading in the letter's language.
    pub heading: String,
    /// Clauses in order.
    pub clauses: Vec<Clause>,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Clause {
    /// Number within its section, from 1.
    pub number: u32,
    /// Wording.
    pub text: String,
    /// Duty from which it comes.
    pub duty: Option<String>,
}

/// A side as it signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Signatory {
    /// Name.
    pub name: String,
    /// Title of the post in the letter's language.
    pub title: String,
    /// Institution.
    pub institution: String,
}

/// The text of a letter, ready for layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterContent {
    /// Title.
    pub title: String,
    /// Number (编号).
    pub number: String,
    /// Language.
    pub lang: Lang,
    /// Standard from which it was taken, `id@version`.
    pub standard: String,
    /// Days for which it holds.
    pub period: Days,
    /// Sections in order; empty ones are left out.
    pub sections: Vec<Section>,
    /// Party A.
    pub a: Signatory,
    /// Party B.
    pub b: Signatory,
    /// Number of copies.
    pub copies: u32,
}

/// Composes a letter. `period` is normally the calendar year, or what is left of it after an appointment.
///
/// The duties are those of party B's post in words, then every duty of the standard for which the post answers, with
/// its general frequency. The standard says in words what holds at all times and in duties what comes back, so that
/// nothing is said twice and a changed frequency changes the letters.
///
/// # Errors
/// A template or a post that the standard does not know.
pub fn compose(
    standard: &Standard,
    template: &str,
    parties: &Parties,
    period: Days,
    number: &str,
    lang: Lang,
) -> Result<LetterContent, LetterError> {
    let template = standard
        .letters
        .iter()
        .find(|letter| letter.id == template)
        .ok_or_else(|| LetterError::TemplateUnknown(template.to_owned()))?;
    let post = |id: &str| {
        standard
            .post(id)
            .ok_or_else(|| LetterError::PostUnknown(id.to_owned()))
    };
    let signatory = |party: &Party| -> Result<Signatory, LetterError> {
        Ok(Signatory {
            name: party.name.clone(),
            title: post(&party.post)?.title.get(lang).to_owned(),
            institution: party.institution.clone(),
        })
    };
    let plain = |texts: &[Text]| -> Vec<(String, Option<String>)> {
        texts
            .iter()
            .map(|text| (text.get(lang).to_owned(), None))
            .collect()
    };
    let copies = frequency_words::copies_words(template.copies, lang);
    let parts = [
        (SectionId::Grounds, plain(&template.grounds)),
        (
            SectionId::Period,
            vec![(frequency_words::days_words(period, lang), None)],
        ),
        (SectionId::Targets, plain(&template.targets)),
        (SectionId::Duties, duties(standard, post(&parties.b.post)?, lang)),
        (SectionId::Rights, plain(&template.rights)),
        (SectionId::Assessment, plain(&template.assessment)),
        (SectionId::Reward, plain(&template.reward)),
        (SectionId::Punishment, plain(&template.punishment)),
        (SectionId::Change, plain(&template.change)),
        (SectionId::Miscellaneous, plain(&template.miscellaneous)),
    ];
    let sections = parts
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(id, texts)| Section {
            id,
            heading: frequency_words::heading_words(id).get(lang).to_owned(),
            clauses: (1..)
                .zip(texts)
                .map(|(number, (text, duty))| Clause {
                    number,
                    text: text.replace("{copies}", &copies),
                    duty,
                })
                .collect(),
        })
        .collect();
    Ok(LetterContent {
        title: template.title.get(lang).to_owned(),
        number: number.to_owned(),
        lang,
        standard: standard.reference(),
        period,
        sections,
        a: signatory(&parties.a)?,
        b: signatory(&parties.b)?,
        copies: template.copies,
    })
}

fn duties(standard: &Standard, post: &Post, lang: Lang) -> Vec<(String, Option<String>)> {
    let own = post.duties.iter().map(|text| (text.get(lang).to_owned(), None));
    let ruled = standard
        .duties
        .iter()
        .filter(|duty| duty.posts.contains(&post.id))
        .map(|duty| {
            let words = frequency_words::letter_words(duty);
            let clause = duty
                .clause
                .get(lang)
                .trim()
                .trim_end_matches(['。', '.', '；', ';']);
            let text = frequency_words::clause_with_frequency(clause, words.get(lang), lang);
            (text, Some(duty.id.clone()))
        });
    own.chain(ruled).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
