//! The text of a search: words, "phrases", `in:#room`, `from:nick`, `before:2026-11-20`, `after:2026-11-20T08:30`.
//!
//! Everything else is literal: no operator, no wildcard, no escape. Days and times without an offset are UTC. How a store
//! is asked for it is the store's matter.

use crate::proto::reference;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::fmt;

/// Bytes of the longest text.
pub const LONGEST: usize = 512;

/// Words that are searched for at once, those in phrases counted too.
pub const MOST_WORDS: usize = 16;

/// What is searched for; all of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchWords<'a> {
    /// Words, and phrases of several words; each holds a letter or a digit.
    pub phrases: Vec<&'a str>,
    /// The room or person that was spoken to, as typed.
    pub target: Option<&'a str>,
    /// Who said it, as typed.
    pub from: Option<&'a str>,
    /// Said earlier than this, in milliseconds since 1970-01-01 UTC.
    pub before_ms: Option<u64>,
    /// Said then or later.
    pub after_ms: Option<u64>,
}

/// Why nothing is searched for; shown as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Empty,
    TooLong,
    TooManyWords,
    /// Only signs that no index knows.
    NoWord,
    /// This filter stands there twice.
    Twice(Filter),
    /// What this filter wants is no date.
    Date(Filter),
}

/// What a search can be narrowed down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    In,
    From,
    Before,
    After,
}

impl<'a> SearchWords<'a> {
    /// Reads the text.
    pub fn parse(text: &'a str) -> Result<Self, Fault> {
        if text.len() > LONGEST {
            return Err(Fault::TooLong);
        }
        let (mut wanted, mut is_narrowed) = (Self::default(), false);
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (token, tail) = first(rest);
            rest = tail.trim_start();
            match token {
                Token::Filter(filter, value) => {
                    wanted.narrow(filter, value)?;
                    is_narrowed = true;
                }
                Token::Phrase(phrase) => wanted.phrases.push(phrase),
            }
        }
        let count = |phrase: &&str| phrase.split_whitespace().count();
        let words: usize = wanted.phrases.iter().map(count).sum();
        if words > MOST_WORDS {
            return Err(Fault::TooManyWords);
        }
        wanted
            .phrases
            .retain(|phrase| phrase.contains(char::is_alphanumeric));
        match wanted.phrases.is_empty() {
            true if words > 0 => Err(Fault::NoWord),
            true if !is_narrowed => Err(Fault::Empty),
            true | false => Ok(wanted),
        }
    }

    fn narrow(&mut self, filter: Filter, value: &'a str) -> Result<(), Fault> {
        let moment = || unix_ms(value).ok_or(Fault::Date(filter));
        let is_first = match filter {
            Filter::In => self.target.replace(value).is_none(),
            Filter::From => self.from.replace(value).is_none(),
            Filter::Before => self.before_ms.replace(moment()?).is_none(),
            Filter::After => self.after_ms.replace(moment()?).is_none(),
        };
        if is_first {
            Ok(())
        } else {
            Err(Fault::Twice(filter))
        }
    }
}

enum Token<'a> {
    Filter(Filter, &'a str),
    Phrase(&'a str),
}

/// The first token of a text that begins with none of its spaces, and what follows it.
fn first(text: &str) -> (Token<'_>, &str) {
    let quoted = text.strip_prefix('"').and_then(|text| text.split_once('"'));
    if let Some((phrase, rest)) = quoted {
        return (Token::Phrase(phrase), rest);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let token = match filter(word) {
        Some((filter, value)) => Token::Filter(filter, value),
        None => Token::Phrase(word),
    };
    (token, rest)
}

/// The filter that a word is, with its value. Without a value it is a word like others.
fn filter(word: &str) -> Option<(Filter, &str)> {
    let (name, value) = word.split_once(':')?;
    if value.is_empty() {
        return None;
    }
    let filter = Filter::ALL
        .into_iter()
        .find(|filter| filter.name().eq_ignore_ascii_case(name))?;
    Some((filter, value))
}

/// When a day begins, or the moment that is written; nothing is before 1970.
fn unix_ms(text: &str) -> Option<u64> {
    if let Some(ms) = reference::unix_ms(text) {
        return Some(ms);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(u64::try_from(moment.as_millisecond()).unwrap_or_default());
    }
    // A day would swallow the time that follows it.
    let moment = match text.contains(['T', 't']) {
        true => text.parse().ok()?,
        false => text.parse::<Date>().ok()?.at(0, 0, 0, 0),
    };
    let since = moment.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
    Some(u64::try_from(since.as_millis()).unwrap_or_default())
}

impl Filter {
    const ALL: [Self; 4] = [Self::In, Self::From, Self::Before, Self::After];

    fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::From => "from",
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Nothing to search for"),
            Self::TooLong => write!(f, "A search has at most {LONGEST} bytes"),
            Self::TooManyWords => write!(f, "A search has at most {MOST_WORDS} words"),
            Self::NoWord => f.write_str("Only words with a letter or a digit can be searched for"),
            Self::Twice(filter) => write!(f, "{}: stands there twice", filter.name()),
            Self::Date(filter) => write!(
                f,
                "{}: wants a day like 2026-11-20 or a time like 2026-11-20T08:30",
                filter.name()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-20T00:00:00Z.
    const DAY: u64 = 1_795_132_800_000;

    fn phrases(text: &str) -> Vec<&str> {
        SearchWords::parse(text).unwrap().phrases
    }

    #[test]
    fn words_and_phrases_are_literal() {
        for (text, expected) in [
            ("hello", &["hello"][..]),
            ("  two   words ", &["two", "words"]),
            (r#""two words" more"#, &["two words", "more"]),
            (r#""a"b"c d""#, &["a", r#"b"c"#, r#"d""#]),
            (r#"say "hello"#, &["say", r#""hello"#]),
            ("a OR b", &["a", "OR", "b"]),
            ("NEAR(x y)", &["NEAR(x", "y)"]),
            (
                "it's 100% a_b x* -y ^z",
                &["it's", "100%", "a_b", "x*", "-y", "^z"],
            ),
            (
                r"c:\dir at:10:30 http://x",
                &[r"c:\dir", "at:10:30", "http://x"],
            ),
            ("in: from: x", &["in:", "from:", "x"]),
            (r#""in:#a" x"#, &["in:#a", "x"]),
            ("ünï 漢字", &["ünï", "漢字"]),
            ("a - b", &["a", "b"]),
        ] {
            assert_eq!(phrases(text), expected, "{text}");
        }
    }

    #[test]
    fn a_search_is_narrowed_down() {
        let wanted =
            SearchWords::parse("in:#lobby FROM:Bob lunch after:2026-11-20 before:2026-11-21");
        assert_eq!(
            wanted,
            Ok(SearchWords {
                phrases: vec!["lunch"],
                target: Some("#lobby"),
                from: Some("Bob"),
                after_ms: Some(DAY),
                before_ms: Some(DAY + 86_400_000),
            })
        );
        assert_eq!(phrases("from:bob"), [""; 0]);
        assert_eq!(
            SearchWords::parse("from:a x from:b"),
            Err(Fault::Twice(Filter::From))
        );
        assert_eq!(
            SearchWords::parse("before:2026-11-20 before:2026-11-20"),
            Err(Fault::Twice(Filter::Before))
        );
    }

    #[test]
    fn days_and_times_are_read_in_utc() {
        let after = |text: &str| {
            SearchWords::parse(&format!("after:{text}")).map(|wanted| wanted.after_ms.unwrap())
        };
        for (text, expected) in [
            ("2026-11-20", DAY),
            ("2026-11-20T00:00", DAY),
            ("2026-11-20T00:00:01", DAY + 1000),
            ("2026-11-20T00:00:00.002Z", DAY + 2),
            ("2026-11-20T02:00:00+02:00", DAY),
            ("0000-01-01", 0),
            ("1969-12-31T23:00:00Z", 0),
            ("9999-12-31", 253_402_214_400_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] {
            assert_eq!(after(text), Ok(expected), "{text}");
        }
        for bad in [
            "x",
            "yesterday",
            "2026-02-30",
            "2026-11",
            "1e30",
            "1795132800",
            "T",
            "2026-11-20T",
            "2026-11-20T25:00",
            "-1",
        ] {
            assert_eq!(after(bad), Err(Fault::Date(Filter::After)), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_searched_for_is_told() {
        let many = "w ".repeat(MOST_WORDS);
        assert_eq!(phrases(&many).len(), MOST_WORDS);
        let longest = "w".repeat(LONGEST);
        assert_eq!(phrases(&longest).len(), 1);
        for (text, fault) in [
            ("", Fault::Empty),
            ("  ", Fault::Empty),
            ("\"\"", Fault::Empty),
            ("'", Fault::NoWord),
            ("\"", Fault::NoWord),
            ("\\", Fault::NoWord),
            ("% _ *", Fault::NoWord),
            ("in:#a %", Fault::NoWord),
            (&format!("{many}w"), Fault::TooManyWords),
            (&format!("\"{many}w\""), Fault::TooManyWords),
            (&format!("{longest}w"), Fault::TooLong),
            (&"x".repeat(4096), Fault::TooLong),
        ] {
            assert_eq!(SearchWords::parse(text), Err(fault), "{text}");
        }
        assert_eq!(
            Fault::Date(Filter::Before).to_string(),
            "before: wants a day like 2026-11-20 or a time like 2026-11-20T08:30"
        );
    }
}
