//! Layout: a document and the measures of its faces in, positioned items out. No disk, no clock, no PDF.

mod blocks;
mod chars;
mod flow;
mod grid;
mod items;
mod jpeg;
mod picture;
mod signing;
mod style;
mod text;

pub use items::Pages;
pub(crate) use items::{Entry, Ink, Item, Page, Picture, Run};

use crate::PrintError;
use crate::doc::{Align, Document, PageStyle, RunningLine};
use crate::fonts::{FontSet, Role};
use blocks::Builder;
use style::Style;
use text::Shaper;

/// Lays out a document.
///
/// # Errors
/// `glyph-missing`, `image-invalid`, `qr-too-long`.
pub fn layout(document: &Document, fonts: &FontSet) -> Result<Pages, PrintError> {
    let style = Style::of(document);
    let shaper = Shaper {
        fonts,
        english: style.english,
    };
    let mut builder = Builder::new(style, shaper);
    for (index, block) in document.blocks.iter().enumerate() {
        builder.block(block, document.blocks.get(index + 1..).unwrap_or_default())?;
    }
    let mut column = builder.finish();
    let mut cut = flow::cut(&mut column, &style);

    // The numbers of the contents are shaped first: a face without digits is an error, not a gap.
    let count = cut.pages.len();
    let mut failed = None;
    let links = flow::refer(
        &mut cut.pages,
        &cut.references,
        &cut.outline,
        &style,
        |number, y| match shaper.plain(&number.to_string(), Role::Body, style.body.size) {
            Ok(shaped) => shaped
                .lines(f32::MAX, 0.0)
                .first()
                .map(|line| line.place(style.left, y, style.width, Align::Right, Ink::Black))
                .unwrap_or_default(),
            Err(error) => {
                failed = Some(error);
                Vec::new()
            }
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    for (index, page) in cut.pages.iter_mut().enumerate() {
        let mut running = Running {
            style: &style,
            shaper,
            number: index + 1,
            count,
            page,
        };
        running.line(&document.header, style.header_y)?;
        running.line(&document.footer, style.footer_y)?;
        if style.kind != PageStyle::Letter && document.header != RunningLine::default() {
            running.rule(style.header_y + 6.0);
        }
        if let Some(mark) = &document.mark {
            running.mark(mark, &document.header)?;
        }
    }
    Ok(Pages {
        pages: cut.pages,
        outline: cut.outline,
        links,
        images: column.images,
    })
}

/// Header, footer and mark of one page.
struct Running<'a> {
    style: &'a Style,
    shaper: Shaper<'a>,
    number: usize,
    count: usize,
    page: &'a mut Page,
}

impl Running<'_> {
    fn line(&mut self, line: &RunningLine, y: f32) -> Result<(), PrintError> {
        let full = self.style.width;
        let share = if line.center.is_empty() { 0.64 } else { 0.33 };
        let alone = line.left.is_empty() && line.right.is_empty();
        for (template, align, room) in [
            (
                &line.left,
                Align::Left,
                full * if line.right.is_empty() && line.center.is_empty() {
                    1.0
                } else {
                    share
                },
            ),
            (&line.center, Align::Center, full * if alone { 1.0 } else { 0.33 }),
            (
                &line.right,
                Align::Right,
                full * if line.left.is_empty() && line.center.is_empty() {
                    1.0
                } else {
                    0.33
                },
            ),
        ] {
            if template.is_empty() {
                continue;
            }
            let text = template
                .replace("{page}", &self.number.to_string())
                .replace("{pages}", &self.count.to_string());
            let mut size = self.style.running_size();
            let mut shaped = self.shaper.plain(&text, Role::Body, size)?;
            if shaped.width() > room {
                size = (size * room / shaped.width()).max(5.0);
                shaped = self.shaper.plain(&text, Role::Body, size)?;
            }
            let ink = if self.style.kind == PageStyle::Letter {
                Ink::Black
            } else {
                Ink::Grey
            };
            if let Some(line) = shaped.lines(f32::MAX, 0.0).first() {
                let runs = line.place(self.style.left, y, full, align, ink);
                self.page.items.extend(runs.into_iter().map(Item::Text));
            }
        }
        Ok(())
    }

    fn rule(&mut self, y: f32) {
        let (x1, x2) = (self.style.left, self.style.left + self.style.width);
        self.page.items.push(Item::Rule {
            x1,
            y1: y,
            x2,
            y2: y,
            width: 0.5,
            ink: Ink::Grey,
            dotted: false,
        });
    }

    /// Small frame: in the middle of the header where that is free, else at the right above it.
    fn mark(&mut self, text: &str, header: &RunningLine) -> Result<(), PrintError> {
        let size = 8.0;
        let shaped = self.shaper.plain(text, Role::Bold, size)?;
        let (width, height) = (shaped.width() + 10.0, 14.0);
        let spare = self.style.width - width;
        let (x, y) = match (header.center.is_empty(), header.right.is_empty()) {
            (_, true) => (self.style.left + spare, self.style.header_y - 10.0),
            (true, false) => (self.style.left + spare / 2.0, self.style.header_y - 10.0),
            (false, false) => (self.style.left + spare, self.style.header_y - 27.0),
        };
        if let Some(line) = shaped.lines(f32::MAX, 0.0).first() {
            let runs = line.place(x + 5.0, y + 9.9, width - 10.0, Align::Center, Ink::Red);
            self.page.items.extend(runs.into_iter().map(Item::Text));
        }
        frame(&mut self.page.items, [x, y, x + width, y + height], 0.6, Ink::Red);
        Ok(())
    }
}

/// Four rules around an area given as left, top, right, bottom.
fn frame(items: &mut Vec<Item>, [x1, y1, x2, y2]: [f32; 4], width: f32, ink: Ink) {
    for (ax, ay, bx, by) in [
        (x1, y1, x2, y1),
        (x1, y2, x2, y2),
        (x1, y1, x1, y2),
        (x2, y1, x2, y2),
    ] {
        items.push(Item::Rule {
            x1: ax,
            y1: ay,
            x2: bx,
            y2: by,
            width,
            ink,
            dotted: false,
        });
    }
}
