//! Who is online: the rows of WHO, and those of WHOX where a server has it.

use super::Heard;
use super::answers::add;
use crate::client::asked::What;
use crate::client::state::State;
use crate::client::when::spell;
use jiff::SignedDuration;

/// The fields that are asked for, with a number of our own before them.
pub const FIELDS: &str = "%tcnfla,7";
const NUMBER: &str = "7";

impl State {
    pub(super) fn hear_who(&mut self, heard: &Heard<'_>) {
        let nick = heard.param(5);
        let rooms = self.rooms_of(nick, heard.param(1));
        let row = vec![nick.to_owned(), rooms, away(heard.param(6)).to_owned()];
        self.add_person(heard, row);
    }

    /// 354: number, room, name, flags, seconds of silence, account.
    pub(super) fn hear_whox(&mut self, heard: &Heard<'_>) {
        if heard.param(1) != NUMBER {
            return;
        }
        let nick = heard.param(3);
        let rooms = self.rooms_of(nick, heard.param(2));
        let idle = heard.param(5).parse().ok().map(SignedDuration::from_secs);
        let idle = idle.map_or(String::new(), |idle| format!("idle {}", spell(idle)));
        let guest = match heard.param(6) {
            "0" if self.server.is_ours() => "guest",
            _ => "",
        };
        let marks = [away(heard.param(4)), guest].into_iter();
        let marks: Vec<&str> = marks.filter(|mark| !mark.is_empty()).collect();
        let row = vec![nick.to_owned(), idle, rooms, marks.join(", ")];
        self.add_person(heard, row);
    }

    fn add_person(&mut self, heard: &Heard<'_>, row: Vec<String>) {
        let is_who = |what: &What| matches!(what, What::Who { .. });
        if let Some(What::Who { rows, .. }) = self.asked.find(heard.label.as_deref(), is_who) {
            add(rows, row);
        }
    }

    /// My rooms in which somebody is; without one, a room of theirs that the server names.
    fn rooms_of(&self, nick: &str, named: &str) -> String {
        let rooms = self
            .rooms
            .iter()
            .filter(|room| room.has(&self.server, nick));
        let rooms: Vec<&str> = rooms.map(|room| room.name.as_str()).collect();
        match rooms.is_empty() && named != "*" {
            true => named.to_owned(),
            false => rooms.join(" "),
        }
    }
}

fn away(flags: &str) -> &'static str {
    match flags.starts_with('G') {
        true => "away",
        false => "",
    }
}
