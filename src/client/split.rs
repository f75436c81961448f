//! Long messages cut into as many as fit on lines of the wire.

use crate::client::item::Tone;
use crate::proto::message::MAX_LINE;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes that the server may put for user and host before our words when it passes them on.
const SOURCE: usize = ":!@ ".len() + 20 + 63;
/// Least bytes of text on a line, whatever the names.
const LEAST: usize = 64;

/// Bytes of text that fit on a line from `nick` to `target`.
pub fn room(nick: &str, target: &str, tone: Tone) -> usize {
    let frame = match tone {
        Tone::Say | Tone::Notice => 0,
        Tone::Action => "\x01ACTION \x01".len(),
    };
    let words = SOURCE + nick.len() + "PRIVMSG  :\r\n".len() + target.len() + frame;
    MAX_LINE.saturating_sub(words).max(LEAST)
}

/// Cuts `text` into parts of at most `most` bytes, between words where it can.
pub fn parts(text: &str, most: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for word in text.split_inclusive(' ') {
        if part.len() + word.trim_end().len() > most && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        for piece in word.graphemes(true).flat_map(|piece| bounded(piece, most)) {
            if part.len() + piece.len() > most {
                parts.push(std::mem::take(&mut part));
            }
            part.push_str(piece);
        }
    }
    parts.push(part);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// A user-perceived character, or the characters of one that is too long for a line.
fn bounded(piece: &str, most: usize) -> impl Iterator<Item = &str> {
    let step = if piece.len() > most { 1 } else { usize::MAX };
    let mut rest = piece;
    std::iter::from_fn(move || {
        let end = rest
            .char_indices()
            .map(|(at, _)| at)
            .nth(step)
            .unwrap_or(rest.len());
        let (taken, after) = rest.split_at(end);
        rest = after;
        (!taken.is_empty()).then_some(taken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(parts("one two three", 8), ["one two ", "three"]);
        assert_eq!(parts("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(parts("short", 100), ["short"]);
        assert_eq!(parts("  ", 100), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn parts_fit_and_lose_nothing(text in any::<String>(), most in 8usize..80) {
            let parts = parts(&text, most);
            assert!(parts.iter().all(|part| part.len() <= most));
            let bare = |text: &str| text.replace(char::is_whitespace, "");
            assert_eq!(bare(&parts.concat()), bare(&text));
        }
    }
}
