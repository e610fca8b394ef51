//! Measures of the page styles, in points.

use crate::doc::{Document, PageStyle, TextSize};

/// A4.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;

/// Margins and type sizes of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub kind: PageStyle,
    pub english: bool,
    pub page_width: f32,
    pub page_height: f32,
    pub left: f32,
    /// Width of the text.
    pub width: f32,
    pub top: f32,
    /// Height of the text.
    pub height: f32,
    /// Baselines of header and footer.
    pub header_y: f32,
    pub footer_y: f32,
    pub body: Type,
    pub title: Type,
    pub subtitle: Type,
    /// Cells of tables and grids.
    pub cell: Type,
    /// Space above a paragraph.
    pub paragraph_gap: f32,
}

/// Size of the characters and distance of the baselines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub size: f32,
    pub leading: f32,
}

impl Type {
    const fn new(size: f32, leading: f32) -> Self {
        Self { size, leading }
    }

    /// Baseline below the top of a line: the middle of the characters on the middle of the line.
    pub fn baseline(self) -> f32 {
        self.leading / 2.0 + self.size * 0.36
    }
}

impl Style {
    /// The measures for a document.
    pub fn of(document: &Document) -> Self {
        let english = document.meta.is_english();
        let kind = document.style;
        // GB/T 9704: 22 lines of 28 characters of 16 pt, centred a little above the middle.
        let letter = Self {
            kind,
            english,
            page_width: SHORT,
            page_height: LONG,
            left: 73.64,
            width: 448.0,
            top: 102.0,
            height: 616.0,
            header_y: 62.0,
            footer_y: 762.0,
            body: Type::new(16.0, 28.0),
            title: Type::new(22.0, 34.0),
            subtitle: Type::new(16.0, 28.0),
            cell: Type::new(12.0, 18.0),
            paragraph_gap: 0.0,
        };
        let sheet = Self {
            left: 56.64,
            width: 482.0,
            top: 76.0,
            height: 690.0,
            header_y: 52.0,
            footer_y: 802.0,
            body: Type::new(10.5, 17.0),
            title: Type::new(18.0, 26.0),
            subtitle: Type::new(10.5, 17.0),
            cell: Type::new(10.5, 15.5),
            paragraph_gap: 4.0,
            ..letter
        };
        match kind {
            PageStyle::Letter if english => Self {
                body: Type::new(11.5, 17.5),
                title: Type::new(20.0, 28.0),
                subtitle: Type::new(11.5, 17.5),
                cell: Type::new(10.5, 15.0),
                top: 86.0,
                height: 665.0,
                header_y: 54.0,
                footer_y: 784.0,
                paragraph_gap: 6.0,
                ..letter
            },
            PageStyle::Letter => letter,
            PageStyle::RecordSheet => sheet,
            PageStyle::LedgerList => Self {
                page_width: LONG,
                page_height: SHORT,
                left: 42.0,
                width: 757.89,
                top: 62.0,
                height: 480.0,
                header_y: 42.0,
                footer_y: 568.0,
                body: Type::new(9.5, 15.0),
                title: Type::new(16.0, 24.0),
                subtitle: Type::new(9.5, 15.0),
                cell: Type::new(9.0, 13.0),
                ..sheet
            },
            PageStyle::RecoverySheet => Self {
                left: 70.64,
                width: 454.0,
                top: 92.0,
                height: 660.0,
                header_y: 58.0,
                footer_y: 790.0,
                body: Type::new(12.0, 21.0),
                title: Type::new(22.0, 34.0),
                subtitle: Type::new(12.0, 21.0),
                cell: Type::new(11.0, 17.0),
                paragraph_gap: 6.0,
                ..letter
            },
        }
    }

    /// Type of a heading.
    pub fn heading(&self, level: u8) -> Type {
        if self.kind == PageStyle::Letter && !self.english {
            return self.body;
        }
        let scale = match level {
            0 | 1 => 1.25,
            2 => 1.1,
            _ => 1.0,
        };
        Type::new(
            (self.body.size * scale * 2.0).round() / 2.0,
            self.body.leading * scale,
        )
    }

    /// Type of a paragraph.
    pub fn sized(&self, size: TextSize) -> Type {
        let scale = match size {
            TextSize::Small => 0.85,
            TextSize::Normal => return self.body,
            TextSize::Large => 1.25,
        };
        Type::new(
            (self.body.size * scale * 2.0).round() / 2.0,
            self.body.leading * scale,
        )
    }

    /// Size of header and footer.
    pub fn running_size(&self) -> f32 {
        if self.kind == PageStyle::Letter && !self.english {
            12.0
        } else {
            9.0
        }
    }
}
