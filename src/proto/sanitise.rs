//! Remote text made harmless for a terminal or a log: the one place where that is done.
//!
//! What comes out holds no control character (so no line break and no escape sequence), nothing that
//! reorders text, no hidden character without a sign of it, no tower of marks, and is bounded. Cleaning
//! twice changes nothing. Nothing here knows colours: a program colours what it has cleaned.

use crate::proto::formatting;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Longest text in user-perceived characters; the rest is cut off.
const LONGEST_TEXT: usize = 4096;
/// Longest name in user-perceived characters.
const LONGEST_NAME: usize = 64;
/// Marks that one character may carry.
const MOST_MARKS: usize = 4;
const CUT: char = '…';
const HIDDEN: char = '·';
const BREAK: char = '↵';
const TAB: &str = "    ";

/// What becomes of a hidden character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    Shown,
    Removed,
}

/// What somebody said, as one line.
pub fn text(raw: &str) -> Cow<'_, str> {
    clean(raw, Hidden::Shown, LONGEST_TEXT)
}

/// A name of a person, room or file.
pub fn name(raw: &str) -> Cow<'_, str> {
    clean(raw, Hidden::Removed, LONGEST_NAME)
}

/// Bytes that may not be text, as one line.
pub fn bytes(raw: &[u8]) -> String {
    text(&String::from_utf8_lossy(raw)).into_owned()
}

/// Takes out the formatting codes of IRC: bold, colour and the like.
pub fn unformatted(raw: &str) -> Cow<'_, str> {
    if !formatting::is_formatted(raw) {
        return Cow::Borrowed(raw);
    }
    let pieces = formatting::pieces(raw).into_iter();
    Cow::Owned(pieces.map(|(_, text)| text).collect())
}

fn clean(raw: &str, hidden: Hidden, longest: usize) -> Cow<'_, str> {
    if raw.len() <= longest && raw.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(cut(replace(raw, hidden), longest))
}

/// Every character for itself, with an eye on its neighbours.
fn replace(raw: &str, hidden: Hidden) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        let before = out.chars().next_back();
        match c {
            '\t' => out.push_str(TAB),
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(BREAK),
            '\0'..='\x1f' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or(HIDDEN)),
            '\x7f' => out.push('␡'),
            '\u{80}'..='\u{9f}' => out.push(char::REPLACEMENT_CHARACTER),
            _ if is_reordering(c) => continue,
            _ if is_joining(c, before, chars.peek().copied()) => out.push(c),
            _ if is_hidden(c) && hidden == Hidden::Removed => continue,
            _ if is_hidden(c) => out.push(HIDDEN),
            _ if c.width() == Some(0) => {
                marks += 1;
                if marks <= MOST_MARKS && before.is_some() {
                    out.push(c);
                }
                continue;
            }
            _ => out.push(c),
        }
        marks = 0;
    }
    out
}

/// A JSON text that means the same and harms no terminal: what C0 is to JSON, other controls and what turns the
/// direction of text are here. They stand in strings alone.
pub fn json(text: &str) -> String {
    let is_harmful =
        |c: char| c.is_control() || is_reordering(c) || matches!(c, '\u{2028}' | '\u{2029}');
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match is_harmful(c) {
            true => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => safe.push(c),
        }
    }
    safe
}

/// Cut at `longest` user-perceived characters, the sign of the cut included.
fn cut(mut text: String, longest: usize) -> String {
    let Some((last, _)) = text.grapheme_indices(true).nth(longest - 1) else {
        return text;
    };
    if text.grapheme_indices(true).nth(longest).is_some() {
        text.truncate(last);
        // What joins has nothing to join before the sign.
        text.truncate(text.trim_end_matches(['\u{200c}', '\u{200d}']).len());
        text.push(CUT);
    }
    text
}

/// Embeddings, overrides, isolates and marks of direction.
fn is_reordering(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// Whether a terminal shows the character, does nothing else, and leaves the others where they are.
pub fn is_plain(c: char) -> bool {
    !c.is_control() && !is_reordering(c) && !is_hidden(c)
}

/// Characters without a shape of their own.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// A joiner where it has work to do: inside an emoji, or a non-joiner between letters.
fn is_joining(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_picture = |c| matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    let is_letter = |c: char| !c.is_ascii() && c.is_alphabetic() && !is_hidden(c);
    match c {
        '\u{200d}' => {
            before.is_some_and(|c| c == '\u{fe0f}' || is_picture(c))
                && after.is_some_and(is_picture)
        }
        '\u{200c}' => before.is_some_and(is_letter) && after.is_some_and(is_letter),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    #[test]
    fn json_says_the_same_and_harms_nothing() {
        let text = "a\u{1b}[31m\u{9b}x\u{7f}\u{202e}b\u{2028}é\n\u{200f}";
        let line = json(&serde_json::json!({ "text": text }).to_string());
        assert!(
            !line.contains(|c: char| c.is_control() || is_reordering(c) || c == '\u{2028}'),
            "{line}"
        );
        let back: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["text"], text);
    }

    #[test]
    fn what_a_terminal_would_obey_becomes_visible() {
        for (raw, clean) in [
            ("plain", "plain"),
            ("é 世界 👍", "é 世界 👍"),
            ("\x1b]2;x\x07", "␛]2;x␇"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\r\nb\nc\rd\u{2028}e", "a↵b↵c↵d↵e"),
            ("a\tb\0\x7f", "a    b␀␡"),
            ("\u{202e}evil\u{2066}", "evil"),
            ("a\u{200b}b", "a·b"),
            ("👨\u{200d}👩", "👨\u{200d}👩"),
            ("a\u{200d}b", "a·b"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(text(raw), clean, "{raw:?}");
        }
        assert_eq!(name("al\u{200b}i\u{ad}ce\u{202e}"), "alice");
        assert_eq!(bytes(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn a_tower_of_marks_is_taken_down_to_four() {
        let tower = format!("e{}x", "\u{301}".repeat(200));
        assert_eq!(text(&tower), format!("e{}x", "\u{301}".repeat(4)));
    }

    #[test]
    fn cleaning_what_is_clean_changes_nothing() {
        let cut_at_a_joiner = format!("{}ا\u{200c}ا👨", "é".repeat(LONGEST_NAME - 2));
        for raw in [cut_at_a_joiner.as_str(), "ا\u{200c}\u{115f}", "ا\u{200c}ا"] {
            for clean in [text, name] {
                let once = clean(raw).into_owned();
                assert_eq!(clean(&once), once, "{raw:?}");
            }
        }
    }

    #[test]
    fn a_long_text_is_cut_with_a_sign_of_it() {
        let exact = "é".repeat(LONGEST_TEXT);
        assert_eq!(text(&exact), exact);
        let cut = text(&"é".repeat(LONGEST_TEXT + 1)).into_owned();
        assert_eq!(cut.chars().count(), LONGEST_TEXT);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn formatting_codes_are_taken_out() {
        for (raw, plain) in [
            ("\x02bold\x02 \x1dit\x0f", "bold it"),
            ("\x0304,12red\x03", "red"),
            ("\x031234", "34"),
            ("\x033,x", ",x"),
            ("\x04ff0000red", "red"),
            ("none", "none"),
        ] {
            assert_eq!(unformatted(raw), plain, "{raw:?}");
        }
    }

    fn is_harmless(text: &str) -> bool {
        !text.chars().any(|c| c.is_control() || is_reordering(c))
    }

    proptest! {
        #[test]
        fn whatever_comes_in_harmless_bounded_text_comes_out(raw in any::<String>()) {
            for clean in [text(&raw), name(&raw)] {
                assert!(is_harmless(&clean));
                assert!(clean.graphemes(true).count() <= LONGEST_TEXT);
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing(raw in "[a\u{301}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{fe0f}\u{1f468}\x00-\x1f\u{80}-\u{9f}ا]*") {
            for clean in [text, name] {
                let once = clean(&raw).into_owned();
                assert_eq!(clean(&once), once);
            }
        }

        #[test]
        fn any_bytes_become_harmless(raw in any::<Vec<u8>>()) {
            assert!(is_harmless(&bytes(&raw)));
            assert!(!unformatted(&String::from_utf8_lossy(&raw)).contains('\x03'));
        }
    }
}
