//! Text cut to size.

/// The longest start of `text` that has at most `limit` bytes and ends with a whole character.
pub fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(
            (cut("aé", 2), cut("aé", 3), cut("a", 9), cut("", 0)),
            ("a", "aé", "a", "")
        );
    }
}
