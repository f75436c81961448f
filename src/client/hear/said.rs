//! Words: messages, notices, and the echoes of one's own.

use super::Heard;
use super::files;
use super::words::{Ctcp, calls, ctcp};
use crate::client::asked::{Saying, What};
use crate::client::caps;
use crate::client::item::{Age, Item, Said, Tone, Way, Whose};
use crate::client::spoken::Spoken;
use crate::client::state::{Phase, State};
use crate::client::track::By;

impl State {
    pub(super) fn hear_words(&mut self, heard: &Heard<'_>) {
        let is_notice = heard.message.is("NOTICE");
        if matches!(self.phase, Phase::Greeting | Phase::Naming) {
            return;
        }
        if is_notice && heard.is_from_server() {
            return self.hear_server_notice(heard);
        }
        if let Some(spoken) = spoken(heard) {
            return self.hear_message(spoken);
        }
        let Ctcp::Other(text) = ctcp(heard.param(1)) else {
            return;
        };
        let from = heard.nick();
        if !self.is_me(from) {
            let act = if is_notice {
                "answers"
            } else {
                "asks your client for"
            };
            self.event(format!("{from} {act} {text} (not answered)"));
        }
    }

    /// A whole message was heard.
    pub(super) fn hear_message(&mut self, spoken: Spoken) {
        let is_mine = self.is_me(&spoken.from);
        if is_mine && self.has(caps::ECHO_MESSAGE) && self.hear_echo(&spoken) {
            return;
        }
        self.hear_spoken(&spoken);
    }

    /// My own words come back: whether that is all there is to them.
    fn hear_echo(&mut self, spoken: &Spoken) -> bool {
        let label = spoken.label.as_deref();
        if let Some(What::All { at, .. }) =
            self.asked.find(label, |what| is_to_all(what, &spoken.to))
        {
            *at = Some(spoken.at);
            if !self.has(caps::LABELED_RESPONSE)
                && let Some(what) = self.asked.take(None, |what| is_to_all(what, &spoken.to))
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
        let fits = |what: &What| matches!(what, What::Say(own) if own.to.eq_ignore_ascii_case(&spoken.to) && (label.is_some() || own.text == spoken.text));
        let own = match self.asked.take(label, fits) {
            Some(What::Say(own)) => Some(own),
            _ => None,
        };
        if own.is_none() && self.is_me(&spoken.to) {
            return false;
        }
        self.hear_acknowledged(own, spoken);
        true
    }

    /// A message of mine is stored: shows it, unless it was shown before the connection was lost.
    fn hear_acknowledged(&mut self, own: Option<Saying>, spoken: &Spoken) {
        if let Some(own) = &own {
            let delivered = (!self.server.is_room(&spoken.to) && self.server.is_ours())
                .then(|| usize::from(own.receipt.is_none()));
            self.acknowledge_message(Some(spoken.id.clone()), delivered);
        }
        self.note_shared(spoken);
        let place = self.server.fold(&spoken.to);
        if self.track.note(&place, &spoken.id, spoken.at, By::Me) {
            let said = self.said(spoken, Age::Now);
            self.show(Item::Said(said));
        }
        let Some(own) = own else {
            return;
        };
        if !self.server.is_room(&spoken.to) {
            self.note_partner(&spoken.to);
        }
        if let Some(receipt) = own.receipt {
            self.show(Item::Receipt(receipt));
        }
        if own.has_waited {
            self.note_delivered();
        }
    }

    fn hear_spoken(&mut self, spoken: &Spoken) {
        let place = self.server.fold(&self.place_of(spoken));
        let by = self.by(spoken);
        if !self.track.note(&place, &spoken.id, spoken.at, by) {
            return;
        }
        self.tell_moves_of(&spoken.from);
        self.note_shared(spoken);
        self.note_unread(spoken);
        let said = self.said(spoken, Age::Now);
        let room = self.place_of(spoken);
        let is_counted = self.server.is_room(&room) && self.is_only_counted(&room);
        let is_hushed = by == By::Another && self.is_hushed(&spoken.from);
        if is_hushed || (is_counted && said.whose != Whose::CallsMe) {
            self.keep(&said);
        } else {
            self.show(Item::Said(said));
        }
    }

    /// Counts a message that is not looked at yet.
    pub(super) fn note_unread(&mut self, spoken: &Spoken) {
        if self.is_me(&spoken.from) && !self.is_me(&spoken.to) {
            return;
        }
        if self.is_me(&spoken.to) {
            self.note_private(spoken);
        } else if !spoken.to.starts_with('$') {
            self.note_in_room(spoken);
        }
    }

    /// Where a message was said: the room, or the other person.
    pub(super) fn place_of(&self, spoken: &Spoken) -> String {
        if self.is_me(&spoken.to) {
            return spoken.from.clone();
        }
        let is_rank = |c| self.server.rank_signs.contains(c);
        let bare = spoken.to.trim_start_matches(is_rank);
        if self.server.is_room(bare) {
            bare
        } else {
            &spoken.to
        }
        .to_owned()
    }

    pub(super) fn by(&self, spoken: &Spoken) -> By {
        if self.is_me(&spoken.from) {
            By::Me
        } else {
            By::Another
        }
    }

    /// Whether a message calls me by my name.
    pub(super) fn is_call(&self, spoken: &Spoken) -> bool {
        let words = std::iter::once(&self.me).chain(&self.taste.calls);
        let mut words = words.filter(|word| !word.is_empty());
        !self.is_me(&spoken.from) && words.any(|word| calls(&spoken.text, word))
    }

    /// How a message is shown.
    pub(super) fn said(&self, spoken: &Spoken, age: Age) -> Said {
        let place = self.place_of(spoken);
        let is_mine = self.is_me(&spoken.from);
        let way = if self.is_me(&spoken.to) {
            Way::ToMe
        } else if spoken.to.starts_with('$') {
            Way::ToAll
        } else if self.server.is_room(&place) {
            self.way_of_room(&place)
        } else {
            Way::To(spoken.to.clone())
        };
        let whose = match (is_mine, self.is_call(spoken) && way != Way::ToMe) {
            (true, _) => Whose::Mine,
            (false, true) if age == Age::Now => Whose::CallsMe,
            (false, true) if age == Age::Missed && self.back.is_some() => Whose::CallsMe,
            (false, _) => Whose::Theirs,
        };
        let answers = spoken.reply.as_deref().map(|id| {
            let known = self.recent.by_id(id);
            known.map_or(String::new(), |said| said.from.clone())
        });
        let twin = (!is_mine).then(|| self.twin(spoken)).flatten();
        Said {
            at: spoken.at,
            from: spoken.from.clone(),
            way,
            tone: spoken.tone,
            text: match &spoken.file {
                Some(file) if self.server.is_ours() && !self.is_json() => files::words(file),
                Some(_) | None => spoken.text.clone(),
            },
            whose,
            id: spoken.id.clone(),
            account: spoken.account.clone(),
            answers,
            twin,
            age,
        }
    }

    /// What is shown behind a name that looks like somebody else's: the account if it is another word, else a doubt.
    fn twin(&self, spoken: &Spoken) -> Option<String> {
        let account = spoken.account.as_deref().filter(|account| *account != "*");
        let is_own = account.is_some_and(|account| self.server.same(account, &spoken.from));
        if is_own || !self.rooms.has_twin_of(&self.server, &spoken.from) {
            return None;
        }
        Some(account.unwrap_or_default().to_owned())
    }

    fn note_private(&mut self, spoken: &Spoken) {
        let is_here = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, &spoken.from));
        if !is_here {
            self.rooms.add_unread_from(&self.server, &spoken.from);
        }
        self.note_partner(&spoken.from.clone());
        let before = self.last_from.replace((spoken.from.clone(), self.now));
        self.before_last_from = before.map(|(name, _)| name);
    }

    fn note_in_room(&mut self, spoken: &Spoken) {
        let is_call = self.is_call(spoken);
        self.rooms.spoke(&self.server, &spoken.to, &spoken.from);
        let is_here = self.way_of_room(&spoken.to) == Way::Here;
        if let Some(room) = self
            .rooms
            .find_mut(&self.server, &spoken.to)
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
            id: String::new(),
            account: None,
            answers: None,
            twin: None,
            age: Age::Now,
        }));
    }
}

/// A message of a person, unless it is a question between programs.
pub(super) fn spoken(heard: &Heard<'_>) -> Option<Spoken> {
    let is_notice = heard.message.is("NOTICE");
    let (text, tone) = match ctcp(heard.param(1)) {
        Ctcp::None if is_notice => (heard.param(1), Tone::Notice),
        Ctcp::None => (heard.param(1), Tone::Say),
        Ctcp::Action(text) => (text, Tone::Action),
        Ctcp::Other(_) => return None,
    };
    let tag = |key| heard.message.tags.get(key).map(|value| value.into_owned());
    Some(Spoken {
        from: heard.nick().to_owned(),
        to: heard.param(0).to_owned(),
        text: text.to_owned(),
        tone,
        at: heard.at,
        id: tag("msgid").unwrap_or_default(),
        account: tag("account"),
        reply: tag("+draft/reply"),
        label: heard.label.clone(),
        file: files::shared(heard),
        lines: 0,
    })
}

fn is_to_all(what: &What, target: &str) -> bool {
    matches!(what, What::All { .. }) && target.starts_with('$')
}
