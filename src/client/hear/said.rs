//! Words: messages, notices, and the echoes of one's own.

use super::Heard;
use super::words::{Ctcp, calls, ctcp};
use crate::client::asked::{Saying, What};
use crate::client::item::{Item, Said, Tone, Way, Whose};
use crate::client::state::{Phase, State};
use crate::proto::cap::Cap;
use jiff::Timestamp;

/// What was said, to whom, how.
struct Spoken<'a> {
    from: &'a str,
    to: &'a str,
    text: &'a str,
    tone: Tone,
    at: Timestamp,
}

impl State {
    pub(super) fn hear_words(&mut self, heard: &Heard<'_>) {
        let is_notice = heard.message.is("NOTICE");
        if matches!(self.phase, Phase::Greeting | Phase::Naming) {
            return;
        }
        if is_notice && heard.is_from_server() {
            return self.hear_server_notice(heard);
        }
        let from = heard.nick();
        let (text, tone) = match ctcp(heard.param(1)) {
            Ctcp::None if is_notice => (heard.param(1), Tone::Notice),
            Ctcp::None => (heard.param(1), Tone::Say),
            Ctcp::Action(text) => (text, Tone::Action),
            Ctcp::Other(_) if self.is_me(from) => return,
            Ctcp::Other(text) => {
                let act = if is_notice {
                    "answers"
                } else {
                    "asks your client for"
                };
                return self.event(format!("{from} {act} {text} (not answered)"));
            }
        };
        let spoken = Spoken {
            from,
            to: heard.param(0),
            text,
            tone,
            at: heard.at,
        };
        if self.is_me(from) && self.has(Cap::EchoMessage) && self.hear_echo(heard, &spoken) {
            return;
        }
        self.hear_spoken(&spoken);
    }

    /// My own words come back: whether that is all there is to them.
    fn hear_echo(&mut self, heard: &Heard<'_>, spoken: &Spoken<'_>) -> bool {
        let label = heard.label.as_deref();
        if let Some(What::All { at, .. }) =
            self.asked.find(label, |what| is_to_all(what, spoken.to))
        {
            *at = Some(spoken.at);
            if !self.has(Cap::LabeledResponse)
                && let Some(what) = self.asked.take(None, |what| is_to_all(what, spoken.to))
            {
                self.conclude(what);
            }
            return true;
        }
        if let Some(What::Some { at, .. }) = self
            .asked
            .find(label, |what| matches!(what, What::Some { .. }))
        {
            *at = Some(spoken.at);
            return true;
        }
        let fits = |what: &What| matches!(what, What::Say(own) if own.to.eq_ignore_ascii_case(spoken.to) && (label.is_some() || own.text == spoken.text));
        let own = self.asked.take(label, fits);
        if own.is_none() && self.is_me(spoken.to) {
            return false;
        }
        let hint = String::new();
        let saying = Saying {
            to: spoken.to.to_owned(),
            text: spoken.text.to_owned(),
            tone: spoken.tone,
            hint,
            is_shown: true,
        };
        self.show_mine(&saying, spoken.at);
        true
    }

    fn hear_spoken(&mut self, spoken: &Spoken<'_>) {
        self.tell_moves_of(spoken.from);
        let is_mine = self.is_me(spoken.from);
        let is_call = !is_mine && calls(spoken.text, &self.me);
        let way = if self.is_me(spoken.to) {
            self.note_private(spoken);
            Way::ToMe
        } else if spoken.to.starts_with('$') {
            Way::ToAll
        } else {
            self.note_in_room(spoken, is_call);
            self.way_of_room(
                spoken
                    .to
                    .trim_start_matches(|c| self.server.rank_signs.contains(c)),
            )
        };
        let whose = match (is_mine, is_call && way != Way::ToMe) {
            (true, _) => Whose::Mine,
            (false, true) => Whose::CallsMe,
            (false, false) => Whose::Theirs,
        };
        self.show(Item::Said(Said {
            at: spoken.at,
            from: spoken.from.to_owned(),
            way,
            tone: spoken.tone,
            text: spoken.text.to_owned(),
            whose,
        }));
    }

    fn note_private(&mut self, spoken: &Spoken<'_>) {
        let is_here = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, spoken.from));
        if !is_here {
            self.rooms.add_unread_from(&self.server, spoken.from);
        }
        let before = self.last_from.replace((spoken.from.to_owned(), self.now));
        self.before_last_from = before.map(|(name, _)| name);
    }

    fn note_in_room(&mut self, spoken: &Spoken<'_>, is_call: bool) {
        self.rooms.spoke(&self.server, spoken.to, spoken.from);
        let is_here = self.way_of_room(spoken.to) == Way::Here;
        if let Some(room) = self
            .rooms
            .find_mut(&self.server, spoken.to)
            .filter(|_| !is_here)
        {
            room.unread.all += 1;
            room.unread.urgent += usize::from(is_call);
        }
    }

    fn hear_server_notice(&mut self, heard: &Heard<'_>) {
        let text = heard.last();
        let is_stop =
            text.contains("server is stopping") || text.contains("server is shutting down");
        if matches!(self.phase, Phase::Leaving(_)) {
            return;
        }
        if is_stop {
            self.tell_moves();
            self.is_stopping = true;
            self.show(Item::Warned(text.to_owned()));
        } else if self.is_me(heard.param(0)) && heard.label.is_none() {
            self.hear_operator(heard);
        } else {
            self.show(Item::Event {
                at: heard.at,
                room: None,
                text: text.to_owned(),
            });
        }
    }

    /// The server speaks to me unasked: who runs it has something to say.
    fn hear_operator(&mut self, heard: &Heard<'_>) {
        let (from, way) = if self.server.is_ours() {
            ("operator", Way::ToAll)
        } else {
            (heard.nick(), Way::ToMe)
        };
        self.show(Item::Said(Said {
            at: heard.at,
            from: from.to_owned(),
            way,
            tone: Tone::Say,
            text: heard.last().to_owned(),
            whose: Whose::Operators,
        }));
    }
}

fn is_to_all(what: &What, target: &str) -> bool {
    matches!(what, What::All { .. }) && target.starts_with('$')
}
