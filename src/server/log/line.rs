//! One line of the log, and how it is written: as text for people, as JSON for programs.

use crate::config::choice::Choice;
use crate::config::log::{Level, LogFormat};
use crate::proto::time;
use serde::Serialize;

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub unix_ms: u64,
    pub level: Level,
    /// Without control characters.
    pub text: Box<str>,
}

/// A line as programs read it.
#[derive(Serialize)]
struct Json<'a> {
    time: String,
    level: &'static str,
    text: &'a str,
}

impl Line {
    /// As it is written, its end included.
    pub(super) fn written(&self, format: LogFormat) -> String {
        let (time, level) = (time::to_text(self.unix_ms), self.level.word());
        let text = &*self.text;
        match format {
            LogFormat::Text => format!("{time} {level:<5} {text}\n"),
            LogFormat::Json => {
                let json = serde_json::to_string(&Json { time, level, text });
                format!("{}\n", json.expect("a line is plain data"))
            }
        }
    }

    /// Whether the whole word stands in it: a name, or an address with or without its port.
    pub(super) fn names(&self, word: &str) -> bool {
        let ends = |c: Option<char>| c.is_none_or(|c| !(c.is_alphanumeric() || "_-.".contains(c)));
        let text = self.text.to_lowercase();
        let wanted = word.to_lowercase();
        !wanted.is_empty()
            && text.match_indices(&wanted).any(|(at, found)| {
                let (before, after) = (text.get(..at), text.get(at + found.len()..));
                let next = after.map(|rest| rest.trim_start_matches('.'));
                ends(before.and_then(|text| text.chars().next_back()))
                    && ends(next.and_then(|text| text.chars().next()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line {
            unix_ms: 0,
            level: Level::Info,
            text: text.into(),
        }
    }

    #[test]
    fn a_line_is_one_line_of_text_or_of_json() {
        let line = line("say \"hi\"");
        assert_eq!(
            line.written(LogFormat::Text),
            "1970-01-01T00:00:00.000Z info  say \"hi\"\n"
        );
        let json: serde_json::Value = serde_json::from_str(&line.written(LogFormat::Json)).unwrap();
        let expected = serde_json::json!({
            "time": "1970-01-01T00:00:00.000Z", "level": "info", "text": "say \"hi\"",
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn a_line_names_whole_words_only() {
        let line = line("Anna!anna@10.0.0.7: OPER refused for bob.");
        for word in ["anna", "ANNA", "10.0.0.7", "bob"] {
            assert!(line.names(word), "{word}");
        }
        for word in ["ann", "10.0.0", "0.0.7", "bo", ""] {
            assert!(!line.names(word), "{word}");
        }
    }
}
