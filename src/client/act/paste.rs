//! Several lines at once, pasted or written in an editor: text, whatever they begin with, and asked about if many.

use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::item::Item;
use crate::client::state::{Phase, State};
use crate::proto::file_name::size;

/// Lines up to this many are sent without a question.
const FEW: usize = 3;
/// Most bytes that are said; more can only be shared as a file.
const MOST: usize = 64 * 1024;
pub(super) const CANCELLED: &str = "not sent; the paste is on the ↑ key";
const TOO_LONG: &str = "That is too long to be said. f and Enter shares it as a file.";
const NO_FILES: &str = "There is no connection to a server that takes files; s and Enter says it.";

/// Whether a line is more than one, or more than can be said; its last line break does not count.
pub(super) fn is_long(line: &str) -> bool {
    line.trim_end_matches(['\n', '\r']).contains('\n') || line.len() > MOST
}

fn is_too_long(lines: &[String]) -> bool {
    lines.iter().map(|line| line.len() + 1).sum::<usize>() > MOST + 1
}

impl State {
    /// Several lines were typed or pasted.
    pub(super) fn paste(&mut self, text: &str) -> Result<(), Refusal> {
        self.must_have_target()?;
        let lines: Vec<_> = text.trim_end().lines().map(str::to_owned).collect();
        if lines.len() > FEW || is_too_long(&lines) {
            self.paste = Some(lines);
            return Ok(());
        }
        self.say_lines(lines.iter().map(String::as_str))
    }

    /// Takes the answer to the question about a paste.
    pub(super) fn decide_paste(&mut self, lines: Vec<String>, answer: &str) {
        let done = match answer.trim().to_ascii_lowercase().as_str() {
            "s" | "send" | "y" | "yes" if is_too_long(&lines) => {
                self.paste = Some(lines);
                Err(Refusal::usage(TOO_LONG))
            }
            "s" | "send" | "y" | "yes" => self.say_lines(lines.iter().map(String::as_str)),
            "f" | "file" if !self.takes_files() => {
                self.paste = Some(lines);
                Err(Refusal::refused(NO_FILES))
            }
            "f" | "file" => self.upload_text(lines.join("\n") + "\n"),
            "c" | "cancel" | "n" | "no" => {
                self.event(CANCELLED);
                Ok(())
            }
            "e" | "edit" => {
                self.draft = Some(lines.join("\n"));
                Ok(())
            }
            _ => {
                let words = format!("{} or Ctrl-C cancels it.", self.ways(&lines));
                self.paste = Some(lines);
                self.show(Item::Refused(words));
                Ok(())
            }
        };
        if let Err(refusal) = done {
            self.refuse(refusal);
        }
    }

    /// What can be answered, in words.
    fn ways(&self, lines: &[String]) -> String {
        let mut ways = Vec::new();
        if !is_too_long(lines) {
            ways.push("s and Enter sends it");
        }
        if self.takes_files() {
            ways.push("f and Enter shares it as a file");
        }
        ways.extend(["e and Enter opens it in your editor", "c and Enter"]);
        ways.join(", ")
    }

    fn takes_files(&self) -> bool {
        let has_place = self.server.is_ours() || self.server.file_host.is_some();
        has_place && self.phase == Phase::Here
    }

    /// The question about a paste.
    pub fn paste_question(&self, lines: &[String]) -> String {
        let bytes: usize = lines.iter().map(String::len).sum::<usize>() + lines.len() - 1;
        let target = self.target.as_deref().unwrap_or("nobody");
        let count = match lines.len() {
            1 => "1 line".to_owned(),
            many => format!("{many} lines"),
        };
        let empty = lines.iter().filter(|line| line.trim().is_empty()).count();
        let left_out = match empty {
            0 => String::new(),
            _ if self.has(caps::MULTILINE) => String::new(),
            many => format!(" ({many} empty, to be left out)"),
        };
        let (remark, say) = match is_too_long(lines) {
            true => (", too long to be said", ""),
            false => ("", "[s]end "),
        };
        let file = if self.takes_files() { "[f]ile " } else { "" };
        let bytes = size(u64::try_from(bytes).unwrap_or(u64::MAX));
        format!(
            "Paste of {count}{left_out}, {bytes} → {target}{remark}. {say}{file}[e]dit [c]ancel, then Enter: "
        )
    }

    /// Says these; an empty line cannot be said, and that is told.
    fn say_lines<'l>(&mut self, lines: impl Iterator<Item = &'l str>) -> Result<(), Refusal> {
        if self.has(caps::MULTILINE) {
            let whole: Vec<&str> = lines.collect();
            return self.say_here(whole.join("\n").trim_matches('\n'));
        }
        let (empty, full): (Vec<_>, Vec<_>) = lines.partition(|line| line.trim().is_empty());
        full.into_iter().try_for_each(|line| self.say_here(line))?;
        match empty.len() {
            0 => {}
            1 => self.show(Item::Receipt("1 empty line was left out".to_owned())),
            many => self.show(Item::Receipt(format!("{many} empty lines were left out"))),
        }
        Ok(())
    }
}
