//! How a message leaves: cut to the wire's size, labelled, named, and shown when the server has it. Without a
//! connection it waits.

use crate::client::asked::{Fence, Saying, What};
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::item::{Age, Item, Said, Tone, Way, Whose};
use crate::client::outbox::Full;
use crate::client::settings::Manner;
use crate::client::split;
use crate::client::state::{Phase, State};
use crate::exit::Exit;
use crate::proto::message::escape;
use jiff::Timestamp;

/// Most people with whom one talked that are kept in mind.
const MOST_PARTNERS: usize = 100;
/// Bytes of a message of several lines where the server names no limit.
const WHOLE_BYTES: usize = 4096;
/// Lines of one where the server names no limit.
const WHOLE_LINES: usize = 24;

impl State {
    /// Says `text` to a room or a person; it is shown when the server echoes it.
    pub fn say(&mut self, to: &str, text: &str, tone: Tone, hint: &str) {
        self.utter(Saying {
            to: to.to_owned(),
            text: text.to_owned(),
            tone,
            hint: hint.to_owned(),
            ..Saying::default()
        });
    }

    /// Says something now, or as soon as there is a connection.
    pub fn utter(&mut self, mut saying: Saying) {
        saying.id = self.next_id();
        saying.about.clone_from(&self.asked.about);
        let to = saying.to.clone();
        if self.is_talking() && self.outbox.is_empty() {
            self.transmit(saying);
        } else {
            self.wait_with(saying);
        }
        self.rooms.read(&self.server, &to);
        self.mark_read(&to);
    }

    /// There is a private talk with somebody.
    pub fn note_partner(&mut self, name: &str) {
        let server = &self.server;
        self.partners.retain(|own| !server.same(own, name));
        if self.partners.len() >= MOST_PARTNERS {
            self.partners.remove(0);
        }
        self.partners.push(name.to_owned());
    }

    /// Whether what is said goes out at once.
    fn is_talking(&self) -> bool {
        self.phase == Phase::Here && self.back.is_none()
    }

    fn wait_with(&mut self, mut saying: Saying) {
        saying.has_waited = true;
        let (to, text) = (saying.to.clone(), saying.text.clone());
        match self.outbox.push(saying) {
            Ok(()) => {
                let count = self.outbox.len();
                self.show(Item::Waiting { to, text, count });
            }
            Err(Full) => self.refuse(Refusal::new(Exit::Refused, format!(
                    "Too much waits for the connection; this does not: {text}\n/unsent shows what waits."
                ))),
        }
        self.flush();
    }

    /// Sends a message, in as many lines as it needs.
    pub fn transmit(&mut self, saying: Saying) {
        self.asked.about.clone_from(&saying.about);
        let room = split::room(&self.me, &saying.to, saying.tone);
        let lines: Vec<Vec<String>> = saying
            .text
            .split('\n')
            .map(|line| split::parts(line, room))
            .collect();
        let count: usize = lines.iter().map(|parts| parts.len().max(1)).sum();
        if count > 1 && self.takes_whole(&saying, count) {
            return self.transmit_whole(saying, &lines);
        }
        for (at, text) in lines.into_iter().flatten().enumerate() {
            let id = match at {
                0 => saying.id.clone(),
                _ => format!("{}.{at}", saying.id),
            };
            let has_waited = saying.has_waited && at == 0;
            self.transmit_line(Saying {
                text,
                id,
                has_waited,
                ..saying.clone()
            });
        }
    }

    fn takes_whole(&self, saying: &Saying, lines: usize) -> bool {
        let limit = |key, other| {
            self.server
                .caps
                .number(caps::MULTILINE, key)
                .unwrap_or(other)
        };
        self.has(caps::MULTILINE)
            && self.has(caps::BATCH)
            && saying.tone == Tone::Say
            && saying.text.len() <= limit("max-bytes", WHOLE_BYTES)
            && lines <= limit("max-lines", WHOLE_LINES)
    }

    /// Sends a message of several lines as one (draft/multiline).
    fn transmit_whole(&mut self, mut saying: Saying, lines: &[Vec<String>]) {
        saying.is_shown = !self.has(caps::ECHO_MESSAGE);
        let (to, tags) = (saying.to.clone(), self.tags_of(&saying));
        if saying.is_shown {
            self.show_mine(&saying, self.now);
        }
        let name = format!("m{}", saying.id.rsplit('-').next().unwrap_or_default());
        let tags = borrowed(&tags);
        let kind = [&format!("+{name}"), caps::MULTILINE, &to];
        self.ask_tagged(What::Say(saying), &tags, "BATCH", &kind, None);
        for parts in lines {
            let first = parts.first().map_or("", String::as_str);
            self.write(&[("batch", &name)], "PRIVMSG", &[&to], Some(first));
            for part in parts.iter().skip(1) {
                let tags = [("batch", name.as_str()), ("draft/multiline-concat", "")];
                self.write(&tags, "PRIVMSG", &[&to], Some(part));
            }
        }
        self.send("BATCH", &[&format!("-{name}")], None);
    }

    fn transmit_line(&mut self, mut saying: Saying) {
        let does_echo = self.has(caps::ECHO_MESSAGE);
        // That somebody is there shows only when the server has gone on.
        let is_awaited = !does_echo && !self.is_pipe() && !self.server.is_room(&saying.to);
        saying.is_shown = !does_echo && !is_awaited;
        let wire = match saying.tone {
            Tone::Say | Tone::Notice => saying.text.clone(),
            Tone::Action => format!("\x01ACTION {}\x01", saying.text),
        };
        let verb = match saying.tone {
            Tone::Notice => "NOTICE",
            Tone::Say | Tone::Action => "PRIVMSG",
        };
        let (to, tags) = (saying.to.clone(), self.tags_of(&saying));
        let tags = borrowed(&tags);
        if saying.is_shown {
            self.show_mine(&saying, self.now);
            if saying.has_waited {
                self.note_delivered();
            }
        }
        match (does_echo, self.settings.manner) {
            (true, _) => self.ask_tagged(What::Say(saying), &tags, verb, &[&to], Some(&wire)),
            (false, manner) if is_awaited || manner == Manner::Pipe => {
                self.ask_tagged(What::Say(saying), &tags, verb, &[&to], Some(&wire));
                if !self.has(caps::LABELED_RESPONSE) || manner == Manner::Pipe {
                    self.fence(Fence::Said);
                }
            }
            (false, _) if self.has(caps::MESSAGE_TAGS) => {
                self.write(&tags, verb, &[&to], Some(&wire));
            }
            (false, _) => self.send(verb, &[&to], Some(&wire)),
        }
    }

    fn tags_of(&self, saying: &Saying) -> Vec<(&'static str, String)> {
        let mut tags = Vec::new();
        if self.server.takes_ids {
            tags.push(("+chat/id", saying.id.clone()));
        }
        if let Some(reply) = &saying.reply {
            tags.push(("+draft/reply", escape(reply).into_owned()));
        }
        tags
    }

    /// A name for a message that no other message has.
    fn next_id(&mut self) -> String {
        self.uttered += 1;
        let seed = self.settings.entropy.iter().take(8);
        let seed: String = seed.map(|byte| format!("{byte:02x}")).collect();
        format!("{seed}-{}", self.uttered)
    }

    /// Shows what I said.
    pub fn show_mine(&mut self, saying: &Saying, at: Timestamp) {
        let way = if self.server.is_room(&saying.to) {
            self.way_of_room(&saying.to)
        } else {
            Way::To(saying.to.clone())
        };
        let answers = saying.reply.as_deref().map(|id| {
            let known = self.recent.by_id(id);
            known.map_or(String::new(), |said| said.from.clone())
        });
        self.show(Item::Said(Said {
            at,
            from: self.me.clone(),
            way,
            tone: saying.tone,
            text: saying.text.clone(),
            whose: Whose::Mine,
            id: String::new(),
            account: None,
            answers,
            twin: None,
            age: Age::Now,
        }));
    }

    /// Whether a room is the current one.
    pub fn way_of_room(&self, room: &str) -> Way {
        match &self.target {
            Some(target) if self.server.same(target, room) && !self.is_json() => Way::Here,
            Some(_) | None => Way::There(room.to_owned()),
        }
    }
}

fn borrowed<'t>(tags: &'t [(&'static str, String)]) -> Vec<(&'static str, &'t str)> {
    tags.iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect()
}
