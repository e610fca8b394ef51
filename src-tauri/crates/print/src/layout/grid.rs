//! Ruled grids: label and value pairs of one record, and tables with a repeated head.

use super::flow::Piece;
use super::items::{Ink, Item};
use super::style::{Style, Type};
use super::text::{Shaped, Shaper};
use crate::PrintError;
use crate::doc::{Align, Column, KeyValue, Text};
use crate::fonts::Role;

const PAD_X: f32 = 4.5;
const PAD_Y: f32 = 3.5;
const RULE: f32 = 0.5;

/// Head and rows of a table.
pub(crate) struct Table {
    pub head: Vec<Piece>,
    pub rows: Vec<Piece>,
}

/// A cell with its text.
struct Cell {
    x: f32,
    width: f32,
    shaped: Shaped,
    align: Align,
    shade: bool,
}

/// Lays out a table over the whole width.
pub(crate) fn table(
    style: &Style,
    shaper: &Shaper<'_>,
    columns: &[Column],
    rows: &[Vec<Text>],
) -> Result<Table, PrintError> {
    let total: f32 = columns.iter().map(|column| column.width.max(0.1)).sum();
    let mut x = style.left;
    let places: Vec<(f32, f32, Align)> = columns
        .iter()
        .map(|column| {
            let width = style.width * column.width.max(0.1) / total.max(0.1);
            let place = (x, width, column.align);
            x += width;
            place
        })
        .collect();
    let head_cells = columns
        .iter()
        .zip(&places)
        .map(|(column, (x, width, _))| {
            let shaped = shaper.plain(&column.title, Role::Bold, style.cell.size)?;
            Ok(Cell {
                x: *x,
                width: *width,
                shaped,
                align: Align::Center,
                shade: true,
            })
        })
        .collect::<Result<Vec<_>, PrintError>>()?;
    let head = row(&head_cells, style.cell, style.height / 2.0, 0.0);
    let used: f32 = head.iter().map(|piece| piece.height).sum();
    let empty = Text::default();
    let mut body = Vec::with_capacity(rows.len());
    for cells in rows {
        let cells = places
            .iter()
            .enumerate()
            .map(|(index, (x, width, align))| {
                let text = cells.get(index).unwrap_or(&empty);
                let shaped = shaper.shape(text, Role::Body, style.cell.size)?;
                Ok(Cell {
                    x: *x,
                    width: *width,
                    shaped,
                    align: *align,
                    shade: false,
                })
            })
            .collect::<Result<Vec<_>, PrintError>>()?;
        body.extend(row(&cells, style.cell, style.height - used, 0.0));
    }
    Ok(Table { head, rows: body })
}

/// Lays out label and value pairs, one or two to a row.
pub(crate) fn key_value(
    style: &Style,
    shaper: &Shaper<'_>,
    across: u8,
    pairs: &[KeyValue],
) -> Result<Vec<Piece>, PrintError> {
    let across = usize::from(across.clamp(1, 2));
    let labels = pairs
        .iter()
        .map(|pair| shaper.plain(&pair.label, Role::Bold, style.cell.size))
        .collect::<Result<Vec<_>, _>>()?;
    let longest = labels.iter().map(Shaped::width).fold(0.0, f32::max) + 2.0 * PAD_X + 2.0;
    let label_width = longest.clamp(56.0, style.width * if across == 1 { 0.26 } else { 0.18 });

    let mut rows: Vec<Vec<(&KeyValue, Shaped)>> = Vec::new();
    for (pair, label) in pairs.iter().zip(labels) {
        let open = rows
            .last_mut()
            .filter(|row| !pair.wide && row.len() < across && row.iter().all(|(other, _)| !other.wide));
        match open {
            Some(row) => row.push((pair, label)),
            None => rows.push(vec![(pair, label)]),
        }
    }
    let mut pieces = Vec::new();
    for pairs in rows {
        // A pair left alone in its row takes the whole row.
        #[allow(clippy::cast_precision_loss)]
        let width = style.width / pairs.len() as f32;
        let mut cells = Vec::new();
        let mut x = style.left;
        for (pair, label) in pairs {
            cells.push(Cell {
                x,
                width: label_width,
                shaped: label,
                align: Align::Center,
                shade: true,
            });
            let shaped = shaper.shape(&pair.value, Role::Body, style.cell.size)?;
            let value_width = width - label_width;
            cells.push(Cell {
                x: x + label_width,
                width: value_width,
                shaped,
                align: Align::Justify,
                shade: false,
            });
            x += width;
        }
        pieces.extend(row(
            &cells,
            style.cell,
            style.height,
            style.cell.leading + 2.0 * PAD_Y + 2.0,
        ));
    }
    Ok(pieces)
}

/// One row; cut into several pieces only when it is taller than `limit`.
fn row(cells: &[Cell], kind: Type, limit: f32, least: f32) -> Vec<Piece> {
    let broken: Vec<_> = cells
        .iter()
        .map(|cell| cell.shaped.lines(cell.width - 2.0 * PAD_X, 0.0))
        .collect();
    let most = broken.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let per_piece = whole_lines(limit - 2.0 * PAD_Y, kind.leading);
    let mut pieces = Vec::new();
    let mut from = 0;
    while from < most {
        let count = per_piece.min(most - from);
        #[allow(clippy::cast_precision_loss)]
        let height = (count as f32 * kind.leading + 2.0 * PAD_Y).max(least);
        let mut items = Vec::new();
        for cell in cells.iter().filter(|cell| cell.shade) {
            items.push(Item::Fill {
                x: cell.x,
                y: 0.0,
                w: cell.width,
                h: height,
                ink: Ink::Shade,
            });
        }
        for (cell, lines) in cells.iter().zip(&broken) {
            let lines = lines.get(from..lines.len().min(from + count)).unwrap_or_default();
            #[allow(clippy::cast_precision_loss)]
            let mut y = (height - lines.len() as f32 * kind.leading) / 2.0;
            if from > 0 || count < most {
                y = PAD_Y;
            }
            for line in lines {
                let (x, width) = (cell.x + PAD_X, cell.width - 2.0 * PAD_X);
                let runs = line.place(x, y + kind.baseline(), width, cell.align, Ink::Black);
                items.extend(runs.into_iter().map(Item::Text));
                y += kind.leading;
            }
        }
        rules(&mut items, cells, height);
        pieces.push(Piece {
            height,
            items,
            ..Piece::default()
        });
        from += count;
    }
    pieces
}

/// Rules around the row and between its cells.
fn rules(items: &mut Vec<Item>, cells: &[Cell], height: f32) {
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
        return;
    };
    let end = last.x + last.width;
    let mut rule = |x1: f32, y1: f32, x2: f32, y2: f32| {
        items.push(Item::Rule {
            x1,
            y1,
            x2,
            y2,
            width: RULE,
            ink: Ink::Black,
            dotted: false,
        });
    };
    rule(first.x, 0.0, end, 0.0);
    rule(first.x, height, end, height);
    for x in cells.iter().map(|cell| cell.x).chain([end]) {
        rule(x, 0.0, x, height);
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole_lines(room: f32, leading: f32) -> usize {
    ((room / leading).floor().max(1.0)) as usize
}
