//! From text to lines: a glyph for each character, breaks, and positions within the line.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::chars::{Class, glued, is_han, is_shared_mark, pair_space};
use super::items::{Ink, Run};
use crate::PrintError;
use crate::doc::{Align, Span, Text};
use crate::fonts::{FaceIndex, FontSet, Role};

/// One character with its glyph's measures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Atom {
    ch: char,
    face: FaceIndex,
    advance: f32,
    /// Blank put before the glyph within its advance.
    lead: f32,
    class: Class,
    break_before: Break,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Never,
    Allowed,
    Forced,
}

/// Text ready for breaking, in one size.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shaped {
    atoms: Vec<Atom>,
    size: f32,
}

/// A line of a shaped text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    atoms: &'a [Atom],
    size: f32,
    /// First line of the text.
    first: bool,
    /// Last line of a paragraph (never stretched).
    last: bool,
}

/// Measures text with the faces of a set.
#[derive(Clone, Copy)]
pub(crate) struct Shaper<'a> {
    pub fonts: &'a FontSet,
    /// Set by the rules for English.
    pub english: bool,
}

impl Shaper<'_> {
    /// Finds the glyph of each character and the places where lines may be broken.
    pub fn shape(&self, text: &Text, base: Role, size: f32) -> Result<Shaped, PrintError> {
        let mut chars: Vec<(char, Role)> = Vec::new();
        for Span { text, bold } in &text.0 {
            let role = if *bold && base == Role::Body {
                Role::Bold
            } else {
                base
            };
            chars.extend(text.chars().filter_map(drawable).map(|ch| (ch, role)));
        }
        let breaks = self.breaks(&chars);
        // Dates and numbers that stand alone, as in a column, line up digit by digit.
        let numeric = chars
            .iter()
            .all(|(ch, _)| ch.is_ascii_digit() || "-–/.:,%+ ".contains(*ch));
        let zero = self.fonts.glyph(base, true, '0').map(|glyph| glyph.advance);
        let figure = zero.filter(|_| numeric);
        let mut atoms = Vec::with_capacity(chars.len());
        for (index, ((ch, role), break_before)) in chars.iter().zip(breaks).enumerate() {
            if *ch == '\n' {
                let class = Class::Space;
                atoms.push(Atom {
                    ch: '\n',
                    face: 0,
                    advance: 0.0,
                    lead: 0.0,
                    class,
                    break_before,
                });
                continue;
            }
            let latin = self.is_latin(&chars, index);
            let glyph = self
                .fonts
                .glyph(*role, latin, *ch)
                .ok_or_else(|| PrintError::GlyphMissing {
                    text: excerpt(&chars, index),
                    ch: *ch,
                })?;
            let lead = if *ch == '1' {
                narrower(figure, glyph.advance)
            } else {
                0.0
            };
            atoms.push(Atom {
                ch: *ch,
                face: glyph.face,
                advance: (glyph.advance + 2.0 * lead) * size,
                lead: lead * size,
                class: Class::of(*ch, glyph.advance, latin),
                break_before,
            });
        }
        Ok(Shaped { atoms, size })
    }

    /// Shapes a plain string.
    pub fn plain(&self, text: &str, role: Role, size: f32) -> Result<Shaped, PrintError> {
        self.shape(&Text::from(text), role, size)
    }

    /// Unicode's line breaking with what [`glued`] forbids and Chinese quotes allow.
    fn breaks(&self, chars: &[(char, Role)]) -> Vec<Break> {
        let whole: String = chars.iter().map(|(ch, _)| *ch).collect();
        let mut breaks = vec![Break::Never; chars.len()];
        let mut opportunities = linebreaks(&whole).peekable();
        let mut before = ' ';
        for ((index, (offset, ch)), slot) in whole.char_indices().enumerate().zip(&mut breaks) {
            let kind = opportunities
                .next_if(|(at, _)| *at == offset)
                .map(|(_, kind)| kind);
            // Unicode cannot know which way a quote faces and never breaks beside one; a Chinese one is
            // like any other bracket.
            let quote = matches!(ch, '“' | '‘') && !self.is_latin(chars, index)
                || matches!(before, '”' | '’') && index > 0 && !self.is_latin(chars, index - 1);
            *slot = match kind {
                Some(BreakOpportunity::Mandatory) => Break::Forced,
                _ if glued(before, ch) || index == 0 => Break::Never,
                Some(BreakOpportunity::Allowed) => Break::Allowed,
                None if quote && !ch.is_whitespace() => Break::Allowed,
                None => Break::Never,
            };
            before = ch;
        }
        breaks
    }

    /// Whether the character at `index` takes its Latin form.
    fn is_latin(&self, chars: &[(char, Role)], index: usize) -> bool {
        let at = |index: Option<usize>| index.and_then(|at| chars.get(at)).map(|(ch, _)| *ch);
        let Some(ch) = at(Some(index)) else { return false };
        if !is_shared_mark(ch) {
            return !is_han(ch);
        }
        let (before, after) = (at(index.checked_sub(1)), at(index.checked_add(1)));
        if self.english {
            !before.is_some_and(is_han) && !after.is_some_and(is_han)
        } else {
            let word = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
            ch == '’' && word(before) && word(after)
        }
    }
}

/// The character to draw: none for marks without a form of their own.
fn drawable(ch: char) -> Option<char> {
    match ch {
        '\t' => Some(' '),
        '\r' | '\u{200b}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => None,
        _ => Some(ch),
    }
}

/// Blank at either side of a digit that makes it as wide as the others, in em.
fn narrower(figure: Option<f32>, advance: f32) -> f32 {
    figure.map_or(0.0, |figure| ((figure - advance) / 2.0).max(0.0))
}

/// A few characters around the place, enough to find the name in question.
fn excerpt(chars: &[(char, Role)], index: usize) -> String {
    let from = index.saturating_sub(12);
    chars
        .iter()
        .skip(from)
        .take(index - from + 13)
        .map(|(ch, _)| *ch)
        .collect()
}

impl Shaped {
    /// Width on one line.
    pub fn width(&self) -> f32 {
        natural_width(&self.atoms, self.size, true)
    }

    /// Breaks into lines of at most `width`, the first one shorter by `indent`.
    pub fn lines(&self, width: f32, indent: f32) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let mut start = 0;
        while start < self.atoms.len() || lines.is_empty() {
            let first = lines.is_empty();
            let room = if first { width - indent } else { width };
            let (end, next, last) = self.break_line(start, room, first);
            let atoms = self.atoms.get(start..end).unwrap_or_default();
            lines.push(Line {
                atoms,
                size: self.size,
                first,
                last,
            });
            if next >= self.atoms.len() {
                // A text that ends with a line feed has an empty last line only if it is all there is.
                break;
            }
            start = next.max(start + 1);
        }
        lines
    }

    /// End of the line's drawn atoms, start of the next line, and whether a paragraph ends here.
    fn break_line(&self, start: usize, room: f32, first: bool) -> (usize, usize, bool) {
        let mut x = 0.0;
        let mut candidate = None;
        let mut previous: Option<&Atom> = None;
        for (offset, atom) in self.atoms.get(start..).unwrap_or_default().iter().enumerate() {
            let at = start + offset;
            if offset > 0 {
                match atom.break_before {
                    Break::Forced => return (self.trim(start, at), at, true),
                    Break::Allowed => candidate = Some(at),
                    Break::Never => {}
                }
            }
            x += match previous {
                Some(before) => pair_space(before.class, atom.class) * self.size,
                None if !first && atom.class == Class::Open => -0.5 * self.size,
                None => 0.0,
            };
            let blank_end = if atom.class == Class::Close {
                0.5 * self.size
            } else {
                0.0
            };
            if atom.class != Class::Space && x + atom.advance - blank_end > room + 0.01 && offset > 0 {
                let at = candidate.unwrap_or(at);
                return (self.trim(start, at), at, false);
            }
            x += atom.advance;
            previous = Some(atom);
        }
        (self.trim(start, self.atoms.len()), self.atoms.len(), true)
    }

    /// Leaves out blanks at the end of a line.
    fn trim(&self, start: usize, end: usize) -> usize {
        let atoms = self.atoms.get(start..end).unwrap_or_default();
        start
            + atoms
                .iter()
                .rposition(|atom| atom.class != Class::Space)
                .map_or(0, |last| last + 1)
    }
}

/// Width of a stretch of atoms as drawn: blanks of marks at the edges do not count.
fn natural_width(atoms: &[Atom], size: f32, first: bool) -> f32 {
    let mut width: f32 = atoms.iter().map(|atom| atom.advance).sum();
    width += atoms
        .iter()
        .zip(atoms.iter().skip(1))
        .map(|(before, after)| pair_space(before.class, after.class) * size)
        .sum::<f32>();
    if !first && atoms.first().is_some_and(|atom| atom.class == Class::Open) {
        width -= 0.5 * size;
    }
    if atoms.last().is_some_and(|atom| atom.class == Class::Close) {
        width -= 0.5 * size;
    }
    width
}

/// Space by which a line may at most be stretched at one place, in em.
const MAX_STRETCH_HAN: f32 = 0.3;
const MAX_STRETCH_WORD: f32 = 0.7;

impl Line<'_> {
    /// Width as drawn, without stretching.
    pub fn width(&self) -> f32 {
        natural_width(self.atoms, self.size, self.first)
    }

    /// Positions the line between `x` and `x + width` with its baseline at `y`.
    pub fn place(&self, x: f32, y: f32, width: f32, align: Align, ink: Ink) -> Vec<Run> {
        let spare = (width - self.width()).max(0.0);
        let start = match align {
            Align::Center => x + spare / 2.0,
            Align::Right => x + spare,
            Align::Left | Align::Justify => x,
        };
        let stretch = if align == Align::Justify && !self.last {
            self.stretch(spare)
        } else {
            None
        };
        // Where the next glyph is drawn.
        let mut pen = start + self.atoms.first().map_or(0.0, |atom| atom.lead);
        if !self.first && self.atoms.first().is_some_and(|atom| atom.class == Class::Open) {
            pen -= 0.5 * self.size;
        }
        let mut runs: Vec<Run> = Vec::new();
        // The space after the last atom of the open run; a run is closed when the next one differs.
        let mut previous: Option<(&Atom, f32)> = None;
        for (index, atom) in self.atoms.iter().enumerate() {
            let after = self.atoms.get(index + 1).map_or(0.0, |next| {
                let gap = stretch
                    .filter(|stretch| stretch.applies(atom, next))
                    .map_or(0.0, |s| s.amount);
                pair_space(atom.class, next.class) * self.size + gap + atom.lead + next.lead
            });
            let joined = match (runs.last_mut(), previous) {
                (Some(run), Some((before, space))) => run.push(before.ch, atom.ch, atom.face, space),
                _ => false,
            };
            if !joined {
                runs.push(Run {
                    face: atom.face,
                    size: self.size,
                    x: pen,
                    y,
                    spacing: None,
                    word_gap: None,
                    ink,
                    text: atom.ch.to_string(),
                });
            }
            pen += atom.advance - 2.0 * atom.lead + after;
            previous = Some((atom, after));
        }
        runs
    }

    fn stretch(&self, spare: f32) -> Option<Stretch> {
        // A Chinese name does not make an English line Chinese.
        let wide = self.atoms.iter().filter(|atom| atom.class.is_wide()).count() * 4 > self.atoms.len();
        let probe = Stretch { wide, amount: 0.0 };
        let pairs = || self.atoms.iter().zip(self.atoms.iter().skip(1));
        let gaps = pairs()
            .filter(|(before, after)| probe.applies(before, after))
            .count();
        #[allow(clippy::cast_precision_loss)]
        let amount = if gaps == 0 {
            return None;
        } else {
            spare / gaps as f32
        };
        let limit = if wide { MAX_STRETCH_HAN } else { MAX_STRETCH_WORD };
        (amount <= limit * self.size).then_some(Stretch { wide, amount })
    }
}

/// How a line is made to fill its measure.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// There is Chinese in the line: stretched between characters; otherwise at blanks only.
    wide: bool,
    amount: f32,
}

impl Stretch {
    fn applies(self, before: &Atom, after: &Atom) -> bool {
        if before.class == Class::Space {
            return true;
        }
        self.wide
            && after.class != Class::Space
            && (before.class.is_wide() || after.class.is_wide())
            && !(before.class == Class::Joined && after.class == Class::Joined)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static FONTS: LazyLock<FontSet> =
        LazyLock::new(|| FontSet::find(&[]).expect("Noto Serif CJK SC is installed"));

    fn broken(text: &str, width: f32, english: bool) -> Vec<String> {
        let shaper = Shaper {
            fonts: &FONTS,
            english,
        };
        let shaped = shaper.plain(text, Role::Body, 10.0).unwrap();
        shaped
            .lines(width, 0.0)
            .iter()
            .map(|line| line.atoms.iter().map(|atom| atom.ch).collect())
            .collect()
    }

    #[test]
    fn lines_break_where_a_reader_expects() {
        for (text, width, lines) in [
            ("安全保卫工作责任书", 40.0, vec!["安全保卫", "工作责任", "书"]),
            ("安全保卫，工作", 40.0, vec!["安全保", "卫，工作"]),
            ("安全保，卫", 40.0, vec!["安全保，", "卫"]),
            ("共三（十）人", 30.0, vec!["共三", "（十）", "人"]),
            ("始于2026年", 40.0, vec!["始于", "2026年"]),
            ("责任书第3条", 42.0, vec!["责任书", "第3条"]),
            ("第一行\n第二行", 90.0, vec!["第一行", "第二行"]),
            ("第一行\n\n第三行", 90.0, vec!["第一行", "", "第三行"]),
            ("", 90.0, vec![""]),
            ("one two three", 40.0, vec!["one two", "three"]),
            ("实现“四个零”目标", 60.0, vec!["实现“四个", "零”目标"]),
            ("应当实现“零”的目标", 40.0, vec!["应当实现", "“零”的", "目标"]),
            ("incomprehensible", 40.0, vec!["incomp", "rehensi", "ble"]),
        ] {
            assert_eq!(broken(text, width, false), lines, "{text}");
        }
    }

    #[test]
    fn quotes_take_the_form_of_their_language() {
        let width = |text: &str, english| {
            let shaper = Shaper {
                fonts: &FONTS,
                english,
            };
            shaper.plain(text, Role::Body, 10.0).unwrap().width()
        };
        assert!(width("“a”", false) > width("“a”", true) + 5.0);
        assert!((width("it’s", false) - width("it’s", true)).abs() < 0.01);
    }

    #[test]
    fn numbers_line_up_digit_by_digit() {
        let shaper = Shaper {
            fonts: &FONTS,
            english: false,
        };
        let width = |text: &str| shaper.plain(text, Role::Body, 10.0).unwrap().width();
        assert!((width("2026-11-11") - width("2026-00-00")).abs() < 0.1);
        assert!(width("11人") < width("00人") - 0.5);
        let one = shaper.plain("11", Role::Body, 10.0).unwrap();
        let runs = one.lines(99.0, 0.0)[0].place(0.0, 0.0, 99.0, Align::Left, Ink::Black);
        assert_eq!(runs.len(), 1);
        assert!(runs[0].x > 0.1 && runs[0].spacing.unwrap() > 0.3);
    }

    #[test]
    fn justified_lines_end_at_the_margin() {
        let shaper = Shaper {
            fonts: &FONTS,
            english: false,
        };
        let text = "按照标准逐项登记，检查人对自己看过的项目负责（含2026年补录）。网点A角应当在岗。";
        let shaped = shaper.plain(text, Role::Body, 10.0).unwrap();
        for line in shaped.lines(123.0, 20.0).iter().filter(|line| !line.last) {
            let spare = 123.0 - line.width();
            assert!(spare >= -0.01 || line.first);
            let stretched = line.stretch(if line.first { spare - 20.0 } else { spare });
            assert!(stretched.is_some(), "{spare}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_juts_out(text in "[安全，。（）《》“”2026年A角a-z ]{0,60}", width in 25.0_f32..200.0) {
            let shaper = Shaper { fonts: &FONTS, english: false };
            let shaped = shaper.plain(&text, Role::Body, 10.0).unwrap();
            let lines = shaped.lines(width, 0.0);
            let kept = |text: &str| text.chars().filter(|ch| *ch != ' ').collect::<String>();
            let out: String = lines.iter().flat_map(|line| line.atoms.iter().map(|atom| atom.ch)).collect();
            prop_assert_eq!(kept(&out), kept(&text));
            for line in &lines {
                prop_assert!(line.width() <= width + 0.02 || line.atoms.len() == 1);
                let runs = line.place(0.0, 0.0, width, Align::Justify, Ink::Black);
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                prop_assert_eq!(text, line.atoms.iter().map(|atom| atom.ch).collect::<String>());
            }
        }
    }
}
