//! Text cut into lines at its words, measured in columns of a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A space at which no line is broken.
pub const TIED: &str = "\u{a0}";

/// Cuts `text` into lines of at most `width` columns. A word is broken only if it is longer than a line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_inclusive(' ') {
        let bare = widest(word.trim_end_matches(' '));
        if used > 0 && used + bare > width {
            finish(&mut lines, &mut line);
            used = 0;
        }
        for piece in word.graphemes(true) {
            let wide = widest(piece);
            if used + wide > width {
                if piece == " " {
                    continue;
                }
                finish(&mut lines, &mut line);
                used = 0;
            }
            line.push_str(piece);
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        finish(&mut lines, &mut line);
    }
    lines
}

/// Columns of a text at most: some terminals show the tone of a skin beside the sign that has it.
fn widest(text: &str) -> usize {
    let is_tone = |c: &char| matches!(c, '\u{1f3fb}'..='\u{1f3ff}');
    text.width() + 2 * text.chars().filter(is_tone).count()
}

fn finish(lines: &mut Vec<String>, line: &mut String) {
    lines.push(line.replace(TIED, " ").trim_end_matches(' ').to_owned());
    line.clear();
}

/// `text` in at most `width` columns, with `cut` at the end if it had to be shortened.
pub fn shorten(text: &str, width: usize, cut: &str) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(cut.width());
    let mut short = String::new();
    let mut used = 0;
    for piece in text.graphemes(true) {
        if used + piece.width() > room {
            break;
        }
        used += piece.width();
        short.push_str(piece);
    }
    short + cut
}

/// `text` with spaces before it up to `width` columns.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// `text` with spaces after it up to `width` columns.
pub fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    #[test]
    fn lines_break_at_words_and_long_words_only_if_they_must() {
        for (text, width, lines) in [
            ("", 5, vec![""]),
            ("one two", 7, vec!["one two"]),
            ("one two", 6, vec!["one", "two"]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("a abcdefgh", 4, vec!["a", "abcd", "efgh"]),
            ("世界世界", 5, vec!["世界", "世界"]),
            ("a  b", 10, vec!["a  b"]),
            ("👍🏽👍🏽", 5, vec!["👍🏽", "👍🏽"]),
            ("a b\u{a0}c", 4, vec!["a", "b c"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }

    #[test]
    fn text_is_shortened_and_filled_by_columns() {
        assert_eq!(shorten("abcdef", 4, "…"), "abc…");
        assert_eq!(shorten("世界世", 4, "…"), "世…");
        assert_eq!(right("世", 4), "  世");
        assert_eq!(left("ab", 4), "ab  ");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "[a-z世 ]{0,80}", width in 2usize..40) {
            let lines = wrap(&text, width);
            assert!(lines.iter().all(|line| line.width() <= width));
            let bare = |t: &str| t.replace(' ', "");
            assert_eq!(bare(&lines.concat()), bare(&text));
        }

        #[test]
        fn any_text_can_be_wrapped(text in any::<String>(), width in 0usize..10) {
            assert!(!wrap(&text, width).is_empty());
        }
    }
}
