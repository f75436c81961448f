//! What the person does: a typed line is read and done.

pub mod own;
pub mod people;
pub mod room;
mod say;
pub mod talk;

use crate::client::asked::Fence;
use crate::client::ending::Ending;
use crate::client::input::{self, Input};
use crate::client::item::Tone;
use crate::client::state::{Deed, Phase, Refusal, State};
use crate::exit::Exit;
use jiff::Timestamp;

/// Pasted lines up to this many are sent without a question.
const FEW: usize = 3;
const NO_TARGET: &str = "No room yet: nothing was sent. /join #lobby or /dm NAME TEXT";

impl State {
    /// A line was typed.
    pub fn typed(&mut self, line: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        if matches!(self.phase, Phase::Naming(_)) {
            self.choose_name(line);
        } else if let Some(lines) = self.paste.take() {
            self.decide_paste(&lines, line);
        } else if let Err(refusal) = self.obey(line) {
            self.refuse(refusal);
        }
        std::mem::take(&mut self.deeds)
    }

    /// Nothing more will be typed: leaves once all is acknowledged.
    pub fn input_ended(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        if self.is_pipe() {
            self.end_input();
        } else {
            self.say_goodbye("");
        }
        std::mem::take(&mut self.deeds)
    }

    /// Takes no further line, and asks for a sign that all before has been taken.
    pub fn end_input(&mut self) {
        if self.input_ended.is_none() {
            self.input_ended = Some(self.now);
            self.fence(Fence::Said);
        }
    }

    fn choose_name(&mut self, line: &str) {
        let name = line.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            self.phase = Phase::Naming("A name is one word. Your name: ".to_owned());
            return;
        }
        self.phase = Phase::Greeting;
        self.began = self.now;
        name.clone_into(&mut self.me);
        self.send("NICK", &[name], None);
    }

    fn decide_paste(&mut self, lines: &[String], answer: &str) {
        if matches!(
            answer.trim().to_ascii_lowercase().as_str(),
            "s" | "send" | "y" | "yes"
        ) {
            for line in lines {
                if let Err(refusal) = self.say_here(line) {
                    return self.refuse(refusal);
                }
            }
        } else {
            self.event("not sent; the paste is on the ↑ key");
        }
    }

    fn obey(&mut self, line: &str) -> Result<(), Refusal> {
        if line.contains('\n') {
            return self.paste(line);
        }
        match input::read(line) {
            Input::Nothing => Ok(()),
            Input::Say(text) => self.say_here(text),
            Input::Run(row, rest) => (row.run)(self, rest),
            Input::Refused(words) => Err(Refusal::usage(words)),
        }
    }

    /// Several lines at once are text, whatever they begin with.
    fn paste(&mut self, text: &str) -> Result<(), Refusal> {
        let lines: Vec<_> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        if lines.len() > FEW {
            self.paste = Some(lines.into_iter().map(str::to_owned).collect());
            return Ok(());
        }
        lines.into_iter().try_for_each(|line| self.say_here(line))
    }

    /// Says something where plain lines go.
    pub fn say_here(&mut self, text: &str) -> Result<(), Refusal> {
        let target = self.must_have_target()?;
        self.say(&target, text, Tone::Say, "");
        Ok(())
    }

    /// Where plain lines go.
    pub fn must_have_target(&self) -> Result<String, Refusal> {
        self.target.clone().ok_or_else(|| Refusal::usage(NO_TARGET))
    }

    /// Says goodbye; the connection is closed by the other side, or soon by us.
    pub fn say_goodbye(&mut self, words: &str) {
        self.send("QUIT", &[], Some(words));
        self.phase = Phase::Leaving(self.now);
    }

    /// Leaves if the input is at its end and nothing is on its way.
    pub fn leave_if_done(&mut self) {
        let is_done = self.input_ended.is_some() && self.asked.is_empty();
        if is_done && self.is_pipe() && self.phase == Phase::Here {
            self.say_goodbye("");
        }
    }

    /// The end of a conversation that was left properly.
    pub fn farewell(&self) -> Ending {
        let exit = self.trouble.filter(|_| self.is_pipe());
        Ending::quiet(exit.unwrap_or(Exit::Done))
    }
}

/// The first word, and what follows it.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

/// The text without the quotes around all of it.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»')] {
        let inner = text
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) =
            inner.filter(|inner| !inner.is_empty() && !inner.contains([open, close]))
        {
            return inner;
        }
    }
    text
}

/// How a command is written, as a refusal.
fn usage(name: &str) -> Refusal {
    match input::row(name) {
        Some(row) => Refusal::usage(format!(
            "Usage: {}   for example: {}",
            row.usage, row.example
        )),
        None => Refusal::usage("/help shows the commands."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_around_all_of_a_text_are_taken_off() {
        for (text, bare) in [
            ("\"hello there\"", "hello there"),
            ("“hello”", "hello"),
            ("\"a\" and \"b\"", "\"a\" and \"b\""),
            ("\"", "\""),
            ("\"\"", "\"\""),
            ("it's", "it's"),
        ] {
            assert_eq!(unquoted(text), bare, "{text}");
        }
    }
}
