//! How a message leaves: cut to the wire's size, labelled, and shown when the server has it.

use crate::client::asked::{Fence, Saying, What};
use crate::client::item::{Item, Said, Tone, Way, Whose};
use crate::client::split;
use crate::client::state::{Manner, State};
use crate::proto::cap::Cap;
use jiff::Timestamp;

impl State {
    /// Says `text` to a room or a person; it is shown when the server echoes it.
    pub fn say(&mut self, to: &str, text: &str, tone: Tone, hint: &str) {
        let does_echo = self.has(Cap::EchoMessage);
        let room = split::room(&self.me, to, tone);
        for part in split::parts(text, room) {
            let wire = match tone {
                Tone::Say | Tone::Notice => part.clone(),
                Tone::Action => format!("\x01ACTION {part}\x01"),
            };
            let saying = Saying {
                to: to.to_owned(),
                text: part,
                tone,
                hint: hint.to_owned(),
                is_shown: !does_echo,
            };
            if !does_echo {
                self.show_mine(&saying, self.now);
            }
            match (does_echo, self.settings.manner) {
                (true, _) => self.ask(What::Say(saying), "PRIVMSG", &[to], Some(&wire)),
                (false, Manner::Pipe) => {
                    self.ask(What::Say(saying), "PRIVMSG", &[to], Some(&wire));
                    self.fence(Fence::Said);
                }
                (false, Manner::Person) => self.send("PRIVMSG", &[to], Some(&wire)),
            }
        }
        self.rooms.read(&self.server, to);
    }

    /// Shows what I said.
    pub fn show_mine(&mut self, saying: &Saying, at: Timestamp) {
        let way = if self.server.is_room(&saying.to) {
            self.way_of_room(&saying.to)
        } else {
            Way::To(saying.to.clone())
        };
        self.show(Item::Said(Said {
            at,
            from: self.me.clone(),
            way,
            tone: saying.tone,
            text: saying.text.clone(),
            whose: Whose::Mine,
        }));
    }

    /// Whether a room is the current one.
    pub fn way_of_room(&self, room: &str) -> Way {
        match &self.target {
            Some(target) if self.server.same(target, room) => Way::Here,
            Some(_) | None => Way::There(room.to_owned()),
        }
    }
}
