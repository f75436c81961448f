//! What was said before: shown when it was asked for, when a room is entered, and when one comes back.

use super::Heard;
use crate::client::asked::What;
use crate::client::caps;
use crate::client::deed::Refusal;
use crate::client::item::{Age, Item, Said};
use crate::client::past::{Aim, MOST, Quest};
use crate::client::spoken::Spoken;
use crate::client::state::{Phase, State};
use crate::client::when::when;
use crate::proto::message::{LineLimits, Message};
use jiff::Timestamp;

impl State {
    /// Asks for a page of history.
    pub fn ask_past(&mut self, quest: Quest, words: &[&str], page: usize) {
        let page = page.min(self.server.page).to_string();
        let mut params = words.to_vec();
        params.push(&page);
        self.ask(What::Past(Box::new(quest)), "CHATHISTORY", &params, None);
    }

    /// A room was entered: what was said in it before?
    pub(super) fn ask_entered(&mut self, room: &str) {
        if self.is_pipe() || !self.has(caps::CHATHISTORY) {
            return;
        }
        let quest = Quest::new(Aim::Entered(room.to_owned()));
        self.ask_past(quest, &["LATEST", room, "*"], usize::MAX);
    }

    /// A page has come.
    pub(super) fn conclude_past(&mut self, quest: Quest) {
        match quest.aim.clone() {
            Aim::Entered(room) => self.show_entered(&room, quest.page),
            Aim::History {
                target,
                since,
                most,
            } => self.conclude_history(quest, &target, since, most),
            Aim::Search(words) => self.show_search(&words, quest.page),
            Aim::Mentions(name, most) => self.show_mentions(&name, most, quest.page),
            Aim::Missed(target) => self.conclude_missed(quest, &target),
            Aim::MissedLast(target) => {
                self.show_missed(&target, quest.page);
                self.catch_up_next();
            }
            Aim::MissedTalks => {
                self.queue_talks(&quest.talks);
                self.catch_up_next();
            }
            Aim::InboxTalks => self.begin_inbox(quest.talks),
            Aim::InboxOf(name) => self.conclude_inbox_of(quest, &name),
        }
    }

    /// A page does not come: goes on without it.
    pub fn past_failed(&mut self, quest: &Quest) {
        match quest.aim {
            Aim::Missed(_) | Aim::MissedLast(_) | Aim::MissedTalks => self.catch_up_next(),
            Aim::InboxOf(_) | Aim::InboxTalks => self.go_through_inbox(),
            Aim::Entered(_) | Aim::History { .. } | Aim::Search(_) | Aim::Mentions(..) => {}
        }
    }

    /// The last words of a room, and how many of them are new.
    fn show_entered(&mut self, room: &str, page: Vec<Spoken>) {
        let place = self.server.fold(room);
        let marker = self.track.place(&place).and_then(|place| place.marker);
        let is_newer = |spoken: &&Spoken| {
            marker.is_some_and(|marker| spoken.at > marker) && !self.is_me(&spoken.from)
        };
        let newer: Vec<&Spoken> = page.iter().filter(is_newer).collect();
        let calls = newer.iter().filter(|spoken| self.is_call(spoken)).count();
        let newer = newer.len();
        let is_all = page.len() < self.server.page;
        let first_shown = page.len().saturating_sub(self.taste.history);
        let is_shown = page.iter().position(|spoken| is_newer(&spoken)) >= Some(first_shown);
        for spoken in page.iter().skip(first_shown) {
            self.show_old(spoken);
        }
        let Some(marker) = marker.filter(|_| newer > 0) else {
            return;
        };
        let until = when(marker, self.now, &self.settings.zone);
        let more = if is_all { "" } else { " or more" };
        let where_seen = match is_shown {
            true => "above".to_owned(),
            false => format!("(/history {newer})"),
        };
        let mut parts = vec![format!(
            "you were here until {until}, {newer}{more} newer {where_seen}"
        )];
        match calls {
            0 => {}
            1 => parts.push("1 calls you".to_owned()),
            many => parts.push(format!("{many} call you")),
        }
        self.show(Item::Rule(parts));
    }

    /// Shows what was missed, unless it was shown before; whether it was new.
    fn show_old(&mut self, spoken: &Spoken) -> bool {
        let place = self.server.fold(&self.place_of(spoken));
        let is_new = self
            .track
            .note(&place, &spoken.id, spoken.at, self.by(spoken));
        if is_new {
            let said = self.said(spoken, Age::Missed);
            self.show(Item::Said(said));
        }
        is_new
    }

    /// Shows what was looked up.
    pub(super) fn show_past(&mut self, page: &[Spoken]) {
        for spoken in page {
            let said: Said = self.said(spoken, Age::Past);
            self.show(Item::Said(said));
        }
    }

    fn conclude_history(
        &mut self,
        mut quest: Quest,
        target: &str,
        since: Option<Timestamp>,
        most: usize,
    ) {
        let page = std::mem::take(&mut quest.page);
        let is_full = page.len()
            >= self
                .server
                .page
                .min(most.saturating_sub(quest.found.len()).max(1));
        if since.is_some() {
            quest.found.extend(page);
        } else {
            let newer = std::mem::replace(&mut quest.found, page);
            quest.found.extend(newer);
        }
        let count = quest.found.len();
        let edge = match since {
            Some(_) => quest.found.last(),
            None => quest.found.first(),
        };
        if is_full
            && count < most
            && let Some(edge) = edge
        {
            let (verb, edge) = match since {
                Some(_) => ("AFTER", reference(edge)),
                None => ("BEFORE", reference(edge)),
            };
            return self.ask_past(quest, &[verb, target, &edge], most - count);
        }
        if count == 0 {
            return self.event(format!("nothing more is kept of {target}"));
        }
        self.show_past(&quest.found);
        let more = match since {
            Some(_) if is_full => " · there is more: /history with a later date",
            _ => "",
        };
        let now = format!("{count} of {target} above{more} · now");
        self.show(Item::Rule(vec![now]));
    }

    fn show_search(&mut self, words: &str, mut found: Vec<Spoken>) {
        found.sort_by_key(|spoken| spoken.at);
        if found.is_empty() {
            return self.refuse(Refusal::no_target(format!(
                "Nothing was found for {words}."
            )));
        }
        let title = match found.len() {
            1 => format!("1 found for {words}"),
            many => format!("{many} found for {words}, the newest last"),
        };
        self.show(Item::Rule(vec![title]));
        self.show_past(&found);
    }

    fn show_mentions(&mut self, name: &str, most: usize, mut found: Vec<Spoken>) {
        found.retain(|spoken| self.is_call(spoken) && !self.is_me(&spoken.to));
        found.sort_by_key(|spoken| spoken.at);
        let over = found.len().saturating_sub(most);
        found.drain(..over);
        if found.is_empty() {
            return self.event(format!(
                "nobody has called {name} yet in the rooms you are in, as far as is kept"
            ));
        }
        self.show(Item::Rule(vec![format!(
            "{} with your name, the newest last",
            found.len()
        )]));
        self.show_past(&found);
    }

    /// Everything after the connection was lost, place by place.
    pub(super) fn catch_up(&mut self) {
        let Some(back) = &mut self.back else {
            return;
        };
        back.tries = 0;
        if let Some(away) = self.away.clone() {
            self.ask(What::Away, "AWAY", &[], Some(&away));
        }
        let Some(back) = &mut self.back else {
            return;
        };
        let before = std::mem::take(&mut back.rooms);
        let heard = back.heard;
        let is_here = |name: &String| {
            let room = self.rooms.find(&self.server, name);
            room.is_some_and(|room| room.is_entered)
        };
        let (here, gone): (Vec<_>, Vec<_>) = before.into_iter().partition(is_here);
        if self.has(caps::CHATHISTORY)
            && let Some(back) = &mut self.back
        {
            back.queue = here.into();
            back.is_catching_up = true;
        }
        for room in gone {
            self.left_behind(&room);
        }
        match heard.filter(|_| self.has(caps::CHATHISTORY)) {
            Some(heard) => {
                let quest = Quest::new(Aim::MissedTalks);
                let (from, to) = (stamp(heard), stamp(Timestamp::MAX));
                self.ask_past(quest, &["TARGETS", &from, &to], usize::MAX);
            }
            None => self.catch_up_next(),
        }
    }

    fn queue_talks(&mut self, talks: &[(String, Timestamp)]) {
        let talks: Vec<String> = talks
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| !self.server.is_room(name))
            .collect();
        if let Some(back) = &mut self.back {
            back.queue.extend(talks);
        }
    }

    /// Goes on with the next place; shows what was kept back, and sends what waited, when all are done.
    pub(super) fn catch_up_next(&mut self) {
        if self.phase != Phase::Here {
            return;
        }
        while let Some(target) = self.back.as_mut().and_then(|back| back.queue.pop_front()) {
            if let Some(after) = self.followed_to(&target) {
                let quest = Quest::new(Aim::Missed(target.clone()));
                return self.ask_past(quest, &["AFTER", &target, &after], usize::MAX);
            }
        }
        let Some(back) = &mut self.back else {
            return;
        };
        back.is_catching_up = false;
        back.held_bytes = 0;
        for line in std::mem::take(&mut back.held) {
            if let Ok(message) = Message::parse(&line, LineLimits::SERVER) {
                self.take(&message);
            }
        }
        self.settle_doubts();
        self.flush();
        self.finish_back();
    }

    /// Up to where a place was followed.
    fn followed_to(&self, target: &str) -> Option<String> {
        let place = self.track.place(&self.server.fold(target));
        match place.filter(|place| !place.id.is_empty()) {
            Some(place) => Some(format!("msgid={}", place.id)),
            None => self.back.as_ref()?.heard.map(stamp),
        }
    }

    fn conclude_missed(&mut self, mut quest: Quest, target: &str) {
        let is_full = quest.page.len() >= self.server.page;
        let mut page = std::mem::take(&mut quest.page);
        quest.found.append(&mut page);
        let last = quest.found.last().map(reference);
        match last.filter(|_| is_full) {
            Some(_) if quest.found.len() >= MOST => {
                // What is not shown still tells which of my own messages arrived.
                for spoken in &quest.found {
                    if self.is_me(&spoken.from) {
                        self.note_arrived(target, &spoken.text);
                    }
                }
                if let Some(back) = &mut self.back {
                    back.gaps.push(target.to_owned());
                }
                let since = self.back.as_ref().map_or(self.now, |back| back.since);
                let since = since.to_zoned(self.settings.zone.clone());
                let since = since.strftime("%Y-%m-%d %H:%M");
                self.show(Item::Rule(vec![format!(
                    "over {MOST} new in {target}, the last below: /history since {since}"
                )]));
                let quest = Quest::new(Aim::MissedLast(target.to_owned()));
                self.ask_past(quest, &["LATEST", target, "*"], usize::MAX);
            }
            Some(last) => self.ask_past(quest, &["AFTER", target, &last], usize::MAX),
            None => {
                self.show_missed(target, quest.found);
                if let Some(back) = &mut self.back {
                    back.fetched.push(target.to_owned());
                }
                self.catch_up_next();
            }
        }
    }

    fn show_missed(&mut self, target: &str, missed: Vec<Spoken>) {
        let (mut new, mut calls) = (0, 0);
        for spoken in missed {
            if self.is_me(&spoken.from) {
                self.note_arrived(target, &spoken.text);
            }
            if self.show_old(&spoken) {
                self.note_unread(&spoken);
                new += usize::from(!self.is_me(&spoken.from));
                calls += usize::from(self.is_call(&spoken) && !self.is_me(&spoken.to));
            }
        }
        if let Some(back) = self.back.as_mut().filter(|_| new > 0) {
            back.new.push((target.to_owned(), new));
            back.calls += calls;
        }
    }

    /// `MARKREAD target timestamp=…`: read up to there, on this device or another.
    pub(super) fn hear_marker(&mut self, heard: &Heard<'_>) {
        let target = heard.param(0).to_owned();
        let place = self.server.fold(&target);
        if let Ok(at) = heard
            .param(1)
            .trim_start_matches("timestamp=")
            .parse::<Timestamp>()
        {
            self.track.read(&place, at);
            let left = self.recent.after(&place, at, &self.me);
            self.rooms.keep_unread(&self.server, &target, left);
        }
        let is_it =
            |what: &What| matches!(what, What::Marker(name) if name.eq_ignore_ascii_case(&target));
        if self.answered(heard, is_it).is_some() {
            self.go_through_inbox();
        }
    }
}

/// How the server is told of a message.
fn reference(spoken: &Spoken) -> String {
    if spoken.id.is_empty() {
        stamp(spoken.at)
    } else {
        format!("msgid={}", spoken.id)
    }
}

/// How the server is told of a moment.
pub(super) fn stamp(at: Timestamp) -> String {
    format!("timestamp={at:.3}")
}
