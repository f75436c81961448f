//! What others do to messages: reactions and removals; and the answers about people who are not heard.

use super::Heard;
use crate::client::act::past::gist;
use crate::client::asked::{MOST_ROWS, Mark, What};
use crate::client::item::{Item, Way};
use crate::client::state::{Phase, State};

impl State {
    /// `TAGMSG`: a reaction, or nothing that is shown.
    pub(super) fn hear_tags(&mut self, heard: &Heard<'_>) {
        let tag = |key| heard.message.tags.get(key).map(|value| value.into_owned());
        let what = self.answered(heard, |what| {
            matches!(what, What::React(_)) && heard.label.is_some()
        });
        let Some(id) = tag("+draft/reply") else {
            return;
        };
        let (sign, undone) = match (tag("+draft/react"), tag("+draft/unreact")) {
            (Some(sign), _) => (sign, String::new()),
            (None, Some(sign)) => (String::new(), sign),
            (None, None) => return,
        };
        let known = self.recent.by_id(&id).map(|said| gist(&said.text));
        let words = match (&what, known) {
            (Some(What::React(mark)), _) => mark.words.clone(),
            (_, Some(words)) => words,
            _ => return,
        };
        let mark = Mark {
            target: heard.param(0).to_owned(),
            id,
            sign,
            words,
        };
        let from = heard.nick().to_owned();
        self.show_reaction(Some(&from), &mark, &undone);
    }

    /// Somebody's reaction, or that it was taken back.
    pub(super) fn show_reaction(&mut self, from: Option<&str>, mark: &Mark, undone: &str) {
        let who = self.who(from);
        let words = &mark.words;
        let text = if mark.sign.is_empty() {
            format!("{who} took back {undone} on \"{words}\"").replace("  ", " ")
        } else {
            format!("{who} reacted {} to \"{words}\"", mark.sign)
        };
        self.event_at(&mark.target, text);
    }

    /// `REDACT target msgid [:reason]`
    pub(super) fn hear_redact(&mut self, heard: &Heard<'_>) {
        self.answered(heard, |what| {
            matches!(what, What::Redact(_)) && heard.label.is_some()
        });
        let from = heard.nick().to_owned();
        let Some(said) = self.recent.forget(heard.param(1)) else {
            return;
        };
        let why = match heard.message.get(2) {
            Some(why) if !why.is_empty() => format!(" ({why})"),
            _ => String::new(),
        };
        let who = self.who(Some(&from));
        let whose = if self.server.same(&from, &said.from) {
            String::new()
        } else {
            format!(" of {}", said.from)
        };
        let target = heard.param(0).to_owned();
        let words = gist(&said.text);
        let words = if self.is_me(&from) {
            format!(": \"{words}\"")
        } else {
            String::new()
        };
        self.event_at(
            &target,
            format!("{who} removed a message{whose}{words}{why}"),
        );
    }

    pub(super) fn show_removed(&mut self, from: Option<&str>, words: &str) {
        let who = self.who(from);
        self.event(format!("{who} removed a message: \"{words}\""));
    }

    fn who(&self, from: Option<&str>) -> String {
        match from {
            Some(from) if !self.is_me(from) => from.to_owned(),
            Some(_) | None => "you".to_owned(),
        }
    }

    fn event_at(&mut self, target: &str, text: String) {
        let is_elsewhere = self.server.is_room(target) && self.way_of_room(target) != Way::Here;
        self.show(Item::Event {
            at: self.now,
            room: is_elsewhere.then(|| target.to_owned()),
            text,
        });
    }

    /// `SILENCE +mask`: the list of those who are not heard changed.
    pub(super) fn hear_silence(&mut self, heard: &Heard<'_>) {
        self.answered(heard, |what| matches!(what, What::On(_) | What::Unblock(_)));
        let mask = heard.param(0);
        let name = mask
            .trim_start_matches(['+', '-'])
            .split('!')
            .next()
            .unwrap_or_default();
        let text = if mask.starts_with('-') {
            format!("you hear {name} again")
        } else if self.rooms.knows(&self.server, name).is_none() {
            format!("you will hear nothing from {name} alone; there is no {name} in your rooms now")
        } else {
            format!(
                "no private messages from {name} any more, and {name} is not told. In rooms all is as before; /mute {name} hides that"
            )
        };
        self.event(text);
    }

    /// 271, 272: who is not heard.
    pub(super) fn hear_silenced(&mut self, number: u16, heard: &Heard<'_>) {
        let label = heard.label.as_deref();
        let is_list = |what: &What| matches!(what, What::Silenced(_));
        if number == 271 {
            let mask = heard.last().to_owned();
            if let Some(What::Silenced(masks)) = self.asked.find(label, is_list)
                && masks.len() < MOST_ROWS
            {
                masks.push(mask);
            }
        } else if let Some(What::Silenced(masks)) = self.answered(heard, is_list) {
            self.show_silenced(masks);
        }
    }

    pub(super) fn show_silenced(&mut self, masks: Vec<String>) {
        let rows: Vec<Vec<String>> = masks
            .into_iter()
            .map(|mask| vec![mask.split("!*@*").next().unwrap_or_default().to_owned()])
            .collect();
        let title = match rows.len() {
            0 => "You hear everybody",
            _ => "You hear nothing from (/unblock NAME ends it)",
        };
        self.show(Item::List {
            title: title.to_owned(),
            rows,
        });
    }

    /// Coming back, a room could not be entered again.
    pub(super) fn left_behind(&mut self, room: &str) {
        if self.phase == Phase::Here {
            self.rooms.leave(&self.server, room);
            let was_here = self.fall_back(room);
            self.event(format!("you are no longer in {room}"));
            if was_here {
                self.tell_target();
                self.strayed = Some(room.to_owned()).filter(|_| self.may_be_misled());
            }
        }
    }
}
