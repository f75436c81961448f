//! The words of a command about files: names with spaces stand in quotes, or have a backslash before each.

/// What is wrong with them.
pub const OPEN: &str = "a quote has no end";

/// The words of a line. Quotes of either kind hold a word together; a backslash makes a space or a quote ordinary.
pub fn split(line: &str) -> Result<Vec<String>, &'static str> {
    let mut reader = Reader::default();
    reader.read(line);
    match reader.quote {
        None => Ok(reader.words.into_iter().map(|(_, word)| word).collect()),
        Some(_) => Err(OPEN),
    }
}

/// The word at the end of a line that is still being typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Last {
    /// Where it begins, with its quote.
    pub start: usize,
    /// How many words stand before it.
    pub before: usize,
    /// Without its quote.
    pub word: String,
}

/// The word that is being typed.
pub fn last(line: &str) -> Last {
    let mut reader = Reader::default();
    reader.read(line);
    let (start, word) = match reader.is_inside {
        true => reader.words.pop().unwrap_or_default(),
        false => (line.len(), String::new()),
    };
    let before = reader.words.len();
    Last {
        start,
        before,
        word,
    }
}

/// Reads words sign by sign.
#[derive(Debug, Default)]
struct Reader {
    /// Where each begins, and what it is.
    words: Vec<(usize, String)>,
    quote: Option<char>,
    /// The last word goes on.
    is_inside: bool,
}

impl Reader {
    fn read(&mut self, line: &str) {
        let mut signs = line.char_indices().peekable();
        while let Some((at, sign)) = signs.next() {
            let is_escaping = sign == '\\' && self.quote != Some('\'');
            if self.quote == Some(sign) {
                self.quote = None;
            } else if self.quote.is_none() && !self.is_inside && "\"'".contains(sign) {
                self.quote = Some(sign);
                self.word(at);
            } else if is_escaping
                && signs
                    .peek()
                    .is_some_and(|(_, next)| " \"'\\".contains(*next))
            {
                self.word(at).extend(signs.next().map(|(_, next)| next));
            } else if sign.is_whitespace() && self.quote.is_none() {
                self.is_inside = false;
            } else {
                self.word(at).push(sign);
            }
        }
    }

    /// The word that goes on, or a new one that begins here.
    fn word(&mut self, at: usize) -> &mut String {
        if !self.is_inside || self.words.is_empty() {
            self.words.push((at, String::new()));
        }
        self.is_inside = true;
        let last = self.words.len() - 1;
        &mut self.words.get_mut(last).expect("one was pushed").1
    }
}

/// A word as it has to be typed.
pub fn quoted(word: &str) -> String {
    let is_plain = !word.is_empty() && !word.contains([' ', '"', '\'', '\\']);
    match is_plain && !word.contains(char::is_whitespace) {
        true => word.to_owned(),
        false => {
            let inner = word.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{inner}\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_spaces_are_held_together() {
        for (line, words) in [
            ("a b", vec!["a", "b"]),
            ("  a  ", vec!["a"]),
            ("\"my file.pdf\" x", vec!["my file.pdf", "x"]),
            ("'my file.pdf'", vec!["my file.pdf"]),
            ("my\\ file.pdf #a", vec!["my file.pdf", "#a"]),
            ("it's", vec!["it's"]),
            ("\"\" x", vec!["", "x"]),
            ("a\\b", vec!["a\\b"]),
            ("\"a\\\"b\"", vec!["a\"b"]),
            ("", vec![]),
        ] {
            assert_eq!(split(line).unwrap(), words, "{line}");
        }
        assert_eq!(split("\"open"), Err(OPEN));
    }

    #[test]
    fn the_last_word_is_known_while_it_is_typed() {
        for (line, start, before, word) in [
            ("", 0, 0, ""),
            ("a", 0, 0, "a"),
            ("a ", 2, 1, ""),
            ("a \"b c", 2, 1, "b c"),
            ("a \"b c\"", 2, 1, "b c"),
            ("a b\\ c", 2, 1, "b c"),
            ("a 'b", 2, 1, "b"),
        ] {
            let word = word.to_owned();
            assert_eq!(
                last(line),
                Last {
                    start,
                    before,
                    word
                },
                "{line}"
            );
        }
    }

    #[test]
    fn what_is_quoted_is_one_word_again() {
        for word in ["a", "a b", "it's", "", "a\\b", "\"x\"", "a\u{2003}b"] {
            assert_eq!(split(&quoted(word)).unwrap(), [word], "{word}");
        }
    }
}
