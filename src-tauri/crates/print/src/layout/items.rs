//! What stands on a page, in points from the top left corner. No PDF here.

use std::fmt::Write as _;

use crate::fonts::FaceIndex;

/// Colour of an item; paper knows three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ink {
    /// Text and rules.
    Black,
    /// Header, footer, captions.
    Grey,
    /// Head of an official document and the mark of demo data.
    Red,
    /// Ground of labels and table heads.
    Shade,
}

/// Characters in one face on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    pub face: FaceIndex,
    pub size: f32,
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Space after each character in points, known from the second character on.
    pub spacing: Option<f32>,
    /// Space after each blank in points, known from the first blank on.
    pub word_gap: Option<f32>,
    pub ink: Ink,
    pub text: String,
}

impl Run {
    /// Adds a character in `face` at `space` from the run's last one; false when it needs a run of its own.
    /// The first space after a character and after a blank fixes the run's spacing.
    pub fn push(&mut self, last: char, ch: char, face: FaceIndex, space: f32) -> bool {
        if self.face != face {
            return false;
        }
        let slot = if last == ' ' {
            &mut self.word_gap
        } else {
            &mut self.spacing
        };
        let fits = slot.is_none_or(|known| (known - space).abs() < 0.001);
        if fits {
            slot.get_or_insert(space);
            self.text.push(ch);
        }
        fits
    }
}

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    /// Text.
    Text(Run),
    /// Straight rule.
    Rule {
        x1: f32,
        y1: f32,
        x2: f32,
        y2: f32,
        width: f32,
        ink: Ink,
        dotted: bool,
    },
    /// Filled rectangle.
    Fill {
        x: f32,
        y: f32,
        w: f32,
        h: f32,
        ink: Ink,
    },
    /// Image by its number in [`Pages::images`].
    Image {
        index: usize,
        x: f32,
        y: f32,
        w: f32,
        h: f32,
    },
}

impl Item {
    /// Moves the item down.
    pub fn shift(&mut self, dy: f32) {
        match self {
            Self::Text(run) => run.y += dy,
            Self::Rule { y1, y2, .. } => {
                *y1 += dy;
                *y2 += dy;
            }
            Self::Fill { y, .. } | Self::Image { y, .. } => *y += dy,
        }
    }
}

/// One side of paper.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    pub width: f32,
    pub height: f32,
    pub items: Vec<Item>,
}

/// Entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub title: String,
    /// 0 for the document's title, 1… for headings.
    pub level: u8,
    /// Page counted from 0.
    pub page: usize,
    pub y: f32,
}

/// Place on a page that leads to another page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub page: usize,
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    pub to_page: usize,
    pub to_y: f32,
}

/// JPEG with its measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// 1, 3 or 4 colour channels.
    pub channels: u8,
    /// Exif orientation, 1 (as stored) to 8.
    pub orientation: u8,
}

impl Picture {
    /// Width and height as shown, turned upright.
    pub fn shown_size(&self) -> (u32, u32) {
        if self.orientation >= 5 {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }
}

/// A laid-out document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pages {
    pub(crate) pages: Vec<Page>,
    pub(crate) outline: Vec<Entry>,
    pub(crate) links: Vec<Link>,
    pub(crate) images: Vec<Picture>,
}

impl Pages {
    /// Number of pages.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Adds the pages of another document under an entry of the outline with its title.
    pub(crate) fn append(&mut self, other: Self, title: &str) {
        let (first, shift) = (self.pages.len(), self.images.len());
        self.outline.push(Entry {
            title: title.to_owned(),
            level: 0,
            page: first,
            y: 0.0,
        });
        self.outline.extend(
            other
                .outline
                .into_iter()
                .filter(|entry| entry.level > 0)
                .map(|entry| Entry {
                    page: entry.page + first,
                    ..entry
                }),
        );
        self.links.extend(other.links.into_iter().map(|link| Link {
            page: link.page + first,
            to_page: link.to_page + first,
            ..link
        }));
        self.pages.extend(other.pages.into_iter().map(|mut page| {
            for item in &mut page.items {
                if let Item::Image { index, .. } = item {
                    *index += shift;
                }
            }
            page
        }));
        self.images.extend(other.images);
    }

    /// The layout as lines of text: position, size, face and characters of each item, for comparison.
    #[must_use]
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (number, page) in self.pages.iter().enumerate() {
            let _ = writeln!(out, "== page {} {:.0}x{:.0}", number + 1, page.width, page.height);
            for item in &page.items {
                let _ = match item {
                    Item::Text(run) => writeln!(
                        out,
                        "{:7.1} {:6.1} {:4.1} f{} {}",
                        run.x, run.y, run.size, run.face, run.text
                    ),
                    Item::Rule { x1, y1, x2, y2, .. } => {
                        writeln!(out, "{x1:7.1} {y1:6.1} rule to {x2:.1} {y2:.1}")
                    }
                    Item::Fill { x, y, w, h, .. } => writeln!(out, "{x:7.1} {y:6.1} fill {w:.1}x{h:.1}"),
                    Item::Image { index, x, y, w, h } => {
                        writeln!(out, "{x:7.1} {y:6.1} image {index} {w:.1}x{h:.1}")
                    }
                };
            }
        }
        for entry in &self.outline {
            let indent = "  ".repeat(usize::from(entry.level));
            let _ = writeln!(
                out,
                "outline {indent}{} p{} y{:.1}",
                entry.title,
                entry.page + 1,
                entry.y
            );
        }
        for link in &self.links {
            let _ = writeln!(
                out,
                "link p{} -> p{} y{:.1}",
                link.page + 1,
                link.to_page + 1,
                link.to_y
            );
        }
        out
    }
}
