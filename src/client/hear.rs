//! What the server says: one line changes the state and makes deeds.
//!
//! Nothing a server sends may end the process but the end of the connection: what is not understood is
//! passed over, what is too much is dropped.

mod account;
mod answers;
mod beginning;
mod carried;
mod conclude;
mod facts;
mod files;
mod inbox;
mod mark;
mod modes;
mod moves;
mod past;
pub mod people;
mod refused;
mod said;
mod start;
mod words;

use crate::client::asked::What;
use crate::client::batches::Batch;
use crate::client::caps;
use crate::client::deed::Deed;
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::spoken::Spoken;
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use crate::proto::message::{FaultKind, LineLimits, Message};
use crate::proto::sanitise;
use jiff::Timestamp;
use std::borrow::Cow;

/// A line that was heard, with what belongs to it.
pub struct Heard<'m> {
    pub message: &'m Message<'m>,
    /// When it was said.
    pub at: Timestamp,
    /// The request that it answers.
    pub label: Option<String>,
}

impl Heard<'_> {
    /// A parameter, or nothing.
    fn param(&self, index: usize) -> &str {
        self.message.get(index).unwrap_or_default()
    }

    /// The last parameter: mostly words for people.
    fn last(&self) -> &str {
        self.message.params().last().copied().unwrap_or_default()
    }

    /// The name of whom it comes from.
    fn nick(&self) -> &str {
        let source = self.message.source.unwrap_or_default();
        source.split(['!', '@']).next().unwrap_or_default()
    }

    /// Whether it comes from a server rather than a person.
    fn is_from_server(&self) -> bool {
        self.message
            .source
            .is_none_or(|source| !source.contains('!'))
    }
}

impl State {
    /// A line was heard.
    pub fn heard(&mut self, line: &[u8], now: Timestamp) -> Vec<Deed> {
        self.now = now;
        self.last_heard = now;
        if self.server.is_left {
            return Vec::new();
        }
        self.asked.about = None;
        let on_their_way = self.asked.len();
        if self.is_raw {
            self.show(Item::Wire(sanitise::bytes(line)));
        }
        let mended = mended(line);
        if let Ok(message) = Message::parse(&mended, LineLimits::SERVER) {
            if !self.holds(&message) || !self.hold(&mended) {
                self.take(&message);
            }
        } else if self.phase == Phase::Greeting && !line.is_empty() {
            self.meet_stranger(&mended);
        }
        if self.asked.len() < on_their_way {
            self.last_answer = now;
        }
        self.leave_if_done();
        self.turn_page();
        std::mem::take(&mut self.deeds)
    }

    fn take(&mut self, message: &Message<'_>) {
        if self.phase == Phase::Greeting && !is_irc(message) {
            let mut words = String::from(message.verb);
            for param in message.params().iter().take(1) {
                words.push(' ');
                words.push_str(param);
            }
            return self.meet_stranger(words.as_bytes());
        }
        let time = message.tags.get("time").and_then(|time| time.parse().ok());
        let heard = Heard {
            message,
            at: time.unwrap_or(self.now),
            label: self.batches.label_of(message),
        };
        if message.is("BATCH") {
            return self.batch(&heard);
        }
        if !self.gather(&heard) {
            self.hear(&heard);
        }
        if let Some(time) = time {
            self.track.hear_clock(time);
        }
        if message.tags.raw("label").is_some()
            && let Some(label) = &heard.label
        {
            self.finish(&label.clone());
        }
    }

    /// Whether a line comes too early: what was missed is shown first.
    fn holds(&mut self, message: &Message<'_>) -> bool {
        let Some(back) = self.back.as_mut().filter(|back| back.is_catching_up) else {
            return false;
        };
        if message.tags.raw("label").is_some() {
            return false;
        }
        let batch = message.tags.get("batch");
        if let Some(name) = batch {
            return back.held_batches.iter().any(|own| *own == name);
        }
        if message.is("BATCH") {
            let reference = message.get(0).unwrap_or_default();
            if let Some(name) = reference.strip_prefix('+')
                && message.get(1) == Some(caps::MULTILINE)
            {
                back.held_batches.push(name.to_owned());
                return true;
            }
            let name = reference.trim_start_matches('-');
            let at = back.held_batches.iter().position(|own| own == name);
            return at.map(|at| back.held_batches.remove(at)).is_some();
        }
        ["PRIVMSG", "NOTICE", "TAGMSG", "REDACT"]
            .iter()
            .any(|verb| message.is(verb))
            && message.source.is_some_and(|source| source.contains('!'))
    }

    fn hear(&mut self, heard: &Heard<'_>) {
        match heard.message.verb.to_ascii_uppercase().as_str() {
            "PING" => self.send("PONG", &[], Some(heard.last())),
            "PONG" => self.hear_pong(heard),
            "CAP" => self.hear_cap(heard),
            "PRIVMSG" | "NOTICE" => self.hear_words(heard),
            "AUTHENTICATE" => self.hear_authenticate(heard),
            "REGISTER" | "VERIFY" => self.hear_register(heard),
            "MARKREAD" => self.hear_marker(heard),
            "TAGMSG" => self.hear_tags(heard),
            "REDACT" => self.hear_redact(heard),
            "SILENCE" => self.hear_silence(heard),
            "JOIN" => self.hear_join(heard),
            "PART" => self.hear_part(heard),
            "QUIT" => self.hear_quit(heard),
            "NICK" => self.hear_nick(heard),
            "KICK" => self.hear_kick(heard),
            "KILL" => self.hear_kill(heard),
            "TOPIC" => self.hear_topic(heard),
            "MODE" => self.hear_mode(heard),
            "INVITE" => self.hear_invite(heard),
            "ERROR" => self.hear_error(heard),
            "FAIL" => self.hear_fail(heard),
            "WARN" => self.show(Item::Warned(heard.last().to_owned())),
            "NOTE" => self.hear_note(heard),
            "WHOLAST" => self.hear_wholast(heard),
            "FILE" => self.hear_file(heard),
            verb => {
                if let Ok(number) = verb.parse() {
                    self.hear_numeric(number, heard);
                }
            }
        }
    }

    fn batch(&mut self, heard: &Heard<'_>) {
        let reference = heard.param(0);
        if let Some(name) = reference.strip_prefix('+') {
            return self.open_batch(name, heard);
        }
        let name = reference.strip_prefix('-');
        let Some(Batch { label, message, .. }) = name.and_then(|name| self.batches.close(name))
        else {
            return;
        };
        if let Some(whole) = message {
            self.take_message(whole);
        }
        if let Some(label) = label.filter(|label| !self.batches.has(label)) {
            self.finish(&label);
        }
    }

    fn open_batch(&mut self, name: &str, heard: &Heard<'_>) {
        let kind = heard.param(1);
        let is_past = ["chathistory", "draft/chathistory-targets", caps::SEARCH].contains(&kind);
        let is_quest = |what: &What| matches!(what, What::Past(_));
        let label = match heard.label.clone() {
            None if is_past => self.asked.oldest(is_quest),
            None if kind == caps::FILES => self.asked.oldest(|what| matches!(what, What::Files(_))),
            label => label,
        };
        let tag = |key| heard.message.tags.get(key).map(Cow::into_owned);
        let message = (kind == caps::MULTILINE).then(|| Spoken {
            from: heard.nick().to_owned(),
            to: heard.param(2).to_owned(),
            at: heard.at,
            id: tag("msgid").unwrap_or_default(),
            account: tag("account"),
            reply: tag("+draft/reply"),
            label: label.clone(),
            ..Spoken::default()
        });
        self.batches.open(Batch {
            name: name.to_owned(),
            kind: kind.to_owned(),
            label,
            message,
        });
    }

    /// Takes a line that belongs to something larger: a message of several lines, or an answer about the past.
    fn gather(&mut self, heard: &Heard<'_>) -> bool {
        if self.batches.add_line(heard.message) {
            return true;
        }
        let label = heard
            .label
            .as_deref()
            .filter(|_| heard.message.tags.raw("batch").is_some());
        let is_quest = |what: &What| matches!(what, What::Past(_));
        let Some(label) = label.filter(|label| self.asked.find(Some(label), is_quest).is_some())
        else {
            return false;
        };
        let is_words = heard.message.is("PRIVMSG") || heard.message.is("NOTICE");
        let spoken = said::spoken(heard).filter(|_| is_words);
        if let Some(What::Past(quest)) = self.asked.find(Some(label), is_quest) {
            if let Some(spoken) = spoken {
                quest.add(spoken);
            } else if heard.message.is("CHATHISTORY")
                && let Ok(at) = heard.param(2).trim_start_matches("timestamp=").parse()
            {
                quest.add_talk(heard.param(1), at);
            } else {
                return is_words;
            }
        }
        true
    }

    /// A message of several lines is whole.
    fn take_message(&mut self, spoken: Spoken) {
        let is_quest = |what: &What| matches!(what, What::Past(_));
        let label = spoken.label.as_deref();
        if label.is_some()
            && let Some(What::Past(quest)) = self.asked.find(label, is_quest)
        {
            quest.add(spoken);
        } else {
            self.hear_message(spoken);
        }
    }

    /// The answer to a labelled request is complete.
    fn finish(&mut self, label: &str) {
        if let Some(what) = self.asked.take(Some(label), |_| true) {
            self.conclude(what);
        }
    }

    /// What answers is not a chat server.
    fn meet_stranger(&mut self, line: &[u8]) {
        let words: String = sanitise::bytes(line).chars().take(40).collect();
        let place = &self.settings.place;
        let port = place.rsplit(':').next().unwrap_or_default();
        let ending = Ending::new(
            Exit::NotChat,
            format!(
                "That port speaks something else (it answered \"{words}\"). Is {port} the right port?"
            ),
        );
        self.leave(ending);
    }

    /// The request that this line answers, if it is of the right kind; it is no longer on its way.
    fn answered(&mut self, heard: &Heard<'_>, fits: impl Fn(&What) -> bool) -> Option<What> {
        let label = heard.label.as_deref();
        self.asked.take(label, &fits)
    }
}

/// Whether a first line can come from an IRC server.
fn is_irc(message: &Message<'_>) -> bool {
    let verb = message.verb;
    let is_number = verb.len() == 3 && verb.bytes().all(|b| b.is_ascii_digit());
    let is_word = verb.bytes().all(|b| b.is_ascii_alphabetic());
    let is_known = [
        "CAP",
        "PING",
        "NOTICE",
        "ERROR",
        "AUTHENTICATE",
        "FAIL",
        "NOTE",
        "WARN",
        "BATCH",
        "ACK",
    ];
    (is_number && message.source.is_some())
        || (is_word && (message.source.is_some() || is_known.iter().any(|known| message.is(known))))
}

/// The line with what is not UTF-8, and what must not stand in a line, replaced.
fn mended(line: &[u8]) -> Cow<'_, [u8]> {
    match Message::parse(line, LineLimits::SERVER) {
        Err(fault) if matches!(fault.kind, FaultKind::InvalidUtf8 | FaultKind::Malformed) => {
            let text = String::from_utf8_lossy(line).replace(['\0', '\r', '\n'], " ");
            Cow::Owned(text.into_bytes())
        }
        _ => Cow::Borrowed(line),
    }
}
