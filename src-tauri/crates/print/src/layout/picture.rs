//! Photographs and QR codes as pieces of the column.

use qrcode::{Color, EcLevel, QrCode};

use super::blocks::MM;
use super::flow::Piece;
use super::items::{Ink, Item, Picture};
use super::style::Style;
use super::text::Shaper;
use crate::PrintError;
use crate::doc::{Align, Text};
use crate::fonts::Role;

/// A picture in the middle of the column with its caption.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn image(
    style: &Style,
    shaper: &Shaper<'_>,
    picture: &Picture,
    index: usize,
    width_mm: f32,
    caption: &str,
) -> Result<Piece, PrintError> {
    let size = (style.body.size * 0.85).max(8.0);
    let leading = size * 1.5;
    let ratio = {
        let (width, height) = picture.shown_size();
        height as f32 / width as f32
    };
    let below = if caption.is_empty() { 4.0 } else { leading + 8.0 };
    let mut w = (width_mm * MM).clamp(10.0, style.width);
    let mut h = w * ratio;
    let room = style.height - below - 8.0;
    if h > room {
        w *= room / h;
        h = room;
    }
    let x = style.left + (style.width - w) / 2.0;
    let mut items = vec![Item::Image {
        index,
        x,
        y: 0.0,
        w,
        h,
    }];
    if !caption.is_empty() {
        let shaped = shaper.plain(caption, Role::Body, size)?;
        if let Some(line) = shaped.lines(style.width, 0.0).first() {
            let y = h + 4.0 + leading * 0.75;
            let runs = line.place(style.left, y, style.width, Align::Center, Ink::Grey);
            items.extend(runs.into_iter().map(Item::Text));
        }
    }
    Ok(Piece {
        height: h + below,
        before: 8.0,
        items,
        ..Piece::default()
    })
}

/// A QR code (level M, four modules of quiet zone left to the page) with words at its right.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn qr(
    style: &Style,
    shaper: &Shaper<'_>,
    text: &str,
    size_mm: f32,
    caption: &Text,
) -> Result<Piece, PrintError> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(|_| PrintError::QrTooLong { bytes: text.len() })?;
    let edge = (size_mm * MM).clamp(30.0, style.width.min(style.height));
    let width = code.width();
    let module = edge / width as f32;
    let mut items = Vec::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let y = row as f32 * module;
        let mut column = 0;
        // Neighbouring dark modules become one bar, so that no hairline shows between them.
        for bar in colors.chunk_by(|a, b| a == b) {
            if bar.first() == Some(&Color::Dark) {
                let (x, w) = (style.left + column as f32 * module, bar.len() as f32 * module);
                items.push(Item::Fill {
                    x,
                    y,
                    w,
                    h: module,
                    ink: Ink::Black,
                });
            }
            column += bar.len();
        }
    }
    let size = (style.body.size * 0.85).max(8.0);
    let leading = size * 1.55;
    let shaped = shaper.shape(caption, Role::Body, size)?;
    let x = style.left + edge + 14.0;
    let room = style.left + style.width - x;
    let lines = if caption.0.is_empty() {
        Vec::new()
    } else {
        shaped.lines(room.max(40.0), 0.0)
    };
    let block = lines.len() as f32 * leading;
    let height = edge.max(block);
    let mut y = (edge - block).max(0.0) / 2.0;
    for line in &lines {
        let runs = line.place(x, y + leading * 0.72, room, Align::Left, Ink::Black);
        items.extend(runs.into_iter().map(Item::Text));
        y += leading;
    }
    Ok(Piece {
        height,
        before: 12.0,
        items,
        ..Piece::default()
    })
}
