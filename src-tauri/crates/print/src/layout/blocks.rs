//! From blocks to the pieces of one column.

use super::flow::{Column, Piece, Reference};
use super::items::{Ink, Item, Run};
use super::style::{Style, Type};
use super::text::{Shaped, Shaper};
use super::{frame, grid, jpeg, picture, signing};
use crate::PrintError;
use crate::doc::{Align, Block, PageStyle, Text};
use crate::fonts::Role;

/// Millimetres to points.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// Builds the column block by block.
pub(crate) struct Builder<'a> {
    pub style: Style,
    pub shaper: Shaper<'a>,
    column: Column,
    /// The next piece begins a page.
    break_next: bool,
}

/// How the lines of a text are set.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub kind: Type,
    pub x: f32,
    pub width: f32,
    pub indent: f32,
    pub align: Align,
    pub ink: Ink,
}

impl<'a> Builder<'a> {
    /// An empty column.
    pub fn new(style: Style, shaper: Shaper<'a>) -> Self {
        Self {
            style,
            shaper,
            column: Column::default(),
            break_next: false,
        }
    }

    /// The finished column.
    pub fn finish(self) -> Column {
        self.column
    }

    /// Adds a block; `rest` are the blocks after it.
    pub fn block(&mut self, block: &Block, rest: &[Block]) -> Result<(), PrintError> {
        match block {
            Block::Masthead { issuer, number } => self.masthead(issuer, number),
            Block::Title { text, subtitle } => self.title(text, subtitle),
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph {
                text,
                indent,
                align,
                size,
            } => {
                let kind = self.style.sized(*size);
                let indent = if *indent { self.first_line(kind) } else { 0.0 };
                let setting = Setting {
                    kind,
                    indent,
                    align: *align,
                    ..self.setting()
                };
                let shaped = self.shaper.shape(text, Role::Body, kind.size)?;
                self.text(&shaped, setting, self.style.paragraph_gap);
                Ok(())
            }
            Block::Clause { level, number, text } => self.clause(*level, number, text),
            Block::KeyValue { across, rows } => {
                let rows = grid::key_value(&self.style, &self.shaper, *across, rows)?;
                self.rows(rows, None);
                Ok(())
            }
            Block::Table { columns, rows } => {
                let table = grid::table(&self.style, &self.shaper, columns, rows)?;
                let number = self.column.heads.len();
                let mut body = table.rows;
                // The head and the first row stay together.
                let mut head = table.head;
                for piece in &mut head {
                    piece.keep_next = true;
                }
                self.column.heads.push(head.clone());
                head.append(&mut body);
                self.rows(head, Some(number));
                Ok(())
            }
            Block::Signature { cells } => {
                let pieces = signing::signature(&self.style, &self.shaper, cells)?;
                self.keep_last();
                pieces.into_iter().for_each(|piece| self.push(piece));
                Ok(())
            }
            Block::SignLine { labels } => {
                let piece = signing::sign_line(&self.style, &self.shaper, labels)?;
                self.keep_last();
                self.push(piece);
                Ok(())
            }
            Block::Image {
                jpeg,
                width_mm,
                caption,
            } => self.image(jpeg, *width_mm, caption),
            Block::Qr {
                text,
                size_mm,
                caption,
            } => {
                let piece = picture::qr(&self.style, &self.shaper, text, *size_mm, caption)?;
                self.push(piece);
                Ok(())
            }
            Block::Code { groups } => self.code(groups),
            Block::Contents { title, max_level } => self.contents(title, *max_level, rest),
            Block::PageBreak => {
                self.break_next = true;
                Ok(())
            }
            Block::Spacer { height } => {
                self.push(Piece {
                    height: height.clamp(0.0, self.style.height),
                    ..Piece::default()
                });
                Ok(())
            }
        }
    }

    fn push(&mut self, mut piece: Piece) {
        piece.page_break = std::mem::take(&mut self.break_next);
        self.column.pieces.push(piece);
    }

    /// Text before a signature goes with it: nobody signs an otherwise empty page.
    fn keep_last(&mut self) {
        if !self.break_next
            && let Some(last) = self.column.pieces.last_mut()
        {
            last.keep_next = true;
        }
    }

    fn rows(&mut self, rows: Vec<Piece>, table: Option<usize>) {
        for (index, mut piece) in rows.into_iter().enumerate() {
            piece.table = table.filter(|_| index > 0);
            piece.before = if index == 0 {
                self.style.paragraph_gap.max(4.0)
            } else {
                0.0
            };
            self.push(piece);
        }
    }

    /// The whole width in body type.
    fn setting(&self) -> Setting {
        Setting {
            kind: self.style.body,
            x: self.style.left,
            width: self.style.width,
            indent: 0.0,
            align: Align::Justify,
            ink: Ink::Black,
        }
    }

    fn first_line(&self, kind: Type) -> f32 {
        if self.style.english {
            kind.size * 1.5
        } else {
            kind.size * 2.0
        }
    }

    /// Adds the lines of a text, with at least two lines together at either end.
    fn text(&mut self, shaped: &Shaped, setting: Setting, before: f32) {
        let mut pieces = text_pieces(shaped, setting);
        if let Some(first) = pieces.first_mut() {
            first.before = before;
        }
        pieces.into_iter().for_each(|piece| self.push(piece));
    }

    fn title(&mut self, text: &str, subtitle: &str) -> Result<(), PrintError> {
        let kind = self.style.title;
        let entry = self.entry(text, 0);
        let shaped = self.shaper.plain(text, Role::Bold, kind.size)?;
        let setting = Setting {
            kind,
            align: Align::Center,
            ..self.setting()
        };
        let mut pieces = text_pieces(&shaped, balanced(&shaped, setting));
        for piece in &mut pieces {
            piece.keep_next = true;
        }
        if let Some(first) = pieces.first_mut() {
            first.anchor = Some(entry);
            first.before = kind.size * 0.6;
        }
        pieces.into_iter().for_each(|piece| self.push(piece));
        let mut gap = kind.size * 0.5;
        if !subtitle.is_empty() {
            let kind = self.style.subtitle;
            let shaped = self.shaper.plain(subtitle, Role::Body, kind.size)?;
            self.text(&shaped, Setting { kind, ..setting }, 2.0);
            self.keep_last();
            gap = kind.size * 0.8;
        }
        self.push(Piece {
            height: gap,
            keep_next: true,
            ..Piece::default()
        });
        Ok(())
    }

    fn entry(&mut self, title: &str, level: u8) -> usize {
        self.column.entries.push((title.replace('\n', " "), level));
        self.column.entries.len() - 1
    }

    fn heading(&mut self, level: u8, text: &str) -> Result<(), PrintError> {
        let kind = self.style.heading(level);
        let official = self.style.kind == PageStyle::Letter && !self.style.english;
        let role = if level <= 1 && !self.style.english {
            Role::Display
        } else {
            Role::Bold
        };
        let entry = self.entry(text, level.max(1));
        let shaped = self.shaper.plain(text, role, kind.size)?;
        let indent = if official { self.first_line(kind) } else { 0.0 };
        let setting = Setting {
            kind,
            indent,
            align: Align::Left,
            ..self.setting()
        };
        let mut pieces = text_pieces(&shaped, setting);
        for piece in &mut pieces {
            piece.keep_next = true;
        }
        if let Some(first) = pieces.first_mut() {
            first.anchor = Some(entry);
            first.before = if official { 0.0 } else { kind.size * 0.8 };
        }
        pieces.into_iter().for_each(|piece| self.push(piece));
        Ok(())
    }

    fn clause(&mut self, level: u8, number: &str, text: &Text) -> Result<(), PrintError> {
        let kind = self.style.body;
        if !self.style.english {
            // `1.` and `1)` need a little air that `（一）` brings itself.
            let air = if number.ends_with(['.', ')']) {
                "\u{a0}"
            } else {
                ""
            };
            let mut whole = Text::from(format!("{number}{air}"));
            whole.0.extend(text.0.iter().cloned());
            let shaped = self.shaper.shape(&whole, Role::Body, kind.size)?;
            let setting = Setting {
                indent: self.first_line(kind),
                ..self.setting()
            };
            self.text(&shaped, setting, self.style.paragraph_gap);
            return Ok(());
        }
        // English: the number hangs, the text stands on one edge.
        let step = kind.size * 2.0;
        let x = self.style.left + step * f32::from(level.clamp(1, 6) - 1);
        let label = self.shaper.plain(number, Role::Body, kind.size)?;
        let hang = step.max(label.width() + kind.size * 0.6);
        let shaped = self.shaper.shape(text, Role::Body, kind.size)?;
        let setting = Setting {
            x: x + hang,
            width: self.style.left + self.style.width - x - hang,
            ..self.setting()
        };
        let mut pieces = text_pieces(&shaped, setting);
        if let Some(first) = pieces.first_mut() {
            first.before = self.style.paragraph_gap * 0.7;
            if let Some(line) = label.lines(f32::MAX, 0.0).first() {
                let runs = line.place(x, kind.baseline(), hang, Align::Left, Ink::Black);
                first.items.splice(0..0, runs.into_iter().map(Item::Text));
            }
        }
        pieces.into_iter().for_each(|piece| self.push(piece));
        Ok(())
    }

    fn masthead(&mut self, issuer: &str, number: &str) -> Result<(), PrintError> {
        let (left, width) = (self.style.left, self.style.width);
        let mut kind = Type {
            size: 34.0,
            leading: 50.0,
        };
        let mut shaped = self.shaper.plain(issuer, Role::Bold, kind.size)?;
        if shaped.width() > width {
            kind.size = (kind.size * width / shaped.width() * 10.0).floor() / 10.0;
            shaped = self.shaper.plain(issuer, Role::Bold, kind.size)?;
        }
        let mut items = Vec::new();
        if let Some(line) = shaped.lines(width + 1.0, 0.0).first() {
            let runs = line.place(left, kind.baseline(), width, Align::Center, Ink::Red);
            items.extend(runs.into_iter().map(Item::Text));
        }
        let mut y = kind.leading + 4.0;
        if !number.is_empty() {
            let kind = self.style.body;
            let shaped = self.shaper.plain(number, Role::Body, kind.size)?;
            for line in shaped.lines(width, 0.0) {
                let runs = line.place(left, y + kind.baseline(), width, Align::Center, Ink::Black);
                items.extend(runs.into_iter().map(Item::Text));
                y += kind.leading;
            }
        }
        y += 6.0;
        let (x1, x2) = (left, left + width);
        items.push(Item::Rule {
            x1,
            y1: y,
            x2,
            y2: y,
            width: 2.0,
            ink: Ink::Red,
            dotted: false,
        });
        let height = y + self.style.body.leading * 0.8;
        self.push(Piece {
            height,
            items,
            keep_next: true,
            ..Piece::default()
        });
        Ok(())
    }

    fn image(&mut self, bytes: &[u8], width_mm: f32, caption: &str) -> Result<(), PrintError> {
        let picture = jpeg::jpeg(bytes)?;
        let index = match self
            .column
            .images
            .iter()
            .position(|known| known.bytes == picture.bytes)
        {
            Some(index) => index,
            None => {
                self.column.images.push(picture);
                self.column.images.len() - 1
            }
        };
        let Some(picture) = self.column.images.get(index) else {
            return Ok(());
        };
        let piece = picture::image(&self.style, &self.shaper, picture, index, width_mm, caption)?;
        self.push(piece);
        Ok(())
    }

    /// Framed groups, as many to a line as fit.
    fn code(&mut self, groups: &[String]) -> Result<(), PrintError> {
        let kind = Type {
            size: 20.0,
            leading: 38.0,
        };
        let (left, width, inset, gap) = (self.style.left, self.style.width, 16.0, kind.size * 1.2);
        let shaped = groups
            .iter()
            .map(|group| self.shaper.plain(group, Role::Bold, kind.size))
            .collect::<Result<Vec<_>, _>>()?;
        let widest = shaped.iter().map(Shaped::width).fold(1.0, f32::max);
        let mut across = 1;
        while across < shaped.len() && fits(across + 1, widest, gap) <= width - 2.0 * inset {
            across += 1;
        }
        // Rows of equal length: eight groups stand as four and four, not as five and three.
        let across = shaped.len().div_ceil(shaped.len().div_ceil(across).max(1)).max(1);
        let start = left + (width - fits(across, widest, gap)) / 2.0;
        let mut items = Vec::new();
        let mut y = inset;
        for row in shaped.chunks(across) {
            let mut x = start;
            for group in row {
                if let Some(line) = group.lines(width, 0.0).first() {
                    let runs = line.place(x, y + kind.baseline(), widest, Align::Center, Ink::Black);
                    items.extend(runs.into_iter().map(Item::Text));
                }
                x += widest + gap;
            }
            y += kind.leading;
        }
        let height = y + inset;
        frame(&mut items, [left, 0.0, left + width, height], 1.2, Ink::Black);
        self.push(Piece {
            height,
            before: 10.0,
            items,
            ..Piece::default()
        });
        Ok(())
    }

    fn contents(&mut self, title: &str, max_level: u8, rest: &[Block]) -> Result<(), PrintError> {
        let kind = self.style.body;
        if !title.is_empty() {
            let heading = self.style.heading(1);
            let role = if self.style.english {
                Role::Bold
            } else {
                Role::Display
            };
            let shaped = self.shaper.plain(title, role, heading.size)?;
            let setting = Setting {
                kind: heading,
                align: Align::Center,
                ..self.setting()
            };
            self.text(&shaped, setting, heading.size);
            self.keep_last();
        }
        // Entries are numbered as they come: the title and every heading counts.
        let mut entry = self.column.entries.len();
        for block in rest {
            match block {
                Block::Title { .. } => entry += 1,
                Block::Heading { level, text } => {
                    let level = (*level).max(1);
                    if level <= max_level {
                        self.contents_line(text, level, entry, kind)?;
                    }
                    entry += 1;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn contents_line(&mut self, text: &str, level: u8, entry: usize, kind: Type) -> Result<(), PrintError> {
        let x = self.style.left + kind.size * 1.5 * f32::from(level - 1);
        let room = self.style.left + self.style.width - x - kind.size * 3.0;
        let role = if level == 1 { Role::Bold } else { Role::Body };
        let shaped = self.shaper.plain(text, role, kind.size)?;
        let setting = Setting {
            x,
            width: room,
            align: Align::Left,
            ..self.setting()
        };
        let mut pieces = text_pieces(&shaped, setting);
        let end = shaped.lines(room, 0.0).last().map_or(x, |line| x + line.width());
        let count = pieces.len();
        for piece in pieces.iter_mut().take(count.saturating_sub(1)) {
            piece.keep_next = true;
        }
        if let Some(last) = pieces.last_mut() {
            last.reference = Some(Reference {
                entry,
                x: end,
                y: kind.baseline(),
            });
        }
        pieces.into_iter().for_each(|piece| self.push(piece));
        Ok(())
    }
}

#[allow(clippy::cast_precision_loss)]
fn fits(across: usize, widest: f32, gap: f32) -> f32 {
    across as f32 * (widest + gap) - gap
}

/// One piece for each line; two lines stay together at the beginning and at the end.
fn text_pieces(shaped: &Shaped, setting: Setting) -> Vec<Piece> {
    let lines = shaped.lines(setting.width, setting.indent);
    let count = lines.len();
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let indent = if index == 0 { setting.indent } else { 0.0 };
            let (x, width) = (setting.x + indent, setting.width - indent);
            let runs: Vec<Run> = line.place(x, setting.kind.baseline(), width, setting.align, setting.ink);
            Piece {
                height: setting.kind.leading,
                items: runs.into_iter().map(Item::Text).collect(),
                keep_next: index + 1 < count && (index == 0 || index + 2 == count),
                ..Piece::default()
            }
        })
        .collect()
}

/// Narrows the measure of a centred title so that its lines become about equally long.
fn balanced(shaped: &Shaped, setting: Setting) -> Setting {
    let count = shaped.lines(setting.width, 0.0).len();
    if count < 2 {
        return setting;
    }
    let (mut low, mut high) = (setting.width / 2.0, setting.width);
    for _ in 0..8 {
        let middle = (low + high) / 2.0;
        if shaped.lines(middle, 0.0).len() > count {
            low = middle
        } else {
            high = middle
        }
    }
    Setting {
        x: setting.x + (setting.width - high) / 2.0,
        width: high,
        ..setting
    }
}
