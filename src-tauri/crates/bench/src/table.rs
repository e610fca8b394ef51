//! The one table: what, ours, limit or peer, ratio, target, met.

use std::fmt;

/// All lines of a run.
#[derive(Debug, Default)]
pub struct Table {
    lines: Vec<Line>,
}

/// One line; columns that do not apply stay empty.
#[derive(Debug, Default)]
struct Line {
    what: String,
    ours: String,
    other: String,
    ratio: String,
    target: String,
    met: Option<bool>,
}

/// A line under construction.
#[derive(Debug)]
pub struct Entry<'t>(&'t mut Line);

impl Table {
    /// Adds a line about something, with our figure.
    pub fn line(&mut self, what: impl Into<String>, ours: impl Into<String>) -> Entry<'_> {
        Entry(self.lines.push_mut(Line {
            what: what.into(),
            ours: ours.into(),
            ..Line::default()
        }))
    }

    /// Says what was not measured, and why.
    pub fn skipped(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.line(what, format!("not measured: {}", why.into()));
    }

    /// Says that a part could not be run.
    pub fn failed(&mut self, part: &str, why: &str) {
        self.line(format!("{part}: FAILED TO RUN"), why.to_owned());
    }
}

impl Entry<'_> {
    /// What it is compared with.
    pub fn against(self, other: impl Into<String>) -> Self {
        self.0.other = other.into();
        self
    }

    /// How often ours fits into it, or it into ours; the line says which.
    pub fn ratio(self, ratio: f64) -> Self {
        self.0.ratio = format!("{ratio:.2}");
        self
    }

    /// A value that has to be at least `bound`.
    pub fn at_least(self, value: f64, bound: f64, unit: &str) -> Self {
        self.0.target = format!("≥ {bound}{unit}");
        self.0.met = Some(value >= bound);
        self
    }

    /// A value that has to be at most `bound`.
    pub fn at_most(self, value: f64, bound: f64, unit: &str) -> Self {
        self.0.target = format!("≤ {bound}{unit}");
        self.0.met = Some(value <= bound);
        self
    }
}

impl Line {
    fn cells(&self) -> [&str; 6] {
        let met = match self.met {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        [
            &self.what,
            &self.ours,
            &self.other,
            &self.ratio,
            &self.target,
            met,
        ]
    }
}

const HEAD: [&str; 6] = ["what", "ours", "limit or peer", "ratio", "target", "met"];

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = HEAD.map(str::len);
        for line in self.lines.iter().filter(|line| !line.is_note()) {
            for (width, cell) in widths.iter_mut().zip(line.cells()) {
                *width = (*width).max(cell.chars().count());
            }
        }
        row(f, HEAD, widths)?;
        let rules = widths.map(|width| "-".repeat(width));
        row(f, rules.each_ref().map(String::as_str), widths)?;
        for line in &self.lines {
            row(f, line.cells(), widths)?;
        }
        Ok(())
    }
}

impl Line {
    /// A line of words that may run across the columns.
    fn is_note(&self) -> bool {
        self.other.is_empty() && self.met.is_none() && self.ours.chars().count() > 40
    }
}

fn row(f: &mut fmt::Formatter<'_>, cells: [&str; 6], widths: [usize; 6]) -> fmt::Result {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let blanks = width.saturating_sub(cell.chars().count());
        line.push_str(cell);
        line.push_str(&" ".repeat(blanks + 2));
    }
    writeln!(f, "{}", line.trim_end())
}
