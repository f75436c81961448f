//! Coming, going, and what changes about rooms and people.

use super::Heard;
use super::start::reason;
use crate::client::asked::What;
use crate::client::ending::Ending;
use crate::client::fact::{self, Moved};
use crate::client::item::{Item, Way};
use crate::client::presence::Move;
use crate::client::room::CROWD;
use crate::client::state::{Phase, State};
use crate::exit::Exit;

/// How it came that I am no longer in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Going {
    Wanted,
    Unasked,
}

impl State {
    pub(super) fn hear_join(&mut self, heard: &Heard<'_>) {
        let (nick, room) = (heard.nick().to_owned(), heard.param(0).to_owned());
        if !self.is_me(&nick) {
            self.leavers.forget(&self.server.fold(&nick));
            let Some(count) = self.rooms.arrive(&self.server, &room, &nick) else {
                return;
            };
            return self.announce(Some(&room), Move::Came(nick), count > CROWD);
        }
        self.rooms.enter(&self.server, &room);
        if self.phase == Phase::Here {
            self.tell_presence(Moved::Join, nick, Some(room.clone()), None, [None, None]);
        }
        if self.back.is_some() {
            self.asked.take(
                None,
                |what| matches!(what, What::Join(name) if name.eq_ignore_ascii_case(&room)),
            );
            if self.target.is_none() {
                self.switch(&room);
            }
            return;
        }
        let is_asked = self
            .asked
            .take(
                None,
                |what| matches!(what, What::Join(name) if name.eq_ignore_ascii_case(&room)),
            )
            .is_some();
        self.acknowledge();
        if self.target.is_none() || (is_asked && self.phase == Phase::Here) {
            self.switch(&room);
        }
    }

    pub(super) fn hear_part(&mut self, heard: &Heard<'_>) {
        let (nick, room) = (heard.nick().to_owned(), heard.param(0).to_owned());
        let why = heard
            .message
            .get(1)
            .filter(|why| !why.is_empty())
            .map(str::to_owned);
        if self.is_me(&nick) {
            let is_it =
                |what: &What| matches!(what, What::Part(name) if name.eq_ignore_ascii_case(&room));
            let going = match self.asked.iter().any(|own| is_it(&own.what)) {
                true => Going::Wanted,
                false => Going::Unasked,
            };
            self.answered_here(is_it);
            let place = Some(room.clone());
            self.tell_presence(Moved::Part, nick, place, why, [None, None]);
            return self.left(&room, &format!("you left {room}"), going);
        }
        let Some(own) = self.rooms.find_mut(&self.server, &room) else {
            return;
        };
        own.remove(&self.server, &nick);
        let is_crowd = own.len() > CROWD;
        self.announce(Some(&room), Move::Went(nick, why), is_crowd);
    }

    pub(super) fn hear_quit(&mut self, heard: &Heard<'_>) {
        let nick = heard.nick().to_owned();
        let why = heard
            .message
            .get(0)
            .filter(|why| !why.is_empty())
            .map(str::to_owned);
        if self.is_me(&nick) {
            return;
        }
        self.leavers.add(self.server.fold(&nick));
        if let Some(smallest) = self.rooms.forget(&self.server, &nick) {
            self.announce(None, Move::Went(nick, why), smallest > CROWD);
        }
    }

    pub(super) fn hear_nick(&mut self, heard: &Heard<'_>) {
        let (mut from, to) = (heard.nick().to_owned(), heard.param(0).to_owned());
        let is_nick = |what: &What| matches!(what, What::Nick(_));
        if heard.label.is_some() && self.asked.find(heard.label.as_deref(), is_nick).is_some() {
            // InspIRCd 3 names the new name as the source of a labelled answer.
            from.clone_from(&self.me);
        }
        let is_known = self.rooms.rename(&self.server, &from, &to);
        let renamed = [None, Some(to.clone())];
        self.tell_presence(Moved::Nick, from.clone(), None, None, renamed);
        if self.is_me(&from) {
            self.me.clone_from(&to);
            self.answered_here(is_nick);
            return self.tell_person(format!("you are now called {to}"));
        }
        let follow = |name: &mut String| {
            if name.eq_ignore_ascii_case(&from) {
                name.clone_from(&to);
            }
        };
        self.target.iter_mut().for_each(follow);
        self.partners.iter_mut().for_each(follow);
        if let Some((name, _)) = &mut self.last_from {
            follow(name);
        }
        if is_known {
            self.tell_moves_of(&from);
            self.tell_person(format!("{from} is now called {to}"));
        }
    }

    pub(super) fn hear_kick(&mut self, heard: &Heard<'_>) {
        let (by, room) = (heard.nick().to_owned(), heard.param(0).to_owned());
        let whom = heard.param(1).to_owned();
        let why = reason(heard.param(2));
        self.answered_here(
            |what| matches!(what, What::On(name) if name.eq_ignore_ascii_case(&whom)),
        );
        let words = Some(heard.param(2)).filter(|words| !words.is_empty());
        self.tell_presence(
            Moved::Kick,
            whom.clone(),
            Some(room.clone()),
            words.map(str::to_owned),
            [Some(by.clone()), None],
        );
        if self.is_me(&whom) {
            let words = format!("{by} removed you from {room}{why}");
            self.left(&room, &words, Going::Unasked);
            return;
        }
        if let Some(own) = self.rooms.find_mut(&self.server, &room) {
            own.remove(&self.server, &whom);
        }
        self.tell_moves();
        if !self.is_json() {
            self.event_in(heard, &room, format!("{by} removed {whom}{why}"));
        }
    }

    pub(super) fn hear_topic(&mut self, heard: &Heard<'_>) {
        let (by, room) = (heard.nick().to_owned(), heard.param(0).to_owned());
        let topic = heard.param(1).to_owned();
        self.answered_here(
            |what| matches!(what, What::Topic(name) if name.eq_ignore_ascii_case(&room)),
        );
        let told = fact::What::Topic {
            room: room.clone(),
            from: by.clone(),
            text: topic.clone(),
        };
        self.tell(heard.at, told);
        let text = if topic.is_empty() {
            format!("{by} removed the topic")
        } else {
            format!("{by} set the topic: {topic}")
        };
        if let Some(own) = self.rooms.find_mut(&self.server, &room) {
            own.set_topic(&topic);
        }
        if !self.is_json() {
            self.event_in(heard, &room, text);
        }
    }

    pub(super) fn hear_invite(&mut self, heard: &Heard<'_>) {
        let (by, whom, room) = (heard.nick(), heard.param(0), heard.param(1));
        if self.is_me(whom) {
            self.event(format!("{by} invites you into {room}. /join {room}"));
        } else {
            self.event(format!("{by} invited {whom} into {room}"));
        }
    }

    /// I am no longer in a room.
    fn left(&mut self, room: &str, words: &str, going: Going) {
        self.tell_moves();
        self.rooms.leave(&self.server, room);
        let was_here = self.fall_back(room);
        self.tell_person(words);
        if was_here {
            let is_unasked = going == Going::Unasked;
            self.tell_target();
            self.strayed = Some(room.to_owned()).filter(|_| is_unasked && self.may_be_misled());
        }
    }

    fn announce(&mut self, room: Option<&str>, what: Move, is_crowd: bool) {
        if self.is_json() && self.phase == Phase::Here {
            return self.tell_move(room, what);
        }
        if is_crowd || self.phase != Phase::Here {
            return;
        }
        let has_reason = matches!(&what, Move::Went(_, Some(_))) && room.is_some();
        if has_reason {
            self.tell_moves();
        }
        self.presence.add(room.map(str::to_owned), what);
        if has_reason || self.presence.is_due(self.now) {
            self.tell_moves();
        }
    }

    /// Shows who came and went, as far as it was not told.
    pub fn tell_moves(&mut self) {
        let mut presence = std::mem::take(&mut self.presence);
        let told = presence.take(self.now, |room| self.way_of_room(room) == Way::Here);
        self.presence = presence;
        for (room, text) in told {
            self.show(Item::Event {
                at: self.now,
                room,
                text,
            });
        }
    }

    /// Shows what was not told yet, if it concerns somebody of whom something else is to be shown now.
    pub(super) fn tell_moves_of(&mut self, nick: &str) {
        if self.presence.concerns(|own| self.server.same(own, nick)) {
            self.tell_moves();
        }
    }

    pub(super) fn event_in(&mut self, heard: &Heard<'_>, room: &str, text: String) {
        self.tell_moves_of(heard.nick());
        let room = (self.way_of_room(room) != Way::Here).then(|| room.to_owned());
        self.show(Item::Event {
            at: heard.at,
            room,
            text,
        });
    }

    /// The oldest request of this kind is answered.
    fn answered_here(&mut self, fits: impl Fn(&What) -> bool) {
        if self.asked.take(None, fits).is_some() {
            self.acknowledge();
        }
    }

    /// The end that a lost connection is, where nobody comes back.
    pub fn end_of(&mut self, why: &str) -> Ending {
        if let Some(fate) = self.fate.take() {
            return fate;
        }
        let place = &self.settings.place;
        match &self.phase {
            Phase::Leaving(_) => self.farewell(),
            Phase::Greeting | Phase::Naming | Phase::Lost(_) => {
                let port = place.rsplit(':').next().unwrap_or_default();
                let words = format!(
                    "{place} closed the connection before saying a word ({why}). Is {port} the right port?"
                );
                Ending::new(Exit::NotChat, words)
            }
            Phase::Arriving | Phase::Here if self.is_stopping => self.stopped(),
            Phase::Arriving | Phase::Here => {
                let words = format!(
                    "Connection to {place} lost ({why}).\nConnect again when the server is back."
                );
                Ending::new(Exit::Unreachable, words)
            }
        }
    }
}
