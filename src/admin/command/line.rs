//! A line with a verb in it, typed in the console or as a session.

use crate::admin::command::Command;
use clap::Parser;

/// One request that is typed as a line.
#[derive(Debug, Parser)]
#[command(name = "", no_binary_name = true, help_template = "{all-args}")]
pub struct Line {
    /// Do not ask back
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Answer as a program reads it
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// The words of a line: parted by spaces, held together by quotes, `\` before a character that is to be taken as it is.
/// The text of `broadcast` needs no quotes, and `?` is help.
pub fn words(line: &str) -> Result<Vec<String>, &'static str> {
    let line = line.trim();
    if let Some(about) = line.strip_prefix('?') {
        return Ok([vec!["help".to_owned()], words(about)?].concat());
    }
    if let Some((verb, text)) = line.split_once(' ') {
        let text = text.trim();
        if verb == "broadcast" && !text.starts_with(['"', '\'', '-']) {
            return Ok(vec![verb.into(), "--".into(), text.into()]);
        }
    }
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => {
                let next = chars
                    .next()
                    .ok_or("A \\ at the end of the line stands for nothing.")?;
                word.get_or_insert_default().push(next);
            }
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    match quote {
        None => Ok(words),
        Some(_) => Err("A quote is not closed."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_as_a_shell_would() {
        let cases: &[(&str, &[&str])] = &[
            ("kick  bob", &["kick", "bob"]),
            ("kick bob -r \"be nice\"", &["kick", "bob", "-r", "be nice"]),
            ("kick 'a b' c\\ d", &["kick", "a b", "c d"]),
            ("broadcast don't panic", &["broadcast", "--", "don't panic"]),
            ("?", &["help"]),
            ("? kick", &["help", "kick"]),
            ("broadcast \"a  b\"", &["broadcast", "a  b"]),
        ];
        for (line, expected) in cases {
            assert_eq!(words(line).unwrap(), *expected, "{line}");
        }
        assert!(words("kick \"bob").is_err());
        assert!(words("kick bob\\").is_err());
    }
}
