//! What a program is told of what was heard.

use crate::client::fact::{self, Moved};
use crate::client::presence::Move;
use crate::client::state::State;

impl State {
    /// Tells a program that it may begin.
    pub(super) fn tell_hello(&mut self) {
        let what = fact::What::Hello {
            nick: self.me.clone(),
            account: self.account.clone(),
            server: self.settings.place.clone(),
            rooms: self.rooms.iter().map(|room| room.name.clone()).collect(),
        };
        self.tell(self.now, what);
    }

    /// Tells in words what a program is told as a fact.
    pub(super) fn tell_person(&mut self, words: impl Into<String>) {
        if !self.is_json() {
            self.event(words);
        }
    }

    /// Tells a program who came or went.
    pub(super) fn tell_move(&mut self, room: Option<&str>, what: Move) {
        let (event, nick, reason) = match (what, room) {
            (Move::Came(nick), _) => (Moved::Join, nick, None),
            (Move::Went(nick, why), Some(_)) => (Moved::Part, nick, why),
            (Move::Went(nick, why), None) => (Moved::Quit, nick, why),
        };
        let room = room.map(str::to_owned);
        self.tell_presence(event, nick, room, reason, [None, None]);
    }

    /// Tells a program what became of somebody.
    pub(super) fn tell_presence(
        &mut self,
        event: Moved,
        nick: String,
        room: Option<String>,
        reason: Option<String>,
        [by, to]: [Option<String>; 2],
    ) {
        let what = fact::What::Presence {
            event,
            nick,
            room,
            reason,
            by,
            to,
        };
        self.tell(self.now, what);
    }
}
