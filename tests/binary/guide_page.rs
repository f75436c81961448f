//! The page of the operator's guide in pieces, and the form of what it shows.

use std::fs;
use std::path::PathBuf;

/// What a piece of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Commands that are run.
    Run,
    /// Commands that need a host of their own.
    Host,
    /// What the commands before it answer.
    Shown,
    /// A piece of the configuration.
    Config,
    /// Words for people, and all else.
    Words,
}

/// A piece: for a block the lines between its fences.
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) text: String,
}

pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/operating.md")
}

impl Page {
    pub(crate) fn read() -> Self {
        let mut blocks = vec![Block {
            kind: Kind::Words,
            text: String::new(),
        }];
        for line in fs::read_to_string(path()).expect("the guide").lines() {
            let is_words = blocks.last().is_none_or(|block| block.kind == Kind::Words);
            let kind = match line {
                "```sh" => Kind::Run,
                "```sh host" => Kind::Host,
                "```text" => Kind::Shown,
                "```yaml" => Kind::Config,
                "```" => Kind::Words,
                _ => {
                    assert!(!line.starts_with("```"), "{line}: no kind of block");
                    let block = blocks.last_mut().expect("a first one");
                    block.text.push_str(line);
                    block.text.push('\n');
                    continue;
                }
            };
            assert_ne!(is_words, kind == Kind::Words, "{line}: fences are paired");
            let text = String::new();
            blocks.push(Block { kind, text });
        }
        Self { blocks }
    }

    /// Writes the page anew, with these pieces.
    pub(crate) fn write(&self) {
        let mut all = String::new();
        for block in &self.blocks {
            let fence = match block.kind {
                Kind::Run => "sh",
                Kind::Host => "sh host",
                Kind::Shown => "text",
                Kind::Config => "yaml",
                Kind::Words => {
                    all.push_str(&block.text);
                    continue;
                }
            };
            all.push_str(&format!("```{fence}\n{}```\n", block.text));
        }
        fs::write(path(), all).expect("the guide");
    }
}

/// Text without what differs from one run to the next: numbers, times, ids, the width of columns.
pub(crate) fn form(text: &str) -> String {
    let mut forms = Vec::new();
    for line in text.lines() {
        let line = line.replace(|c: char| "-:/()".contains(c), " ");
        let mut words: Vec<&str> = Vec::new();
        for word in line.split_whitespace() {
            let is_changing = word.starts_with(|first: char| first.is_ascii_digit());
            let is_long = word.len() >= 32;
            let word = if is_changing || is_long { "N" } else { word };
            if word != "N" || words.last() != Some(&"N") {
                words.push(word);
            }
        }
        forms.push(words.join(" "));
    }
    forms.join("\n")
}
