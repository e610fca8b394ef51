//! Places to sign: blocks for the parties of a letter, one line of blanks for a list.

use super::flow::Piece;
use super::items::{Ink, Item};
use super::style::Style;
use super::text::Shaper;
use crate::PrintError;
use crate::doc::{Align, SignatureCell};
use crate::fonts::Role;

/// Height left for a seal of 40 mm over the lines around it.
const SEAL: f32 = 62.0;

/// One piece for each row of two parties, kept together.
pub(crate) fn signature(
    style: &Style,
    shaper: &Shaper<'_>,
    cells: &[SignatureCell],
) -> Result<Vec<Piece>, PrintError> {
    let across = cells.len().clamp(1, 2);
    let gap = style.body.size * 2.0;
    #[allow(clippy::cast_precision_loss)]
    let width = (style.width - gap * (across as f32 - 1.0)) / across as f32;
    let mut pieces = Vec::new();
    for row in cells.chunks(across) {
        let mut items = Vec::new();
        // Parts of all cells in a row begin at the same height.
        let parties = row
            .iter()
            .map(|cell| shaper.plain(&cell.party, Role::Bold, style.body.size))
            .collect::<Result<Vec<_>, _>>()?;
        let tallest = parties
            .iter()
            .map(|party| party.lines(width, 0.0).len())
            .max()
            .unwrap_or(1);
        let most_lines = row.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let seal = row.iter().any(|cell| !cell.seal.is_empty());
        let leading = style.body.leading;
        let line_step = leading * 1.25;
        #[allow(clippy::cast_precision_loss)]
        let (lines_top, seal_top) = (
            tallest as f32 * leading + 4.0,
            tallest as f32 * leading + 4.0 + most_lines as f32 * line_step,
        );
        let date_top = seal_top + if seal { SEAL } else { leading * 0.3 };
        let mut x = style.left;
        for (cell, party) in row.iter().zip(&parties) {
            for (index, line) in party.lines(width, 0.0).iter().enumerate() {
                #[allow(clippy::cast_precision_loss)]
                let y = index as f32 * leading + style.body.baseline();
                let runs = line.place(x, y, width, Align::Left, Ink::Black);
                items.extend(runs.into_iter().map(Item::Text));
            }
            let mut put = |text: &str, y: f32, align: Align, ink: Ink| -> Result<f32, PrintError> {
                let shaped = shaper.plain(text, Role::Body, style.body.size)?;
                let lines = shaped.lines(width, 0.0);
                let Some(line) = lines.first() else { return Ok(0.0) };
                let runs = line.place(x, y + style.body.baseline(), width, align, ink);
                items.extend(runs.into_iter().map(Item::Text));
                Ok(line.width())
            };
            let mut rules = Vec::new();
            for (index, label) in cell.lines.iter().enumerate() {
                #[allow(clippy::cast_precision_loss)]
                let y = lines_top + index as f32 * line_step + (line_step - leading);
                let end = put(label, y, Align::Left, Ink::Black)?;
                rules.push((x + end + 2.0, y + style.body.baseline() + 3.0));
            }
            if !cell.seal.is_empty() {
                put(
                    &cell.seal,
                    seal_top + (SEAL - leading) / 2.0,
                    Align::Center,
                    Ink::Grey,
                )?;
            }
            if !cell.date.is_empty() {
                put(&cell.date, date_top, Align::Right, Ink::Black)?;
            }
            for (from, y) in rules {
                let x2 = x + width;
                items.push(Item::Rule {
                    x1: from.min(x2),
                    y1: y,
                    x2,
                    y2: y,
                    width: 0.6,
                    ink: Ink::Black,
                    dotted: false,
                });
            }
            x += width + gap;
        }
        let has_date = row.iter().any(|cell| !cell.date.is_empty());
        let height = date_top + if has_date { leading } else { 0.0 };
        pieces.push(Piece {
            height,
            before: leading,
            items,
            keep_next: true,
            ..Piece::default()
        });
    }
    if let Some(last) = pieces.last_mut() {
        last.keep_next = false;
    }
    Ok(pieces)
}

/// Labels at equal distances, each with a rule up to the next.
pub(crate) fn sign_line(style: &Style, shaper: &Shaper<'_>, labels: &[String]) -> Result<Piece, PrintError> {
    let kind = style.body;
    let gap = kind.size * 2.0;
    #[allow(clippy::cast_precision_loss)]
    let count = labels.len().max(1) as f32;
    let width = (style.width - gap * (count - 1.0)) / count;
    let mut items = Vec::new();
    let mut x = style.left;
    for label in labels {
        let shaped = shaper.plain(label, Role::Body, kind.size)?;
        let y = kind.baseline();
        if let Some(line) = shaped.lines(width, 0.0).first() {
            items.extend(
                line.place(x, y, width, Align::Left, Ink::Black)
                    .into_iter()
                    .map(Item::Text),
            );
            let (x1, x2) = ((x + line.width() + 2.0).min(x + width), x + width);
            items.push(Item::Rule {
                x1,
                y1: y + 2.5,
                x2,
                y2: y + 2.5,
                width: 0.5,
                ink: Ink::Black,
                dotted: false,
            });
        }
        x += width + gap;
    }
    Ok(Piece {
        height: kind.leading,
        before: kind.leading * 1.2,
        items,
        ..Piece::default()
    })
}
