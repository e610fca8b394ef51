//! From a column of pieces to pages: what may be parted, what stays together, what is repeated.

use super::items::{Entry, Item, Link, Page, Picture, Run};
use super::style::Style;

/// An unbreakable stretch of the column; items are placed relative to its top.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    pub height: f32,
    /// Space above, left out at the top of a page.
    pub before: f32,
    pub items: Vec<Item>,
    /// No page may end after this piece.
    pub keep_next: bool,
    /// Entry of the outline that begins here.
    pub anchor: Option<usize>,
    /// Table whose head is repeated when a page begins with this piece.
    pub table: Option<usize>,
    /// Line of the contents that shows the page of an entry.
    pub reference: Option<Reference>,
    /// A new page begins before this piece.
    pub page_break: bool,
}

/// A line of the contents, completed when the pages are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference {
    pub entry: usize,
    /// Where the title ends.
    pub x: f32,
    /// Baseline within the piece.
    pub y: f32,
}

/// A column with what is needed to cut it.
#[derive(Debug, Default)]
pub(crate) struct Column {
    pub pieces: Vec<Piece>,
    /// Repeated heads.
    pub heads: Vec<Vec<Piece>>,
    /// Title and level of each entry of the outline.
    pub entries: Vec<(String, u8)>,
    pub images: Vec<Picture>,
}

/// Cut column; page numbers of references are still open.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub pages: Vec<Page>,
    pub outline: Vec<Entry>,
    /// Page, reference with its baseline on the page.
    pub references: Vec<(usize, Reference)>,
}

/// Cuts the column into pages.
pub(crate) fn cut(column: &mut Column, style: &Style) -> Cut {
    let mut cutter = Cutter {
        style,
        y: 0.0,
        out: Cut::default(),
        at_top: true,
    };
    cutter.new_page();
    let pieces = std::mem::take(&mut column.pieces);
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        let group = group_len(&pieces, index, style.height);
        let members = pieces.get(index..index + group).unwrap_or_default();
        let height: f32 = members
            .iter()
            .enumerate()
            .map(|(n, piece)| {
                piece.height
                    + if n == 0 && cutter.at_top {
                        0.0
                    } else {
                        piece.before
                    }
            })
            .sum();
        if piece.page_break || (!cutter.at_top && cutter.y + height > style.height + 0.05) {
            if !(piece.page_break && cutter.at_top) {
                cutter.new_page();
            }
            if let Some(head) = piece.table.and_then(|table| column.heads.get(table)) {
                for piece in head {
                    cutter.put(piece, column);
                }
            }
        }
        for piece in members {
            cutter.put(piece, column);
        }
        index += group;
    }
    cutter.out
}

/// Number of pieces from `start` that stay together; given up where they fill more than a page.
fn group_len(pieces: &[Piece], start: usize, limit: f32) -> usize {
    let mut height = 0.0;
    for (offset, piece) in pieces.get(start..).unwrap_or_default().iter().enumerate() {
        height += piece.height + piece.before;
        let ends = pieces.get(start + offset + 1).is_none_or(|next| next.page_break);
        if height > limit && offset > 0 {
            return offset;
        }
        if !piece.keep_next || ends {
            return offset + 1;
        }
    }
    1
}

struct Cutter<'a> {
    style: &'a Style,
    /// Next free height below the top margin.
    y: f32,
    out: Cut,
    at_top: bool,
}

impl Cutter<'_> {
    fn new_page(&mut self) {
        let (width, height) = (self.style.page_width, self.style.page_height);
        self.out.pages.push(Page {
            width,
            height,
            items: Vec::new(),
        });
        self.y = 0.0;
        self.at_top = true;
    }

    fn put(&mut self, piece: &Piece, column: &Column) {
        if !self.at_top {
            self.y += piece.before;
        }
        let top = self.style.top + self.y;
        let number = self.out.pages.len().saturating_sub(1);
        if let Some(page) = self.out.pages.last_mut() {
            page.items.extend(piece.items.iter().cloned().map(|mut item| {
                item.shift(top);
                item
            }));
        }
        if let Some((title, level)) = piece.anchor.and_then(|entry| column.entries.get(entry)) {
            self.out.outline.push(Entry {
                title: title.clone(),
                level: *level,
                page: number,
                y: top,
            });
        }
        if let Some(reference) = piece.reference {
            self.out.references.push((
                number,
                Reference {
                    y: reference.y + top,
                    ..reference
                },
            ));
        }
        self.y += piece.height;
        // Blank space at the top of a page stays: only a piece's own distance is left out.
        self.at_top = false;
    }
}

/// Completes the lines of the contents: leader, page number and link.
pub(crate) fn refer(
    pages: &mut [Page],
    cut_references: &[(usize, Reference)],
    outline: &[Entry],
    style: &Style,
    mut number: impl FnMut(usize, f32) -> Vec<Run>,
) -> Vec<Link> {
    let mut links = Vec::new();
    for (page, reference) in cut_references {
        let Some(entry) = outline.get(reference.entry) else {
            continue;
        };
        let Some(target) = pages.get_mut(*page) else {
            continue;
        };
        let runs = number(entry.page + 1, reference.y);
        let right = runs.first().map_or(style.left + style.width, |run| run.x);
        if right - 6.0 > reference.x + 6.0 {
            target.items.push(Item::Rule {
                x1: reference.x + 6.0,
                y1: reference.y - 2.0,
                x2: right - 6.0,
                y2: reference.y - 2.0,
                width: 0.9,
                ink: super::items::Ink::Grey,
                dotted: true,
            });
        }
        target.items.extend(runs.into_iter().map(Item::Text));
        links.push(Link {
            page: *page,
            area: [
                style.left,
                reference.y - style.body.size,
                style.left + style.width,
                reference.y + style.body.size * 0.4,
            ],
            to_page: entry.page,
            to_y: entry.y,
        });
    }
    links
}
