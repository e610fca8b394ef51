//! The last step on printpdf's object tree: what it writes wrongly or not at all.
//!
//! Its outline is flat and names the page mode by a string, the version says 1.3, every file claims PDF/X,
//! the identifier is the same in every file, and errors of writing are dropped.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use printpdf::{PdfDocument, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::subset::Subsets;
use crate::layout::{Entry, Pages};
use crate::{Meta, PrintError};

/// Completes the document and writes it.
pub(crate) fn save(
    pdf: PdfDocument,
    pages: &Pages,
    meta: &Meta,
    subsets: &mut Subsets,
) -> Result<Vec<u8>, PrintError> {
    let date = pdf_date(&meta.created)?;
    let options = PdfSaveOptions {
        optimize: true,
        subset_fonts: false,
        secure: false,
        image_optimization: None,
    };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    drop(pdf);
    file.version = "1.7".to_owned();
    let page_ids: Vec<ObjectId> = file.get_pages().into_values().collect();
    let top = |page: usize, y: f32| pages.pages.get(page).map_or(0.0, |page| page.height - y);

    for link in &pages.links {
        let (Some(from), Some(to)) = (page_ids.get(link.page), page_ids.get(link.to_page)) else {
            continue;
        };
        let [left, upper, right, lower] = link.area;
        let rect = [left, top(link.page, lower), right, top(link.page, upper)];
        let annotation = file.add_object(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => rect.map(Object::from).to_vec(),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            "Dest" => destination(*to, top(link.to_page, link.to_y)),
        });
        if let Ok(page) = file.get_dictionary_mut(*from) {
            if let Ok(list) = page.get_mut(b"Annots").and_then(Object::as_array_mut) {
                list.push(annotation.into());
            } else {
                page.set("Annots", vec![Object::from(annotation)]);
            }
        }
    }

    let outline = outline(&mut file, &pages.outline, &|entry| {
        page_ids
            .get(entry.page)
            .map(|id| destination(*id, top(entry.page, entry.y) + 4.0))
    });
    let catalog = file.catalog_mut().map_err(failed)?;
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    catalog.set("PageLayout", "OneColumn");
    catalog.set("Lang", Object::string_literal(meta.lang.clone()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });

    let mut info = Dictionary::new();
    for (key, value) in [
        ("Title", &meta.title),
        ("Author", &meta.author),
        ("Subject", &meta.subject),
        ("Creator", &meta.creator),
        ("Producer", &meta.creator),
    ] {
        if !value.is_empty() {
            info.set(key, utf16(value));
        }
    }
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    info.set("Trapped", "False");
    let mut hash = Sha256::new();
    hash.update(meta.id_seed.as_bytes());
    hash.update(format!("{info:?}").as_bytes());
    if let Ok(Object::Reference(id)) = file.trailer.get(b"Info").cloned() {
        file.set_object(id, info);
    }

    deflate(&mut file, &mut hash, subsets)?;
    let digest = hash.finalize();
    let id = Object::String(
        digest.iter().take(16).copied().collect(),
        StringFormat::Hexadecimal,
    );
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// Deflates every stream and takes its plain content into the identifier; font programs, which are the
/// same in all files of a batch, only once.
fn deflate(file: &mut lopdf::Document, hash: &mut Sha256, subsets: &mut Subsets) -> Result<(), PrintError> {
    let mut programs: Vec<(ObjectId, Vec<u8>)> = Vec::new();
    for object in file.objects.values() {
        // The descriptor's name holds a digest of the glyphs, so it stands for the program.
        if let Ok(font) = object.as_dict()
            && let Ok(name) = font.get(b"FontName").and_then(Object::as_name)
        {
            for key in [&b"FontFile2"[..], b"FontFile3"] {
                if let Ok(id) = font.get(key).and_then(Object::as_reference) {
                    programs.push((id, name.to_vec()));
                }
            }
        }
    }
    for (id, name) in programs {
        hash.update(&name);
        match subsets.deflated.get(&name) {
            Some(stream) => file.set_object(id, stream.clone()),
            None => {
                let Ok(Object::Stream(stream)) = file.get_object_mut(id) else {
                    continue;
                };
                stream.compress().map_err(failed)?;
                subsets.deflated.insert(name, stream.clone());
            }
        }
    }
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Filter").is_err()
        {
            hash.update(&stream.content);
            stream.compress().map_err(failed)?;
        }
    }
    Ok(())
}

fn destination(page: ObjectId, y: f32) -> Object {
    vec![
        page.into(),
        "XYZ".into(),
        Object::Null,
        y.round().into(),
        Object::Null,
    ]
    .into()
}

/// Writes the entries as a tree; an entry lies under the nearest one before it with a lower level.
fn outline(
    file: &mut lopdf::Document,
    entries: &[Entry],
    destination: &dyn Fn(&Entry) -> Option<Object>,
) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    // Parent of each entry: `None` is the root.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        while open.last().is_some_and(|(level, _)| *level >= entry.level) {
            open.pop();
        }
        parents.push(open.last().map(|(_, index)| *index));
        open.push((entry.level, index));
    }
    let mut grouped: BTreeMap<Option<usize>, Vec<ObjectId>> = BTreeMap::new();
    for (parent, id) in parents.iter().zip(&ids) {
        grouped.entry(*parent).or_default().push(*id);
    }
    let mut place: BTreeMap<ObjectId, (Option<ObjectId>, Option<ObjectId>)> = BTreeMap::new();
    for siblings in grouped.values() {
        for (at, id) in siblings.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| siblings.get(at)).copied();
            place.insert(*id, (before, siblings.get(at + 1).copied()));
        }
    }
    for (index, (entry, id)) in entries.iter().zip(&ids).enumerate() {
        let parent = parents
            .get(index)
            .copied()
            .flatten()
            .and_then(|at| ids.get(at))
            .copied()
            .unwrap_or(root);
        let mut node = dictionary! { "Title" => utf16(&entry.title), "Parent" => parent };
        if let Some(target) = destination(entry) {
            node.set("Dest", target);
        }
        let (before, after) = place.get(id).copied().unwrap_or_default();
        if let Some(before) = before {
            node.set("Prev", before);
        }
        if let Some(after) = after {
            node.set("Next", after);
        }
        family(&mut node, grouped.get(&Some(index)), -1);
        file.set_object(*id, node);
    }
    let mut node = dictionary! { "Type" => "Outlines" };
    family(&mut node, grouped.get(&None), 1);
    file.set_object(root, node);
    Some(root)
}

/// First, last and number of children; a negative number keeps them folded.
fn family(node: &mut Dictionary, children: Option<&Vec<ObjectId>>, sign: i64) {
    if let Some((first, last)) = children.and_then(|list| Some((list.first()?, list.last()?))) {
        node.set("First", *first);
        node.set("Last", *last);
        let count = children.map_or(0, Vec::len);
        node.set("Count", sign * i64::try_from(count).unwrap_or(0));
    }
}

/// Text string with byte order mark.
fn utf16(text: &str) -> Object {
    let bytes = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// `2026-11-23T09:31:05+08:00` as `D:20261123093105+08'00'`.
fn pdf_date(time: &str) -> Result<String, PrintError> {
    let fault = || PrintError::TimeInvalid {
        value: time.to_owned(),
    };
    let (date, rest) = time.split_at_checked(10).ok_or_else(fault)?;
    let (clock, zone) = rest.split_at_checked(9).ok_or_else(fault)?;
    let digits = |part: &str, pattern: &str| {
        part.len() == pattern.len()
            && part.bytes().zip(pattern.bytes()).all(|(byte, sign)| {
                if sign == b'0' {
                    byte.is_ascii_digit()
                } else {
                    byte == sign
                }
            })
    };
    // Fractions of a second are allowed and left out.
    let zone = if zone.starts_with('.') {
        zone.trim_start_matches(|ch: char| ch == '.' || ch.is_ascii_digit())
    } else {
        zone
    };
    let good = digits(date, "0000-00-00")
        && digits(clock, "T00:00:00")
        && (zone == "Z" || digits(zone, "+00:00") || digits(zone, "-00:00"));
    if !good {
        return Err(fault());
    }
    let number: String = date
        .chars()
        .chain(clock.chars())
        .filter(char::is_ascii_digit)
        .collect();
    let zone = if zone == "Z" {
        "Z".to_owned()
    } else {
        format!("{}'", zone.replace(':', "'"))
    };
    Ok(format!("D:{number}{zone}"))
}

fn failed(error: impl std::fmt::Display) -> PrintError {
    PrintError::Write {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_become_dates_of_the_format() {
        for (time, expected) in [
            ("2026-11-23T09:31:05+08:00", Some("D:20261123093105+08'00'")),
            ("2026-11-23T09:31:05.250+08:00", Some("D:20261123093105+08'00'")),
            ("2026-11-23T01:31:05Z", Some("D:20261123013105Z")),
            ("2026-11-23", None),
            ("2026-11-23 09:31:05+08:00", None),
            ("年月日时分秒", None),
            ("", None),
        ] {
            assert_eq!(pdf_date(time).ok().as_deref(), expected, "{time}");
        }
    }
}
