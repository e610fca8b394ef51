//! Rules of Chinese typesetting that depend on a character and its neighbour only.
//!
//! `unicode-linebreak` already keeps closing marks from a line's start and opening ones from its end; what
//! it lets through and people notice (a number torn from its unit, `第` from its number) is added here.

/// How a character behaves in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Ideograph or other full-width character.
    Han,
    /// Full-width opening mark: blank on its left.
    Open,
    /// Full-width closing mark: blank on its right.
    Close,
    /// Dash or ellipsis made of two characters that must touch.
    Joined,
    /// Latin letter or digit.
    Word,
    /// Other narrow character.
    Narrow,
    /// Blank.
    Space,
}

const OPEN: &str = "（《〈「『【〔［｛“‘";
const CLOSE: &str = "）》〉」』】〕］｝”’，。、；：．";
const NO_START: &str = "）》〉」』】〕］｝”’，。、；：．！？·…—～％℃°%‰々ー·/";
const NO_END: &str = "（《〈「『【〔［｛“‘￥＄£$¥第№#@";
const UNITS: &str =
    "年月日号时分秒条款项章节次个名人岁元万亿千百台套件份页张米㎡℃度级类楼层室天周季类户辆把只支处类起例";

impl Class {
    /// Class of a character that takes `em` of an em, in its Latin or its Chinese form.
    pub fn of(ch: char, em: f32, latin: bool) -> Self {
        // Some Latin signs (% @ —) are as wide as ideographs and yet behave like letters.
        let wide = em > 0.85 && !(latin && u32::from(ch) < 0x2100);
        match ch {
            ' ' | '\u{a0}' | '\u{3000}' => Self::Space,
            '—' | '…' | '⋯' | '―' if !latin => Self::Joined,
            _ if wide && OPEN.contains(ch) => Self::Open,
            _ if wide && CLOSE.contains(ch) => Self::Close,
            _ if is_han(ch) => Self::Han,
            _ if ch.is_alphanumeric() => Self::Word,
            _ if wide => Self::Han,
            _ => Self::Narrow,
        }
    }

    /// Whether a line may be stretched after this class as in Chinese text.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Han | Self::Open | Self::Close | Self::Joined)
    }
}

/// Ideographs, kana, full-width forms and CJK punctuation.
pub(crate) fn is_han(ch: char) -> bool {
    matches!(u32::from(ch), 0x2e80..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xffef
        | 0x2_0000..=0x3_ffff)
}

/// Marks shared by both scripts: their form follows the language of the text around them.
pub(crate) fn is_shared_mark(ch: char) -> bool {
    matches!(
        ch,
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '×' | '±' | '°' | '§' | '÷'
    )
}

/// Whether a line must not be broken between two neighbours although Unicode's rules allow it.
pub(crate) fn glued(before: char, after: char) -> bool {
    NO_START.contains(after)
        || NO_END.contains(before)
        || (before.is_ascii_digit()
            && (UNITS.contains(after) || matches!(after, '-' | '–' | '/' | '.' | ':')))
        || (matches!(before, '-' | '–' | '/' | '.' | ':') && after.is_ascii_digit())
}

/// Space, in em, to add between two neighbours: negative where two marks bring two blanks.
pub(crate) fn pair_space(before: Class, after: Class) -> f32 {
    match (before, after) {
        (Class::Close, Class::Close | Class::Open) | (Class::Open, Class::Open) => -0.5,
        (Class::Han, Class::Word) | (Class::Word, Class::Han) => HAN_LATIN,
        _ => 0.0,
    }
}

/// Between Chinese and Latin; an eighth, so that programs reading the page do not take it for a blank.
const HAN_LATIN: f32 = 0.125;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_units_and_marks_with_their_words() {
        for (before, after, expected) in [
            ('1', '年', true),
            ('第', '3', true),
            ('8', '—', true),
            ('3', '.', true),
            ('/', '4', true),
            ('年', '1', false),
            ('安', '全', false),
            ('全', '，', true),
            ('（', '一', true),
        ] {
            assert_eq!(glued(before, after), expected, "{before}|{after}");
        }
    }

    #[test]
    fn two_marks_share_their_blanks() {
        let class = |ch| Class::of(ch, 1.0, false);
        assert!(pair_space(class('）'), class('、')) < 0.0);
        assert!(pair_space(class('》'), class('《')) < 0.0);
        assert!(pair_space(class('，'), class('安')).abs() < f32::EPSILON);
        assert!(pair_space(class('全'), Class::of('A', 0.7, true)) > 0.0);
        for (ch, em) in [('”', 0.46), ('%', 0.89), ('—', 0.89)] {
            assert_eq!(Class::of(ch, em, true), Class::Narrow, "{ch}");
        }
    }
}
