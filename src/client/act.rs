//! What the person does: a typed line is read and done.

pub mod account;
pub mod beside;
pub mod files;
mod go;
mod jump;
pub mod mark;
pub mod moderate;
pub mod mute;
pub mod own;
pub mod past;
mod paste;
pub mod people;
mod program;
pub mod room;
mod say;
pub mod talk;
pub mod taste;
pub mod transfers;
pub mod way;

use crate::client::asked::Fence;
use crate::client::deed::{Deed, Refusal};
use crate::client::dialog::Dialog;
use crate::client::ending::Ending;
use crate::client::input::{self, Input};
use crate::client::item::{Item, Tone};
use crate::client::naming;
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use jiff::Timestamp;

const NO_TARGET: &str = "No room yet: nothing was sent. /join #lobby or /dm NAME TEXT";

impl State {
    /// A line was typed.
    pub fn typed(&mut self, line: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.asked.about = None;
        if let Some(target) = self.target.clone().filter(|_| self.phase == Phase::Here) {
            self.mark_read(&target);
        }
        let strayed = self.strayed.take_if(|_| self.dialog.is_none());
        if let Some(dialog) = self.dialog.take() {
            self.answer(dialog, line.trim_end_matches(['\r', '\n']));
        } else if self.phase == Phase::Naming {
            self.choose_name(line);
        } else if let Some(left) = strayed.filter(|_| self.goes_here(line)) {
            self.paste = None;
            self.refuse(self.misled(&left));
        } else if let Some(lines) = self.paste.take() {
            self.decide_paste(lines, line);
        } else if let Err(refusal) = self.obey(line) {
            self.refuse(refusal);
        }
        self.turn_page();
        std::mem::take(&mut self.deeds)
    }

    /// Ctrl-C, and nothing was typed.
    pub fn interrupted(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let dialog = self.dialog.take();
        if self.phase == Phase::Naming || (dialog.is_some() && self.phase == Phase::Greeting) {
            self.leave(Ending::quiet(Exit::Interrupted));
        } else if let Some(dialog) = dialog {
            self.cancel(&dialog);
        } else if self.paste.take().is_some() {
            self.event(paste::CANCELLED);
        } else if !self.ask_to_cancel() {
            self.show(Item::Text("Ctrl-D or /quit to leave".to_owned()));
        }
        std::mem::take(&mut self.deeds)
    }

    /// A line of the input cannot be taken.
    pub fn unreadable(&mut self, words: &str, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.refuse(Refusal::usage(format!("{words}. Nothing of it was sent.")));
        std::mem::take(&mut self.deeds)
    }

    /// Nothing more will be typed: leaves once all is acknowledged.
    pub fn input_ended(&mut self, now: Timestamp) -> Vec<Deed> {
        self.now = now;
        let dialog = self.dialog.take();
        if let (Some(Dialog::Leave(..)), true) = (&dialog, self.is_apart()) {
            self.take_leave("");
        } else if let Some(dialog) = dialog.filter(|_| self.phase == Phase::Here) {
            self.cancel(&dialog);
        } else if self.is_pipe() {
            self.end_input();
        } else if !self.ask_to_leave_unsent() {
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
        if name == "QUIT" || name.eq_ignore_ascii_case("/quit") {
            return self.leave(Ending::quiet(Exit::Done));
        }
        if let Some(fault) = naming::fault(name) {
            return self.show(Item::Refused(fault.to_owned()));
        }
        self.phase = Phase::Greeting;
        self.began = self.now;
        name.clone_into(&mut self.me);
        self.send("NICK", &[name], None);
    }

    fn obey(&mut self, line: &str) -> Result<(), Refusal> {
        if self.is_json() && line.starts_with('{') {
            return self.obey_object(line);
        }
        if paste::is_long(line) {
            return self.paste(line);
        }
        let line = &self.unaliased(line).unwrap_or_else(|| line.to_owned());
        let read = match self.taste.has_bare_words {
            true => input::read(line),
            false => input::read_slashed(line),
        };
        match read {
            Input::Nothing => Ok(()),
            Input::Say(text) if self.is_to_nobody(text) => Err(usage("send")),
            Input::Say(text) => self.say_here(text),
            Input::There(room, text) => self.say_there(room, text),
            Input::Run(row, _) if self.is_apart() && !row.works_alone() => {
                Err(Refusal::refused(format!(
                    "No connection, and /{} needs one. Nothing was sent: type it again when it is back.",
                    row.name
                )))
            }
            Input::Run(row, rest) => (row.run)(self, rest),
            Input::Perhaps(rest, line) => files::download_or_ask(self, rest, line),
            Input::Refused(words) => Err(Refusal::usage(words)),
        }
    }

    /// Whether what is typed would be done where plain lines go.
    fn goes_here(&self, line: &str) -> bool {
        let line = &self.unaliased(line).unwrap_or_else(|| line.to_owned());
        if paste::is_long(line) || self.paste.is_some() {
            return true;
        }
        let read = match self.taste.has_bare_words {
            true => input::read(line),
            false => input::read_slashed(line),
        };
        match read {
            Input::Say(_) | Input::Perhaps(..) => true,
            Input::Run(row, words) => row.acts_here(words),
            Input::Nothing | Input::There(..) | Input::Refused(_) => false,
        }
    }

    /// The first line after a room was left without the person's doing: it may have been meant for that room.
    fn misled(&self, left: &str) -> Refusal {
        let now = match &self.target {
            Some(target) => format!("plain lines go to {target} now"),
            None => "plain lines go nowhere now".to_owned(),
        };
        Refusal::refused(format!("{left} is left; {now}. {}", self.recall()))
    }

    /// Whether somebody began to send something to a person, and left it at the name.
    fn is_to_nobody(&self, text: &str) -> bool {
        let (verb, name) = first_word(text);
        verb.eq_ignore_ascii_case("send") && self.rooms.knows(&self.server, name).is_some()
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
        if !self.ask_to_give_up(words) {
            self.take_leave(words);
        }
    }

    fn take_leave(&mut self, words: &str) {
        if self.is_apart() {
            let unsent: Vec<&str> = self.outbox.iter().map(|own| own.text.as_str()).collect();
            let ending = match unsent.as_slice() {
                [] => Ending::quiet(Exit::Done),
                texts => Ending::new(Exit::Failed, format!("Never sent: {}", texts.join("\n"))),
            };
            return self.leave(ending);
        }
        self.send("QUIT", &[], Some(words));
        self.phase = Phase::Leaving(self.now);
    }

    /// Whether there is no connection to talk through.
    pub fn is_apart(&self) -> bool {
        self.back.is_some() && self.phase != Phase::Here
    }

    /// Leaves if the input is at its end and nothing is on its way.
    pub fn leave_if_done(&mut self) {
        let is_done = self.input_ended.is_some() && self.asked.is_empty();
        let is_done = is_done && self.files.running().next().is_none();
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

/// What is wrong with the words of a command, and how it is written.
fn because(why: &str, name: &str) -> Refusal {
    let Refusal { words, exit, .. } = usage(name);
    Refusal::new(exit, format!("{why} {words}"))
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
