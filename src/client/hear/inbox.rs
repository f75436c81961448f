//! The inbox: who wrote, up to where it was read, and what came after that.

use super::past::stamp;
use crate::client::asked::What;
use crate::client::caps;
use crate::client::inbox::{Inbox, Mode};
use crate::client::item::Item;
use crate::client::past::{Aim, MOST, Quest};
use crate::client::spoken::Spoken;
use crate::client::state::State;
use crate::client::when::when;
use jiff::{SignedDuration, Timestamp};

/// Who was away for less is not told how long.
const LONG: SignedDuration = SignedDuration::from_hours(1);

impl State {
    /// Just arrived: is there something in the inbox?
    pub fn look_into_inbox(&mut self) {
        let can = self.has(caps::CHATHISTORY) && self.has(caps::READ_MARKER);
        if can && self.account.is_some() && !self.is_pipe() {
            self.open_inbox(Mode::Count);
        }
    }

    /// Begins to look through the inbox.
    pub fn open_inbox(&mut self, mode: Mode) {
        self.inbox = Some(Inbox::new(mode));
        let quest = Quest::new(Aim::InboxTalks);
        let (from, to) = (stamp(Timestamp::MAX), stamp(Timestamp::UNIX_EPOCH));
        self.ask_past(quest, &["TARGETS", &from, &to], usize::MAX);
    }

    pub(super) fn begin_inbox(&mut self, mut talks: Vec<(String, Timestamp)>) {
        talks.retain(|(name, _)| !self.server.is_room(name));
        if let Some(inbox) = &mut self.inbox {
            inbox.queue = talks.into();
        }
        self.go_through_inbox();
    }

    /// Goes on with the next person.
    pub fn go_through_inbox(&mut self) {
        while let Some(inbox) = &mut self.inbox {
            let Some((name, last)) = inbox.queue.front().cloned() else {
                return self.finish_inbox();
            };
            let place = self.server.fold(&name);
            let marker = self.track.place(&place).and_then(|place| place.marker);
            if inbox.mode == Mode::All {
                inbox.queue.pop_front();
                let quest = Quest::new(Aim::InboxOf(name.clone()));
                return self.ask_past(quest, &["LATEST", &name, "*"], usize::MAX);
            }
            if marker.is_none() && !std::mem::replace(&mut inbox.is_marker_asked, true) {
                return self.ask(What::Marker(name.clone()), "MARKREAD", &[&name], None);
            }
            inbox.queue.pop_front();
            inbox.is_marker_asked = false;
            if marker.is_none_or(|marker| marker < last) {
                let after = stamp(marker.unwrap_or(Timestamp::UNIX_EPOCH));
                let quest = Quest::new(Aim::InboxOf(name.clone()));
                return self.ask_past(quest, &["AFTER", &name, &after], usize::MAX);
            }
        }
    }

    pub(super) fn conclude_inbox_of(&mut self, mut quest: Quest, name: &str) {
        let Some(inbox) = &mut self.inbox else {
            return;
        };
        let is_full = quest.page.len() >= self.server.page && inbox.mode != Mode::All;
        let mut page = std::mem::take(&mut quest.page);
        quest.found.append(&mut page);
        let last = quest
            .found
            .last()
            .filter(|_| is_full && quest.found.len() < MOST);
        if let Some(last) = last {
            let after = format!("msgid={}", last.id);
            return self.ask_past(quest, &["AFTER", name, &after], usize::MAX);
        }
        let is_all = inbox.mode == Mode::All;
        let mut found = quest.found;
        found.retain(|spoken| is_all || !self.server.same(&spoken.from, &self.me));
        if let Some(inbox) = self.inbox.as_mut().filter(|_| !found.is_empty()) {
            inbox.found.push((name.to_owned(), found));
        }
        self.go_through_inbox();
    }

    fn finish_inbox(&mut self) {
        let Some(inbox) = self.inbox.take() else {
            return;
        };
        let (mode, count) = (inbox.mode, inbox.count());
        let found = inbox.sorted();
        match (mode, count) {
            (Mode::Count, _) => self.tell_inbox(count),
            (_, 0) => {
                self.event("nothing is unread in your inbox. inbox all shows what was said before")
            }
            (Mode::Clear, _) => {
                self.mark_all(&found);
                self.event(format!(
                    "{} marked as read; inbox all still has them",
                    messages(count)
                ));
            }
            (Mode::Show | Mode::Keep | Mode::All, _) => self.show_inbox(mode, count, &found),
        }
    }

    /// The line at the arrival.
    fn tell_inbox(&mut self, count: usize) {
        let last = self.track.last_read();
        let is_long_ago = last.is_some_and(|at| self.now.duration_since(at) >= LONG);
        let last = last.map_or(String::new(), |at| {
            format!("Last here {}.", when(at, self.now, &self.settings.zone))
        });
        let waiting = match count {
            0 => String::new(),
            count => format!("{} in your inbox: type inbox", messages(count)),
        };
        if count > 0 || is_long_ago {
            let words = format!("{last} {waiting}");
            self.show(Item::Text(words.trim().to_owned()));
        }
    }

    fn show_inbox(&mut self, mode: Mode, count: usize, found: &[(String, Vec<Spoken>)]) {
        let people = match found.len() {
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        };
        let title = match mode {
            Mode::All => format!("inbox: {} with {people}", messages(count)),
            _ => format!("inbox: {count} unread from {people}"),
        };
        self.show(Item::Rule(vec![title]));
        for (_, said) in found {
            self.show_past(said);
        }
        let last = found
            .last()
            .map_or("", |(name, _)| name.as_str())
            .to_owned();
        let state = match mode {
            Mode::Keep => "all still unread",
            _ => "all read now",
        };
        let mut parts = vec![state.to_owned()];
        if mode != Mode::All {
            parts.push("inbox all = whole history".to_owned());
        }
        parts.push(format!("/r answers {last}"));
        self.show(Item::Rule(parts));
        self.last_from = Some((last, self.now));
        self.before_last_from = None;
        if mode != Mode::Keep {
            self.mark_all(found);
        }
    }

    fn mark_all(&mut self, found: &[(String, Vec<Spoken>)]) {
        for (name, said) in found {
            if let Some(last) = said.last() {
                self.mark_read_to(name, last.at);
            }
        }
    }

    /// A place is read up to this moment: tells the other devices.
    fn mark_read_to(&mut self, name: &str, at: Timestamp) {
        self.rooms.read(&self.server, name);
        let place = self.server.fold(name);
        if self.track.read(&place, at) && self.has(caps::READ_MARKER) {
            self.send("MARKREAD", &[name, &stamp(at)], None);
        }
    }

    /// The person has seen what was said in a place.
    pub fn mark_read(&mut self, name: &str) {
        let place = self.server.fold(name);
        if self.is_pipe() || !self.has(caps::READ_MARKER) {
            return;
        }
        if let Some(at) = self.track.unread_at(&place) {
            self.mark_read_to(name, at);
        }
    }
}

fn messages(count: usize) -> String {
    match count {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    }
}
